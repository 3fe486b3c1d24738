/* Between the files of the delivery ledger. */
#pragma once

#include "app/delivery.h"

struct judged;

/* The states of what is not applied for and not decided: it lapses where the firm no longer qualifies. */
extern const char delivery_open_states[];
/* Sets what follows from the policy and the judgement; true where that is something else than what stood there. */
bool delivery_take_judgement(struct work *work, struct delivery *one, const struct judged *judged);
/* The firm qualifies from today on: it is to be told in time. */
void delivery_qualify(struct work *work, struct delivery *one);
/* From the day on which somebody knows a policy, it was told too: nobody need go there any more. `how`: a pick of known_how. */
void delivery_know(struct work *work, struct delivery *one, const char *how, int64_t day);
