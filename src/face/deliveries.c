/* The ledger of policies over HTTP: telling and knowing many at once, how far a policy came, what a firm has. */
#include <string.h>

#include "app/area.h"
#include "app/delivery_judge.h"
#include "app/delivery_match.h"
#include "app/delivery_text.h"
#include "app/grant_list.h"
#include "app/policy_mark.h"
#include "app/policy_question.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"

enum { MOST_TOLD = 2000, MOST_QUESTIONS = 200 };

static void put_day(struct json *json, const char *key, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	json_key(json, key);
	if (value.type == VALUE_WHOLE)
		json_day(json, value.whole);
	else
		json_null_out(json);
}

static void put_amount(struct json *json, const char *key, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	json_key(json, key);
	if (value.type == VALUE_WHOLE)
		json_whole(json, value.whole);
	else
		json_null_out(json);
}

/* --- many at once: several policies told to one firm, one policy told to many; all that a firm says it knows */

struct telling {
	bool knows; /* the firm says that it knows them; else it was told of them, so: */
	struct delivery_telling how;
	struct id *ids;
	size_t count, at;
	int64_t told;
	struct json out;
};

static enum status tell_one(struct work *work, void *data)
{
	struct telling *telling = data;
	struct id id = telling->ids[telling->at];
	return telling->knows ? delivery_known(work, id) : delivery_told(work, id, &telling->how);
}

/* It may run twice. */
static enum status tell_all(struct work *work, void *data)
{
	struct telling *telling = data;
	telling->out = json_new(work->arena);
	telling->told = 0;
	json_open(&telling->out, '[');
	for (telling->at = 0; telling->at < telling->count; telling->at++) {
		work->row = (int64_t)telling->at;
		enum status status = store_try(work, tell_one, telling);
		json_open(&telling->out, '{');
		json_put_id(&telling->out, "id", telling->ids[telling->at]);
		json_put_whole(&telling->out, "status", status == OK ? 200 : status_http(status));
		if (status != OK)
			json_put(&telling->out, "detail",
				work->fault_count      ? work->faults[0].detail
					: work->detail ? work->detail
						       : work_text(work, status_text(status)));
		json_close(&telling->out, '}');
		telling->told += status == OK;
		work_forgive(work);
	}
	json_close(&telling->out, ']');
	return OK;
}

static enum status told(struct call *call)
{
	const struct telling *telling = call->data;
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put_whole(&call->out, "told", telling->told);
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end((struct buf *)&telling->out.buf));
	json_close(&call->out, '}');
	return OK;
}

static enum status read_ids(struct call *call, struct telling *telling)
{
	struct work *work = &call->work;
	const json_t *rows = json_object_get(call->body, "rows");
	telling->count = json_array_size(rows);
	if (!json_is_array(rows) || !telling->count)
		return fail(work, BAD_FIELD, "rows", "must be given|必填");
	if (telling->count > MOST_TOLD)
		return fail(work, TOO_LARGE, "rows", "takes %d rows at most|最多 %d 行", MOST_TOLD);
	telling->ids = arena_alloc(work->arena, telling->count * sizeof *telling->ids);
	for (size_t i = 0; i < telling->count; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *id = json_string_value(json_is_object(row) ? json_object_get(row, "id") : row);
		work->row = (int64_t)i;
		if (!id || !id_parse(id, &telling->ids[i]))
			fail(work, BAD_FIELD, "rows", "must be ids|须为记录标识");
	}
	work->row = -1;
	return work->status;
}

