/* vantage-finding-rows.c: findings, wonders and experiments as rows of a list. */

#include "config.h"

#include "vantage-finding-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-time-text.h"
#include "vantage-words.h"

/* ---- choices ---- */

static const char *const finding_statuses[] = { "draft", "shared", "agreed", NULL };
static const char *const finding_status_words[] = { N_ ("Draft"), N_ ("Shared"), N_ ("Agreed"),
                                                    NULL };
static const char *const wonder_statuses[] = { "open", "answered", "set-aside", NULL };
static const char *const wonder_status_words[] = { N_ ("Open"), N_ ("Answered"), N_ ("Set aside"),
                                                   NULL };
static const char *const natures[] = { "technical", "social", NULL };
static const char *const nature_words[] = { N_ ("Technical"), N_ ("Between people"), NULL };

const VantageChoiceField vantage_finding_status_field = {
  .kind = "finding",
  .field = "status",
  .label = N_ ("How far it is"),
  .what = N_ ("Change Status of Finding"),
  .values = finding_statuses,
  .words = finding_status_words,
};

const VantageChoiceField vantage_finding_kinds_field = {
  .kind = "finding",
  .field = "kinds",
  .label = N_ ("What it is about"),
  .what = N_ ("Change Kinds of Finding"),
  .vocabulary = "finding-kind",
  .none = N_ ("What it is about"),
};

const VantageChoiceField vantage_wonder_status_field = {
  .kind = "wonder",
  .field = "status",
  .label = N_ ("Status of the question"),
  .what = N_ ("Change Status of Wonder"),
  .values = wonder_statuses,
  .words = wonder_status_words,
};

const VantageChoiceField vantage_experiment_nature_field = {
  .kind = "experiment",
  .field = "nature",
  .label = N_ ("What it changes"),
  .what = N_ ("Change Nature of Experiment"),
  .values = natures,
  .words = nature_words,
  .none = N_ ("Technical or between people"),
};

const VantageChoiceField vantage_experiment_outcome_field = {
  .kind = "experiment",
  .field = "outcome",
  .label = N_ ("What came of it"),
  .what = N_ ("Change Outcome of Experiment"),
  .vocabulary = "experiment-outcome",
};

/* ---- words ---- */

static void
add_part (GString *out, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", text);
}

/* @text: (transfer full): a sentence about a number that may be none. */
static void
add_count (GString *out, guint n, char *text)
{
  if (n > 0)
    add_part (out, text);
  g_free (text);
}

static guint
count_cited_items (VantageEntity *entity)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);
  g_autoptr (GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < cites->len; i++)
    g_hash_table_add (items, (gpointer) g_array_index (cites, VantageCite, i).item);
  return g_hash_table_size (items);
}

static VantageEntity *
read_entity (VantageReviewContext *context, const char *kind, const char *id)
{
  return vantage_library_get (vantage_review_context_get_library (context),
                              vantage_review_context_get_review_id (context), kind, id, NULL);
}

/* How many people told it: whose passages and models it stands on. */
static guint
count_accounts (VantageReviewContext *context, VantageEntity *finding)
{
  static const char *const fields[][2] = { { "passages", "passage" }, { "models", "model" } };
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    {
      g_autoptr (GPtrArray) ids = vantage_entity_list_set (finding, fields[f][0]);

      for (guint i = 0; i < ids->len; i++)
        {
          g_autoptr (VantageEntity) entity = read_entity (context, fields[f][1], ids->pdata[i]);
          const char *person = entity != NULL ? vantage_entity_get_ref (entity, "person") : NULL;

          if (person != NULL && !vantage_entity_is_deleted (entity))
            g_hash_table_add (people, g_strdup (person));
        }
    }
  return g_hash_table_size (people);
}

char *
vantage_finding_dup_ground (VantageReviewContext *context, VantageEntity *entity)
{
  gboolean is_finding = strcmp (vantage_entity_get_kind_name (entity), "finding") == 0;
  GString *out = g_string_new (NULL);
  guint n_items = count_cited_items (entity);

  add_count (out, n_items, g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items));
  if (is_finding)
    {
      g_autoptr (GPtrArray) events = vantage_entity_list_set (entity, "events");
      guint n_accounts = count_accounts (context, entity);

      add_count (out, events->len,
                 g_strdup_printf (ngettext ("%u event", "%u events", events->len), events->len));
      add_count (out, n_accounts,
                 g_strdup_printf (ngettext ("%u account", "%u accounts", n_accounts), n_accounts));
    }
  if (out->len == 0)
    g_string_append (out, _ ("no evidence yet"));
  return g_string_free (out, FALSE);
}

