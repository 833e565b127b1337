/* test-shortcuts.c: the table of commands: keys that work, and no key for two things at once. */

#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-ui-support.h"

#include <string.h>

static char *
normalise (const char *key)
{
  guint value;
  GdkModifierType mods;

  g_assert_true (gtk_accelerator_parse (key, &value, &mods));
  return gtk_accelerator_name (value, mods);
}

/* Two rows can meet when they are of one section, or one of them is of everywhere. */
static void
test_no_key_does_two_things (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    {
      g_autofree char *key = normalise (s->accel);

      g_assert_true (g_hash_table_insert (taken, g_strdup_printf ("*%s", key), (gpointer) s->id));
    }
  for (int pass = 0; pass < 2; pass++)
    for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
      {
        g_auto (GStrv) keys = g_strsplit (s->keys != NULL ? s->keys : "", " ", -1);

        if ((s->section == NULL) != (pass == 0))
          continue;
        for (guint i = 0; keys[i] != NULL; i++)
          {
            g_autofree char *key = normalise (keys[i]);
            g_autofree char *everywhere = g_strdup_printf ("*%s", key);
            g_autofree char *here =
                g_strdup_printf ("%s%s", s->section != NULL ? s->section : "*", key);

            if (g_hash_table_contains (taken, everywhere) || g_hash_table_contains (taken, here))
              g_error ("%s of %s is taken", key, s->action);
            g_hash_table_insert (taken, g_steal_pointer (&here), (gpointer) s->action);
          }
      }
}

static void
test_every_row_can_be_used (void)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    {
      g_autofree char *name = NULL;
      g_autofree char *tooltip = vantage_shortcuts_dup_tooltip (s->action);
      g_autoptr (GVariant) target = NULL;

      g_assert_true (g_action_parse_detailed_name (s->action, &name, &target, NULL));
      g_assert_true (g_str_has_prefix (tooltip, s->title));
      g_assert_nonnull (s->group);
      g_assert_cmpuint (g_str_has_prefix (s->action, "page."), ==, s->section != NULL);
    }
}

static void
test_letters_leave_text_alone (void)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    {
      g_auto (GStrv) keys = g_strsplit (s->keys != NULL ? s->keys : "", " ", -1);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          guint value;
          GdkModifierType mods;

          g_assert_true (gtk_accelerator_parse (keys[i], &value, &mods));
          if ((mods & ~GDK_SHIFT_MASK) == 0 && gdk_keyval_to_unicode (value) != 0)
            g_assert_cmpint (s->scope, ==, VANTAGE_KEY_FREE);
        }
    }
}

static void
test_window_shows_all (void)
{
  GtkWidget *window = vantage_shortcuts_new_window ();
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  ui_shot (window, "shortcuts");
  gtk_window_destroy (GTK_WINDOW (window));
  UI_WAIT (gone == NULL);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/shortcuts/no-key-does-two-things", test_no_key_does_two_things);
  g_test_add_func ("/ui/shortcuts/every-row-can-be-used", test_every_row_can_be_used);
  g_test_add_func ("/ui/shortcuts/letters-leave-text-alone", test_letters_leave_text_alone);
  g_test_add_func ("/ui/shortcuts/window-shows-all", test_window_shows_all);
  return g_test_run ();
}
