/* A worker tells of their own health, by a link and without an account; the firm hands the links out. */
#include "app/health_round.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/worker_link.h"
#include "app/worker_paper.h"
#include "base/clock.h"
#include "base/codes.h"
#include "face/commands.h"
#include "face/health_rounds.h"
#include "face/limit.h"
#include "record/picks.h"
#include "record/shape.h"

enum { MOST_LINKS = 10000, DAYS_SHOWN = 7 };

/* --- what a worker sees: their own words of the last days, and nothing of anybody else */

static enum status enter(struct call *call, const char *token, const struct worker_link **link, const struct staff **staff)
{
	struct work *work = &call->work;
	struct id id;
	if (call_public(call) != OK)
		return work->status;
	if (!id_parse(call->parts[0], &id))
		return fail(work, NOT_FOUND, NULL, "There is no such link|链接无效");
	return worker_link_open(work, id, token, link, staff);
}

static void put_own_day(struct json *json, int64_t day, const struct health *told)
{
	bool own = told && GIVEN(told, health, own_at);
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, day);
	json_put_flag(json, "told", own);
	if (own) {
		json_put_stamp(json, "at", told->own_at);
		json_put(json, "symptoms", GIVEN(told, health, own_symptoms) ? told->own_symptoms : NULL);
		if (GIVEN(told, health, own_temperature))
			json_put_whole(json, "temperature", told->own_temperature);
	}
	json_close(json, '}');
}

