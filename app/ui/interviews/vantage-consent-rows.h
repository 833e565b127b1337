/* vantage-consent-rows.h: what the person agreed to, as three plain choices, and what to say aloud
 * before asking. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CONSENT_ROWS (vantage_consent_rows_get_type ())
G_DECLARE_FINAL_TYPE (VantageConsentRows, vantage_consent_rows, VANTAGE, CONSENT_ROWS, AdwBin)

GtkWidget *vantage_consent_rows_new (VantageInterviewRoom *room);

G_END_DECLS
