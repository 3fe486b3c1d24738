/* The desk of a firm: what is due of it, what waits for others, section by section in one read; each section for whoever has its right. */
#include <stdlib.h>

#include "app/appointment.h"
#include "app/check.h"
#include "app/daily.h"
#include "app/deadline.h"
#include "app/delivery.h"
#include "app/finding.h"
#include "app/loan.h"
#include "app/need.h"
#include "app/plan.h"
#include "app/policy_firm.h"
#include "app/report.h"
#include "app/rights.h"
#include "app/site_day.h"
#include "app/staff_sums.h"
#include "app/test_batch.h"
#include "base/clock.h"
#include "base/qr.h"
#include "face/board.h"
#include "face/health_rounds.h"
#include "face/openapi.h"
#include "face/site_desk.h"
#include "record/days.h"
#include "record/shape.h"

enum { SHOWN = 5 };

struct section *desk_begin(struct desk *desk, const char *name, int right)
{
	struct work *work = desk->work;
	if (!who_reaches(work->who, right, desk->site->path, desk->site->id))
		return NULL;
	struct section *section = &desk->sections[desk->count];
	*section = (struct section){.name = name, .place = desk->count++, .facts = json_new(work->arena), .rows = json_new(work->arena)};
	json_open(&section->facts, '{');
	json_open(&section->rows, '[');
	return section;
}

void desk_todo(const struct work *work, struct section *section, int64_t count, int64_t due)
{
	if (!section->todo || (due && (!section->due || due < section->due)))
		section->due = due;
	section->todo += count;
	section->late += due && due < work->now ? count : 0;
}

void desk_wait(struct section *section, int64_t due)
{
	if (!section->todo && due && (!section->due || due < section->due))
		section->due = due;
	section->waits++;
}

static void put_day(struct json *json, const char *key, int64_t day)
{
	json_key(json, key);
	json_day(json, day);
}

/* --- the return */

static void put_sent_back(struct work *work, struct section *section, int64_t day, int64_t due)
{
	json_open(&section->rows, '{');
	json_put(&section->rows, "record", daily_record.name);
	json_put(&section->rows, "state", "sent_back");
	put_day(&section->rows, "day", day);
	json_put_stamp(&section->rows, "due_at", due);
	json_close(&section->rows, '}');
	desk_todo(work, section, 1, due);
}

/* That of yesterday, which is told of today, and older ones that were sent back. */
static void add_return(struct desk *desk)
{
	static const char *const figures[] = {"staff", "on_duty"};
	struct work *work = desk->work;
	struct section *section = desk_begin(desk, "return", RIGHT_return_read);
	if (!section)
		return;
	int64_t day = work->today - 1;
	const struct daily *daily = daily_find(work, (struct id){{0}}, desk->site->id, day);
	const struct row *then = row_as_of(work, desk->site, day);
	put_day(&section->facts, "day", day);
	json_put(&section->facts, "state", daily && text_same(daily->state, "draft") ? "draft" : daily_word(daily));
	json_put_stamp(&section->facts, "due_at", daily_due(work, day));
	json_put_stamp(&section->facts, "at", daily && GIVEN(daily, daily, submitted_at) ? daily->submitted_at : 0);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		const struct field *field = record_field(&site_record, figures[i]);
		json_key(&section->facts, field->name);
		kind_to_json(&section->facts, field, row_get(then, field));
	}
	const struct site_day *told = site_day_before(work, desk->site->id, work->today);
	if (told && GIVEN(told, site_day, stock_days)) {
		json_put_whole(&section->facts, "stock_days", told->stock_days);
		json_put_flag(&section->facts, "low", GIVEN(told, site_day, low) && told->low);
	}
	if (!daily_in(daily))
		desk_todo(work, section, 1, daily_due(work, day));
	struct query *query = db_query(work->db,
		"SELECT day, due_at FROM returns WHERE site = ? AND state = 'sent_back' AND day < ? AND voided_at IS NULL ORDER BY day",
		BIND(V(desk->site->id), V(day)));
	while (db_next(query))
		put_sent_back(work, section, db_whole(query, 0), db_whole(query, 1));
}

