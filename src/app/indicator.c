#include "app/indicator.h"

#define INDICATOR(name, label, over, under, doc) {#name, label, #over, #under, doc, false},
#define INDICATOR_TOTAL(name, label, over, under, doc) {#name, label, #over, #under, doc, true},
const struct indicator indicators[] = {
#include "app/indicator.def"
};
#undef INDICATOR
#undef INDICATOR_TOTAL
const size_t indicator_count = sizeof indicators / sizeof *indicators;
