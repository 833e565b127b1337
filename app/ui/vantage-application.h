/* vantage-application.h: the program: which library, which windows. */

#pragma once

#include <adwaita.h>
#include "vantage-library.h"

G_BEGIN_DECLS

#define VANTAGE_APPLICATION_ID "org.vantage.Vantage"

#define VANTAGE_TYPE_APPLICATION (vantage_application_get_type ())
G_DECLARE_FINAL_TYPE (VantageApplication, vantage_application, VANTAGE, APPLICATION, AdwApplication)

/* @flags: G_APPLICATION_NON_UNIQUE for tests. Opens the library in the folder of option --library,
 * else in the user's data folder. */
VantageApplication *vantage_application_new (GApplicationFlags flags);
/* The library; NULL until it is open. Lent. */
VantageLibrary *vantage_application_get_library (VantageApplication *self);

G_END_DECLS
