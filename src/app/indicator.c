#include "app/indicator.h"

#define INDICATOR(name, label, over, under, doc) {#name, label, #over, #under, doc, false, 0},
#define INDICATOR_TOTAL(name, label, over, under, doc) {#name, label, #over, #under, doc, true, 0},
#define INDICATOR_EVE(name, label, over, under, doc) {#name, label, #over, #under, doc, false, 1},
const struct indicator indicators[] = {
#include "app/indicator.def"
};
#undef INDICATOR
#undef INDICATOR_TOTAL
#undef INDICATOR_EVE
const size_t indicator_count = sizeof indicators / sizeof *indicators;
