/* The return of a day: how it stands, one tap, who is missing; and the bulletin made of it. */
#include <string.h>

#include "app/bulletin.h"
#include "app/daily.h"
#include "app/indicator.h"
#include "app/rights.h"
#include "app/site_day.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/days.h"
#include "record/shape.h"

enum { SHOWN_MISSING = 20, PAGE = 50, MOST_PAGE = 500 };

static void put_day(struct json *json, const char *key, int64_t day)
{
	json_key(json, key);
	json_day(json, day);
}

static void write_site(struct json *json, const struct site *site)
{
	json_key(json, "site");
	json_open(json, '{');
	json_put_id(json, "id", site->row.id);
	json_put(json, "name", site->name);
	json_close(json, '}');
}

static void write_figures(struct json *json, const struct figures *figures)
{
	json_key(json, "figures");
	json_open(json, '[');
	for (size_t i = 0; i < figures->count; i++) {
		const struct figure *figure = &figures->list[i];
		json_open(json, '{');
		json_put(json, "measure", figure->measure->name);
		json_put(json, "label", figure->measure->label);
		json_put(json, "unit", figure->measure->unit);
		if (figure->measure->scale)
			json_put_whole(json, "scale", figure->measure->scale);
		json_put_flag(json, "stock", figure->measure->type == STOCK);
		json_put_flag(json, "total", figure->total);
		json_put_whole(json, "value", figure->value);
		json_put_whole(json, "before", figure->before);
		json_put_whole(json, "now", figure->now);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_rates(struct json *json, const struct figures *figures)
{
	json_key(json, "rates");
	json_open(json, '[');
	for (size_t i = 0; i < indicator_count; i++) {
		const struct figure *over = figures_find(figures, indicators[i].over, indicators[i].total);
		const struct figure *under = figures_find(figures, indicators[i].under, indicators[i].total);
		if (!over || !under)
			continue;
		json_open(json, '{');
		json_put(json, "indicator", indicators[i].name);
		json_put(json, "label", indicators[i].label);
		indicator_rate(json, over->value, under->value);
		json_key(json, "before");
		json_open(json, '{');
		indicator_rate(json, over->before, under->before);
		json_close(json, '}');
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Where what is counted now is not what was kept: of a sealed day that is a restatement to be made. */
static void write_restated(struct json *json, const struct figures *figures)
{
	json_key(json, "restated");
	json_open(json, '[');
	for (size_t i = 0; i < figures->count; i++) {
		const struct figure *figure = &figures->list[i];
		if (figure->value == figure->now)
			continue;
		json_open(json, '{');
		json_put(json, "measure", figure->measure->name);
		json_put(json, "label", figure->measure->label);
		if (figure->measure->scale)
			json_put_whole(json, "scale", figure->measure->scale);
		json_put_flag(json, "total", figure->total);
		json_put_whole(json, "kept", figure->value);
		json_put_whole(json, "now", figure->now);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_child(struct json *json, const struct daily_state *child)
{
	json_open(json, '{');
	json_key(json, "area");
	json_open(json, '{');
	json_put_id(json, "id", child->id);
	json_put(json, "code", child->code);
	json_put(json, "name", child->name);
	json_put_whole(json, "level", child->level);
	json_close(json, '}');
	json_put_id(json, "return", child->row);
	json_put(json, "state", child->state);
	json_put_flag(json, "late", child->late);
	json_put_flag(json, "zero", child->zero);
	json_put_stamp(json, "at", child->at);
	json_put(json, "by", child->by);
	json_put(json, "reason", child->reason);
	json_close(json, '}');
}

static void write_children(struct call *call, const struct area *area, int64_t day)
{
	static const char *const words[] = {"missing", "late", "zero", "submitted", "sent_back", "sealed"};
	struct json *json = &call->out;
	struct daily_state *children;
	size_t count = daily_children(&call->work, area->row.id, day, &children);
	json_key(json, "children");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		write_child(json, &children[i]);
	json_close(json, ']');
	json_key(json, "counts");
	json_open(json, '{');
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		int64_t number = 0;
		for (size_t j = 0; j < count; j++)
			number += text_same(children[j].state, words[i]);
		json_put_whole(json, words[i], number);
	}
	json_close(json, '}');
}

static void write_missing(struct json *json, const struct daily_missing *list, size_t count)
{
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++) {
		bool firm = !id_none(list[i].site);
		json_open(json, '{');
		json_put(json, "kind", firm ? "firm" : "area");
		json_key(json, firm ? "site" : "area");
		json_open(json, '{');
		json_put_id(json, "id", firm ? list[i].site : list[i].area);
		json_put(json, "name", list[i].name);
		if (!firm)
			json_put(json, "code", list[i].code);
		json_close(json, '}');
		json_close(json, '}');
	}
	json_close(json, ']');
}

static enum status write_firms(struct call *call, const struct area *area, int64_t day)
{
	struct json *json = &call->out;
	struct daily_firms firms = daily_firms(&call->work, area->number, day);
	struct daily_missing *list;
	size_t count;
	const char *next;
	struct missing_ask ask = {.area = area, .day = day, .firms = true, .limit = SHOWN_MISSING};
	if (daily_missing(&call->work, &ask, &list, &count, &next) != OK)
		return call->work.status;
	json_key(json, "firms");
	json_open(json, '{');
	json_put_whole(json, "due", firms.due);
	json_put_whole(json, "submitted", firms.reported);
	json_put_whole(json, "zero", firms.zero);
	json_put_whole(json, "late", firms.late);
	json_put_whole(json, "missing", firms.missing);
	write_missing(json, list, count);
	json_put(json, "next", next);
	json_close(json, '}');
	return OK;
}

static void write_head(struct call *call, const struct daily *daily, int64_t day)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	bool in = daily_in(daily);
	put_day(json, "day", day);
	json_put_stamp(json, "as_of", daily_as_of(work, day));
	json_put_stamp(json, "due_at", daily_due(work, day));
	json_put(json, "state", daily && text_same(daily->state, "draft") ? "draft" : daily_word(daily));
	json_put_flag(json, "late", in && text_same(daily->timing, "late"));
	json_put_flag(json, "zero", in && text_same(daily->content, "zero"));
	json_put_flag(json, "overdue", !in && work->now > daily_due(work, day));
	json_key(json, "return");
	if (daily)
		shape_one(work, json, &daily->row);
	else
		json_null_out(json);
}

static void put_member(struct json *json, const char *key, const char *kept, const char *member)
{
	const json_t *value = kept ? json_object_get(json_read(json->buf.arena, kept, strlen(kept), NULL), member) : NULL;
	json_key(json, key);
	if (value && json_is_string(value))
		json_text(json, json_string_value(value));
	else
		json_null_out(json);
}

static enum status answer_area(struct call *call, const struct area *area, int64_t day)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct daily *daily = daily_find(work, area->row.id, (struct id){{0}}, day);
	struct figures figures = daily_figures(work, daily, area->number, day);
	bool kept = daily_in(daily) && GIVEN(daily, daily, snapshot);
	json_open(json, '{');
	area_put(json, area);
	write_head(call, daily, day);
	json_put_flag(json, "draft", !kept);
	put_member(json, "snapshot_at", kept ? daily->snapshot : NULL, "at");
	write_figures(json, &figures);
	write_rates(json, &figures);
	write_restated(json, &figures);
	json_key(json, "restatements");
	json_raw(json, daily && GIVEN(daily, daily, restatements) ? daily->restatements : "[]");
	write_children(call, area, day);
	enum status status = write_firms(call, area, day);
	json_close(json, '}');
	return status;
}

static void write_number(struct work *work, struct json *json, const struct row *site, const struct field *field, int64_t day)
{
	static const char *const keys[] = {"value", "before"};
	json_open(json, '{');
	json_put(json, "field", field->name);
	json_put(json, "label", field->label);
	json_put(json, "unit", field->unit);
	for (int i = 0; i < 2; i++) {
		json_key(json, keys[i]);
		kind_to_json(json, field, row_get(row_as_of(work, site, day - i), field));
	}
	json_close(json, '}');
}

static enum status answer_site(struct call *call, const struct site *site, int64_t day)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	json_open(json, '{');
	write_site(json, site);
	write_head(call, daily_find(work, (struct id){{0}}, site->row.id, day), day);
	json_key(json, "figures");
	json_open(json, '[');
	write_number(work, json, &site->row, FIELD_OF(site, staff), day);
	write_number(work, json, &site->row, FIELD_OF(site, on_duty), day);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* The site asked for by ?site=; NULL in *site where none was. */
static enum status asked_site(struct call *call, const char *text, struct row **site)
{
	struct id id;
	*site = NULL;
	if (!text || !*text)
		return OK;
	if (!id_parse(text, &id))
		return fail(&call->work, NOT_FOUND, "site", "There is no such firm|没有这家企业");
	if (row_get_reached(&call->work, &site_record, id, RIGHT_return_read, site) != OK || (*site)->voided_at)
		return fail(&call->work, NOT_FOUND, "site", "There is no such firm|没有这家企业");
	return OK;
}

static enum status asked_area(struct call *call, const char *text, struct area **area)
{
	const struct id none = {{0}};
	*area = area_find(&call->work, text);
	if (!*area || !who_reaches(call->work.who, RIGHT_return_read, (*area)->row.path, none))
		return fail(&call->work, NOT_FOUND, "area", "There is no such area|没有这个区划");
	return OK;
}

enum status command_return_day(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct area *area;
	int64_t day;
	store_read(work);
	/* at noon one looks for yesterday's return */
	if (call_day(call, work->today - 1, &day) != OK || asked_site(call, request_argument(call->request, "site"), &site) != OK)
		return work->status;
	if (site)
		return answer_site(call, (const struct site *)site, day);
	if (asked_area(call, request_argument(call->request, "area"), &area) != OK)
		return work->status;
	return answer_area(call, area, day);
}

enum status command_return_missing(struct call *call)
{
	struct work *work = &call->work;
	struct missing_ask ask = {.after = request_argument(call->request, "after")};
	struct daily_missing *list;
	struct area *area;
	size_t count;
	int64_t limit;
	const char *next, *kind = request_argument(call->request, "kind");
	store_read(work);
	if (call_day(call, work->today - 1, &ask.day) != OK || call_number(call, "limit", PAGE, MOST_PAGE, &limit) != OK ||
		asked_area(call, request_argument(call->request, "area"), &area) != OK)
		return work->status;
	ask.area = area;
	ask.limit = (size_t)limit;
	ask.areas = !kind || !text_same(kind, "firm");
	ask.firms = !kind || !text_same(kind, "area");
	ask.below = text_same(request_argument(call->request, "below"), "1");
	if (daily_missing(work, &ask, &list, &count, &next) != OK)
		return work->status;
	json_open(&call->out, '{');
	put_day(&call->out, "day", ask.day);
	write_missing(&call->out, list, count);
	json_put(&call->out, "next", next);
	json_close(&call->out, '}');
	return OK;
}

static enum status read_people(struct call *call, const char *name, int64_t *number)
{
	const json_t *value = json_object_get(call->body, name);
	*number = -1;
	if (!value || json_is_null(value))
		return OK;
	*number = json_is_integer(value) ? json_integer_value(value) : -1;
	if (*number < 0 || *number > 2000000)
		return fail(&call->work, BAD_FIELD, name, "must be a number from 0 to 2000000|须为 0 至 2000000 的数");
	return OK;
}

static enum status read_flag(struct call *call, const char *name, bool *flag)
{
	const json_t *value = json_object_get(call->body, name);
	*flag = json_is_true(value);
	if (value && !json_is_boolean(value) && !json_is_null(value))
		return fail(&call->work, BAD_FIELD, name, "must be true or false|须为是或否");
	return OK;
}

static enum status read_words(struct call *call, struct daily_confirm *confirm)
{
	const char *day = json_string_value(json_object_get(call->body, "day"));
	const json_t *text = json_object_get(call->body, "text"), *jump = json_object_get(call->body, "jump_reason");
	const char *id = json_string_value(json_object_get(call->body, "id"));
	const char *deed = json_string_value(json_object_get(call->body, "deed"));
	if (text && !json_is_null(text)) {
		confirm->text = json_string_value(text);
		if (!confirm->text || text_length(confirm->text) > 4000)
			fail(&call->work, BAD_FIELD, "text", "takes 4000 characters at most|最多 4000 字");
	}
	if (jump && !json_is_null(jump)) {
		confirm->jump_reason = json_string_value(jump);
		if (!confirm->jump_reason || text_length(confirm->jump_reason) > 400)
			fail(&call->work, BAD_FIELD, "jump_reason", "takes 400 characters at most|最多 400 字");
	}
	if (id && !id_parse(id, &confirm->id))
		fail(&call->work, BAD_FIELD, "id", "must be an id of 36 characters|须为 36 位标识");
	if (deed && !id_parse(deed, &confirm->deed))
		fail(&call->work, BAD_FIELD, "deed", "must be an id of 36 characters|须为 36 位标识");
	confirm->day = call->work.today - 1;
	if (json_object_get(call->body, "day") && (!day || !day_parse(day, &confirm->day)))
		fail(&call->work, BAD_FIELD, "day", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	return call->work.status;
}

/* What is told of a firm's day beside its numbers. */
static enum status read_facts(struct call *call, struct daily_confirm *confirm)
{
	const json_t *facts = json_object_get(call->body, "facts");
	struct row *row = row_new(call->work.arena, &site_day_record);
	int64_t effective, until;
	if (!facts || json_is_null(facts))
		return OK;
	if (!json_object_get(call->body, "site"))
		return fail(&call->work, BAD_FIELD, "facts", "are of a firm only|仅企业填写");
	confirm->facts = (const struct site_day *)row;
	struct buf names = {.arena = call->work.arena};
	for (size_t i = 0; i < site_day_record.field_count; i++)
		if (site_day_asks(&site_day_record.fields[i]))
			buf_print(&names, "%s,", site_day_record.fields[i].name);
	return shape_read(&call->work, facts, row, buf_end(&names), &effective, &until);
}

static enum status read_confirm(struct call *call, struct daily_confirm *confirm)
{
	struct work *work = &call->work;
	struct row *site;
	struct area *area;
	if (call_body(call) != OK || call_keys(call, "area,site,day,zero,same,text,staff,on_duty,jump_reason,facts,id,deed") != OK)
		return work->status;
	if (read_words(call, confirm) != OK || read_flag(call, "zero", &confirm->zero) != OK ||
		read_flag(call, "same", &confirm->same) != OK || read_people(call, "staff", &confirm->staff) != OK ||
		read_people(call, "on_duty", &confirm->on_duty) != OK || read_facts(call, confirm) != OK)
		return work->status;
	const char *of_area = json_string_value(json_object_get(call->body, "area"));
	const char *of_site = json_string_value(json_object_get(call->body, "site"));
	if (!of_area == !of_site)
		return fail(work, BAD_FIELD, "area", "An area or a firm must be named, not both|须指定区划或企业之一");
	if (asked_site(call, of_site, &site) != OK || (of_area && asked_area(call, of_area, &area) != OK))
		return work->status;
	*(of_area ? &confirm->area : &confirm->site) = of_area ? area->row.id : site->id;
	return OK;
}

enum status command_return_confirm(struct call *call)
{
	struct work *work = &call->work;
	struct daily_confirm confirm = {0};
	store_read(work);
	enum status status = read_confirm(call, &confirm);
	store_release(work);
	if (status != OK)
		return status;
	status = store_write(work, daily_confirm, &confirm);
	if (status != OK)
		return status;
	work->reason = NULL;
	store_read(work);
	shape_one(work, &call->out, row_load(work, &daily_record, confirm.row->id));
	return OK;
}

static const char *text_in_language(struct work *work, const struct area *area, int64_t day, enum language language)
{
	enum language own = work->language;
	work->language = language;
	const char *text = bulletin_text(bulletin_make(work, area, day), false);
	work->language = own;
	return text;
}

enum status command_bulletin(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct area *area;
	int64_t day;
	const char *language = request_argument(call->request, "language");
	store_read(work);
	if (call_day(call, work->today - 1, &day) != OK || asked_area(call, request_argument(call->request, "area"), &area) != OK)
		return work->status;
	if (language && *language)
		work->language = text_same(language, "en") ? ENGLISH : CHINESE;
	json_open(json, '{');
	area_put(json, area);
	put_day(json, "day", day);
	bulletin_json(bulletin_make(work, area, day), json);
	json_put(json, "zh", text_in_language(work, area, day, CHINESE));
	json_put(json, "en", text_in_language(work, area, day, ENGLISH));
	json_close(json, '}');
	return OK;
}
