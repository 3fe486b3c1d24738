/* What a liaison sends to a firm about its policies. */
#pragma once

#include "app/delivery.h"
#include "app/policy.h"

/* The policies of a firm in a message to be copied, in the language of the work; "" where there are none. In the arena. */
const char *delivery_message(
	struct work *work, const char *firm, const struct delivery *const *rows, const struct policy *const *policies, size_t count);
/* The title of a policy in the language of the work. */
const char *policy_name(const struct work *work, const struct policy *policy);
/* Yuan with thousands, and fen only where there are any: 1,708.50. In `arena`. */
const char *money_print(struct arena *arena, int64_t fen);
