/* The dispatch board: a proposal who goes to which post, and why. What is accepted is written as assignments, by the same route as those made by hand. */
#include "app/dispatch.h"

#include "app/area.h"
#include "app/person.h"
#include "app/rights.h"
#include "face/call.h"
#include "face/cli.h"
#include "record/shape.h"

enum { LEFT_PAGE = 50, LEFT_MOST = 500 };

static enum status read_pairs(struct call *call, const char *name, const struct dispatch_pair **pairs, size_t *count)
{
	const json_t *list = json_object_get(call->body, name);
	size_t space = json_array_size(list);
	struct dispatch_pair *read = arena_alloc(call->work.arena, (space + 1) * sizeof *read);
	if (list && !json_is_array(list))
		return fail(&call->work, BAD_FIELD, name, "must be a list|须为列表");
	for (*count = 0; *count < space; ++*count) {
		const json_t *one = json_array_get(list, *count);
		const char *person = json_string_value(json_object_get(one, "person")),
			   *post = json_string_value(json_object_get(one, "post"));
		if (!person || !post || !id_parse(person, &read[*count].person) || !id_parse(post, &read[*count].post))
			return fail(&call->work, BAD_FIELD, name, "each names a person and a post|每项须有人员和岗位");
	}
	*pairs = read;
	return OK;
}

static void put_why(struct work *work, struct json *json, int why)
{
	static const struct {
		int bit;
		const char *text;
	} words[] = {{DISPATCH_LEAD, "leads there|带队"}, {DISPATCH_RIGHT_KIND, "wished for|意向相符"},
		{DISPATCH_SKILL, "has the skill|特长相符"}, {DISPATCH_NEAR, "near home|就近"},
		{DISPATCH_AWAY, "away, as wished|按意愿异地"}, {DISPATCH_LOAD, "has not served yet|尚未派过"}};
	json_key(json, "why");
	json_open(json, '[');
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (why & words[i].bit)
			json_text(json, work_text(work, words[i].text));
	json_close(json, ']');
}

/* Who somebody is, and that somebody has to look first: what the limits are is private, and is not told. */
static void put_person(struct work *work, struct json *json, const struct dispatch_person *person)
{
	json_put_named(json, "person", person->id, shape_name(work, &person_record, person->id));
	if (!id_none(person->org))
		json_put_named(json, "org", person->org, shape_title(work, record_named("org"), person->org));
	json_put(json, "look", person->limited ? work_text(work, PERSON_LOOK) : NULL);
}

static void put_proposal(struct work *work, struct json *json, const struct dispatch *dispatch, const struct dispatch_person *person)
{
	const struct dispatch_post *post = &dispatch->posts[person->post];
	json_open(json, '{');
	put_person(work, json, person);
	json_put_named(json, "post", post->id, post->title);
	json_put_flag(json, "lead", person->leads);
	json_put_flag(json, "locked", person->locked);
	json_put_whole(json, "fit", person->fit);
	put_why(work, json, dispatch_why(person, post));
	/* what was given up for the whole */
	if (person->best > person->fit) {
		json_put_named(json, "better", dispatch->posts[person->best_post].id, dispatch->posts[person->best_post].title);
		json_put_whole(json, "given_up", person->best - person->fit);
	}
	json_close(json, '}');
}

/* What stands in the way of those who are left, each with how many. */
static const char *say_lack(struct work *work, const struct dispatch *dispatch, size_t post)
{
	static const char *const texts[DISPATCH_RULES] = {[DISPATCH_OWN_FIRM] = "%lld of the firm itself|%lld 人属于该企业本身",
		[DISPATCH_RULED_OUT] = "%lld ruled out by hand|%lld 人已被手动排除",
		[DISPATCH_UNSKILLED] = "%lld without a skill that it requires|%lld 人不具备必备特长",
		[DISPATCH_HOURS] = "%lld cannot serve at its hours|%lld 人该岗位班次时段不可服务",
		[DISPATCH_LEAVE] = "%lld on leave on some of its days|%lld 人在岗期间有请假",
		[DISPATCH_TAKEN] = "%lld at another post on some of its days|%lld 人在岗期间另有派驻"};
	struct dispatch_lack lack = dispatch_lacking(dispatch, post);
	struct buf buf = {.arena = work->arena};
	const char *between = work_text(work, "; |；");
	for (size_t i = 0; i < DISPATCH_RULES; i++)
		if (texts[i] && lack.by[i])
			buf_print(&buf, "%s%s", buf.size ? between : "",
				arena_print(work->arena, work_text(work, texts[i]), (long long)lack.by[i]));
	if (lack.shares)
		buf_print(&buf, "%s%s", buf.size ? between : "",
			arena_print(work->arena,
				work_text(work,
					"%lld of units that have given their share (setting dispatch_unit_share)|%lld 人所在单位已达派出上限（设置项 "
					"dispatch_unit_share）"),
				(long long)lack.shares));
	if (lack.area)
		buf_print(&buf, "%s%s", buf.size ? between : "",
			arena_print(work->arena,
				work_text(work, "%lld could go: it was planned area by area|%lld 人仍可派：方案系分区划拟定"),
				(long long)lack.area));
	return buf.size ? buf_end(&buf) : work_text(work, "nobody else is free|没有其他可派人员");
}

static void put_post(struct work *work, struct json *json, const struct dispatch *dispatch, size_t at)
{
	const struct dispatch_post *post = &dispatch->posts[at];
	int64_t given = 0;
	for (size_t i = 0; i < dispatch->person_count; i++)
		given += dispatch->people[i].post == (int32_t)at;
	json_open(json, '{');
	json_put_id(json, "id", post->id);
	json_put(json, "name", post->title);
	json_put(json, "kind", post->kind);
	json_put_whole(json, "lacks", post->lacks);
	json_put_whole(json, "given", given);
	json_put(json, "why", given < post->lacks ? say_lack(work, dispatch, at) : NULL);
	json_close(json, '}');
}

