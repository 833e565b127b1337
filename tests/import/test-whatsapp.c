/* test-whatsapp.c: chats of WhatsApp as phones of several lands write them. */

#include "chat.h"
#include "make-zip.h"

#include <string.h>

typedef struct
{
  const char *name, *text, *lines;
} Case;

#define LRM "\xe2\x80\x8e"
#define NNBSP "\xe2\x80\xaf"

/* clang-format off */
static const Case cases[] = {
  { "android",
    "13/9/20, 23:54 - Messages and calls are end-to-end encrypted.\n"
    "13/9/20, 23:54 - Mara created group \"Ops\"\n"
    "13/9/20, 23:55 - Mara added Tomas\n"
    "13/9/20, 23:55 - Tomas: all red\n"
    "and: more\n\n"
    "13/9/20, 23:55 - Tomas: <Media omitted>\n"
    "13/9/20, 23:56 - Mara: IMG-1.jpg (file attached)\n"
    "look\n"
    "13/9/20, 23:57 - Mara: This message was deleted\n"
    "13/9/20, 23:57 - Mara: fixed <This message was edited>\n"
    "13/9/20, 23:58 - Mara changed the subject from \"Ops\" to \"Ops: night\"\n"
    "13/9/20, 23:59 - Tomas left\n"
    "31/2/20, 23:59 - Mara: never\n",
    "other|2020-09-13T23:54:00.000000Z|-|Messages and calls are end-to-end encrypted.\n"
    "other|2020-09-13T23:54:00.000000Z|-|Mara created group \"Ops\"\n"
    "join|2020-09-13T23:55:00.000000Z|name:Tomas|Mara added Tomas\n"
    "message|2020-09-13T23:55:00.000000Z|name:Tomas|all red\nand: more\n"
    "message|2020-09-13T23:55:00.000000Z|name:Tomas|\n"
    "message|2020-09-13T23:56:00.000000Z|name:Mara|look\n"
    "delete|2020-09-13T23:57:00.000000Z|name:Mara|This message was deleted\n"
    "message|2020-09-13T23:57:00.000000Z|name:Mara|fixed\n"
    "topic|2020-09-13T23:58:00.000000Z|name:Mara|Mara changed the subject from \"Ops\" to \"Ops: night\"\n"
    "leave|2020-09-13T23:59:00.000000Z|name:Tomas|Tomas left\n" },
  { "ios",
    "[12/09/2020, 23:55:01] Mara: all red\n"
    LRM "[12/09/2020, 23:55:02] \xe2\x80\xaa+1 (555) 010\xe2\x80\xac: " LRM "image omitted\n"
    LRM "[12/09/2020, 23:55:03] Mara: " LRM "<attached: 0001-graph.png>\n"
    "[13/09/2020, 00:00:03] Mara: next\n",
    "message|2020-09-12T23:55:01.000000Z|name:Mara|all red\n"
    "message|2020-09-12T23:55:02.000000Z|name:+1 (555) 010|\n"
    "message|2020-09-12T23:55:03.000000Z|name:Mara|\n"
    "message|2020-09-13T00:00:03.000000Z|name:Mara|next\n" },
  { "american",
    "[9/30/20, 11:55:01" NNBSP "PM] Mara: late\n"
    "[10/1/20, 12:05:01" NNBSP "AM] Mara: later\n",
    "message|2020-09-30T23:55:01.000000Z|name:Mara|late\n"
    "message|2020-10-01T00:05:01.000000Z|name:Mara|later\n" },
  { "german",
    "05.06.20, 23:55 - Mara hat Tomas hinzugefügt.\n"
    "05.06.20, 23:56 - Tomas: <Medien ausgeschlossen>\n"
    "05.06.20, 23:57 - Tomas hat die Gruppe verlassen.\n",
    "join|2020-06-05T23:55:00.000000Z|name:Tomas|Mara hat Tomas hinzugefügt.\n"
    "message|2020-06-05T23:56:00.000000Z|name:Tomas|\n"
    "leave|2020-06-05T23:57:00.000000Z|name:Tomas|Tomas hat die Gruppe verlassen.\n" },
  { "spanish",
    "20/6/20 1:55 p. m. - Mara: hola\n20/6/20 1:56 p. m. - Mara eliminó a Tomas\n",
    "message|2020-06-20T13:55:00.000000Z|name:Mara|hola\n"
    "leave|2020-06-20T13:56:00.000000Z|name:Tomas|Mara eliminó a Tomas\n" },
  { "french",
    "20/06/2020 à 13:55 - Mara: salut: oui\n20/06/2020 à 13:56 - Tomas a quitté le groupe\n",
    "message|2020-06-20T13:55:00.000000Z|name:Mara|salut: oui\n"
    "leave|2020-06-20T13:56:00.000000Z|name:Tomas|Tomas a quitté le groupe\n" },
  { "year-first",
    "2020-06-05, 23:55 - Mara: x\n2020/6/6 下午11:55 - Mara: y\n",
    "message|2020-06-05T23:55:00.000000Z|name:Mara|x\n"
    "message|2020-06-06T23:55:00.000000Z|name:Mara|y\n" },
  { "order-by-time-going-on",
    "3/4/20, 10:00 - Mara: a\n3/5/20, 10:00 - Mara: b\n4/1/20, 10:00 - Mara: c\n",
    "message|2020-03-04T10:00:00.000000Z|name:Mara|a\n"
    "message|2020-03-05T10:00:00.000000Z|name:Mara|b\n"
    "message|2020-04-01T10:00:00.000000Z|name:Mara|c\n" },
};
/* clang-format on */

