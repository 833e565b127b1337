/* vantage-words-fields.c: names of kinds and of their fields, as labels. */

#include "config.h"

#include "vantage-words.h"

#include <string.h>

typedef struct
{
  const char
      *name; /* "kind" or "field", or "kind.field" where a field means something of its own */
  const char *label;
} Label;

static const Label kinds[] = {
  { "agenda", N_ ("Agenda item") },
  { "answer", N_ ("Answer") },
  { "attendance", N_ ("Attendance") },
  { "author", N_ ("Author") },
  { "block", N_ ("Paragraph") },
  { "bundle", N_ ("Shared evidence") },
  { "code", N_ ("Code") },
  { "colleague", N_ ("Colleague") },
  { "condition", N_ ("Condition") },
  { "consent", N_ ("Consent") },
  { "dismissal", N_ ("Set aside") },
  { "event", N_ ("Event") },
  { "experiment", N_ ("Experiment") },
  { "finding", N_ ("Finding") },
  { "group", N_ ("Group") },
  { "idea", N_ ("Idea") },
  { "impact", N_ ("Impact") },
  { "impact_point", N_ ("Impact point") },
  { "interview", N_ ("Interview") },
  { "link", N_ ("Link") },
  { "mark", N_ ("New to somebody") },
  { "meeting", N_ ("Meeting") },
  { "model", N_ ("How it works") },
  { "particulars", N_ ("Name and addresses") },
  { "passage", N_ ("Passage") },
  { "person", N_ ("Person") },
  { "readiness", N_ ("Readiness line") },
  { "reading_of", N_ ("Blind answer") },
  { "redaction", N_ ("Redaction") },
  { "remark", N_ ("Remark") },
  { "report", N_ ("Report") },
  { "response", N_ ("Response") },
  { "review", N_ ("Review") },
  { "source", N_ ("Source") },
  { "statement", N_ ("Statement about time") },
  { "tag", N_ ("Tag") },
  { "theme", N_ ("Theme") },
  { "view", N_ ("View") },
  { "wonder", N_ ("Wonder") },
};

static const Label fields[] = {
  { "about", N_ ("About") },
  { "account", N_ ("By the account of") },
  { "actors", N_ ("Who") },
  { "answer", N_ ("Answer") },
  { "audience", N_ ("Written for") },
  { "between", N_ ("Between") },
  { "body", N_ ("What was seen") },
  { "cites", N_ ("Evidence") },
  { "claim", N_ ("Kind of claim") },
  { "confidence", N_ ("Confidence") },
  { "depth", N_ ("Depth") },
  { "due", N_ ("Due") },
  { "email", N_ ("E-mail") },
  { "end", N_ ("Until") },
  { "event.title", N_ ("What happened") },
  { "events", N_ ("Events") },
  { "experiment.hypothesis", N_ ("We expect that") },
  { "experiment.probe", N_ ("What is tried") },
  { "experiment.signal", N_ ("What to look for") },
  { "experiment.stop_rule", N_ ("When to stop") },
  { "facilitator", N_ ("Facilitator") },
  { "from", N_ ("From") },
  { "group", N_ ("Group") },
  { "handles", N_ ("Handles") },
  { "helped", N_ ("What helped") },
  { "hypothesis", N_ ("We expect that") },
  { "into", N_ ("Same person as") },
  { "intake", N_ ("Is it worth it?") },
  { "investigator", N_ ("Investigator") },
  { "kind", N_ ("Kind") },
  { "kinds", N_ ("Kinds") },
  { "label", N_ ("Label") },
  { "max", N_ ("At most") },
  { "min", N_ ("At least") },
  { "name", N_ ("Name") },
  { "object", N_ ("The other event") },
  { "outcome", N_ ("Outcome") },
  { "owner", N_ ("Owner") },
  { "parent", N_ ("Inside") },
  { "part", N_ ("Part") },
  { "passages", N_ ("Passages") },
  { "person", N_ ("Person") },
  { "placed", N_ ("Placed at") },
  { "planned", N_ ("Planned for") },
  { "held", N_ ("Held on") },
  { "pos", N_ ("Place in the order") },
  { "probe", N_ ("What is tried") },
  { "purpose", N_ ("Purpose") },
  { "rel", N_ ("Relation") },
  { "result", N_ ("What came of it") },
  { "revisit", N_ ("Look again on") },
  { "role", N_ ("Role") },
  { "services", N_ ("Services") },
  { "shift", N_ ("Shifted by") },
  { "signal", N_ ("What to look for") },
  { "sort", N_ ("Sort") },
  { "stage", N_ ("Stage") },
  { "start", N_ ("When") },
  { "state", N_ ("State") },
  { "status", N_ ("Status") },
  { "stop_rule", N_ ("When to stop") },
  { "story_start", N_ ("Where the story begins") },
  { "story_why", N_ ("Why it begins there") },
  { "style", N_ ("Style") },
  { "subject", N_ ("The event") },
  { "summary", N_ ("What happened") },
  { "tags", N_ ("Tags") },
  { "team", N_ ("Team") },
  { "text", N_ ("Text") },
  { "themes", N_ ("Themes") },
  { "title", N_ ("Title") },
  { "to", N_ ("To") },
  { "tools", N_ ("Tools") },
  { "until", N_ ("Until") },
  { "value", N_ ("Value") },
  { "words", N_ ("Words") },
  { "zero", N_ ("Beginning") },
  { "zone", N_ ("Time zone") },
};

static const char *
find_label (const Label *labels, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (labels[i].name, name) == 0)
      return gettext (labels[i].label);
  return NULL;
}

const char *
vantage_words_kind (const char *kind)
{
  const char *label = find_label (kinds, G_N_ELEMENTS (kinds), kind);

  return label != NULL ? label : kind;
}

const char *
vantage_words_field (const char *kind, const char *field)
{
  g_autofree char *exact = g_strdup_printf ("%s.%s", kind != NULL ? kind : "", field);
  const char *label = find_label (fields, G_N_ELEMENTS (fields), exact);

  if (label == NULL)
    label = find_label (fields, G_N_ELEMENTS (fields), field);
  return label != NULL ? label : field;
}
