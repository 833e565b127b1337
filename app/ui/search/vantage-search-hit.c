/* vantage-search-hit.c: what can be gone to by name, and how well a name answers what was typed. */

#include "config.h"

#include "vantage-search-hit.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-words.h"

struct _VantageSearchHit
{
  GObject parent_instance;

  char *icon, *title, *detail;
  char *review, *section, *target;
  char *action;
  guint rate;
};

G_DEFINE_FINAL_TYPE (VantageSearchHit, vantage_search_hit, G_TYPE_OBJECT)

static void
vantage_search_hit_finalize (GObject *object)
{
  VantageSearchHit *self = VANTAGE_SEARCH_HIT (object);

  g_free (self->icon);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->review);
  g_free (self->section);
  g_free (self->target);
  g_free (self->action);
  G_OBJECT_CLASS (vantage_search_hit_parent_class)->finalize (object);
}

static void
vantage_search_hit_class_init (VantageSearchHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_search_hit_finalize;
}

static void
vantage_search_hit_init (VantageSearchHit *self)
{
}

VantageSearchHit *
vantage_search_hit_new (const char *icon, const char *title, const char *detail, const char *review,
                        const char *section, const char *target)
{
  VantageSearchHit *self = g_object_new (VANTAGE_TYPE_SEARCH_HIT, NULL);

  self->icon = g_strdup (icon);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->review = g_strdup (review);
  self->section = g_strdup (section);
  self->target = g_strdup (target);
  return self;
}

VantageSearchHit *
vantage_search_hit_new_command (const char *title, const char *detail, const char *action)
{
  VantageSearchHit *self =
      vantage_search_hit_new ("system-run-symbolic", title, detail, NULL, NULL, NULL);

  self->action = g_strdup (action);
  return self;
}

const char *
vantage_search_hit_get_icon (VantageSearchHit *self)
{
  return self->icon;
}

const char *
vantage_search_hit_get_title (VantageSearchHit *self)
{
  return self->title;
}

const char *
vantage_search_hit_get_detail (VantageSearchHit *self)
{
  return self->detail;
}

const char *
vantage_search_hit_get_review (VantageSearchHit *self)
{
  return self->review;
}

const char *
vantage_search_hit_get_section (VantageSearchHit *self)
{
  return self->section;
}

const char *
vantage_search_hit_get_target (VantageSearchHit *self)
{
  return self->target;
}

const char *
vantage_search_hit_get_action (VantageSearchHit *self)
{
  return self->action;
}

/* ---- how well it fits ---- */

char **
vantage_search_hit_split (const char *typed)
{
  g_autofree char *plain = g_utf8_casefold (typed, -1);
  g_auto (GStrv) parts = g_strsplit_set (plain, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_strv_builder_add (words, *part);
  return g_strv_builder_end (words);
}

static guint
rate_word (const char *title, const char *word)
{
  guint best = 0;

  for (const char *at = strstr (title, word); at != NULL; at = strstr (at + 1, word))
    {
      if (at == title)
        return 4;
      if (!g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
        best = 3;
      best = MAX (best, 1);
    }
  return best;
}

guint
vantage_search_hit_rate (const char *title, const char *const *words)
{
  g_autofree char *plain = g_utf8_casefold (title, -1);
  guint sum = 0;

  if (words[0] == NULL)
    return 1;
  for (; *words != NULL; words++)
    {
      guint rate = rate_word (plain, *words);

      if (rate == 0)
        return 0;
      sum += rate;
    }
  return sum;
}

/* ---- gathering ---- */

typedef struct
{
  GPtrArray *hits;
  char **words;
} Gathering;

/* Takes @hit if its title fits. */
static void
offer (Gathering *gathering, VantageSearchHit *hit)
{
  hit->rate = vantage_search_hit_rate (hit->title, (const char *const *) gathering->words);
  if (hit->rate > 0)
    g_ptr_array_add (gathering->hits, hit);
  else
    g_object_unref (hit);
}

static void
offer_sections (Gathering *gathering)
{
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    offer (gathering,
           vantage_search_hit_new (s->icon, _ (s->title), _ ("Section"), NULL, s->id, NULL));
}

static void
offer_people (Gathering *gathering, VantageReviewContext *context)
{
  GPtrArray *people = vantage_review_context_get_people (context);

  if (vantage_section_find ("people") == NULL)
    return;
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      offer (gathering, vantage_search_hit_new ("avatar-default-symbolic", person->name,
                                                _ ("Person"), NULL, "people", person->id));
    }
}

static void
offer_channels (Gathering *gathering, VantageReviewContext *context)
{
  g_autoptr (GPtrArray) channels =
      vantage_library_list_channels (vantage_review_context_get_library (context),
                                     vantage_review_context_get_review_id (context), NULL);

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      const VantageChannelSummary *channel = channels->pdata[i];

      offer (gathering, vantage_search_hit_new ("user-available-symbolic", channel->name,
                                                _ ("Channel"), NULL, "sources", channel->id));
    }
}

