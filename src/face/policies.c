/* Policies over HTTP: what one says in words, what one or all say of a site, a tree tried against real sites before it is kept, the examples that muster ships. */
#include "app/policy_judge.h"

#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "face/call.h"
#include "face/commands.h"
#include "record/shape.h"

static void put_day(struct json *json, const char *key, bool given, int64_t day)
{
	json_key(json, key);
	if (given)
		json_day(json, day);
	else
		json_null_out(json);
}

static void put_ready(struct work *work, struct json *json, const struct ready *ready)
{
	const struct policy *policy = ready->policy;
	bool english = work->language == ENGLISH && GIVEN(policy, policy, title_en);
	json_put_id(json, "id", policy->row.id);
	json_put(json, "title", english ? policy->title_en : policy->title);
	json_put(json, "mode", policy->mode);
	json_put(json, "state", policy->state);
	json_put(json, "phone", policy->phone);
	put_day(json, "begins", GIVEN(policy, policy, begins), policy->begins);
	put_day(json, "ends", GIVEN(policy, policy, ends), policy->ends);
	put_day(json, "apply_by", GIVEN(policy, policy, apply_by), policy->apply_by);
	json_put(json, "month", month_text(work->arena, ready->month));
}

/* A policy in sentences: "conditions", "gives". */
static void put_words(struct work *work, struct json *json, const struct policies *policies)
{
	const struct ready *ready = &policies->list[0];
	json_key(json, "conditions");
	tree_json(work, json, &policies->space, ready->tree);
	json_put(json, "gives", benefit_words(work->arena, &policies->space, ready->benefit, work->language));
}

enum status command_policy_words(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	if (call_row(call, &policy_record, RIGHT_policy_read, &row) != OK)
		return work->status;
	struct policies *policies = policies_new(work);
	if (policies_add(work, policies, (const struct policy *)row, work->today) != OK)
		return work->status;
	json_open(&call->out, '{');
	put_words(work, &call->out, policies);
	json_close(&call->out, '}');
	return OK;
}

/* --- one site */

static enum status reach_site(struct work *work, const char *text, struct row **site)
{
	struct id id;
	if (!text || !*text)
		return fail(work, BAD_FIELD, "site", "must be given|必填");
	if (!id_parse(text, &id))
		return fail(work, NOT_FOUND, "site", "There is no such site|没有这家企业（场所）");
	return row_get_reached(work, &site_record, id, RIGHT_policy_read, site);
}

enum status command_policy_judge(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *row, *site;
	struct facts_reader reader;
	struct judgement judgement;
	int64_t day;
	if (call_row(call, &policy_record, RIGHT_policy_read, &row) != OK || call_day(call, work->today, &day) != OK ||
		reach_site(work, request_argument(call->request, "site"), &site) != OK)
		return work->status;
	struct policies *policies = policies_new(work);
	if (policies_add(work, policies, (const struct policy *)row, day) != OK)
		return work->status;
	facts_begin_one(&reader, work, &policies->space, day, site->id);
	const struct facts *facts = facts_next(&reader);
	facts_end(&reader);
	if (!facts)
		return fail(work, NOT_FOUND, NULL, NULL);
	policies_judge(policies, 0, facts, true, &judgement);
	json_open(json, '{');
	put_ready(work, json, &policies->list[0]);
	judgement_json(work, json, policies, &judgement);
	json_close(json, '}');
	return OK;
}

static enum status put_one(
	struct work *work, void *data, const struct policies *policies, const struct ready *ready, const struct judgement *judgement)
{
	struct json *json = data;
	json_open(json, '{');
	put_ready(work, json, ready);
	judgement_json(work, json, policies, judgement);
	json_put(json, "gives", benefit_words(work->arena, &policies->space, ready->benefit, work->language));
	json_close(json, '}');
	return OK;
}

enum status command_site_policies(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *site;
	int64_t day;
	if (call_row(call, &site_record, RIGHT_policy_read, &site) != OK || call_day(call, work->today, &day) != OK)
		return work->status;
	json_open(json, '{');
	json_put_flag(json, "tells", who_reaches(work->who, RIGHT_fact_write, site->path, site->id));
	json_key(json, "rows");
	json_open(json, '[');
	policy_judge_all(work, site->id, day, put_one, json);
	json_close(json, ']');
	json_close(json, '}');
	return work->status;
}

/* --- trying */

enum { TRY_MOST = 200000, TRY_PAGE = 50 };

struct
try {
	const struct policy *policy;
	const char *path; /* of the sites */
	int64_t day;
	bool any; /* rows of every verdict, else of this one */
	enum verdict verdict;
	size_t limit;
	struct id after;
	/* what came out */
	int64_t counts[3], unknown, fen, sites;
	bool cut, more;
	struct id last;
	size_t rows;
};

static enum status saved_policy(struct work *work, const char *text, struct try *try)
{
	struct id id;
	struct row *row;
	if (!id_parse(text, &id))
		return fail(work, NOT_FOUND, "policy", "There is no such policy|没有这项政策");
	if (row_get_reached(work, &policy_record, id, RIGHT_policy_read, &row) == OK)
		try->policy = (const struct policy *)row;
	return work->status;
}

/* What stands on the page and is not kept yet. */
static enum status page_policy(struct work *work, const json_t *json, struct try *try)
{
	int64_t effective, until;
	struct row *row = row_new(work->arena, &policy_record);
	if (shape_read(work, json, row, "area,conditions,benefit,begins,ends,apply_by,mode", &effective, &until) != OK)
		return work->status;
	row->path = "";
	try->policy = (const struct policy *)row;
	return row_place(work, row);
}

static const char *text_of(const json_t *body, const char *name)
{
	return json_string_value(json_object_get(body, name));
}

