/* What is known of a firm's day before anybody is asked, and where from. */
#include "app/health_round.h"
#include "app/settings.h"
#include "app/site_day.h"
#include "base/clock.h"
#include "record/days.h"

struct site_day_sources site_day_sources(struct work *work, const struct row *site, int64_t day, const struct site_day *told)
{
	return (struct site_day_sources){.site = row_as_of(work, site, day), .day = day, .told = told};
}

bool site_day_asks(const struct field *field)
{
	return !field->system && !field->fixed;
}

bool site_day_needs(struct work *work, const struct field *field, const struct site_day *told)
{
	/* what was done with the air conditioning is asked where there is one */
	if (field == FIELD_OF(site_day, air_done) && told && GIVEN(told, site_day, air) && !told->air)
		return false;
	return text_listed(settings_value(work, "site_day_needed"), ',', field->name);
}

bool site_day_anew(struct work *work, const struct field *field)
{
	return text_listed(settings_value(work, "site_day_anew"), ',', field->name);
}

const struct site_day *site_day_last(struct work *work, struct site_day_sources *sources)
{
	if (!sources->before_read)
		sources->before = site_day_before(work, sources->site->id, sources->day);
	sources->before_read = true;
	return sources->before;
}

/* --- staff files */

static void add_file(struct site_day_files *files, const struct staff *staff, const char *kind, bool passed)
{
	bool outsourced = text_listed("agency,contract", ',', kind ? kind : "-"), on_duty = text_same(staff->state, "on_duty");
	bool isolating = text_same(staff->state, "isolating");
	files->all++;
	files->on_duty += on_duty;
	files->isolating += isolating;
	files->elsewhere += !on_duty && !isolating;
	files->outsourced += outsourced;
	files->outsourced_on_duty += outsourced && on_duty;
	files->passed += passed;
}