enum status command_deliveries_tell(struct call *call)
{
	struct work *work = &call->work;
	struct telling *telling = arena_alloc(work->arena, sizeof *telling);
	const char *day;
	*telling = (struct telling){.how.day = DAY_FAR};
	if (call_body(call) != OK || call_keys(call, "rows,how,day,note,heard") != OK || read_ids(call, telling) != OK ||
		call_text(call, "how", &telling->how.how) != OK)
		return work->status;
	struct value how;
	if (kind_pick.read(work, FIELD_OF(delivery, told_how), telling->how.how, &how) != OK)
		return work->status;
	telling->how.note = json_string_value(json_object_get(call->body, "note"));
	telling->how.heard = json_is_true(json_object_get(call->body, "heard"));
	if ((day = json_string_value(json_object_get(call->body, "day"))) && !day_parse(day, &telling->how.day))
		return fail(work, BAD_FIELD, "day", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	call->data = telling;
	return call_write(call, tell_all, telling, telling->count, told);
}

enum status command_deliveries_known(struct call *call)
{
	struct telling *telling = arena_alloc(call->work.arena, sizeof *telling);
	*telling = (struct telling){.knows = true};
	if (call_body(call) != OK || call_keys(call, "rows") != OK || read_ids(call, telling) != OK)
		return call->work.status;
	call->data = telling;
	return call_write(call, tell_all, telling, telling->count, told);
}

/* --- how far a policy came */

static const char *const counted[][2] = {
	{"matched", "lapsed_day IS NULL"},
	{"told", "lapsed_day IS NULL AND told_day > 0"},
	{"known", "lapsed_day IS NULL AND known_day > 0"},
	{"applied", "lapsed_day IS NULL AND applied_day > 0 AND withdrawn_day IS NULL"},
	{"granted", "lapsed_day IS NULL AND granted_day > 0 AND refused_day IS NULL"},
	{"paid", "paid > 0"},
	{"untold", "state = 'matched'"},
	{"refused", "state = 'refused'"},
	{"lapsed", "lapsed_day > 0"},
};
static const char *const summed[][2] = {
	{"estimate", "CASE WHEN lapsed_day IS NULL THEN estimate END"},
	{"asked", "CASE WHEN applied_day > 0 AND withdrawn_day IS NULL THEN asked END"},
	{"granted_money", "CASE WHEN granted_day > 0 AND refused_day IS NULL THEN granted END"},
	{"paid_money", "paid"},
};
enum { COUNTED = sizeof counted / sizeof *counted, SUMMED = sizeof summed / sizeof *summed };

static void put_funnel(struct work *work, struct json *json, struct id policy, const char *path)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT count(*)", NOTHING);
	for (int i = 0; i < COUNTED; i++)
		sql_add(&sql, arena_print(work->arena, ", sum(CASE WHEN %s THEN 1 ELSE 0 END)", counted[i][1]), NOTHING);
	for (int i = 0; i < SUMMED; i++)
		sql_add(&sql, arena_print(work->arena, ", sum(%s)", summed[i][1]), NOTHING);
	sql_add(&sql, " FROM deliveries WHERE policy = ? AND voided_at IS NULL", BIND(V(policy)));
	path_where(&sql, path);
	reach_where(&sql, work->who, RIGHT_delivery_read, "site");
	struct query *query = sql_query(work->db, &sql);
	bool any = db_next(query);
	json_key(json, "counts");
	json_open(json, '{');
	for (int i = 0; i < COUNTED; i++)
		json_put_whole(json, counted[i][0], any ? db_whole(query, 1 + i) : 0);
	for (int i = 0; i < SUMMED; i++)
		json_put_whole(json, summed[i][0], any ? db_whole(query, 1 + COUNTED + i) : 0);
	json_close(json, '}');
	db_done(query);
}

static void put_matching(struct work *work, struct json *json, struct id policy)
{
	struct match_state state = match_state(work, policy);
	json_key(json, "matching");
	if (!state.known) {
		json_null_out(json);
		return;
	}
	json_open(json, '{');
	json_put_flag(json, "running", state.running);
	json_put_whole(json, "done", state.done);
	json_put_whole(json, "total", state.total);
	json_put_whole(json, "yes", state.yes);
	json_put_whole(json, "missing", state.missing);
	json_put_stamp(json, "at", state.changed_at);
	json_close(json, '}');
}

enum status command_policy_funnel(struct call *call)
{
	struct work *work = &call->work;
	struct row *policy;
	struct area *area = NULL;
	const char *asked = request_argument(call->request, "area");
	if (call_row(call, &policy_record, policy_record.read, &policy) != OK)
		return work->status;
	if (asked && *asked && call_area(call, &area) != OK)
		return work->status;
	json_open(&call->out, '{');
	put_funnel(work, &call->out, policy->id, area ? area->row.path : "");
	put_matching(work, &call->out, policy->id);
	json_close(&call->out, '}');
	return OK;
}

/* --- one action on a policy */

struct acting {
	struct id policy, deed;
	const char *area;
	struct row *row;
};

static enum status read_acting(struct call *call, struct acting *acting, const char *keys)
{
	if (!id_parse(call->parts[0], &acting->policy))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || call_keys(call, keys) != OK)
		return call->work.status;
	acting->area = json_string_value(json_object_get(call->body, "area"));
	acting->deed = call->work.deed;
	return OK;
}