static enum status read_try(struct call *call, struct try *try)
{
	static const char *const verdicts[] = {"no", "yes", "missing"};
	struct work *work = &call->work;
	const json_t *policy = json_object_get(call->body, "policy"), *limit = json_object_get(call->body, "limit");
	const char *verdict = text_of(call->body, "verdict"), *after = text_of(call->body, "after"), *day = text_of(call->body, "day");
	const struct area *area = area_find(work, text_of(call->body, "area"));
	*try = (struct try){.day = work->today, .any = !verdict, .limit = 20};
	if (!area)
		return fail(work, NOT_FOUND, "area", "There is no such area|没有这个区划");
	try->path = area->row.path;
	while (verdict && try->verdict < 3 && strcmp(verdicts[try->verdict], verdict) != 0)
		try->verdict++;
	if (try->verdict > VERDICT_MISSING)
		return fail(work, BAD_FIELD, "verdict", "must be yes, no or missing|须为 yes、no 或 missing");
	if (limit && (!json_is_integer(limit) || json_integer_value(limit) < 1 || json_integer_value(limit) > TRY_PAGE))
		return fail(work, BAD_FIELD, "limit", "must be a number from 1 to %d|须为 1 至 %d 的数", TRY_PAGE);
	try->limit = limit ? (size_t)json_integer_value(limit) : try->limit;
	if (after && !id_parse(after, &try->after))
		return fail(work, BAD_FIELD, "after", "is no page of this|不是有效的分页标记");
	if (day && !day_parse(day, &try->day))
		return fail(work, BAD_FIELD, "day", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	return json_is_string(policy) ? saved_policy(work, json_string_value(policy), try) : page_policy(work, policy, try);
}

static void try_row(struct work *work, struct json *json, struct policies *policies, struct try *try, const struct facts *facts)
{
	struct judgement judgement;
	policies_judge(policies, 0, facts, true, &judgement);
	json_open(json, '{');
	json_put_id(json, "site", facts->site);
	json_put(json, "name", facts->name);
	judgement_json(work, json, policies, &judgement);
	json_close(json, '}');
	try->last = facts->site;
	try->rows++;
}

static void try_site(struct work *work, struct json *json, struct policies *policies, struct try *try, const struct facts *facts)
{
	struct judgement judgement;
	policies_judge(policies, 0, facts, false, &judgement);
	try->sites++;
	try->counts[judgement.verdict]++;
	try->fen += judgement.amount;
	if (judgement.verdict == VERDICT_YES && !judgement.amount_known && !judgement.amount_none)
		try->unknown++;
	if ((!try->any && judgement.verdict != try->verdict) || memcmp(&facts->site, &try->after, sizeof facts->site) <= 0)
		return;
	if (try->rows < try->limit)
		try_row(work, json, policies, try, facts);
	else
		try->more = true;
}

static void put_counts(struct json *json, const struct try *try)
{
	json_key(json, "next");
	if (try->more)
		json_id(json, try->last);
	else
		json_null_out(json);
	json_key(json, "counts");
	json_open(json, '{');
	json_put_whole(json, "sites", try->sites);
	json_put_whole(json, "yes", try->counts[VERDICT_YES]);
	json_put_whole(json, "no", try->counts[VERDICT_NO]);
	json_put_whole(json, "missing", try->counts[VERDICT_MISSING]);
	json_close(json, '}');
	json_put_whole(json, "amount", try->fen);
	json_put_whole(json, "amount_unknown", try->unknown);
	json_put_flag(json, "whole", !try->cut);
}

enum status command_policy_try(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct facts_reader reader;
	struct try try;
	if (call_body(call) != OK || call_keys(call, "policy,area,day,verdict,limit,after") != OK)
		return work->status;
	store_read(work);
	struct policies *policies = policies_new(work);
	if (read_try(call, &try) != OK || policies_add(work, policies, try.policy, try.day) != OK)
		return work->status;
	json_open(json, '{');
	put_words(work, json, policies);
	json_put(json, "month", month_text(work->arena, policies->list[0].month));
	json_key(json, "rows");
	json_open(json, '[');
	facts_begin(&reader, work, &policies->space, try.day, try.path, RIGHT_policy_read);
	for (const struct facts *facts; (facts = facts_next(&reader));) {
		try.cut = try.sites == TRY_MOST;
		if (try.cut)
			break;
		try_site(work, json, policies, &try, facts);
	}
	facts_end(&reader);
	json_close(json, ']');
	put_counts(json, &try);
	json_close(json, '}');
	return work->status;
}

/* --- examples */

struct ship {
	const char *area;
	bool publish;
	int64_t made;
};

static enum status write_examples(struct work *work, void *data)
{
	struct ship *ship = data;
	const struct area *area = area_find(work, ship->area);
	if (!area)
		return fail(work, NOT_FOUND, "area", "There is no such area|没有这个区划");
	if (!who_reaches(work->who, RIGHT_policy_write, area->row.path, (struct id){{0}}))
		return fail(work, NO_RIGHT, NULL, NULL);
	return policy_ship(work, area, ship->publish, &ship->made);
}

static enum status examples_made(struct call *call)
{
	const struct ship *ship = call->data;
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put_whole(&call->out, "made", ship->made);
	json_close(&call->out, '}');
	return OK;
}

enum status command_policy_examples(struct call *call)
{
	enum { ROWS = 60 };
	struct ship *ship = arena_alloc(call->work.arena, sizeof *ship);
	if (call_body(call) != OK || call_keys(call, "area,publish") != OK)
		return call->work.status;
	ship->area = text_of(call->body, "area");
	ship->publish = json_is_true(json_object_get(call->body, "publish"));
	call->data = ship;
	return call_write(call, write_examples, ship, ROWS, examples_made);
}