static void answer(struct call *call, const struct dispatch *dispatch)
{
	struct json *json = &call->out;
	int64_t left = 0, fit = 0;
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, dispatch->day);
	json_key(json, "posts");
	json_open(json, '[');
	for (size_t i = 0; i < dispatch->post_count; i++)
		put_post(&call->work, json, dispatch, i);
	json_close(json, ']');
	json_key(json, "proposals");
	json_open(json, '[');
	for (size_t i = 0; i < dispatch->post_count; i++)
		for (size_t j = 0; j < dispatch->person_count; j++)
			if (dispatch->people[j].post == (int32_t)i)
				put_proposal(&call->work, json, dispatch, &dispatch->people[j]);
	json_close(json, ']');
	for (size_t i = 0; i < dispatch->person_count; i++) {
		left += dispatch->people[i].post < 0 && !dispatch_out(dispatch, &dispatch->people[i]);
		fit += dispatch->people[i].post < 0 ? 0 : dispatch->people[i].fit;
	}
	json_put_whole(json, "left", left);
	json_put_whole(json, "fit", fit);
	json_put_whole(json, "parts", dispatch->parts);
	json_put_whole(json, "gap_seats", dispatch->gap_seats);
	json_put_whole(json, "gap", dispatch->gap);
	json_close(json, '}');
}

/* What both ask: day, area, and what was ruled out by hand. Under a snapshot then. */
static enum status read_ask(struct call *call, struct dispatch *dispatch)
{
	struct work *work = &call->work;
	struct area *area;
	if (read_pairs(call, "bars", &dispatch->bars, &dispatch->bar_count) != OK || call_day(call, work->today, &dispatch->day) != OK)
		return work->status;
	store_read(work);
	if (call_area(call, &area) == OK)
		dispatch->path = arena_copy(work->arena, area->row.path);
	return work->status;
}

enum status command_dispatch(struct call *call)
{
	struct work *work = &call->work;
	struct dispatch dispatch = {0};
	if (call_body(call) != OK || call_keys(call, "locks,bars") != OK ||
		read_pairs(call, "locks", &dispatch.locks, &dispatch.lock_count) != OK || read_ask(call, &dispatch) != OK)
		return work->status;
	store_release(work);
	if (dispatch_plan(work, &dispatch) != OK)
		return work->status;
	store_read(work);
	answer(call, &dispatch);
	return OK;
}

/* --- who is left */

static enum status read_left(struct call *call, struct dispatch_left_ask *ask, int64_t *from, int64_t *limit)
{
	struct work *work = &call->work;
	const json_t *sent = json_object_get(call->body, "sent"), *first = json_object_get(call->body, "from"),
		     *most = json_object_get(call->body, "limit");
	const char *post = json_string_value(json_object_get(call->body, "post"));
	struct id *ids = arena_alloc(work->arena, (json_array_size(sent) + 1) * sizeof *ids);
	if (!post || !id_parse(post, &ask->post))
		return fail(work, BAD_FIELD, "post", "must be an id of 36 characters|须为 36 位标识");
	if (sent && !json_is_array(sent))
		return fail(work, BAD_FIELD, "sent", "must be a list of ids|须为标识列表");
	for (; ask->sent_count < json_array_size(sent); ask->sent_count++) {
		const char *text = json_string_value(json_array_get(sent, ask->sent_count));
		if (!text || !id_parse(text, &ids[ask->sent_count]))
			return fail(work, BAD_FIELD, "sent", "must be a list of ids|须为标识列表");
	}
	ask->sent = ids;
	ask->typed = json_string_value(json_object_get(call->body, "q"));
	*from = first ? json_integer_value(first) : 0;
	*limit = most ? json_integer_value(most) : LEFT_PAGE;
	if (*from < 0)
		return fail(work, BAD_FIELD, "from", "must not be below 0|不能小于 0");
	return *limit < 1 || *limit > LEFT_MOST ? fail(work, BAD_FIELD, "limit", "must be from 1 to %d|须为 1 至 %d", LEFT_MOST) : OK;
}

static void put_spare(struct work *work, struct json *json, const struct dispatch_left *left, const struct dispatch_spare *spare)
{
	const char *stops = dispatch_rule_says(spare->rule);
	json_open(json, '{');
	put_person(work, json, spare->person);
	json_put_whole(json, "fit", spare->fit);
	put_why(work, json, dispatch_why(spare->person, left->post));
	json_put(json, "stops", stops ? work_text(work, stops) : NULL);
	json_close(json, '}');
}

enum status command_dispatch_left(struct call *call)
{
	struct work *work = &call->work;
	struct dispatch dispatch = {0};
	struct dispatch_left_ask ask = {0};
	struct dispatch_left left;
	int64_t from = 0, limit = LEFT_PAGE;
	if (call_body(call) != OK || call_keys(call, "post,sent,bars,q,from,limit") != OK || read_left(call, &ask, &from, &limit) != OK ||
		read_ask(call, &dispatch) != OK)
		return work->status;
	dispatch_read(work, &dispatch);
	if (dispatch_left(work, &dispatch, &ask, &left) != OK)
		return work->status;
	struct json *json = &call->out;
	json_open(json, '{');
	json_put_whole(json, "total", (int64_t)left.count);
	json_key(json, "rows");
	json_open(json, '[');
	for (int64_t i = from; i < (int64_t)left.count && i < from + limit; i++)
		put_spare(work, json, &left, &left.list[i]);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

int cli_solve(const struct settings *settings)
{
	return fit_child(setting_flag(settings, "prices"));
}
