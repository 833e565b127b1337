/* vantage-import-questions.c: rows for what cannot be known from a file itself. */

#include "config.h"

#include "vantage-import-questions.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-json.h"
#include "vantage-time-text.h"
#include "vantage-zone-names.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)

/* ---- formats ---- */

void
vantage_import_fill_formats (GtkDropDown *drop, const char *first)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) expression =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_string_list_append (names, first);
  for (const VantageFormat *format = vantage_formats (); format->name != NULL; format++)
    gtk_string_list_append (names, format->title);
  gtk_drop_down_set_expression (drop, expression);
  gtk_drop_down_set_enable_search (drop, TRUE);
  gtk_drop_down_set_model (drop, G_LIST_MODEL (names));
}

const char *
vantage_import_get_format (GtkDropDown *drop)
{
  guint chosen = gtk_drop_down_get_selected (drop);

  return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? NULL
                                                            : vantage_formats ()[chosen - 1].name;
}

/* ---- setting up ---- */

void
vantage_import_questions_set_up (VantageImportQuestions *self, const char *zone)
{
  const char *const orders[] = { _ ("Day first: 3 April"), _ ("Month first: 4 March"), NULL };
  g_autoptr (GtkStringList) order_names = gtk_string_list_new (orders);

  vantage_zone_names_fill (self->zone_drop, zone, _ ("Choose…"));
  vantage_import_fill_formats (self->format_drop, _ ("As recognised"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->order_row), G_LIST_MODEL (order_names));
}

static void
set_open (GtkWidget *row, char **filled)
{
  g_clear_pointer (filled, g_free);
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  gtk_widget_remove_css_class (row, "error");
}

void
vantage_import_questions_clear (VantageImportQuestions *self)
{
  gtk_drop_down_set_selected (self->zone_drop, 0);
  gtk_drop_down_set_selected (self->format_drop, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->start_row), "");
  gtk_widget_remove_css_class (self->start_row, "error");
  set_open (self->from_row, &self->from_text);
  set_open (self->until_row, &self->until_text);
  gtk_switch_set_active (self->direct, FALSE);
}

/* ---- filling ---- */

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

/* Whether day or month comes first is asked, or was answered; of logs of chats too. */
static gboolean
asks_for_order (const VantagePreview *preview)
{
  return preview->needs_mapping ||
         (preview->mapping != NULL && strstr (preview->mapping, "\"order\"") != NULL);
}

static void
fill_columns (VantageImportQuestions *self, const VantagePreview *preview)
{
  gboolean table = preview->columns != NULL;

  gtk_widget_set_visible (self->order_row, asks_for_order (preview));
  gtk_widget_set_visible (GTK_WIDGET (self->time_column), table);
  gtk_widget_set_visible (GTK_WIDGET (self->text_column), table);
  gtk_widget_set_visible (GTK_WIDGET (self->author_column), table);
  if (!table)
    return;
  fill_column (self->time_column, preview, "time");
  fill_column (self->text_column, preview, "text");
  fill_column (self->author_column, preview, "author");
}

/* What was found, unless a person wrote another end. */
static void
fill_end (GtkWidget *row, char **filled, VantageZone *zone, gint64 us)
{
  if (us == VANTAGE_TIME_NONE ||
      (*filled != NULL && strcmp (*filled, gtk_editable_get_text (GTK_EDITABLE (row))) != 0))
    return;
  g_free (*filled);
  *filled = vantage_zone_format (zone, us, VANTAGE_SHOW_DAY_MINUTE);
  gtk_editable_set_text (GTK_EDITABLE (row), *filled);
}