/* --- the health round, and the staff files behind it */

static void add_health(struct desk *desk)
{
	struct work *work = desk->work;
	struct section *section = desk_begin(desk, "health", RIGHT_health_read);
	struct round_sums sums;
	if (!section)
		return;
	round_sums_of(work, &desk->site, 1, work->today, &sums);
	json_put_whole(&section->facts, "staff", sums.staff);
	json_put_whole(&section->facts, "due", sums.due);
	json_put_whole(&section->facts, "told", sums.told);
	json_put_whole(&section->facts, "missing", sums.missing);
	if (sums.missing)
		desk_todo(work, section, sums.missing, deadline_end(work, work->today));
}

static void add_staff(struct desk *desk)
{
	struct work *work = desk->work;
	const struct site *site = (const struct site *)desk->site;
	struct section *section = desk_begin(desk, "staff", RIGHT_staff_read);
	struct staff_sums *sums = arena_alloc(work->arena, sizeof *sums);
	if (!section)
		return;
	staff_sums(work, &(struct staff_scope){.site = site->row.id}, sums);
	int64_t lacking = sums->files - sums->complete;
	int64_t without = GIVEN(site, site, staff) && site->staff > sums->files ? site->staff - sums->files : 0;
	json_put_whole(&section->facts, "files", sums->files);
	json_put_whole(&section->facts, "complete", sums->complete);
	json_put_whole(&section->facts, "lacking", lacking);
	json_put_whole(&section->facts, "without", without);
	json_put_whole(&section->facts, "overdue", sums->late.count ? sums->late.list[0].count : 0);
	int64_t release = 0;
	for (size_t i = 0; i < sums->release.count; i++) {
		release += sums->release.list[i].count;
		desk_todo(work, section, sums->release.list[i].count, deadline_end(work, sums->release.list[i].day));
	}
	json_put_whole(&section->facts, "release", release);
	if (lacking + without)
		desk_todo(work, section, lacking + without, 0);
}

/* --- what has rows: by their states */

struct kept {
	const char *name;
	const struct record *record;
	int right;
	const char *todo, *waits; /* states in which the firm has to do something, and in which it waits */
	const char *due; /* column; NULL: none */
	const char *fields; /* what a line tells */
	const char *state; /* the field of the state */
	const char *also; /* SQL; NULL: nothing more */
};
static const struct kept kinds[] = {
	{"findings", &finding_record, RIGHT_check_read, "open,sent_back", "rectified", "due", "severity", "state", NULL},
	{"checks", &check_record, RIGHT_check_read, "signed", "", NULL, "day,result", "state", NULL},
	{"needs", &need_record, RIGHT_need_read, "resolved", "open,assigned,working,waiting,reopened", "clock", "kind", "state", NULL},
	{"loans", &loan_record, RIGHT_loan_read, "offered", "raised,invited,accepted,approved,paying", NULL, "kind,amount", "state",
		/* cover that is approved is in force */
		" AND NOT (kind = 'insurance' AND state IN ('approved', 'paying'))"},
	{"tests", &test_batch_record, RIGHT_staff_read, "", "sampled", NULL, "day,kind,people", "state", NULL},
	{"advice", &appointment_record, RIGHT_need_read, "offered", "asked,confirmed", "starts", "way", "state", NULL},
	{"urgent", &report_record, RIGHT_urgent_read, "first", "", "next_due", "kind", "stage", " AND next_due > 0"},
};

static void put_fields(struct work *work, struct json *json, const struct kept *kept, const struct row *row)
{
	const char *left = kept->fields, *name;
	json_open_key(json, "fields", '{');
	while ((name = text_word(work->arena, &left, ','))) {
		const struct field *field = record_field(kept->record, name);
		json_key(json, name);
		kind_to_json(json, field, row_get(row, field));
	}
	json_close(json, '}');
}

