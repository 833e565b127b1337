/* vantage-desk-copy.c: events as JSON and back. */

#include "config.h"

#include "vantage-desk-copy.h"

#include <string.h>

#include "vantage-json.h"

#define MAX_EVENTS 10000

/* What travels by itself, whatever review it comes to. */
static const char *const plain[] = { "title",  "kind",   "claim",      "value",
                                     "placed", "helped", "confidence", NULL };
/* References that mean something in their own review alone. */
static const char *const own[] = { "interview", "passage", "group", NULL };
static const char *const times[] = { "start", "end", NULL };

/* ---- copying ---- */

static void
add_person (VantageLibrary *library, const char *review, JsonBuilder *people, GHashTable *told,
            const char *person)
{
  g_autofree char *name = NULL;

  if (person == NULL || !g_hash_table_add (told, g_strdup (person)))
    return;
  name = vantage_library_dup_person_name (library, review, person);
  json_builder_set_member_name (people, person);
  json_builder_add_string_value (people, name != NULL ? name : "");
}

static void
add_time (VantageLibrary *library, const char *review, VantageEntity *event, const char *field,
          JsonBuilder *builder)
{
  g_autoptr (VantageItem) item = NULL;
  VantageWhen when;

  vantage_entity_get_when (event, field, &when);
  if (when.sort == VANTAGE_WHEN_ITEM)
    item = vantage_library_get_item (library, review, when.item, NULL);
  if (item == NULL || item->time_us == VANTAGE_TIME_NONE)
    return;
  json_builder_set_member_name (builder, field);
  json_builder_add_int_value (builder, item->time_us);
}

static void
add_entity (JsonBuilder *builder, VantageEntity *entity)
{
  g_autoptr (GPtrArray) registers = vantage_entity_list_registers (entity);

  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, vantage_entity_get_id (entity));
  json_builder_set_member_name (builder, "registers");
  json_builder_begin_object (builder);
  for (guint i = 0; i < registers->len; i++)
    {
      VantageValue *value = vantage_entity_get_value (entity, registers->pdata[i]);

      json_builder_set_member_name (builder, registers->pdata[i]);
      json_builder_add_value (builder, json_from_string (vantage_value_get_json (value), NULL));
    }
  json_builder_end_object (builder);
}

static void
add_event (VantageLibrary *library, const char *review, JsonBuilder *builder, VantageEntity *event)
{
  g_autofree char *body =
      vantage_library_dup_prose (library, review, vantage_entity_get_id (event), "body", NULL);

  json_builder_begin_object (builder);
  add_entity (builder, event);
  if (body != NULL && body[0] != '\0')
    {
      json_builder_set_member_name (builder, "body");
      json_builder_add_string_value (builder, body);
    }
  json_builder_set_member_name (builder, "times");
  json_builder_begin_object (builder);
  for (guint i = 0; times[i] != NULL; i++)
    add_time (library, review, event, times[i], builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_links (VantageLibrary *library, const char *review, JsonBuilder *builder, GHashTable *ids)
{
  g_autoptr (GPtrArray) links = vantage_library_list (library, review, "link", NULL);

  json_builder_set_member_name (builder, "links");
  json_builder_begin_array (builder);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const char *from = vantage_entity_get_ref (links->pdata[i], "from");
      const char *to = vantage_entity_get_ref (links->pdata[i], "to");

      if (from == NULL || to == NULL || !g_hash_table_contains (ids, from) ||
          !g_hash_table_contains (ids, to))
        continue;
      json_builder_begin_object (builder);
      add_entity (builder, links->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
vantage_desk_copy_events (VantageLibrary *library, const char *review, const char *const *ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonBuilder) people = json_builder_new ();
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) copied = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (people);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "review");
  json_builder_add_string_value (builder, review);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (VantageEntity) event =
          vantage_library_get (library, review, "event", ids[i], NULL);
      g_autoptr (GPtrArray) actors = NULL;

      if (event == NULL || vantage_entity_is_deleted (event))
        continue;
      g_hash_table_add (copied, (gpointer) ids[i]);
      add_event (library, review, builder, event);
      actors = vantage_entity_list_set (event, "actors");
      for (guint j = 0; j < actors->len; j++)
        add_person (library, review, people, told, actors->pdata[j]);
      add_person (library, review, people, told, vantage_entity_get_ref (event, "account"));
    }
  json_builder_end_array (builder);
  add_links (library, review, builder, copied);
  json_builder_end_object (people);
  json_builder_set_member_name (builder, "people");
  json_builder_add_value (builder, json_builder_get_root (people));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return vantage_json_canonical (root);
}

