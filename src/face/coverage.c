/* Coverage: gaps, liaisons and their load; links given to many sites at once, and handed over. */
#include <string.h>

#include "app/link_cover.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/user.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"
#include "record/tally.h"

enum { PAGE = 50, MOST_PAGE = 500, LIAISONS = 100, MOST_CHILDREN = 2000, MOST_SITES = 1000 };

/* "sites" and "linked" of areas, from the tallies. A zone stands first as if it were an area, its areas after it. */
struct cover {
	const struct area **areas;
	int64_t *numbers;
	size_t count;
	const struct measure *measures[2];
	struct count *counts;
	size_t found;
};
enum { ZONE_NUMBER = -1 };

static const struct area *zone_as_area(struct work *work, const struct zone *zone)
{
	struct area *area = (struct area *)row_new(work->arena, &area_record);
	area->row.id = zone->row.id;
	SET(area, area, name, V(zone->name));
	SET(area, area, level, V(-1));
	SET(area, area, number, V(ZONE_NUMBER));
	return area;
}

static void list_areas(struct work *work, struct cover *cover, const struct cover_scope *scope)
{
	size_t space = 0;
	*ARENA_PUSH(work->arena, cover->areas, cover->count, space) = scope->area ? scope->area : zone_as_area(work, scope->zone.zone);
	for (size_t i = 0; !scope->area && i < scope->zone.area_count; i++)
		*ARENA_PUSH(work->arena, cover->areas, cover->count, space) = scope->zone.areas[i];
	if (!scope->area)
		return;
	const char *sql = arena_print(work->arena, "SELECT %s FROM areas WHERE parent = ? AND voided_at IS NULL ORDER BY path LIMIT %d",
		row_columns(work->arena, &area_record), MOST_CHILDREN);
	struct query *query = db_query(work->db, sql, BIND(V(scope->area->row.id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cover->areas, cover->count, space) = (const struct area *)row_read(work, &area_record, query);
}

static void read_counts(struct work *work, struct cover *cover, struct cover_scope *scope, int64_t day)
{
	struct count *more = NULL;
	size_t space = 0, numbers = 0;
	list_areas(work, cover, scope);
	for (size_t i = 0; i < cover->count; i++)
		*ARENA_PUSH(work->arena, cover->numbers, numbers, space) = cover->areas[i]->number;
	cover->measures[0] = measure_named("sites_due", NULL);
	cover->measures[1] = measure_named("sites_linked", NULL);
	struct count_ask ask = {
		.areas = cover->numbers, .area_count = cover->count, .measures = cover->measures, .measure_count = 2, .day = day};
	cover->found = space = tally_read(work, &ask, &cover->counts);
	size_t count = scope->area ? 0 : zone_counts(work, &scope->zone, &ask, ZONE_NUMBER, &more);
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(work->arena, cover->counts, cover->found, space) = more[i];
}

static void put_counts(struct json *json, const struct cover *cover, const struct area *area)
{
	int64_t sums[2] = {0, 0};
	for (size_t i = 0; i < cover->found; i++)
		if (cover->counts[i].area == area->number)
			sums[cover->counts[i].measure == cover->measures[1]] += cover->counts[i].count;
	json_put_whole(json, "sites", sums[0]);
	json_put_whole(json, "linked", sums[1]);
}

static void put_children(struct json *json, const struct cover *cover)
{
	json_key(json, "children");
	json_open(json, '[');
	for (size_t i = 1; i < cover->count; i++) {
		json_open(json, '{');
		area_put(json, cover->areas[i]);
		put_counts(json, cover, cover->areas[i]);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static bool in_zone(const struct zone_scope *zone, const struct row *site)
{
	bool inside = false;
	for (size_t i = 0; i < zone->area_count; i++)
		inside = inside || path_inside(site->path, zone->areas[i]->row.path);
	for (size_t i = 0; i < zone->site_count; i++)
		inside = inside || id_same(zone->sites[i], site->id);
	return inside;
}

/* The tallies tell how the day ended: what was otherwise at the moment is added. */
static void shift_counts(struct work *work, struct cover *cover, const struct cover_scope *scope, struct link_when when)
{
	struct cover_shift *shifts = NULL;
	size_t space = cover->found, count = when.at == LINK_DAY_END ? 0 : cover_shifts(work, when, &shifts);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < cover->count; j++) {
			const struct area *area = cover->areas[j];
			bool zone = area->number == ZONE_NUMBER,
			     inside = zone ? in_zone(&scope->zone, shifts[i].site) : path_inside(shifts[i].site->path, area->row.path);
			if (inside)
				*ARENA_PUSH(work->arena, cover->counts, cover->found, space) =
					(struct count){.area = area->number, .measure = cover->measures[1], .count = shifts[i].more};
		}
}

static void put_gaps(struct work *work, struct json *json, const struct opening *gaps, struct link_when when)
{
	json_key(json, "gaps");
	json_open(json, '[');
	for (size_t i = 0; i < gaps->count; i++) {
		int64_t at, since = cover_since(work, gaps->rows[i].row, when, &at);
		json_open(json, '{');
		json_key(json, "site");
		shape_row(work, json, gaps->rows[i].row);
		json_key(json, "since");
		json_day(json, since);
		json_put_stamp(json, "since_at", at);
		json_put_whole(json, "days", when.day - since + 1);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_put(json, "next", gaps->next);
}

static void put_liaisons(struct json *json, const struct liaisons *liaisons)
{
	json_key(json, "liaisons");
	json_open(json, '[');
	for (size_t i = 0; i < liaisons->count; i++) {
		const struct liaison *one = &liaisons->list[i];
		json_open(json, '{');
		json_put_id(json, one->holder == LINK_USER ? "user" : "person", one->id);
		json_put(json, "name", one->name);
		json_put(json, "account", one->account);
		json_put_whole(json, "here", one->here);
		json_put_whole(json, "links", one->load);
		json_put_whole(json, "staff", one->staff);
		json_put_whole(json, "limit", one->limit);
		json_put_flag(json, "over", one->load > one->limit);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_put(json, "liaisons_next", liaisons->next);
}

static void put_limits(struct work *work, struct json *json)
{
	static const char *const levels[] = {"city", "county", "town", "village"};
	json_put(json, "word", work_text(work, link_word(work)));
	json_key(json, "limits");
	json_open(json, '{');
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		json_put_whole(json, levels[i], link_limit(work, levels[i]));
	json_close(json, '}');
}

/* ?at= a moment that has been, else ?day=. */
static enum status read_when(struct call *call, struct link_when *when)
{
	struct work *work = &call->work;
	const char *text = request_argument(call->request, "at");
	when->at = LINK_DAY_END;
	if (!text || !*text)
		return call_day(call, work->today, &when->day);
	if (!stamp_parse(text, &when->at))
		return fail(
			work, BAD_FIELD, "at", "must be a moment such as 2020-03-05T10:00:00+08:00|须为时刻，如 2020-03-05T10:00:00+08:00");
	if (when->at > work->now)
		return fail(work, BAD_FIELD, "at", "is still to come|不能晚于现在");
	when->day = store_today(work->store, when->at);
	return OK;
}

/* A further page of gaps, or of liaisons, holds that alone. */
enum status command_coverage(struct call *call)
{
	struct work *work = &call->work;
	struct area *area = NULL;
	struct cover_scope scope = {0};
	struct cover cover = {0};
	struct opening gaps = {0};
	struct liaisons liaisons = {0};
	int64_t limit;
	struct link_when when;
	const char *after = request_argument(call->request, "after"), *liaisons_after = request_argument(call->request, "liaisons_after");
	bool more_gaps = after && *after, more_liaisons = liaisons_after && *liaisons_after;
	store_read(work);
	if (!who_may(work->who, RIGHT_site_read))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (read_when(call, &when) != OK || call_number(call, "limit", PAGE, MOST_PAGE, &limit) != OK)
		return work->status;
	if (!zone_scope(work, request_argument(call->request, "area"), when.day, &scope.zone) && call_area(call, &area) != OK)
		return work->status;
	scope.area = area;
	if (!more_liaisons && cover_gaps(work, &scope, when, (size_t)limit, after, &gaps) != OK)
		return work->status;
	if (!more_gaps && cover_liaisons(work, &scope, when, LIAISONS, liaisons_after, &liaisons) != OK)
		return work->status;
	read_counts(work, &cover, &scope, when.day);
	shift_counts(work, &cover, &scope, when);
	json_open(&call->out, '{');
	json_key(&call->out, "day");
	json_day(&call->out, when.day);
	area_put(&call->out, cover.areas[0]);
	put_counts(&call->out, &cover, cover.areas[0]);
	json_put_stamp(&call->out, "at", when.at == LINK_DAY_END ? 0 : when.at);
	put_limits(work, &call->out);
	put_gaps(work, &call->out, &gaps, when);
	put_liaisons(&call->out, &liaisons);
	if (!more_gaps && !more_liaisons)
		put_children(&call->out, &cover);
	json_close(&call->out, '}');
	return OK;
}

static enum status read_id(struct call *call, const char *name, struct id *id)
{
	const json_t *given = json_object_get(call->body, name);
	if (!given || json_is_null(given))
		return OK;
	if (!json_is_string(given) || !id_parse(json_string_value(given), id))
		return fail(&call->work, BAD_FIELD, name, "must be an id of 36 characters|须为 36 位标识");
	return OK;
}

static enum status read_day(struct call *call, const char *name, int64_t *day)
{
	const json_t *given = json_object_get(call->body, name);
	*day = call->work.today;
	if (!given || json_is_null(given))
		return OK;
	if (!json_is_string(given) || !day_parse(json_string_value(given), day))
		return fail(&call->work, BAD_FIELD, name, "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	return OK;
}

/* One assignment: a link to one of many sites. */
struct assignment {
	const json_t *sites;
	struct id user, person;
	const char *level;
	int64_t from;
	struct id site;
	const struct row *row;
	struct json out;
};

static enum status write_link(struct work *work, void *data)
{
	struct assignment *one = data;
	struct link *link = (struct link *)row_new(work->arena, &link_record);
	struct row *row = &link->row;
	struct value level;
	const struct field *field = FIELD_OF(link, level);
	if (field->kind->read(work, field, one->level, &level) != OK)
		return work->status;
	SET(link, link, site, V(one->site));
	SET(link, link, user, V(one->user));
	SET(link, link, person, V(one->person));
	SET(link, link, level, level);
	SET(link, link, begins, V(one->from));
	enum status status = row_insert(work, &row, NULL);
	one->row = row;
	return status;
}

static void put_warnings(struct work *work, struct json *json, const struct row *row)
{
	struct warnings warnings = {0};
	row->record->warn(work, row, &warnings);
	json_key(json, "warnings");
	json_open(json, '[');
	for (size_t i = 0; i < warnings.count; i++)
		json_text(json, warnings.list[i].detail);
	json_close(json, ']');
}

static enum status write_assigned(struct work *work, void *data)
{
	struct assignment *all = data;
	all->out = json_new(work->arena);
	json_open(&all->out, '[');
	for (size_t i = 0; i < json_array_size(all->sites); i++) {
		const char *text = json_string_value(json_array_get(all->sites, i));
		struct assignment one = *all;
		bool known = text && id_parse(text, &one.site);
		work->deed = (struct id){{0}};
		enum status status = known ? store_try(work, write_link, &one)
					   : fail(work, BAD_FIELD, "site", "must be an id of 36 characters|须为 36 位标识");
		json_open(&all->out, '{');
		json_put(&all->out, "site", text);
		json_put_whole(&all->out, "status", status == OK ? 201 : status_http(status));
		if (status == OK) {
			json_put_id(&all->out, "id", one.row->id);
			put_warnings(work, &all->out, one.row);
		} else {
			json_put(&all->out, "detail", work->detail ? work->detail : work_text(work, status_text(status)));
			json_put(&all->out, "field", work->fault_count ? work->faults[0].field : NULL);
		}
		json_close(&all->out, '}');
		work_forgive(work);
	}
	json_close(&all->out, ']');
	return OK;
}

enum status command_assign(struct call *call)
{
	struct work *work = &call->work;
	struct assignment all = {0};
	if (call_body(call) != OK || call_keys(call, "sites,user,person,level,from") != OK)
		return work->status;
	all.sites = json_object_get(call->body, "sites");
	if (!json_is_array(all.sites) || !json_array_size(all.sites))
		return fail(work, BAD_FIELD, "sites", "must be given|必填");
	if (json_array_size(all.sites) > MOST_SITES)
		return fail(work, TOO_LARGE, "sites", "takes %d rows at most|最多 %d 行", MOST_SITES);
	if (read_id(call, "user", &all.user) != OK || read_id(call, "person", &all.person) != OK ||
		read_day(call, "from", &all.from) != OK || call_text(call, "level", &all.level) != OK ||
		store_write(work, write_assigned, &all) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end(&all.out.buf));
	json_close(&call->out, '}');
	return OK;
}

static enum status check_reached(struct work *work, const char *field, enum link_holder holder, struct id id, bool open)
{
	const struct record *record = record_named(holder == LINK_USER ? "user" : "person");
	const struct row *row = row_load(work, record, id);
	if (!row || row->voided_at || !who_reaches(work->who, record->read, row->path, row_site(row)))
		return fail(work, BAD_FIELD, field, "names nothing that is there|所指不存在");
	if (open && holder == LINK_USER && ((const struct user *)row)->closed)
		return fail(work, BAD_FIELD, field, "is deactivated|该用户已停用");
	return OK;
}

static enum status write_handover(struct work *work, void *data)
{
	struct link_change *change = data;
	bool users = change->from_holder == LINK_USER, to_user = change->to_holder == LINK_USER;
	if (check_reached(work, users ? "from_user" : "from_person", change->from_holder, change->from, false) != OK ||
		check_reached(work, to_user ? "to_user" : "to_person", change->to_holder, change->to, true) != OK)
		return work->status;
	if (id_same(change->from, change->to))
		return fail(work, BAD_FIELD, to_user ? "to_user" : "to_person", "is the same liaison|是同一名联络员");
	return link_hand_over(work, change);
}

enum status command_handover(struct call *call)
{
	struct work *work = &call->work;
	struct link_change change = {.reason = work_text(work, "handed over|移交")};
	struct id user = {{0}}, person = {{0}}, to_user = {{0}}, to_person = {{0}};
	if (call_body(call) != OK || call_keys(call, "from_user,from_person,to_user,to_person,day") != OK ||
		read_id(call, "from_user", &user) != OK || read_id(call, "from_person", &person) != OK ||
		read_id(call, "to_user", &to_user) != OK || read_id(call, "to_person", &to_person) != OK ||
		read_day(call, "day", &change.day) != OK)
		return work->status;
	if (id_none(user) == id_none(person))
		return fail(work, BAD_FIELD, "from_user", "Name a user or a person, one of the two|请在用户和人员中选填一项");
	if (id_none(to_user) == id_none(to_person))
		return fail(work, BAD_FIELD, "to_user", "Name a user or a person, one of the two|请在用户和人员中选填一项");
	change.from_holder = id_none(user) ? LINK_PERSON : LINK_USER;
	change.from = id_none(user) ? person : user;
	change.to_holder = id_none(to_user) ? LINK_PERSON : LINK_USER;
	change.to = id_none(to_user) ? to_person : to_user;
	if (store_write(work, write_handover, &change) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put_whole(&call->out, "count", change.count);
	json_close(&call->out, '}');
	return OK;
}
