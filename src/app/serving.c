#include "app/serving.h"

#include <stdlib.h>
#include <string.h>

#include "app/org.h"
#include "app/rights.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/reach.h"
#include "record/rows.h"
#include "record/shape.h"

/* Which unit somebody serves for. */
struct place {
	struct id person;
	size_t unit;
};

struct reading {
	struct work *work;
	struct serving *serving;
	struct rest_rules rules;
	size_t unit_space, tired_space;
	struct place *places;
	size_t place_count, place_space;
	struct id *party; /* members of the Party who serve on the day, in order */
	size_t party_count, party_space;
	struct id *
		rostered; /* posts with shifts on the last days, as many as one may serve in a row: their roster tells who rests; in order */
	size_t rostered_count, rostered_space;
};

static size_t unit_of(struct reading *reading, struct id org)
{
	struct serving *serving = reading->serving;
	for (size_t i = 0; i < serving->unit_count; i++)
		if (id_same(serving->units[i].org, org))
			return i;
	*ARENA_PUSH(reading->work->arena, serving->units, serving->unit_count, reading->unit_space) = (struct serving_unit){.org = org};
	return serving->unit_count - 1;
}

static struct id id_or_none(struct query *query, int column)
{
	return db_null(query, column) ? (struct id){{0}} : db_id(query, column);
}

static void scope(const struct reading *reading, struct sql *sql)
{
	path_where(sql, reading->serving->path);
	reach_where(sql, reading->work->who, RIGHT_person_read, NULL);
}

static void read_pledges(struct reading *reading)
{
	struct sql sql = sql_new(reading->work->arena);
	sql_add(&sql, "SELECT org, count(*) FROM pledges WHERE voided_at IS NULL AND state IN ('signed', 'approved') AND day <= ?",
		BIND(V(reading->serving->day)));
	scope(reading, &sql);
	sql_add(&sql, " GROUP BY org", NOTHING);
	struct query *query = sql_query(reading->work->db, &sql);
	while (db_next(query)) {
		size_t unit = unit_of(reading, id_or_none(query, 0));
		reading->serving->units[unit].pledged += db_whole(query, 1);
	}
}

static int by_person(const void *one, const void *other)
{
	return memcmp(&((const struct place *)one)->person, &((const struct place *)other)->person, sizeof(struct id));
}

static int by_id(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct id));
}

static bool is_party(const struct reading *reading, struct id person)
{
	return reading->party_count && bsearch(&person, reading->party, reading->party_count, sizeof person, by_id);
}

static bool is_rostered(const struct reading *reading, struct id post)
{
	return reading->rostered_count && bsearch(&post, reading->rostered, reading->rostered_count, sizeof post, by_id);
}

