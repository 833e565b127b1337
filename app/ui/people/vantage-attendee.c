/* vantage-attendee.c: one row of who was there, made from a survey. */

#include "config.h"

#include "vantage-attendee.h"

#include <glib/gi18n.h>
#include <string.h>

struct _VantageAttendee
{
  GObject parent_instance;

  VantageAttendeeFacts facts;
};

G_DEFINE_FINAL_TYPE (VantageAttendee, vantage_attendee, G_TYPE_OBJECT)

static void
vantage_attendee_finalize (GObject *object)
{
  VantageAttendeeFacts *facts = &VANTAGE_ATTENDEE (object)->facts;

  g_free (facts->id);
  g_free (facts->name);
  g_free (facts->detail);
  g_free (facts->part);
  g_free (facts->how);
  g_free (facts->accounts);
  g_array_unref (facts->acts);
  g_array_unref (facts->reactions);
  g_array_unref (facts->arrivals);
  g_array_unref (facts->stays);
  g_array_unref (facts->recorded);
  G_OBJECT_CLASS (vantage_attendee_parent_class)->finalize (object);
}

static void
vantage_attendee_class_init (VantageAttendeeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_attendee_finalize;
}

static void
vantage_attendee_init (VantageAttendee *self)
{
  self->facts.acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->facts.reactions = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->facts.arrivals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->facts.stays = g_array_new (FALSE, FALSE, sizeof (VantageSpan));
  self->facts.recorded = g_array_new (FALSE, FALSE, sizeof (VantageSpan));
  self->facts.came_us = VANTAGE_TIME_NONE;
}

const VantageAttendeeFacts *
vantage_attendee_get_facts (VantageAttendee *self)
{
  return &self->facts;
}

char *
vantage_attendee_dup_spoken (VantageAttendee *self)
{
  const VantageAttendeeFacts *f = &self->facts;
  g_autoptr (GString) text = g_string_new (f->name);

  if (f->detail[0] != '\0')
    g_string_append_printf (text, ", %s", f->detail);
  g_string_append_printf (text, ", %s", f->part);
  if (f->how[0] != '\0')
    g_string_append_printf (text, ", %s", f->how);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
have_equal_bytes (GArray *a, GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 || memcmp (a->data, b->data, a->len * g_array_get_element_size (a)) == 0);
}

gboolean
vantage_attendee_equal (VantageAttendee *self, VantageAttendee *other)
{
  const VantageAttendeeFacts *a = &self->facts, *b = &other->facts;

  return strcmp (a->id, b->id) == 0 && strcmp (a->name, b->name) == 0 &&
         strcmp (a->detail, b->detail) == 0 && strcmp (a->part, b->part) == 0 &&
         strcmp (a->how, b->how) == 0 && a->colour == b->colour && a->idle == b->idle &&
         have_equal_bytes (a->acts, b->acts) && have_equal_bytes (a->reactions, b->reactions) &&
         have_equal_bytes (a->arrivals, b->arrivals) && have_equal_bytes (a->stays, b->stays) &&
         have_equal_bytes (a->recorded, b->recorded);
}

/* ---- from acts ---- */

/* What is counted for each person besides what is drawn. */
typedef struct
{
  guint n_named;   /* mentioned, assigned or paged by others */
  guint n_on_call; /* shifts of theirs that were on in the time that is shown */
  guint n_shifts;  /* … at another time */
  guint n_acts;    /* of any other sort, and the first of these */
} Tally;

typedef struct
{
  VantageSurvey *survey;
  VantageReviewContext *context;
  VantagePresenceFrame *frame;
  VantageAttendee **by_index; /* by index of the acts; lent; NULL: nobody to show */
  Tally *tallies;
  gint64 begin_us, end_us; /* of what happened in the frame */
} Work;

/* A shift without an end is where it begins. */
static void
take_shift (Work *work, const VantageAct *act)
{
  Tally *tally = &work->tallies[act->person];
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (vantage_survey_get_acts (work->survey), &n);
  gint64 end_us = MAX (items[act->item].end_us, act->time_us);

  if (act->time_us == VANTAGE_TIME_NONE || act->time_us > work->end_us || end_us < work->begin_us)
    {
      tally->n_shifts++;
      return;
    }
  tally->n_on_call++;
  tally->n_acts++;
}