static void put_row(struct work *work, struct json *json, const struct kept *kept, const struct row *row)
{
	json_open(json, '{');
	json_put(json, "record", kept->record->name);
	json_put_id(json, "id", row->id);
	json_put(json, "title", board_title(work, row));
	json_put(json, "state", row_get(row, record_field(kept->record, kept->state)).text);
	json_put_stamp(json, "due_at", board_due(work, row, kept->due));
	put_fields(work, json, kept, row);
	/* of a finding, what was found */
	if (kept->record == &finding_record) {
		json_open_key(json, "shown", '{');
		kept->record->show(work, row, json);
		json_close(json, '}');
	}
	json_close(json, '}');
}

/* What has to be done comes before what waits, and what is due soonest first. */
static struct query *ask(struct work *work, const struct row *site, const struct kept *kept)
{
	struct sql sql = sql_new(work->arena);
	const char *left = arena_print(work->arena, "%s,%s", kept->todo, kept->waits), *state;
	sql_add(&sql,
		arena_print(work->arena, "SELECT id, %s%s%s FROM %s WHERE site = ? AND voided_at IS NULL%s AND %s IN (", kept->state,
			kept->due ? ", " : "", kept->due ? kept->due : "", kept->record->plural, kept->also ? kept->also : "", kept->state),
		BIND(V(site->id)));
	for (int i = 0; (state = text_word(work->arena, &left, ','));)
		if (*state)
			sql_add(&sql, i++ ? ", ?" : "?", BIND(V(state)));
	sql_add(&sql, kept->due ? arena_print(work->arena, ") ORDER BY %s IS NULL, %s, id", kept->due, kept->due) : ") ORDER BY id",
		NOTHING);
	return sql_query(work->db, &sql);
}

static void add_kept(struct desk *desk, const struct kept *kept)
{
	struct work *work = desk->work;
	struct section *section = desk_begin(desk, kept->name, kept->right);
	struct id todo[SHOWN], waits[SHOWN];
	const struct field *due = kept->due ? record_field(kept->record, kept->due) : NULL;
	if (!section)
		return;
	struct query *query = ask(work, desk->site, kept);
	while (db_next(query)) {
		int64_t by = !due || db_null(query, 2) ? 0 : db_whole(query, 2);
		if (by && due->kind == &kind_day)
			by = deadline_end(work, by);
		if (text_listed(kept->todo, ',', db_text(query, 1))) {
			if (section->todo < SHOWN)
				todo[section->todo] = db_id(query, 0);
			desk_todo(work, section, 1, by);
		} else {
			if (section->waits < SHOWN)
				waits[section->waits] = db_id(query, 0);
			desk_wait(section, by);
		}
	}
	for (int64_t i = 0; i < SHOWN && i < section->todo + section->waits; i++) {
		const struct row *row = row_load(work, kept->record, i < section->todo ? todo[i] : waits[i - section->todo]);
		if (row)
			put_row(work, &section->rows, kept, row);
	}
}

/* --- plans that are told of every day */

static void add_plans(struct desk *desk)
{
	struct work *work = desk->work;
	struct section *section = desk_begin(desk, "plans", RIGHT_plan_read);
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	int64_t due = 0;
	if (!section)
		return;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM plans WHERE site = ? AND state = 'running' AND voided_at IS NULL ORDER BY id",
			row_columns(work->arena, &plan_record)),
		BIND(V(desk->site->id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &plan_record, query);
	for (size_t i = 0; i < count; i++) {
		const struct plan *plan = (const struct plan *)rows[i];
		if (!plan_runs(plan, work->today))
			continue;
		due++;
		if (!plan_told(work, plan->row.id, work->today))
			desk_todo(work, section, 1, deadline_end(work, work->today));
	}
	json_put_whole(&section->facts, "due", due);
	json_put_whole(&section->facts, "told", due - section->todo);
}

/* --- policies */

