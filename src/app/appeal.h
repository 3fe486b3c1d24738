/* Appeals 倡议书 and the pledges 报名 that answer them. */
#pragma once

#define DEF "app/appeal.def"
#include "record/struct.h"
#define DEF "app/pledge.def"
#include "record/struct.h"

/* Whether the appeal takes pledges of that day: OK, or BAD_FIELD that says why not. */
enum status appeal_open(struct work *work, const struct appeal *appeal, int64_t day);
/* The person's pledge for the appeal; false where there is none. */
bool pledge_find(struct work *work, struct id appeal, struct id person, struct id *pledge);
/* Approves what the person signed up for and nobody has looked at: whoever is sent was taken. Inside store_write, whoever asks. */
enum status pledge_taken(struct work *work, struct id person);