static void
test_phone (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = g_strconcat (c->name, "/WhatsApp Chat with Ops.txt", NULL);
  g_autoptr (Collected) all = chat_read (name, c->text, "UTC", NULL);
  g_autofree char *lines = chat_dup_lines (all);

  g_assert_cmpstr (all->facts->format, ==, "whatsapp");
  g_assert_cmpstr (lines, ==, c->lines);
  g_assert_nonnull (collected_find_channel (all, "Ops"));
}

static void
test_hurt (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = g_strconcat ("hurt/", c->name, "/chat.txt", NULL);

  chat_hurt (name, c->text, strlen (c->text), "whatsapp", TRUE);
}

static void
test_attachments_are_told (void)
{
  g_autoptr (Collected) all =
      chat_read ("a/WhatsApp Chat with Ops.txt", cases[0].text, "UTC", NULL);
  VantageItem *file = all->items->pdata[5];

  g_assert_cmpuint (file->attachments->len, ==, 1);
  g_assert_cmpstr (((VantageAttachment *) file->attachments->pdata[0])->name, ==, "IMG-1.jpg");
  g_assert_cmpuint (((VantageItem *) all->items->pdata[4])->attachments->len, ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 1);
}

static void
test_dates_that_may_be_either_are_asked_for (void)
{
  g_autofree char *path = scratch_write ("either.txt", "3/4/20, 10:00 - Mara: a\n", -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (VantagePreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;
  g_autofree char *lines = NULL;

  options.zone = "UTC";
  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ORDER);
  preview = vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);
  g_assert_true (preview->needs_mapping);
  options.mapping = "order=mdy";
  all = collect_ok (path, &options);
  lines = chat_dup_lines (all);
  g_assert_cmpstr (lines, ==, "message|2020-03-04T10:00:00.000000Z|name:Mara|a\n");
}

static void
test_zip_and_text_are_the_same (void)
{
  ZipMaker *maker = zip_maker_new ();
  const char *text = cases[0].text;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *zip = NULL;
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) packed = NULL;
  g_autoptr (Collected) plain = chat_read ("plain/WhatsApp Chat with Ops.txt", text, "UTC", NULL);
  g_autofree char *ids = collected_dup_ids (plain);
  g_autofree char *packed_ids = NULL;
  gsize size;
  const char *data;

  zip_maker_add (maker, "_chat.txt", text, strlen (text), ZIP_PLAIN);
  zip_maker_add (maker, "IMG-1.jpg", "\xff\xd8\xff", 3, ZIP_STORED);
  bytes = zip_maker_finish (maker, FALSE);
  data = g_bytes_get_data (bytes, &size);
  zip = scratch_write ("packed/WhatsApp Chat - Other.zip", data, (gssize) size);
  options.zone = "UTC";
  packed = collect_ok (zip, &options);
  packed_ids = collected_dup_ids (packed);
  g_assert_cmpstr (packed_ids, ==, ids);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/whatsapp/phones/", cases[i].name, NULL);
      g_autofree char *hurt = g_strconcat ("/import/whatsapp/hurt/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_phone);
      g_test_add_data_func (hurt, &cases[i], test_hurt);
    }
  g_test_add_func ("/import/whatsapp/attachments-are-told", test_attachments_are_told);
  g_test_add_func ("/import/whatsapp/dates-that-may-be-either-are-asked-for",
                   test_dates_that_may_be_either_are_asked_for);
  g_test_add_func ("/import/whatsapp/zip-and-text-are-the-same", test_zip_and_text_are_the_same);
  return g_test_run ();
}
