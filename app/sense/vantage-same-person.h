/* vantage-same-person.h: accounts that may be one person's, proposed for somebody to confirm. */

#pragma once

#include <glib.h>
#include "vantage-entity.h"
#include "vantage-identity.h"

G_BEGIN_DECLS

/* What two people have in common; the stronger first. */
typedef enum
{
  VANTAGE_SAME_EMAIL,
  VANTAGE_SAME_HANDLE,
  VANTAGE_SAME_NAME, /* a full name: more than one word, in whatever order */
  VANTAGE_N_SAME,
} VantageSame;

/* "same-email", "same-handle", "same-name". */
const char *vantage_same_to_text (VantageSame same);

/* One person as known so far; merged accounts are one already. All lent. */
typedef struct
{
  const char *id;
  const char *sort; /* (nullable): human, automation, system, vendor, group; NULL: human */
  const char *name;
  const char *email;          /* (nullable) */
  GPtrArray *identities;      /* (nullable) (element-type VantageIdentity) */
  const char *const *members; /* (nullable): ids merged into this one; NULL-terminated */
} VantageSameKnown;

typedef struct
{
  const char *person; /* the earlier one in the order given; lent from what was given */
  const char *other;
  VantageSame same;
  char *what; /* the address, handle or name they share, as the first writes it */
} VantageSameProposal;

/**
 * vantage_same_person_find:
 * @people: (array length=n_people): in the order in which they are shown
 * @dismissals: (nullable) (element-type VantageEntity): entities of kind dismissal; others are
 *   passed over
 *
 * Proposes pairs that share an address, a handle or a full name; each pair once, for its strongest
 * reason, and none that follows from the others. Never a machine or a group with a human. Names
 * that stand for nobody in particular ("admin", "no-reply@…"), and what more than 20 people share,
 * are no reason. A pair that was dismissed stays away, also when either was merged with others
 * since. O(n log n) for people who share nothing.
 *
 * Returns: (transfer full) (element-type VantageSameProposal): by reason, then by order of @people
 */
GPtrArray *vantage_same_person_find (const VantageSameKnown *people, guint n_people,
                                     GPtrArray *dismissals);

/* The field `of` of the dismissal of a pair, whichever comes first. (transfer full) */
char *vantage_same_person_dup_key (const char *person, const char *other);

G_END_DECLS