/* How many see it otherwise. */
static guint
count_differing (VantageReviewContext *context, VantageEntity *finding)
{
  g_autoptr (GListModel) responses =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "response");
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (responses); i++)
    {
      g_autoptr (VantageEntity) response = g_list_model_get_item (responses, i);

      if (g_strcmp0 (vantage_entity_get_ref (response, "about"), vantage_entity_get_id (finding)) ==
              0 &&
          g_strcmp0 (vantage_entity_get_text (response, "verdict"), "differ") == 0)
        n++;
    }
  return n;
}

static const char *
get_title (VantageEntity *entity, const char *untitled)
{
  const char *title = vantage_entity_get_title (entity);

  return title[0] != '\0' ? title : untitled;
}

static char *
dup_finding_line (VantageReviewContext *context, VantageEntity *finding)
{
  GString *out = g_string_new (NULL);
  g_autofree char *ground = vantage_finding_dup_ground (context, finding);
  guint n = count_differing (context, finding);

  add_part (out, ground);
  add_count (out, n,
             g_strdup_printf (ngettext ("%u sees it differently", "%u see it differently", n), n));
  return g_string_free (out, FALSE);
}

static char *
dup_finding_kinds (VantageEntity *finding)
{
  GString *out = g_string_new (NULL);
  const char *const *kinds = vantage_words_list_choices ("finding-kind");

  for (guint i = 0; kinds[i] != NULL; i++)
    if (vantage_entity_has_member (finding, "kinds", kinds[i]))
      add_part (out, vantage_words_choice ("finding-kind", kinds[i]));
  return g_string_free (out, FALSE);
}

static char *
dup_wonder_line (VantageReviewContext *context, VantageEntity *wonder)
{
  GString *out = g_string_new (NULL);
  const char *status = vantage_entity_get_text (wonder, "status");
  const char *to = vantage_entity_get_ref (wonder, "to");
  guint n_items = count_cited_items (wonder);

  add_part (out,
            vantage_choice_word (&vantage_wonder_status_field, status != NULL ? status : "open"));
  if (to != NULL)
    {
      /* translators: a person's name */
      g_autofree char *ask =
          g_strdup_printf (_ ("to ask %s"), vantage_review_context_get_person_name (context, to));

      add_part (out, ask);
    }
  add_count (out, n_items, g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items));
  return g_string_free (out, FALSE);
}

static char *
dup_experiment_line (VantageReviewContext *context, VantageEntity *experiment)
{
  GString *out = g_string_new (NULL);
  const char *outcome = vantage_entity_get_text (experiment, "outcome");
  gint64 revisit_us = vantage_entity_get_time (experiment, "revisit");
  g_autoptr (GPtrArray) chosen = vantage_entity_list_set (experiment, "nature");

  if (outcome != NULL && strcmp (outcome, "open") != 0)
    add_part (out, vantage_words_choice ("experiment-outcome", outcome));
  add_part (out, vantage_entity_get_text (experiment, "owner"));
  if (revisit_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *day = vantage_time_text_day (
          vantage_review_context_get_zone (context), revisit_us,
          vantage_library_now_us (vantage_review_context_get_library (context)));
      /* translators: %s: a day */
      g_autofree char *again = g_strdup_printf (_ ("look again %s"), day);

      add_part (out, again);
    }
  for (guint i = 0; i < chosen->len; i++)
    add_part (out, vantage_choice_word (&vantage_experiment_nature_field, chosen->pdata[i]));
  return g_string_free (out, FALSE);
}

/* ---- rows ---- */

static GtkWidget *
new_row (const char *title, const char *line, const char *status, gboolean faded)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *top = gtk_label_new (title);
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *text = gtk_label_new (line);
  GtkWidget *end = gtk_label_new (status);

  gtk_label_set_xalign (GTK_LABEL (top), 0);
  gtk_label_set_wrap (GTK_LABEL (top), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (top), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (top), 2);
  gtk_label_set_ellipsize (GTK_LABEL (top), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (top, faded ? "dim-label" : "heading");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_tooltip_text (text, line);
  gtk_widget_add_css_class (text, "faint");
  gtk_widget_add_css_class (end, "faint");
  gtk_box_append (GTK_BOX (bottom), text);
  gtk_box_append (GTK_BOX (bottom), end);
  gtk_widget_set_visible (end, status != NULL);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), bottom);
  gtk_widget_add_css_class (box, "entity-row");
  return box;
}