static enum status write_match(struct work *work, void *data)
{
	const struct acting *acting = data;
	struct row *policy;
	if (row_get_reached(work, &policy_record, acting->policy, policy_record.read, &policy) != OK)
		return work->status;
	if (!who_reaches(work->who, RIGHT_delivery_decide, policy->path, (struct id){{0}}))
		return fail(work, NOT_FOUND, NULL, NULL);
	match_again(work, policy->id);
	return OK;
}

enum status command_policy_match(struct call *call)
{
	struct acting acting = {0};
	if (read_acting(call, &acting, "") != OK || store_write(&call->work, write_match, &acting) != OK)
		return call->work.status;
	store_read(&call->work);
	json_open(&call->out, '{');
	put_matching(&call->work, &call->out, acting.policy);
	json_close(&call->out, '}');
	return OK;
}

static enum status write_list(struct work *work, void *data)
{
	struct acting *acting = data;
	struct grant_list *list = (struct grant_list *)row_new(work->arena, &grant_list_record);
	struct row *policy;
	if (row_get_reached(work, &policy_record, acting->policy, policy_record.read, &policy) != OK)
		return work->status;
	const struct area *area = area_find(work, acting->area);
	if (!area)
		return fail(work, BAD_FIELD, "area", "There is no such area|没有这个区划");
	SET(list, grant_list, policy, V(policy->id));
	SET(list, grant_list, area, V(area->row.id));
	acting->row = &list->row;
	work->deed = acting->deed;
	return row_insert(work, &acting->row, NULL);
}

enum status command_policy_grants(struct call *call)
{
	struct acting acting = {0};
	if (read_acting(call, &acting, "area") != OK || store_write(&call->work, write_list, &acting) != OK)
		return call->work.status;
	store_read(&call->work);
	call->code = 201;
	shape_one(&call->work, &call->out, row_load(&call->work, &grant_list_record, acting.row->id));
	return OK;
}

/* --- questions: answers are for everybody who reads the policy, who asked is for whom may see that firm */

static void put_question(struct work *work, struct json *json, const struct policy_question *one, bool reached)
{
	json_open(json, '{');
	if (reached) {
		json_put_id(json, "id", one->row.id);
		json_put_named(json, "site", one->site, shape_title(work, &site_record, one->site));
	}
	json_put(json, "text", one->text);
	json_put(json, "state", one->state);
	put_day(json, "day", &one->row, FIELD_OF(policy_question, day));
	json_put(json, "answer", one->answer);
	put_day(json, "answered_day", &one->row, FIELD_OF(policy_question, answered_day));
	json_put_flag(json, "may", who_reaches(work->who, RIGHT_delivery_decide, one->row.path, one->site));
	json_close(json, '}');
}

enum status command_policy_questions(struct call *call)
{
	struct work *work = &call->work;
	struct row *policy, **rows = NULL;
	size_t count = 0, space = 0;
	if (call_row(call, &policy_record, policy_record.read, &policy) != OK)
		return work->status;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM policy_questions WHERE policy = ? AND voided_at IS NULL ORDER BY id DESC LIMIT %d",
			row_columns(work->arena, &policy_question_record), MOST_QUESTIONS),
		BIND(V(policy->id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &policy_question_record, query);
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct policy_question *one = (const struct policy_question *)rows[i];
		bool reached = who_reaches(work->who, RIGHT_delivery_read, one->row.path, one->site);
		if (reached || text_same(one->state, "answered"))
			put_question(work, &call->out, one, reached);
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

/* --- what a firm has */

struct firm {
	struct delivery **rows;
	const struct policy **policies;
	size_t count, space, policy_space, policy_count;
};

static void read_firm(struct work *work, struct id site, struct firm *firm)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM deliveries WHERE site = ? AND voided_at IS NULL ORDER BY apply_by IS NULL, apply_by, id",
			row_columns(work->arena, &delivery_record)),
		BIND(V(site)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, firm->rows, firm->count, firm->space) = (struct delivery *)row_read(work, &delivery_record, query);
	for (size_t i = 0; i < firm->count; i++)
		*ARENA_PUSH(work->arena, firm->policies, firm->policy_count, firm->policy_space) =
			(const struct policy *)row_load(work, &policy_record, firm->rows[i]->policy);
}

