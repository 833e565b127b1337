/* vantage-kind.c: the table itself. One line a field; what stands here is written into files and
 * sent to others, so names and choices never change their meaning once released. */

#include "vantage-kind.h"

#include <string.h>

G_DEFINE_QUARK (vantage_record_error, vantage_record_error)

/* A field of each type with the class that the type has by itself; merge can be named after. */
#define TEXT(n, ...)                                                                               \
  {                                                                                                \
    n, VANTAGE_FIELD_TEXT, VANTAGE_MERGE_FLAG, ##__VA_ARGS__                                       \
  }
#define PROSE(n)                                                                                   \
  {                                                                                                \
    n, VANTAGE_FIELD_PROSE, VANTAGE_MERGE_FLAG                                                     \
  }
#define CHOICE(n, list)                                                                            \
  {                                                                                                \
    n, VANTAGE_FIELD_CHOICE, VANTAGE_MERGE_FLAG, list                                              \
  }
#define YESNO(n)                                                                                   \
  {                                                                                                \
    n, VANTAGE_FIELD_YESNO, VANTAGE_MERGE_FLAG                                                     \
  }
#define NUMBER(n)                                                                                  \
  {                                                                                                \
    n, VANTAGE_FIELD_NUMBER, VANTAGE_MERGE_FLAG                                                    \
  }
#define TIME(n)                                                                                    \
  {                                                                                                \
    n, VANTAGE_FIELD_TIME, VANTAGE_MERGE_FLAG                                                      \
  }
#define DURATION(n)                                                                                \
  {                                                                                                \
    n, VANTAGE_FIELD_DURATION, VANTAGE_MERGE_FLAG                                                  \
  }
#define WHEN(n)                                                                                    \
  {                                                                                                \
    n, VANTAGE_FIELD_WHEN, VANTAGE_MERGE_FLAG                                                      \
  }
#define REF(n, kind)                                                                               \
  {                                                                                                \
    n, VANTAGE_FIELD_REF, VANTAGE_MERGE_FLAG, .ref_kind = kind                                     \
  }
#define REFS(n, kind)                                                                              \
  {                                                                                                \
    n, VANTAGE_FIELD_REFS, VANTAGE_MERGE_OR, .ref_kind = kind                                      \
  }
#define TEXTS(n)                                                                                   \
  {                                                                                                \
    n, VANTAGE_FIELD_TEXTS, VANTAGE_MERGE_OR                                                       \
  }
#define CHOICES(n, list)                                                                           \
  {                                                                                                \
    n, VANTAGE_FIELD_CHOICES, VANTAGE_MERGE_OR, list                                               \
  }
#define CITES                                                                                      \
  {                                                                                                \
    "cites", VANTAGE_FIELD_CITES, VANTAGE_MERGE_OR                                                 \
  }
#define POS                                                                                        \
  {                                                                                                \
    "pos", VANTAGE_FIELD_POS, VANTAGE_MERGE_QUIET                                                  \
  }
#define COLOUR(n)                                                                                  \
  {                                                                                                \
    n, VANTAGE_FIELD_COLOUR, VANTAGE_MERGE_QUIET                                                   \
  }
#define ONCE(n, t)                                                                                 \
  {                                                                                                \
    n, VANTAGE_FIELD_##t, VANTAGE_MERGE_ONCE                                                       \
  }
#define ONCE_REF(n, kind)                                                                          \
  {                                                                                                \
    n, VANTAGE_FIELD_REF, VANTAGE_MERGE_ONCE, .ref_kind = kind                                     \
  }
#define ONCE_CHOICE(n, list)                                                                       \
  {                                                                                                \
    n, VANTAGE_FIELD_CHOICE, VANTAGE_MERGE_ONCE, list                                              \
  }
#define KEYED(n, t, m, keys, list)                                                                 \
  {                                                                                                \
    n, VANTAGE_FIELD_KEYED, m, keys, VANTAGE_FIELD_##t, .keyed_choices = list                      \
  }
#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define FIELDS(...) ((const VantageField[]){ __VA_ARGS__, REFS ("tags", "tag"), { .name = NULL } })

