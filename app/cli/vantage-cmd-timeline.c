/* vantage-cmd-timeline.c: events, links, statements about time, windows, vantage points. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-evidence.h"
#include "vantage-words.h"

#include <string.h>

/* ---- events ---- */

typedef struct
{
  char *title, *kind, *account;
  char **actors, **items;
  char *at, *from, *until, *earliest, *latest;
  double plus_minus;
} EventFlags;

static void
clear_flags (EventFlags *flags)
{
  g_free (flags->title);
  g_free (flags->kind);
  g_free (flags->account);
  g_strfreev (flags->actors);
  g_strfreev (flags->items);
  g_free (flags->at);
  g_free (flags->from);
  g_free (flags->until);
  g_free (flags->earliest);
  g_free (flags->latest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EventFlags, clear_flags)

static gboolean
set_at (VantageCli *cli, VantageEdit *edit, const char *review, const char *id, const char *field,
        const char *text, double plus_minus)
{
  VantageWhen when = { .sort = VANTAGE_WHEN_AT };

  if (!vantage_cli_parse_time (cli, review, text, &when.at_us))
    return FALSE;
  when.plus_minus_us = (gint64) (plus_minus * G_USEC_PER_SEC);
  vantage_edit_set_when (edit, "event", id, field, &when);
  return TRUE;
}

/* The time given by the flags; without any it stays unknown: what an event rests on is not when it
 * was. */
static gboolean
set_time (VantageCli *cli, VantageEdit *edit, const char *review, const char *id,
          const EventFlags *flags)
{
  VantageWhen when = { .sort = VANTAGE_WHEN_BETWEEN };

  if (flags->at != NULL)
    return set_at (cli, edit, review, id, "start", flags->at, flags->plus_minus);
  if (flags->from != NULL)
    return set_at (cli, edit, review, id, "start", flags->from, 0) &&
           (flags->until == NULL || set_at (cli, edit, review, id, "end", flags->until, 0));
  if (flags->earliest != NULL && flags->latest != NULL)
    {
      if (!vantage_cli_parse_time (cli, review, flags->earliest, &when.at_us) ||
          !vantage_cli_parse_time (cli, review, flags->latest, &when.until_us))
        return FALSE;
      vantage_edit_set_when (edit, "event", id, "start", &when);
    }
  return TRUE;
}

static gboolean
set_people (VantageCli *cli, VantageEdit *edit, const char *review, const char *id,
            const EventFlags *flags)
{
  for (char **actor = flags->actors; actor != NULL && *actor != NULL; actor++)
    {
      g_autoptr (VantagePerson) person = vantage_cli_find_person (cli, review, *actor);

      if (person == NULL)
        return FALSE;
      vantage_edit_set_member (edit, "event", id, "actors", person->id, TRUE);
    }
  if (flags->account != NULL)
    {
      g_autoptr (VantagePerson) person = vantage_cli_find_person (cli, review, flags->account);

      if (person == NULL)
        return FALSE;
      vantage_edit_set_ref (edit, "event", id, "account", person->id);
    }
  return TRUE;
}

static gboolean
cite_items (VantageCli *cli, VantageEdit *edit, const char *review, const char *id, char **items)
{
  for (char **item = items; item != NULL && *item != NULL; item++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VantageItem) found =
          vantage_library_get_item (cli->library, review, *item, &error);
      g_autofree char *version = found != NULL ? vantage_item_version (found) : NULL;

      if (found == NULL)
        {
          if (error == NULL)
            g_set_error (&error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                         _ ("no item of this review has the id “%s”"), *item);
          vantage_cli_fail (error);
          return FALSE;
        }
      vantage_edit_cite (edit, "event", id, *item, -1, -1, NULL, version);
    }
  return TRUE;
}

static VantageExit
add_event (VantageCli *cli, const char *review, const EventFlags *flags)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (cli->library, review, _ ("Add Event"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "event"));

  vantage_edit_set_text (edit, "event", id, "title", flags->title);
  vantage_edit_set_text (edit, "event", id, "kind", flags->kind != NULL ? flags->kind : "did");
  vantage_edit_set_text (edit, "event", id, "claim",
                         flags->account != NULL ? "recall"
                         : flags->items != NULL ? "record"
                                                : "unknown");
  if (!set_people (cli, edit, review, id, flags) ||
      !cite_items (cli, edit, review, id, flags->items) || !set_time (cli, edit, review, id, flags))
    return VANTAGE_EXIT_FAILED;
  return vantage_cli_commit (cli, edit, id);
}

