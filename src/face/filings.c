/* Filings over HTTP: all that a firm or a reviewer looks at in one answer, the firm's own check, the paper, the public state. */
#include "app/filing.h"

#include <string.h>

#include "app/area.h"
#include "app/check.h"
#include "app/deadline.h"
#include "app/filing_route.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/template.h"
#include "base/clock.h"
#include "face/commands.h"
#include "face/openapi.h"
#include "record/picks.h"
#include "record/shape.h"

enum { MOST_CHECKS = 10, MOST_BATCHES = 200 };

/* --- the desk of a filing */

static void put_day(struct json *json, const char *key, int64_t day)
{
	json_key(json, key);
	if (day >= 0)
		json_day(json, day);
	else
		json_null_out(json);
}

static void put_rule(struct work *work, struct json *json, const struct filing_rule *rule)
{
	const struct area *area = id_none(rule->area) ? NULL : (const struct area *)row_load(work, &area_record, rule->area);
	json_open_key(json, "rule", '{');
	json_put(json, "route", rule->route);
	if (area) {
		area_put(json, area);
		put_day(json, "day", rule->day);
	}
	json_close(json, '}');
	const struct template *standard =
		id_none(rule->standard) ? NULL : (const struct template *)row_load(work, &template_record, rule->standard);
	json_key(json, "standard");
	if (!standard) {
		json_null_out(json);
		return;
	}
	json_open(json, '{');
	json_put_id(json, "id", standard->row.id);
	json_put_id(json, "version", rule->version);
	json_put(json, "title",
		GIVEN(standard, template, title_en) ? arena_print(work->arena, "%s|%s", standard->title_en, standard->title)
						    : standard->title);
	json_close(json, '}');
}

static void put_limits(struct work *work, struct json *json, const struct site *site)
{
	static const char *const numbers[] = {"days_ahead", "review_hours", "stock_days", "masks_person", "rooms_from", "rooms_share",
		"rooms_upto", "rooms_least", "inspection"};
	json_open_key(json, "limits", '{');
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		json_put_whole(json, numbers[i], settings_number(work, arena_print(work->arena, "filing_%s", numbers[i])));
	json_put(json, "six_kinds", settings_value(work, "filing_six_kinds"));
	put_day(json, "first_day", work->today + settings_number(work, "filing_days_ahead"));
	json_key(json, "rooms_needed");
	if (GIVEN(site, site, staff))
		json_whole(json, filing_rooms(work, site->staff));
	else
		json_null_out(json);
	json_close(json, '}');
}

