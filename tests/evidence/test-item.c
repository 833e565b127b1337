/* test-item.c: the bytes that stand for a record, its version and its ids. */

#include <string.h>

#include "vantage-evidence-sink.h"
#include "vantage-identity.h"
#include "vantage-item.h"

static VantageItem *
make_item (void)
{
  VantageItem *item = vantage_item_new (VANTAGE_ITEM_MESSAGE);

  item->channel = g_strdup ("0123456789abcdef");
  item->local = g_strdup ("1709259247.000100");
  item->account = g_strdup ("U1");
  item->raw_time = g_strdup ("1709259247.000100");
  item->time_us = G_GINT64_CONSTANT (1709259247000100);
  item->precision = VANTAGE_PRECISION_US;
  item->text = g_strdup ("rolling back");

  return item;
}

static void
test_canonical_bytes (void)
{
  g_autoptr (VantageItem) item = make_item ();
  GString *form;

  item->edited_us = G_GINT64_CONSTANT (1709259300000000);
  item->deleted = TRUE;
  item->url = g_strdup ("https://example.org/é");
  vantage_item_add_extra (item, "to", "b");
  form = vantage_item_canonical (item);
  g_assert_cmpstr (form->str, ==,
                   "id:17:1709259247.000100\n"
                   "kind:7:message\n"
                   "raw_time:17:1709259247.000100\n"
                   "precision:2:us\n"
                   "account:2:U1\n"
                   "text:12:rolling back\n"
                   "edited:27:2024-03-01T02:15:00.000000Z\n"
                   "deleted:4:true\n"
                   "url:22:https://example.org/é\n"
                   "extra:30:entry:20:name:2:to\nvalue:1:b\n\n\n");
  g_string_free (form, TRUE);
}

static void
test_order_of_lists_does_not_matter (void)
{
  static const char *const ab[] = { "U1", "U2", NULL };
  static const char *const ba[] = { "U2", "U1", NULL };
  g_autoptr (VantageItem) one = make_item ();
  g_autoptr (VantageItem) two = make_item ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  vantage_item_add_reaction (one, "eyes", 2, ab);
  vantage_item_add_reaction (one, "tada", 1, NULL);
  vantage_item_add_reaction (two, "tada", 1, NULL);
  vantage_item_add_reaction (two, "eyes", 2, ba);
  one->mentions = g_strdupv ((char **) ab);
  two->mentions = g_strdupv ((char **) ba);

  first = vantage_item_digest (one);
  second = vantage_item_digest (two);
  g_assert_cmpstr (first, ==, second);
}

static void
test_names_cannot_run_into_values (void)
{
  g_autoptr (VantageItem) one = make_item ();
  g_autoptr (VantageItem) two = make_item ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  vantage_item_add_attachment (one, "a\ntype:1:b", NULL, NULL, -1);
  vantage_item_add_attachment (two, "a", "b", NULL, -1);
  first = vantage_item_digest (one);
  second = vantage_item_digest (two);
  g_assert_cmpstr (first, !=, second);
}

typedef void (*Change) (VantageItem *item);

static void
change_nothing (VantageItem *item)
{
}

static void
change_writing (VantageItem *item)
{
  g_free (item->text);
  item->text = g_strdup ("*Rolling  back*");
  item->text[1] = 'r';
}

static void
change_words (VantageItem *item)
{
  g_free (item->text);
  item->text = g_strdup ("rolled back");
}

static void
change_url (VantageItem *item)
{
  item->url = g_strdup ("https://example.org");
}

static void
change_reactions (VantageItem *item)
{
  vantage_item_add_reaction (item, "eyes", 1, NULL);
  vantage_item_add_attachment (item, "graph.png", NULL, NULL, -1);
}

static void
change_channel (VantageItem *item)
{
  item->channel[0] = 'f';
}

static void
change_resolved_time (VantageItem *item)
{
  item->time_us += 3600;
}

static void
change_raw_time (VantageItem *item)
{
  item->raw_time[0] = '2';
}

static void
change_edited (VantageItem *item)
{
  item->edited_us = 0;
}

static void
change_deleted (VantageItem *item)
{
  item->deleted = TRUE;
}

static void
change_extra (VantageItem *item)
{
  vantage_item_add_extra (item, "field", "status");
}

static void
change_kind (VantageItem *item)
{
  item->kind = VANTAGE_ITEM_COMMENT;
}