static VantageExit
run_event_add (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (EventFlags) flags = { 0 };
  g_autofree char *review = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &flags.title, NULL, NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &flags.kind, NULL, NULL },
    { "actor", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.actors, NULL, NULL },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.items, NULL, NULL },
    { "account", 0, 0, G_OPTION_ARG_STRING, &flags.account, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &flags.at, NULL, NULL },
    { "plus-minus", 0, 0, G_OPTION_ARG_DOUBLE, &flags.plus_minus, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &flags.from, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &flags.until, NULL, NULL },
    { "earliest", 0, 0, G_OPTION_ARG_STRING, &flags.earliest, NULL, NULL },
    { "latest", 0, 0, G_OPTION_ARG_STRING, &flags.latest, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (flags.title == NULL)
    return vantage_cli_usage (command, _ ("An event needs a --title."));
  if ((flags.earliest == NULL) != (flags.latest == NULL))
    return vantage_cli_usage (command, _ ("--earliest and --latest go together."));
  if (flags.from != NULL && flags.until == NULL)
    return vantage_cli_usage (command, _ ("--from and --until go together."));
  if (flags.plus_minus < 0)
    return vantage_cli_usage (command, _ ("--plus-minus is a number of seconds from 0."));
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? add_event (cli, review, &flags) : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_event_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) event = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  event = review != NULL ? vantage_cli_find_entity (cli, review, "event", argv[2]) : NULL;
  if (event == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Change Event"));
  if (!vantage_cli_assign (cli, edit, review, "event", vantage_entity_get_id (event), argv + 3,
                           &error) ||
      !vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, vantage_entity_get_id (event));
}

static VantageExit
run_event_delete (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) event = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  event = review != NULL ? vantage_cli_find_entity (cli, review, "event", argv[2]) : NULL;
  if (event == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Delete Event"));
  vantage_edit_delete (edit, "event", vantage_entity_get_id (event));
  return vantage_cli_commit (cli, edit, vantage_entity_get_id (event));
}

/* Where its own authority puts it, for a row. (transfer full) */
static char *
show_start (VantageCli *cli, const char *review, VantageEntity *event, VantageZone *zone)
{
  VantageWhen when;
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  vantage_entity_get_when (event, "start", &when);
  if (when.sort == VANTAGE_WHEN_ITEM)
    {
      item = vantage_library_get_item (cli->library, review, when.item, NULL);
      if (item != NULL && item->time_us != VANTAGE_TIME_NONE)
        return vantage_zone_format (zone, item->time_us, VANTAGE_SHOW_FULL);
    }
  if (when.sort != VANTAGE_WHEN_AT && when.sort != VANTAGE_WHEN_BETWEEN)
    return g_strdup (_ ("(no time)"));
  first = vantage_zone_format (zone, when.at_us, VANTAGE_SHOW_FULL);
  if (when.sort == VANTAGE_WHEN_BETWEEN)
    {
      second = vantage_zone_format (zone, when.until_us, VANTAGE_SHOW_FULL);
      return g_strdup_printf ("%s – %s", first, second);
    }
  if (when.plus_minus_us <= 0)
    return g_steal_pointer (&first);
  second = vantage_words_duration (when.plus_minus_us);
  return g_strdup_printf ("%s ± %s", first, second);
}