static void put_lacks(struct work *work, struct json *json, const struct filing *filing, const struct site *site)
{
	struct lack *lacks;
	size_t count = filing_lacks(work, filing, site, &lacks);
	json_put(json, "needs", settings_value(work, arena_print(work->arena, "filing_needs_%s", filing->route)));
	json_open_key(json, "lacks", '[');
	for (size_t i = 0; i < count; i++) {
		json_open(json, '{');
		json_put(json, "field", lacks[i].field);
		json_put(json, "label", lacks[i].label);
		json_put_flag(json, "firm", lacks[i].known);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_obstacles(struct work *work, struct json *json, struct id site)
{
	struct obstacle *list;
	size_t count = filing_obstacles(work, site, &list);
	json_open_key(json, "obstacles", '[');
	for (size_t i = 0; i < count; i++) {
		json_open(json, '{');
		json_put_id(json, "id", list[i].id);
		json_put(json, "item", list[i].item);
		json_put(json, "text", list[i].text);
		json_put(json, "severity", list[i].severity);
		json_put(json, "state", list[i].state);
		put_day(json, "due", list[i].due);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Rows of a record that are not taken out and for which `where` holds, with what comes behind it in the query. */
static void put_rows(struct work *work, struct json *json, const char *key, const struct record *record, const char *where,
	const struct value *values, size_t value_count)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM %s WHERE voided_at IS NULL AND %s", row_columns(work->arena, record),
			record->plural, where),
		values, value_count);
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
	json_open_key(json, key, '[');
	for (size_t i = 0; i < count; i++)
		shape_row(work, json, rows[i]);
	json_close(json, ']');
}

/* The latest checks of the firm: its own, or those by inspectors from a day on. */
static void put_checks(struct work *work, struct json *json, const char *key, struct id site, bool own, int64_t from)
{
	put_rows(work, json, key, &check_record, "site = ? AND coalesce(own, 0) = ? AND day >= ? ORDER BY day DESC, id DESC LIMIT ?",
		BIND(V(site), V(own), V(from), V(MOST_CHECKS)));
}

static void put_batches(struct work *work, struct json *json, struct id filing)
{
	put_rows(work, json, "batches", &filing_batch_record, "filing = ? ORDER BY day, id LIMIT ?", BIND(V(filing), V(MOST_BATCHES)));
}

static void put_lesson(struct work *work, struct json *json, struct id site)
{
	struct id training;
	int64_t day = filing_lesson(work, site, &training);
	json_key(json, "lesson");
	if (day < 0) {
		json_null_out(json);
		return;
	}
	json_open(json, '{');
	json_put_id(json, "id", training);
	put_day(json, "day", day);
	json_close(json, '}');
}

/* The filing that is asked for, else the firm's current one; NULL: it has none. */
static enum status find_filing(struct call *call, const struct row *site, const struct filing **filing)
{
	struct id id;
	const char *asked = request_argument(call->request, "filing");
	*filing = NULL;
	if (!asked || !*asked) {
		*filing = filing_current(&call->work, site->id);
		return OK;
	}
	if (id_parse(asked, &id))
		*filing = (const struct filing *)row_load(&call->work, &filing_record, id);
	return *filing && id_same((*filing)->site, site->id) ? OK : fail(&call->work, NOT_FOUND, NULL, NULL);
}

static void put_evidence(struct work *work, struct json *json, const struct filing *filing, const struct row *site)
{
	bool sees = who_reaches(work->who, RIGHT_check_read, site->path, site->id);
	if (!sees)
		return;
	put_obstacles(work, json, site->id);
	put_checks(work, json, "self_checks", site->id, true, 0);
	put_checks(work, json, "inspections", site->id, false,
		GIVEN(filing, filing, submitted_at) ? deadline_day(work, filing->submitted_at) : work->today);
}

enum status command_filing_desk(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *row;
	const struct filing *filing;
	if (call_row(call, &site_record, RIGHT_filing_read, &row) != OK || find_filing(call, row, &filing) != OK)
		return work->status;
	const struct site *site = (const struct site *)row;
	struct filing_rule rule = filing_rule_on(work, site, work->today);
	struct filing *shown = (struct filing *)(filing ? row_copy(work->arena, &filing->row) : row_new(work->arena, &filing_record));
	/* what is to be given goes by the route that holds now, until it is submitted */
	if (!filing || text_listed("draft,returned", ',', filing->state))
		SET(shown, filing, route, V(rule.route));
	json_open(json, '{');
	json_key(json, "firm");
	shape_row(work, json, row);
	json_key(json, "filing");
	if (filing)
		shape_one(work, json, &filing->row);
	else
		json_null_out(json);
	put_batches(work, json, shown->row.id);
	put_rule(work, json, &rule);
	put_limits(work, json, site);
	json_put_whole(json, "stock_days", filing_stock(work, shown));
	json_put_whole(json, "batch_people", filing_batch_sum(work, shown->row.id, (struct id){{0}}));
	put_lacks(work, json, shown, site);
	put_lesson(work, json, site->row.id);
	put_evidence(work, json, shown, row);
	json_put_flag(json, "writes", who_reaches(work->who, RIGHT_filing_write, row->path, row->id));
	json_put_flag(json, "tells", who_reaches(work->who, RIGHT_site_tell, row->path, row->id));
	json_close(json, '}');
	return OK;
}

/* --- the firm's own check */

struct own {
	struct id site, body, deed;
	const struct row *read;
	struct row *row;
};

static enum status write_own(struct work *work, void *data)
{
	struct own *own = data;
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	struct row *site;
	if (row_get_reached(work, &site_record, own->site, RIGHT_filing_write, &site) != OK)
		return work->status;
	struct check *check = (struct check *)row_copy(work->arena, own->read);
	struct row *row = &check->row;
	SET(check, check, site, V(own->site));
	SET(check, check, own, V(1));
	SET(check, check, state, V("confirmed"));
	SET(check, check, inspectors, V("[]"));
	SET(check, check, signatures, V("[]"));
	SET(check, check, confirmed_user, V(who->id));
	SET(check, check, confirmed_at, V(work->now));
	if (!GIVEN(check, check, day))
		SET(check, check, day, V(work->today));
	work->deed = own->deed;
	work->who = &self;
	enum status status = row_insert(work, &row, &own->body);
	work->who = who;
	if (status == OK && (!id_same(row->made_by, who->id) || !id_same(((struct check *)row)->site, own->site)))
		return fail(work, CONFLICT, NULL, NULL);
	own->row = row;
	return status;
}

enum status command_self_check(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &check_record), *site;
	struct own own = {.read = row};
	if (call_row(call, &site_record, RIGHT_filing_write, &site) != OK)
		return work->status;
	own.site = site->id;
	store_release(work);
	if (call_body(call) != OK || shape_read(work, call->body, row, "day,template_version,answers,note", &effective, &until) != OK)
		return work->status;
	own.deed = work->deed;
	own.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_own, &own) != OK)
		return work->status;
	call->code = 201;
	store_read(work);
	shape_one(work, &call->out, row_load(work, &check_record, own.row->id));
	return OK;
}

