/* fuzz-import-file.c: whatever a file is, it is read, or an error of the importer says why not;
 * twice the same way. In the seeds, and so in all inputs, the byte 0x7f stands for NUL. */

#include "vantage-fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "vantage-import.h"

/* clang-format off */
const char *const vantage_fuzz_seeds[] = {
  "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709258400.000100\",\"text\":\"<@U2|x> &amp; <!here>\","
  "\"thread_ts\":\"1709258400.000100\",\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U1\"],\"count\":2}],"
  "\"files\":[{\"name\":\"a\",\"url_private\":\"https://x/y?t=z\"}],\"edited\":{\"ts\":\"1709258400.000100\"}}]",
  "{\"channel_id\":\"C1\",\"name\":\"ops\",\"messages\":[{\"type\":\"message\",\"ts\":\"1709258400.000100\","
  "\"slackdump_thread_replies\":[{\"type\":\"message\",\"ts\":\"1709258400.000200\",\"blocks\":[{\"type\":"
  "\"rich_text\",\"elements\":[{\"type\":\"rich_text_list\",\"elements\":[{\"elements\":[{\"type\":\"text\","
  "\"text\":\"x\"}]}]}]}]}]}],\"has_more\":true}",
  "{\"t\":0,\"ts\":1,\"id\":\"C1\",\"n\":1,\"m\":[{\"type\":\"message\",\"ts\":\"1709258400.000100\"}]}\n"
  "{\"t\":1,\"ts\":2,\"id\":\"C1\",\"n\":1,\"p\":{\"type\":\"message\",\"ts\":\"1709258400.000100\"},\"m\":[]}\n"
  "{\"t\":5,\"ts\":3,\"id\":\"C1\",\"n\":1,\"ci\":{\"id\":\"C1\",\"name\":\"ops\"}}\n",
  "{\"number\":12,\"title\":\"Down\",\"state\":\"OPEN\",\"url\":\"https://github.com/o/r/issues/12\","
  "\"author\":{\"login\":\"mara\"},\"createdAt\":\"2024-03-01T02:14:07Z\",\"comments\":[{\"author\":{\"login\":\"b\"},"
  "\"body\":\"x\",\"createdAt\":\"2024-03-01T02:15:07Z\",\"url\":\"https://github.com/o/r/issues/12#issuecomment-1\"}]}",
  "{\"type\":\"version\",\"version\":1}\n{\"type\":\"user\",\"user\":{\"username\":\"m\",\"first_name\":\"M\",\"timezone\":{\"automati"
  "cTimezone\":\"UTC\"}}}\n{\"type\":\"post\",\"post\":{\"team\":\"t\",\"channel\":\"c\",\"user\":\"m\",\"message\":\"a @m `@m`\",\"cr"
  "eate_at\":1700000000123,\"edit_at\":1700000000124,\"reactions\":[{\"user\":\"k\",\"emoji_name\":\"e\",\"create_at\":1700000001000}]"
  ",\"replies\":[{\"user\":\"k\",\"message\":\"\",\"create_at\":1700000000125,\"props\":{\"attachments\":[{\"title\":\"x\",\"fields\":"
  "[{\"title\":\"a\",\"value\":\"b\"}]}]},\"attachments\":[{\"path\":\"a/b\"}]}]}}\n{\"type\":\"direct_post\",\"direct_post\":{\"chann"
  "el_members\":[\"m\",\"k\"],\"user\":\"m\",\"message\":\"d\",\"create_at\":1700000000126}}\n",
  "{\"@odata.context\":\"https://graph/$metadata#messages\",\"@odata.nextLink\":\"n\",\"value\":[{\"id\":\"1700000000123\",\"replyToId"
  "\":null,\"messageType\":\"message\",\"createdDateTime\":\"2023-11-14T22:13:20.1234567Z\",\"lastEditedDateTime\":\"2023-11-14T22:14:"
  "20Z\",\"subject\":\"s\",\"from\":{\"user\":{\"id\":\"u\",\"displayName\":\"U\"}},\"body\":{\"contentType\":\"html\",\"content\":\"<"
  "p>a <at id=\\\"0\\\">K</at></p><ul><li>x&amp;y</li></ul><pre>c</pre><attachment id=\\\"5\\\"></attachment>\"},\"channelIdentity\":{"
  "\"teamId\":\"t\",\"channelId\":\"19:a@thread.tacv2\"},\"mentions\":[{\"id\":0,\"mentioned\":{\"user\":{\"id\":\"k\"}}}],\"attachmen"
  "ts\":[{\"id\":5,\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":\"{\\\"body\\\":[{\\\"text\\\":\\\"d\\\"}]}"
  "\"}],\"reactions\":[{\"reactionType\":\"like\",\"createdDateTime\":\"2023-11-14T22:14:00Z\",\"user\":{\"user\":{\"id\":\"k\"}}}]},{"
  "\"id\":\"2\",\"messageType\":\"systemEventMessage\",\"createdDateTime\":\"2023-11-14T22:13:21Z\",\"from\":null,\"chatId\":\"19:b\","
  "\"eventDetail\":{\"@odata.type\":\"#microsoft.graph.membersAddedEventMessageDetail\",\"members\":[{\"id\":\"k\"}],\"initiator\":{\""
  "user\":{\"id\":\"u\"}}}}]}",
  "{\"guild\":{\"id\":\"7\"},\"channel\":{\"id\":\"900000000000000001\",\"type\":\"GuildPublicThread\",\"categoryId\":\"8\",\"category"
  "\":\"c\",\"name\":\"n\"},\"messages\":[{\"id\":\"920000000000000001\",\"type\":\"Reply\",\"timestamp\":\"2023-11-14T14:13:20.123456"
  "7-08:00\",\"timestampEdited\":null,\"content\":\"<@5> <t:1700000000:R> <:a:1> `x` @K\",\"author\":{\"id\":\"5\",\"name\":\"m\",\"ni"
  "ckname\":\"M\",\"roles\":[{\"id\":\"6\",\"name\":\"r\"}]},\"attachments\":[{\"url\":\"u?hm=1\",\"fileName\":\"f\",\"fileSizeBytes\""
  ":1}],\"embeds\":[{\"title\":\"t\",\"fields\":[{\"name\":\"a\",\"value\":\"b\"}]}],\"reactions\":[{\"emoji\":{\"name\":\"e\"},\"coun"
  "t\":2,\"users\":[{\"id\":\"5\"}]}],\"mentions\":[{\"id\":\"6\",\"name\":\"K\"}],\"reference\":{\"messageId\":\"1\",\"channelId\":\""
  "8\"}}],\"messageCount\":1}",
  "AuthorID;Author;Date;Content;Attachments;Reactions;\n\"5\";\"m#3763\";\"14-Mar-19 12:09 PM\";\"a; \"\"b\"\"\nc\";\"https://x/y?hm=1"
  "\";\"e (3), f (2)\";\n",
  "{\"zerver_message\":[{\"id\":102,\"sender\":11,\"recipient\":31,\"subject\":\"\\u2714 T\",\"content\":\"@**K|12** #**s>t** <time:20"
  "24> [f](/user_uploads/2/f)\",\"date_sent\":1700000000.1234560013,\"last_edit_time\":1700000001.5,\"edit_history\":\"[{\\\"prev_cont"
  "ent\\\":\\\"b\\\"}]\"},{\"id\":101,\"sender\":12,\"recipient\":32,\"subject\":\"t\",\"content\":\"(deleted)\",\"pub_date\":1e9}],\""
  "zerver_reaction\":[{\"message\":102,\"user_profile\":12,\"emoji_name\":\"e\"}],\"zerver_recipient\":[{\"id\":31,\"type\":2,\"type_i"
  "d\":21},{\"id\":32,\"type\":3,\"type_id\":1}],\"zerver_subscription\":[{\"recipient\":32,\"user_profile\":11}],\"zerver_stream\":[{"
  "\"id\":21,\"name\":\"s\"}],\"zerver_realm\":[{\"string_id\":\"o\"}]}",
  "{\"messages\":[{\"id\":1,\"sender_id\":2,\"sender_full_name\":\"M\",\"display_recipient\":[{\"id\":2,\"full_name\":\"M\"}],\"subjec"
  "t\":\"\",\"timestamp\":1700000000,\"content\":\"<p><span data-user-id=\\\"3\\\">@K</span></p>\",\"content_type\":\"text/html\",\"re"
  "actions\":[{\"emoji_name\":\"e\",\"user_id\":3}]}],\"found_oldest\":false}",
  "{\"messages\":[{\"creator\":{\"name\":\"M\",\"email\":\"m@x\",\"user_type\":\"Human\"},\"created_date\":\"Tuesday, March 5, 2024 at"
  " 2:02:11\xe2""\x80""\xaf""PM UTC\",\"text\":\"\xf0""\x9f""\x94""\xa5"" @K a\",\"annotations\":[{\"start_index\":3,\"length\":2,\"us"
  "er_mention_metadata\":{\"user\":{\"email\":\"k@x\"}}}],\"topic_id\":\"T\",\"message_id\":\"S/T/M\",\"attached_files\":[{\"original_"
  "name\":\"f\"}],\"reactions\":[{\"emoji\":{\"unicode\":\"e\"},\"reactor_emails\":[\"k@x\"]}],\"quoted_message_metadata\":{\"message_"
  "id\":\"S/T/T\"}},{\"name\":\"spaces/S/messages/T.T\",\"createTime\":\"2024-03-05T14:02:11Z\",\"cardsV2\":[{\"card\":{\"header\":{\""
  "title\":\"t\"}}}]}]}",
  "time,author,text\n2024-03-01T02:14:07Z,mara,\"a \"\"b\"\"\nc\"\n2024-03-01 02:15,tomas,d\n",
  "{\"datetime\":\"2024-03-01T02:14:07Z\",\"message\":\"x\",\"user\":\"mara\"}\n{\"datetime\":1709258400000,\"message\":\"y\"}\n",
  "--- Log opened Mon Mar 04 14:02:11 2024\n14:02 <@mara> \x03" "04,12x: y\n14:03 -!- lin [l@h] has joined #c\n"
  "14:04 -!- a is now known as b\n00:01 < lin> z\n",
  "[14 Jan 12:37] <a!b@c> +x\n[14:02:11] *** Quits: a (b@c) (d)\n=== a [b@c] has left #d\n",
  "{\"room_name\":\"x\",\"messages\":[{\"type\":\"m.room.message\",\"event_id\":\"$a\",\"sender\":\"@m:x\",\"origin_server_ts\":1709560931000,"
  "\"content\":{\"msgtype\":\"m.text\",\"body\":\"> <@m:x> a\\n\\nb\",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$b\",\"m.in_reply_to\":{\"event_id\":\"$c\"}}}}]}",
  "{\"messages\":[{\"_id\":\"a\",\"rid\":\"r\",\"ts\":{\"$date\":1709560931000},\"u\":{\"_id\":\"m\",\"username\":\"x\"},\"msg\":\"[ ](u) y\",\"tmid\":\"b\",\"t\":\"au\","
  "\"reactions\":{\":e:\":{\"usernames\":[\"x\"]}},\"attachments\":[{\"message_link\":\"?msg=c\",\"text\":\"z\"}]}],\"total\":1}",
  "{\"name\":\"x\",\"type\":\"private_group\",\"id\":7,\"messages\":[{\"id\":1,\"type\":\"message\",\"date\":\"2019-07-05T16:55:32\",\"from_id\":4294967303,"
  "\"text\":[\"a\",{\"type\":\"mention_name\",\"text\":\"b\",\"user_id\":1}],\"reply_to_message_id\":2,\"reactions\":[{\"emoji\":\"e\",\"count\":2,\"recent\":[{\"from_id\":\"user1\"}]}]}]}",
  "[9/30/20, 11:55:01\xe2\x80\xafPM] Mara: \xe2\x80\x8eimage omitted\n[10/1/20, 12:05:01 AM] Mara: <attached: a.png>\nb\n[10/1/20, 12:05:01 AM] c added d\n",
  "Monday, March 4th\nMara  2:02 PM\nx\n2:03\ny (edited)\n[14:02, 25/3/2024] b: z\nc \xe2\x80\x94 Yesterday at 23:59\nd\n",
  "Mara\n  2:02 PM\nx\nTomas\n  2:03 PM\ny\n14:02:11 From a to b: c\n",
  "PK\x03\x04\x14\x7f\x7f\x7f\x7f\x7f\x7f\x7f" "aX;\x01.O8\x7f\x7f\x7f" "8\x7f\x7f\x7f\x13\x7f\x7f\x7fops/2024-03-01.json[{\"type\":\"message\",\"ts\":\"1709258400.000100\",\"text\":\"a\"}]PK\x01\x02\x14\x03\x14\x7f\x7f\x7f\x7f\x7f\x7f\x7f" "aX;\x01.O8\x7f\x7f\x7f" "8\x7f\x7f\x7f\x13\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x80\x01\x7f\x7f\x7f\x7fops/2024-03-01.jsonPK\x05\x06\x7f\x7f\x7f\x7f\x01\x7f\x01\x7f" "A\x7f\x7f\x7fi\x7f\x7f\x7f\x7f\x7f",
  NULL,
};
/* clang-format on */

