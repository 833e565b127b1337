/* fuzz-import-paging.c: whatever a file of a paging or alerting system is, what is read is sound.
 */

#include "vantage-fuzz-import.h"

/* clang-format off */
const char *const vantage_fuzz_seeds[] = {
  "{\"log_entries\":[{\"id\":\"R1\",\"type\":\"notify_log_entry\",\"summary\":\"Notified Ada at +1 555 010 9999, ada@x.test\","
  "\"created_at\":\"2024-03-01T02:14:07Z\",\"agent\":{\"id\":\"PU1\",\"type\":\"user_reference\",\"summary\":\"Ada\"},"
  "\"user\":{\"id\":\"PU2\"},\"service\":{\"id\":\"PS1\",\"summary\":\"Checkout\"},\"incident\":{\"id\":\"QI1\"},"
  "\"channel\":{\"details\":{\"a\":1}}}],\"more\":true}",
  "{\"incidents\":[{\"id\":\"QI1\",\"type\":\"incident\",\"incident_number\":7,\"title\":\"Down\",\"created_at\":\"2024-03-01T03:14:00+01:00\","
  "\"assignments\":[{\"assignee\":{\"id\":\"PU1\"}}],\"resolve_reason\":{\"incident\":{\"id\":\"QI0\"}}}]}",
  "{\"messages\":[{\"event\":\"incident.acknowledge\",\"id\":\"m1\",\"created_on\":\"2024-03-01T02:14:09Z\",\"incident\":{\"id\":\"QI1\"}}]}",
  "{\"event\":{\"id\":\"01E\",\"event_type\":\"incident.acknowledged\",\"occurred_at\":\"2024-03-01T02:14:07.394Z\",\"data\":{\"id\":\"QI1\",\"type\":\"incident\"}}}",
  "{\"receiver\":\"ops\",\"status\":\"firing\",\"externalURL\":\"http://am:9093\",\"version\":\"4\",\"truncatedAlerts\":2,\"alerts\":"
  "[{\"status\":\"resolved\",\"labels\":{\"alertname\":\"Slow\",\"n\":1},\"annotations\":{\"summary\":\"s\"},"
  "\"startsAt\":\"2024-03-01T02:13:00.123456789Z\",\"endsAt\":\"2024-03-01T02:20:00+01:00\",\"fingerprint\":\"a1\"}]}",
  "{\"results\":[{\"id\":\"G1\",\"integration_id\":\"I1\",\"alerts_count\":3,\"state\":\"resolved\",\"title\":\"T\","
  "\"created_at\":\"2024-03-01T02:13:00.000001Z\",\"acknowledged_at\":\"2024-03-01T02:14:00Z\",\"acknowledged_by\":\"U1\"}],\"next\":\"x\"}",
  "{\"ruleId\":3,\"ruleName\":\"CPU\",\"state\":\"ok\",\"title\":\"t\",\"evalMatches\":[{\"metric\":\"m\",\"value\":1.5}]}",
  "{\"data\":[{\"id\":\"a-1\",\"tinyId\":\"17\",\"message\":\"m\",\"createdAt\":\"2024-03-01T02:13:00.35Z\",\"owner\":\"a@x\",\"tags\":[\"t\"]},"
  "{\"log\":\"Sent to +1 555 010 9999\",\"type\":\"alertRecipient\",\"owner\":\"System\",\"createdAt\":\"2024-03-01T02:13:00Z\",\"offset\":\"1\"}]}",
  "{\"action\":\"Close\",\"alert\":{\"alertId\":\"a-1\",\"message\":\"m\",\"username\":\"u\",\"createdAt\":1709259180350,\"updatedAt\":1709259240764002246}}",
  "{\"page\":{\"id\":\"p\",\"name\":\"A\"},\"incidents\":[{\"id\":\"i\",\"name\":\"n\",\"page_id\":\"p\",\"incident_updates\":[{\"id\":\"u\",\"status\":\"resolved\","
  "\"body\":\"<p>x &amp; y</p>\",\"display_at\":\"2024-03-01T02:10:00-07:00\",\"created_at\":\"2024-03-01T02:11:00Z\",\"affected_components\":[{\"name\":\"c\",\"old_status\":\"a\",\"new_status\":\"b\"}]}]}]}",
  NULL,
};
/* clang-format on */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const formats[] = { "pagerduty", "alertmanager", "opsgenie", "statuspage",
                                         "grafana" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    vantage_fuzz_import (data, size, formats[i]);
  return 0;
}