static VantageExit
print_events (VantageCli *cli, const char *review, GPtrArray *events, GPtrArray *links)
{
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  g_autoptr (VantageTable) rows = vantage_table_new (4);
  g_autoptr (VantageTable) arrows = vantage_table_new (4);

  for (guint i = 0; i < events->len; i++)
    {
      VantageEntity *event = g_ptr_array_index (events, i);
      g_autofree char *start = show_start (cli, review, event, zone);

      vantage_table_add (
          rows, vantage_entity_get_id (event), start,
          vantage_words_choice ("event-kind", vantage_entity_get_text (event, "kind")),
          vantage_entity_get_title (event));
    }
  for (guint i = 0; i < links->len; i++)
    {
      VantageEntity *link = g_ptr_array_index (links, i);

      vantage_table_add (arrows, vantage_entity_get_id (link),
                         vantage_entity_get_ref (link, "from"),
                         vantage_words_choice ("link-kind", vantage_entity_get_text (link, "kind")),
                         vantage_entity_get_ref (link, "to"));
    }
  vantage_table_print (rows);
  if (links->len > 0)
    g_print ("\n");
  vantage_table_print (arrows);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_events (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  events = vantage_library_list (cli->library, review, "event", &error);
  links = events != NULL ? vantage_library_list (cli->library, review, "link", &error) : NULL;
  if (links == NULL)
    return vantage_cli_fail (error);
  if (!cli->json)
    return print_events (cli, review, events, links);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_entities (cli, builder, "events", events);
  vantage_cli_add_entities (cli, builder, "links", links);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

static VantageExit
run_link (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantageEntity) from = NULL;
  g_autoptr (VantageEntity) to = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 4, 4))
    return VANTAGE_EXIT_USAGE;
  if (!g_strv_contains (vantage_link_kinds, argv[3]))
    {
      g_autofree char *kinds = g_strjoinv (", ", (char **) vantage_link_kinds);

      return vantage_cli_usage (command, _ ("“%s” is no kind of link. There are: %s."), argv[3],
                                kinds);
    }
  review = vantage_cli_find_review (cli, argv[1]);
  from = review != NULL ? vantage_cli_find_entity (cli, review, "event", argv[2]) : NULL;
  to = from != NULL ? vantage_cli_find_entity (cli, review, "event", argv[4]) : NULL;
  if (to == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Link Events"));
  id = g_strdup (vantage_edit_create (edit, "link"));
  vantage_edit_set_ref (edit, "link", id, "from", vantage_entity_get_id (from));
  vantage_edit_set_ref (edit, "link", id, "to", vantage_entity_get_id (to));
  vantage_edit_set_text (edit, "link", id, "kind", argv[3]);
  return vantage_cli_commit (cli, edit, id);
}

/* ---- statements about time ---- */

typedef struct
{
  char *by, *account, *passage, *earliest, *latest;
  double plus_minus;
} ConstrainFlags;

static void
clear_constrain (ConstrainFlags *flags)
{
  g_free (flags->by);
  g_free (flags->account);
  g_free (flags->passage);
  g_free (flags->earliest);
  g_free (flags->latest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConstrainFlags, clear_constrain)

/* One number of "MIN..MAX" in seconds. FALSE when it is none. */
static gboolean
read_seconds (const char *text, gint64 *out_us)
{
  char *end = NULL;
  double seconds = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || seconds < 0 || seconds > 1e11)
    return FALSE;
  *out_us = (gint64) (seconds * G_USEC_PER_SEC + 0.5);
  return TRUE;
}

static gboolean
set_range (VantageEdit *edit, const char *id, const char *by)
{
  g_auto (GStrv) ends = g_strsplit (by, "..", 2);
  gint64 us;

  if (g_strv_length (ends) != 2)
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      if (*ends[i] == '\0')
        continue;
      if (!read_seconds (ends[i], &us))
        return FALSE;
      vantage_edit_set (edit, "statement", id, i == 0 ? "min" : "max",
                        vantage_value_new_duration (us));
    }
  return TRUE;
}

static gboolean
set_value (VantageCli *cli, VantageEdit *edit, const char *review, const char *id,
           const ConstrainFlags *flags, const char *at)
{
  VantageWhen when = { .sort = at != NULL ? VANTAGE_WHEN_AT : VANTAGE_WHEN_BETWEEN };

  if (at != NULL)
    {
      when.plus_minus_us = (gint64) (flags->plus_minus * G_USEC_PER_SEC);
      if (!vantage_cli_parse_time (cli, review, at, &when.at_us))
        return FALSE;
    }
  else if (!vantage_cli_parse_time (cli, review, flags->earliest, &when.at_us) ||
           !vantage_cli_parse_time (cli, review, flags->latest, &when.until_us))
    return FALSE;
  vantage_edit_set_when (edit, "statement", id, "value", &when);
  return TRUE;
}

static gboolean
set_authority (VantageCli *cli, VantageEdit *edit, const char *review, const char *id,
               const ConstrainFlags *flags)
{
  if (flags->account != NULL)
    {
      g_autoptr (VantagePerson) person = vantage_cli_find_person (cli, review, flags->account);

      if (person == NULL)
        return FALSE;
      vantage_edit_set_ref (edit, "statement", id, "account", person->id);
    }
  if (flags->passage != NULL)
    vantage_edit_set_ref (edit, "statement", id, "passage", flags->passage);
  return TRUE;
}

