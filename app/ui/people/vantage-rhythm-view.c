/* vantage-rhythm-view.c: a chart of how much was said when, and lists of places to look. */

#include "config.h"

#include "vantage-rhythm-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-presence-bar.h"
#include "vantage-rhythm.h"
#include "vantage-time-text.h"
#include "vantage-volume-chart.h"
#include "vantage-words.h"

#define MAX_ROWS 10
#define LONG_QUIET_US (G_GINT64_CONSTANT (20) * 60 * G_USEC_PER_SEC)
#define LONG_WORK_US (G_GINT64_CONSTANT (4) * 3600 * G_USEC_PER_SEC)
#define NIGHT_SHARE 0.25
#define FEW_ITEMS 5 /* of which a share says nothing */
#define TURNED_TO_BY 3

typedef enum
{
  BY_CHANNEL,
  BY_TEAM,
  BY_PERSON,
  N_BY,
} By;

struct _VantageRhythmView
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantagePresenceFrame *frame;
  VantageSurvey *survey; /* (nullable) */
  By by;
  gboolean filling;

  GtkWidget *scroll;
  GtkWidget *by_buttons[N_BY];
  VantageVolumeChart *chart;
  GtkWidget *legend;
  GtkWidget *lists; /* box of what follows the chart */
};

enum
{
  PERSON,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageRhythmView, vantage_rhythm_view, GTK_TYPE_WIDGET)

static VantageZone *
get_zone (VantageRhythmView *self)
{
  return vantage_review_context_get_zone (self->context);
}

static const VantagePerson *
find_person (VantageRhythmView *self, guint32 index)
{
  return index != VANTAGE_NOBODY
             ? vantage_survey_find_person (
                   self->survey,
                   vantage_acts_get_person (vantage_survey_get_acts (self->survey), index))
             : NULL;
}

/* ---- groups ---- */

/* What each item counts for: a name, or NULL. Lent. */
static const char *
get_group_name (VantageRhythmView *self, const VantageActItem *item)
{
  const VantagePerson *person;
  guint32 n;

  if (self->by == BY_CHANNEL)
    return vantage_acts_get_channels (vantage_survey_get_acts (self->survey), &n)[item->channel]
        .name;
  person = find_person (self, item->author);
  if (person == NULL)
    return NULL;
  return self->by == BY_TEAM ? person->team
                             : vantage_review_context_get_person_name (self->context, person->id);
}

typedef struct
{
  char *name;
  guint n;
  guint first; /* item */
  guint place; /* in the chart */
} Group;

static int
compare_groups_by_count (gconstpointer a, gconstpointer b)
{
  const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

  return x->n != y->n ? (x->n > y->n ? -1 : 1) : strcmp (x->name, y->name);
}

static int
compare_groups_by_first (gconstpointer a, gconstpointer b)
{
  const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

  return x->first < y->first ? -1 : x->first > y->first;
}

static void
free_group (gpointer data)
{
  g_free (((Group *) data)->name);
  g_free (data);
}

/* name → Group. @of: of each item its group, or NULL. (transfer full) */
static GHashTable *
count_groups (VantageRhythmView *self, const VantageActItem *items, guint32 n, Group **of)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_group);

  for (guint32 i = 0; i < n; i++)
    {
      const char *name = get_group_name (self, &items[i]);
      Group *group = name != NULL ? g_hash_table_lookup (groups, name) : NULL;

      if (name != NULL && group == NULL)
        {
          group = g_new0 (Group, 1);
          group->name = g_strdup (name);
          group->first = i;
          g_hash_table_insert (groups, group->name, group);
        }
      if (group != NULL)
        group->n++;
      of[i] = group;
    }
  return groups;
}

/* Names of the groups that most was said in, in the order in which they come up; what is left is
 * one more. Gives each group its place. (transfer full): NULL-terminated */
static char **
choose_groups (GHashTable *groups)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean rest = g_hash_table_size (groups) > VANTAGE_VOLUME_GROUPS;
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      ((Group *) group)->place = VANTAGE_VOLUME_GROUPS - 1;
      g_ptr_array_add (list, group);
    }
  g_ptr_array_sort (list, compare_groups_by_count);
  g_ptr_array_set_size (list, (int) MIN (list->len, VANTAGE_VOLUME_GROUPS - (rest ? 1 : 0)));
  g_ptr_array_sort (list, compare_groups_by_first);
  for (guint i = 0; i < list->len; i++)
    {
      ((Group *) list->pdata[i])->place = i;
      g_strv_builder_add (names, ((Group *) list->pdata[i])->name);
    }
  if (rest)
    /* translators: all other channels, teams or people of a chart together */
    g_strv_builder_add (names, _ ("All others"));
  return g_strv_builder_end (names);
}

