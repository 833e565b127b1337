/* vantage-alert.c: one alert, by its labels, as what fired and what ended. */

#include "vantage-alert.h"

#include "vantage-chat.h"
#include "vantage-text.h"

#include <string.h>

#define MAX_LABELS 256

static const char *
get_began (VantageNode *alert)
{
  static const char *const names[] = { "startsAt", "activeAt", NULL };

  return vantage_paging_get_any (alert, names);
}

gboolean
vantage_alert_is_one (VantageNode *node)
{
  return vantage_node_get_object (node, "labels") != NULL &&
         (vantage_node_get (node, "startsAt") != NULL ||
          vantage_node_get (node, "activeAt") != NULL) &&
         vantage_node_get_array (node, "matchers") == NULL;
}

gboolean
vantage_alert_is_group (VantageNode *node)
{
  VantageNode *alerts = vantage_node_get_array (node, "alerts");
  VantageNode *first = alerts != NULL ? vantage_node_first (alerts) : NULL;

  return alerts != NULL &&
         (vantage_paging_get (node, "receiver") != NULL ||
          vantage_paging_get (node, "groupKey") != NULL) &&
         (first == NULL || first->type != VANTAGE_NODE_OBJECT || vantage_alert_is_one (first));
}

/* ---- what an alert is called ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (vantage_node_get_text (*(VantageNode *const *) a),
                 vantage_node_get_text (*(VantageNode *const *) b));
}

/* Names of the labels whose values are texts, sorted. (transfer container) */
static GPtrArray *
list_labels (VantageNode *labels)
{
  GPtrArray *names = g_ptr_array_new ();

  for (VantageNode *name = labels != NULL ? vantage_node_first (labels) : NULL;
       name != NULL && names->len < MAX_LABELS; name = vantage_node_next (labels, name))
    if (vantage_node_get_text (vantage_node_value (name)) != NULL)
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static guint64
add_to_print (guint64 print, const char *text)
{
  for (; *text != '\0'; text++)
    print = (print ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  return (print ^ 0xff) * G_GUINT64_CONSTANT (1099511628211);
}

/* The fingerprint, as Prometheus works it out where the record does not tell: FNV-1a over the
 * sorted labels. (transfer full) */
static char *
dup_print (VantageNode *alert)
{
  const char *told = vantage_paging_get (alert, "fingerprint");
  g_autoptr (GPtrArray) names = NULL;
  guint64 print = G_GUINT64_CONSTANT (14695981039346656037);

  if (told != NULL && strlen (told) <= 40)
    return vantage_chat_dup_local (told);
  names = list_labels (vantage_node_get_object (alert, "labels"));
  for (guint i = 0; i < names->len; i++)
    {
      print = add_to_print (print, vantage_node_get_text (names->pdata[i]));
      print = add_to_print (print, vantage_node_get_text (vantage_node_value (names->pdata[i])));
    }
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", print);
}

static const char *
find_name (VantageNode *alert, const VantageAlertGroup *group)
{
  static const char *const names[] = { "alertname", "rulename", NULL };
  const char *name = vantage_paging_get_any (vantage_node_get_object (alert, "labels"), names);

  if (name == NULL)
    name = vantage_paging_get_any (group->labels, names);
  return name != NULL ? name : "alerts";
}

/* ---- what it says ---- */

static void
add_annotation (VantageItem *item, VantageNode *alert, const VantageAlertGroup *group,
                const char *name)
{
  const char *text = vantage_paging_get (vantage_node_get_object (alert, "annotations"), name);

  vantage_paging_add_text (item,
                           text != NULL ? text : vantage_paging_get (group->annotations, name));
}

static gboolean
is_over (VantageNode *alert)
{
  return g_strcmp0 (vantage_paging_get (alert, "status"), "resolved") == 0;
}

static void
add_words (VantageItem *item, VantageNode *alert, const VantageAlertGroup *group)
{
  static const char *const annotations[] = { "summary", "description", "message" };
  g_autoptr (GPtrArray) names = list_labels (vantage_node_get_object (alert, "labels"));
  g_autoptr (GString) labels = g_string_new (NULL);

  /* What a message says once all is over is not what was said when it began. */
  if (!is_over (alert) || item->kind == VANTAGE_ITEM_RESOLVE)
    {
      vantage_paging_add_text (item, group->title);
      vantage_paging_add_text (item, group->message);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (annotations); i++)
    add_annotation (item, alert, group, annotations[i]);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (labels, "%s%s=%s", i > 0 ? " " : "",
                            vantage_node_get_text (names->pdata[i]),
                            vantage_node_get_text (vantage_node_value (names->pdata[i])));
  vantage_paging_add_text (item, labels->str);
  vantage_paging_add_text (item, vantage_paging_get (alert, "valueString"));
}

static void
add_facts (VantageItem *item, VantageNode *alert, const VantageAlertGroup *group)
{
  static const char *const urls[] = { "panelURL", "dashboardURL", "generatorURL", NULL };
  const char *url = vantage_paging_get_any (alert, urls);

  vantage_paging_add_extra (
      item, "severity", vantage_paging_get (vantage_node_get_object (alert, "labels"), "severity"));
  vantage_paging_add_extra (item, "value", vantage_paging_get (alert, "value"));
  vantage_paging_set_url (item, url != NULL ? url : group->url);
}

/* ---- the items ---- */

static VantageItem *
make_item (VantageNode *alert, const VantageAlertGroup *group, VantageItemKind kind,
           const char *print, const char *channel, const char *account)
{
  VantageItem *item = vantage_item_new (kind);

  item->channel = g_strdup (channel);
  item->account = g_strdup (account);
  item->thread = g_strdup (print);
  add_words (item, alert, group);
  add_facts (item, alert, group);
  return item;
}

static gboolean
take_fired (VantagePaging *self, VantageNode *alert, VantageItem *item, const char *print,
            gboolean *out_ok, GError **error)
{
  g_autoptr (VantageItem) owned = item;

  if (!vantage_paging_set_time (self, item, get_began (alert), out_ok, error))
    return FALSE;
  if (!*out_ok)
    return TRUE;
  /* What an id is must not depend on a zone that somebody chose. */
  item->local = item->zone_origin == VANTAGE_ZONE_IN_FILE
                    ? g_strdup_printf ("%s.f%" G_GINT64_FORMAT, print, item->time_us)
                    : g_strdup_printf ("%s.f%08x", print, g_str_hash (item->raw_time));
  return vantage_paging_take (self, g_steal_pointer (&owned), error);
}

/* When it ended; NONE while it has not: then the time given is when it will be forgotten. */
static VantagePagingTimeState
read_end (VantageNode *alert, gint64 *out_us, VantagePrecision *out_precision, guint *n_endless)
{
  gboolean has_zone;
  VantagePagingTimeState state;

  if (!is_over (alert))
    return VANTAGE_PAGING_TIME_NONE;
  state = vantage_paging_read_time (vantage_paging_get (alert, "endsAt"), out_us, out_precision,
                                    &has_zone);
  *n_endless += state == VANTAGE_PAGING_TIME_NONE;
  return state == VANTAGE_PAGING_TIME_OK && !has_zone ? VANTAGE_PAGING_TIME_BAD : state;
}

gboolean
vantage_alert_take (VantagePaging *self, VantageNode *alert, const VantageAlertGroup *group,
                    guint *n_endless, GError **error)
{
  g_autofree char *print = dup_print (alert);
  g_autofree char *channel = NULL;
  g_autofree char *account =
      g_strconcat ("name:",
                   group->receiver != NULL                                       ? group->receiver
                   : g_str_equal (self->reading->reader->format.name, "grafana") ? "Grafana"
                                                                                 : "Alertmanager",
                   NULL);
  g_autoptr (VantageItem) ended = NULL;
  VantagePrecision precision;
  VantagePagingTimeState state;
  gboolean ok;
  gint64 us;

  if (!vantage_paging_tell_channel (self, VANTAGE_CHANNEL_ALERTS, find_name (alert, group), NULL,
                                    &channel, error) ||
      !vantage_paging_tell_person (self, account, account + strlen ("name:"), NULL, TRUE, error) ||
      !take_fired (self, alert,
                   make_item (alert, group, VANTAGE_ITEM_ALERT, print, channel, account), print,
                   &ok, error))
    return FALSE;
  state = ok ? read_end (alert, &us, &precision, n_endless) : VANTAGE_PAGING_TIME_NONE;
  if (state == VANTAGE_PAGING_TIME_BAD)
    return vantage_paging_skip (self, "bad-time", error, "“%s” is no time",
                                vantage_paging_get (alert, "endsAt"));
  if (state == VANTAGE_PAGING_TIME_NONE)
    return TRUE;
  ended = make_item (alert, group, VANTAGE_ITEM_RESOLVE, print, channel, account);
  vantage_reading_set_time (self->reading, ended, vantage_paging_get (alert, "endsAt"), us,
                            precision);
  ended->local = g_strdup_printf ("%s.r%" G_GINT64_FORMAT, print, us);
  return vantage_paging_take (self, g_steal_pointer (&ended), error);
}

/* "http://ops1:9093/x" is at "ops1:9093". */
static void
take_system (VantagePaging *self, const char *url)
{
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  char *system;

  if (host == NULL || host[3] == '\0' || host[3] == '/')
    return;
  host += 3;
  system = g_ascii_strdown (host, (gssize) strcspn (host, "/?#"));
  g_free (self->system);
  self->system = system;
  if (self->reading->facts->system == NULL || *self->reading->facts->system == '\0')
    {
      g_free (self->reading->facts->system);
      self->reading->facts->system = g_strdup (system);
    }
}

gboolean
vantage_alert_take_group (VantagePaging *self, VantageNode *node, guint *n_endless, GError **error)
{
  VantageNode *alerts = vantage_node_get_array (node, "alerts");
  gint64 truncated = vantage_node_get_int (node, "truncatedAlerts", 0);
  const VantageAlertGroup group = {
    .receiver = vantage_paging_get (node, "receiver"),
    .title = vantage_paging_get (node, "title"),
    .message = vantage_paging_get (node, "message"),
    .url = vantage_paging_get (node, "externalURL"),
    .annotations = vantage_node_get_object (node, "commonAnnotations"),
    .labels = vantage_node_get_object (node, "commonLabels"),
  };

  take_system (self, group.url);
  for (VantageNode *alert = vantage_node_first (alerts); alert != NULL;
       alert = vantage_node_next (alerts, alert))
    {
      gboolean ok = vantage_alert_is_one (alert)
                        ? vantage_alert_take (self, alert, &group, n_endless, error)
                        : vantage_paging_skip (self, "bad-record", error,
                                               "an alert has no labels or no time");

      if (!ok)
        return FALSE;
    }
  if (truncated <= 0)
    return TRUE;
  self->reading->facts->complete = FALSE;
  return vantage_reading_note (self->reading, "more-pages", self->entry, 0, self->offset, error,
                               "the message says that %" G_GINT64_FORMAT " alerts were left out",
                               truncated);
}

gboolean
vantage_alert_finish (VantagePaging *self, guint n_endless, GError **error)
{
  if (n_endless > 0 &&
      !vantage_reading_note (self->reading, "no-end", NULL, 0, -1, error,
                             "%u alerts are said to be over without saying since when.", n_endless))
    return FALSE;
  return vantage_paging_finish (self, "alerts", error);
}
