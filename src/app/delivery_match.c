#include "app/delivery_match.h"

#include <stdlib.h>
#include <string.h>

#include "app/delivery.h"
#include "app/delivery_judge.h"
#include "app/policy_firm.h"
#include "app/policy_mark.h"
#include "base/clock.h"

enum { PIECE = 200, PIECE_MARKED = 50 };
#define STILL_OPEN "state IN ('matched', 'told', 'known', 'withdrawn')"

/* --- the list of what is to be judged */

static bool differs(const struct row *old, const struct row *row, const char *fields)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (text_listed(fields, ',', field->name) && !value_same(row_get(old, field), row_get(row, field)))
			return true;
	}
	return false;
}

static bool is_published(const struct row *row)
{
	return row && !row->voided_at && text_same(((const struct policy *)row)->state, "published");
}

void match_again(struct work *work, struct id policy)
{
	db_run(work->db,
		"INSERT INTO matchings (policy, n, state, day, done, total, yes, missing, changed_at) VALUES (?, 1, 'waits', ?, 0, 0, 0, 0, ?) "
		"ON CONFLICT (policy) DO UPDATE SET n = matchings.n + 1, state = 'waits', day = excluded.day, done = 0, total = 0, yes = 0, missing = 0, "
		"changed_at = excluded.changed_at",
		BIND(V(policy), V(work->today), V(work->now)));
	match_marked(work);
}

void match_policy(struct work *work, const struct row *old, const struct row *row)
{
	static const char judged[] = "area,conditions,benefit,mode,begins,ends,apply_by";
	bool now = is_published(row), was = is_published(old);
	if (now != was || (now && differs(old, row, judged)))
		match_again(work, row->id);
}

void match_marked(struct work *work)
{
	work->store->timed_touched = true;
}

struct match_state match_state(struct work *work, struct id policy)
{
	struct match_state state = {0};
	struct query *query =
		db_query(work->db, "SELECT state, done, total, yes, missing, changed_at FROM matchings WHERE policy = ?", BIND(V(policy)));
	if (db_next(query)) {
		state = (struct match_state){.known = true,
			.running = !text_same(db_text(query, 0), "done"),
			.done = db_whole(query, 1),
			.total = db_whole(query, 2),
			.yes = db_whole(query, 3),
			.missing = db_whole(query, 4),
			.changed_at = db_whole(query, 5)};
		db_done(query);
	}
	return state;
}

/* --- sites, judged and written on the writer, so that nothing changes in between */

struct piece {
	struct id policy; /* none: all that are in force */
	int64_t n; /* of the matching; another one now: it begins anew */
	const struct id *sites;
	size_t count;
	struct id marked[PIECE_MARKED];
	int64_t judged_before, total, yes, missing; /* what is told of the matching */
	bool last;
	const char *reason; /* of lapsing */
	int64_t done;
	/* of one site */
	struct judging *judging;
	struct id site;
	size_t at;
};

static enum status judge_policy(struct work *work, struct piece *piece, size_t i)
{
	struct judged judged;
	struct id policy = judging_policy(piece->judging, i);
	judging_ask(piece->judging, i, true, &judged);
	if (delivery_judged(work, policy, piece->site, &judged) != OK)
		return work->status;
	return policy_firm_gap(work, policy, piece->site, judged.facts, judged.fact_count);
}

static enum status judge_site(struct work *work, void *data)
{
	struct piece *piece = data;
	judging_site(piece->judging, piece->site);
	for (size_t i = 0; i < judging_count(piece->judging) && work->status == OK; i++)
		judge_policy(work, piece, i);
	return work->status;
}

/* Each in its own savepoint: one that fails holds nobody up. */
static void judge_sites(struct work *work, struct piece *piece)
{
	piece->done = 0;
	for (piece->at = 0; piece->at < piece->count; piece->at++) {
		piece->site = piece->sites[piece->at];
		piece->done += store_try(work, judge_site, piece) == OK;
		work_forgive(work);
	}
}

static enum status lapse_site(struct work *work, void *data)
{
	struct piece *piece = data;
	const struct delivery *one = delivery_find(work, piece->policy, piece->site);
	if (one && delivery_lapse(work, one->row.id, piece->reason) != OK)
		return work->status;
	return policy_firm_gap(work, piece->policy, piece->site, NULL, 0);
}

static void lapse_sites(struct work *work, struct piece *piece)
{
	piece->done = 0;
	for (piece->at = 0; piece->at < piece->count; piece->at++) {
		piece->site = piece->sites[piece->at];
		piece->done += store_try(work, lapse_site, piece) == OK;
		work_forgive(work);
	}
}

/* --- a policy against its area */

