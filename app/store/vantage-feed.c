/* vantage-feed.c: notices what was committed, here or by another program, and passes it on. */

#include "vantage-feed.h"

#define POLL_MS 500

static gint64
read_version (VantageLibrary *self)
{
  g_rec_mutex_lock (&self->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->reader, "PRAGMA data_version", NULL);
  gint64 version = vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : -1;

  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&self->reader_mutex);
  return version;
}

void
vantage_library_poll (VantageLibrary *self)
{
  gint64 version;

  if (self->closed)
    return;

  g_atomic_int_set (&self->feed_queued, 0);
  version = read_version (self);
  if (version != self->seen_version)
    self->seen_version = version;
  vantage_evidence_store_poll (self->evidence);
}

static gboolean
poll_cb (gpointer user_data)
{
  vantage_library_poll (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
queued_cb (gpointer user_data)
{
  vantage_library_poll (user_data);
  return G_SOURCE_REMOVE;
}

void
vantage_library_queue_feed (VantageLibrary *self)
{
  if (g_thread_self () == self->owner)
    {
      vantage_library_poll (self);
      return;
    }
  if (self->context != NULL && g_atomic_int_compare_and_exchange (&self->feed_queued, 0, 1))
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, queued_cb, g_object_ref (self),
                                g_object_unref);
}

typedef struct
{
  VantageLibrary *library;
  char *review;
} EvidenceNews;

static void
free_evidence_news (gpointer data)
{
  EvidenceNews *news = data;

  g_object_unref (news->library);
  g_free (news->review);
  g_free (news);
}

static gboolean
evidence_changed_cb (gpointer data)
{
  EvidenceNews *news = data;

  g_signal_emit_by_name (news->library, "evidence-changed", news->review);
  return G_SOURCE_REMOVE;
}

void
vantage_library_emit_evidence_changed (VantageLibrary *self, const char *review)
{
  EvidenceNews *news;

  if (g_thread_self () == self->owner)
    {
      g_signal_emit_by_name (self, "evidence-changed", review);
      return;
    }
  news = g_new (EvidenceNews, 1);
  news->library = g_object_ref (self);
  news->review = g_strdup (review);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, evidence_changed_cb, news,
                              free_evidence_news);
}

void
vantage_feed_start (VantageLibrary *self)
{
  self->seen_version = read_version (self);
  self->poll_source = g_timeout_source_new (POLL_MS);
  g_source_set_callback (self->poll_source, poll_cb, self, NULL);
  g_source_attach (self->poll_source, self->context);
}

void
vantage_feed_stop (VantageLibrary *self)
{
  if (self->poll_source == NULL)
    return;

  g_source_destroy (self->poll_source);
  g_clear_pointer (&self->poll_source, g_source_unref);
}
