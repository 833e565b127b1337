/* vantage-desk-people.h: people of a review as they are proposed to be one, for windows and command
 * line alike. */

#pragma once

#include "vantage-evidence.h"
#include "vantage-same-person.h"

G_BEGIN_DECLS

/**
 * vantage_desk_propose_same:
 * @people: (element-type VantagePerson): as vantage_library_list_people () gives them
 *
 * Who may be one person, save what was dismissed: see vantage_same_person_find (). The thread of
 * @library.
 *
 * Returns: (transfer full) (element-type VantageSameProposal): ids in it are lent from @people
 */
GPtrArray *vantage_desk_propose_same (VantageLibrary *library, const char *review,
                                      GPtrArray *people, GError **error);
/* Two people stay two: the pair is not proposed again. One undo step named @what. */
gboolean vantage_desk_dismiss_same (VantageLibrary *library, const char *review, const char *person,
                                    const char *other, const char *what, GError **error);

G_END_DECLS