static void
take_act (Work *work, const VantageAct *act)
{
  VantageAttendee *attendee = work->by_index[act->person];
  Tally *tally = &work->tallies[act->person];

  if (attendee == NULL)
    return;
  if (act->sort == VANTAGE_ACT_ON_SHIFT)
    {
      take_shift (work, act);
      return;
    }
  tally->n_acts++;
  switch (act->sort)
    {
    case VANTAGE_ACT_WROTE:
    case VANTAGE_ACT_DID:
    case VANTAGE_ACT_ACKED:
      if (act->time_us != VANTAGE_TIME_NONE)
        g_array_append_val (attendee->facts.acts, act->time_us);
      break;
    case VANTAGE_ACT_REACTED:
      if (act->time_us != VANTAGE_TIME_NONE)
        g_array_append_val (attendee->facts.reactions, act->time_us);
      break;
    case VANTAGE_ACT_MENTIONED:
    case VANTAGE_ACT_ASSIGNED:
    case VANTAGE_ACT_PAGED:
      tally->n_named++;
      break;
    case VANTAGE_ACT_JOINED:
    case VANTAGE_ACT_LEFT:
    case VANTAGE_ACT_ON_SHIFT:
    default:
      break;
    }
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const VantageSpan *x = a, *y = b;

  return x->begin_us < y->begin_us ? -1 : x->begin_us > y->begin_us;
}

/* Spans that meet become one. */
static void
unite (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const VantageSpan span = g_array_index (spans, VantageSpan, i);
      VantageSpan *last = n > 0 ? &g_array_index (spans, VantageSpan, n - 1) : NULL;

      if (last != NULL && span.begin_us <= last->end_us)
        last->end_us = MAX (last->end_us, span.end_us);
      else
        g_array_index (spans, VantageSpan, n++) = span;
    }
  g_array_set_size (spans, n);
}

static void
take_presence (VantageAttendeeFacts *facts, const VantageParticipant *participant)
{
  for (guint i = 0; i < participant->presence->len; i++)
    {
      const VantagePresence *p = &g_array_index (participant->presence, VantagePresence, i);
      const VantageSpan span = { p->begin_us, p->end_us };

      g_array_append_val (facts->stays, span);
      if (p->recorded)
        g_array_append_val (facts->recorded, span);
    }
  unite (facts->stays);
  unite (facts->recorded);
  for (guint i = 0; i < participant->joined->len; i++)
    g_array_append_val (facts->arrivals,
                        g_array_index (participant->joined, VantageJoined, i).time_us);
}

static gint64
find_first_within (GArray *times, VantagePresenceFrame *frame)
{
  for (guint i = 0; i < times->len; i++)
    if (vantage_presence_frame_contains (frame, g_array_index (times, gint64, i)))
      return g_array_index (times, gint64, i);
  return VANTAGE_TIME_MAX;
}

/* The first sign of somebody in the frame; VANTAGE_TIME_MAX: none. */
static gint64
find_sign (const VantageAttendeeFacts *facts, VantagePresenceFrame *frame)
{
  gint64 us = find_first_within (facts->acts, frame);

  us = MIN (us, find_first_within (facts->reactions, frame));
  return MIN (us, find_first_within (facts->arrivals, frame));
}

static void
find_coming (VantageAttendeeFacts *facts, const VantageParticipant *participant,
             VantagePresenceFrame *frame)
{
  gint64 us = find_sign (facts, frame);

  facts->outside = us == VANTAGE_TIME_MAX && !vantage_presence_frame_is_empty (frame);
  if (us == VANTAGE_TIME_MAX)
    us = facts->arrivals->len > 0 ? g_array_index (facts->arrivals, gint64, 0)
                                  : participant->first_us;
  facts->came_us = us;
}

/* ---- words ---- */

