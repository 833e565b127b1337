/* vantage-timeline-survey.c: the review read as a whole, in the background. */

#include "config.h"

#include <glib/gi18n.h>

#include "vantage-timeline-feed-private.h"

#define SURVEY_DELAY_MS 600

static void
surveyed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  VantageSurvey *survey = vantage_survey_new_finish (result, &error);
  VantageTimelineFeed *self;

  if (survey == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          self = data;
          vantage_review_context_tell_error (self->context, _ ("The Evidence Could Not Be Read"),
                                             error);
        }
      return;
    }
  self = data;
  g_clear_pointer (&self->survey, vantage_survey_unref);
  self->survey = survey;
  g_signal_emit_by_name (self, "surveyed");
}

static gboolean
survey_cb (gpointer data)
{
  VantageTimelineFeed *self = data;

  self->survey_timeout = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  vantage_survey_new_async (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), self->cancellable,
                            surveyed_cb, self);
  return G_SOURCE_REMOVE;
}

/* Reads it anew a moment after the last change. */
void
vantage_timeline_feed_survey_soon (VantageTimelineFeed *self)
{
  if (!self->wants_survey)
    return;
  g_clear_handle_id (&self->survey_timeout, g_source_remove);
  self->survey_timeout =
      g_timeout_add (self->survey == NULL ? 1 : SURVEY_DELAY_MS, survey_cb, self);
}

VantageSurvey *
vantage_timeline_feed_get_survey (VantageTimelineFeed *self)
{
  if (!self->wants_survey)
    {
      self->wants_survey = TRUE;
      vantage_timeline_feed_survey_soon (self);
    }
  return self->survey;
}
