/* vantage-words-choices.c: the word for each choice value, one table a vocabulary. */

#include "config.h"

#include "vantage-words.h"

#include <string.h>

typedef struct
{
  const char *value;
  const char *word;
} Choice;

static const Choice stages[] = {
  { "intake", N_ ("Intake") },         { "assigned", N_ ("Assigned") },
  { "sources", N_ ("Sources") },       { "people", N_ ("People") },
  { "interviews", N_ ("Interviews") }, { "calibration", N_ ("Calibration") },
  { "meeting", N_ ("Meeting") },       { "report", N_ ("Report") },
  { "published", N_ ("Published") },   { "checkpoint", N_ ("Checkpoint") },
  { "closed", N_ ("Closed") },         { NULL, NULL },
};

static const Choice depths[] = {
  { "full", N_ ("Full review") },
  { "short", N_ ("Short review") },
  { "note", N_ ("A note only") },
  { NULL, NULL },
};

static const Choice review_kinds[] = {
  { "incident", N_ ("Incident") },       { "near-miss", N_ ("Near miss") },
  { "release", N_ ("Release") },         { "success", N_ ("Success") },
  { "exercise", N_ ("Exercise") },       { "surprise", N_ ("Surprise") },
  { "premortem", N_ ("Looking ahead") }, { NULL, NULL },
};

static const Choice event_kinds[] = {
  { "did", N_ ("Did") },
  { "said", N_ ("Said") },
  { "noticed", N_ ("Noticed") },
  { "knew", N_ ("Knew") },
  { "believed", N_ ("Believed") },
  { "expected", N_ ("Expected") },
  { "felt", N_ ("Felt") },
  { "decided", N_ ("Decided") },
  { "joined", N_ ("Joined") },
  { "left", N_ ("Left") },
  { "watched", N_ ("Watched") },
  { "asked", N_ ("Asked") },
  { "alert", N_ ("Alert") },
  { "changed", N_ ("Changed") },
  { "system", N_ ("System") },
  { "tool", N_ ("Used a tool") },
  { "theory", N_ ("Theory") },
  { "attention", N_ ("Attention") },
  { "call", N_ ("Call") },
  { "shift", N_ ("Shift") },
  { "silence", N_ ("Silence") },
  { "interplay", N_ ("Person and automation") },
  { "situation", N_ ("Situation") },
  { "other", N_ ("Something else") },
  { NULL, NULL },
};

static const Choice claims[] = {
  { "record", N_ ("Record") },
  { "recall", N_ ("Recall") },
  { "inference", N_ ("Inference") },
  { "judgement", N_ ("Judgement") },
  { "imagined", N_ ("Imagined") },
  { "unknown", N_ ("Unknown") },
  { NULL, NULL },
};

static const Choice link_kinds[] = {
  { "told", N_ ("told") },
  { "asked", N_ ("asked") },
  { "prompted", N_ ("prompted") },
  { "informed", N_ ("informed") },
  { "influenced", N_ ("influenced") },
  { "blocked", N_ ("blocked") },
  { "led-to", N_ ("led to") },
  { "expected", N_ ("expected") },
  { "surprised", N_ ("surprised") },
  { "assumed", N_ ("assumed") },
  { "contradicts", N_ ("contradicts") },
  { "same-moment", N_ ("same moment seen differently") },
  { "feedback", N_ ("feeds back into") },
  { "helped", N_ ("helped") },
  { "other", N_ ("belongs with") },
  { NULL, NULL },
};

static const Choice statement_rels[] = {
  { "at", N_ ("at") },         { "between", N_ ("between") },
  { "before", N_ ("before") }, { "after", N_ ("after") },
  { "during", N_ ("during") }, { "same", N_ ("at the same moment as") },
  { "lasts", N_ ("lasted") },  { NULL, NULL },
};

