/* Needs, urgent reports and filings: back-stops and reminders. */
#include "app/deadline.h"
#include "app/filing.h"
#include "app/need.h"
#include "app/need_choices.h"
#include "app/need_part.h"
#include "app/notice_box.h"
#include "app/report.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"
#include "job/job.h"
#include "record/store.h"

enum { PIECE = 200, MOST_VALUES = 4, DUE_WITHIN = 100 }; /* days: the longest time before its due day that a class may be chased */
#define HOUR_MS (INT64_C(3600) * 1000)

enum status job_backstop(struct work *work, int64_t *done);
enum status job_chase(struct work *work, int64_t *done);
enum status job_parts(struct work *work, int64_t *done);
enum status job_reports(struct work *work, int64_t *done);
enum status job_filings(struct work *work, int64_t *done);

/* Rows that wait for a job, and what it does to one. */
struct piece {
	enum status (*act)(struct work *work, struct id id);
	const char *sql;
	struct value values[MOST_VALUES];
	size_t value_count;
	struct id *ids;
	size_t count, space;
	int64_t done;
};

static void read_ids(struct work *work, struct piece *piece)
{
	piece->count = 0;
	struct query *query = db_query(work->db, piece->sql, piece->values, piece->value_count);
	while (db_next(query))
		*ARENA_PUSH(work->arena, piece->ids, piece->count, piece->space) = db_id(query, 0);
}

/* Asked on a reader first: the writer is not woken for nothing. */
static void find(struct work *work, struct piece *piece, const char *sql, const struct value *values, size_t count)
{
	piece->sql = sql;
	piece->value_count = count;
	for (size_t i = 0; i < count; i++)
		piece->values[i] = values[i];
	store_read(work);
	read_ids(work, piece);
	store_release(work);
}

struct one {
	const struct piece *piece;
	size_t at;
};

static enum status act_one(struct work *work, void *data)
{
	const struct one *one = data;
	return one->piece->act(work, one->piece->ids[one->at]);
}

/* Each in its own savepoint: one that fails holds nobody up. */
static enum status act_piece(struct work *work, void *data)
{
	struct piece *piece = data;
	piece->done = 0;
	/* another server may have done it meanwhile */
	read_ids(work, piece);
	for (size_t i = 0; i < piece->count; i++) {
		struct one one = {.piece = piece, .at = i};
		piece->done += store_try(work, act_one, &one) == OK;
	}
	work_forgive(work);
	return OK;
}

static enum status act(struct work *work, struct piece *piece, int64_t *done)
{
	if (!piece->count)
		return OK;
	enum status status = store_write(work, act_piece, piece);
	*done += piece->done;
	return status;
}

enum status job_backstop(struct work *work, int64_t *done)
{
	struct piece piece = {.act = need_backstop};
	store_read(work);
	int64_t hours = settings_number(work, "need_backstop_hours");
	store_release(work);
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM needs WHERE unowned_since <= ? AND coalesce(disputed, 0) = 0 AND voided_at IS NULL "
			"AND coalesce(backstop_tried, 0) < ? ORDER BY unowned_since LIMIT %d",
			PIECE),
		BIND(V(work->now - hours * HOUR_MS), V(work->now - HOUR_MS)));
	return act(work, &piece, done);
}

/* Told once a day: the lead, the first asked; and command, once it has long been overdue. */
static enum status chase_need(struct work *work, struct id id)
{
	const struct need *need = (const struct need *)row_load(work, &need_record, id);
	const struct need_class *class = need ? need_class_find(work, need->class) : NULL;
	struct calendar calendar = deadline_calendar(work);
	int64_t remind = class ? class->remind : 0, escalate = class && GIVEN(class, need_class, escalate) ? class->escalate : DAY_FAR;
	if (!need || !GIVEN(need, need, clock))
		return OK;
	bool late = need->clock < work->now;
	if (late || need->due_day - remind <= work->today) {
		struct notice_to to = {0}, above = {0};
		notice_to_user(work, &to, need->heard_by);
		notice_to_org(work, &to, need->lead);
		notice_write(work, &to, &need->row, late ? "need_overdue" : "need_due", need->number);
		if (late && calendar_count_days(&calendar, need->due_day + 1, work->today + 1) > escalate) {
			notice_to_above(work, &above, &need->row, "command");
			notice_write(work, &above, &need->row, "need_escalated", need->number);
		}
	}
	/* a mark of the job, not a fact: no history, no version */
	db_run(work->db, late ? "UPDATE needs SET chased_day = ? WHERE id = ?" : "UPDATE needs SET reminded_day = ? WHERE id = ?",
		BIND(V(work->today), V(id)));
	return OK;
}