/* REL with its other event, time or range, as the arguments give them. */
static VantageExit
fill_statement (VantageCli *cli, const VantageCommand *command, VantageEdit *edit,
                const char *review, const char *id, const ConstrainFlags *flags, int argc,
                char **argv)
{
  const char *rel = argv[3];
  gboolean between = strcmp (rel, "between") == 0;
  gboolean at = strcmp (rel, "at") == 0;
  gboolean lasts = strcmp (rel, "lasts") == 0;

  if (between && (flags->earliest == NULL || flags->latest == NULL))
    return vantage_cli_usage (command, _ ("“between” needs --earliest and --latest."));
  if (lasts && flags->by == NULL)
    return vantage_cli_usage (command, _ ("“lasts” needs --by MIN..MAX."));
  if (!between && !lasts && argc < 5)
    return vantage_cli_usage (command, _ ("“%s” needs something after it."), rel);

  vantage_edit_set_text (edit, "statement", id, "rel", rel);
  if (!between && !lasts && !at)
    {
      g_autoptr (VantageEntity) other = vantage_cli_find_entity (cli, review, "event", argv[4]);

      if (other == NULL)
        return VANTAGE_EXIT_FAILED;
      vantage_edit_set_ref (edit, "statement", id, "object", vantage_entity_get_id (other));
    }
  if ((at || between) && !set_value (cli, edit, review, id, flags, at ? argv[4] : NULL))
    return VANTAGE_EXIT_FAILED;
  if (flags->by != NULL && !set_range (edit, id, flags->by))
    return vantage_cli_usage (command, _ ("“%s” is not MIN..MAX in seconds."), flags->by);
  if (strcmp (rel, "same") == 0)
    vantage_edit_set (edit, "statement", id, "max",
                      vantage_value_new_duration ((gint64) (flags->plus_minus * G_USEC_PER_SEC)));
  return set_authority (cli, edit, review, id, flags) ? VANTAGE_EXIT_DONE : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_constrain (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (ConstrainFlags) flags = { 0 };
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantageEntity) subject = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  VantageExit status;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &flags.by, NULL, NULL },
    { "account", 0, 0, G_OPTION_ARG_STRING, &flags.account, NULL, NULL },
    { "passage", 0, 0, G_OPTION_ARG_STRING, &flags.passage, NULL, NULL },
    { "earliest", 0, 0, G_OPTION_ARG_STRING, &flags.earliest, NULL, NULL },
    { "latest", 0, 0, G_OPTION_ARG_STRING, &flags.latest, NULL, NULL },
    { "plus-minus", 0, 0, G_OPTION_ARG_DOUBLE, &flags.plus_minus, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 3, 4))
    return VANTAGE_EXIT_USAGE;
  if (!g_strv_contains (vantage_statement_rels, argv[3]))
    return vantage_cli_usage (
        command, _ ("“%s” is none of before, after, during, same, lasts, between, at."), argv[3]);
  review = vantage_cli_find_review (cli, argv[1]);
  subject = review != NULL ? vantage_cli_find_entity (cli, review, "event", argv[2]) : NULL;
  if (subject == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Say When"));
  id = g_strdup (vantage_edit_create (edit, "statement"));
  vantage_edit_set_ref (edit, "statement", id, "subject", vantage_entity_get_id (subject));
  status = fill_statement (cli, command, edit, review, id, &flags, argc, argv);
  if (status != VANTAGE_EXIT_DONE)
    return status;
  return vantage_cli_commit (cli, edit, id);
}

const VantageCommand vantage_commands_timeline[] = {
  { "event add",
    "REVIEW --title TEXT [--kind KIND] [--actor PERSON]… [--item ITEM]… [--account PERSON] [--at "
    "TIME "
    "[--plus-minus SECONDS]] | [--from TIME --until TIME] | [--earliest TIME --latest TIME]",
    N_ ("put an event on the timeline"), run_event_add },
  { "event set", "REVIEW EVENT KEY=VALUE…", N_ ("change an event"), run_event_set },
  { "event delete", "REVIEW EVENT", N_ ("put an event into the bin"), run_event_delete },
  { "events", "REVIEW", N_ ("all events and links"), run_events },
  { "link", "REVIEW EVENT KIND EVENT", N_ ("draw an arrow between two events"), run_link },
  { "constrain",
    "REVIEW EVENT before|after|during|same|lasts|between|at [EVENT|TIME] [--by MIN..MAX] "
    "[--plus-minus "
    "SECONDS] [--earliest TIME --latest TIME] [--account PERSON] [--passage ID]",
    N_ ("say one more thing about when"), run_constrain },
  { "times", "REVIEW", N_ ("when each event can have happened; what cannot all be true"),
    vantage_cli_run_times },
  { "vantage-point", "REVIEW PERSON TIME", N_ ("what somebody knew at a moment"),
    vantage_cli_run_vantage_point },
  { NULL, NULL, NULL, NULL },
};
