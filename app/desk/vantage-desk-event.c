/* vantage-desk-event.c: what an item becomes as an event. */

#include "vantage-desk-event.h"

#include "vantage-text.h"

#include <string.h>

#define TITLE_CHARS 80

const char *
vantage_desk_event_kind (const VantageItem *item)
{
  switch (item->kind)
    {
    case VANTAGE_ITEM_MESSAGE:
    case VANTAGE_ITEM_COMMENT:
    case VANTAGE_ITEM_UTTERANCE:
    case VANTAGE_ITEM_TICKET:
    case VANTAGE_ITEM_FILE:
      return "said";
    case VANTAGE_ITEM_JOIN:
      return "joined";
    case VANTAGE_ITEM_LEAVE:
      return "left";
    case VANTAGE_ITEM_ALERT:
    case VANTAGE_ITEM_PAGE:
    case VANTAGE_ITEM_RESOLVE:
      return "alert";
    case VANTAGE_ITEM_ACKNOWLEDGE:
      return "noticed";
    case VANTAGE_ITEM_CALL:
      return "call";
    case VANTAGE_ITEM_SHIFT:
      return "shift";
    case VANTAGE_ITEM_COMMIT:
    case VANTAGE_ITEM_DEPLOY:
      return "changed";
    default:
      return "did";
    }
}

char *
vantage_desk_event_title (const VantageItem *item)
{
  g_autofree char *line =
      g_strndup (vantage_item_get_shown (item), strcspn (vantage_item_get_shown (item), "\n"));
  g_autofree char *title = vantage_text_shorten (line, TITLE_CHARS);

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (item->attachments != NULL && item->attachments->len > 0)
    {
      const VantageAttachment *file = g_ptr_array_index (item->attachments, 0);

      if (file->name != NULL)
        return g_strdup (file->name);
    }
  return g_strdup (vantage_item_kind_to_text (item->kind));
}

const char *
vantage_desk_add_event (VantageEdit *edit, const VantageItem *item, const char *person)
{
  const char *event = vantage_edit_create (edit, "event");
  const char *actor = person != NULL ? person : item->person;
  g_autofree char *id = vantage_item_dup_id (item);
  g_autofree char *title = vantage_desk_event_title (item);
  g_autofree char *version = vantage_item_version (item);
  const VantageWhen when = { .sort = VANTAGE_WHEN_ITEM, .item = id };

  vantage_edit_set_text (edit, "event", event, "title", title);
  vantage_edit_set_text (edit, "event", event, "kind", vantage_desk_event_kind (item));
  vantage_edit_set_text (edit, "event", event, "claim", "record");
  vantage_edit_set_when (edit, "event", event, "start", &when);
  vantage_edit_cite (edit, "event", event, id, -1, -1, NULL, version);
  if (actor != NULL)
    vantage_edit_set_member (edit, "event", event, "actors", actor, TRUE);
  return event;
}
