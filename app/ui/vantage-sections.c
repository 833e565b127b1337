/* vantage-sections.c: THE table of sections of a review, and what pages lend to the frame. */

#include "config.h"

#include "vantage-sections.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-overview-page.h"

/* clang-format off */
const VantageSection vantage_sections[] = {
  { "overview", N_ ("Overview"), "vantage-overview-symbolic", "<Alt>1", vantage_overview_page_get_type, NULL },
  { NULL },
};
/* clang-format on */

const VantageHooks vantage_hooks = { NULL };

const VantageSection *
vantage_section_find (const char *id)
{
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    if (g_strcmp0 (s->id, id) == 0)
      return s;
  return NULL;
}
