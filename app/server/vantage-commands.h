/* vantage-commands.h: what the operator says to the server on its command line. */

#pragma once

#include "vantage-service.h"

G_BEGIN_DECLS

/* "user add NAME --role ROLE" and the like, already split. @out: (transfer full): what to print.
 * Sets USAGE when the words make no command. */
gboolean vantage_commands_run (VantageBackend *backend, int n_words, char **words, const char *role,
                               char **out, GError **error);

/* The commands, one a line, for help. */
extern const char vantage_commands_help[];

G_END_DECLS
