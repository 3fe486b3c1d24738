/* Plans and key projects over HTTP: how they stand on a day, the missing first; "unchanged" for one or many; what blocks one, raised in one step. */
#include "app/plan.h"

#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/need.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "face/board.h"
#include "face/commands.h"
#include "face/export.h"
#include "record/days.h"
#include "record/shape.h"

enum { MOST_PLANS = 300, MOST_BLOCKERS = 20 };

/* One plan on the day. */
struct standing {
	const struct plan *plan;
	const struct row *site; /* as of the day; NULL: gone */
	const struct plan_day *told, *before;
	int64_t late;
	int64_t stones, stones_done;
	const struct milestone *next; /* the first that is not done */
};

struct standings {
	int64_t day;
	struct standing *list;
	size_t count;
	bool more;
};

/* The missing first, then the latest, then by name. */
static int by_urgency(const void *one, const void *other)
{
	const struct standing *a = one, *b = other;
	if (!a->told != !b->told)
		return a->told ? 1 : -1;
	if (a->late != b->late)
		return a->late < b->late ? 1 : -1;
	return strcmp(a->plan->title, b->plan->title);
}

static void read_stones(struct work *work, struct standing *standing, int64_t day)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM milestones WHERE plan = ? AND voided_at IS NULL ORDER BY due, id",
			row_columns(work->arena, &milestone_record)),
		BIND(V(standing->plan->row.id)));
	while (db_next(query)) {
		const struct milestone *stone = (const struct milestone *)row_read(work, &milestone_record, query);
		bool done = GIVEN(stone, milestone, done_on) && stone->done_on <= day;
		standing->stones++;
		standing->stones_done += done;
		if (!done && !standing->next)
			standing->next = stone;
	}
}

static void read_one(struct work *work, struct standing *standing, int64_t day)
{
	const struct plan *plan = standing->plan;
	const struct row *site = row_load(work, &site_record, plan->site);
	standing->site = site && !site->voided_at ? row_as_of(work, site, day) : NULL;
	standing->told = plan_told(work, plan->row.id, day);
	standing->before = plan_before(work, plan->row.id, day);
	standing->late = plan_late(work, plan, day);
	read_stones(work, standing, day);
}

static enum status read_standings(struct call *call, struct standings *standings)
{
	struct work *work = &call->work;
	const char *path, *kind = request_argument(call->request, "plan_kind");
	size_t space = 0;
	if (kind && *kind && !text_listed("site,project", ',', kind))
		return fail(work, BAD_FIELD, "plan_kind", "is site or project|须为 site 或 project");
	if (call_day(call, work->today, &standings->day) != OK)
		return work->status;
	store_read(work);
	if (call_path(call, &path) != OK)
		return work->status;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT %s FROM plans WHERE voided_at IS NULL AND begins <= ? AND (closed_on IS NULL OR closed_on >= ?)",
			row_columns(work->arena, &plan_record)),
		BIND(V(standings->day), V(standings->day)));
	if (kind && *kind)
		sql_add(&sql, " AND kind = ?", BIND(V(kind)));
	path_where(&sql, path);
	reach_where(&sql, work->who, RIGHT_plan_read, "site");
	sql_add(&sql, " ORDER BY id LIMIT ?", BIND(V(MOST_PLANS + 1)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, standings->list, standings->count, space) =
			(struct standing){.plan = (const struct plan *)row_read(work, &plan_record, query)};
	standings->more = standings->count > MOST_PLANS;
	if (standings->more)
		standings->count = MOST_PLANS;
	for (size_t i = 0; i < standings->count; i++)
		read_one(work, &standings->list[i], standings->day);
	if (standings->count)
		qsort(standings->list, standings->count, sizeof *standings->list, by_urgency);
	return OK;
}

static bool working(const struct standing *standing)
{
	return standing->site && text_listed("open,resumed", ',', ((const struct site *)standing->site)->status);
}

/* --- as JSON */

static void put_day(struct json *json, const char *key, bool given, int64_t day)
{
	json_key(json, key);
	if (given)
		json_day(json, day);
	else
		json_null_out(json);
}

static void put_plan(struct work *work, struct json *json, const struct standing *standing)
{
	const struct plan *plan = standing->plan;
	json_put_id(json, "id", plan->row.id);
	json_put(json, "title", plan->title);
	json_put(json, "kind", plan->kind);
	json_put(json, "target", plan->target);
	put_day(json, "begins", true, plan->begins);
	put_day(json, "ends", GIVEN(plan, plan, ends), plan->ends);
	if (standing->site)
		json_put_named(json, "site", plan->site, ((const struct site *)standing->site)->name);
	if (GIVEN(plan, plan, lead))
		json_put_named(json, "lead", plan->lead, shape_title(work, record_named("org"), plan->lead));
	json_put_flag(json, "working", working(standing));
	json_put_flag(json, "may", who_reaches(work->who, RIGHT_plan_tell, plan->row.path, plan->site));
}

