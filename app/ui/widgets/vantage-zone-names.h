/* vantage-zone-names.h: all time zones there are, to choose from and to find by their city. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Names of zones: @first (nullable), this computer's own, UTC, then all others by city. (transfer
 * full) */
GtkStringList *vantage_zone_names_new (const char *first);
/* What is shown and searched of an item of such a list: "Berlin, Europe"; a name without a city as
 * it is. (transfer full) */
GtkExpression *vantage_zone_names_new_expression (void);
/* Fills @drop with all zones, searchable. @prompt: (nullable): stands first and means none. */
void vantage_zone_names_fill (GtkDropDown *drop, const char *first, const char *prompt);
/* The name of the zone that is chosen; NULL while it is the prompt. Lent. */
const char *vantage_zone_names_get_chosen (GtkDropDown *drop);
/* Chooses @name; one that is not in the list is put into it. NULL: the prompt, or the first. */
void vantage_zone_names_choose (GtkDropDown *drop, const char *name);

G_END_DECLS
