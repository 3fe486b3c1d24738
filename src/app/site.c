#include "app/site.h"

#include "app/rights.h"
#include "record/rows.h"

static int64_t measure_sites(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_due(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_resumed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_due(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_on_duty(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_linked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_checked(struct work *work, const struct row *row, int64_t day);
static void site_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/site.def"
#define HOOKS .breaks = site_breaks,
#include "record/table.h"

static const struct site *self(const struct row *row)
{
	return (const struct site *)row;
}

/* Whether it counts as a firm in the rates of resumption: enterprises only, as the documents count. */
static bool is_firm(const struct row *row, int64_t day)
{
	return day >= row->since && text_same(self(row)->kind, "enterprise");
}

static bool works(const struct row *row)
{
	return text_same(self(row)->status, "open") || text_same(self(row)->status, "resumed");
}

static int64_t measure_sites(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= row->since;
}

/* The denominator leaves out what policy or repair keeps closed (facts.md 2.5). */
static int64_t measure_sites_due(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && !text_same(self(row)->status, "exempt");
}

static int64_t measure_sites_resumed(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row);
}

static int64_t measure_staff_due(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row) ? self(row)->staff : 0;
}

static int64_t measure_staff_on_duty(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row) ? self(row)->on_duty : 0;
}

static int64_t measure_sites_linked(struct work *work, const struct row *row, int64_t day)
{
	(void)work, (void)row, (void)day;
	return 0;
}

static int64_t measure_sites_checked(struct work *work, const struct row *row, int64_t day)
{
	return is_firm(row, day) &&
		db_get(work->db, 0, "SELECT 1 FROM checks WHERE site = ? AND day <= ? AND voided_at IS NULL LIMIT 1",
			BIND(V(row->id), V(day)));
}

static void site_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	int64_t first = db_get(work->db, -1, "SELECT min(day) FROM checks WHERE site = ? AND voided_at IS NULL", BIND(V(row->id)));
	if (first >= 0)
		breaks_add(breaks, first);
}
