/* vantage-empty-state.c: what a page shows when there is nothing yet. */

#include "config.h"

#include "vantage-empty-state.h"

GtkWidget *
vantage_empty_state_new (const char *icon, const char *title, const char *description,
                         const char *button, const char *action)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *next;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  if (button == NULL)
    return page;

  next = gtk_button_new_with_mnemonic (button);
  gtk_widget_set_halign (next, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (next, "pill");
  gtk_widget_add_css_class (next, "suggested-action");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (next), action);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), next);
  return page;
}