static char *scratch;

static void
remove_scratch (void)
{
  g_autofree char *folder = g_path_get_dirname (scratch);

  g_unlink (scratch);
  g_rmdir (folder);
  g_free (scratch);
}

static const char *
get_scratch (void)
{
  g_autofree char *folder = NULL;

  if (scratch == NULL)
    {
      folder = g_dir_make_tmp ("vantage-fuzz-XXXXXX", NULL);
      scratch = g_build_filename (folder, "input", NULL);
      atexit (remove_scratch);
    }
  return scratch;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePreview) preview = NULL;

  for (size_t i = 0; i < size; i++)
    if (bytes[i] == 0x7f)
      bytes[i] = '\0';
  g_assert_true (g_file_set_contents_full (get_scratch (), bytes != NULL ? bytes : "",
                                           (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  preview = vantage_import_preview (scratch, NULL, NULL, NULL, NULL, &error);
  g_assert_true ((preview == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_cmpuint (error->domain, ==, VANTAGE_IMPORT_ERROR);
      return 0;
    }
  for (guint i = 0; i < preview->first_items->len; i++)
    {
      VantageItem *item = preview->first_items->pdata[i];

      g_assert_true (g_utf8_validate (item->text, -1, NULL));
      g_assert_cmpuint (strlen (item->local), >, 0);
      g_assert_cmpuint (strlen (item->local), <=, 80);
    }
  return 0;
}
