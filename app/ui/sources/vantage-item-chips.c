/* vantage-item-chips.c: a chip for each file and each sort of reaction. */

#include "config.h"

#include "vantage-item-chips.h"

#include <glib/gi18n.h>
#include <string.h>

/* More are counted in a last chip: a row of them must fit a narrow window. */
#define MAX_CHIPS 5

/* What chats call the signs that people use most. */
static const struct
{
  const char *name;
  const char *sign;
} signs[] = {
  { "+1", "👍" },
  { "thumbsup", "👍" },
  { "-1", "👎" },
  { "thumbsdown", "👎" },
  { "100", "💯" },
  { "boom", "💥" },
  { "bug", "🐛" },
  { "clap", "👏" },
  { "disappointed", "😞" },
  { "eyes", "👀" },
  { "face_with_monocle", "🧐" },
  { "fire", "🔥" },
  { "grimacing", "😬" },
  { "hand", "✋" },
  { "heart", "❤" },
  { "heavy_check_mark", "✔" },
  { "heavy_plus_sign", "➕" },
  { "joy", "😂" },
  { "muscle", "💪" },
  { "ok_hand", "👌" },
  { "open_mouth", "😮" },
  { "pray", "🙏" },
  { "question", "❓" },
  { "raised_hands", "🙌" },
  { "rocket", "🚀" },
  { "rotating_light", "🚨" },
  { "scream", "😱" },
  { "slightly_smiling_face", "🙂" },
  { "smile", "😄" },
  { "sob", "😭" },
  { "tada", "🎉" },
  { "thinking_face", "🤔" },
  { "warning", "⚠" },
  { "wave", "👋" },
  { "white_check_mark", "✅" },
  { "x", "❌" },
};

/* The sign, when there is one and a font of this computer has it; else the word. (transfer full) */
static char *
make_sign (GtkWidget *widget, const char *name)
{
  const char *tone = strstr (name, "::");
  g_autofree char *plain = tone != NULL ? g_strndup (name, (gsize) (tone - name)) : g_strdup (name);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (signs[i].name, plain) == 0)
      {
        g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, signs[i].sign);

        if (pango_layout_get_unknown_glyphs_count (layout) == 0)
          return g_strdup (signs[i].sign);
        break;
      }
  return g_strdelimit (g_steal_pointer (&plain), "_", ' ');
}

static GtkWidget *
new_chip (const char *icon, const char *text, const char *spoken)
{
  GtkWidget *chip = g_object_new (GTK_TYPE_BOX, "css-name", "chip", "spacing", 6, NULL);
  GtkWidget *label = gtk_label_new (text);

  if (icon != NULL)
    gtk_box_append (GTK_BOX (chip), gtk_image_new_from_icon_name (icon));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_set_tooltip_text (chip, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  return chip;
}

/* ---- who ---- */

/* The name of an account, by its key alone: a message names accounts of its own system. */
static const char *
find_name (VantageReviewContext *context, const char *key)
{
  GPtrArray *people = vantage_review_context_get_people (context);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);

      for (guint k = 0; k < person->identities->len; k++)
        if (strcmp (((VantageIdentity *) person->identities->pdata[k])->key, key) == 0)
          return person->name;
    }
  return key;
}

typedef struct
{
  VantageReviewContext *context;
  char *name;
  char **by;
} Who;

static void
who_free (gpointer data)
{
  Who *self = data;

  g_object_unref (self->context);
  g_free (self->name);
  g_strfreev (self->by);
  g_free (self);
}

/* Names are looked for only when somebody asks. */
static gboolean
tooltip_cb (GtkWidget *chip, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  const Who *who = data;
  g_autoptr (GString) text = g_string_new (who->name);

  for (guint i = 0; who->by[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? ": " : ", ",
                            find_name (who->context, who->by[i]));
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
tell_who (GtkWidget *chip, VantageReviewContext *context, const VantageReaction *reaction)
{
  Who *who;

  if (reaction->by == NULL || reaction->by[0] == NULL)
    return;
  who = g_new0 (Who, 1);
  who->context = g_object_ref (context);
  who->name = g_strdup (reaction->name);
  who->by = g_strdupv (reaction->by);
  g_object_set_data_full (G_OBJECT (chip), "who", who, who_free);
  gtk_widget_set_has_tooltip (chip, TRUE);
  g_signal_connect (chip, "query-tooltip", G_CALLBACK (tooltip_cb), who);
}

static void
append_reaction (GtkWidget *chips, VantageReviewContext *context, const VantageReaction *reaction)
{
  GtkWidget *chip;
  g_autofree char *sign = make_sign (chips, reaction->name);
  g_autofree char *text = g_strdup_printf ("%s %d", sign, reaction->count);
  /* translators: name of a reaction to a message, and how many people gave it: "eyes, 3 times" */
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("%s, %d time", "%s, %d times", (gulong) reaction->count),
                       reaction->name, reaction->count);

  chip = new_chip (NULL, text, spoken);
  tell_who (chip, context, reaction);
  gtk_box_append (GTK_BOX (chips), chip);
}

static void
append_file (GtkWidget *chips, const VantageAttachment *file)
{
  const char *name = file->name != NULL ? file->name : _ ("a file without a name");
  /* translators: a file that was attached to a message, and its name */
  g_autofree char *spoken = g_strdup_printf (_ ("File: %s"), name);

  gtk_box_append (GTK_BOX (chips), new_chip ("mail-attachment-symbolic", name, spoken));
}

static void
append_rest (GtkWidget *chips, guint n)
{
  g_autofree char *text = g_strdup_printf ("+%u", n);
  g_autofree char *spoken = g_strdup_printf (ngettext ("%u more", "%u more", n), n);

  gtk_box_append (GTK_BOX (chips), new_chip (NULL, text, spoken));
}

GtkWidget *
vantage_item_chips_new (void)
{
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (chips, GTK_ALIGN_START);
  gtk_widget_set_visible (chips, FALSE);
  return chips;
}

void
vantage_item_chips_show (GtkWidget *chips, VantageReviewContext *context, const VantageItem *item)
{
  guint n_files = item->attachments != NULL ? item->attachments->len : 0;
  guint n_reactions = item->reactions != NULL ? item->reactions->len : 0;
  guint n = n_files + n_reactions;

  for (GtkWidget *child; (child = gtk_widget_get_first_child (chips)) != NULL;)
    gtk_box_remove (GTK_BOX (chips), child);
  for (guint i = 0; i < MIN (n, MAX_CHIPS); i++)
    if (i < n_files)
      append_file (chips, item->attachments->pdata[i]);
    else
      append_reaction (chips, context, item->reactions->pdata[i - n_files]);
  if (n > MAX_CHIPS)
    append_rest (chips, n - MAX_CHIPS);
  gtk_widget_set_visible (chips, n > 0);
}
