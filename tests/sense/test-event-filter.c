/* A filter of events: as text and back, and what it lets through. */

#include "vantage-event-filter.h"

#include "sense-night.h"

#include <string.h>

static const char *
find_person (const char *person, gpointer user_data)
{
  return strcmp (person, "dana2") == 0 ? "dana" : NULL;
}

static const char *
find_source (const char *item, gpointer user_data)
{
  return g_str_has_prefix (item, OPS) ? "slack" : NULL;
}

static void
test_text_and_back (void)
{
  static const struct
  {
    const char *text, *again;
  } cases[] = {
    { "", "" },
    { "  ", "" },
    { "kind:asked", "kind:asked" },
    { "lag   is kind:asked  falling", "kind:asked lag is falling" },
    { "source:s tag:t claim:recall kind:said person:p words",
      "person:p kind:said claim:recall tag:t source:s words" },
    { "kind: x", "kind: x" },
    { "kind:a kind:b", "kind:b" },
    { "note:this", "note:this" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VantageEventFilter) filter = { 0 };
      g_auto (VantageEventFilter) copy = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;

      vantage_event_filter_parse (cases[i].text, &filter);
      text = vantage_event_filter_to_text (&filter);
      g_assert_cmpstr (text, ==, cases[i].again);
      g_assert_cmpint (vantage_event_filter_is_empty (&filter), ==, cases[i].again[0] == '\0');
      vantage_event_filter_copy (&filter, &copy);
      again = vantage_event_filter_to_text (&copy);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_what_goes_through (void)
{
  static const struct
  {
    const char *filter;
    gboolean passes;
  } cases[] = {
    { "", TRUE },
    { "kind:asked", TRUE },
    { "kind:said", FALSE },
    { "claim:record", TRUE },
    { "claim:recall", FALSE },
    { "person:dana", TRUE },
    { "person:dana2", TRUE },
    { "person:ilse", TRUE },
    { "person:ravi", FALSE },
    { "tag:t1", TRUE },
    { "tag:t2", FALSE },
    { "source:slack", TRUE },
    { "source:other", FALSE },
    { "LAG", TRUE },
    { "lag falling", FALSE },
    { "kind:asked lag person:dana", TRUE },
    { "kind:asked lag person:ravi", FALSE },
  };
  g_autoptr (VantageEntity) event = make_entity (
      "event", "e", FALSE, "title", vantage_value_new_text ("Is the lag ours?"), "kind",
      vantage_value_new_text ("asked"), "claim", vantage_value_new_text ("record"), "actors/dana2",
      vantage_value_new_yesno (TRUE), "account", vantage_value_new_ref ("ilse"), "tags/t1",
      vantage_value_new_yesno (TRUE), "cites/" OPS ".1", vantage_value_new_yesno (TRUE), NULL);
  const VantageEventLookup lookup = { find_person, find_source, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VantageEventFilter) filter = { 0 };

      vantage_event_filter_parse (cases[i].filter, &filter);
      g_test_message ("%s", cases[i].filter);
      g_assert_cmpint (vantage_event_filter_matches (&filter, event, &lookup), ==, cases[i].passes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/event-filter/text-and-back", test_text_and_back);
  g_test_add_func ("/sense/event-filter/what-goes-through", test_what_goes_through);
  return g_test_run ();
}