static void put_progress(struct work *work, struct json *json, const struct standing *standing)
{
	const struct milestone *next = standing->next;
	json_key(json, "told");
	if (standing->told)
		shape_row(work, json, &standing->told->row);
	else
		json_null_out(json);
	json_key(json, "before");
	if (standing->before)
		shape_row(work, json, &standing->before->row);
	else
		json_null_out(json);
	json_put_whole(json, "days_late", standing->late);
	json_put_whole(json, "milestones", standing->stones);
	json_put_whole(json, "milestones_done", standing->stones_done);
	json_put(json, "next", next ? next->title : NULL);
	put_day(json, "next_due", next, next ? next->due : 0);
}

/* Needs that are not solved, as far as one sees them. */
static void put_blockers(struct work *work, struct json *json, struct id plan)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT n.id, n.number, n.text, n.state, n.due_at, n.path, n.site FROM blockers b JOIN needs n ON n.id = b.need AND n.home = b.home "
			"WHERE b.plan = ? AND b.voided_at IS NULL AND n.voided_at IS NULL ORDER BY n.id LIMIT %d",
			MOST_BLOCKERS),
		BIND(V(plan)));
	json_key(json, "blockers");
	json_open(json, '[');
	while (db_next(query)) {
		if (!who_reaches(work->who, RIGHT_need_read, db_text(query, 5), db_id(query, 6)))
			continue;
		json_open(json, '{');
		json_put_id(json, "id", db_id(query, 0));
		json_put(json, "number", db_text(query, 1));
		json_put(json, "text", db_text(query, 2));
		json_put(json, "state", db_text(query, 3));
		json_put_stamp(json, "due_at", db_whole(query, 4));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_totals(struct json *json, const struct standings *standings)
{
	int64_t told = 0, same = 0, late = 0, at_work = 0;
	for (size_t i = 0; i < standings->count; i++) {
		const struct standing *one = &standings->list[i];
		told += one->told != NULL;
		same += one->told && one->told->same;
		late += one->late > 0;
		at_work += working(one);
	}
	json_key(json, "day");
	json_day(json, standings->day);
	json_put_whole(json, "due", (int64_t)standings->count);
	json_put_whole(json, "told", told);
	json_put_whole(json, "same", same);
	json_put_whole(json, "late", late);
	json_put_whole(json, "working", at_work);
	json_put_flag(json, "more", standings->more);
}

enum status command_plans_day(struct call *call)
{
	struct standings standings = {0};
	struct json *json = &call->out;
	if (read_standings(call, &standings) != OK)
		return call->work.status;
	json_open(json, '{');
	put_totals(json, &standings);
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < standings.count; i++) {
		json_open(json, '{');
		put_plan(&call->work, json, &standings.list[i]);
		put_progress(&call->work, json, &standings.list[i]);
		put_blockers(&call->work, json, standings.list[i].plan->row.id);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* --- as a sheet */

static void write_told(struct work *work, struct sheet_writer *sheet, const struct standing *standing)
{
	static const char *const fields[] = {"percent", "amount", "unit", "people", "text", "problems"};
	const struct plan_day *told = standing->told;
	sheet_put_text(sheet, work_text(work, !told ? "Missing|未填报" : told->same ? "Unchanged|与前一日相同" : "Told|已填报"));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		sheet_put_text(sheet, told ? shape_text(work, &told->row, record_field(&plan_day_record, fields[i])) : NULL);
}

static void write_standing(struct work *work, struct sheet_writer *sheet, const struct standing *standing)
{
	const struct plan *plan = standing->plan;
	sheet_put_text(sheet, plan->title);
	sheet_put_text(sheet, shape_text(work, &plan->row, FIELD_OF(plan, kind)));
	sheet_put_text(sheet, standing->site ? ((const struct site *)standing->site)->name : NULL);
	write_told(work, sheet, standing);
	sheet_put_whole(sheet, standing->late);
	sheet_put_text(sheet, arena_print(work->arena, "%lld/%lld", (long long)standing->stones_done, (long long)standing->stones));
	sheet_put_text(sheet, standing->next ? standing->next->title : NULL);
	if (standing->next)
		sheet_put_day(sheet, standing->next->due);
	else
		sheet_put_none(sheet);
	sheet_end_row(sheet);
}

enum status command_plans_sheet(struct call *call)
{
	static const char *const heads[] = {"Plan|计划项目", "Kind|类型", "Site|企业（场所）", "Day|当日", "Progress, %|总进度（%）",
		"Work of the day|当日工作量", "Counted in|计量单位", "People on site|在岗人数", "What was done|当日进展",
		"Problems|存在问题", "Days late|逾期天数", "Milestones done|完成节点", "Next milestone|下一节点", "Due|计划日期"};
	struct work *work = &call->work;
	struct standings standings = {0};
	struct sheet_error error;
	const char *path;
	if (read_standings(call, &standings) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet =
		sheet_writer_open(path, SHEET_XLSX, work_text(work, "Plans of the day|项目日报"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < standings.count; i++)
		write_standing(work, sheet, &standings.list[i]);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "plans", SHEET_XLSX);
}

/* --- unchanged: one or many, each for itself */

struct repeating {
	json_t *plans;
	int64_t day; /* INT64_MIN: today */
	struct id plan; /* of the one at work */
	struct json out;
};

static enum status repeat_one(struct work *work, void *data)
{
	const struct repeating *repeating = data;
	const struct row *plan = row_load(work, &plan_record, repeating->plan);
	int64_t day = repeating->day == INT64_MIN ? work->today : repeating->day;
	if (!plan || plan->voided_at || !who_reaches(work->who, RIGHT_plan_tell, plan->path, row_site(plan)))
		return fail(work, NOT_FOUND, NULL, NULL);
	return plan_repeat(work, plan->id, day);
}

static enum status repeat_all(struct work *work, void *data)
{
	struct repeating *repeating = data;
	struct json *json = &repeating->out;
	*json = json_new(work->arena);
	json_open(json, '[');
	for (size_t i = 0; i < json_array_size(repeating->plans); i++) {
		id_parse(json_string_value(json_array_get(repeating->plans, i)), &repeating->plan);
		enum status status = store_try(work, repeat_one, repeating);
		json_open(json, '{');
		json_put_id(json, "plan", repeating->plan);
		json_put_whole(json, "status", status == OK ? 200 : status_http(status));
		if (status != OK)
			json_put(json, "detail",
				work->fault_count      ? work->faults[0].detail
					: work->detail ? work->detail
						       : work_text(work, status_text(status)));
		json_close(json, '}');
		work_forgive(work);
	}
	json_close(json, ']');
	return OK;
}

enum status command_plans_unchanged(struct call *call)
{
	struct work *work = &call->work;
	struct repeating repeating = {.day = INT64_MIN};
	if (call_body(call) != OK || call_keys(call, "plans,day") != OK)
		return work->status;
	const json_t *day = json_object_get(call->body, "day");
	repeating.plans = json_object_get(call->body, "plans");
	if (day && !json_is_null(day) && (!json_is_string(day) || !day_parse(json_string_value(day), &repeating.day)))
		return fail(work, BAD_FIELD, "day", "is no day|日期无效");
	if (!json_is_array(repeating.plans) || !json_array_size(repeating.plans) || json_array_size(repeating.plans) > MOST_PLANS)
		return fail(work, BAD_FIELD, "plans", "must be a list of ids, %d at most|须为标识列表，最多 %d 个", MOST_PLANS);
	for (size_t i = 0; i < json_array_size(repeating.plans); i++) {
		struct id id;
		const char *text = json_string_value(json_array_get(repeating.plans, i));
		if (!text || !id_parse(text, &id))
			return fail(work, BAD_FIELD, "plans", "must be a list of ids, %d at most|须为标识列表，最多 %d 个", MOST_PLANS);
	}
	if (store_write(work, repeat_all, &repeating) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end(&repeating.out.buf));
	json_close(&call->out, '}');
	return OK;
}

/* --- what blocks it: the need is raised and named at the plan in one write */

struct blocking {
	struct id plan;
	const struct row *read;
	struct id body, deed;
	const struct need *need;
};

static enum status write_block(struct work *work, void *data)
{
	struct blocking *blocking = data;
	const struct row *plan = row_load(work, &plan_record, blocking->plan);
	struct need *need = (struct need *)row_copy(work->arena, blocking->read);
	struct blocker *blocker = (struct blocker *)row_new(work->arena, &blocker_record);
	struct row *raised = &need->row, *named = &blocker->row;
	if (!plan || plan->voided_at || !who_reaches(work->who, RIGHT_plan_read, plan->path, row_site(plan)))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (!who_reaches(work->who, RIGHT_plan_tell, plan->path, row_site(plan)))
		return fail(work, NO_RIGHT, NULL, NULL);
	SET(need, need, site, V(((const struct plan *)plan)->site));
	work->deed = blocking->deed;
	if (row_insert(work, &raised, &blocking->body) != OK)
		return work->status;
	work->deed = (struct id){{0}};
	blocking->need = (const struct need *)raised;
	/* sent again: it stands there already */
	if (db_get(work->db, 0, "SELECT 1 FROM blockers WHERE plan = ? AND need = ? AND voided_at IS NULL",
		    BIND(V(plan->id), V(raised->id))))
		return OK;
	SET(blocker, blocker, plan, V(plan->id));
	SET(blocker, blocker, need, V(raised->id));
	return row_insert(work, &named, NULL);
}

enum status command_plan_block(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &need_record);
	struct blocking blocking = {.read = row};
	if (!id_parse(call->parts[0], &blocking.plan))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || shape_read(work, call->body, row, "kind,text,photos,raised_by,phone", &effective, &until) != OK)
		return work->status;
	blocking.deed = work->deed;
	blocking.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_block, &blocking) != OK)
		return work->status;
	call->code = 201;
	json_open(&call->out, '{');
	json_put_id(&call->out, "need", blocking.need->row.id);
	json_put(&call->out, "number", blocking.need->number);
	json_close(&call->out, '}');
	return OK;
}