static const char *
get_part_word (const VantagePerson *person, VantagePart part)
{
  if (strcmp (person->sort, "automation") == 0)
    return C_ ("part", "automation");
  if (strcmp (person->sort, "system") == 0)
    return C_ ("part", "system");
  switch (part)
    {
    case VANTAGE_PART_PARTICIPANT:
      return C_ ("part", "acted");
    case VANTAGE_PART_OBSERVER:
      return C_ ("part", "watched");
    case VANTAGE_PART_ABSENT:
    default:
      return C_ ("part", "absent");
    }
}

static char *
dup_brought_in (const char *who, VantageJoinedHow how, const char *clock)
{
  switch (how)
    {
    case VANTAGE_JOINED_ADDED:
      /* translators: a name and a time of day */
      return g_strdup_printf (_ ("added by %s %s"), who, clock);
    case VANTAGE_JOINED_MENTIONED:
      /* translators: a name and a time of day */
      return g_strdup_printf (_ ("called on by %s, came %s"), who, clock);
    case VANTAGE_JOINED_PAGED:
      /* translators: a name and a time of day */
      return g_strdup_printf (_ ("paged by %s, came %s"), who, clock);
    case VANTAGE_JOINED_CALLED:
      /* translators: a name and a time of day */
      return g_strdup_printf (_ ("phoned by %s %s"), who, clock);
    case VANTAGE_JOINED_JOINED:
    case VANTAGE_JOINED_UNKNOWN:
    default:
      return NULL;
    }
}

static char *
dup_arrival (Work *work, const VantageJoined *joined)
{
  g_autofree char *clock = vantage_presence_frame_dup_clock (work->frame, joined->time_us);
  VantageActs *acts = vantage_survey_get_acts (work->survey);

  if (joined->by != VANTAGE_NOBODY)
    {
      const char *by = vantage_review_context_get_person_name (
          work->context, vantage_acts_get_person (acts, joined->by));
      char *text = dup_brought_in (by, joined->how, clock);

      if (text != NULL)
        return text;
    }
  switch (joined->how)
    {
    case VANTAGE_JOINED_JOINED:
      return g_strdup_printf (_ ("joined %s"), clock);
    case VANTAGE_JOINED_ADDED:
      return g_strdup_printf (_ ("added %s"), clock);
    case VANTAGE_JOINED_MENTIONED:
      return g_strdup_printf (_ ("joined %s, mentioned"), clock);
    case VANTAGE_JOINED_PAGED:
      return g_strdup_printf (_ ("paged, came %s"), clock);
    case VANTAGE_JOINED_CALLED:
      return g_strdup_printf (_ ("joined the call %s"), clock);
    case VANTAGE_JOINED_UNKNOWN:
    default:
      return g_strdup_printf (_ ("there from %s"), clock);
    }
}

static char *
dup_absence (const Tally *tally)
{
  guint n = tally->n_named;

  if (n == 0 && tally->n_on_call > 0)
    return g_strdup (_ ("on call, never there"));
  if (n == 0)
    return g_strdup (tally->n_shifts > 0 ? _ ("on call at another time") : _ ("not in the record"));
  if (tally->n_on_call > 0)
    return g_strdup_printf (
        ngettext ("on call, named once, never there", "on call, named %u times, never there", n),
        n);
  return g_strdup_printf (ngettext ("named once, never there", "named %u times, never there", n),
                          n);
}

/* How they came into the frame; NULL: it is not known. */
static char *
dup_coming (Work *work, const VantageAttendeeFacts *facts, const VantageParticipant *participant)
{
  g_autofree char *clock = NULL;

  for (guint i = 0; i < participant->joined->len; i++)
    {
      const VantageJoined *joined = &g_array_index (participant->joined, VantageJoined, i);

      if (joined->time_us == facts->came_us)
        return dup_arrival (work, joined);
    }
  if (facts->came_us == VANTAGE_TIME_NONE)
    return participant->presence->len > 0 ? g_strdup (_ ("there throughout")) : NULL;
  clock = vantage_presence_frame_dup_clock (work->frame, facts->came_us);
  return g_strdup_printf (_ ("there from %s"), clock);
}

