#include "app/need.h"

#include <sodium.h>
#include <string.h>

#include "app/deadline.h"
#include "app/need_choices.h"
#include "app/need_rounds.h"
#include "app/notice_box.h"
#include "app/number.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/store.h"

static enum status need_check(struct work *work, const struct row *old, struct row *row);
static enum status need_saved(struct work *work, const struct row *old, const struct row *row);
static const char *need_view(struct work *work, const char *name, struct sql *sql);
static void need_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_needs_raised(struct work *work, const struct row *row, int64_t day);
static int64_t measure_needs_open(struct work *work, const struct row *row, int64_t day);
static int64_t measure_needs_solved(struct work *work, const struct row *row, int64_t day);
static int64_t measure_needs_solved_in_time(struct work *work, const struct row *row, int64_t day);
static int64_t measure_needs_overdue(struct work *work, const struct row *row, int64_t day);

#define DEF "app/need.def"
#define HOOKS .check = need_check, .saved = need_saved, .view = need_view, .breaks = need_breaks,
#include "record/table.h"

enum { CODE = 4, FUTURE_MS = 10 * 60 * 1000, WRONG_CODES = 10, LOCKED_MS = 15 * 60 * 1000 };

static const struct need *self(const struct row *row)
{
	return (const struct need *)row;
}

bool need_is_solved(const struct need *need)
{
	return text_same(need->state, "resolved") || text_same(need->state, "confirmed");
}

struct id need_org_of(struct work *work, struct id user)
{
	struct id org = {{0}};
	struct query *query = db_query(work->db, "SELECT org FROM users WHERE id = ?", BIND(V(user)));
	if (db_next(query)) {
		org = db_id(query, 0);
		db_done(query);
	}
	return org;
}

/* --- raising one */

/* XQ-2020-000123: counted by incident and year. */
static const char *next_number(struct work *work, int64_t day)
{
	int year;
	int64_t number = number_next(work, "need", day, &year);
	return arena_print(work->arena, "%s-%d-%06lld", settings_value(work, "need_prefix"), year, (long long)number);
}

/* Four letters and digits that nobody confuses when they are told by phone. */
static const char *new_code(struct arena *arena)
{
	return code_new(arena, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", CODE);
}

int64_t need_late_day(const struct work *work, int64_t due_at)
{
	return deadline_day(work, due_at + 1);
}

enum status need_set_due(struct work *work, struct need *need)
{
	const struct need_class *class = need_class_find(work, need->class);
	if (!class)
		return fail(work, BAD_FIELD, "class", "is not in the list|不在可选范围内");
	int64_t due = deadline_after(work, need->raised_at, class->amount, class->unit);
	SET(need, need, due_at, V(due));
	SET(need, need, due_day, V(deadline_day(work, due)));
	return OK;
}

static enum status raise(struct work *work, struct need *need)
{
	if (GIVEN(need, need, site) == GIVEN(need, need, area))
		return fail(work, BAD_FIELD, "site", "Either a site or an area must be named|企业（场所）与区划须填其一");
	if (!GIVEN(need, need, raised_at))
		SET(need, need, raised_at, V(work->now));
	if (need->raised_at > work->now + FUTURE_MS)
		return fail(work, BAD_FIELD, "raised_at", "lies in the future|不能晚于当前时间");
	const struct need_kind *kind = need_kind_find(work, need->kind);
	if (!kind)
		return fail(work, BAD_FIELD, "kind", "is not in the list|不在可选范围内");
	SET(need, need, class, V(kind->class));
	SET(need, need, state, V("open"));
	if (work->who && !work->who->all)
		SET(need, need, heard_by, V(work->who->id));
	SET(need, need, heard_since, V(work->now));
	SET(need, need, number, V(next_number(work, deadline_day(work, need->raised_at))));
	SET(need, need, code, V(new_code(work->arena)));
	SET(need, need, bounces, V(0));
	SET(need, need, reopens, V(0));
	SET(need, need, disputed, V(0));
	SET(need, need, ordered, V(0));
	need->row.since = deadline_day(work, need->raised_at);
	return need_set_due(work, need);
}

/* What was said is put right by whoever said or heard it, or who hands needs on; not once it is confirmed. */
static enum status check_told(struct work *work, const struct row *old, const struct row *row)
{
	static const char *const told[] = {"kind", "text", "photos", "raised_by", "phone"};
	const struct need *need = self(row);
	bool same = true;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		const struct field *field = record_field(row->record, told[i]);
		same = same && value_same(row_get(old, field), row_get(row, field));
	}
	if (same || work->who->all)
		return OK;
	if (text_same(need->state, "confirmed"))
		return fail(work, BAD_STATE, NULL, "It is confirmed and does not change any more|已确认办结，不能再修改");
	if (!id_same(work->who->id, row->made_by) && !id_same(work->who->id, need->heard_by) &&
		!who_reaches(work->who, RIGHT_need_assign, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, "Only who raised or heard it changes what was said|仅提出人或首问人可修改诉求内容");
	return OK;
}

static enum status need_check(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = (struct need *)row;
	if (!old && raise(work, need) != OK)
		return work->status;
	if (old && check_told(work, old, row) != OK)
		return work->status;
	bool solved = need_is_solved(need);
	SET(need, need, clock, solved ? value_null() : V(need->due_at));
	if (solved || GIVEN(need, need, lead))
		SET(need, need, unowned_since, value_null());
	else if (!GIVEN(need, need, unowned_since))
		SET(need, need, unowned_since, V(work->now));
	return OK;
}

static enum status need_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (!row->voided_at)
		need_tell(work, old ? self(old) : NULL, self(row));
	return OK;
}

