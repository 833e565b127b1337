/* fuzz-import-call.c: whatever a transcript is, what is read from it is sound. */

#include "vantage-fuzz-import.h"

/* clang-format off */
const char *const vantage_fuzz_seeds[] = {
  "WEBVTT\n\nNOTE Recording started 2024-03-04T14:02:11Z\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ada>one &amp; <b>all</b></v>\n\n"
  "2\n00:03.000 --> 00:04.000\nBo: two\n\n00:05.000 --> 00:06.000\nBo: three\n",
  "WEBVTT\r\n\r\nSTYLE\r\n::cue {}\r\n\r\n0:0:7.90 --> 0:0:7.780\r\n<v.loud 88b66bf7-d0d1-4ed1-bb80-ce79d271ac2a@x>yes\r\n",
  "1\n00:00:01,000 --> 00:00:02,000\n[Ada] <i>one</i>\n2\n00:00:03,000 --> 00:00:04,000\n>> ADA: two\n\n",
  NULL,
};
/* clang-format on */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  vantage_fuzz_import (data, size, "vtt");
  return vantage_fuzz_import (data, size, "srt");
}