static const Choice confidences[] = {
  { "certain", N_ ("Certain") },
  { "likely", N_ ("Likely") },
  { "unsure", N_ ("Unsure") },
  { NULL, NULL },
};

static const Choice finding_kinds[] = {
  { "practice-gap", N_ ("Work as written and work as done") },
  { "few-know", N_ ("Known by few") },
  { "coordination", N_ ("Coordination") },
  { "ownership", N_ ("Ownership") },
  { "training", N_ ("Training") },
  { "staffing", N_ ("Staffing") },
  { "incentives", N_ ("Incentives") },
  { "blind-spot", N_ ("Could not be seen") },
  { "response-plan", N_ ("Response") },
  { "automation", N_ ("Automation") },
  { "went-well", N_ ("What held") },
  { NULL, NULL },
};

static const Choice parts[] = {
  { "participant", N_ ("Acted") },
  { "observer", N_ ("Watched") },
  { "absent", N_ ("Absent") },
  { NULL, NULL },
};

static const Choice person_sorts[] = {
  { "human", N_ ("Person") },  { "automation", N_ ("Automation") }, { "system", N_ ("System") },
  { "vendor", N_ ("Vendor") }, { "group", N_ ("Group") },           { NULL, NULL },
};

static const Choice intake[] = {
  { "teams", N_ ("Did more than two teams take part?") },
  { "new-teams", N_ ("Did teams meet that had not worked together before?") },
  { "trivial", N_ ("Was something involved that everybody takes for trivial?") },
  { "near-miss", N_ ("Was it close, but nothing happened?") },
  { "big-day", N_ ("Was it an unusual day: a launch, a holiday, another incident?") },
  { "new-service", N_ ("Was a service new, or two services new to each other?") },
  { "crowd", N_ ("Did more people come than usual?") },
  { "surprise", N_ ("Was somebody surprised who knows the system well?") },
  { "thought-fixed", N_ ("Was it thought to be fixed already?") },
  { NULL, NULL },
};

static const Choice item_kinds[] = {
  { "message", N_ ("Message") },
  { "edit", N_ ("Edit") },
  { "delete", N_ ("Deletion") },
  { "join", N_ ("Joined") },
  { "leave", N_ ("Left") },
  { "topic", N_ ("Topic") },
  { "reaction", N_ ("Reaction") },
  { "file", N_ ("File") },
  { "ticket", N_ ("Ticket") },
  { "comment", N_ ("Comment") },
  { "status", N_ ("Status") },
  { "assignment", N_ ("Assignment") },
  { "field", N_ ("Field changed") },
  { "link", N_ ("Link") },
  { "alert", N_ ("Alert") },
  { "acknowledge", N_ ("Acknowledged") },
  { "resolve", N_ ("Resolved") },
  { "page", N_ ("Page") },
  { "shift", N_ ("On call") },
  { "commit", N_ ("Commit") },
  { "deploy", N_ ("Deploy") },
  { "call", N_ ("Call") },
  { "utterance", N_ ("Spoken") },
  { "other", N_ ("Other") },
  { NULL, NULL },
};

static const Choice marks[] = {
  { "quote", N_ ("Quote") },
  { "surprise", N_ ("Surprise") },
  { "theory", N_ ("Theory") },
  { "how-it-works", N_ ("How it works") },
  { "wonder", N_ ("Wonder") },
  { "follow-up", N_ ("Follow up") },
  { "feeling", N_ ("Feeling") },
  { "time", N_ ("Time") },
  { NULL, NULL },
};

static const Choice lines[] = {
  { "question", N_ ("Question") },
  { "answer", N_ ("Answer") },
  { "observation", N_ ("Observation") },
  { NULL, NULL },
};

static const Choice forms[] = {
  { "name", N_ ("With their name") },
  { "role", N_ ("By their role") },
  { "pseudonym", N_ ("Under another name") },
  { "paraphrase", N_ ("In other words") },
  { NULL, NULL },
};