static void add_policies(struct desk *desk)
{
	struct work *work = desk->work;
	struct section *section = desk_begin(desk, "policies", RIGHT_delivery_read);
	int64_t qualifies = 0, unknown = 0, open = 0, apply_by = 0;
	if (!section)
		return;
	struct query *query = db_query(work->db,
		"SELECT state, mode, known_day, apply_by FROM deliveries WHERE site = ? AND lapsed_day IS NULL AND voided_at IS NULL",
		BIND(V(desk->site->id)));
	while (db_next(query)) {
		const char *state = db_text(query, 0);
		bool early = text_listed("matched,told,known", ',', state);
		qualifies++;
		unknown += text_listed("matched,told", ',', state) && db_null(query, 2);
		open += early && text_same(db_text(query, 1), "apply");
		if (early && !db_null(query, 3) && (!apply_by || db_whole(query, 3) < apply_by))
			apply_by = db_whole(query, 3);
		if (text_same(state, "applied"))
			desk_wait(section, 0);
	}
	const struct policy_firm *firm = (const struct policy_firm *)row_load(work, &policy_firm_record, policy_firm_id(desk->site->id));
	json_put_whole(&section->facts, "qualifies", qualifies);
	json_put_whole(&section->facts, "unknown", unknown);
	json_put_whole(&section->facts, "apply", open);
	json_put_whole(&section->facts, "missing", firm ? firm->missing : 0);
	json_key(&section->facts, "apply_by");
	if (apply_by)
		json_day(&section->facts, apply_by);
	else
		json_null_out(&section->facts);
	if (unknown)
		desk_todo(work, section, unknown, 0);
}

/* --- the whole */

static int urgency(const struct section *section)
{
	return section->late ? 0 : section->todo ? 1 : section->waits ? 2 : 3;
}

static int most_urgent(const void *one, const void *other)
{
	const struct section *a = one, *b = other;
	if (urgency(a) != urgency(b))
		return urgency(a) - urgency(b);
	if (a->due != b->due)
		return !a->due ? 1 : !b->due || a->due < b->due ? -1 : 1;
	return a->place < b->place ? -1 : 1;
}

static void put_section(struct json *json, struct section *section)
{
	static const char *const words[] = {"late", "due", "waits", "clear"};
	json_close(&section->facts, '}');
	json_close(&section->rows, ']');
	json_open(json, '{');
	json_put(json, "name", section->name);
	json_put(json, "state", words[urgency(section)]);
	json_put_whole(json, "todo", section->todo);
	json_put_whole(json, "late", section->late);
	json_put_whole(json, "waits", section->waits);
	json_put_stamp(json, "due_at", section->due);
	json_key(json, "facts");
	json_raw(json, buf_end(&section->facts.buf));
	json_key(json, "rows");
	json_raw(json, buf_end(&section->rows.buf));
	json_close(json, '}');
}

/* Where it opens in a browser: nothing secret, whoever scans it signs in. */
static void put_code(struct call *call, struct json *json, struct id site)
{
	char id[ID_TEXT];
	const char *link = call_link(call, arena_print(call->work.arena, "/desk/%s", id_print(site, id)));
	json_put(json, "link", link);
	json_put(json, "qr", qr_svg(call->work.arena, link));
}

enum status command_site_desk(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct desk *desk = arena_alloc(work->arena, sizeof *desk);
	int64_t due = 0, late = 0;
	struct row *site;
	if (call_row(call, &site_record, RIGHT_site_read, &site) != OK)
		return work->status;
	if (site->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	desk->work = work;
	desk->site = site;
	desk->count = 0;
	add_return(desk);
	add_health(desk);
	desk_filing(desk);
	add_staff(desk);
	add_kept(desk, &kinds[0]);
	add_kept(desk, &kinds[1]);
	add_kept(desk, &kinds[2]);
	add_plans(desk);
	add_policies(desk);
	for (size_t i = 3; i < sizeof kinds / sizeof *kinds; i++)
		add_kept(desk, &kinds[i]);
	qsort(desk->sections, desk->count, sizeof *desk->sections, most_urgent);
	for (size_t i = 0; i < desk->count; i++) {
		due += desk->sections[i].todo > 0;
		late += desk->sections[i].late > 0;
	}
	json_open(json, '{');
	json_put_named(json, "site", site->id, ((const struct site *)site)->name);
	put_day(json, "day", work->today);
	json_put_whole(json, "due", due);
	json_put_whole(json, "late", late);
	if (text_same(request_argument(call->request, "qr"), "1"))
		put_code(call, json, site->id);
	json_open_key(json, "sections", '[');
	for (size_t i = 0; i < desk->count; i++)
		put_section(json, &desk->sections[i]);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}
