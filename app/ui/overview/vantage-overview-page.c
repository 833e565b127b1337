/* vantage-overview-page.c: the first section: what happened, how far the review is, what is next.
 */

#include "config.h"

#include "vantage-overview-page.h"

#include <glib/gi18n.h>

#include "vantage-field-binding.h"
#include "vantage-prose-editor.h"

struct _VantageOverviewPage
{
  VantagePage parent_instance;

  GtkEditable *title_row;
  VantageProseEditor *summary;
};

G_DEFINE_FINAL_TYPE (VantageOverviewPage, vantage_overview_page, VANTAGE_TYPE_PAGE)

static void
vantage_overview_page_constructed (GObject *object)
{
  VantageOverviewPage *self = VANTAGE_OVERVIEW_PAGE (object);
  VantageReviewContext *context = vantage_page_get_context (VANTAGE_PAGE (self));
  const char *review = vantage_review_context_get_review_id (context);

  G_OBJECT_CLASS (vantage_overview_page_parent_class)->constructed (object);

  vantage_field_bind (self->title_row, context, "review", review, "title", _ ("Rename Review"));
  vantage_prose_editor_bind (self->summary, context, "review", review, "summary",
                             _ ("Edit Summary"));
}

static void
vantage_overview_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_OVERVIEW_PAGE);
  G_OBJECT_CLASS (vantage_overview_page_parent_class)->dispose (object);
}

static void
vantage_overview_page_class_init (VantageOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = vantage_overview_page_constructed;
  object_class->dispose = vantage_overview_page_dispose;
  g_type_ensure (VANTAGE_TYPE_PROSE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, title_row);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, summary);
}

static void
vantage_overview_page_init (VantageOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  vantage_prose_editor_set_placeholder (self->summary,
                                        _ ("Two or three lines, as you would tell a colleague."));
  vantage_prose_editor_set_lines (self->summary, 3);
}