enum status job_chase(struct work *work, int64_t *done)
{
	struct piece piece = {.act = chase_need};
	store_read(work);
	int64_t ahead = db_get(work->db, 0, "SELECT max(remind) FROM need_classes WHERE voided_at IS NULL", NOTHING);
	store_release(work);
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM needs WHERE clock < ? AND voided_at IS NULL AND coalesce(CASE WHEN clock < ? THEN chased_day ELSE reminded_day END, 0) < ? "
			"ORDER BY clock LIMIT %d",
			PIECE),
		BIND(V(deadline_end(work, work->today + (ahead < DUE_WITHIN ? ahead : DUE_WITHIN)) + 1), V(work->now), V(work->today)));
	return act(work, &piece, done);
}

static enum status chase_part(struct work *work, struct id id)
{
	const struct need_part *part = (const struct need_part *)row_load(work, &need_part_record, id);
	const struct need *need = part ? (const struct need *)row_load(work, &need_record, part->need) : NULL;
	struct notice_to to = {0};
	if (!need)
		return OK;
	notice_to_org(work, &to, part->org);
	notice_to_org(work, &to, need->lead);
	notice_write(work, &to, &need->row, "part_overdue", need->number);
	db_run(work->db, "UPDATE need_parts SET chased_day = ? WHERE id = ?", BIND(V(work->today), V(id)));
	return OK;
}

enum status job_parts(struct work *work, int64_t *done)
{
	struct piece piece = {.act = chase_part};
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM need_parts WHERE clock < ? AND voided_at IS NULL AND (chased_day IS NULL OR chased_day < ?) LIMIT %d",
			PIECE),
		BIND(V(work->now), V(work->today)));
	return act(work, &piece, done);
}

enum status job_reports(struct work *work, int64_t *done)
{
	struct piece piece = {.act = report_chase};
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM reports WHERE next_due < ? AND voided_at IS NULL AND (chased_at IS NULL OR chased_at < next_due) LIMIT %d",
			PIECE),
		BIND(V(work->now)));
	return act(work, &piece, done);
}

/* Told once a day: whoever reviews it, or the officers above; and command, once it has long been overdue. */
static enum status chase_filing(struct work *work, struct id id)
{
	const struct filing *filing = (const struct filing *)row_load(work, &filing_record, id);
	struct calendar calendar = deadline_calendar(work);
	struct notice_to to = {0}, above = {0};
	if (!filing || !GIVEN(filing, filing, clock))
		return OK;
	const struct site *site = (const struct site *)row_load(work, &site_record, filing->site);
	const char *title = arena_print(work->arena, "%s %s", filing->number, site->name);
	if (GIVEN(filing, filing, reviewer))
		notice_to_user(work, &to, filing->reviewer);
	else
		notice_to_above(work, &to, &filing->row, "officer");
	notice_write(work, &to, &filing->row, "filing_overdue", title);
	if (calendar_count_days(&calendar, deadline_day(work, filing->clock) + 1, work->today + 1) >
		settings_number(work, "filing_escalate_days")) {
		notice_to_above(work, &above, &filing->row, "command");
		notice_write(work, &above, &filing->row, "filing_escalated", title);
	}
	db_run(work->db, "UPDATE filings SET chased_day = ? WHERE id = ?", BIND(V(work->today), V(id)));
	return OK;
}

/* Told once a day: the firm, unless it has reported them as met, and whoever approved it. */
static enum status chase_conditions(struct work *work, struct id id)
{
	const struct filing *filing = (const struct filing *)row_load(work, &filing_record, id);
	struct notice_to to = {0};
	if (!filing)
		return OK;
	const struct site *site = (const struct site *)row_load(work, &site_record, filing->site);
	if (!GIVEN(filing, filing, proof_text)) {
		notice_to_site(work, &to, filing->site);
		notice_to_user(work, &to, filing->submitted_by);
	}
	notice_to_user(work, &to, filing->decided_by);
	if (GIVEN(filing, filing, reviewer))
		notice_to_user(work, &to, filing->reviewer);
	else
		notice_to_above(work, &to, &filing->row, "officer");
	notice_write(work, &to, &filing->row, "filing_unmet", arena_print(work->arena, "%s %s", filing->number, site->name));
	db_run(work->db, "UPDATE filings SET chased_day = ? WHERE id = ?", BIND(V(work->today), V(id)));
	return OK;
}

static enum status chase_unmet(struct work *work, int64_t *done)
{
	struct piece piece = {.act = chase_conditions};
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM filings WHERE conditions_open = 1 AND state = 'approved' AND conditions_due < ? AND voided_at IS NULL "
			"AND coalesce(chased_day, 0) < ? ORDER BY conditions_due LIMIT %d",
			PIECE),
		BIND(V(work->today), V(work->today)));
	return act(work, &piece, done);
}

/* Those that are to be decided, then those whose conditions are to be met. */
enum status job_filings(struct work *work, int64_t *done)
{
	struct piece piece = {.act = chase_filing};
	find(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM filings WHERE clock < ? AND voided_at IS NULL AND coalesce(chased_day, 0) < ? ORDER BY clock LIMIT %d",
			PIECE),
		BIND(V(work->now), V(work->today)));
	return act(work, &piece, done) == OK ? chase_unmet(work, done) : work->status;
}
