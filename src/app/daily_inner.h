/* Between the files of the daily return. */
#pragma once

#include "app/daily.h"

/* What the firm's return leaves open is as known already: a fact is told once. BAD_FIELD where more are on duty than there are. */
enum status daily_fill(struct work *work, struct daily *daily);
/* A jump of those on duty against the day before without its reason: BAD_FIELD. */
enum status daily_check_jump(struct work *work, const struct daily *daily);
/* Sends the return, as it was `before` (NULL: it is new). */
enum status daily_send(struct work *work, const struct daily *before, struct daily *daily);
