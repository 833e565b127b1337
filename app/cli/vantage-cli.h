/* vantage-cli.h: one run of vantagectl: where it prints, which library it has open, how it ends. */

#pragma once

#include <json-glib/json-glib.h>
#include "vantage-edit.h"
#include "vantage-evidence.h"
#include "vantage-library.h"

G_BEGIN_DECLS

/* Exit status of the program. */
typedef enum
{
  VANTAGE_EXIT_DONE = 0,
  VANTAGE_EXIT_FAILED = 1,  /* nothing changed */
  VANTAGE_EXIT_USAGE = 2,   /* called in a way that means nothing */
  VANTAGE_EXIT_SKIPPED = 3, /* done, but some records were left out; they are listed */
  VANTAGE_EXIT_FOUND = 4,   /* a command that looks for conflicts found one */
} VantageExit;

typedef struct
{
  char *folder; /* of the library */
  gboolean json, quiet, progress;
  VantageLibrary *library; /* opened when the first command needs it */
} VantageCli;

typedef struct _VantageCommand VantageCommand;
typedef VantageExit (*VantageCommandFunc) (VantageCli *cli, const VantageCommand *command, int argc,
                                           char **argv);

struct _VantageCommand
{
  const char *name;       /* one or two words: "import", "review new" */
  const char *usage;      /* its arguments: "REVIEW PATH… [--channel NAME]…" */
  const char *summary;    /* translatable */
  VantageCommandFunc run; /* argv[0] is the last word of the name */
};

/* Commands by subject; each list ends with a NULL name. */
extern const VantageCommand vantage_commands_review[];
extern const VantageCommand vantage_commands_evidence[];
extern const VantageCommand vantage_commands_people[];
extern const VantageCommand vantage_commands_stats[];
extern const VantageCommand vantage_commands_timeline[];
extern const VantageCommand vantage_commands_entity[];
extern const VantageCommand vantage_commands_learning[];
extern const VantageCommand vantage_commands_interview[];
extern const VantageCommand vantage_commands_out[];
extern const VantageCommand vantage_commands_upkeep[];
extern const VantageCommand vantage_commands_choose[];
extern const VantageCommand vantage_commands_passage[];
extern const VantageCommand vantage_commands_bench[];
extern const VantageCommand vantage_commands_sync[];

/* Commands that stand in another file than their list. */
VantageExit vantage_cli_run_times (VantageCli *cli, const VantageCommand *command, int argc,
                                   char **argv);
VantageExit vantage_cli_run_vantage_point (VantageCli *cli, const VantageCommand *command, int argc,
                                           char **argv);
VantageExit vantage_cli_run_patterns (VantageCli *cli, const VantageCommand *command, int argc,
                                      char **argv);

/* All lists above; ends with NULL. */
extern const VantageCommand *const vantage_commands[];

/* ---- arguments ---- */

/* Options of one command: strings out of @argv; leaves the rest in *argc, *argv. FALSE after
 * printing how it is called. @n_min, @n_max: how many arguments must remain (n_max -1: any number).
 */
gboolean vantage_cli_parse (VantageCli *cli, const VantageCommand *command, int *argc, char ***argv,
                            const GOptionEntry *entries, int n_min, int n_max);
/* Says how @command is called; returns VANTAGE_EXIT_USAGE. */
VantageExit vantage_cli_usage (const VantageCommand *command, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Prints the error's sentence and returns FAILED. */
VantageExit vantage_cli_fail (const GError *error);

/* ---- finding things: NULL after printing what is wrong. ---- */

VantageLibrary *vantage_cli_open (VantageCli *cli);
char *vantage_cli_find_review (VantageCli *cli, const char *words);
VantagePerson *vantage_cli_find_person (VantageCli *cli, const char *review, const char *words);
/* An entity by id or unique start of one; @kind nullable. Deleted ones too. */
VantageEntity *vantage_cli_find_entity (VantageCli *cli, const char *review, const char *kind,
                                        const char *words);
/* RFC 3339, or a wall time of the review's zone. FALSE after printing. */
gboolean vantage_cli_parse_time (VantageCli *cli, const char *review, const char *text,
                                 gint64 *out_us);
/* The review's zone, UTC when it has none. (transfer full) */
VantageZone *vantage_cli_get_zone (VantageCli *cli, const char *review);

/* ---- printing ---- */

/* The document of a --json run. Takes @node; returns DONE. */
VantageExit vantage_cli_print (VantageCli *cli, JsonNode *node);
/* A finished builder. Takes it. */
VantageExit vantage_cli_print_builder (VantageCli *cli, JsonBuilder *builder);
/* {"id": id}, or one line with it. */
VantageExit vantage_cli_print_id (VantageCli *cli, const char *id);
/* Adds a member; NULL text becomes null. */
void vantage_cli_add_text (JsonBuilder *builder, const char *name, const char *text);
void vantage_cli_add_int (JsonBuilder *builder, const char *name, gint64 number);
/* A line counts from 1; 0 means not known and becomes null. */
void vantage_cli_add_line (JsonBuilder *builder, const char *name, gint64 line);
void vantage_cli_add_bool (JsonBuilder *builder, const char *name, gboolean yes);
/* RFC 3339, or null for none. */
void vantage_cli_add_time (JsonBuilder *builder, const char *name, gint64 us);
/* An entity as it prints everywhere, prose included. (transfer full) */
JsonNode *vantage_cli_entity_to_json (VantageCli *cli, VantageEntity *entity);
void vantage_cli_add_entities (VantageCli *cli, JsonBuilder *builder, const char *name,
                               GPtrArray *entities);

/* An entity: the document with --json, else field by field for a person. */
VantageExit vantage_cli_print_entity (VantageCli *cli, VantageEntity *entity);

/* {"<kind>s": […]} or rows of id and title. */
VantageExit vantage_cli_print_list (VantageCli *cli, const char *review, const char *kind);
/* {} with --json, nothing without. */
VantageExit vantage_cli_print_nothing (VantageCli *cli);

/* Rows of text aligned in columns. */
typedef struct _VantageTable VantageTable;
VantageTable *vantage_table_new (guint n_columns);
/* @n_columns strings, copied. */
void vantage_table_add (VantageTable *self, ...);
/* Line breaks and control characters would leave the column, or drive the terminal: they become
 * spaces. NULL gives "". (transfer full) */
char *vantage_table_make_cell (const char *text);
void vantage_table_print (VantageTable *self);
void vantage_table_free (VantageTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageTable, vantage_table_free)

/* ---- writing ---- */

/* Commits @edit and prints the id of what it wrote; or says why nothing was written. */
VantageExit vantage_cli_commit (VantageCli *cli, VantageEdit *edit, const char *id);

/* KEY=VALUE… onto an entity, by the table: "+x" and "-x" put into and take out of a set, "a,b" sets
 * it whole, "field/key" is one register, an empty value clears; people by name. FALSE with @error.
 */
gboolean vantage_cli_assign (VantageCli *cli, VantageEdit *edit, const char *review,
                             const char *kind, const char *id, char **assignments, GError **error);

G_END_DECLS
