/* A round as it stands: who is on duty, what was told of each. */
#include "app/health_round.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"

enum { AT_ONCE = 200 };

/* --- the rows of a day, by their ids */

static const char *rows_sql(struct work *work)
{
	struct buf sql = {.arena = work->arena};
	buf_print(&sql, "SELECT %s FROM health_records WHERE home = ? AND id IN (?", row_columns(work->arena, &health_record));
	for (int i = 1; i < AT_ONCE; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	return buf_end(&sql);
}

struct place {
	struct id id;
	size_t at;
};

static int by_id(const void *one, const void *other)
{
	return memcmp(&((const struct place *)one)->id, &((const struct place *)other)->id, sizeof(struct id));
}

/* Those that were taken out as well. */
static void find_rows(struct work *work, int64_t home, const struct id *staff, size_t count, int64_t day, const struct health **rows)
{
	const char *sql = rows_sql(work);
	struct place *places = arena_alloc(work->arena, (count + 1) * sizeof *places);
	for (size_t i = 0; i < count; i++) {
		places[i] = (struct place){health_id(staff[i], day), i};
		rows[i] = NULL;
	}
	qsort(places, count, sizeof *places, by_id);
	for (size_t from = 0; from < count; from += AT_ONCE) {
		struct value values[1 + AT_ONCE] = {V(home)};
		for (size_t i = 0; i < AT_ONCE; i++)
			values[1 + i] = V(places[from + i < count ? from + i : from].id);
		struct query *query = db_query(work->db, sql, values, 1 + AT_ONCE);
		while (db_next(query)) {
			struct row *row = row_read(work, &health_record, query);
			const struct place wanted = {.id = row->id}, *found = bsearch(&wanted, places, count, sizeof *places, by_id);
			if (found)
				rows[found->at] = (const struct health *)row;
		}
	}
}

void round_rows(struct work *work, int64_t home, const struct id *staff, size_t count, int64_t day, const struct health **rows)
{
	find_rows(work, home, staff, count, day, rows);
	for (size_t i = 0; i < count; i++)
		if (rows[i] && rows[i]->row.voided_at)
			rows[i] = NULL;
}

/* --- the roster */

static int by_place(const void *one, const void *other)
{
	const struct staff *a = ((const struct round_member *)one)->staff, *b = ((const struct round_member *)other)->staff;
	int depts = strcmp(a->dept ? a->dept : "", b->dept ? b->dept : "");
	int numbers = strcmp(a->number ? a->number : "", b->number ? b->number : "");
	return depts ? depts : numbers ? numbers : memcmp(&a->row.id, &b->row.id, sizeof(struct id));
}

static bool is_there(const struct round_member *member, int64_t day)
{
	const struct staff *staff = member->staff;
	return member->told || (day < staff_after(staff) && !text_same(staff->state, "left") && day >= staff->begins);
}

bool round_told(const struct round_member *member)
{
	return member->told && health_told(member->told);
}

static void add_to(struct round_sums *sums, const struct round_member *member)
{
	const struct health *told = member->told;
	sums->staff++;
	sums->due += member->due;
	sums->missing += member->due && !round_told(member);
	if (!told)
		return;
	sums->told += member->due && health_told(told);
	sums->measured += member->due && health_temperature(told);
	sums->feverish += GIVEN(told, health, feverish) && told->feverish;
	sums->ill += GIVEN(told, health, ill) && told->ill;
	sums->positive += GIVEN(told, health, result) && text_same(told->result, "positive");
	sums->absent += text_same(told->presence, "absent");
	sums->isolating += text_same(told->presence, "isolating");
	sums->differ += GIVEN(told, health, differs) && told->differs;
}

/* Puts what was told beside the files; those who are not there any more drop out. */
static void match(struct work *work, const struct row *site, int64_t day, bool before, struct health_round *round)
{
	struct id *ids = arena_alloc(work->arena, (round->count + 1) * sizeof *ids);
	const struct health **rows = arena_alloc(work->arena, (round->count + 1) * sizeof *rows);
	const struct health **earlier = arena_alloc(work->arena, (round->count + 1) * sizeof *earlier);
	for (size_t i = 0; i < round->count; i++)
		ids[i] = round->members[i].staff->row.id;
	find_rows(work, site->home, ids, round->count, day, rows);
	if (before)
		round_rows(work, site->home, ids, round->count, day - 1, earlier);
	size_t kept = 0;
	for (size_t i = 0; i < round->count; i++) {
		struct round_member member = round->members[i];
		member.told_id = health_id(ids[i], day);
		member.told = rows[i] && !rows[i]->row.voided_at ? rows[i] : NULL;
		member.gone = rows[i] && rows[i]->row.voided_at ? rows[i] : NULL;
		member.before = before ? earlier[i] : NULL;
		if (!is_there(&member, day))
			continue;
		add_to(&round->sums, &member);
		round->members[kept++] = member;
	}
	round->count = kept;
	round->sums.attested = attestation_sum(work, site->id, day, (struct id){{0}});
}

static void add_member(struct work *work, struct health_round *round, size_t *space, const struct row *row)
{
	*ARENA_PUSH(work->arena, round->members, round->count, *space) = (struct round_member){
		.staff = (const struct staff *)row_as_of(work, row, round->day), .due = staff_due(work, row, round->day)};
}

enum status round_read(struct work *work, const struct row *site, int64_t day, bool before, struct health_round *round)
{
	size_t space = 0;
	*round = (struct health_round){.site = (const struct site *)site, .day = day};
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM staff_files WHERE site = ? AND voided_at IS NULL",
			row_columns(work->arena, &staff_record)),
		BIND(V(site->id)));
	while (db_next(query))
		add_member(work, round, &space, row_read(work, &staff_record, query));
	match(work, site, day, before, round);
	if (round->count)
		qsort(round->members, round->count, sizeof *round->members, by_place);
	return db_status(work->db);
}