static gboolean
has_note (const VantagePreview *preview, const char *code)
{
  for (guint i = 0; i < preview->diagnostics->len; i++)
    if (strcmp (((VantageDiagnostic *) preview->diagnostics->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

/* Counted from its beginning, which is a moment; all else has clocks and lacks the day. */
static gboolean
is_call (const VantagePreview *preview)
{
  for (guint i = 0; i < preview->channels->len; i++)
    if (((VantagePreviewChannel *) preview->channels->pdata[i])->channel->sort ==
        VANTAGE_CHANNEL_CALL)
      return TRUE;
  return FALSE;
}

void
vantage_import_questions_fill (VantageImportQuestions *self, const VantagePreview *preview,
                               VantageZone *zone)
{
  gboolean zone_asked =
      preview->needs_zone || vantage_zone_names_get_chosen (self->zone_drop) != NULL;
  g_autofree char *title = NULL;
  gboolean start_asked =
      preview->needs_start || *gtk_editable_get_text (GTK_EDITABLE (self->start_row)) != '\0';

  gtk_widget_set_visible (self->zone_row, zone_asked);
  gtk_widget_set_visible (self->start_row, start_asked);
  if (is_call (preview))
    /* translators: name of a time zone */
    title = g_strdup_printf (_ ("When the call began, in %s, as 2025-03-14 02:40"),
                             vantage_zone_get_name (zone));
  else
    title = g_strdup (_ ("Day on which it begins, as 2025-03-14"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->start_row), title);
  fill_columns (self, preview);
  gtk_widget_set_visible (self->group, zone_asked || start_asked || preview->columns != NULL ||
                                           asks_for_order (preview));
  fill_end (self->from_row, &self->from_text, zone, preview->first_us);
  /* The end is the first minute that is left out. */
  fill_end (self->until_row, &self->until_text, zone,
            preview->last_us != VANTAGE_TIME_NONE && preview->last_us < VANTAGE_TIME_MAX - MINUTE_US
                ? preview->last_us + MINUTE_US
                : preview->last_us);
  gtk_widget_set_visible (self->from_row, self->from_text != NULL);
  gtk_widget_set_visible (self->until_row, self->until_text != NULL);
  gtk_widget_set_visible (self->direct_row, gtk_switch_get_active (self->direct) ||
                                                has_note (preview, "direct-left-out"));
}

gboolean
vantage_import_questions_are_answered (VantageImportQuestions *self, const VantagePreview *preview)
{
  return !preview->needs_mapping && preview->n_items > 0 && !preview->needs_start &&
         (!preview->needs_zone || vantage_zone_names_get_chosen (self->zone_drop) != NULL);
}

GtkWidget *
vantage_import_questions_find_open (VantageImportQuestions *self, const VantagePreview *preview)
{
  if (preview->needs_mapping && preview->columns != NULL)
    return GTK_WIDGET (self->time_column);
  if (preview->needs_start)
    return self->start_row;
  if (preview->needs_zone && vantage_zone_names_get_chosen (self->zone_drop) == NULL)
    return GTK_WIDGET (self->zone_drop);
  return NULL;
}

const char *
vantage_import_questions_get_zone (VantageImportQuestions *self)
{
  return vantage_zone_names_get_chosen (self->zone_drop);
}

/* ---- answers ---- */

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
  g_autoptr (JsonNode) node =
      preview->mapping != NULL
          ? vantage_json_parse (preview->mapping, -1, &vantage_json_wire_limits, NULL)
          : NULL;
  JsonObject *object;

  /* What no row asks for stays as the look has it. */
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_pointer (&node, json_node_unref);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  object = json_node_get_object (node);
  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    if (chosen[i].column == NULL)
      json_object_remove_member (object, chosen[i].field);
    else if (find_guessed (preview, chosen[i].field) == 0 ||
             strcmp (preview->columns[find_guessed (preview, chosen[i].field) - 1],
                     chosen[i].column) != 0)
      json_object_set_string_member (object, chosen[i].field, chosen[i].column);
  if (gtk_widget_get_visible (self->order_row))
    json_object_set_string_member (
        object, "order",
        adw_combo_row_get_selected (ADW_COMBO_ROW (self->order_row)) == 1 ? "mdy" : "dmy");
  return vantage_json_canonical (node);
}

/* What a row says: VANTAGE_TIME_NONE while it says what it was filled with, or nothing. FALSE,
 * marked, when it is no time. */
static gboolean
read_time (GtkWidget *row, const char *filled, gint64 day_us, VantageZone *zone, gint64 *out_us)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  *out_us = VANTAGE_TIME_NONE;
  gtk_widget_remove_css_class (row, "error");
  if (*text == '\0' || g_strcmp0 (text, filled) == 0 ||
      vantage_time_text_read (text, day_us, zone, out_us))
    return TRUE;
  gtk_widget_add_css_class (row, "error");
  return FALSE;
}

/* A day alone is that day in whatever zone the clocks are read. */
static gboolean
read_start (GtkWidget *row, const VantagePreview *preview, gint64 day_us, VantageZone *zone,
            gint64 *out_us)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  VantagePrecision precision;

  if (is_call (preview) || !vantage_time_parse (text, -1, out_us, &precision, NULL) ||
      precision != VANTAGE_PRECISION_DAY)
    return read_time (row, NULL, day_us, zone, out_us);
  gtk_widget_remove_css_class (row, "error");
  return TRUE;
}

static gboolean
answer_times (VantageImportQuestions *self, const VantagePreview *preview, VantageZone *zone,
              VantageImportJob *job)
{
  gint64 day_us = preview->first_us != VANTAGE_TIME_NONE ? preview->first_us : g_get_real_time ();
  gint64 zero_us, since_us, until_us;

  if (!read_start (self->start_row, preview, day_us, zone, &zero_us) ||
      !read_time (self->from_row, self->from_text, day_us, zone, &since_us) ||
      !read_time (self->until_row, self->until_text, day_us, zone, &until_us))
    return FALSE;
  if (since_us != VANTAGE_TIME_NONE && until_us != VANTAGE_TIME_NONE && since_us >= until_us)
    {
      gtk_widget_add_css_class (self->until_row, "error");
      return FALSE;
    }
  vantage_import_job_set_start (job, zero_us);
  vantage_import_job_set_range (job, since_us, until_us);
  return TRUE;
}

gboolean
vantage_import_questions_answer (VantageImportQuestions *self, const VantagePreview *preview,
                                 VantageZone *zone, VantageImportJob *job)
{
  if (!answer_times (self, preview, zone, job))
    return FALSE;
  vantage_import_job_set_zone (job, vantage_import_questions_get_zone (self));
  vantage_import_job_set_direct (job, gtk_switch_get_active (self->direct));
  vantage_import_job_set_format (job, vantage_import_get_format (self->format_drop));
  if (preview->columns != NULL || gtk_widget_get_visible (self->order_row))
    {
      g_autofree char *mapping = make_mapping (self, preview);

      vantage_import_job_set_mapping (job, mapping);
    }
  return TRUE;
}
