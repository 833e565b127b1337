/* vantage-wire-bundle.c: items of evidence as lines of JSON, and compressed. */

#include "vantage-wire-bundle.h"

#include <gio/gio.h>
#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-wire-reader.h"

#define MAX_LINE_BYTES (4 * 1024 * 1024)
#define MAX_RATIO 100
#define SMALL_BYTES (1024 * 1024) /* below this any ratio will do */

static const VantageJsonLimits line_limits = { MAX_LINE_BYTES, 8, 200000 };

VantageWireBundle *
vantage_wire_bundle_new (const char *review, const char *source)
{
  VantageWireBundle *self = g_new0 (VantageWireBundle, 1);

  self->review = g_strdup (review);
  self->source = g_strdup (source);
  self->zero_us = VANTAGE_TIME_NONE;
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_channel_free);
  self->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  return self;
}

void
vantage_wire_bundle_free (VantageWireBundle *self)
{
  if (self == NULL)
    return;
  g_free (self->review);
  g_free (self->source);
  g_free (self->zone);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->identities);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/* ---- writing ---- */

static void
add_text (GString *out, const char *name, const char *text)
{
  if (text != NULL)
    vantage_wire_add_text (out, name, text);
}

/* As text: numbers of JSON end at 2^53. */
static void
add_time (GString *out, const char *name, gint64 us)
{
  char text[32];

  if (us == VANTAGE_TIME_NONE)
    return;
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, us);
  vantage_wire_add_text (out, name, text);
}

static void
add_number (GString *out, const char *name, gint64 number, gint64 unless)
{
  if (number != unless)
    vantage_wire_add_int (out, name, number);
}

static void
add_flag (GString *out, const char *name, gboolean yes)
{
  if (yes)
    vantage_wire_add_bool (out, name, TRUE);
}

static void
add_list (GString *out, const char *name, char *const *list)
{
  if (list == NULL)
    return;
  vantage_wire_add_name (out, name);
  g_string_append_c (out, '[');
  for (guint i = 0; list[i] != NULL; i++)
    {
      vantage_wire_add_comma (out);
      vantage_json_append_string (out, list[i], -1);
    }
  g_string_append_c (out, ']');
}

static void
write_channel (GString *out, const VantageChannel *channel)
{
  g_string_append (out, "{\"channel\":{");
  add_text (out, "family", channel->family);
  add_text (out, "system", channel->system);
  add_text (out, "key", channel->key);
  add_text (out, "name", channel->name);
  add_text (out, "topic", channel->topic);
  add_text (out, "purpose", channel->purpose);
  vantage_wire_add_int (out, "sort", channel->sort);
  add_flag (out, "weak", channel->weak);
  add_list (out, "members", channel->members);
  g_string_append (out, "}}\n");
}

static void
write_identity (GString *out, const VantageIdentity *identity)
{
  g_string_append (out, "{\"identity\":{");
  add_text (out, "family", identity->family);
  add_text (out, "system", identity->system);
  add_text (out, "key", identity->key);
  add_text (out, "handle", identity->handle);
  add_text (out, "email", identity->email);
  add_text (out, "name", identity->name);
  add_text (out, "zone", identity->zone);
  add_text (out, "team", identity->team);
  add_text (out, "title", identity->title);
  add_flag (out, "bot", identity->bot);
  add_flag (out, "placeholder", identity->placeholder);
  g_string_append (out, "}}\n");
}

