/* fuzz-import-ics.c: whatever a calendar is, what is read from it is sound, and soon. */

#include "vantage-fuzz-import.h"

/* clang-format off */
const char *const vantage_fuzz_seeds[] = {
  "BEGIN:VCALENDAR\r\nX-WR-CALNAME:P\r\nX-WR-TIMEZONE:Europe/Berlin\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Europe/Berlin:20240304T090000\r\n"
  "DTEND;TZID=Europe/Berlin:20240311T090000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20240601T000000Z\r\nEXDATE:20240318T080000Z\r\n"
  "SUMMARY:[L1] ada\\, bo\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20240401T070000Z\r\nDTSTART:20240401T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0300\n"
  "TZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=X:20240304T090000\nDURATION:P1DT2H\nRDATE;VALUE=PERIOD:20240308T090000Z/PT2H\n"
  "ATTENDEE;CN=\"Bell, Ada\":mailto:a@x\nEND:VEVENT\nEND:VCALENDAR\n",
  NULL,
};
/* clang-format on */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  return vantage_fuzz_import (data, size, "ics");
}
