/* vantage-shortcuts.c: THE table of commands and their keys, and what is made from it. */

#include "config.h"

#include "vantage-shortcuts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-sections.h"

#define GENERAL N_ ("General")
#define EDITING N_ ("Editing")
#define GOING N_ ("Going Places")

/* clang-format off */
const VantageShortcut vantage_shortcuts[] = {
  /* everywhere */
  { "win.new-review", "<Ctrl>n", N_ ("New Review"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.import", "<Ctrl>o", N_ ("Import…"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.saved", "<Ctrl>s", N_ ("Is Everything Saved?"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.new-window", "<Ctrl><Shift>n", N_ ("Open in New Window"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.preferences", "<Ctrl>comma", N_ ("Preferences"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.shortcuts", "<Ctrl>question", N_ ("Keyboard Shortcuts"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.menu", "F10", N_ ("Main Menu"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.focus-mode", "F11", N_ ("Focus Mode"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.connect", NULL, N_ ("Connect to Server…"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.conflicts", NULL, N_ ("Changed by Two People at Once…"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.sample", NULL, N_ ("Open the Sample Review"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.renew-sample", NULL, N_ ("Start the Sample Anew"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.about", NULL, N_ ("About Vantage"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "win.close", "<Ctrl>w", N_ ("Close Window"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },
  { "app.quit", "<Ctrl>q", N_ ("Quit"), GENERAL, NULL, VANTAGE_KEY_ALWAYS },

  { "win.undo", "<Ctrl>z", N_ ("Undo"), EDITING, NULL, VANTAGE_KEY_FREE },
  { "win.redo", "<Ctrl><Shift>z", N_ ("Redo"), EDITING, NULL, VANTAGE_KEY_FREE },
  { "win.find", "<Ctrl>f", N_ ("Find Here"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.delete-review", NULL, N_ ("Delete Review"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.escape", "Escape", N_ ("Leave Mode, Close Pane"), EDITING, NULL, VANTAGE_KEY_FREE },

  { "win.go-to", "<Ctrl>k", N_ ("Go to Anything…"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.search-all", "<Ctrl><Shift>f", N_ ("Search All Reviews…"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.back", "<Alt>Left", N_ ("Back to All Reviews"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.sections", "F9", N_ ("List of Sections"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.evidence", "F12", N_ ("Evidence"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.next-pane", "F6", N_ ("Next Pane"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "win.previous-pane", "<Shift>F6", N_ ("Previous Pane"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "evidence.open", NULL, N_ ("Open in Sources"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "evidence.pin", "<Ctrl><Shift>p", N_ ("Pin Evidence"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "evidence.copy", NULL, N_ ("Copy Text"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "evidence.original", NULL, N_ ("Show Original Record"), GOING, NULL, VANTAGE_KEY_ALWAYS },
  { "evidence.redact", NULL, N_ ("Redact…"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "redact.chosen", NULL, N_ ("Hide What Is Selected"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "redact.whole", NULL, N_ ("Hide All of It"), EDITING, NULL, VANTAGE_KEY_ALWAYS },
  { "redact.show-again", NULL, N_ ("Show Again"), EDITING, NULL, VANTAGE_KEY_ALWAYS },

  /* the import window */
  { "import.files", NULL, N_ ("Choose Files…"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.folder", NULL, N_ ("Choose a Folder…"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.paste", NULL, N_ ("Paste from Clipboard"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.cancel", NULL, N_ ("Cancel"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.back", NULL, N_ ("Choose Something Else"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.keep", NULL, N_ ("Import"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.as-file", NULL, N_ ("Keep It as a File"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.take-direct", NULL, N_ ("Take Direct Messages"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.skip", NULL, N_ ("Go On With the Next"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.go::people", NULL, N_ ("See Who Was There"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },
  { "import.go::sources", NULL, N_ ("Read It"), N_ ("Import"), NULL, VANTAGE_KEY_ALWAYS },

  /* overview */
  { "page.add-wonder", "<Ctrl><Shift>w", N_ ("Add Wonder"), N_ ("Overview"), "overview", VANTAGE_KEY_ALWAYS },

  /* sources */
  { "page.import", NULL, N_ ("Import…"), N_ ("Sources"), "sources", VANTAGE_KEY_ALWAYS },
  { "page.next-item", "j", N_ ("Next Message"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.previous-item", "k", N_ ("Previous Message"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.add-to-timeline", "t", N_ ("Add to Timeline"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.cite", "c", N_ ("Cite"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.pin", "p", N_ ("Pin"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.show-original", "o", N_ ("Show Original Record"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.show-in-place", "e", N_ ("Show Where It Was Said"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.redact", "x", N_ ("Redact…"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },
  { "page.go-to-time", "<Ctrl>g", N_ ("Go to a Time…"), N_ ("Sources"), "sources", VANTAGE_KEY_ALWAYS },
  { "page.manage-sources", "<Ctrl><Shift>s", N_ ("Imports"), N_ ("Sources"), "sources", VANTAGE_KEY_ALWAYS },
  { "page.remove-source::", "Delete", N_ ("Remove Import"), N_ ("Sources"), "sources", VANTAGE_KEY_FREE },

  /* findings, wonders, experiments */
  { "page.findings-view::findings", "<Ctrl>1", N_ ("Findings"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-view::wonders", "<Ctrl>2", N_ ("Wonders"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-view::experiments", "<Ctrl>3", N_ ("Experiments"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-add", "<Ctrl><Shift>a", N_ ("Add"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-rename", "F2", N_ ("Change Title"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-up", "<Alt>Up", N_ ("Move Up"), N_ ("Findings"), "findings", VANTAGE_KEY_FREE },
  { "page.findings-down", "<Alt>Down", N_ ("Move Down"), N_ ("Findings"), "findings", VANTAGE_KEY_FREE },
  { "page.findings-delete", "Delete", N_ ("Delete"), N_ ("Findings"), "findings", VANTAGE_KEY_FREE },
  { "page.findings-cite", "<Ctrl><Shift>c", N_ ("Cite Selection"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-paste", "<Ctrl><Shift>v", N_ ("Paste Evidence"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-ground", "<Ctrl>l", N_ ("Add Event or Passage…"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-perspective", "<Ctrl><Shift>l", N_ ("Add Perspective…"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-hint", "<Ctrl>period", N_ ("Show Language Hint"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-hints::off", NULL, N_ ("No Language Hints"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-hints::usual", NULL, N_ ("Usual Language Hints"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },
  { "page.findings-hints::closer", NULL, N_ ("Look Closer at Language"), N_ ("Findings"), "findings", VANTAGE_KEY_ALWAYS },

  /* people */
  { "page.who::everyone", "<Ctrl>1", N_ ("Everyone"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.who::took-part", "<Ctrl>2", N_ ("Took Part"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.who::to-talk-to", "<Ctrl>3", N_ ("Whom to Talk To"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.window", "<Ctrl><Shift>t", N_ ("Only the Time of the Review"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.show-idle", "<Ctrl>h", N_ ("Accounts That Did Nothing"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.details", "<Ctrl>i", N_ ("Details"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.plan-interview", "<Ctrl><Shift>i", N_ ("Plan Interview"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.close-person", NULL, N_ ("Close Details"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.merge", "<Ctrl>m", N_ ("Merge With…"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.proposals", "<Ctrl><Shift>m", N_ ("Who May Be One Person?"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.add-person", "<Ctrl><Shift>a", N_ ("Add Person…"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.import-roster", "<Ctrl><Shift>l", N_ ("List of People from a File…"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.add-condition", "<Ctrl><Shift>d", N_ ("Add Condition…"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },
  { "page.see-items", "<Ctrl><Shift>e", N_ ("See the Items"), N_ ("People"), "people", VANTAGE_KEY_ALWAYS },

  /* report */
  { "page.report-view::outline", "<Ctrl>1", N_ ("Outline"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-view::write", "<Ctrl>2", N_ ("Write"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-view::preview", "<Ctrl>3", N_ ("Preview"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-begin", NULL, N_ ("Begin Report"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-export", "<Ctrl>e", N_ ("Export"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-export-markdown", NULL, N_ ("Export as Markdown…"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-export-html", NULL, N_ ("Export as Web Page…"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-audience::team", NULL, N_ ("For the Team"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-audience::everyone", NULL, N_ ("For Everyone"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-names::name", NULL, N_ ("With Names"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-names::role", NULL, N_ ("With Roles"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-names::pseudonym", NULL, N_ ("With Pseudonyms"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-insert", "<Ctrl>l", N_ ("Refer to…"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-heading", "<Ctrl><Shift>h", N_ ("Add Heading…"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },
  { "page.report-up", "<Alt>Up", N_ ("Move Up"), N_ ("Report"), "report", VANTAGE_KEY_FREE },
  { "page.report-down", "<Alt>Down", N_ ("Move Down"), N_ ("Report"), "report", VANTAGE_KEY_FREE },
  { "page.report-delete", "Delete", N_ ("Delete"), N_ ("Report"), "report", VANTAGE_KEY_FREE },
  { "page.report-hint", "<Ctrl>period", N_ ("Show Language Hint"), N_ ("Report"), "report", VANTAGE_KEY_ALWAYS },

  /* interviews */
  { "page.new-interview", "<Ctrl><Shift>i", N_ ("New Interview"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.all-interviews", NULL, N_ ("All Interviews"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mode::prepare", "<Ctrl><Alt>1", N_ ("Prepare"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mode::conduct", "<Ctrl><Alt>2", N_ ("Conduct"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mode::annotate", "<Ctrl><Alt>3", N_ ("Annotate"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.pick-out", "m", N_ ("Pick Out Passage"), N_ ("Interviews"), "interviews", VANTAGE_KEY_FREE },
  { "page.toggle-passages", "<Ctrl><Shift>m", N_ ("Passages"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.start", "<Ctrl>Return", N_ ("Start Interview"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.finish", NULL, N_ ("Finish Interview"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.agree-notes", NULL, N_ ("They Said Yes to Notes"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.dark", NULL, N_ ("Dark While Interviewing"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.toggle-guide", "<Ctrl><Shift>g", N_ ("Guide"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::quote", "<Ctrl>1", N_ ("Mark as Quote"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::surprise", "<Ctrl>2", N_ ("Mark as Surprise"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::theory", "<Ctrl>3", N_ ("Mark as Theory"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::how-it-works", "<Ctrl>4", N_ ("Mark as How It Works"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::wonder", "<Ctrl>5", N_ ("Mark as Wonder"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::follow-up", "<Ctrl>6", N_ ("Mark to Follow Up"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::feeling", "<Ctrl>7", N_ ("Mark as Feeling"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark::time", "<Ctrl>8", N_ ("Mark as Time"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.cycle-sort", "<Ctrl>period", N_ ("Answer, Question or Observation"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.mark-moment", "F8", N_ ("Mark This Moment"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.drop-cue", "<Ctrl><Shift>d", N_ ("Drop Next Cue In"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.stamp", "<Ctrl>t", N_ ("Stamp Here"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.take-offer", NULL, N_ ("Take the Question Offered"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.next-phase", "Page_Down", N_ ("Next Phase"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.previous-phase", "Page_Up", N_ ("Previous Phase"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.next-question", "<Alt>Down", N_ ("Next Question"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.previous-question", "<Alt>Up", N_ ("Previous Question"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.next-marked", "<Ctrl>Down", N_ ("Next Marked Line"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },
  { "page.previous-marked", "<Ctrl>Up", N_ ("Previous Marked Line"), N_ ("Interviews"), "interviews", VANTAGE_KEY_ALWAYS },

  /* timeline */
  { "page.add-event", "n", N_ ("Add Event"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.add-evidence", NULL, N_ ("Add Selected Evidence"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.cite-evidence", "<Ctrl><Shift>c", N_ ("Cite Selected Evidence"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.say-when", "t", N_ ("Say When…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.link", "l <Ctrl>l", N_ ("Link To…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.rename", "F2", N_ ("Rename…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.details", "<Ctrl>i", N_ ("Details"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.delete", "Delete", N_ ("Delete"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.duplicate", "<Ctrl>d", N_ ("Duplicate"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.select-all", "<Ctrl>a", N_ ("Select All"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.move-earlier", "<Ctrl>Left", N_ ("Move Earlier"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.move-later", "<Ctrl>Right", N_ ("Move Later"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.move-up", "<Ctrl>Up", N_ ("Move to Lane Above"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.move-down", "<Ctrl>Down", N_ ("Move to Lane Below"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.zoom-in", "plus equal KP_Add <Ctrl>plus <Ctrl>equal", N_ ("Zoom In"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.zoom-out", "minus KP_Subtract <Ctrl>minus", N_ ("Zoom Out"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.fit", "0 KP_0 <Ctrl>0", N_ ("Show Everything"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.fit-review", NULL, N_ ("Show the Review's Window"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.fold", "f", N_ ("Fold or Unfold Here"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.fold-all", NULL, N_ ("Fold All Quiet Stretches"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.unfold-all", NULL, N_ ("Unfold All"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.collapse-lane", "c", N_ ("Collapse or Open the Lane"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.first", "Home", N_ ("First in the Lane"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.last", "End", N_ ("Last in the Lane"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.link-back", "bracketleft", N_ ("Follow a Link Back"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.link-on", "bracketright", N_ ("Follow a Link On"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.find-next", "<Ctrl>g", N_ ("Find Next"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.place-back", "<Alt>Page_Up", N_ ("Place Before"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.place-forward", "<Alt>Page_Down", N_ ("Place After"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand", "v", N_ ("Stand Here"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-back", "comma", N_ ("Stand at the Act Before"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-on", "period", N_ ("Stand at the Next Act"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-choose", "<Shift>v", N_ ("Stand With…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-play", "p", N_ ("Play or Pause"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-faster", "greater", N_ ("Play Faster"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-slower", "less", N_ ("Play Slower"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-why", "w", N_ ("What Was Known, and Why"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.first-known", "k", N_ ("When Could They First Have Known?"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.show-later", NULL, N_ ("Show What Rests on Later Knowledge"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.stand-leave", NULL, N_ ("Leave the Vantage Point"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.show-contradiction", NULL, N_ ("Show What Cannot All Be True"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.copy", "<Ctrl>c", N_ ("Copy"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.cut", "<Ctrl>x", N_ ("Cut"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.paste", "<Ctrl>v", N_ ("Paste"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.gather", NULL, N_ ("Add Selected Evidence as One Event"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.tag", "numbersign", N_ ("Tag…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.note", "<Ctrl>m", N_ ("Write Note…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.wonder", "<Ctrl><Shift>w", N_ ("Wonder About This…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.filter", "<Ctrl><Shift>l", N_ ("Filter…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.clear-filter", NULL, N_ ("Show All Events"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.views", "<Ctrl><Shift>v", N_ ("Saved Views…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.save-view", "<Ctrl><Shift>s", N_ ("Save View…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.add-step", "<Ctrl><Shift>a", N_ ("Add Step…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.present", "F5", N_ ("Present"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.present-next", "Page_Down", N_ ("Next Step"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.present-back", "Page_Up", N_ ("Step Before"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.present-leave", NULL, N_ ("Stop Presenting"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },
  { "page.export-picture", "<Ctrl>e", N_ ("Export Picture…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.accounts", "<Ctrl><Shift>b", N_ ("Accounts of the Same Moment…"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.outline-by-lane", "<Ctrl><Shift>o", N_ ("Outline by Lane"), N_ ("Timeline"), "timeline", VANTAGE_KEY_ALWAYS },
  { "page.empty-lanes", NULL, N_ ("Lanes without Events"), N_ ("Timeline"), "timeline", VANTAGE_KEY_FREE },

  { NULL },
};
/* clang-format on */

const VantageShortcut *
vantage_shortcuts_find (const char *action)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    if (strcmp (s->action, action) == 0)
      return s;
  return NULL;
}

static char **
split_keys (const VantageShortcut *shortcut)
{
  return g_strsplit (shortcut->keys != NULL ? shortcut->keys : "", " ", -1);
}

void
vantage_shortcuts_install (GtkApplication *application)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    if (s->section == NULL && s->scope == VANTAGE_KEY_ALWAYS && s->keys != NULL)
      {
        g_auto (GStrv) keys = split_keys (s);

        gtk_application_set_accels_for_action (application, s->action, (const char *const *) keys);
      }

  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    {
      g_autofree char *action = g_strdup_printf ("win.go::%s", s->id);
      const char *const keys[] = { s->accel, NULL };

      gtk_application_set_accels_for_action (application, action, keys);
    }
}

static void
add_shortcut (GtkShortcutController *controller, const char *detailed, const char *key)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkShortcut *shortcut;
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (key);

  g_return_if_fail (trigger != NULL);
  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    g_assert_not_reached ();
  shortcut = gtk_shortcut_new (trigger, gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

GtkEventController *
vantage_shortcuts_new_controller (const char *section, VantageKeyScope scope)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Global: the keys work wherever in the window focus is, also when nothing has it. */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (
      controller, scope == VANTAGE_KEY_ALWAYS ? GTK_PHASE_CAPTURE : GTK_PHASE_BUBBLE);

  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    {
      g_auto (GStrv) keys = NULL;

      if (g_strcmp0 (s->section, section) != 0 || s->scope != scope || s->keys == NULL)
        continue;
      keys = split_keys (s);
      for (guint i = 0; keys[i] != NULL; i++)
        add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), s->action, keys[i]);
    }
  return controller;
}

GMenuItem *
vantage_shortcuts_new_menu_item (const char *action)
{
  const VantageShortcut *shortcut = vantage_shortcuts_find (action);
  GMenuItem *item;

  g_return_val_if_fail (shortcut != NULL, NULL);

  item = g_menu_item_new (_ (shortcut->title), action);
  if (shortcut->keys != NULL)
    {
      g_auto (GStrv) keys = split_keys (shortcut);

      g_menu_item_set_attribute (item, "accel", "s", keys[0]);
    }
  return item;
}

void
vantage_shortcuts_fill_menu (GMenu *menu, const char *const *actions)
{
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = vantage_shortcuts_new_menu_item (actions[i]);

      g_menu_append_item (menu, item);
    }
}

char *
vantage_shortcuts_dup_tooltip (const char *action)
{
  const VantageShortcut *shortcut = vantage_shortcuts_find (action);
  g_auto (GStrv) keys = NULL;
  g_autofree char *label = NULL;
  guint key;
  GdkModifierType mods;

  g_return_val_if_fail (shortcut != NULL, NULL);

  if (shortcut->keys == NULL)
    return g_strdup (_ (shortcut->title));
  keys = split_keys (shortcut);
  if (!gtk_accelerator_parse (keys[0], &key, &mods))
    return g_strdup (_ (shortcut->title));
  label = gtk_accelerator_get_label (key, mods);
  /* translators: a command and its key: "Undo (Ctrl+Z)" */
  return g_strdup_printf (_ ("%s (%s)"), _ (shortcut->title), label);
}

void
vantage_shortcuts_set_button (GtkWidget *button, const char *action)
{
  const VantageShortcut *shortcut = vantage_shortcuts_find (action);
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip (action);

  g_return_if_fail (shortcut != NULL);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (shortcut->title), -1);
}

/* ---- the window ---- */

static void
append_shortcut (GString *xml, const char *title, const char *keys)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class=\"GtkShortcutsShortcut\"><property name=\"title\">%s</property>"
      "<property name=\"accelerator\">%s</property></object></child>",
      title, keys);

  g_string_append (xml, text);
}

static void
begin_group (GString *xml, const char *title)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class=\"GtkShortcutsGroup\"><property name=\"title\">%s</property>", title);

  g_string_append (xml, text);
}

static void
append_sections (GString *xml)
{
  begin_group (xml, _ ("Sections"));
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    append_shortcut (xml, _ (s->title), s->accel);
  g_string_append (xml, "</object></child>");
}

/* Commands of a part that is not built are not shown. */
static gboolean
is_offered (const VantageShortcut *shortcut)
{
  if (shortcut->keys == NULL)
    return FALSE;
  if (strcmp (shortcut->action, "win.import") == 0)
    return vantage_hooks.import != NULL;
  if (strcmp (shortcut->action, "win.preferences") == 0)
    return vantage_hooks.preferences != NULL;
  return shortcut->section == NULL || vantage_section_find (shortcut->section) != NULL;
}

static gboolean
is_of (const VantageShortcut *shortcut, const char *section)
{
  return is_offered (shortcut) && g_strcmp0 (shortcut->section, section) == 0;
}

static gboolean
had_group_before (const VantageShortcut *shortcut)
{
  for (const VantageShortcut *s = vantage_shortcuts; s != shortcut; s++)
    if (is_of (s, shortcut->section) && strcmp (s->group, shortcut->group) == 0)
      return TRUE;
  return FALSE;
}

/* The groups of one section; @section NULL: those of everywhere. A page of the window each: all on
 * one would be wider than a screen. */
static void
append_page (GString *xml, const char *section, const char *title)
{
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class=\"GtkShortcutsSection\"><property name=\"section-name\">%s</property>"
      "<property name=\"title\">%s</property><property name=\"max-height\">16</property>",
      section != NULL ? section : "everywhere", title);

  g_string_append (xml, head);
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    {
      if (!is_of (s, section) || had_group_before (s))
        continue;
      begin_group (xml, _ (s->group));
      for (const VantageShortcut *t = s; t->action != NULL; t++)
        if (is_of (t, section) && strcmp (s->group, t->group) == 0)
          append_shortcut (xml, _ (t->title), t->keys);
      g_string_append (xml, "</object></child>");
    }
  if (section == NULL)
    append_sections (xml);
  g_string_append (xml, "</object></child>");
}

static gboolean
has_keys (const char *section)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    if (is_of (s, section))
      return TRUE;
  return FALSE;
}

GtkWidget *
vantage_shortcuts_new_window (void)
{
  g_autoptr (GString) xml = g_string_new ("<interface><object class=\"GtkShortcutsWindow\" "
                                          "id=\"window\"><property name=\"modal\">1</property>"
                                          "<property name=\"section-name\">everywhere</property>");
  g_autoptr (GtkBuilder) builder = NULL;

  append_page (xml, NULL, _ ("Everywhere"));
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    if (has_keys (s->id))
      append_page (xml, s->id, _ (s->title));
  g_string_append (xml, "</object></interface>");

  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);
  /* GTK itself keeps a window until it is destroyed. */
  return GTK_WIDGET (gtk_builder_get_object (builder, "window"));
}
