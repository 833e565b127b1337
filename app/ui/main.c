/* main.c: starts the application. */

#include "config.h"

#include "vantage-application.h"

#include <locale.h>

#include "vantage-words.h"

int
main (int argc, char **argv)
{
  g_autoptr (VantageApplication) application = NULL;

  setlocale (LC_ALL, "");
  vantage_words_init (VANTAGE_LOCALEDIR);
  g_set_prgname (VANTAGE_APPLICATION_ID);
  application = vantage_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
