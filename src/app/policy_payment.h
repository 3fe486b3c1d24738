/* Money of policies paid to firms. */
#pragma once

#define DEF "app/policy_payment.def"
#include "record/struct.h"
