/* Attestations of temperatures 测温声明: a named person answers for what was measured at a gate. */
#pragma once

#define DEF "app/attestation.def"
#include "record/struct.h"

/* How many temperatures of a site were attested for a day; those of `but` left out. */
int64_t attestation_sum(struct work *work, struct id site, int64_t day, struct id but);
