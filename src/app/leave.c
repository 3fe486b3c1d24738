#include "app/leave.h"

#include "app/notice_box.h"
#include "app/person.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/shape.h"

static enum status leave_check(struct work *work, const struct row *old, struct row *row);
static enum status leave_saved(struct work *work, const struct row *old, const struct row *row);
static enum status leave_refuse(struct work *work, const struct row *old, struct row *row);
static const char *leave_view(struct work *work, const char *name, struct sql *sql);
static int64_t measure_people_away(struct work *work, const struct row *row, int64_t day);
static void leave_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/leave.def"
#define HOOKS .check = leave_check, .saved = leave_saved, .view = leave_view, .breaks = leave_breaks,
#include "record/table.h"

static const struct leave *self(const struct row *row)
{
	return (const struct leave *)row;
}

/* the day behind the last one away */
static int64_t after(const struct leave *leave)
{
	int64_t end = GIVEN(leave, leave, ends) ? leave->ends + 1 : DAY_FAR;
	return GIVEN(leave, leave, back_on) && leave->back_on < end ? leave->back_on : end;
}

static bool was_granted(const struct leave *leave)
{
	return text_same(leave->state, "granted") || text_same(leave->state, "back");
}

static int64_t measure_people_away(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return was_granted(self(row)) && day >= self(row)->begins && day < after(self(row));
}

static void leave_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->begins, after(self(row)) > self(row)->begins ? after(self(row)) : self(row)->begins);
}

static const char *leave_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "away"))
		return NULL;
	sql_add(sql, " AND state = 'granted' AND begins <= ? AND (ends IS NULL OR ends >= ?)", BIND(V(work->today), V(work->today)));
	return "state";
}

bool leave_holds(struct work *work, struct id person, int64_t from, int64_t last)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM leaves WHERE person = ? AND voided_at IS NULL AND state = 'granted' AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(person), V(last), V(from)));
}

bool leave_holds_user(struct work *work, struct id user, int64_t from, int64_t last)
{
	struct id person = {{0}};
	struct query *query = db_query(work->db, "SELECT person FROM users WHERE id = ?", BIND(V(user)));
	if (db_next(query)) {
		person = db_id(query, 0);
		db_done(query);
	}
	return !id_none(person) && leave_holds(work, person, from, last);
}

static bool overlaps(struct work *work, const struct leave *leave)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM leaves WHERE person = ? AND id <> ? AND voided_at IS NULL AND state IN ('asked', 'granted') AND begins < ? AND "
		"(ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(leave->person), V(leave->row.id), V(after(leave)), V(leave->begins)));
}

static enum status leave_check(struct work *work, const struct row *old, struct row *row)
{
	struct leave *leave = (struct leave *)row;
	if (!old)
		SET(leave, leave, state, V("asked"));
	if (GIVEN(leave, leave, ends) && leave->ends < leave->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	/* what was cut was cut from that day; only how long it lasts may still be told otherwise */
	if (old && was_granted(self(old)) && (leave->begins != self(old)->begins || !text_same(leave->kind, self(old)->kind)))
		return fail(work, BAD_FIELD, leave->begins != self(old)->begins ? "begins" : "kind",
			"does not change once it is granted|准假后不能再更改");
	if (!text_listed("refused,back,withdrawn", ',', leave->state) && overlaps(work, leave))
		return fail(work, BAD_FIELD, "begins", "falls into another leave of this person|与该人员的另一次请假重叠");
	return OK;
}

/* --- who is told: not why somebody is away, which is private */

static void tell(struct work *work, const struct leave *leave, const char *what, bool planner)
{
	struct notice_to to = {0};
	notice_to_person(work, &to, leave->person);
	notice_to_user(work, &to, leave->row.made_by);
	if (planner)
		notice_to_above(work, &to, &leave->row, "officer,command");
	notice_write(work, &to, &leave->row, what, shape_title(work, &person_record, leave->person));
}

static enum status leave_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct leave *leave = self(row);
	if (row->voided_at)
		return old && text_same(self(old)->state, "granted")
			? fail(work, BAD_STATE, NULL, "It is granted: say first that the person is back|已准假，请先办理返岗")
			: OK;
	if (!old)
		tell(work, leave, "leave_asked", true);
	else if (!text_same(leave->state, self(old)->state))
		tell(work, leave,
			text_same(leave->state, "granted")             ? "leave_granted"
				: text_same(leave->state, "refused")   ? "leave_refused"
				: text_same(leave->state, "withdrawn") ? "leave_withdrawn"
								       : "leave_back",
			text_same(leave->state, "withdrawn"));
	return OK;
}

static enum status leave_refuse(struct work *work, const struct row *old, struct row *row)
{
	struct leave *leave = (struct leave *)row;
	(void)old;
	SET(leave, leave, decided_at, V(work->now));
	SET(leave, leave, decided_by, V(work->who->name));
	return OK;
}