static void put_symptoms(struct work *work, struct json *json)
{
	struct pick pick;
	json_key(json, "symptoms");
	json_open(json, '[');
	for (const char *at = record_field(&health_record, "symptoms")->picks; picks_next(work->arena, &at, &pick);) {
		json_open(json, '{');
		json_put(json, "code", pick.code);
		json_put(json, "label", work_text(work, pick.label));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_own(struct call *call, const struct worker_link *link, const struct staff *staff)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct site *site = (const struct site *)row_load(work, &site_record, link->site);
	json_open(json, '{');
	json_put_id(json, "id", link->row.id);
	json_put(json, "site", site->name);
	json_put(json, "name", staff->name ? mask_name(work->arena, staff->name) : "");
	json_key(json, "today");
	json_day(json, work->today);
	json_put_whole(json, "threshold", settings_tenths(work, "fever_tenths"));
	put_symptoms(work, json);
	json_key(json, "days");
	json_open(json, '[');
	for (int64_t i = 0; i < DAYS_SHOWN; i++) {
		const struct health *told;
		round_rows(work, site->row.home, &staff->row.id, 1, work->today - i, &told);
		put_own_day(json, work->today - i, told);
	}
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_worker_own(struct call *call)
{
	const struct worker_link *link;
	const struct staff *staff;
	if (enter(call, request_argument(call->request, "code"), &link, &staff) != OK)
		return call->work.status;
	put_own(call, link, staff);
	return OK;
}

/* --- what a worker tells */

struct own {
	struct round_write write;
	struct round_word word;
	struct id link;
};

static enum status read_own(struct call *call, struct own *own)
{
	static const char *const names[][2] = {{"symptoms", "own_symptoms"}, {"temperature", "own_temperature"}};
	struct work *work = &call->work;
	struct health *said = (struct health *)row_new(work->arena, &health_record);
	struct row *form = row_new(work->arena, &health_record);
	if (call_keys(call, "code,symptoms,temperature") != OK || shape_read_part(work, call->body, "symptoms,temperature", form) != OK)
		return work->status;
	if (row_null(form, record_field(&health_record, "symptoms")))
		return fail(work, BAD_FIELD, "symptoms", "must be given|必填");
	for (size_t i = 0; i < 2; i++)
		row_set(&said->row, record_field(&health_record, names[i][1]), row_get(form, record_field(&health_record, names[i][0])));
	SET(said, health, own_at, V(work->now));
	own->word.said = said;
	return OK;
}

static enum status write_own(struct work *work, void *data)
{
	struct own *own = data;
	work->who = who_program();
	/* a link may have been taken back meanwhile */
	const struct worker_link *link = (const struct worker_link *)row_load(work, &worker_link_record, own->link);
	if (!link || link->row.voided_at || !text_same(link->state, "live"))
		return fail(work, BAD_STATE, NULL, "This link has ended: ask your firm for a new one|链接已失效，请向单位索取新的链接");
	return round_tell(work, &own->write);
}

static enum status answer_own(struct call *call)
{
	struct work *work = &call->work;
	const struct own *own = call->data;
	if (work->status != OK)
		return work->status;
	store_read(work);
	put_own(call, (const struct worker_link *)row_load(work, &worker_link_record, own->link),
		(const struct staff *)row_load(work, &staff_record, own->word.staff));
	return OK;
}

enum status command_worker_tell(struct call *call)
{
	struct work *work = &call->work;
	const struct worker_link *link;
	const struct staff *staff;
	char text[ID_TEXT];
	struct own *own = arena_alloc(work->arena, sizeof *own);
	const char *token;
	if (call_text(call, "code", &token) != OK || enter(call, token, &link, &staff) != OK || read_own(call, own) != OK)
		return work->status;
	if (!limiter_take(call->face->limiter, id_print(link->row.id, text), work->now, settings_number(work, "worker_tries")))
		return fail(work, TOO_MANY, NULL, NULL);
	own->link = link->row.id;
	own->word.staff = staff->row.id;
	own->word.row = -1;
	own->write = (struct round_write){.site = link->site, .day = work->today, .way = "own", .words = &own->word, .count = 1};
	store_release(work);
	call->data = own;
	return call_write(call, write_own, own, 1, answer_own);
}

/* --- handed out by the firm */

static enum status answer_given(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct worker_links *links = call->data;
	char token[WORKER_TOKEN], id[ID_TEXT];
	if (work->status != OK)
		return work->status;
	store_read(work);
	json_open(json, '{');
	json_put_whole(json, "made", links->made);
	json_key(json, "links");
	json_open(json, '[');
	for (size_t i = 0; i < links->link_count; i++) {
		const struct worker_link *link = links->links[i];
		json_open(json, '{');
		json_put_id(json, "id", link->row.id);
		json_put_id(json, "staff", link->staff);
		json_put(json, "code", worker_token(work, link->row.id, token));
		json_put(json, "link", call_link(call, arena_print(work->arena, "/well/%s#%s", id_print(link->row.id, id), token)));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

enum status command_worker_links(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct worker_links *links = arena_alloc(work->arena, sizeof *links);
	if (call_body(call) != OK || call_keys(call, "staff,all") != OK || call_row(call, &site_record, RIGHT_health_tell, &site) != OK)
		return work->status;
	const json_t *staff = json_object_get(call->body, "staff");
	links->site = site->id;
	links->all = json_is_true(json_object_get(call->body, "all"));
	links->count = json_array_size(staff);
	if (!links->all && !links->count)
		return fail(work, BAD_FIELD, "staff", "must be given|必填");
	if (links->count > MOST_LINKS)
		return fail(work, TOO_LARGE, "staff", "takes %d at most|最多 %d 人", MOST_LINKS);
	struct id *ids = arena_alloc(work->arena, (links->count + 1) * sizeof *ids);
	for (size_t i = 0; i < links->count; i++) {
		const char *text = json_string_value(json_array_get(staff, i));
		if (!text || !id_parse(text, &ids[i]))
			return fail(work, BAD_FIELD, "staff", "must be a list of ids|须为标识列表");
	}
	links->staff = ids;
	store_release(work);
	call->data = links;
	return call_write(call, worker_links_give, links, links->all ? 1000 : links->count, answer_given);
}

/* The links that are live, with ?dept= of one department: a card each. */
enum status command_worker_paper(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	const struct worker_link **links;
	const char *dept = request_argument(call->request, "dept");
	struct worker_card *cards = NULL;
	size_t count = 0, space = 0, size;
	char token[WORKER_TOKEN], id[ID_TEXT];
	if (call_row(call, &site_record, RIGHT_health_tell, &site) != OK)
		return work->status;
	size_t live = worker_links_live(work, site->id, &links);
	for (size_t i = 0; i < live; i++) {
		const struct staff *staff = (const struct staff *)row_load(work, &staff_record, links[i]->staff);
		if (!staff || (dept && *dept && !text_same(staff->dept, dept)))
			continue;
		bool clear = shape_reveals(work, &staff->row);
		if (clear)
			*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = &staff->row;
		*ARENA_PUSH(work->arena, cards, count, space) = (struct worker_card){.name = !staff->name ? ""
				: clear                                                                   ? staff->name
					: mask_name(work->arena, staff->name),
			.number = staff->number,
			.dept = staff->dept,
			.link = call_link(call,
				arena_print(work->arena, "/well/%s#%s", id_print(links[i]->row.id, id),
					worker_token(work, links[i]->row.id, token)))};
	}
	if (!count)
		return fail(work, NOT_FOUND, NULL, "No link is live: hand them out first|没有有效链接，请先发放");
	store_release(work);
	const void *bytes = worker_paper(work, ((const struct site *)site)->name, cards, count, &size);
	if (!bytes)
		return fail(work, BROKEN, NULL,
			"The paper could not be drawn: the server may lack a Chinese font (Debian: fonts-noto-cjk)|未能生成文件，服务器可能缺少中文字体（Debian：fonts-noto-cjk）");
	response_body(call->request, 200, "application/pdf", bytes, size);
	response_header(call->request, "Content-Disposition", "attachment; filename=\"worker-links.pdf\"");
	return OK;
}
