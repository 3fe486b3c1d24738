/* The rounds of many firms on a day: who has told of how many, who is missing, who is feverish. */
#include "app/area.h"
#include "app/health_copies.h"
#include "app/link.h"
#include "app/rights.h"
#include "base/clock.h"
#include "face/commands.h"
#include "face/export.h"
#include "face/health_rounds.h"
#include "record/list.h"

enum { PAGE = 50, MOST_PAGE = 200, MOST_SHEET = 2000 };

struct firms {
	int64_t day;
	const struct row **sites;
	size_t count, space;
	struct round_sums *sums;
	const char *next; /* cursor; NULL: no more */
};

/* Firms that have staff files, in the order of their ids; with ?mine=1 those that the asker answers for. */
static void where(struct call *call, struct sql *sql, const char *path, const char *after)
{
	struct work *work = &call->work;
	const char *mine = request_argument(call->request, "mine");
	struct id last;
	path_where(sql, path);
	reach_where(sql, work->who, RIGHT_health_read, "id");
	sql_add(sql, " AND id IN (SELECT site FROM staff_files WHERE voided_at IS NULL)", NOTHING);
	if (text_same(mine, "1")) {
		sql_add(sql, " AND id IN (SELECT site FROM links WHERE user = ? AND voided_at IS NULL", BIND(V(work->who->id)));
		link_where_live(sql, (struct link_when){.day = work->today, .at = LINK_DAY_END});
		sql_add(sql, ")", NOTHING);
	}
	if (after && id_parse(after, &last))
		sql_add(sql, " AND id > ?", BIND(V(last)));
}

static void read_sites(struct call *call, const char *path, int64_t limit, struct firms *firms)
{
	struct work *work = &call->work;
	char last[ID_TEXT];
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, arena_print(work->arena, "SELECT %s FROM sites WHERE voided_at IS NULL", row_columns(work->arena, &site_record)),
		NOTHING);
	where(call, &sql, path, request_argument(call->request, "after"));
	sql_add(&sql, " ORDER BY id LIMIT ?", BIND(V(limit + 1)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, firms->sites, firms->count, firms->space) = row_read(work, &site_record, query);
	if ((int64_t)firms->count <= limit)
		return;
	firms->count = (size_t)limit;
	firms->next = arena_copy(work->arena, id_print(firms->sites[firms->count - 1]->id, last));
}

/* Firms that are searched for; those without staff files drop out. */
static enum status search_sites(struct call *call, const char *path, const char *typed, struct firms *firms)
{
	struct work *work = &call->work;
	struct list list;
	struct list_ask ask = {
		.record = &site_record, .right = RIGHT_health_read, .path = path, .day = DAY_FAR, .typed = typed, .limit = MOST_PAGE};
	if (list_read(work, &ask, &list) != OK)
		return work->status;
	for (size_t i = 0; i < list.count; i++)
		if (db_get(work->db, 0, "SELECT 1 FROM staff_files WHERE site = ? AND voided_at IS NULL LIMIT 1",
			    BIND(V(list.rows[i]->id))))
			*ARENA_PUSH(work->arena, firms->sites, firms->count, firms->space) = list.rows[i];
	return OK;
}

static enum status read_firms(struct call *call, int64_t limit, struct firms *firms)
{
	struct work *work = &call->work;
	struct area *area = NULL;
	const char *typed = request_argument(call->request, "q"), *asked = request_argument(call->request, "area");
	store_read(work);
	if (call_day(call, work->today, &firms->day) != OK || call_number(call, "limit", limit, MOST_PAGE, &limit) != OK)
		return work->status;
	if (asked && *asked && call_area(call, &area) != OK)
		return work->status;
	const char *path = area ? area->row.path : "";
	if (typed && *typed) {
		if (search_sites(call, path, typed, firms) != OK)
			return work->status;
	} else {
		read_sites(call, path, limit, firms);
	}
	firms->sums = arena_alloc(work->arena, (firms->count + 1) * sizeof *firms->sums);
	round_sums_of(work, firms->sites, firms->count, firms->day, firms->sums);
	return OK;
}

static void put_firm(struct work *work, struct json *json, const struct site *site, const struct round_sums *sums)
{
	json_open(json, '{');
	json_put_named(json, "site", site->row.id, site->name);
	json_put_whole(json, "remarks",
		who_reaches(work->who, RIGHT_health_doubt, site->row.path, site->row.id)
			? db_get(work->db, 0, "SELECT count(*) FROM health_remarks WHERE site = ? AND state = 'open' AND voided_at IS NULL",
				  BIND(V(site->row.id)))
			: 0);
	json_key(json, "sums");
	round_put_sums(json, sums);
	json_close(json, '}');
}

enum status command_health_firms(struct call *call)
{
	struct json *json = &call->out;
	struct firms firms = {0};
	if (read_firms(call, PAGE, &firms) != OK)
		return call->work.status;
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, firms.day);
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < firms.count; i++)
		put_firm(&call->work, json, (const struct site *)firms.sites[i], &firms.sums[i]);
	json_close(json, ']');
	json_put(json, "next", firms.next);
	json_close(json, '}');
	return OK;
}

static void write_firm(struct sheet_writer *sheet, const struct site *site, const struct round_sums *sums)
{
	const int64_t numbers[] = {sums->due, sums->told, sums->missing, sums->measured, sums->attested, sums->feverish, sums->ill,
		sums->positive, sums->absent, sums->isolating};
	sheet_put_text(sheet, site->name);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		sheet_put_whole(sheet, numbers[i]);
	sheet_end_row(sheet);
}

enum status command_health_firms_sheet(struct call *call)
{
	static const char *const heads[] = {"Firm|企业", "On duty|在岗", "Told|已报", "Missing|未报", "Measured|已测温",
		"Attested|声明测温", "Feverish|发热", "With symptoms|症状预警", "Tested positive|检测阳性", "Absent|缺勤",
		"Isolating|隔离观察"};
	struct work *work = &call->work;
	struct firms firms = {0};
	struct sheet_error error;
	const char *path;
	if (read_firms(call, MOST_SHEET, &firms) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet =
		sheet_writer_open(path, SHEET_XLSX, work_text(work, "Daily health|每日健康申报"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < firms.count; i++)
		write_firm(sheet, (const struct site *)firms.sites[i], &firms.sums[i]);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "health-rounds", SHEET_XLSX);
}
