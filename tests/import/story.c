#include "story.h"

#include "collect.h"

const char *const story_messages[STORY_N] = {
  "{\"type\":\"message\",\"subtype\":\"channel_join\",\"user\":\"U0MARA01\",\"inviter\":"
  "\"U0TOMAS1\","
  "\"text\":\"<@U0MARA01> has joined the channel\",\"ts\":\"1709258400.000100\"}",

  "{\"type\":\"message\",\"user\":\"U0TOMAS1\",\"text\":\"payments &amp; refunds are down, "
  "<@U0MARA01> <https:\\/\\/status.example.com|status>\",\"ts\":\"1709258460.000200\","
  "\"thread_ts\":\"1709258460.000200\",\"reply_count\":2,\"replies\":[{\"user\":\"U0MARA01\","
  "\"ts\":\"1709258520.000300\"},{\"user\":\"U0GUEST1\",\"ts\":\"1709345000.000500\"}],"
  "\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U0MARA01\",\"U0GUEST1\"],\"count\":3}],"
  "\"edited\":{\"user\":\"U0TOMAS1\",\"ts\":\"1709258470.000000\"}}",

  "{\"type\":\"message\",\"user\":\"U0MARA01\",\"text\":\"on it\",\"ts\":\"1709258520.000300\","
  "\"thread_ts\":\"1709258460.000200\",\"parent_user_id\":\"U0TOMAS1\"}",

  "{\"type\":\"message\",\"subtype\":\"bot_message\",\"bot_id\":\"B0ALERT1\",\"username\":"
  "\"Pager\","
  "\"text\":\"\",\"attachments\":[{\"title\":\"High error rate\",\"text\":\"on "
  "&lt;checkout&gt;\"}],"
  "\"ts\":\"1709258700.000400\"}",

  "{\"type\":\"message\",\"subtype\":\"thread_broadcast\",\"user\":\"U0GUEST1\",\"text\":\"all "
  "clear\","
  "\"ts\":\"1709345000.000500\",\"thread_ts\":\"1709258460.000200\",\"root\":{\"type\":\"message\","
  "\"user\":\"U0TOMAS1\",\"ts\":\"1709258460.000200\"},\"user_profile\":{\"display_name\":\"\","
  "\"real_name\":\"Gus Ferrer\",\"name\":\"gus\"}}",

  "{\"type\":\"message\",\"user\":\"U0MARA01\",\"text\":\"\",\"files\":[{\"id\":\"F1\",\"name\":"
  "\"graph.png\",\"mimetype\":\"image/png\",\"size\":2048,\"url_private\":"
  "\"https://files.slack.com/a/graph.png?t=xoxe-1234567890-secret\"},{\"id\":\"F2\",\"mode\":"
  "\"tombstone\"}],\"ts\":\"1709345060.000600\"}",

  "{\"type\":\"message\",\"subtype\":\"tombstone\",\"user\":\"USLACKBOT\",\"text\":\"This message "
  "was "
  "deleted.\",\"ts\":\"1709345120.000700\",\"thread_ts\":\"1709345120.000700\"}",

  "{\"type\":\"message\",\"subtype\":\"channel_topic\",\"user\":\"U0TOMAS1\",\"topic\":\"calm\","
  "\"text\":\"set the channel topic: calm\",\"ts\":\"1709345180.000800\"}",

  "{\"type\":\"message\",\"subtype\":\"something_new\",\"user\":\"U0TOMAS1\",\"text\":\"did a "
  "thing\","
  "\"ts\":\"1709345240.000900\"}",
};

const char story_users[] =
    "[{\"id\":\"U0MARA01\",\"name\":\"mara\",\"real_name\":\"Mara Lind\",\"tz\":\"Europe/Berlin\","
    "\"is_bot\":false,\"profile\":{\"display_name\":\"\",\"real_name\":\"Mara Lind\",\"email\":"
    "\"mara@example.com\",\"title\":\"Payments\"}},"
    "{\"id\":\"U0TOMAS1\",\"name\":\"tomas\",\"deleted\":true,\"profile\":{\"display_name\":"
    "\"tomas k\"}},"
    "{\"id\":\"U0SILENT\",\"name\":\"silent\",\"profile\":{\"real_name\":\"Sil Ent\"}},"
    "{\"id\":\"U0NOWHERE\",\"name\":\"nowhere\",\"profile\":{}}]";

const char story_channels[] =
    "[{\"id\":\"" STORY_CHANNEL "\",\"name\":\"payments-ops\",\"created\":1600000000,\"members\":"
    "[\"U0MARA01\",\"U0TOMAS1\",\"U0SILENT\",\"U0UNKNOWN\"],\"topic\":{\"value\":\"calm\"},"
    "\"purpose\":{\"value\":\"money\"}}]";

char *
story_join (guint from, guint to, gboolean backwards)
{
  g_autoptr (GString) out = g_string_new ("[\n");

  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append (out, ",\n");
      g_string_append (out, story_messages[backwards ? to - 1 - (i - from) : i]);
    }
  g_string_append (out, "\n]");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
story_write (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_free (scratch_write (path, content, -1));
}

void
story_write_days (const char *folder)
{
  g_autofree char *first = story_join (0, STORY_FIRST_DAY, FALSE);
  g_autofree char *second = story_join (STORY_FIRST_DAY, STORY_N, FALSE);

  story_write (folder, "2024-02-29.json", first);
  story_write (folder, "2024-03-01.json", second);
}