/* clang-format off */
static const VantageKind kinds[] = {
  { "review", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), CHOICE ("kind", vantage_review_kinds), CHOICE ("stage", vantage_stages),
      CHOICE ("depth", vantage_depths), PROSE ("purpose"), TEXT ("audience"), PROSE ("summary"),
      WHEN ("story_start"), TEXT ("story_why"), TEXT ("zone"), TIME ("from"), TIME ("until"),
      TEXT ("investigator"), TEXT ("facilitator"), TEXTS ("services"), TEXT ("label"),
      KEYED ("intake", CHOICE, VANTAGE_MERGE_FLAG, vantage_intake_keys, LIST ("yes", "no", "unknown")),
      KEYED ("due", TIME, VANTAGE_MERGE_FLAG, NULL, NULL), ONCE ("answers_version", TEXT),
      ONCE ("sample", YESNO)), "title" },
  { "author", VANTAGE_STREAM_TEAM, TRUE, FIELDS (TEXT ("name"), TEXT ("account")), "name" },
  { "source", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), ONCE ("family", TEXT), ONCE ("system", TEXT), ONCE ("sha256", TEXT),
      KEYED ("counts", NUMBER, VANTAGE_MERGE_ONCE, NULL, NULL), ONCE ("channels", TEXTS),
      ONCE ("first", TIME), ONCE ("last", TIME), ONCE ("mapping", TEXT), ONCE ("imported", TIME),
      TEXT ("zone"), CHOICE ("zone_from", LIST ("file", "chosen", "assumed")), TIME ("zero"),
      DURATION ("shift"), YESNO ("complete"), PROSE ("missing")), "title" },
  { "bundle", VANTAGE_STREAM_CORE, FALSE, FIELDS (
      ONCE_REF ("source", "source"), ONCE ("blob", TEXT), ONCE ("items", NUMBER),
      ONCE_CHOICE ("cut", LIST ("cited", "all"))), NULL },
  { "redaction", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("item"), NUMBER ("from"), NUMBER ("to"), TEXT ("why")), "why" },
  { "person", VANTAGE_STREAM_TEAM, TRUE, FIELDS (
      TEXT ("label"), CHOICE ("sort", vantage_person_sorts), REF ("into", "person"), TEXT ("team"),
      TEXT ("role"), TEXT ("zone"), CHOICE ("part", vantage_parts), POS), "label" },
  { "particulars", VANTAGE_STREAM_CORE, TRUE, FIELDS (
      TEXT ("name"), TEXT ("email"), TEXTS ("handles"), PROSE ("about"), TEXT ("colleague")), "name" },
  { "condition", VANTAGE_STREAM_CORE, FALSE, FIELDS (
      REF ("person", "person"), CHOICE ("key", vantage_condition_keys), TEXT ("value"), WHEN ("from"),
      WHEN ("until"), CHOICE ("by", LIST ("record", "account", "estimate")),
      CHOICE ("state", LIST ("estimate", "confirmed", "hidden")), CITES, REF ("passage", "passage")),
    "value" },
  { "event", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), PROSE ("body"), CHOICE ("kind", vantage_event_kinds),
      CHOICE ("claim", vantage_claims), REFS ("actors", "person"), TEXT ("value"), TEXTS ("tools"),
      REF ("account", "person"), REF ("interview", "interview"), REF ("passage", "passage"),
      WHEN ("start"), WHEN ("end"), { "placed", VANTAGE_FIELD_TIME, VANTAGE_MERGE_QUIET },
      CHOICE ("confidence", vantage_confidences), CITES, REF ("group", "group"), YESNO ("helped"), POS),
    "title" },
  { "statement", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("subject", "event"), CHOICE ("rel", vantage_statement_rels), REF ("object", "event"),
      WHEN ("value"), DURATION ("min"), DURATION ("max"), TEXT ("words"), REF ("account", "person"),
      REF ("interview", "interview"), REF ("passage", "passage"),
      CHOICE ("confidence", vantage_confidences), CITES), "words" },
  { "link", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      ONCE_REF ("from", "event"), ONCE_REF ("to", "event"), CHOICE ("kind", vantage_link_kinds),
      TEXT ("label"), REF ("account", "person"), REF ("passage", "passage"), CITES), "label" },
  { "group", VANTAGE_STREAM_TEAM, FALSE, FIELDS (TEXT ("title"), REF ("parent", "group"), POS), "title" },
  { "remark", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("about", NULL), PROSE ("text"), REF ("answers", "remark")), NULL },
  { "wonder", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("text"), REFS ("about", NULL), REF ("to", "person"),
      CHOICE ("status", LIST ("open", "answered", "set-aside")), PROSE ("answer"), CITES, POS), "text" },
  { "tag", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("name"), PROSE ("about"), REF ("parent", "tag"), COLOUR ("colour"),
      { "mark", VANTAGE_FIELD_TEXT, VANTAGE_MERGE_QUIET }), "name" },
  { "code", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("name"), PROSE ("about"), REF ("parent", "code"), COLOUR ("colour"),
      { "mark", VANTAGE_FIELD_TEXT, VANTAGE_MERGE_QUIET }), "name" },
  { "interview", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("person", "person"), TIME ("planned"), TIME ("held"), NUMBER ("minutes"), TEXTS ("by"),
      CHOICE ("state", LIST ("proposed", "invited", "planned", "held", "declined", "not-needed")),
      CHOICES ("reasons", vantage_candidate_reasons), PROSE ("expectations")), NULL },
  { "consent", VANTAGE_STREAM_CORE, TRUE, FIELDS (
      CHOICE ("notes", LIST ("unasked", "yes", "no")), CHOICE ("sound", LIST ("unasked", "yes", "no")),
      CHOICE ("words", LIST ("unasked", "never", "ask", "yes")), CHOICES ("forms", vantage_release_forms),
      PROSE ("handling"), TIME ("noted"), TIME ("sound_until")), NULL },
  { "passage", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("interview", "interview"), REF ("person", "person"), TEXT ("words"),
      CHOICE ("form", vantage_release_forms), TEXT ("shown_as"), CHOICE ("claim", vantage_claims),
      REFS ("codes", "code"), REFS ("about", NULL)), "words" },
  { "model", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("person", "person"), TEXT ("subject"), PROSE ("text"), TEXT ("sketch"),
      REF ("passage", "passage"), YESNO ("sealed")), "subject" },
  { "finding", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), PROSE ("text"), CHOICES ("kinds", vantage_finding_kinds), TEXTS ("themes"),
      REFS ("events", "event"), REFS ("passages", "passage"), REFS ("models", "model"), CITES,
      PROSE ("discomfort"), REFS ("earlier", "finding"),
      CHOICE ("status", LIST ("draft", "shared", "agreed")), POS), "title" },
  { "response", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("person", "person"), REF ("about", NULL), CHOICE ("verdict", LIST ("agree", "differ", "add")),
      PROSE ("text")), NULL },
  { "experiment", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("hypothesis"), TEXT ("probe"), TEXT ("signal"), TEXT ("stop_rule"), TEXT ("owner"),
      TIME ("revisit"), CHOICES ("nature", LIST ("technical", "social")), REFS ("from", "finding"),
      CHOICE ("outcome", LIST ("open", "keep", "adapt", "stop", "found-more")), PROSE ("result"),
      TEXT ("url"), YESNO ("immediate"), REFS ("offspring", "experiment")), "hypothesis" },
  { "idea", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("text"), CHOICE ("sort", LIST ("fix", "blame", "topic")), REF ("by", "person"),
      TEXTS ("votes"), REF ("became", NULL)), "text" },
  { "readiness", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("text"), PROSE ("why"), REFS ("origin", NULL), TEXTS ("tellers"), TIME ("confirmed"),
      CHOICE ("status", LIST ("live", "questioned", "retired")), POS), "text" },
  { "reading_of", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("of", NULL), TEXT ("who"), PROSE ("text")), "who" },
  { "impact", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("name"), TEXT ("unit"), REF ("source", "source"), TEXT ("column"), CITES), "name" },
  { "impact_point", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("impact", "impact"), WHEN ("at"), NUMBER ("value"), CITES), NULL },
  { "answer", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("question"), TEXT ("version"), CHOICE ("value", LIST ("yes", "no", "unknown")),
      DURATION ("after"), PROSE ("text")), "question" },
  { "meeting", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), TIME ("planned"), TIME ("held"), PROSE ("opening")), "title" },
  { "agenda", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("meeting", "meeting"), REF ("about", NULL), TEXT ("text"), POS), "text" },
  { "attendance", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("meeting", "meeting"), TEXT ("person"), CHOICE ("came", LIST ("yes", "no", "invited")),
      YESNO ("own_accord")), "person" },
  { "mark", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      REF ("meeting", "meeting"), TEXT ("who"), REF ("about", NULL), TEXT ("text")), "text" },
  { "report", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      CHOICE ("audience", LIST ("team", "everyone", "customer")), TEXT ("title"), PROSE ("body"), POS), "title" },
  { "block", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      ONCE_REF ("of", NULL), ONCE ("slot", TEXT), TEXT ("text"), CHOICE ("style", vantage_block_styles),
      REF ("parent", "block"), POS), "text" },
  { "view", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("title"), TIME ("from"), TIME ("until"), TEXTS ("folds"), TEXTS ("lanes"), TEXT ("filter"),
      REF ("person", "person"), TIME ("moment"), NUMBER ("step"), POS), "title" },
  { "dismissal", VANTAGE_STREAM_TEAM, FALSE, FIELDS (
      TEXT ("of"), REF ("about", NULL), CHOICE ("scope", LIST ("sentence", "review")), TEXT ("why")),
    "of" },
  { "colleague", VANTAGE_STREAM_ORG, FALSE, FIELDS (
      TEXT ("name"), TEXT ("email"), TEXT ("team"), TEXT ("zone"), YESNO ("may_investigate"),
      TEXTS ("learned")), "name" },
  { "theme", VANTAGE_STREAM_ORG, FALSE, FIELDS (TEXT ("name"), PROSE ("about")), "name" },
  { "template", VANTAGE_STREAM_ORG, FALSE, FIELDS (TEXT ("name"), TEXT ("for"), PROSE ("body")), "name" },
  { "question", VANTAGE_STREAM_ORG, FALSE, FIELDS (
      TEXT ("text"), TEXT ("phase"), TEXT ("purpose"), TEXT ("method"), NUMBER ("depth"), TEXT ("anchor"),
      TEXTS ("needs"), PROSE ("follow_ups"), TEXT ("listen_for"), TEXT ("note"), POS), "text" },
  { "question_set", VANTAGE_STREAM_ORG, FALSE, FIELDS (TEXT ("version"), PROSE ("questions")), "version" },
  { "setting", VANTAGE_STREAM_ORG, FALSE, FIELDS (TEXT ("key"), TEXT ("value")), "key" },
  { .name = NULL },
};
/* clang-format on */

