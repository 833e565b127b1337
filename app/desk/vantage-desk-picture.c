/* vantage-desk-picture.c: people and messages of a review, for its picture. */

#include "config.h"

#include "vantage-desk-picture.h"

#include <string.h>

#include "vantage-desk.h"

struct _VantageDeskPicture
{
  VantageReportInput input;
  GPtrArray *people; /* (element-type VantagePerson) */
  GPtrArray *places; /* of lanes: lent to `persons` */
  GArray *persons;   /* (element-type VantagePicturePerson) */
  GArray *messages;  /* (element-type VantagePictureMessage) */
  GHashTable *channels;
  VantageTimelinePicture *picture;
};

static gboolean
is_one_of (const char *sort, const char *a, const char *b)
{
  return g_strcmp0 (sort, a) == 0 || g_strcmp0 (sort, b) == 0;
}

static char *
dup_place (VantageLibrary *library, const char *review, const char *person)
{
  g_autoptr (VantageEntity) entity = vantage_library_get (library, review, "person", person, NULL);

  return entity != NULL ? g_strdup (vantage_entity_get_text (entity, "pos")) : NULL;
}

static void
list_persons (VantageDeskPicture *self, VantageLibrary *library, const char *review)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const VantagePerson *person = self->people->pdata[i];
      char *place = dup_place (library, review, person->id);
      VantagePicturePerson out = {
        .id = person->id,
        .team = person->team,
        .role = person->role,
        .zone = person->zone,
        .pos = place,
        .is_system = is_one_of (person->sort, "automation", "system"),
        .is_human = person->sort == NULL || is_one_of (person->sort, "human", "vendor"),
        .merged = (const char *const *) person->merged,
      };

      g_ptr_array_add (self->places, place);
      g_array_append_val (self->persons, out);
    }
}

static gboolean
take_message (VantageItem *item, gpointer user_data)
{
  VantageDeskPicture *self = user_data;
  const char *channel = item->channel_name != NULL ? item->channel_name : "";
  gpointer number;
  VantagePictureMessage message = { item->time_us, 0 };

  if (item->time_us == VANTAGE_TIME_NONE)
    return TRUE;
  if (!g_hash_table_lookup_extended (self->channels, channel, NULL, &number))
    {
      number = GUINT_TO_POINTER (g_hash_table_size (self->channels));
      g_hash_table_insert (self->channels, g_strdup (channel), number);
    }
  message.channel = GPOINTER_TO_UINT (number);
  g_array_append_val (self->messages, message);
  return TRUE;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const VantagePictureMessage *x = a, *y = b;

  if (x->us != y->us)
    return x->us < y->us ? -1 : 1;
  return x->channel < y->channel ? -1 : x->channel > y->channel;
}

static gboolean
read_messages (VantageDeskPicture *self, VantageLibrary *library, const char *review,
               const VantagePictureOptions *options, GError **error)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  query.kind = VANTAGE_ITEM_MESSAGE;
  query.since_us = options->since_us;
  query.until_us = options->until_us;
  if (!vantage_library_each_item (library, review, &query, take_message, self, NULL, error))
    return FALSE;
  g_array_sort (self->messages, compare_messages);
  return TRUE;
}

VantageDeskPicture *
vantage_desk_picture_new (VantageLibrary *library, const char *review,
                          const VantageReportOptions *report, const VantagePictureOptions *options,
                          const char *(*find_word) (const char *vocabulary, const char *value,
                                                    gpointer user_data),
                          GError **error)
{
  g_autoptr (VantageDeskPicture) self = g_new0 (VantageDeskPicture, 1);
  VantagePictureOptions own = *options;

  vantage_desk_fill_report_input (&self->input, library, review);
  self->input.find_word = find_word;
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->persons = g_array_new (FALSE, FALSE, sizeof (VantagePicturePerson));
  self->messages = g_array_new (FALSE, FALSE, sizeof (VantagePictureMessage));
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = vantage_library_list_people (library, review, error);
  if (self->people == NULL || !read_messages (self, library, review, options, error))
    return NULL;
  list_persons (self, library, review);
  own.people = (const VantagePicturePerson *) (gpointer) self->persons->data;
  own.n_people = self->persons->len;
  own.messages = (const VantagePictureMessage *) (gpointer) self->messages->data;
  own.n_messages = self->messages->len;
  self->picture = vantage_timeline_picture_new (&self->input, report, &own);
  return g_steal_pointer (&self);
}

void
vantage_desk_picture_free (VantageDeskPicture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->picture, vantage_timeline_picture_free);
  vantage_desk_clear_report_input (&self->input);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_ptr_array_unref (self->places);
  g_array_unref (self->persons);
  g_array_unref (self->messages);
  g_hash_table_unref (self->channels);
  g_free (self);
}

VantageTimelinePicture *
vantage_desk_picture_get (VantageDeskPicture *self)
{
  return self->picture;
}

GBytes *
vantage_desk_picture_write (VantageDeskPicture *self, const char *format, double scale,
                            GError **error)
{
  char *text;

  if (strcmp (format, "png") == 0)
    return vantage_timeline_picture_to_png (self->picture, scale, error);
  if (strcmp (format, "pdf") == 0)
    return vantage_timeline_picture_to_pdf (self->picture, error);
  text = strcmp (format, "canvas") == 0 ? vantage_timeline_picture_to_json_canvas (self->picture)
                                        : vantage_timeline_picture_to_svg (self->picture);
  return g_bytes_new_take (text, strlen (text));
}
