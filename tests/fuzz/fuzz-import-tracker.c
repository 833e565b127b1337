/* fuzz-import-tracker.c: whatever a ticket tracker's export is, what is read from it is sound. The
 * first byte chooses the reader. */

#include "vantage-fuzz-import.h"

/* clang-format off */
static const char *const formats[] = { "jira", "gitlab", "servicenow", "bugzilla", "redmine", "linear" };

const char *const vantage_fuzz_seeds[] = {
  "a[{\"id\":\"1\",\"key\":\"A-1\",\"self\":\"https://h/rest/api/2/issue/1\",\"fields\":{\"summary\":\"x\",\"created\":"
  "\"2025-03-14T02:11:09.250+0100\",\"description\":\"h3. a\\n*b* [c|http://d] [~e] !f.png! {code}g{code} ||h||\","
  "\"reporter\":{\"accountId\":\"u\",\"displayName\":\"U\"},\"comment\":{\"total\":2,\"comments\":[{\"id\":\"2\",\"body\":"
  "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"t\"}]}]},\"created\":"
  "\"2025-03-14T02:11:09Z\"}]}},\"changelog\":{\"total\":1,\"histories\":[{\"id\":\"5\",\"created\":\"2025-03-14T02:11:09Z\","
  "\"items\":[{\"field\":\"status\",\"fromString\":\"a\",\"toString\":\"b\"}]}]}}]",
  "aSummary,Issue key,Issue id,Created,Reporter,Labels,Labels,Attachment,Comment,Log Work\nx,A-1,1,14/Mar/25 2:11 AM,U U,l,m,"
  "14/Mar/25 2:19 AM;u;a; b.png;https://h/secure/attachment/90/a,\"14/Mar/25 2:20 AM;u;one\ntwo\",c;14/Mar/25 2:19 AM;u;60\n",
  "a<rss version=\"0.92\"><channel><item><link>https://h/browse/A-1</link><key id=\"1\">A-1</key><title>[A-1] x</title>"
  "<description>&lt;p&gt;a&lt;br/&gt;&amp;amp;&lt;/p&gt;<![CDATA[<li>x]]></description><created>Fri, 14 Mar 2025 02:11:09 +0100"
  "</created><comments><comment id=\"2\" author=\"u\" created=\"Fri, 14 Mar 2025 02:20:00 +0100\">y &#x1; &z;</comment>"
  "</comments></item></channel></rss>",
  "b[{\"iid\":12,\"title\":\"t\",\"description\":\"[b](/uploads/c/d)\",\"created_at\":\"2025-03-14T02:11:09.250Z\",\"author\":"
  "{\"id\":4,\"username\":\"ada\"},\"web_url\":\"https://h/a/b/-/issues/12\",\"award_emoji\":[{\"name\":\"eyes\"}],\"notes\":["
  "{\"id\":71,\"body\":\"x @y\",\"created_at\":\"2025-03-14T02:11:09Z\",\"system\":true,\"noteable_type\":\"Issue\"}],"
  "\"resource_label_events\":[{\"id\":5,\"action\":\"add\",\"label\":{\"name\":\"l\"},\"created_at\":\"2025-03-14T02:11:09Z\"}]}]",
  "bTitle,Issue ID,URL,Created At (UTC)\nt,1,https://h/a/b/-/issues/1,2025-03-14 02:11:09\n",
  "c{\"result\":[{\"number\":\"INC1\",\"sys_id\":\"x\",\"state\":{\"value\":\"6\",\"display_value\":\"Resolved\"},\"opened_at\":"
  "\"2025-03-14 02:11:09\",\"resolved_at\":\"2025-03-14 03:00:00\",\"work_notes\":\"2025-03-14 03:30:00 - Bo (Work notes)\\n[code]<p>s"
  "</p>[/code]\"},{\"element\":\"comments\",\"element_id\":\"x\",\"value\":\"v\",\"sys_created_on\":\"2025-03-14 02:15:00\"}]}",
  "cnumber,incident_state,sys_mod_count,opened_at,sys_updated_at,assigned_to\nINC1,New,0,29-02-2016 01:16,29-02-2016 01:23,?\n"
  "INC1,Active,1,29-02-2016 01:16,29-02-2016 02:23,Bo\n",
  "c<xml><incident><number>INC1</number><sys_id>x</sys_id><opened_at>2025-03-14 02:11:09</opened_at><opened_by display_value=\"A\">b"
  "</opened_by></incident></xml>",
  "d<bugzilla urlbase=\"https://h/\"><bug><bug_id>35</bug_id><creation_ts>2025-03-14 03:11:00 EST</creation_ts><short_desc>D"
  "</short_desc><long_desc isprivate=\"1\"><commentid>7</commentid><who name=\"A\">a</who><bug_when>2025-03-14 03:11:36 +0100"
  "</bug_when><thetext>x &lt;</thetext></long_desc></bug></bugzilla>",
  "d{\"bugs\":[{\"id\":35,\"summary\":\"D\",\"product\":\"S\",\"status\":\"NEW\",\"creation_time\":\"2025-03-14T02:11:00Z\",\"history\":["
  "{\"when\":\"2025-03-14T03:00:00Z\",\"changes\":[{\"field_name\":\"status\",\"added\":\"b\"}]}]}]}{\"bugs\":{\"35\":{\"comments\":["
  "{\"id\":71,\"time\":\"2025-03-14T02:20:00Z\",\"text\":\"u\"}]}}}",
  "e{\"issue\":{\"id\":7,\"project\":{\"id\":1,\"name\":\"P\"},\"subject\":\"s\",\"created_on\":\"2025-03-14T02:11:00Z\",\"journals\":["
  "{\"id\":5,\"user\":{\"id\":2,\"name\":\"A\"},\"notes\":\"n\",\"created_on\":\"2025-03-14T02:12:00Z\",\"details\":[{\"property\":\"attr\","
  "\"name\":\"status_id\",\"old_value\":\"1\",\"new_value\":\"3\"}]}]}}",
  "e<issues total_count=\"1\"><issue><id>7</id><project id=\"1\" name=\"P\"/><subject>s</subject><created_on>2025-03-14T02:11:00Z"
  "</created_on><journals><journal id=\"5\"><user id=\"2\" name=\"A\"/><notes>n</notes><created_on>2025-03-14T02:12:00Z</created_on>"
  "</journal></journals></issue></issues>",
  "fID,Team,Title,Status,Creator,Labels,Created,Started\nENG-12,E,D,Done,a@b,\"x, y\",Mon Mar 04 2024 15:02:11 GMT+0100 (CET),"
  "2024-03-04T14:05:00.000Z\n",
  "f[{\"identifier\":\"ENG-1\",\"title\":\"t\",\"createdAt\":\"2024-03-04T14:02:11Z\",\"url\":\"https://linear.app/a/issue/ENG-1\",\"comments\":"
  "{\"nodes\":[{\"id\":\"c\",\"body\":\"b\",\"createdAt\":\"2024-03-04T14:02:12Z\",\"parentId\":\"p\"}]},\"history\":[{\"id\":\"h\",\"createdAt\":"
  "\"2024-03-04T14:02:12Z\",\"fromState\":{\"name\":\"a\"},\"toPriority\":2}]}]",
  NULL,
};
/* clang-format on */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *format =
      size > 0 ? formats[(guint) (data[0] - 'a') % G_N_ELEMENTS (formats)] : formats[0];

  return vantage_fuzz_import (data + (size > 0), size - (size > 0), format);
}