const VantageKind *
vantage_kinds (void)
{
  return kinds;
}

static GHashTable *
make_index (void)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (const VantageKind *kind = kinds; kind->name != NULL; kind++)
    g_hash_table_insert (index, (char *) kind->name, (gpointer) kind);
  return index;
}

const VantageKind *
vantage_kind_find (const char *name)
{
  static gsize index = 0;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index, (gsize) make_index ());
  return g_hash_table_lookup ((GHashTable *) index, name);
}

const VantageField *
vantage_kind_find_field (const VantageKind *self, const char *field)
{
  gsize length = strcspn (field, "/");

  for (const VantageField *candidate = self->fields; candidate->name != NULL; candidate++)
    {
      if (strncmp (candidate->name, field, length) != 0 || candidate->name[length] != '\0')
        continue;
      if (field[length] == '\0' || vantage_field_is_set (candidate) ||
          candidate->type == VANTAGE_FIELD_KEYED)
        return candidate;
      return NULL;
    }
  return NULL;
}

gboolean
vantage_field_is_set (const VantageField *self)
{
  return self->type == VANTAGE_FIELD_REFS || self->type == VANTAGE_FIELD_TEXTS ||
         self->type == VANTAGE_FIELD_CHOICES || self->type == VANTAGE_FIELD_CITES;
}

gboolean
vantage_field_has_choice (const VantageField *self, const char *choice)
{
  return self->choices != NULL && g_strv_contains (self->choices, choice);
}

VantageMergeClass
vantage_kind_get_merge (const char *kind, const char *register_name)
{
  const VantageKind *found = vantage_kind_find (kind);
  const VantageField *field = found != NULL ? vantage_kind_find_field (found, register_name) : NULL;

  return field != NULL ? field->merge : VANTAGE_MERGE_FLAG;
}