/* Kinds with a title that a section shows. */
static const struct
{
  const char *kind, *section, *icon;
} titled[] = {
  { "event", "timeline", "vantage-timeline-symbolic" },
  { "finding", "findings", "vantage-findings-symbolic" },
  { "wonder", "findings", "vantage-findings-symbolic" },
  { "experiment", "findings", "vantage-findings-symbolic" },
  { "interview", "interviews", "vantage-interviews-symbolic" },
};

static void
offer_titled (Gathering *gathering, VantageLibrary *library, const char *review, const char *of)
{
  for (gsize k = 0; k < G_N_ELEMENTS (titled); k++)
    {
      g_autoptr (GPtrArray) list = NULL;

      if (vantage_section_find (titled[k].section) == NULL)
        continue;
      list = vantage_library_list (library, review, titled[k].kind, NULL);
      for (guint i = 0; list != NULL && i < list->len; i++)
        {
          const char *title = vantage_entity_get_title (list->pdata[i]);
          const char *kind = vantage_words_kind (titled[k].kind);
          g_autofree char *detail =
              of != NULL ? g_strdup_printf ("%s · %s", kind, of) : g_strdup (kind);

          if (*title != '\0')
            offer (gathering,
                   vantage_search_hit_new (titled[k].icon, title, detail, review, titled[k].section,
                                           vantage_entity_get_id (list->pdata[i])));
        }
    }
}

static void
offer_reviews (Gathering *gathering, VantageLibrary *library)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (library);

  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);
      const char *title = vantage_entity_get_title (review);

      offer (gathering,
             vantage_search_hit_new ("vantage-overview-symbolic",
                                     *title != '\0' ? title : _ ("Untitled Review"), _ ("Review"),
                                     vantage_entity_get_id (review), NULL, NULL));
    }
}

/* Only what can be done with nothing more said. */
static void
offer_commands (Gathering *gathering, VantageReviewContext *context, const char *section)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    {
      g_autofree char *tooltip = NULL;

      if (s->section != NULL && (context == NULL || g_strcmp0 (s->section, section) != 0))
        continue;
      if (!g_str_has_prefix (s->action, "win.") && !g_str_has_prefix (s->action, "page.") &&
          !g_str_has_prefix (s->action, "app."))
        continue;
      if (strcmp (s->action, "win.go-to") == 0 || strcmp (s->action, "win.escape") == 0)
        continue;
      tooltip = vantage_shortcuts_dup_tooltip (s->action);
      offer (gathering, vantage_search_hit_new_command (tooltip != NULL ? tooltip : _ (s->title),
                                                        _ ("Command"), s->action));
    }
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const VantageSearchHit *first = *(VantageSearchHit *const *) a;
  const VantageSearchHit *second = *(VantageSearchHit *const *) b;

  if (first->rate != second->rate)
    return first->rate > second->rate ? -1 : 1;
  return 0;
}

static GPtrArray *
finish (Gathering *gathering, guint limit)
{
  /* Merge sort: what fits as well stays in the order in which it was offered. */
  g_ptr_array_sort (gathering->hits, compare_hits);
  if (gathering->hits->len > limit)
    g_ptr_array_set_size (gathering->hits, (gint) limit);
  g_strfreev (gathering->words);
  return gathering->hits;
}

GPtrArray *
vantage_search_hits_by_name (VantageLibrary *library, VantageReviewContext *context,
                             const char *section, const char *typed, guint limit)
{
  Gathering gathering = { g_ptr_array_new_with_free_func (g_object_unref),
                          vantage_search_hit_split (typed) };

  if (context != NULL)
    {
      offer_sections (&gathering);
      if (gathering.words[0] != NULL)
        {
          offer_people (&gathering, context);
          offer_channels (&gathering, context);
          offer_titled (&gathering, library, vantage_review_context_get_review_id (context), NULL);
        }
    }
  offer_reviews (&gathering, library);
  if (gathering.words[0] != NULL)
    offer_commands (&gathering, context, section);
  return finish (&gathering, limit);
}

GPtrArray *
vantage_search_hits_by_title (VantageLibrary *library, const char *typed, guint limit)
{
  Gathering gathering = { g_ptr_array_new_with_free_func (g_object_unref),
                          vantage_search_hit_split (typed) };
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (library);

  offer_reviews (&gathering, library);
  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);

      offer_titled (&gathering, library, vantage_entity_get_id (review),
                    vantage_entity_get_title (review));
    }
  return finish (&gathering, limit);
}