static char *
dup_how (Work *work, const VantageAttendeeFacts *facts, const VantageParticipant *participant,
         const Tally *tally)
{
  g_autofree char *coming = NULL;
  g_autofree char *reactions = NULL;

  if (facts->role == VANTAGE_PART_ABSENT)
    return dup_absence (tally);
  coming = dup_coming (work, facts, participant);
  if (participant->n_items > 0)
    return coming != NULL ? g_steal_pointer (&coming) : g_strdup (_ ("no time recorded"));

  if (participant->n_reactions > 0)
    reactions =
        g_strdup_printf (ngettext ("one reaction", "%u reactions", participant->n_reactions),
                         participant->n_reactions);
  else
    reactions = g_strdup (_ ("wrote nothing"));
  if (coming == NULL)
    return g_steal_pointer (&reactions);
  /* translators: how somebody came, and what they did: "joined 02:45, wrote nothing" */
  return g_strdup_printf (_ ("%s, %s"), coming, reactions);
}

static char *
dup_detail (const VantagePerson *person)
{
  const char *role = person->role != NULL ? person->role : "";
  const char *team = person->team != NULL ? person->team : "";

  /* translators: role and team of a person: "Engineer on call · Payments" */
  return role[0] != '\0' && team[0] != '\0' ? g_strdup_printf (_ ("%s · %s"), role, team)
                                            : g_strdup (role[0] != '\0' ? role : team);
}

static char *
dup_accounts (const VantagePerson *person)
{
  GString *text = g_string_new (person->email);

  for (guint i = 0; i < person->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (person->identities, i);
      const char *const words[] = { identity->handle, identity->email, identity->name };

      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        if (words[w] != NULL)
          g_string_append_printf (text, " %s", words[w]);
    }
  return g_string_free (text, FALSE);
}

/* ---- all of them ---- */

static VantageAttendee *
new_attendee (Work *work, const VantagePerson *person)
{
  VantageAttendee *self = g_object_new (VANTAGE_TYPE_ATTENDEE, NULL);

  self->facts.id = g_strdup (person->id);
  self->facts.name = g_strdup (vantage_review_context_get_person_name (work->context, person->id));
  self->facts.machine =
      strcmp (person->sort, "automation") == 0 || strcmp (person->sort, "system") == 0;
  self->facts.colour = vantage_review_context_get_person_colour (work->context, person->id);
  return self;
}

static void
complete (Work *work, VantageAttendee *self, const VantagePerson *person, guint32 index)
{
  const VantageParticipant *participant = vantage_survey_get_participant (work->survey, person->id);
  VantageAttendeeFacts *facts = &self->facts;
  const Tally *tally = &work->tallies[index];

  facts->role = vantage_survey_get_part (work->survey, person->id);
  facts->part = g_strdup (get_part_word (person, facts->role));
  facts->detail = dup_detail (person);
  facts->accounts = dup_accounts (person);
  take_presence (facts, participant);
  find_coming (facts, participant, work->frame);
  facts->how = dup_how (work, facts, participant, tally);
  /* Whom somebody wrote down or said something about is no idle account. */
  facts->on_call = tally->n_on_call > 0 && tally->n_named == 0;
  facts->idle = tally->n_acts == 0 && person->identities->len > 0 && person->part == NULL &&
                person->label == NULL;
}

static int
get_place (const VantageAttendeeFacts *facts)
{
  if (facts->idle)
    return 4;
  if (facts->machine)
    return 3;
  if (facts->role == VANTAGE_PART_ABSENT)
    return 1;
  return facts->outside ? 2 : 0;
}

static int
compare_arrival (gconstpointer a, gconstpointer b)
{
  const VantageAttendeeFacts *x = &(*(VantageAttendee *const *) a)->facts;
  const VantageAttendeeFacts *y = &(*(VantageAttendee *const *) b)->facts;
  int order = get_place (x) - get_place (y);

  if (order != 0)
    return order;
  if (x->came_us != y->came_us)
    {
      if (x->came_us == VANTAGE_TIME_NONE || y->came_us == VANTAGE_TIME_NONE)
        return x->came_us == VANTAGE_TIME_NONE ? 1 : -1;
      return x->came_us < y->came_us ? -1 : 1;
    }
  order = g_utf8_collate (x->name, y->name);
  return order != 0 ? order : strcmp (x->id, y->id);
}