/* ---- pasting ---- */

typedef struct
{
  VantageLibrary *library;
  const char *review;
  VantageEdit *edit;
  gboolean is_same; /* review */
  JsonObject *people;
  GHashTable *by_name; /* of @review: char *name → char *id */
  GHashTable *made;    /* char *old id → char *new id */
  GHashTable *lost;    /* people that are nobody here */
  VantagePasted *out;
} Pasting;

void
vantage_pasted_free (VantagePasted *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->events);
  g_free (self);
}

static const char *
find_person (Pasting *self, const char *person)
{
  const char *name, *found;

  if (self->is_same)
    return person;
  name = vantage_json_get_text (self->people, person, "");
  found = name[0] != '\0' ? g_hash_table_lookup (self->by_name, name) : NULL;
  if (found == NULL && g_hash_table_add (self->lost, g_strdup (person)))
    self->out->n_people_lost++;
  return found;
}

static gboolean
has_item (Pasting *self, const char *item)
{
  g_autoptr (VantageItem) found = NULL;

  if (self->is_same)
    return TRUE;
  found = vantage_library_get_item (self->library, self->review, item, NULL);
  return found != NULL;
}

/* The item of a register "cites/ITEM" or "cites/ITEM/from-to". */
static char *
dup_cited (const char *name)
{
  const char *item = name + strlen ("cites/"), *end = strchr (item, '/');

  return end != NULL ? g_strndup (item, (gsize) (end - item)) : g_strdup (item);
}

static void
paste_time (Pasting *self, const char *id, const char *field, VantageValue *value,
            JsonObject *known)
{
  VantageWhen when;

  if (!vantage_value_get_when (value, &when))
    return;
  if (when.sort == VANTAGE_WHEN_ITEM && !has_item (self, when.item))
    {
      gint64 us = vantage_json_get_int (known, field, VANTAGE_TIME_NONE);

      if (us < VANTAGE_TIME_MIN || us > VANTAGE_TIME_MAX)
        return;
      when = (VantageWhen){ .sort = VANTAGE_WHEN_AT, .at_us = us };
    }
  vantage_edit_set_when (self->edit, "event", id, field, &when);
}

/* FALSE: evidence that is not here. */
static gboolean
paste_register (Pasting *self, const char *id, const char *name, VantageValue *value,
                JsonObject *known)
{
  if (g_strv_contains (times, name))
    paste_time (self, id, name, value, known);
  else if (g_str_has_prefix (name, "actors/"))
    {
      const char *person = find_person (self, name + strlen ("actors/"));

      if (person != NULL && vantage_value_is_member (value))
        vantage_edit_set_member (self->edit, "event", id, "actors", person, TRUE);
    }
  else if (g_str_equal (name, "account"))
    {
      const char *account = vantage_value_get_text (value);
      const char *person = account != NULL ? find_person (self, account) : NULL;

      if (person != NULL)
        vantage_edit_set_ref (self->edit, "event", id, "account", person);
    }
  else if (g_str_has_prefix (name, "cites/"))
    {
      g_autofree char *item = dup_cited (name);

      if (!has_item (self, item))
        return FALSE;
      vantage_edit_set (self->edit, "event", id, name, vantage_value_ref (value));
    }
  else if (g_strv_contains (plain, name) || g_str_has_prefix (name, "tools/") ||
           (self->is_same && (g_strv_contains (own, name) || g_str_has_prefix (name, "tags/"))))
    vantage_edit_set (self->edit, "event", id, name, vantage_value_ref (value));
  return TRUE;
}