static const Choice phases[] = {
  { "open", N_ ("Open and hand over control") },
  { "reinstate", N_ ("Put the moment back") },
  { "recall", N_ ("Free account") },
  { "timeline", N_ ("Lay it out together") },
  { "deepen", N_ ("Go back into the pivotal moments") },
  { "vary", N_ ("Come at it another way") },
  { "explore", N_ ("Expertise and what-ifs") },
  { "context", N_ ("Work around the event") },
  { "strengths", N_ ("What held") },
  { "close", N_ ("Close and give back") },
  { NULL, NULL },
};

static const Choice conditions[] = {
  { "tenure", N_ ("Here for") },
  { "owned_for", N_ ("Has owned it for") },
  { "awake_since", N_ ("Awake since") },
  { "slept", N_ ("Slept") },
  { "on_call_since", N_ ("On call since") },
  { "pages", N_ ("Pages") },
  { "familiarity", N_ ("Familiar with it") },
  { "confidence", N_ ("Confidence") },
  { "language", N_ ("Language") },
  { "distance", N_ ("Distance") },
  { "equipment", N_ ("Equipment") },
  { NULL, NULL },
};

static const Choice joined[] = {
  { "joined", N_ ("joined") },
  { "added", N_ ("was added") },
  { "mentioned", N_ ("was mentioned") },
  { "paged", N_ ("was paged") },
  { "called", N_ ("was called") },
  { "unknown", N_ ("was there") },
  { NULL, NULL },
};

static const Choice outcomes[] = {
  { "open", N_ ("Open") },
  { "keep", N_ ("Keep") },
  { "adapt", N_ ("Adapt") },
  { "stop", N_ ("Stop") },
  { "found-more", N_ ("Found more") },
  { NULL, NULL },
};

static const Choice interview_states[] = {
  { "proposed", N_ ("Proposed") },
  { "invited", N_ ("Invited") },
  { "planned", N_ ("Planned") },
  { "held", N_ ("Held") },
  { "declined", N_ ("Declined") },
  { "not-needed", N_ ("Not needed") },
  { NULL, NULL },
};

static const Choice candidates[] = {
  { "first-to-act", N_ ("first to act") },
  { "joined-late", N_ ("joined late") },
  { "only-watched", N_ ("watched and wrote nothing") },
  { "asked-unanswered", N_ ("asked and was not answered") },
  { "handed-over", N_ ("handed over, or took over") },
  { "new-to-team", N_ ("new to the team") },
  { "surprised", N_ ("was surprised") },
  { "contradicts-record", N_ ("remembers it differently from the record") },
  { "absent-but-affected", N_ ("named or on call, but was not there") },
  { "chosen", N_ ("chosen by somebody") },
  { NULL, NULL },
};

static const Choice channel_sorts[] = {
  { "chat", N_ ("Chat") },       { "direct", N_ ("Direct messages") },
  { "tickets", N_ ("Tickets") }, { "call", N_ ("Calls") },
  { "alerts", N_ ("Alerts") },   { "rota", N_ ("On-call rota") },
  { "other", N_ ("Other") },     { NULL, NULL },
};

/* Why somebody is not the one to investigate. */
static const Choice why_nots[] = {
  { "took-part", N_ ("Took part in it") },
  { "watched", N_ ("Was there and watched") },
  { "team-involved", N_ ("Somebody of their team took part") },
  { "not-chosen", N_ ("Is marked as somebody who does not investigate") },
  { NULL, NULL },
};

/* Why a moment is worth asking about. */
static const Choice cues[] = {
  { "first-act", N_ ("The first thing they did") },
  { "brought-in", N_ ("Was brought in, and came") },
  { "acknowledged", N_ ("Acknowledged an alert") },
  { "handed-over", N_ ("Handed something over") },
  { "unanswered", N_ ("Asked, and nobody answered") },
  { "asked", N_ ("Asked something") },
  { "was-asked", N_ ("Was asked something") },
  { "after-quiet", N_ ("Wrote after a long silence") },
  { "before-turn", N_ ("The last thing before much more went on") },
  { "last-act", N_ ("The last thing they did") },
  { NULL, NULL },
};