GPtrArray *
vantage_attendees_list (VantageSurvey *survey, VantageReviewContext *context,
                        VantagePresenceFrame *frame)
{
  GPtrArray *attendees = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *people = vantage_review_context_get_people (context);
  VantageActs *acts = vantage_survey_get_acts (survey);
  guint32 n_persons = vantage_acts_get_n_persons (acts), n_acts;
  const VantageAct *all = vantage_acts_get_acts (acts, &n_acts);
  g_autofree VantageAttendee **by_index = g_new0 (VantageAttendee *, n_persons + 1);
  g_autofree Tally *tallies = g_new0 (Tally, n_persons + 1);
  Work work = { survey, context, frame, by_index, tallies, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX };

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      guint32 index = vantage_acts_find_person (acts, person->id);

      if (index == VANTAGE_NOBODY)
        continue;
      by_index[index] = new_attendee (&work, person);
      g_ptr_array_add (attendees, by_index[index]);
    }
  vantage_acts_get_span (acts, &work.begin_us, &work.end_us);
  if (!vantage_presence_frame_is_empty (frame))
    {
      work.begin_us = MAX (work.begin_us, vantage_presence_frame_get_begin (frame));
      work.end_us = MIN (work.end_us, vantage_presence_frame_get_end (frame));
    }
  for (guint32 i = 0; i < n_acts; i++)
    take_act (&work, &all[i]);
  for (guint32 i = 0; i < n_persons; i++)
    if (by_index[i] != NULL)
      complete (&work, by_index[i],
                vantage_review_context_find_person (context, by_index[i]->facts.id), i);
  g_ptr_array_sort (attendees, compare_arrival);
  return attendees;
}

/* ---- counts in words ---- */

static void
append_part (GString *text, const char *part)
{
  /* translators: between counts: "6 acted · 4 watched" */
  g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("between counts", " · ") : "", part);
}

/* @part: (transfer full) */
static void
append_count (GString *text, guint n, char *part)
{
  g_autofree char *owned = part;

  if (n > 0)
    append_part (text, owned);
}

char *
vantage_attendees_dup_summary (GPtrArray *attendees, VantageReviewContext *context)
{
  guint counts[3] = { 0 }, n_on_call = 0, n_teams;
  g_autoptr (GHashTable) teams = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < attendees->len; i++)
    {
      const VantageAttendeeFacts *f = vantage_attendee_get_facts (g_ptr_array_index (attendees, i));
      const VantagePerson *person = vantage_review_context_find_person (context, f->id);

      if (f->machine || f->idle)
        continue;
      if (f->role == VANTAGE_PART_ABSENT && f->on_call)
        n_on_call++;
      else
        counts[f->role]++;
      if (f->role != VANTAGE_PART_ABSENT && person != NULL && person->team != NULL &&
          person->team[0] != '\0')
        g_hash_table_add (teams, person->team);
    }
  n_teams = g_hash_table_size (teams);
  for (guint part = 0; part < G_N_ELEMENTS (counts); part++)
    {
      guint n = counts[part];

      append_count (
          text, n,
          part == VANTAGE_PART_PARTICIPANT
              ? g_strdup_printf (ngettext ("%u acted", "%u acted", n), n)
          : part == VANTAGE_PART_OBSERVER
              ? g_strdup_printf (ngettext ("%u watched", "%u watched", n), n)
              : g_strdup_printf (ngettext ("%u named but absent", "%u named but absent", n), n));
    }
  append_count (
      text, n_on_call,
      g_strdup_printf (ngettext ("%u on call but absent", "%u on call but absent", n_on_call),
                       n_on_call));
  append_count (text, n_teams,
                g_strdup_printf (ngettext ("%u team", "%u teams", n_teams), n_teams));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
