/* Staff files of a firm or an area in one answer; villages to choose from; results of a test. */
#include "app/staff_sums.h"

#include "app/area.h"
#include "app/filing.h"
#include "app/rights.h"
#include "app/site.h"
#include "app/test_batch.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"

/* --- sums */

static void put_counts(struct json *json, const char *key, const struct staff_counts *counts, const char *name, bool days)
{
	json_key(json, key);
	json_open(json, '[');
	for (size_t i = 0; i < counts->count; i++) {
		json_open(json, '{');
		if (name)
			json_put(json, name, counts->list[i].name && *counts->list[i].name ? counts->list[i].name : NULL);
		if (days) {
			json_key(json, "day");
			json_day(json, counts->list[i].day);
		}
		json_put_whole(json, "count", counts->list[i].count);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_firms(struct json *json, const struct staff_sums *sums)
{
	json_key(json, "firms");
	json_open(json, '[');
	for (size_t i = 0; i < sums->firm_count; i++) {
		json_open(json, '{');
		json_put_id(json, "id", sums->firms[i].id);
		json_put(json, "name", sums->firms[i].name);
		json_put_whole(json, "files", sums->firms[i].files);
		json_put_whole(json, "lacking", sums->firms[i].lacking);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_site(struct work *work, struct json *json, const struct site *site)
{
	json_put_id(json, "site", site->row.id);
	json_put(json, "name", site->name);
	if (GIVEN(site, site, staff)) {
		json_put_whole(json, "staff", site->staff);
		json_put_whole(json, "rooms_needed", filing_rooms(work, site->staff));
	}
	if (GIVEN(site, site, rooms))
		json_put_whole(json, "rooms", site->rooms);
}

static int64_t in_state(const struct staff_sums *sums, const char *state)
{
	for (size_t i = 0; i < sums->states.count; i++)
		if (text_same(sums->states.list[i].name, state))
			return sums->states.list[i].count;
	return 0;
}

static enum status find_scope(struct call *call, struct staff_scope *scope, struct row **site)
{
	struct work *work = &call->work;
	const char *asked = request_argument(call->request, "site");
	struct area *area;
	*scope = (struct staff_scope){0};
	*site = NULL;
	store_read(work);
	if (asked && *asked) {
		if (!id_parse(asked, &scope->site))
			return fail(work, NOT_FOUND, NULL, NULL);
		return row_get_reached(work, &site_record, scope->site, RIGHT_staff_read, site);
	}
	if (call_area(call, &area) != OK)
		return work->status;
	scope->path = area->row.path;
	return OK;
}

enum status command_staff_sums(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct staff_scope scope;
	struct row *site;
	struct staff_sums *sums = arena_alloc(work->arena, sizeof *sums);
	if (find_scope(call, &scope, &site) != OK)
		return work->status;
	staff_sums(work, &scope, sums);
	json_open(json, '{');
	if (site)
		put_site(work, json, (const struct site *)site);
	json_key(json, "day");
	json_day(json, work->today);
	json_put_whole(json, "files", sums->files);
	json_put_whole(json, "complete", sums->complete);
	json_put_whole(json, "isolating", in_state(sums, "isolating"));
	json_put_whole(json, "late", sums->late.count ? sums->late.list[0].count : 0);
	put_counts(json, "lacks", &sums->lacks, "field", false);
	put_counts(json, "states", &sums->states, "state", false);
	put_counts(json, "back", &sums->back, "back_by", true);
	put_counts(json, "release", &sums->release, NULL, true);
	if (!site)
		put_firms(json, sums);
	json_close(json, '}');
	return OK;
}

/* --- villages: names are open; a firm needs them to say where its workers live */

enum { MOST_VILLAGES = 1000 };

enum status command_staff_villages(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct staff_scope scope;
	struct row *site;
	const char *asked = request_argument(call->request, "site");
	if (!asked || !*asked)
		return fail(work, BAD_FIELD, "site", "must be given|必填");
	if (find_scope(call, &scope, &site) != OK)
		return work->status;
	json_open(json, '{');
	json_key(json, "rows");
	json_open(json, '[');
	struct query *query = db_query(work->db,
		"SELECT a.name, t.name FROM areas a JOIN areas t ON t.id = a.parent WHERE a.county = ? AND a.level = ? AND a.voided_at IS NULL ORDER BY "
		"a.path LIMIT ?",
		BIND(V(site->home), V((int64_t)LEVEL_VILLAGE), V((int64_t)MOST_VILLAGES)));
	while (db_next(query)) {
		json_open(json, '{');
		json_put(json, "name", arena_print(work->arena, "%s/%s", db_copy(query, 1, work->arena), db_copy(query, 0, work->arena)));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* --- results of a test */

static bool is_result(const char *text)
{
	return text && text_listed("negative,positive,pending", ',', text);
}

static enum status read_staff(struct work *work, const json_t *list, struct test_told *told)
{
	struct id *ids = arena_alloc(work->arena, (json_array_size(list) + 1) * sizeof *ids);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!json_is_string(json_array_get(list, i)) || !id_parse(json_string_value(json_array_get(list, i)), &ids[i]))
			return fail(work, BAD_FIELD, "staff", "must be ids of staff files|须为员工档案标识");
	told->staff = list ? ids : NULL;
	told->staff_count = json_array_size(list);
	return OK;
}

static enum status read_named(struct work *work, const json_t *list, struct test_told *told)
{
	struct test_result *named = arena_alloc(work->arena, (json_array_size(list) + 1) * sizeof *named);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *staff = json_string_value(json_object_get(one, "staff"));
		named[i].result = json_string_value(json_object_get(one, "result"));
		work->row = (int64_t)i;
		if (!staff || !id_parse(staff, &named[i].staff) || !is_result(named[i].result))
			return fail(work, BAD_FIELD, "named", "must be staff files with a result|须为员工档案及其结果");
	}
	work->row = -1;
	told->named = named;
	told->named_count = json_array_size(list);
	return OK;
}

static enum status results_in(struct call *call)
{
	const struct test_told *told = call->data;
	if (call->work.status != OK)
		return call->work.status;
	store_read(&call->work);
	shape_one(&call->work, &call->out, row_load(&call->work, &test_batch_record, told->batch));
	return OK;
}

enum status command_test_results(struct call *call)
{
	struct work *work = &call->work;
	struct test_told *told = arena_alloc(work->arena, sizeof *told);
	*told = (struct test_told){0};
	if (!id_parse(call->parts[0], &told->batch))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || call_keys(call, "result,staff,named") != OK)
		return work->status;
	const json_t *rest = json_object_get(call->body, "result"), *staff = json_object_get(call->body, "staff"),
		     *named = json_object_get(call->body, "named");
	told->rest = json_string_value(rest);
	if (rest && !json_is_null(rest) && !is_result(told->rest))
		return fail(work, BAD_FIELD, "result", "must be negative, positive or pending|须为阴性、阳性或待出");
	if (staff && !json_is_null(staff) && !json_is_array(staff))
		return fail(work, BAD_FIELD, "staff", "must be ids of staff files|须为员工档案标识");
	if (read_staff(work, json_is_array(staff) ? staff : NULL, told) != OK || read_named(work, named, told) != OK)
		return work->status;
	if (!told->rest && !told->named_count)
		return fail(work, BAD_FIELD, "result", "must be given|必填");
	call->data = told;
	return call_write(call, test_results, told, told->staff_count + told->named_count + 1, results_in);
}
