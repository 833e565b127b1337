/* vantage-whatsapp-words.c: what the program itself writes into a chat, in the languages of its
 * phones: who came and went, what stands for a file, what was deleted. */

#include "vantage-whatsapp-private.h"

#include <string.h>

#include "vantage-text.h"

/* ---- marks ---- */

gsize
vantage_whatsapp_get_mark (const char *at)
{
  const guchar *b = (const guchar *) at;

  if (b[0] == 0xe2 && b[1] == 0x80 &&
      (b[2] == 0x8e || b[2] == 0x8f || (b[2] >= 0xaa && b[2] <= 0xae)))
    return 3;
  if (b[0] == 0xe2 && b[1] == 0x81 && b[2] >= 0xa6 && b[2] <= 0xa9)
    return 3;
  return b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf ? 3 : 0;
}

const char *
vantage_whatsapp_pass_marks (const char *at)
{
  for (gsize n; (n = vantage_whatsapp_get_mark (at)) > 0;)
    at += n;
  return at;
}

/* ---- notices ---- */

typedef enum
{
  WHO_BEFORE, /* who came or went stands before the words */
  WHO_AFTER,  /* who did it before, whom after */
  WHO_NOBODY,
} Who;

static const struct
{
  const char *words;
  const char *end; /* the line must end with it; NULL: any */
  VantageItemKind kind;
  Who who;
} notices[] = {
  { " joined using ", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " joined from ", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " was added", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " were added", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " added ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " left", " left", VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " was removed", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " were removed", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " removed ", NULL, VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " changed the subject", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " changed the group name", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " changed the group description", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " beigetreten", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " hat die Gruppe verlassen", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " hat ", " hinzugefügt", VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " hat ", " entfernt", VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " hat den Betreff", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " se unió ", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " añadió a ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " agregó a ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " salió", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " eliminó a ", NULL, VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " cambió el asunto", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " a rejoint ", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " a ajouté ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " a quitté", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " a retiré ", NULL, VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " a changé l", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " entrou usando ", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " adicionou ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " saiu", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " removeu ", NULL, VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " mudou o nome", NULL, VANTAGE_ITEM_TOPIC, WHO_BEFORE },
  { " si è unito", NULL, VANTAGE_ITEM_JOIN, WHO_BEFORE },
  { " ha aggiunto ", NULL, VANTAGE_ITEM_JOIN, WHO_AFTER },
  { " ha abbandonato", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " ha rimosso ", NULL, VANTAGE_ITEM_LEAVE, WHO_AFTER },
  { " heeft de groep verlaten", NULL, VANTAGE_ITEM_LEAVE, WHO_BEFORE },
  { " heeft ", " toegevoegd", VANTAGE_ITEM_JOIN, WHO_AFTER },
  { "voice call", NULL, VANTAGE_ITEM_CALL, WHO_NOBODY },
  { "video call", NULL, VANTAGE_ITEM_CALL, WHO_NOBODY },
};

/* Whoever keeps the file; no name that others have. */
static gboolean
is_self (const char *name)
{
  static const char *const words[] = { "You",  "you",  "Du", "dich", "Tú", "te", "Vous", "vous",
                                       "Você", "você", "Tu", "ti",   "Je", "je", NULL };

  return g_strv_contains (words, name);
}

static gboolean
take_person (VantageChatRoom *room, const char *from, gsize n, char **out_key, GError **error)
{
  g_autofree char *name = g_strndup (from, n);

  g_strstrip (name);
  *out_key = NULL;
  return is_self (name) || vantage_chat_room_add_name (room, name, out_key, error);
}

gboolean
vantage_whatsapp_take_notice (VantageChatRoom *room, const char *text, VantageItem *item,
                              GError **error)
{
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '.')
    length--;
  item->kind = VANTAGE_ITEM_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      const char *at = g_strstr_len (text, (gssize) length, notices[i].words);
      gsize end = notices[i].end != NULL ? strlen (notices[i].end) : 0;
      const char *after;
      g_autofree char *by = NULL;

      if (at == NULL || length < end ||
          (end > 0 && memcmp (text + length - end, notices[i].end, end) != 0))
        continue;
      item->kind = notices[i].kind;
      if (notices[i].who == WHO_NOBODY)
        return TRUE;
      if (notices[i].who == WHO_BEFORE)
        return take_person (room, text, (gsize) (at - text), &item->account, error);
      after = at + strlen (notices[i].words);
      if (!take_person (room, text, (gsize) (at - text), &by, error) ||
          !take_person (room, after, (gsize) (text + length - end - after), &item->account, error))
        return FALSE;
      if (by != NULL)
        vantage_item_add_extra (item, "by", by);
      return TRUE;
    }
  return TRUE;
}

/* ---- what a message shows ---- */

static gboolean
ends_with_any (const char *text, const char *const *words)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (; *words != NULL; words++)
    if (g_str_has_suffix (lower, *words))
      return TRUE;
  return FALSE;
}