struct walk {
	struct work *work;
	struct id *sites; /* of which something may have to be written */
	size_t count, space;
	int64_t total, yes, missing;
};

static void meet(void *context, struct id site, enum verdict verdict)
{
	struct walk *walk = context;
	walk->total++;
	walk->yes += verdict == VERDICT_YES;
	walk->missing += verdict == VERDICT_MISSING;
	if (verdict != VERDICT_NO)
		*ARENA_PUSH(walk->work->arena, walk->sites, walk->count, walk->space) = site;
}

static int compare(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct id));
}

/* Those of which the ledger says something already. */
static void add_known(struct walk *walk, struct id policy)
{
	struct work *work = walk->work;
	char text[ID_TEXT];
	struct query *query = db_query(work->db, "SELECT site FROM deliveries WHERE policy = ? AND voided_at IS NULL", BIND(V(policy)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, walk->sites, walk->count, walk->space) = db_id(query, 0);
	query = db_query(work->db, "SELECT site FROM policy_firms WHERE missing > 0 AND voided_at IS NULL AND gaps LIKE ?",
		BIND(V(arena_print(work->arena, "%%%s%%", id_print(policy, text)))));
	while (db_next(query))
		*ARENA_PUSH(work->arena, walk->sites, walk->count, walk->space) = db_id(query, 0);
	size_t kept = 0;
	if (walk->count)
		qsort(walk->sites, walk->count, sizeof *walk->sites, compare);
	for (size_t i = 0; i < walk->count; i++)
		if (!i || !id_same(walk->sites[i], walk->sites[kept - 1]))
			walk->sites[kept++] = walk->sites[i];
	walk->count = kept;
}

static enum status write_piece(struct work *work, void *data)
{
	struct piece *piece = data;
	const struct row *policy = row_load(work, &policy_record, piece->policy);
	if (db_get(work->db, -1, "SELECT n FROM matchings WHERE policy = ?", BIND(V(piece->policy))) != piece->n)
		return OK;
	if (is_published(policy)) {
		piece->judging = judging_one(work, (const struct policy *)policy);
		judge_sites(work, piece);
	} else {
		piece->reason = "The policy has ended|政策已停止";
		lapse_sites(work, piece);
	}
	db_run(work->db,
		"UPDATE matchings SET state = ?, day = ?, done = ?, total = ?, yes = ?, missing = ?, changed_at = ? WHERE policy = ? AND n = ?",
		BIND(V(piece->last ? "done" : "walks"), V(work->today), V(piece->judged_before + (int64_t)piece->count), V(piece->total),
			V(piece->yes), V(piece->missing), V(clock_now()), V(piece->policy), V(piece->n)));
	return OK;
}

static enum status write_walk(struct work *work, const struct walk *walk, struct piece *piece, int64_t *done)
{
	struct store *store = work->store;
	size_t at = 0;
	do {
		struct arena *arena = arena_new();
		struct work part = work_new(arena, store);
		part.who = work->who;
		part.now = work->now;
		part.today = work->today;
		piece->sites = walk->sites + at;
		piece->count = walk->count - at < PIECE ? walk->count - at : PIECE;
		/* sites of which nothing is to be written are done already */
		piece->judged_before = walk->total - (int64_t)(walk->count - at);
		piece->judged_before = piece->judged_before < 0 ? 0 : piece->judged_before;
		at += piece->count;
		piece->last = at == walk->count;
		if (piece->last)
			piece->judged_before = walk->total - (int64_t)piece->count;
		enum status status = store_write(&part, write_piece, piece);
		arena_free(arena);
		if (status != OK)
			return status;
		*done += piece->done;
	} while (at < walk->count && !store->ending);
	return OK;
}

static bool run_policy(struct work *work, int64_t *done, enum status *status)
{
	struct piece piece = {0};
	struct walk walk = {.work = work};
	store_read(work);
	struct query *query =
		db_query(work->db, "SELECT policy, n FROM matchings WHERE state <> 'done' ORDER BY changed_at, policy LIMIT 1", NOTHING);
	bool any = db_next(query);
	if (any) {
		piece.policy = db_id(query, 0);
		piece.n = db_whole(query, 1);
		db_done(query);
		const struct row *policy = row_load(work, &policy_record, piece.policy);
		if (is_published(policy))
			judging_walk(judging_one(work, (const struct policy *)policy), meet, &walk);
		add_known(&walk, piece.policy);
	}
	store_release(work);
	piece.total = walk.total;
	piece.yes = walk.yes;
	piece.missing = walk.missing;
	if (any)
		*status = write_walk(work, &walk, &piece, done);
	return any;
}

/* --- sites that were marked, alone */

static enum status write_marked(struct work *work, void *data)
{
	struct piece *piece = data;
	piece->count = policy_marks_take(work, piece->marked, PIECE_MARKED);
	piece->sites = piece->marked;
	piece->judging = judging_all(work);
	judge_sites(work, piece);
	return OK;
}

static bool run_marked(struct work *work, int64_t *done, enum status *status)
{
	struct piece piece = {0};
	store_read(work);
	bool any = policy_marks_any(work);
	store_release(work);
	if (!any)
		return false;
	*status = store_write(work, write_marked, &piece);
	*done += piece.done;
	return piece.count > 0;
}

/* --- what the day brings */

/* Rows whose time to apply is over. */
static enum status write_over(struct work *work, void *data)
{
	struct piece *piece = data;
	struct id *policies = NULL, *sites = NULL;
	size_t count = 0, space = 0, site_space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT policy, site FROM deliveries WHERE apply_by < ? AND mode = 'apply' AND voided_at IS NULL AND " STILL_OPEN
			" LIMIT %d",
			PIECE),
		BIND(V(work->today)));
	piece->count = 0;
	while (db_next(query)) {
		*ARENA_PUSH(work->arena, policies, count, space) = db_id(query, 0);
		*ARENA_PUSH(work->arena, sites, piece->count, site_space) = db_id(query, 1);
	}
	piece->reason = "The time to apply is over|已过申请截止日期";
	piece->done = 0;
	for (size_t i = 0; i < count; i++) {
		piece->policy = policies[i];
		piece->site = sites[i];
		piece->done += store_try(work, lapse_site, piece) == OK;
		work_forgive(work);
	}
	return OK;
}

