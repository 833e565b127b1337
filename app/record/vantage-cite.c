/* vantage-cite.c: reading and writing elements of the set `cites`. */

#include "vantage-cite.h"

#include <string.h>

#define CHANNEL_LENGTH 16
#define MAX_LOCAL_LENGTH 80
#define MAX_POSITION_DIGITS 9

static gboolean
is_local_id_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._:-", c) != NULL);
}

gboolean
vantage_item_id_is_valid (const char *text, gssize length)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (size < CHANNEL_LENGTH + 2 || size > CHANNEL_LENGTH + 1 + MAX_LOCAL_LENGTH ||
      text[CHANNEL_LENGTH] != '.')
    return FALSE;
  for (gsize i = 0; i < CHANNEL_LENGTH; i++)
    {
      if (!g_ascii_isdigit (text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
        return FALSE;
    }
  for (gsize i = CHANNEL_LENGTH + 1; i < size; i++)
    {
      if (!is_local_id_char (text[i]))
        return FALSE;
    }
  return TRUE;
}

char *
vantage_cite_to_element (const char *item, int from, int to)
{
  if (from < 0)
    return g_strdup (item);
  return g_strdup_printf ("%s@%d-%d", item, from, to);
}

/* Digits without a leading zero, so that one place has one element. */
static gboolean
read_position (const char **at, int *out)
{
  const char *begin = *at;
  int number = 0;

  for (; g_ascii_isdigit (**at); (*at)++)
    {
      if (*at - begin == MAX_POSITION_DIGITS)
        return FALSE;
      number = number * 10 + (**at - '0');
    }
  *out = number;
  return *at > begin && (*begin != '0' || *at == begin + 1);
}

gboolean
vantage_cite_read_element (const char *element, gsize *out_item_length, int *out_from, int *out_to)
{
  gsize length = strcspn (element, "@");
  const char *at = element + length;
  int from = -1, to = -1;

  if (!vantage_item_id_is_valid (element, (gssize) length))
    return FALSE;
  if (*at == '@')
    {
      at++;
      if (!read_position (&at, &from) || *at++ != '-' || !read_position (&at, &to) || *at != '\0' ||
          from >= to)
        return FALSE;
    }
  *out_item_length = length;
  *out_from = from;
  *out_to = to;
  return TRUE;
}
