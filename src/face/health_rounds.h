/* What the actions on daily health rounds share. */
#pragma once

#include "app/health_round.h"
#include "face/call.h"

/* The site that the path names, within reach by the right, and ?day=; begins to read. */
enum status round_enter(struct call *call, int right, struct row **site, int64_t *day);
void round_put_sums(struct json *json, const struct round_sums *sums);
/* Adds what came of a write, and how the round stands: members of an object. Begins to read. */
enum status round_answer(struct call *call, const struct round_write *write);
