/* vantage-cli-vault.h: what the commands on interviews share. */

#pragma once

#include "vantage-cli.h"
#include "vantage-vault.h"

G_BEGIN_DECLS

/* The vault of the open library, unlocked by $VANTAGE_PASSPHRASE where it asks for one. NULL after
 * printing. (transfer full) */
VantageVault *vantage_cli_open_vault (VantageCli *cli);
/* REVIEW and INTERVIEW of @argv; NULL after printing. (transfer full) */
VantageEntity *vantage_cli_find_interview (VantageCli *cli, char **argv, char **out_review);

G_END_DECLS
