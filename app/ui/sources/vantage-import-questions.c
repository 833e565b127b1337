/* vantage-import-questions.c: rows for what cannot be known from a file itself.
 */

#include "config.h"

#include "vantage-import-questions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-json.h"

static void
fill_zones (VantageImportQuestions *self)
{
  static const char *const usual[] = {
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Helsinki",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
  };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (VantageZone) local = vantage_zone_new_local ();

  gtk_string_list_append (names, _ ("Choose…"));
  gtk_string_list_append (names, vantage_zone_get_name (local));
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i], vantage_zone_get_name (local)) != 0)
      gtk_string_list_append (names, usual[i]);
  gtk_drop_down_set_model (self->zone_drop, G_LIST_MODEL (names));
}

void
vantage_import_questions_set_up (VantageImportQuestions *self)
{
  const char *const orders[] = { _ ("Day first: 3 April"), _ ("Month first: 4 March"), NULL };
  g_autoptr (GtkStringList) order_names = gtk_string_list_new (orders);

  fill_zones (self);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->order_row), G_LIST_MODEL (order_names));
}

void
vantage_import_questions_clear (VantageImportQuestions *self)
{
  gtk_drop_down_set_selected (self->zone_drop, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->start_row), "");
}

/* The column that the guess uses for @field; 0 ("none") when it has none. */
static guint
find_guessed (const VantagePreview *preview, const char *field)
{
  g_autoptr (JsonNode) node = NULL;
  JsonNode *value;
  const char *name;

  if (preview->mapping == NULL)
    return 0;
  node = vantage_json_parse (preview->mapping, -1, &vantage_json_wire_limits, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;
  value = json_object_get_member (json_node_get_object (node), field);
  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    value = json_array_get_element (json_node_get_array (value), 0);
  name = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  for (guint i = 0; name != NULL && preview->columns[i] != NULL; i++)
    if (strcmp (preview->columns[i], name) == 0)
      return i + 1;
  return 0;
}

static void
fill_column (AdwComboRow *row, const VantagePreview *preview, const char *field)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("None"));
  for (char **column = preview->columns; *column != NULL; column++)
    gtk_string_list_append (names, *column);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, find_guessed (preview, field));
}

void
vantage_import_questions_fill (VantageImportQuestions *self, const VantagePreview *preview)
{
  gboolean table = preview->columns != NULL;

  gtk_widget_set_visible (self->zone_row,
                          preview->needs_zone || gtk_drop_down_get_selected (self->zone_drop) > 0);
  gtk_widget_set_visible (self->start_row, preview->needs_start);
  gtk_widget_set_visible (self->order_row, preview->needs_mapping && table);
  gtk_widget_set_visible (GTK_WIDGET (self->time_column), table);
  gtk_widget_set_visible (GTK_WIDGET (self->text_column), table);
  gtk_widget_set_visible (GTK_WIDGET (self->author_column), table);
  if (table)
    {
      fill_column (self->time_column, preview, "time");
      fill_column (self->text_column, preview, "text");
      fill_column (self->author_column, preview, "author");
    }
  gtk_widget_set_visible (self->group, preview->needs_zone || preview->needs_start || table ||
                                           gtk_drop_down_get_selected (self->zone_drop) > 0);
}

gboolean
vantage_import_questions_are_answered (VantageImportQuestions *self, const VantagePreview *preview)
{
  return !preview->needs_mapping && preview->n_items > 0 && !preview->needs_start &&
         (!preview->needs_zone || gtk_drop_down_get_selected (self->zone_drop) > 0);
}

const char *
vantage_import_questions_get_zone (VantageImportQuestions *self)
{
  guint chosen = gtk_drop_down_get_selected (self->zone_drop);

  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION)
    return NULL;
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (self->zone_drop)),
                                     chosen);
}

static const char *
get_column (AdwComboRow *row, const VantagePreview *preview)
{
  guint selected = adw_combo_row_get_selected (row);

  if (preview->columns == NULL || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return preview->columns[selected - 1];
}

/* The rows' choices as a mapping. (transfer full) */
static char *
make_mapping (VantageImportQuestions *self, const VantagePreview *preview)
{
  const struct
  {
    const char *field;
    const char *column;
  } chosen[] = {
    { "time", get_column (self->time_column, preview) },
    { "text", get_column (self->text_column, preview) },
    { "author", get_column (self->author_column, preview) },
  };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    if (chosen[i].column != NULL)
      json_object_set_string_member (object, chosen[i].field, chosen[i].column);
  if (gtk_widget_get_visible (self->order_row))
    json_object_set_string_member (
        object, "order",
        adw_combo_row_get_selected (ADW_COMBO_ROW (self->order_row)) == 1 ? "mdy" : "dmy");
  json_node_set_object (node, object);
  return vantage_json_canonical (node);
}

void
vantage_import_questions_answer (VantageImportQuestions *self, const VantagePreview *preview,
                                 VantageImportJob *job)
{
  gint64 zero_us;

  vantage_import_job_set_zone (job, vantage_import_questions_get_zone (self));
  if (vantage_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->start_row)), -1, &zero_us,
                          NULL, NULL))
    vantage_import_job_set_start (job, zero_us);
  if (preview->columns != NULL)
    {
      g_autofree char *mapping = make_mapping (self, preview);

      vantage_import_job_set_mapping (job, mapping);
    }
}