static void
show_legend (VantageRhythmView *self, char **names)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->legend)) != NULL;)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->legend), child);
  for (guint i = 0; names[i] != NULL; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *label = gtk_label_new (names[i]);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), vantage_volume_chart_new_swatch (i));
      gtk_box_append (GTK_BOX (box), label);
      gtk_flow_box_append (GTK_FLOW_BOX (self->legend), box);
      gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
    }
}

static void
show_chart (VantageRhythmView *self)
{
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (vantage_survey_get_acts (self->survey), &n);
  g_autofree Group **of = g_new (Group *, MAX (n, 1));
  g_autoptr (GHashTable) groups = count_groups (self, items, n, of);
  char **names = choose_groups (groups);
  guint32 *group_of = g_new (guint32, MAX (n, 1));

  for (guint32 i = 0; i < n; i++)
    group_of[i] = of[i] != NULL ? of[i]->place : VANTAGE_NOBODY;
  gtk_widget_set_visible (GTK_WIDGET (self->chart), names[0] != NULL);
  show_legend (self, names);
  vantage_volume_chart_set (self->chart, self->survey, group_of, names);
}

/* ---- lists ---- */

static void
go_to_item (VantageRhythmView *self, const char *item)
{
  vantage_review_context_show_item (self->context, item);
  vantage_review_context_go (self->context, "sources", item);
}

static void
item_row_cb (AdwActionRow *row, VantageRhythmView *self)
{
  go_to_item (self, g_object_get_data (G_OBJECT (row), "item"));
}

static void
person_row_cb (AdwActionRow *row, VantageRhythmView *self)
{
  g_signal_emit (self, signals[PERSON], 0, g_object_get_data (G_OBJECT (row), "person"));
}

static GtkWidget *
add_group (VantageRhythmView *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (self->lists), group);
  return group;
}