static bool run_over(struct work *work, int64_t *done, enum status *status)
{
	struct piece piece = {0};
	store_read(work);
	bool any = db_get(work->db, 0,
		"SELECT 1 FROM deliveries WHERE apply_by < ? AND mode = 'apply' AND voided_at IS NULL AND " STILL_OPEN " LIMIT 1",
		BIND(V(work->today)));
	store_release(work);
	if (!any)
		return false;
	*status = store_write(work, write_over, &piece);
	*done += piece.done;
	return piece.done > 0;
}

/* Whether a policy says something else today than on the day when it was matched last: its days began or ended, or the month that it looks at is another one. */
static bool turned(const struct policy *policy, int64_t last, int64_t today)
{
	bool began = GIVEN(policy, policy, begins) && policy->begins > last && policy->begins <= today;
	bool ended = GIVEN(policy, policy, ends) && policy->ends >= last && policy->ends < today;
	return began || ended || day_month(last) != day_month(today);
}

static enum status write_turned(struct work *work, void *data)
{
	struct id *policies = NULL;
	int64_t *days = NULL;
	size_t count = 0, space = 0, day_count = 0, day_space = 0;
	struct query *query =
		db_query(work->db, "SELECT policy, day FROM matchings WHERE state = 'done' AND day < ?", BIND(V(work->today)));
	(void)data;
	while (db_next(query)) {
		*ARENA_PUSH(work->arena, policies, count, space) = db_id(query, 0);
		*ARENA_PUSH(work->arena, days, day_count, day_space) = db_whole(query, 1);
	}
	for (size_t i = 0; i < count; i++) {
		const struct row *policy = row_load(work, &policy_record, policies[i]);
		if (is_published(policy) && turned((const struct policy *)policy, days[i], work->today))
			match_again(work, policies[i]);
		else
			db_run(work->db, "UPDATE matchings SET day = ? WHERE policy = ?", BIND(V(work->today), V(policies[i])));
	}
	return OK;
}

static enum status run_turned(struct work *work)
{
	store_read(work);
	bool any = db_get(work->db, 0, "SELECT 1 FROM matchings WHERE state = 'done' AND day < ? LIMIT 1", BIND(V(work->today)));
	store_release(work);
	return any ? store_write(work, write_turned, NULL) : OK;
}

/* --- all of it */

/* One piece of the first kind that has any, in memory of its own. */
static bool run_piece(struct work *given, int64_t *done, enum status *status)
{
	struct arena *arena = arena_new();
	struct work work = work_new(arena, given->store);
	work.who = given->who;
	work.now = given->now;
	work.today = given->today;
	bool any = run_marked(&work, done, status) || (*status == OK && run_policy(&work, done, status)) ||
		(*status == OK && run_over(&work, done, status));
	arena_free(arena);
	return any && *status == OK;
}

enum status match_run(struct work *work, int64_t *done)
{
	enum status status = run_turned(work);
	while (status == OK && !work->store->ending && run_piece(work, done, &status))
		;
	return status;
}