static VantageValue *
dup_value (JsonObject *registers, const char *name)
{
  g_autofree char *json = vantage_json_canonical (json_object_get_member (registers, name));

  return vantage_value_parse (json, -1, NULL);
}

static void
paste_event (Pasting *self, JsonObject *event)
{
  JsonObject *registers = vantage_json_get_object (event, "registers");
  JsonObject *known = vantage_json_get_object (event, "times");
  const char *old = vantage_json_get_text (event, "id", "");
  const char *body = vantage_json_get_text (event, "body", "");
  g_autoptr (GList) names = registers != NULL ? json_object_get_members (registers) : NULL;
  guint n_kept = 0, n_lost = 0;
  const char *id;

  if (registers == NULL || known == NULL)
    return;
  id = vantage_edit_create (self->edit, "event");
  g_hash_table_insert (self->made, g_strdup (old), g_strdup (id));
  g_ptr_array_add (self->out->events, g_strdup (id));
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr (VantageValue) value = dup_value (registers, l->data);
      gboolean is_cite = g_str_has_prefix (l->data, "cites/");

      if (value == NULL)
        continue;
      if (!paste_register (self, id, l->data, value, known))
        n_lost++;
      else if (is_cite)
        n_kept++;
    }
  self->out->n_items_lost += n_lost;
  if (n_lost > 0 && n_kept == 0 &&
      g_strcmp0 (vantage_json_get_text (registers, "claim", NULL), "record") == 0)
    vantage_edit_set_text (self->edit, "event", id, "claim", "unknown");
  if (body[0] != '\0')
    vantage_edit_set_prose (self->edit, "event", id, "body", body);
}

static void
paste_link (Pasting *self, JsonObject *link)
{
  JsonObject *registers = vantage_json_get_object (link, "registers");
  const char *from, *to, *kind, *label, *id;

  if (registers == NULL)
    return;
  from = g_hash_table_lookup (self->made, vantage_json_get_text (registers, "from", ""));
  to = g_hash_table_lookup (self->made, vantage_json_get_text (registers, "to", ""));
  kind = vantage_json_get_text (registers, "kind", "other");
  label = vantage_json_get_text (registers, "label", NULL);
  if (from == NULL || to == NULL)
    return;
  id = vantage_edit_create (self->edit, "link");
  vantage_edit_set_ref (self->edit, "link", id, "from", from);
  vantage_edit_set_ref (self->edit, "link", id, "to", to);
  vantage_edit_set_text (self->edit, "link", id, "kind", kind);
  if (label != NULL)
    vantage_edit_set_text (self->edit, "link", id, "label", label);
}

static void
list_names (Pasting *self)
{
  g_autoptr (GPtrArray) people = vantage_library_list_people (self->library, self->review, NULL);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      g_hash_table_insert (self->by_name, g_strdup (person->name), g_strdup (person->id));
    }
}

static void
paste_all (Pasting *self, JsonArray *events, JsonArray *links)
{
  for (guint i = 0; i < json_array_get_length (events); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (events, i)))
      paste_event (self, json_array_get_object_element (events, i));
  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (links, i)))
      paste_link (self, json_array_get_object_element (links, i));
}

VantagePasted *
vantage_desk_paste_events (VantageLibrary *library, const char *review, const char *text,
                           VantageEdit *edit)
{
  g_autoptr (JsonNode) root = vantage_json_parse (text, -1, &vantage_json_wire_limits, NULL);
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Pasting self = { library, review, edit, FALSE, NULL, by_name, made, lost, NULL };
  JsonObject *object;
  JsonArray *events;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  events = vantage_json_get_array (object, "events");
  self.people = vantage_json_get_object (object, "people");
  if (events == NULL || self.people == NULL || json_array_get_length (events) > MAX_EVENTS)
    return NULL;
  self.is_same = strcmp (vantage_json_get_text (object, "review", ""), review) == 0;
  self.out = g_new0 (VantagePasted, 1);
  self.out->events = g_ptr_array_new_with_free_func (g_free);
  list_names (&self);
  paste_all (&self, events, vantage_json_get_array (object, "links"));
  return self.out;
}