static void read_rostered(struct reading *reading)
{
	struct sql sql = sql_new(reading->work->arena);
	int zone = reading->rules.zone;
	int64_t day = reading->serving->day;
	sql_add(&sql, "SELECT DISTINCT post FROM shifts WHERE voided_at IS NULL AND starts >= ? AND starts < ?",
		BIND(V(day_stamp(day - reading->rules.row, zone)), V(day_stamp(day + 1, zone))));
	scope(reading, &sql);
	struct query *query = sql_query(reading->work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(reading->work->arena, reading->rostered, reading->rostered_count, reading->rostered_space) = db_id(query, 0);
	if (reading->rostered_count)
		qsort(reading->rostered, reading->rostered_count, sizeof *reading->rostered, by_id);
}

static void read_party(struct reading *reading)
{
	struct sql sql = sql_new(reading->work->arena);
	int64_t day = reading->serving->day;
	sql_add(&sql,
		"SELECT id FROM people WHERE party = 1 AND id IN (SELECT person FROM assignments WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL "
		"OR ends >= ?)",
		BIND(V(day), V(day)));
	scope(reading, &sql);
	sql_add(&sql, ") ORDER BY id", NOTHING);
	struct query *query = sql_query(reading->work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(reading->work->arena, reading->party, reading->party_count, reading->party_space) = db_id(query, 0);
}

/* Those of the last days too: their shifts count for their unit. */
static void read_assignments(struct reading *reading)
{
	struct serving *serving = reading->serving;
	struct sql sql = sql_new(reading->work->arena);
	sql_add(&sql,
		"SELECT person, org, lead, ends, post, begins FROM assignments WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends > ?)",
		BIND(V(serving->day), V(serving->day - SERVING_DAYS)));
	scope(reading, &sql);
	sql_add(&sql, " ORDER BY begins", NOTHING);
	struct query *query = sql_query(reading->work->db, &sql);
	while (db_next(query)) {
		size_t unit = unit_of(reading, id_or_none(query, 1));
		bool now = db_null(query, 3) || db_whole(query, 3) >= serving->day;
		serving->units[unit].serving += now;
		serving->units[unit].leading += now && !db_null(query, 2) && db_whole(query, 2);
		serving->units[unit].party += now && is_party(reading, db_id(query, 0));
		if (now && !is_rostered(reading, db_id(query, 4))) {
			int64_t days = serving->day - db_whole(query, 5) + 1;
			serving->units[unit].unknown++;
			serving->unknown++;
			serving->unknown_days = days > serving->unknown_days ? days : serving->unknown_days;
		}
		*ARENA_PUSH(reading->work->arena, reading->places, reading->place_count, reading->place_space) =
			(struct place){db_id(query, 0), unit};
	}
	if (reading->place_count)
		qsort(reading->places, reading->place_count, sizeof *reading->places, by_person);
}

/* --- days in a row */

struct run {
	struct id person;
	int64_t last, days;
};

static size_t unit_for(struct reading *reading, struct id person)
{
	struct place key = {.person = person};
	const struct place *found =
		reading->place_count ? bsearch(&key, reading->places, reading->place_count, sizeof key, by_person) : NULL;
	return found ? found->unit : unit_of(reading, (struct id){{0}});
}

static void end_run(struct reading *reading, const struct run *run)
{
	struct serving *serving = reading->serving;
	if (!run->days || run->last < serving->day - 1)
		return;
	struct serving_unit *unit = &serving->units[unit_for(reading, run->person)];
	if (run->days > unit->longest) {
		unit->longest = run->days;
		unit->longest_person = run->person;
	}
	if (run->days >= serving->allowed)
		*ARENA_PUSH(reading->work->arena, serving->tired, serving->tired_count, reading->tired_space) =
			(struct serving_person){run->person, unit->org, run->days};
}

static void read_shifts(struct reading *reading)
{
	struct serving *serving = reading->serving;
	struct run run = {.days = 0};
	struct sql sql = sql_new(reading->work->arena);
	int zone = reading->rules.zone;
	sql_add(&sql,
		"SELECT person, starts, came, gone, org FROM shifts WHERE voided_at IS NULL AND came IS NOT NULL AND starts >= ? AND starts < ?",
		BIND(V(day_stamp(serving->day - SHIFT_NEAR_DAYS, zone)), V(day_stamp(serving->day + 1, zone))));
	scope(reading, &sql);
	sql_add(&sql, " ORDER BY person, starts", NOTHING);
	struct query *query = sql_query(reading->work->db, &sql);
	while (db_next(query)) {
		struct id person = db_id(query, 0);
		int64_t day = stamp_day(db_whole(query, 1), zone);
		bool same = run.days && id_same(person, run.person);
		if (!same)
			end_run(reading, &run);
		if (!same || day > run.last)
			run = (struct run){person, day, same && day == run.last + 1 ? run.days + 1 : 1};
		if (day <= serving->day - SERVING_DAYS || db_null(query, 3))
			continue;
		/* the unit that the shift was stood for; those of old stores name none */
		size_t at = db_null(query, 4) ? unit_for(reading, person) : unit_of(reading, db_id(query, 4));
		struct serving_unit *unit = &serving->units[at];
		unit->shifts++;
		unit->hours += shift_hours(db_whole(query, 2), db_whole(query, 3));
	}
	end_run(reading, &run);
}

static int most_serving(const void *one, const void *other)
{
	const struct serving_unit *a = one, *b = other;
	if (a->serving != b->serving)
		return a->serving < b->serving ? 1 : -1;
	if (a->pledged != b->pledged)
		return a->pledged < b->pledged ? 1 : -1;
	return memcmp(&a->org, &b->org, sizeof a->org);
}

static int most_days(const void *one, const void *other)
{
	const struct serving_person *a = one, *b = other;
	return a->days != b->days ? (a->days < b->days ? 1 : -1) : memcmp(&a->person, &b->person, sizeof a->person);
}

void serving_read(struct work *work, struct serving *serving)
{
	struct reading reading = {.work = work, .serving = serving, .rules = shift_rules(work)};
	serving->allowed = reading.rules.row;
	read_pledges(&reading);
	read_party(&reading);
	read_rostered(&reading);
	read_assignments(&reading);
	read_shifts(&reading);
	if (serving->unit_count)
		qsort(serving->units, serving->unit_count, sizeof *serving->units, most_serving);
	if (serving->tired_count)
		qsort(serving->tired, serving->tired_count, sizeof *serving->tired, most_days);
	serving->tired_all = (int64_t)serving->tired_count;
	serving->tired_count = serving->tired_count < SERVING_TIRED_MOST ? serving->tired_count : SERVING_TIRED_MOST;
	for (size_t i = 0; i < serving->unit_count; i++)
		if (!id_none(serving->units[i].org))
			serving->units[i].name = shape_title(work, &org_record, serving->units[i].org);
}
