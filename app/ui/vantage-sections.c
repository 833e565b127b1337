/* vantage-sections.c: THE table of sections of a review, and what pages lend to the frame. */

#include "config.h"

#include "vantage-sections.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-connect-window.h"
#include "vantage-findings-page.h"
#include "vantage-import-window.h"
#include "vantage-interviews-page.h"
#include "vantage-overview-page.h"
#include "vantage-people-page.h"
#include "vantage-report-page.h"
#include "vantage-sources-page.h"
#include "vantage-timeline-page.h"
#include "vantage-sync-button.h"

/* clang-format off */
const VantageSection vantage_sections[] = {
  { "overview", N_ ("Overview"), "vantage-overview-symbolic", "<Alt>1", vantage_overview_page_get_type, NULL },
  { "sources", N_ ("Sources"), "vantage-sources-symbolic", "<Alt>2", vantage_sources_page_get_type, vantage_sources_page_dup_count },
  { "people", N_ ("People"), "vantage-people-symbolic", "<Alt>3", vantage_people_page_get_type, vantage_people_page_dup_count },
  { "timeline", N_ ("Timeline"), "vantage-timeline-symbolic", "<Alt>4", vantage_timeline_page_get_type, vantage_timeline_page_dup_count },
  { "interviews", N_ ("Interviews"), "vantage-interviews-symbolic", "<Alt>5", vantage_interviews_page_get_type, vantage_interviews_page_dup_count },
  { "findings", N_ ("Findings"), "vantage-findings-symbolic", "<Alt>6", vantage_findings_page_get_type, vantage_findings_page_dup_count },
  { "report", N_ ("Report"), "vantage-report-symbolic", "<Alt>8", vantage_report_page_get_type, NULL },
  { NULL },
};
/* clang-format on */

const VantageHooks vantage_hooks = {
  .import = vantage_import_window_open,
  .connect = vantage_connect_window_open,
  .sync_button = vantage_sync_button_new,
};

const VantageSection *
vantage_section_find (const char *id)
{
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    if (g_strcmp0 (s->id, id) == 0)
      return s;
  return NULL;
}