/* --- lists */

static const char *need_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "mine")) {
		struct id org = need_org_of(work, work->who->id);
		if (id_none(org))
			sql_add(sql, " AND heard_by = ?", BIND(V(work->who->id)));
		else
			sql_add(sql,
				" AND id IN (SELECT id FROM needs WHERE heard_by = ? AND voided_at IS NULL UNION ALL "
				"SELECT id FROM needs WHERE lead = ? AND voided_at IS NULL)",
				BIND(V(work->who->id), V(org)));
		return id_none(org) ? "heard_by" : "";
	}
	if (text_same(name, "overdue")) {
		sql_add(sql, " AND clock < ?", BIND(V(work->now)));
		return "clock";
	}
	if (text_same(name, "unowned")) {
		sql_add(sql, " AND unowned_since IS NOT NULL", NOTHING);
		return "unowned_since";
	}
	return NULL;
}

const struct need *need_followed(struct work *work, const char *number, const char *code)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM needs WHERE number = ? AND incident = ? AND voided_at IS NULL",
		BIND(V(number), V(work->store->incident)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	const struct need *need = id_none(id) ? NULL : self(row_load(work, &need_record, id));
	return need && need->code && code && strlen(code) == CODE && sodium_memcmp(need->code, code, CODE) == 0 ? need : NULL;
}

void need_code_tried(struct work *work, const char *number, bool right)
{
	if (!right)
		db_run(work->db,
			"UPDATE needs SET code_locked_until = CASE WHEN coalesce(code_failures, 0) + 1 >= ? THEN ? ELSE code_locked_until END, "
			"code_failures = CASE WHEN coalesce(code_failures, 0) + 1 >= ? THEN 0 ELSE coalesce(code_failures, 0) + 1 END "
			"WHERE number = ? AND incident = ? AND voided_at IS NULL",
			BIND(V(WRONG_CODES), V(work->now + LOCKED_MS), V(WRONG_CODES), V(number), V(work->store->incident)));
}

bool need_code_locked(struct work *work, const char *number)
{
	return db_get(work->db, 0, "SELECT 1 FROM needs WHERE number = ? AND incident = ? AND voided_at IS NULL AND code_locked_until > ?",
		BIND(V(number), V(work->store->incident), V(work->now)));
}

/* --- what it counts for: when it was solved and reopened is kept in `rounds` */

static void need_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const struct need *need = self(row);
	struct rounds rounds = rounds_read(work, need->rounds);
	breaks_add(breaks, deadline_day(work, need->raised_at));
	breaks_add(breaks, need_late_day(work, need->due_at));
	for (size_t i = 0; i < rounds.count; i++) {
		breaks_add(breaks, rounds.list[i].solved);
		if (rounds.list[i].reopened != DAY_FAR)
			breaks_add(breaks, rounds.list[i].reopened);
	}
}

static int64_t measure_needs_raised(struct work *work, const struct row *row, int64_t day)
{
	return deadline_day(work, self(row)->raised_at) == day;
}

static int64_t measure_needs_open(struct work *work, const struct row *row, int64_t day)
{
	return day >= deadline_day(work, self(row)->raised_at) && !rounds_solved(rounds_read(work, self(row)->rounds), day);
}

static int64_t measure_needs_solved(struct work *work, const struct row *row, int64_t day)
{
	return rounds_change(rounds_read(work, self(row)->rounds), day, false);
}

static int64_t measure_needs_solved_in_time(struct work *work, const struct row *row, int64_t day)
{
	return rounds_change(rounds_read(work, self(row)->rounds), day, true);
}

/* At the end of the day the deadline has passed and it is not solved. */
static int64_t measure_needs_overdue(struct work *work, const struct row *row, int64_t day)
{
	return day >= need_late_day(work, self(row)->due_at) && measure_needs_open(work, row, day);
}