enum status round_read_some(
	struct work *work, const struct row *site, int64_t day, const struct round_word *words, size_t count, struct health_round *round)
{
	size_t space = 0;
	*round = (struct health_round){.site = (const struct site *)site, .day = day};
	for (size_t i = 0; i < count; i++) {
		bool known = false;
		for (size_t before = 0; before < i; before++)
			known = known || id_same(words[before].staff, words[i].staff);
		const struct row *staff = known ? NULL : row_load(work, &staff_record, words[i].staff);
		if (staff && !staff->voided_at && id_same(((const struct staff *)staff)->site, site->id))
			add_member(work, round, &space, staff);
	}
	match(work, site, day, false, round);
	return db_status(work->db);
}

/* Only what a sum needs of a file. */
static struct row *read_brief(struct work *work, struct query *query)
{
	struct staff *staff = (struct staff *)row_new(work->arena, &staff_record);
	staff->row.id = db_id(query, 0);
	staff->row.since = db_whole(query, 1);
	staff->row.days = db_copy(query, 2, work->arena);
	if (!db_null(query, 3))
		SET(staff, staff, state, V((const char *)db_copy(query, 3, work->arena)));
	if (!db_null(query, 4))
		SET(staff, staff, begins, V(db_whole(query, 4)));
	if (!db_null(query, 5))
		SET(staff, staff, ends, V(db_whole(query, 5)));
	return &staff->row;
}

void round_sums_of(struct work *work, const struct row *const *sites, size_t count, int64_t day, struct round_sums *sums)
{
	for (size_t i = 0; i < count; i++) {
		struct health_round round = {.day = day};
		size_t space = 0;
		struct query *query = db_query(work->db,
			"SELECT id, since, days, state, begins, ends FROM staff_files WHERE site = ? AND voided_at IS NULL",
			BIND(V(sites[i]->id)));
		while (db_next(query))
			add_member(work, &round, &space, read_brief(work, query));
		match(work, sites[i], day, false, &round);
		sums[i] = round.sums;
	}
}
