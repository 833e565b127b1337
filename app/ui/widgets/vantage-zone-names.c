/* vantage-zone-names.c: names from the compiled table of zones, in order of their cities. */

#include "config.h"

#include "vantage-zone-names.h"

#include <string.h>

#include "vantage-time.h"

#define ZONE_TABLE "/usr/share/zoneinfo/tzdata.zi"
#define PROMPT_KEY "vantage-zone-prompt"

/* Names of zones ("Z name …") and of links ("L target name") of the compiled table. */
static void
read_names (GPtrArray *names)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (ZONE_TABLE, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);
      guint n = g_strv_length (words);
      const char *name = NULL;

      if (n >= 2 && strcmp (words[0], "Z") == 0)
        name = words[1];
      else if (n >= 3 && strcmp (words[0], "L") == 0)
        name = words[2];
      if (name != NULL && strchr (name, '/') != NULL && !g_str_has_prefix (name, "Etc/"))
        g_ptr_array_add (names, g_strdup (name));
    }
}

/* "America/Argentina/Buenos_Aires" → "Buenos Aires, America"; "Etc/UTC" → "UTC"; "+02:00" stays. */
static char *
dup_label (const char *name)
{
  const char *city = strrchr (name, '/');
  const char *region = strchr (name, '/');
  g_autofree char *text = NULL;

  if (city == NULL || g_str_has_prefix (name, "Etc/"))
    return g_strdup (city != NULL ? city + 1 : name);
  text = g_strdup_printf ("%s, %.*s", city + 1, (int) (region - name), name);
  return g_strdelimit (g_steal_pointer (&text), "_", ' ');
}

static char *
label_cb (GtkStringObject *object, gpointer data)
{
  return object != NULL ? dup_label (gtk_string_object_get_string (object)) : NULL;
}

GtkExpression *
vantage_zone_names_new_expression (void)
{
  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (label_cb), NULL,
                                      NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *first = dup_label (*(const char *const *) a);
  g_autofree char *second = dup_label (*(const char *const *) b);

  return strcmp (first, second);
}

static void
append_names (GtkStringList *list, const char *first)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (VantageZone) local = vantage_zone_new_local ();
  const char *own = vantage_zone_get_name (local);

  read_names (names);
  g_ptr_array_sort (names, compare_names);
  if (first != NULL)
    gtk_string_list_append (list, first);
  if (g_strcmp0 (first, own) != 0)
    gtk_string_list_append (list, own);
  if (g_strcmp0 (first, "UTC") != 0 && strcmp (own, "UTC") != 0)
    gtk_string_list_append (list, "UTC");
  for (guint i = 0; i < names->len; i++)
    if (g_strcmp0 (names->pdata[i], first) != 0 && strcmp (names->pdata[i], own) != 0)
      gtk_string_list_append (list, names->pdata[i]);
}

GtkStringList *
vantage_zone_names_new (const char *first)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  append_names (list, first);
  return list;
}

void
vantage_zone_names_fill (GtkDropDown *drop, const char *first, const char *prompt)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) expression = vantage_zone_names_new_expression ();

  if (prompt != NULL)
    gtk_string_list_append (list, prompt);
  append_names (list, first);
  g_object_set_data (G_OBJECT (drop), PROMPT_KEY, GINT_TO_POINTER (prompt != NULL));
  gtk_drop_down_set_expression (drop, expression);
  gtk_drop_down_set_enable_search (drop, TRUE);
  gtk_drop_down_set_model (drop, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop, 0);
}

const char *
vantage_zone_names_get_chosen (GtkDropDown *drop)
{
  guint chosen = gtk_drop_down_get_selected (drop);
  gboolean prompt = g_object_get_data (G_OBJECT (drop), PROMPT_KEY) != NULL;

  if (chosen == GTK_INVALID_LIST_POSITION || (prompt && chosen == 0))
    return NULL;
  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (drop)), chosen);
}

void
vantage_zone_names_choose (GtkDropDown *drop, const char *name)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (drop));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; name != NULL && i < n; i++)
    if (strcmp (gtk_string_list_get_string (list, i), name) == 0)
      {
        gtk_drop_down_set_selected (drop, i);
        return;
      }
  if (name != NULL)
    gtk_string_list_append (list, name);
  gtk_drop_down_set_selected (drop, name != NULL ? n : 0);
}