static void
add_row (VantageRhythmView *self, GtkWidget *group, const char *title, const char *subtitle,
         const char *name, const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), name, g_strdup (value), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect (
      row, "activated",
      strcmp (name, "item") == 0 ? G_CALLBACK (item_row_cb) : G_CALLBACK (person_row_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static int
compare_quiet_by_length (gconstpointer a, gconstpointer b)
{
  const VantageQuiet *x = a, *y = b;
  gint64 length = x->end_us - x->begin_us, other = y->end_us - y->begin_us;

  return length > other ? -1 : length < other;
}

static int
compare_quiet_by_begin (gconstpointer a, gconstpointer b)
{
  const VantageQuiet *x = a, *y = b;

  return x->begin_us < y->begin_us ? -1 : x->begin_us > y->begin_us;
}

/* The last item at or before @us. */
static const char *
find_item_at (VantageRhythmView *self, gint64 us)
{
  const char *found = NULL;
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (vantage_survey_get_acts (self->survey), &n);

  for (guint32 i = 0;
       i < n && items[i].time_us != VANTAGE_TIME_NONE && (i == 0 || items[i].time_us <= us); i++)
    found = items[i].id;
  return found;
}

/* The chart may show the window of the review alone. */
static gboolean
is_in_sight (VantageRhythmView *self, const VantageQuiet *gap)
{
  return !vantage_presence_frame_is_empty (self->frame) &&
         gap->end_us > vantage_presence_frame_get_begin (self->frame) &&
         gap->begin_us < vantage_presence_frame_get_end (self->frame);
}

static void
list_silences (VantageRhythmView *self)
{
  g_autoptr (GArray) quiet =
      vantage_participation_list_quiet (vantage_survey_get_acts (self->survey), LONG_QUIET_US);
  GtkWidget *group;

  for (guint i = quiet->len; i-- > 0;)
    if (!is_in_sight (self, &g_array_index (quiet, VantageQuiet, i)))
      g_array_remove_index (quiet, i);
  if (quiet->len == 0)
    return;
  g_array_sort (quiet, compare_quiet_by_length);
  g_array_set_size (quiet, MIN (quiet->len, MAX_ROWS));
  g_array_sort (quiet, compare_quiet_by_begin);
  group = add_group (self, _ ("When nobody wrote"),
                     _ ("What went on there is in nobody's messages: worth asking about."));
  for (guint i = 0; i < quiet->len; i++)
    {
      const VantageQuiet *gap = &g_array_index (quiet, VantageQuiet, i);
      g_autofree char *length = vantage_words_duration (gap->end_us - gap->begin_us);
      g_autofree char *range =
          vantage_time_text_range (get_zone (self), gap->begin_us, gap->end_us);
      const char *item = find_item_at (self, gap->begin_us);

      if (item != NULL)
        add_row (self, group, length, range, "item", item);
    }
}

static int
compare_relied_on_by_people (gconstpointer a, gconstpointer b)
{
  const VantageReliedOn *x = *(VantageReliedOn *const *) a;
  const VantageReliedOn *y = *(VantageReliedOn *const *) b;

  return x->n_people > y->n_people ? -1 : x->n_people < y->n_people;
}

static int
compare_relied_on_by_first (gconstpointer a, gconstpointer b)
{
  const VantageReliedOn *x = *(VantageReliedOn *const *) a;
  const VantageReliedOn *y = *(VantageReliedOn *const *) b;

  return x->first_us < y->first_us ? -1 : x->first_us > y->first_us;
}

static void
list_turned_to (VantageRhythmView *self)
{
  VantageActs *acts = vantage_survey_get_acts (self->survey);
  g_autoptr (GPtrArray) list = vantage_rhythm_list_relied_on (acts, TURNED_TO_BY);
  GtkWidget *group;
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  if (list->len == 0)
    return;
  g_ptr_array_sort (list, compare_relied_on_by_people);
  g_ptr_array_set_size (list, (int) MIN (list->len, MAX_ROWS));
  g_ptr_array_sort (list, compare_relied_on_by_first);
  group = add_group (self, _ ("Whom others turned to"),
                     _ ("Named, brought in, paged or given something by several people; in the "
                        "order in which that began."));
  for (guint i = 0; i < list->len; i++)
    {
      const VantageReliedOn *relied = list->pdata[i];
      const VantagePerson *person = find_person (self, relied->person);
      g_autofree char *people = NULL;
      g_autofree char *times = NULL;
      g_autofree char *words = NULL;

      if (person == NULL)
        continue;
      people = g_strdup_printf (ngettext ("by %u person", "by %u people", relied->n_people),
                                relied->n_people);
      times = g_strdup_printf (ngettext ("%u time", "%u times", relied->items->len),
                               relied->items->len);
      words = g_strdup_printf ("%s, %s", people, times);
      add_row (self, group, vantage_review_context_get_person_name (self->context, person->id),
               words, "item", items[g_array_index (relied->items, guint32, 0)].id);
    }
}

static const char *
get_team (guint32 person, gpointer data)
{
  const VantagePerson *known = find_person (data, person);

  return known != NULL ? known->team : NULL;
}

static void
list_meetings (VantageRhythmView *self)
{
  VantageActs *acts = vantage_survey_get_acts (self->survey);
  g_autoptr (GArray) list = vantage_rhythm_list_meetings (acts, get_team, self);
  GtkWidget *group;
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  if (list->len == 0)
    return;
  group = add_group (self, _ ("Teams that spoke to one another"),
                     _ ("By their first words: answers, names called, people brought in."));
  for (guint i = 0; i < MIN (list->len, 2 * MAX_ROWS); i++)
    {
      const VantageMeeting *meeting = &g_array_index (list, VantageMeeting, i);
      g_autofree char *day = vantage_time_text_date (get_zone (self), meeting->first_us);
      g_autofree char *clock =
          vantage_zone_format (get_zone (self), meeting->first_us, VANTAGE_SHOW_MINUTE);
      /* translators: two teams */
      g_autofree char *title = g_strdup_printf (_ ("%s and %s"), meeting->team, meeting->other);
      g_autofree char *words = g_strdup_printf (
          /* translators: a day and a time of that day */
          meeting->is_new ? _ ("first on %s at %s; not a word between them before")
                          : _ ("first on %s at %s"),
          day, clock);

      add_row (self, group, title, words, "item", items[meeting->item].id);
    }
}

/* What the times of somebody's messages let one suppose. NULL: nothing. (transfer full) */
static char *
dup_strain (VantageRhythmView *self, const VantagePerson *person, const VantageParticipant *p)
{
  GString *words = g_string_new (NULL);

  if (p->longest_us >= LONG_WORK_US)
    {
      g_autofree char *length = vantage_words_duration (p->longest_us);
      g_autofree char *range = vantage_time_text_range (get_zone (self), p->longest_begin_us,
                                                        p->longest_begin_us + p->longest_us);

      /* translators: a duration, and from when until when */
      g_string_append_printf (words, _ ("about %s without a long pause, %s"), length, range);
    }
  if (p->n_items >= FEW_ITEMS && p->night >= NIGHT_SHARE &&
      vantage_survey_get_zone (self->survey, person->id) != NULL)
    {
      if (words->len > 0)
        g_string_append (words, " · ");
      /* translators: how many of a person's messages were written between ten and six */
      g_string_append_printf (words, _ ("%d of 10 messages at night where they live"),
                              (int) (p->night * 10 + 0.5));
    }
  if (words->len > 0)
    return g_string_free (words, FALSE);
  g_string_free (words, TRUE);
  return NULL;
}

static void
list_strains (VantageRhythmView *self)
{
  GPtrArray *people = vantage_survey_get_people (self->survey);
  GtkWidget *group = NULL;
  guint n = 0;

  for (guint i = 0; i < people->len && n < 2 * MAX_ROWS; i++)
    {
      const VantagePerson *person = people->pdata[i];
      const VantageParticipant *p = vantage_survey_get_participant (self->survey, person->id);
      g_autofree char *words =
          p != NULL && strcmp (person->sort, "human") == 0 ? dup_strain (self, person, p) : NULL;

      if (words == NULL)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("Long hours and nights"),
                           _ ("Estimates, from when messages were written. What the person says "
                              "of it goes before; it is written on their page."));
      add_row (self, group, vantage_review_context_get_person_name (self->context, person->id),
               words, "person", person->id);
      n++;
    }
}

static void
show_lists (VantageRhythmView *self)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (self->lists)) != NULL;)
    gtk_box_remove (GTK_BOX (self->lists), child);
  list_silences (self);
  list_turned_to (self);
  list_meetings (self);
  list_strains (self);
}

