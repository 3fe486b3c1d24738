#include "app/indicator.h"

#define INDICATOR(name, label, over, under, doc) {#name, label, #over, #under, doc},
const struct indicator indicators[] = {
#include "app/indicator.def"
};
#undef INDICATOR
const size_t indicator_count = sizeof indicators / sizeof *indicators;