static void
write_reactions (GString *out, GPtrArray *reactions)
{
  vantage_wire_add_name (out, "reactions");
  g_string_append_c (out, '[');
  for (guint i = 0; i < reactions->len; i++)
    {
      const VantageReaction *reaction = reactions->pdata[i];

      vantage_wire_add_comma (out);
      g_string_append_c (out, '{');
      add_text (out, "name", reaction->name);
      vantage_wire_add_int (out, "count", reaction->count);
      add_list (out, "by", reaction->by);
      if (reaction->times_us != NULL)
        {
          vantage_wire_add_name (out, "times");
          g_string_append_c (out, '[');
          for (guint k = 0; reaction->by[k] != NULL; k++)
            g_string_append_printf (out, "%s\"%" G_GINT64_FORMAT "\"", k > 0 ? "," : "",
                                    reaction->times_us[k]);
          g_string_append_c (out, ']');
        }
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_attachments (GString *out, GPtrArray *attachments)
{
  vantage_wire_add_name (out, "attachments");
  g_string_append_c (out, '[');
  for (guint i = 0; i < attachments->len; i++)
    {
      const VantageAttachment *attachment = attachments->pdata[i];

      vantage_wire_add_comma (out);
      g_string_append_c (out, '{');
      add_text (out, "name", attachment->name);
      add_text (out, "type", attachment->type);
      add_text (out, "url", attachment->url);
      add_number (out, "size", attachment->size, -1);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_extra (GString *out, GPtrArray *extra)
{
  vantage_wire_add_name (out, "extra");
  g_string_append_c (out, '[');
  for (guint i = 0; i < extra->len; i++)
    {
      const VantageItemExtra *one = extra->pdata[i];

      vantage_wire_add_comma (out);
      g_string_append_c (out, '{');
      add_text (out, "name", one->name);
      add_text (out, "value", one->value);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_item (GString *out, const VantageItem *item)
{
  g_string_append (out, "{\"item\":{");
  add_text (out, "channel", item->channel);
  add_text (out, "local", item->local);
  vantage_wire_add_text (out, "kind", vantage_item_kind_to_text (item->kind));
  add_text (out, "raw_time", item->raw_time);
  add_time (out, "time", item->time_us);
  add_number (out, "precision", item->precision, 0);
  add_number (out, "zone_origin", item->zone_origin, VANTAGE_ZONE_IN_FILE);
  add_flag (out, "twice", item->twice);
  add_text (out, "account", item->account);
  add_text (out, "thread", item->thread);
  add_text (out, "reply_to", item->reply_to);
  add_text (out, "text", item->text);
  add_time (out, "edited", item->edited_us);
  add_flag (out, "deleted", item->deleted);
  if (item->reactions != NULL)
    write_reactions (out, item->reactions);
  if (item->attachments != NULL)
    write_attachments (out, item->attachments);
  add_list (out, "mentions", item->mentions);
  add_text (out, "url", item->url);
  if (item->extra != NULL)
    write_extra (out, item->extra);
  add_text (out, "path", item->path);
  add_number (out, "line", item->line, 0);
  add_number (out, "offset", item->offset, -1);
  add_number (out, "length", item->length, 0);
  g_string_append (out, "}}\n");
}

gsize
vantage_wire_bundle_item_size (const VantageItem *item)
{
  g_autoptr (GString) out = g_string_new (NULL);

  write_item (out, item);
  return out->len;
}

GBytes *
vantage_wire_bundle_write (const VantageWireBundle *self)
{
  GString *out = g_string_new ("{\"bundle\":{");

  vantage_wire_add_int (out, "version", 1);
  add_text (out, "review", self->review);
  add_text (out, "source", self->source);
  add_text (out, "zone", self->zone);
  add_time (out, "zero", self->zero_us);
  add_number (out, "shift", self->shift_us, 0);
  g_string_append (out, "}}\n");
  for (guint i = 0; i < self->channels->len; i++)
    write_channel (out, self->channels->pdata[i]);
  for (guint i = 0; i < self->identities->len; i++)
    write_identity (out, self->identities->pdata[i]);
  for (guint i = 0; i < self->items->len; i++)
    write_item (out, self->items->pdata[i]);
  return vantage_wire_take (out);
}

/* ---- reading ---- */

static char *
dup_text (JsonObject *object, const char *name)
{
  return g_strdup (vantage_json_get_text (object, name, NULL));
}

static gint64
get_time (JsonObject *object, const char *name)
{
  const char *text = vantage_json_get_text (object, name, NULL);
  gint64 us;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &us, NULL))
    return VANTAGE_TIME_NONE;
  return us;
}

/* (nullable) */
static char **
dup_list (JsonObject *object, const char *name)
{
  JsonArray *array = vantage_json_get_array (object, name);
  g_autoptr (GStrvBuilder) list = NULL;

  if (array == NULL)
    return NULL;
  list = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (list, json_node_get_string (node));
    }
  return g_strv_builder_end (list);
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, VANTAGE_WIRE_ERROR, VANTAGE_WIRE_ERROR_SHAPE, "bundle: %s", what);
  return FALSE;
}

static gboolean
read_head (VantageWireBundle *self, JsonObject *object, GError **error)
{
  if (vantage_json_get_int (object, "version", 0) != 1)
    return refuse ("made with a newer version", error);
  if (self->review != NULL)
    return refuse ("it begins twice", error);
  self->review = dup_text (object, "review");
  self->source = dup_text (object, "source");
  self->zone = dup_text (object, "zone");
  self->zero_us = get_time (object, "zero");
  self->shift_us = vantage_json_get_int (object, "shift", 0);
  return (self->review != NULL && self->source != NULL && vantage_id_is_valid (self->review) &&
          vantage_id_is_valid (self->source)) ||
         refuse ("its beginning names no review and source", error);
}

static gboolean
read_channel (VantageWireBundle *self, JsonObject *object, GError **error)
{
  const char *family = vantage_json_get_text (object, "family", "");
  const char *key = vantage_json_get_text (object, "key", "");
  gint64 sort = vantage_json_get_int (object, "sort", VANTAGE_CHANNEL_OTHER);
  VantageChannel *channel;

  if (*family == '\0' || *key == '\0')
    return refuse ("a channel without a key", error);
  if (sort < 0 || sort > VANTAGE_CHANNEL_OTHER)
    sort = VANTAGE_CHANNEL_OTHER;
  channel = vantage_channel_new (family, vantage_json_get_text (object, "system", ""), key,
                                 (VantageChannelSort) sort);
  g_free (channel->name);
  channel->name = g_strdup (vantage_json_get_text (object, "name", key));
  channel->topic = dup_text (object, "topic");
  channel->purpose = dup_text (object, "purpose");
  channel->weak = vantage_json_get_bool (object, "weak", FALSE);
  channel->members = dup_list (object, "members");
  g_ptr_array_add (self->channels, channel);
  return TRUE;
}

static gboolean
read_identity (VantageWireBundle *self, JsonObject *object, GError **error)
{
  const char *family = vantage_json_get_text (object, "family", "");
  const char *key = vantage_json_get_text (object, "key", "");
  VantageIdentity *identity;

  if (*family == '\0' || *key == '\0')
    return refuse ("an account without a key", error);
  identity = vantage_identity_new (family, vantage_json_get_text (object, "system", ""), key);
  identity->handle = dup_text (object, "handle");
  identity->email = dup_text (object, "email");
  identity->name = dup_text (object, "name");
  identity->zone = dup_text (object, "zone");
  identity->team = dup_text (object, "team");
  identity->title = dup_text (object, "title");
  identity->bot = vantage_json_get_bool (object, "bot", FALSE);
  identity->placeholder = vantage_json_get_bool (object, "placeholder", FALSE);
  g_ptr_array_add (self->identities, identity);
  return TRUE;
}

static void
read_reactions (VantageItem *item, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_auto (GStrv) by = object != NULL ? dup_list (object, "by") : NULL;
      g_auto (GStrv) times = object != NULL ? dup_list (object, "times") : NULL;
      const char *const none[] = { NULL };
      VantageReaction *reaction;

      if (object == NULL)
        continue;
      reaction = vantage_item_add_reaction (
          item, vantage_json_get_text (object, "name", ""),
          (int) CLAMP (vantage_json_get_int (object, "count", 0), 0, G_MAXINT),
          by != NULL ? (const char *const *) by : none);
      if (times == NULL || g_strv_length (times) != g_strv_length (reaction->by))
        continue;
      reaction->times_us = g_new0 (gint64, g_strv_length (times) + 1);
      for (guint k = 0; times[k] != NULL; k++)
        if (!g_ascii_string_to_signed (times[k], 10, G_MININT64, G_MAXINT64, &reaction->times_us[k],
                                       NULL))
          reaction->times_us[k] = VANTAGE_TIME_NONE;
    }
}

static void
read_parts (VantageItem *item, JsonArray *array, gboolean attachments)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (object == NULL)
        continue;
      if (attachments)
        vantage_item_add_attachment (item, vantage_json_get_text (object, "name", NULL),
                                     vantage_json_get_text (object, "type", NULL),
                                     vantage_json_get_text (object, "url", NULL),
                                     vantage_json_get_int (object, "size", -1));
      else
        vantage_item_add_extra (item, vantage_json_get_text (object, "name", ""),
                                vantage_json_get_text (object, "value", ""));
    }
}