/* ---- making ---- */

static void
by_toggled_cb (GtkToggleButton *button, VantageRhythmView *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < N_BY; i++)
    if (self->by_buttons[i] == GTK_WIDGET (button))
      self->by = i;
  if (self->survey != NULL)
    show_chart (self);
}

static GtkWidget *
new_by_buttons (VantageRhythmView *self)
{
  static const char *const labels[N_BY] = { N_ ("By Channel"), N_ ("By Team"), N_ ("By Person") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  self->filling = TRUE;
  for (guint i = 0; i < N_BY; i++)
    {
      self->by_buttons[i] = gtk_toggle_button_new_with_label (_ (labels[i]));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->by_buttons[i]),
                                     GTK_TOGGLE_BUTTON (self->by_buttons[0]));
      gtk_box_append (GTK_BOX (box), self->by_buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_buttons[0]), TRUE);
  self->filling = FALSE;
  for (guint i = 0; i < N_BY; i++)
    g_signal_connect (self->by_buttons[i], "toggled", G_CALLBACK (by_toggled_cb), self);
  return box;
}

static void
chosen_cb (VantageRhythmView *self, const char *item)
{
  go_to_item (self, item);
}

static GtkWidget *
new_content (VantageRhythmView *self, VantagePresenceFrame *frame)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *graph = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "rhythm");
  gtk_box_append (GTK_BOX (box), new_by_buttons (self));
  self->chart = VANTAGE_VOLUME_CHART (vantage_volume_chart_new (frame));
  g_signal_connect_swapped (self->chart, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (graph), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (graph), vantage_presence_ruler_new (frame));
  gtk_box_append (GTK_BOX (box), graph);
  self->legend = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->legend), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->legend), VANTAGE_VOLUME_GROUPS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->legend), 12);
  gtk_box_append (GTK_BOX (box), self->legend);
  self->lists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->lists);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_box_append (GTK_BOX (box), clamp);
  return box;
}

static void
vantage_rhythm_view_dispose (GObject *object)
{
  VantageRhythmView *self = VANTAGE_RHYTHM_VIEW (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_object (&self->frame);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_rhythm_view_parent_class)->dispose (object);
}

static void
vantage_rhythm_view_class_init (VantageRhythmViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_rhythm_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[PERSON] = g_signal_new ("person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vantage_rhythm_view_init (VantageRhythmView *self)
{
}

GtkWidget *
vantage_rhythm_view_new (VantageReviewContext *context, VantagePresenceFrame *frame)
{
  VantageRhythmView *self = g_object_new (VANTAGE_TYPE_RHYTHM_VIEW, NULL);

  self->context = g_object_ref (context);
  self->frame = g_object_ref (frame);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), new_content (self, frame));
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static gboolean
has_teams (VantageSurvey *survey)
{
  GPtrArray *people = vantage_survey_get_people (survey);

  for (guint i = 0; i < people->len; i++)
    if (((VantagePerson *) people->pdata[i])->team != NULL)
      return TRUE;
  return FALSE;
}

void
vantage_rhythm_view_set_survey (VantageRhythmView *self, VantageSurvey *survey)
{
  gboolean teams = has_teams (survey);

  if (survey != self->survey)
    {
      g_clear_pointer (&self->survey, vantage_survey_unref);
      self->survey = vantage_survey_ref (survey);
    }
  gtk_widget_set_visible (self->by_buttons[BY_TEAM], teams);
  if (!teams && self->by == BY_TEAM)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_buttons[BY_CHANNEL]), TRUE);
  show_chart (self);
  show_lists (self);
}
