/* vantage-desk-picture.h: a picture of a review's timeline, the same for windows and command line.
 */

#pragma once

#include "vantage-evidence.h"
#include "vantage-timeline-picture.h"

G_BEGIN_DECLS

/* What a picture is made from, held together while it is made. */
typedef struct _VantageDeskPicture VantageDeskPicture;

/**
 * vantage_desk_picture_new:
 * @report: zone, names and now; copied but for what it points to, which must outlive the picture
 * @options: people and messages are found here, whatever it holds of them; the rest as given
 * @find_word: (nullable): as of #VantageReportInput
 *
 * Reads @review. The thread of @library.
 */
VantageDeskPicture *vantage_desk_picture_new (
    VantageLibrary *library, const char *review, const VantageReportOptions *report,
    const VantagePictureOptions *options,
    const char *(*find_word) (const char *vocabulary, const char *value, gpointer user_data),
    GError **error);
void vantage_desk_picture_free (VantageDeskPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageDeskPicture, vantage_desk_picture_free)

VantageTimelinePicture *vantage_desk_picture_get (VantageDeskPicture *self);
/* As a file: @format is "svg", "png", "pdf" or "canvas". PNG: pixels by @scale. */
GBytes *vantage_desk_picture_write (VantageDeskPicture *self, const char *format, double scale,
                                    GError **error);

G_END_DECLS