/* --- its paper, and its state for everybody */

enum status command_filing_sheet(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	size_t size;
	if (call_row(call, &filing_record, RIGHT_filing_read, &row) != OK)
		return work->status;
	if (row->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	struct filing_paper paper = filing_paper_read(work, (const struct filing *)row);
	const char *number = paper.filing->number;
	paper.link = number ? call_link(call, arena_print(call->work.arena, "/filing/%s", call_percent(call->work.arena, number))) : NULL;
	store_release(work);
	const void *bytes = filing_draw(work, &paper, &size);
	return call_pdf(call, bytes, size, arena_print(work->arena, "filing-%s", number ? call_percent(work->arena, number) : "draft"));
}

static int64_t count_lines(const char *text)
{
	int64_t count = 0;
	bool line = false;
	for (; text && *text; text++) {
		bool blank = strchr(" \t\r\n", *text) != NULL;
		count += !blank && !line;
		line = *text == '\n' ? false : line || !blank;
	}
	return count;
}

/* Its number, the firm's name, how it stands, from which day, how many conditions: nothing else. */
enum status command_filing_status(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	if (call_public(call) != OK)
		return work->status;
	const struct filing *filing = filing_numbered(work, call->parts[0]);
	if (!filing)
		return fail(work, NOT_FOUND, NULL, "There is no filing with this number|没有此编号的备案");
	const char *state = text_same(filing->state, "noted") ? "recorded" : filing->state;
	json_open(json, '{');
	json_put(json, "number", filing->number);
	json_put(json, "firm", shape_title(work, &site_record, filing->site));
	json_put(json, "state", state);
	json_put(json, "label", picks_label(work->arena, FIELD_OF(filing, state)->picks, state));
	put_day(json, "day", GIVEN(filing, filing, begins) ? filing->begins : GIVEN(filing, filing, day) ? filing->day : -1);
	json_put_whole(json, "conditions", count_lines(filing->conditions));
	json_put_flag(json, "conditions_open", filing->conditions_open);
	json_close(json, '}');
	return OK;
}
