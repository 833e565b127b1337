/* vantage-sync-state.c: how a library and its server stand, and when to sync again. */

#include "config.h"

#include "vantage-sync-state.h"

#include "vantage-sync-server.h"
#include "vantage-time.h"

#define AFTER_EDIT_MS 8000
#define AFTER_START_MS 2000
#define NOW_AND_THEN_MS (5 * 60 * 1000)
#define KEY_OFFLINE "work-offline"
#define KEY_SYNCED "synced-us"

struct _VantageSyncState
{
  GObject parent_instance;

  VantageLibrary *library; /* which holds this */
  GCancellable *cancellable;
  char *url;
  gboolean busy, again, offline;
  guint n_failures;
  guint timer;
  GError *error;
  VantageSyncReport *report;
  gint64 synced_us;
};

G_DEFINE_FINAL_TYPE (VantageSyncState, vantage_sync_state, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
tell (VantageSyncState *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
timer_cb (gpointer data)
{
  VantageSyncState *self = data;

  self->timer = 0;
  if (!self->offline)
    vantage_sync_state_sync (self);
  return G_SOURCE_REMOVE;
}

/* The next one by itself; replaces what was planned. */
static void
plan (VantageSyncState *self, guint wait_ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->url != NULL && !self->offline)
    self->timer = g_timeout_add (wait_ms, timer_cb, self);
}

static void
take_report (VantageSyncState *self, VantageSyncReport *report)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->report, vantage_sync_report_free);
  self->report = report;
  self->n_failures = 0;
  self->synced_us = vantage_library_now_us (self->library);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, self->synced_us);
  vantage_library_set_local (self->library, NULL, KEY_SYNCED, text);
  plan (self, NOW_AND_THEN_MS);
}

static void
take_error (VantageSyncState *self, GError *error)
{
  gint64 wait_us = vantage_sync_back_off_us (
      ++self->n_failures, vantage_sync_error_get_retry_after_ms (error), g_random_double ());

  self->error = error;
  plan (self, (guint) (wait_us / 1000));
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VantageSyncState *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageSyncReport) report = vantage_sync_run_finish (result, &error);

  /* Cancelled: the library was closed, and this with it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->busy = FALSE;
  g_clear_error (&self->error);
  if (report != NULL)
    take_report (self, g_steal_pointer (&report));
  else
    take_error (self, g_steal_pointer (&error));
  if (self->again)
    {
      self->again = FALSE;
      vantage_sync_state_sync (self);
    }
  tell (self);
}

void
vantage_sync_state_sync (VantageSyncState *self)
{
  if (self->url == NULL)
    return;
  if (self->busy)
    {
      self->again = TRUE;
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->busy = TRUE;
  vantage_sync_run_async (self->library, NULL, self->cancellable, synced_cb, self);
  tell (self);
}

static void
saved_cb (VantageSyncState *self)
{
  if (self->url == NULL)
    return;
  if (self->n_failures == 0)
    plan (self, AFTER_EDIT_MS);
  tell (self);
}

void
vantage_sync_state_reconnect (VantageSyncState *self)
{
  g_free (self->url);
  self->url = vantage_sync_server_dup_url (self->library);
  g_clear_error (&self->error);
  self->n_failures = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  tell (self);
}

const char *
vantage_sync_state_get_url (VantageSyncState *self)
{
  return self->url;
}

gboolean
vantage_sync_state_is_busy (VantageSyncState *self)
{
  return self->busy;
}

gboolean
vantage_sync_state_is_offline (VantageSyncState *self)
{
  return self->offline;
}

void
vantage_sync_state_set_offline (VantageSyncState *self, gboolean offline)
{
  if (self->offline == offline)
    return;
  self->offline = offline;
  vantage_library_set_local (self->library, NULL, KEY_OFFLINE, offline ? "yes" : NULL);
  if (offline)
    g_clear_handle_id (&self->timer, g_source_remove);
  else
    vantage_sync_state_sync (self);
  tell (self);
}

const GError *
vantage_sync_state_get_error (VantageSyncState *self)
{
  return self->error;
}

const VantageSyncReport *
vantage_sync_state_get_report (VantageSyncState *self)
{
  return self->report;
}

gint64
vantage_sync_state_get_synced_us (VantageSyncState *self)
{
  return self->synced_us;
}

/* ---- making ---- */

static void
vantage_sync_state_dispose (GObject *object)
{
  VantageSyncState *self = VANTAGE_SYNC_STATE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (vantage_sync_state_parent_class)->dispose (object);
}

static void
vantage_sync_state_finalize (GObject *object)
{
  VantageSyncState *self = VANTAGE_SYNC_STATE (object);

  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->report, vantage_sync_report_free);
  g_free (self->url);
  G_OBJECT_CLASS (vantage_sync_state_parent_class)->finalize (object);
}

static void
vantage_sync_state_class_init (VantageSyncStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vantage_sync_state_dispose;
  object_class->finalize = vantage_sync_state_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_sync_state_init (VantageSyncState *self)
{
  self->cancellable = g_cancellable_new ();
  self->synced_us = VANTAGE_TIME_NONE;
}

VantageSyncState *
vantage_sync_state_get (VantageLibrary *library)
{
  VantageSyncState *self = g_object_get_data (G_OBJECT (library), "vantage-sync-state");
  g_autofree char *offline = NULL;
  g_autofree char *synced = NULL;

  if (self != NULL)
    return self;
  self = g_object_new (VANTAGE_TYPE_SYNC_STATE, NULL);
  self->library = library;
  offline = vantage_library_dup_local (library, NULL, KEY_OFFLINE);
  synced = vantage_library_dup_local (library, NULL, KEY_SYNCED);
  self->offline = offline != NULL;
  if (synced == NULL ||
      !g_ascii_string_to_signed (synced, 10, 0, G_MAXINT64, &self->synced_us, NULL))
    self->synced_us = VANTAGE_TIME_NONE;
  self->url = vantage_sync_server_dup_url (library);
  g_object_set_data_full (G_OBJECT (library), "vantage-sync-state", self, g_object_unref);
  g_signal_connect_object (library, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  plan (self, AFTER_START_MS);
  return self;
}