static void
set_text (char **field, JsonObject *object, const char *name)
{
  const char *text = vantage_json_get_text (object, name, NULL);

  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

static void
read_item_facts (VantageItem *item, JsonObject *object)
{
  set_text (&item->channel, object, "channel");
  set_text (&item->local, object, "local");
  set_text (&item->raw_time, object, "raw_time");
  set_text (&item->account, object, "account");
  set_text (&item->thread, object, "thread");
  set_text (&item->reply_to, object, "reply_to");
  set_text (&item->text, object, "text");
  set_text (&item->url, object, "url");
  set_text (&item->path, object, "path");
  item->time_us = get_time (object, "time");
  item->precision = (VantagePrecision) CLAMP (vantage_json_get_int (object, "precision", 0), 0, 5);
  item->zone_origin = (VantageZoneOrigin) CLAMP (vantage_json_get_int (object, "zone_origin", 0), 0,
                                                 VANTAGE_ZONE_ASSUMED);
  item->twice = vantage_json_get_bool (object, "twice", FALSE);
  item->edited_us = get_time (object, "edited");
  item->deleted = vantage_json_get_bool (object, "deleted", FALSE);
  item->line = vantage_json_get_int (object, "line", 0);
  item->offset = vantage_json_get_int (object, "offset", -1);
  item->length = vantage_json_get_int (object, "length", 0);
}

static gboolean
read_item (VantageWireBundle *self, JsonObject *object, GError **error)
{
  VantageItemKind kind = VANTAGE_ITEM_OTHER;
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *id = NULL;
  const char *local;
  char channel[17];

  vantage_item_kind_from_text (vantage_json_get_text (object, "kind", ""), &kind);
  item = vantage_item_new (kind);
  read_item_facts (item, object);
  if (item->channel != NULL && item->local != NULL)
    id = vantage_item_dup_id (item);
  if (id == NULL || !vantage_item_id_split (id, channel, &local))
    return refuse ("an item without an id", error);

  if (vantage_json_get_array (object, "reactions") != NULL)
    read_reactions (item, vantage_json_get_array (object, "reactions"));
  if (vantage_json_get_array (object, "attachments") != NULL)
    read_parts (item, vantage_json_get_array (object, "attachments"), TRUE);
  if (vantage_json_get_array (object, "extra") != NULL)
    read_parts (item, vantage_json_get_array (object, "extra"), FALSE);
  item->mentions = dup_list (object, "mentions");
  g_ptr_array_add (self->items, g_steal_pointer (&item));
  return TRUE;
}

static gboolean
read_line (VantageWireBundle *self, const char *line, gsize length, GError **error)
{
  static const struct
  {
    const char *name;
    gboolean (*read) (VantageWireBundle *self, JsonObject *object, GError **error);
  } sorts[] = {
    { "item", read_item },
    { "identity", read_identity },
    { "channel", read_channel },
    { "bundle", read_head },
  };
  g_autoptr (JsonNode) node = vantage_json_parse (line, (gssize) length, &line_limits, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("a line is no object", error);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      JsonObject *object = vantage_json_get_object (json_node_get_object (node), sorts[i].name);

      if (object == NULL)
        continue;
      if (self->review == NULL && sorts[i].read != read_head)
        return refuse ("it has no beginning", error);
      return sorts[i].read (self, object, error);
    }
  return TRUE;
}

VantageWireBundle *
vantage_wire_bundle_read (GBytes *lines, GError **error)
{
  g_autoptr (VantageWireBundle) self = vantage_wire_bundle_new (NULL, NULL);
  gsize size;
  const char *text = g_bytes_get_data (lines, &size);
  const char *end = text + size;

  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));

      if (stop == NULL)
        {
          refuse ("it is cut off", error);
          return NULL;
        }
      if (!read_line (self, text, (gsize) (stop - text), error))
        return NULL;
      text = stop + 1;
    }
  if (self->review == NULL)
    {
      refuse ("it is empty", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* ---- compressing ---- */

static GBytes *
convert (GConverter *converter, GBytes *bytes, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      guint8 buffer[64 * 1024];
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (converter, data + done, size - done, buffer, sizeof buffer,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      done += n_read;
      g_byte_array_append (out, buffer, (guint) n_written);
      if (out->len > max_bytes || (out->len > SMALL_BYTES && out->len / MAX_RATIO > size))
        {
          refuse ("it is larger than it may be", error);
          return NULL;
        }
    }
  if (done < size)
    {
      refuse ("something follows its end", error);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
vantage_wire_deflate (GBytes *bytes, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);

  return convert (G_CONVERTER (compressor), bytes, G_MAXUINT, error);
}

GBytes *
vantage_wire_inflate (GBytes *bytes, gsize max_bytes, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (decompressor), bytes, max_bytes, error);
}