static void
test_version_is_what_was_said (void)
{
  static const struct
  {
    const char *name;
    Change change;
    gboolean same;
  } cases[] = {
    { "nothing", change_nothing, TRUE },
    { "writing", change_writing, TRUE },
    { "words", change_words, FALSE },
    { "url", change_url, TRUE },
    { "reactions", change_reactions, TRUE },
    { "channel", change_channel, TRUE },
    { "resolved time", change_resolved_time, TRUE },
    { "raw time", change_raw_time, FALSE },
    { "edited", change_edited, FALSE },
    { "deleted", change_deleted, FALSE },
    { "extra", change_extra, FALSE },
    { "kind", change_kind, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VantageItem) one = make_item ();
      g_autoptr (VantageItem) two = make_item ();
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      cases[i].change (two);
      first = vantage_item_version (one);
      second = vantage_item_version (two);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (strlen (first), ==, 16);
      g_assert_cmpint (strcmp (first, second) == 0, ==, cases[i].same);
    }
}

static void
test_content_ids (void)
{
  g_autofree char *one = vantage_item_content_id (NULL, "10:02", "name:Ana", "hello");
  g_autofree char *same = vantage_item_content_id ("", "10:02", "name:Ana", "hello");
  g_autofree char *other = vantage_item_content_id ("", "10:02", "name:Ana", "hello ");

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpuint (strlen (one), ==, 17);
  g_assert_cmpint (one[0], ==, 'x');
}

static void
test_ids_split (void)
{
  static const struct
  {
    const char *id;
    const char *local; /* NULL: no id */
  } cases[] = {
    { "0123456789abcdef.1709259247.000100", "1709259247.000100" },
    { "0123456789abcdef.i10001.c5", "i10001.c5" },
    { "0123456789abcdef.", NULL },
    { "0123456789abcde.x", NULL },
    { "0123456789ABCDEF.x", NULL },
    { "0123456789abcdef-x", NULL },
    { "0123456789abcdef.a b", NULL },
    { "0123456789abcdef.é", NULL },
    { "", NULL },
  };
  char channel[17];
  const char *local;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean ok = vantage_item_id_split (cases[i].id, channel, &local);

      g_assert_cmpint (ok, ==, cases[i].local != NULL);
      if (ok)
        {
          g_assert_cmpstr (local, ==, cases[i].local);
          g_assert_cmpstr (channel, ==, "0123456789abcdef");
        }
    }
}

static void
test_kinds_have_words (void)
{
  for (guint i = 0; i < VANTAGE_N_ITEM_KINDS; i++)
    {
      VantageItemKind kind;

      g_assert_true (vantage_item_kind_from_text (vantage_item_kind_to_text (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
}

static void
test_placeholders_know_nothing (void)
{
  g_autoptr (VantageIdentity) self = vantage_identity_new ("slack", "", "U1");
  g_autoptr (VantageIdentity) newer = vantage_identity_new ("slack", "", "U1");

  g_assert_cmpstr (vantage_identity_get_shown (self), ==, "U1");
  self->name = g_strdup ("Ana");
  newer->name = g_strdup ("somebody");
  newer->placeholder = TRUE;
  newer->email = g_strdup ("ana@example.org");
  vantage_identity_improve (self, newer);
  g_assert_cmpstr (self->name, ==, "Ana");
  g_assert_cmpstr (self->email, ==, "ana@example.org");

  newer->placeholder = FALSE;
  vantage_identity_improve (self, newer);
  g_assert_cmpstr (vantage_identity_get_shown (self), ==, "somebody");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/evidence/item/canonical-bytes", test_canonical_bytes);
  g_test_add_func ("/evidence/item/order-of-lists-does-not-matter",
                   test_order_of_lists_does_not_matter);
  g_test_add_func ("/evidence/item/names-cannot-run-into-values",
                   test_names_cannot_run_into_values);
  g_test_add_func ("/evidence/item/version-is-what-was-said", test_version_is_what_was_said);
  g_test_add_func ("/evidence/item/content-ids", test_content_ids);
  g_test_add_func ("/evidence/item/ids-split", test_ids_split);
  g_test_add_func ("/evidence/item/kinds-have-words", test_kinds_have_words);
  g_test_add_func ("/evidence/item/placeholders-know-nothing", test_placeholders_know_nothing);
  return g_test_run ();
}