static const char *
get_finding_status (VantageEntity *finding)
{
  const char *status = vantage_entity_get_text (finding, "status");

  return vantage_choice_word (&vantage_finding_status_field, status != NULL ? status : "draft");
}

static GtkWidget *
new_finding_row (VantageReviewContext *context, VantageEntity *finding)
{
  g_autofree char *line = dup_finding_line (context, finding);
  g_autofree char *kinds = dup_finding_kinds (finding);
  GtkWidget *row = new_row (get_title (finding, _ ("Untitled finding")), line,
                            get_finding_status (finding), FALSE);
  GtkWidget *label = gtk_label_new (kinds);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "faint");
  gtk_widget_set_tooltip_text (label, kinds);
  gtk_widget_set_visible (label, kinds[0] != '\0');
  gtk_box_append (GTK_BOX (row), label);
  return row;
}

static char *
dup_finding_spoken (VantageReviewContext *context, VantageEntity *finding)
{
  g_autofree char *line = dup_finding_line (context, finding);
  g_autofree char *kinds = dup_finding_kinds (finding);

  return g_strdup_printf ("%s, %s, %s%s%s", get_title (finding, _ ("Untitled finding")), line,
                          get_finding_status (finding), kinds[0] != '\0' ? ", " : "", kinds);
}

static GtkWidget *
new_wonder_row (VantageReviewContext *context, VantageEntity *wonder)
{
  const char *status = vantage_entity_get_text (wonder, "status");
  g_autofree char *line = dup_wonder_line (context, wonder);

  return new_row (get_title (wonder, _ ("A question without words")), line, NULL,
                  status != NULL && strcmp (status, "open") != 0);
}

static char *
dup_wonder_spoken (VantageReviewContext *context, VantageEntity *wonder)
{
  g_autofree char *line = dup_wonder_line (context, wonder);

  return g_strdup_printf ("%s, %s", get_title (wonder, _ ("A question without words")), line);
}

static GtkWidget *
new_experiment_row (VantageReviewContext *context, VantageEntity *experiment)
{
  g_autofree char *line = dup_experiment_line (context, experiment);

  return new_row (get_title (experiment, _ ("Untitled experiment")), line, NULL, FALSE);
}

static char *
dup_experiment_spoken (VantageReviewContext *context, VantageEntity *experiment)
{
  g_autofree char *line = dup_experiment_line (context, experiment);

  return g_strdup_printf ("%s, %s", get_title (experiment, _ ("Untitled experiment")), line);
}

const VantageEntityListSort vantage_finding_sort = {
  .kind = "finding",
  .label = N_ ("Findings"),
  .move = N_ ("Move Finding"),
  .remove = N_ ("Delete Finding"),
  .removed = N_ ("Finding deleted"),
  .empty_title = N_ ("No findings yet"),
  .empty =
      N_ ("A finding is something that was there to know and was not known: each one stands on "
          "what people wrote and told. Add the first with its title; evidence can follow."),
  .new_row = new_finding_row,
  .dup_spoken = dup_finding_spoken,
};

const VantageEntityListSort vantage_wonder_sort = {
  .kind = "wonder",
  .label = N_ ("Wonders"),
  .move = N_ ("Move Wonder"),
  .remove = N_ ("Delete Wonder"),
  .removed = N_ ("Wonder deleted"),
  .empty_title = N_ ("No open questions"),
  .empty = N_ ("Whatever nobody could tell you yet belongs here. A question may stay open: the "
               "report says so."),
  .new_row = new_wonder_row,
  .dup_spoken = dup_wonder_spoken,
};

const VantageEntityListSort vantage_experiment_sort = {
  .kind = "experiment",
  .label = N_ ("Experiments"),
  .remove = N_ ("Delete Experiment"),
  .removed = N_ ("Experiment deleted"),
  .empty_title = N_ ("No experiments, and none are needed"),
  .empty = N_ ("A review is about understanding, and is whole without any. If something is worth "
               "trying, write what you expect to see and when you would stop."),
  .new_row = new_experiment_row,
  .dup_spoken = dup_experiment_spoken,
};
