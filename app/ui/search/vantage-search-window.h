/* vantage-search-window.h: a small window over another: go to anything by name, or search all
 * reviews for words. */

#pragma once

#include "vantage-window.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SEARCH_WINDOW (vantage_search_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageSearchWindow, vantage_search_window, VANTAGE, SEARCH_WINDOW, AdwWindow)

/* @everywhere: words in the evidence and titles of all reviews; else names within reach of
 * @parent. Up and Down choose, Enter goes, Escape leaves. */
void vantage_search_window_open (VantageWindow *parent, gboolean everywhere);

G_END_DECLS
