/* test-records.c: from the outside of a JSON document to its records, whatever wraps them. */

#include "collect.h"

#include <string.h>

#include "vantage-reading-private.h"
#include "vantage-records.h"

static const char *const ways[] = { "issues", "node", NULL };

typedef struct
{
  GString *seen;  /* "id@way " of each record */
  GString *noted; /* codes of what was said */
  gboolean complete;
} Story;

static Story *story; /* of the reading under way */

static gboolean
is_issue (VantageNode *node)
{
  return vantage_node_get (node, "id") != NULL && vantage_node_get (node, "when") != NULL;
}

static gboolean
take_issue (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
            gpointer user_data, GError **error)
{
  Story *into = user_data;

  g_assert_nonnull (place->entry);
  g_assert_cmpint (place->length, >, 0);
  g_string_append_printf (into->seen, "%s@%s ", vantage_node_get_member (record, "id"),
                          place->way != NULL ? place->way : "-");
  return TRUE;
}

static const VantageRecordShape shape = { is_issue, ways, take_issue, FALSE };

static gboolean
read_all (VantageReading *reading, GError **error)
{
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, story);

  return vantage_records_walk_all (records, error);
}

static const VantageReader reader = { .format = { "test", "Test", "json" },
                                      .family = "test",
                                      .read = read_all };

/* ---- a sink that only writes down what was said ---- */

#define TYPE_NOTE_SINK (note_sink_get_type ())
G_DECLARE_FINAL_TYPE (NoteSink, note_sink, NOTE, SINK, GObject)

struct _NoteSink
{
  GObject parent_instance;
};

static void note_sink_iface_init (VantageEvidenceSinkInterface *iface);
G_DEFINE_TYPE_WITH_CODE (NoteSink, note_sink, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VANTAGE_TYPE_EVIDENCE_SINK, note_sink_iface_init))

static gboolean
note_sink_add_diagnostic (VantageEvidenceSink *sink, const VantageDiagnostic *diagnostic,
                          GError **error)
{
  g_string_append_printf (story->noted, "%s%s ", diagnostic->skipped ? "!" : "", diagnostic->code);
  return TRUE;
}

static void
note_sink_iface_init (VantageEvidenceSinkInterface *iface)
{
  iface->add_diagnostic = note_sink_add_diagnostic;
}

static void
note_sink_class_init (NoteSinkClass *klass)
{
}

static void
note_sink_init (NoteSink *self)
{
}

static void
story_free (Story *self)
{
  g_string_free (self->seen, TRUE);
  g_string_free (self->noted, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Story, story_free)

static Story *
read_path (const char *path)
{
  g_autoptr (NoteSink) sink = g_object_new (TYPE_NOTE_SINK, NULL);
  g_autoptr (VantageInput) input = vantage_input_new (path, NULL, NULL);
  g_autoptr (VantageReading) reading = vantage_reading_new (
      &reader, input, NULL, FALSE, VANTAGE_EVIDENCE_SINK (sink), NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  story = g_new0 (Story, 1);
  story->seen = g_string_new (NULL);
  story->noted = g_string_new (NULL);
  reader.read (reading, &error);
  g_assert_no_error (error);
  story->complete = reading->facts->complete;
  return g_steal_pointer (&story);
}

static Story *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("alone-%u/records.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);

  return read_path (path);
}

#define A "{\"id\":1,\"when\":0}"
#define B "{\"id\":2,\"when\":0}"

static const struct
{
  const char *text, *seen, *noted;
} wrappings[] = {
  { A, "1@- ", "" },
  { "[" A "," B "]", "1@- 2@- ", "" },
  { "[" A "]\n[" B "]", "1@- 2@- ", "" },
  { A "\n" B "\n", "1@- 2@- ", "" },
  { "{\"issues\":[" A "," B "]}", "1@issues 2@issues ", "" },
  { "{\"ok\":true,\"data\":{\"issues\":[{\"node\":" A "}]}}", "1@node ", "" },
  { "{\"data\":" A "}\n{\"data\":" B "}", "1@data 2@data ", "" },
  { "[{\"origin\":\"x\",\"data\":" A "}]", "1@data ", "" },
  { "{\"Response\":\"{\\\"value\\\":[{\\\"id\\\":1,\\\"when\\\":0}]}\"}", "1@value ", "" },
  { "[{\"path\":\"/x\",\"response\":[" A "]}]", "1@response ", "" },
  { "{\"issues\":[]}", "", "" },
  { "[]", "", "" },
  { "[" A ",null,3," B "]", "1@- 2@- ", "!bad-record !bad-record " },
  { "[" A ",{\"id\":3}]", "1@- ", "!bad-record " },
  { "{\"Response\":\"{\\\"value\\\":[{\"}", "", "!bad-json " },
  { "[" A "," B ",{\"id\":", "1@- 2@- ", "!cut-off " },
};

static void
test_wrappings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrappings); i++)
    {
      g_autoptr (Story) told = read_text (wrappings[i].text);

      g_test_message ("%s", wrappings[i].text);
      g_assert_cmpstr (told->seen->str, ==, wrappings[i].seen);
      g_assert_cmpstr (told->noted->str, ==, wrappings[i].noted);
    }
}

