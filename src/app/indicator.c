#include "app/indicator.h"

#define INDICATOR(name, label, over, under, doc) {#name, label, #over, #under, NULL, NULL, doc, false, 0},
#define INDICATOR_BY(name, label, over, under, fine_over, fine_under, doc) \
	{#name, label, #over, #under, #fine_over, #fine_under, doc, false, 0},
#define INDICATOR_TOTAL(name, label, over, under, doc) {#name, label, #over, #under, NULL, NULL, doc, true, 0},
#define INDICATOR_EVE(name, label, over, under, doc) {#name, label, #over, #under, NULL, NULL, doc, false, 1},
const struct indicator indicators[] = {
#include "app/indicator.def"
};
#undef INDICATOR
#undef INDICATOR_BY
#undef INDICATOR_TOTAL
#undef INDICATOR_EVE
const size_t indicator_count = sizeof indicators / sizeof *indicators;

void indicator_rate(struct json *json, int64_t over, int64_t under)
{
	json_put_whole(json, "over", over);
	json_put_whole(json, "under", under);
	json_key(json, "rate");
	if (under)
		json_double(json, (double)over / (double)under);
	else
		json_null_out(json);
}
