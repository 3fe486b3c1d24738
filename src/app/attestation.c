#include "app/attestation.h"

#include "app/health_round.h"
#include "app/rights.h"
#include "app/settings.h"
#include "record/rows.h"

static enum status attestation_check(struct work *work, const struct row *old, struct row *row);
static void attestation_warn(struct work *work, const struct row *row, struct warnings *warnings);
static void attestation_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_health_attested(struct work *work, const struct row *row, int64_t day);

#define DEF "app/attestation.def"
#define HOOKS .check = attestation_check, .warn = attestation_warn, .breaks = attestation_breaks,
#include "record/table.h"

static const struct attestation *self(const struct row *row)
{
	return (const struct attestation *)row;
}

static int64_t measure_health_attested(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day ? self(row)->count : 0;
}

static void attestation_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

int64_t attestation_sum(struct work *work, struct id site, int64_t day, struct id but)
{
	return db_get(work->db, 0,
		"SELECT coalesce(sum(count), 0) FROM attestations WHERE site = ? AND day = ? AND voided_at IS NULL AND id <> ?",
		BIND(V(site), V(day), V(id_none(but) ? site : but)));
}

static struct round_sums sums_of(struct work *work, const struct attestation *attestation)
{
	struct round_sums sums = {0};
	const struct row *site = row_load(work, &site_record, attestation->site);
	if (site)
		round_sums_of(work, &site, 1, attestation->day, &sums);
	return sums;
}

static enum status attestation_check(struct work *work, const struct row *old, struct row *row)
{
	struct attestation *attestation = (struct attestation *)row;
	if (!GIVEN(attestation, attestation, day))
		SET(attestation, attestation, day, V(work->today));
	if (attestation->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (!old)
		SET(attestation, attestation, threshold, V(settings_tenths(work, "fever_tenths")));
	struct round_sums sums = sums_of(work, attestation);
	int64_t others = attestation_sum(work, attestation->site, attestation->day, row->id);
	if (attestation->count + others > sums.due)
		return fail(work, BAD_FIELD, "count",
			"passes the %lld on duty that day (%lld are attested already)|超过当日在岗 %lld 人（已声明 %lld 人）",
			(long long)sums.due, (long long)others);
	if (GIVEN(attestation, attestation, none) && attestation->none && sums.feverish)
		return fail(work, BAD_FIELD, "none", "%lld are told feverish that day|当日已有 %lld 人填报发热", (long long)sums.feverish);
	return OK;
}

/* Somebody fell ill after it was said. */
static void attestation_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct attestation *attestation = self(row);
	struct round_sums sums =
		GIVEN(attestation, attestation, none) && attestation->none ? sums_of(work, attestation) : (struct round_sums){0};
	if (sums.feverish)
		warn(work, warnings, "none", (struct id){{0}}, NULL, "Since then %lld were told feverish|此后有 %lld 人填报发热",
			(long long)sums.feverish);
}
