/* People, with or without an account. */
#pragma once

#define DEF "app/person.def"
#include "record/struct.h"

struct work;
/* Whether there are limits to somebody's health: what they are is private, so it is never judged, only looked at by people; among equals others go first. Needs work->db. */
bool person_limited(struct work *work, struct id person);
#define PERSON_LOOK "has limits of health: look before sending|有身体条件限制，派出前请核实"