static void put_steps(struct work *work, struct json *json, const struct delivery *one)
{
	json_key(json, "may");
	json_open(json, '[');
	for (size_t i = 0; i < delivery_record.step_count; i++) {
		const struct step *step = &delivery_record.steps[i];
		if (text_listed("tell,acknowledge,apply", ',', step->name) && shape_may_step(work, &one->row, step))
			json_text(json, step->name);
	}
	json_close(json, ']');
}

static void put_delivery(struct work *work, struct json *json, const struct delivery *one, const struct policy *policy)
{
	json_open(json, '{');
	json_put_id(json, "id", one->row.id);
	json_put_whole(json, "version", one->row.version);
	json_put_named(json, "policy", one->policy, policy ? policy_name(work, policy) : NULL);
	json_put(json, "issuer", policy && policy->issuer ? work_text(work, policy->issuer) : NULL);
	json_put(json, "materials", policy && policy->materials ? work_text(work, policy->materials) : NULL);
	json_put(json, "phone", policy ? policy->phone : NULL);
	json_put(json, "state", one->state);
	json_put(json, "mode", one->mode);
	json_put(json, "verdict", one->verdict);
	json_put(json, "why", one->why ? work_text(work, one->why) : NULL);
	json_put(json, "reason", one->reason ? work_text(work, one->reason) : NULL);
	put_amount(json, "estimate", &one->row, FIELD_OF(delivery, estimate));
	put_amount(json, "asked", &one->row, FIELD_OF(delivery, asked));
	put_amount(json, "granted", &one->row, FIELD_OF(delivery, granted));
	put_amount(json, "paid", &one->row, FIELD_OF(delivery, paid));
	put_day(json, "apply_by", &one->row, FIELD_OF(delivery, apply_by));
	put_day(json, "known_day", &one->row, FIELD_OF(delivery, known_day));
	put_day(json, "told_day", &one->row, FIELD_OF(delivery, told_day));
	put_steps(work, json, one);
	json_close(json, '}');
}

/* What hangs on facts that are not known, judged now. */
static void put_missing(struct work *work, struct json *json, struct id site)
{
	struct judging *judging = judging_all(work);
	json_key(json, "missing");
	json_open(json, '[');
	if (judging_site(judging, site))
		for (size_t i = 0; i < judging_count(judging); i++) {
			struct judged judged;
			judging_ask(judging, i, true, &judged);
			if (!judged.fact_count || judged.verdict == VERDICT_NO)
				continue;
			json_open(json, '{');
			json_put_named(json, "policy", judging_policy(judging, i),
				policy_name(work, (const struct policy *)row_load(work, &policy_record, judging_policy(judging, i))));
			json_put_flag(json, "qualifies", judged.verdict == VERDICT_YES);
			json_key(json, "facts");
			json_open(json, '[');
			for (size_t j = 0; j < judged.fact_count; j++)
				json_text(json, work_text(work, judged.facts[j]));
			json_close(json, ']');
			json_close(json, '}');
		}
	json_close(json, ']');
}

/* Of what was not told yet; of all that is still open where everything was. */
static const char *message_of(struct work *work, const char *name, const struct firm *firm)
{
	const struct delivery **rows = arena_alloc(work->arena, (firm->count + 1) * sizeof *rows);
	const struct policy **policies = arena_alloc(work->arena, (firm->count + 1) * sizeof *policies);
	size_t count = 0;
	for (int all = 0; all < 2 && !count; all++)
		for (size_t i = 0; i < firm->count; i++)
			if (firm->policies[i] && text_listed(all ? "matched,told,known" : "matched", ',', firm->rows[i]->state)) {
				rows[count] = firm->rows[i];
				policies[count++] = firm->policies[i];
			}
	return delivery_message(work, name, rows, policies, count);
}

enum status command_site_deliveries(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct firm firm = {0};
	struct json *json = &call->out;
	if (call_row(call, &site_record, RIGHT_delivery_read, &site) != OK)
		return work->status;
	const char *name = ((const struct site *)site)->name;
	read_firm(work, site->id, &firm);
	json_open(json, '{');
	json_put_named(json, "site", site->id, name);
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < firm.count; i++)
		put_delivery(work, json, firm.rows[i], firm.policies[i]);
	json_close(json, ']');
	put_missing(work, json, site->id);
	json_put_flag(json, "judging", policy_marked(work, site->id));
	json_put(json, "message", message_of(work, name, &firm));
	json_close(json, '}');
	return OK;
}