/* What to ask about such a moment. Words in braces are filled in and stay as they are. */
static const Choice cue_questions[] = {
  { "first-act", N_ ("At {time} you wrote “{message}” in {channel}. Take me to the minutes before "
                     "it: how did you come into this?") },
  { "brought-in", N_ ("At {time} you were brought in. What were you told, and what did you take it "
                      "to be about?") },
  { "acknowledged", N_ ("At {time} you acknowledged “{message}”. What did it tell you, and what "
                        "did you look at next?") },
  { "handed-over", N_ ("At {time} you handed over with “{message}”. What did you want the other to "
                       "know?") },
  { "unanswered",
    N_ ("At {time} you asked “{message}” in {channel}. What did you expect to happen, "
        "and what did you do in the meantime?") },
  { "asked", N_ ("At {time} you asked “{message}”. What did you need to know, and what would the "
                 "answer have changed?") },
  { "was-asked", N_ ("At {time} you were asked “{message}”. What did you make of it when you saw "
                     "it?") },
  { "after-quiet", N_ ("It had been quiet for a while. At {time} you wrote “{message}”. What went "
                       "on in between?") },
  { "before-turn", N_ ("At {time} you wrote “{message}”; soon after, much was going on. What did "
                       "you see at that moment?") },
  { "last-act",
    N_ ("The last thing of yours is “{message}” at {time}. What told you that you could "
        "stop, and what did you leave open?") },
  { NULL, NULL },
};

static const struct
{
  const char *name;
  const Choice *choices;
} vocabularies[] = {
  { "stage", stages },
  { "depth", depths },
  { "review-kind", review_kinds },
  { "event-kind", event_kinds },
  { "claim", claims },
  { "link-kind", link_kinds },
  { "statement-rel", statement_rels },
  { "confidence", confidences },
  { "finding-kind", finding_kinds },
  { "part", parts },
  { "person-sort", person_sorts },
  { "intake", intake },
  { "item-kind", item_kinds },
  { "mark", marks },
  { "line", lines },
  { "form", forms },
  { "phase", phases },
  { "condition", conditions },
  { "joined", joined },
  { "experiment-outcome", outcomes },
  { "interview-state", interview_states },
  { "candidate", candidates },
  { "channel-sort", channel_sorts },
  { "cue", cues },
  { "cue-question", cue_questions },
  { "why-not", why_nots },
};

static const Choice *
find_vocabulary (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    if (strcmp (vocabularies[i].name, name) == 0)
      return vocabularies[i].choices;
  return NULL;
}

const char *
vantage_words_choice (const char *vocabulary, const char *value)
{
  const Choice *choice = find_vocabulary (vocabulary);

  g_return_val_if_fail (choice != NULL, value);

  if (value == NULL)
    return "";
  for (; choice->value != NULL; choice++)
    if (strcmp (choice->value, value) == 0)
      return gettext (choice->word);
  return value;
}

const char *const *
vantage_words_list_choices (const char *vocabulary)
{
  static const char **lists[G_N_ELEMENTS (vocabularies)];
  const Choice *choices = find_vocabulary (vocabulary);
  g_autoptr (GPtrArray) list = NULL;
  gsize at = 0;

  if (choices == NULL)
    return NULL;

  while (vocabularies[at].choices != choices)
    at++;
  if (g_once_init_enter (&lists[at]))
    {
      list = g_ptr_array_new ();
      for (; choices->value != NULL; choices++)
        g_ptr_array_add (list, (gpointer) choices->value);
      g_ptr_array_add (list, NULL);
      g_once_init_leave (&lists[at], (const char **) g_ptr_array_steal (list, NULL));
    }
  return lists[at];
}
