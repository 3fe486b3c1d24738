/* Entries that are likely to be of one person: the same ID number, the same phone, or the same name in one unit or home area. They are found by the keyed hashes of the search
 * index, within work->who's reach. Two different ID numbers are two people, whatever else is the same. */
#pragma once

#include "app/person.h"

enum person_alike { ALIKE_NOT, ALIKE_NAME_AREA, ALIKE_NAME_ORG, ALIKE_PHONE, ALIKE_IDNO }; /* the surer the greater */

struct person_same {
	const struct person *person;
	enum person_alike alike;
};
enum { PERSON_SAME_MOST = 5 };
/* The surest first; the number of them. `person` may be one that is not stored yet. Needs work->db. */
size_t person_same(struct work *work, const struct person *person, struct person_same same[PERSON_SAME_MOST]);
/* What is alike of two entries. */
enum person_alike person_alike(const struct person *one, const struct person *other);
/* Adds a warning an entry found: "may be the same". */
void person_same_warn(struct work *work, const struct row *row, struct warnings *warnings);
