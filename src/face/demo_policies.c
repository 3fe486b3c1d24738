/* Policies in the demonstration: the city publishes the examples on the last evening; of three firms in five what decides is known, of some of these in part only. */
#include "base/clock.h"
#include "face/demo.h"

enum { EVENING = 17 * 60 + 40, KNOWN = 30 };

struct telling {
	struct demo *demo;
	const char *site;
	json_t *rows;
};

static void tell(struct telling *telling, const char *kind, const char *value, const char *month)
{
	json_t *row = json_pack("{s:s, s:s, s:s, s:s}", "site", telling->site, "kind", kind, "value", value, "source", "演示台账");
	if (month)
		json_object_set_new(row, "month", json_string(month));
	json_array_append_new(telling->rows, row);
}

static const char *yuan(struct demo *demo, int amount)
{
	return arena_print(demo->arena, "%d", amount);
}

static void tell_insurance(struct telling *telling, const struct demo_firm *firm, int at)
{
	struct demo *demo = telling->demo;
	tell(telling, "social_month", yuan(demo, firm->staff * 900), NULL);
	tell(telling, "medical_month", yuan(demo, firm->staff * 350), NULL);
	tell(telling, "medical_pool_funded", "yes", NULL);
	tell(telling, "unemployment_months", at % 9 ? "36" : "10", NULL);
	tell(telling, "zombie", "no", NULL);
	tell(telling, "dishonest", at % 13 ? "no" : "yes", NULL);
	tell(telling, "insured_before", yuan(demo, firm->staff + firm->staff / 20), NULL);
	if (at % 4 != 3)
		tell(telling, "insured_last", yuan(demo, firm->staff + (at % 6 ? firm->staff / 40 : -firm->staff / 30)), NULL);
	tell(telling, "unemployment_paid", yuan(demo, firm->staff * 420), NULL);
}

static void tell_costs(struct telling *telling, const struct demo_firm *firm, int at)
{
	struct demo *demo = telling->demo;
	tell(telling, "high_energy", at % 8 == 6 ? "yes" : "no", NULL);
	tell(telling, "power_fee_month", yuan(demo, firm->staff * 310), "2020-02");
	tell(telling, "hardship", at % 5 ? "no" : "yes", NULL);
	tell(telling, "state_rented", at % 4 ? "no" : "yes", NULL);
	if (at % 8 == 0)
		tell(telling, "rent_month", yuan(demo, 12000 + firm->staff * 20), NULL);
	if (at % 5 == 0)
		tell(telling, "property_tax", yuan(demo, firm->staff * 150), NULL);
	tell(telling, "lists", at % 8 == 5 ? "epidemic_supplier" : ",", NULL);
}

void demo_policies(struct demo *demo, int64_t day)
{
	if (day != demo->final)
		return;
	demo_clock(demo, day, EVENING);
	demo_send(demo, "demo-city", "POST", "/api/v1/policies/examples", json_pack("{s:s, s:b}", "area", "4313", "publish", 1));
	json_t *rows = json_array();
	for (int i = 0; i < KNOWN; i++) {
		struct telling telling = {.demo = demo, .site = demo->firms[i].id, .rows = rows};
		tell_insurance(&telling, &demo->firms[i], i);
		tell_costs(&telling, &demo->firms[i], i);
	}
	demo_send(demo, "demo-district", "POST", "/api/v1/facts", json_pack("{s:o}", "rows", rows));
}