const struct site_day_files *site_day_files(struct work *work, struct site_day_sources *sources)
{
	struct site_day_files *files = &sources->files;
	if (files->read)
		return files;
	files->read = true;
	struct query *query = db_query(work->db,
		"SELECT since, days, state, kind, key_area FROM staff_files WHERE site = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(sources->site->id), V(sources->day), V(sources->day)));
	while (db_next(query)) {
		struct staff *staff = (struct staff *)row_new(work->arena, &staff_record);
		staff->row.since = db_whole(query, 0);
		staff->row.days = db_copy(query, 1, work->arena);
		if (!db_null(query, 2))
			SET(staff, staff, state, V((const char *)db_copy(query, 2, work->arena)));
		const struct staff *then = (const struct staff *)row_as_of(work, &staff->row, sources->day);
		if (!text_same(then->state, "left"))
			add_file(files, then, db_null(query, 3) ? NULL : db_text(query, 3), db_whole(query, 4));
	}
	return files;
}

/* Of part of the staff they say too little. */
static bool cover(struct work *work, struct site_day_sources *sources, int64_t staff)
{
	const struct site_day_files *files = site_day_files(work, sources);
	return files->all && files->all >= staff;
}

static struct site_day_known of_files(struct work *work, struct site_day_sources *sources, const struct field *field)
{
	const struct site_day_files *files = site_day_files(work, sources);
	struct site_day_known known = {.source = "files", .count = files->all};
	if (field == FIELD_OF(site_day, isolating))
		known.value = V(files->isolating);
	else if (field == FIELD_OF(site_day, not_back))
		known.value = V(files->elsewhere);
	else if (field == FIELD_OF(site_day, outsourced))
		known.value = V(files->outsourced);
	else if (field == FIELD_OF(site_day, outsourced_on_duty))
		known.value = V(files->outsourced_on_duty);
	else if (field == FIELD_OF(site_day, passed))
		known.value = V(files->passed);
	else
		known.source = NULL;
	return known;
}

/* --- other sources */

/* Everybody who was due has been measured, or is named in an attestation. A round that told states alone says nothing of temperatures. */
static struct site_day_known of_round(struct work *work, struct site_day_sources *sources, const struct field *field)
{
	struct round_sums sums;
	if (field != FIELD_OF(site_day, measured))
		return (struct site_day_known){.source = NULL};
	round_sums_of(work, &sources->site, 1, sources->day, &sums);
	if (!sums.due || sums.measured + sums.attested < sums.due)
		return (struct site_day_known){.source = NULL};
	return (struct site_day_known){.value = V(true), .source = "round", .count = sums.measured + sums.attested};
}

/* Disinfection that was entered at the gate on the day. */
static struct site_day_known of_gate(struct work *work, struct site_day_sources *sources, const struct field *field)
{
	int64_t rounds = field != FIELD_OF(site_day, disinfected)
		? 0
		: db_get(work->db, 0,
			  "SELECT count(*) FROM gate_entries WHERE site = ? AND day = ? AND kind = 'round' AND voided_at IS NULL",
			  BIND(V(sources->site->id), V(sources->day)));
	return (struct site_day_known){.value = rounds ? V(true) : value_null(), .source = rounds ? "gate" : NULL, .count = rounds};
}

static struct site_day_known of_check(struct work *work, struct site_day_sources *sources, const struct field *field)
{
	struct id site = sources->site->id;
	if (field != FIELD_OF(site_day, hazard_check))
		return (struct site_day_known){.source = NULL};
	int64_t day =
		db_get(work->db, -1, "SELECT max(day) FROM checks WHERE site = ? AND day <= ? AND state <> 'draft' AND voided_at IS NULL",
			BIND(V(site), V(sources->day)));
	if (day < 1)
		return (struct site_day_known){.source = NULL};
	bool open = db_get(
		work->db, 0, "SELECT 1 FROM findings WHERE site = ? AND state <> 'closed' AND voided_at IS NULL LIMIT 1", BIND(V(site)));
	return (struct site_day_known){.value = V(open ? "open" : "done"), .source = "check", .day = day};
}

static struct site_day_known of_site(struct site_day_sources *sources, const struct field *field)
{
	const char *name = field == FIELD_OF(site_day, lead) ? "contact" : field == FIELD_OF(site_day, lead_phone) ? "phone" : NULL;
	struct value value = name ? row_get(sources->site, record_field(&site_record, name)) : value_null();
	return (struct site_day_known){.value = value, .source = value.type == VALUE_NULL ? NULL : "site"};
}

static struct site_day_known of_before(struct work *work, struct site_day_sources *sources, const struct field *field)
{
	const struct site_day *earlier = site_day_anew(work, field) ? NULL : site_day_last(work, sources);
	struct value value = earlier ? row_get(&earlier->row, field) : value_null();
	return (struct site_day_known){
		.value = value, .source = value.type == VALUE_NULL ? NULL : "before", .day = value.type == VALUE_NULL ? 0 : earlier->day};
}

/* Who is neither on duty nor isolated. */
static struct site_day_known of_sum(const struct field *field, const struct site_day *so_far)
{
	bool known = field == FIELD_OF(site_day, not_back) && GIVEN(so_far, site_day, staff) && GIVEN(so_far, site_day, on_duty) &&
		GIVEN(so_far, site_day, isolating);
	int64_t left = known ? so_far->staff - so_far->on_duty - so_far->isolating : -1;
	return (struct site_day_known){.value = left < 0 ? value_null() : V(left), .source = left < 0 ? NULL : "sum"};
}

/* --- one fact */

struct site_day_known site_day_know(
	struct work *work, struct site_day_sources *sources, const struct field *field, const struct site_day *so_far)
{
	struct site_day_known known = {.source = NULL};
	if (sources->told && row_get(&sources->told->row, field).type != VALUE_NULL)
		return (struct site_day_known){.value = row_get(&sources->told->row, field), .source = "told"};
	/* who is where on the day is in the files; where these are of a part of the staff, what was told before says more */
	if (of_files(work, sources, field).source && cover(work, sources, GIVEN(so_far, site_day, staff) ? so_far->staff : 0))
		return of_files(work, sources, field);
	if ((known = of_sum(field, so_far)).source || (known = of_round(work, sources, field)).source ||
		(known = of_gate(work, sources, field)).source || (known = of_check(work, sources, field)).source ||
		(known = of_before(work, sources, field)).source)
		return known;
	if ((known = of_site(sources, field)).source)
		return known;
	return site_day_files(work, sources)->all ? of_files(work, sources, field) : known;
}

struct site_day_known site_day_number(
	struct work *work, struct site_day_sources *sources, const struct daily *daily, const struct field *site_field)
{
	bool staff = site_field == FIELD_OF(site, staff);
	struct value told =
		daily_in(daily) ? row_get(&daily->row, staff ? FIELD_OF(daily, staff) : FIELD_OF(daily, on_duty)) : value_null();
	struct value of_site = row_get(sources->site, site_field), all = row_get(sources->site, FIELD_OF(site, staff));
	const struct site_day_files *files = site_day_files(work, sources);
	if (told.type != VALUE_NULL)
		return (struct site_day_known){.value = told, .source = "told"};
	if (staff ? of_site.type == VALUE_NULL && files->all : cover(work, sources, all.type == VALUE_NULL ? 0 : all.whole))
		return (struct site_day_known){.value = V(staff ? files->all : files->on_duty), .source = "files", .count = files->all};
	return (struct site_day_known){.value = of_site, .source = of_site.type == VALUE_NULL ? NULL : "site"};
}