static gboolean
has_ending (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize n = dot != NULL ? strlen (dot + 1) : 0;

  return dot != NULL && dot > name && n >= 2 && n <= 5 &&
         strspn (dot + 1, "abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == n;
}

/* A first line that stands for a file. */
static gboolean
take_media (const char *line, gboolean marked, VantageItem *item)
{
  static const char *const left_out[] = {
    "omitted", "omitted>", "weggelassen", "ausgeschlossen>", "omitido",    "omitido>",  "omitida",
    "omis>",   "absente",  "absent",      "oculta>",         "ocultado",   "ocultada",  "omesso>",
    "omessi>", "omesso",   "omessa",      "weggelaten>",     "weggelaten", "omitidos>", NULL
  };
  static const char *const attached[] = { "(file attached)",      "(datei angehängt)",
                                          "(archivo adjunto)",    "(fichier joint)",
                                          "(arquivo anexado)",    "(file allegato)",
                                          "(bestand bijgevoegd)", NULL };
  gsize n = strlen (line);
  const char *colon = strchr (line, ':');

  if (n > 2 && *line == '<' && line[n - 1] == '>' && colon != NULL)
    {
      g_autofree char *name = g_strndup (colon + 1, n - (gsize) (colon + 1 - line) - 1);

      g_strstrip (name);
      if (!has_ending (name))
        return FALSE;
      vantage_item_add_attachment (item, name, NULL, NULL, -1);
      return TRUE;
    }
  if (n < 60 && (marked || *line == '<') && ends_with_any (line, left_out))
    {
      g_autofree char *type = marked ? g_strndup (line, strcspn (line, " ")) : NULL;

      vantage_item_add_attachment (item, NULL, type, NULL, -1);
      return TRUE;
    }
  if (ends_with_any (line, attached))
    {
      const char *end = g_strrstr (line, " (");
      g_autofree char *name = end != NULL ? g_strndup (line, (gsize) (end - line)) : NULL;

      if (name == NULL || !has_ending (name))
        return FALSE;
      vantage_item_add_attachment (item, name, NULL, NULL, -1);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_deleted (const char *text)
{
  static const char *const words[] = {
    "this message was deleted",
    "you deleted this message",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "se eliminó este mensaje",
    "eliminaste este mensaje",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "mensagem apagada",
    "essa mensagem foi apagada",
    "questo messaggio è stato eliminato",
    NULL,
  };
  g_autofree char *lower = g_utf8_strdown (text, -1);
  gsize n = strlen (lower);

  while (n > 0 && (lower[n - 1] == '.' || lower[n - 1] == ' '))
    lower[--n] = '\0';
  return g_strv_contains (words, lower);
}

/* What the program adds to a text that was changed later. */
static gboolean
strip_edited (GString *text)
{
  static const char *const words[] = {
    "<This message was edited>",
    "<Diese Nachricht wurde bearbeitet.>",
    "<Diese Nachricht wurde bearbeitet>",
    "<Se editó este mensaje.>",
    "<Ce message a été modifié>",
    "<Mensagem editada>",
    "<Questo messaggio è stato modificato>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_suffix (text->str, words[i]))
      {
        gsize n = text->len - strlen (words[i]);

        while (n > 0 && (text->str[n - 1] == ' ' || text->str[n - 1] == '\n'))
          n--;
        while (n >= 3 && vantage_whatsapp_get_mark (text->str + n - 3) == 3)
          n -= 3;
        while (n > 0 && text->str[n - 1] == ' ')
          n--;
        g_string_truncate (text, n);
        return TRUE;
      }
  return FALSE;
}

void
vantage_whatsapp_finish_text (VantageItem *item, GString *gathered)
{
  const char *text;
  gboolean marked;

  if (item->kind == VANTAGE_ITEM_MESSAGE && strip_edited (gathered))
    vantage_item_add_extra (item, "edited", "yes");
  text = vantage_whatsapp_pass_marks (gathered->str);
  marked = text > gathered->str;
  if (item->kind == VANTAGE_ITEM_MESSAGE && is_deleted (text))
    {
      item->kind = VANTAGE_ITEM_DELETE;
      item->deleted = TRUE;
    }
  else if (item->kind == VANTAGE_ITEM_MESSAGE)
    {
      g_autofree char *first = g_strndup (text, strcspn (text, "\n"));

      if (take_media (first, marked, item))
        text += strlen (first) + (text[strlen (first)] == '\n' ? 1 : 0);
    }
  g_free (item->text);
  item->text = g_strdup (text);
  vantage_text_mask_tokens (item->text, strlen (item->text));
}

char *
vantage_whatsapp_dup_group (const char *notice)
{
  static const char *const words[] = { "created group",       "created the group", "hat die Gruppe",
                                       "creó el grupo",       "a créé le groupe",  "criou o grupo",
                                       "ha creato il gruppo", "heeft de groep" };
  const char *begin, *end;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((begin = strstr (notice, words[i])) != NULL)
      {
        static const char *const marks[][2] = {
          { "\"", "\"" }, { "“", "”" }, { "„", "“" }, { "«", "»" }
        };

        for (gsize k = 0; k < G_N_ELEMENTS (marks); k++)
          {
            const char *open = strstr (begin, marks[k][0]);

            if (open == NULL)
              continue;
            open += strlen (marks[k][0]);
            end = strstr (open, marks[k][1]);
            return end != NULL && end > open ? g_strndup (open, (gsize) (end - open)) : NULL;
          }
      }
  return NULL;
}