static const struct
{
  const char *text;
  gboolean complete;
} pages[] = {
  { "{\"issues\":[" A "],\"total\":1}", TRUE },
  { "{\"issues\":[" A "],\"total\":2}", FALSE },
  { "{\"total\":2,\"issues\":[" A "," B "]}", TRUE },
  { "{\"issues\":[" A "],\"more\":true}", FALSE },
  { "{\"issues\":[" A "],\"more\":false,\"total\":null}", TRUE },
  { "{\"issues\":[" A "],\"isLast\":false}", FALSE },
  { "{\"issues\":[" A "],\"isLast\":true}", TRUE },
  { "{\"@odata.nextLink\":\"https://example.test\",\"value\":[" A "]}", FALSE },
  { "{\"issues\":[" A "],\"pageInfo\":{\"hasNextPage\":true}}", FALSE },
  { "{\"issues\":[" A "],\"links\":{\"next\":\"https://example.test\"}}", FALSE },
  { "{\"issues\":[" A "],\"links\":{\"next\":null}}", TRUE },
  { "[{\"issues\":[" A "],\"more\":true},{\"issues\":[" B "],\"more\":false}]", TRUE },
  { "[{\"issues\":[" A "],\"total\":3},{\"issues\":[" B "],\"total\":3}]", FALSE },
};

static void
test_pages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (Story) told = read_text (pages[i].text);

      g_test_message ("%s", pages[i].text);
      g_assert_cmpint (told->complete, ==, pages[i].complete);
      g_assert_cmpstr (told->noted->str, ==, pages[i].complete ? "" : "more-pages ");
    }
}

/* Pages lie in one folder each with its own file: together they may be whole. */
static void
test_pages_of_a_folder (void)
{
  g_autofree char *one = scratch_write ("pages/1.json", "{\"issues\":[" A "],\"total\":2}", -1);
  g_autofree char *two = scratch_write ("pages/2.json", "{\"issues\":[" B "],\"total\":2}", -1);
  g_autofree char *other = scratch_write ("pages/notes.txt", "hello", -1);
  g_autofree char *folder = g_path_get_dirname (one);
  g_autoptr (Story) told = read_path (folder);

  g_assert_cmpstr (told->seen->str, ==, "1@issues 2@issues ");
  g_assert_cmpstr (told->noted->str, ==, "unknown-file ");
  g_assert_true (told->complete);
}

/* A list longer than any one value may be is read record by record. */
static void
test_long_list (void)
{
  g_autoptr (GString) text = g_string_new ("{\"ok\":true,\"data\":{\"note\":\"");
  g_autoptr (Story) told = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "long ");
  g_string_append (text, "\",\"issues\":[");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"id\":7,\"when\":0,\"text\":\"%0200u\"}", i > 0 ? "," : "",
                            i);
  g_string_append (text, "],\"total\":20000}}");
  told = read_text (text->str);
  g_assert_cmpuint (told->seen->len, ==, 20000 * strlen ("7@issues "));
  g_assert_true (told->complete);
}

/* Whatever is cut off, what was whole before is given, and nothing else. */
static void
test_cut_off_anywhere (void)
{
  const char *whole = "{\"ok\":1,\"data\":{\"issues\":[" A "," B "],\"total\":2}}";

  for (gsize length = 1; length < strlen (whole); length++)
    {
      g_autofree char *text = g_strndup (whole, length);
      g_autoptr (Story) told = read_text (text);

      g_assert_true (g_str_has_prefix ("1@issues 2@issues ", told->seen->str));
      g_assert_nonnull (strstr (told->noted->str, "!cut-off"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/records/every-wrapping-is-seen-through", test_wrappings);
  g_test_add_func ("/import/records/pages-that-miss-are-told", test_pages);
  g_test_add_func ("/import/records/pages-of-a-folder-are-one", test_pages_of_a_folder);
  g_test_add_func ("/import/records/a-list-is-read-one-by-one", test_long_list);
  g_test_add_func ("/import/records/a-cut-off-end-loses-no-more", test_cut_off_anywhere);
  return g_test_run ();
}
