#include "record/tally.h"

#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/pointed.h"
#include "record/rows.h"
#include "record/shift.h"
#include "record/tally_buffer.h"

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

char *path_step(int64_t number, char step[PATH_STEP + 1])
{
	for (int i = PATH_STEP - 1; i >= 0; i--, number /= 36)
		step[i] = digits[number % 36];
	step[PATH_STEP] = '\0';
	return step;
}

size_t path_areas(const char *path, int64_t areas[PATH_DEEP])
{
	size_t count = 0;
	for (; *path && count < PATH_DEEP; count++) {
		int64_t number = 0;
		for (int i = 0; i < PATH_STEP && *path; i++, path++)
			number = number * 36 + (*path <= '9' ? *path - '0' : *path - 'a' + 10);
		areas[count] = number;
	}
	return count;
}

struct stands {
	struct stand *list;
	size_t count, space;
};

static void stand_add(struct work *work, struct stands *stands, int64_t from, const char *path)
{
	if (stands->count && text_same(stands->list[stands->count - 1].path, path))
		return;
	if (stands->count && stands->list[stands->count - 1].from >= from) {
		stands->list[stands->count - 1].path = path;
		return;
	}
	*ARENA_PUSH(work->arena, stands->list, stands->count, stands->space) = (struct stand){.from = from, .path = path};
}

/* Adds where an area stood from `from` until before `until`. areas.moves is a JSON list of [day, path]: before that day its path was this one. */
static void add_moves(struct work *work, struct stands *stands, const char *moves, const char *path, int64_t from, int64_t until)
{
	json_t *list = moves ? json_read(work->arena, moves, strlen(moves), NULL) : NULL;
	int64_t at = from;
	for (size_t i = 0; i < json_array_size(list); i++) {
		int64_t day;
		const json_t *move = json_array_get(list, i);
		if (!day_parse(json_string_value(json_array_get(move, 0)), &day) || day <= at)
			continue;
		if (at >= until)
			return;
		stand_add(work, stands, at, json_string_value(json_array_get(move, 1)));
		at = day;
	}
	if (at < until)
		stand_add(work, stands, at, path);
}

size_t area_stands_read(struct work *work, const char *moves, const char *path, struct stand **list)
{
	struct stands stands = {0};
	add_moves(work, &stands, moves, arena_copy(work->arena, path), -DAY_FAR, DAY_FAR);
	*list = stands.list;
	return stands.count;
}

static void area_stands(struct work *work, struct stands *stands, struct id area, int64_t from, int64_t until)
{
	const struct pointed *pointed = pointed_find(work, record_named("area"), area);
	if (pointed)
		add_moves(work, stands, pointed->moves, pointed->path, from, until);
}

size_t row_stands(struct work *work, const struct row *row, struct stand **list)
{
	struct stands stands = {0};
	if (row->record->follows) {
		const struct field *field = record_field(row->record, row->record->follows);
		struct value value = row_get(row, field);
		if (value.type == VALUE_ID) {
			const struct pointed *followed = pointed_find(work, record_named(field->link), value.id);
			return followed ? pointed_stands(work, followed, list) : 0;
		}
	}
	const struct field *area = record_field(row->record, "area");
	if (!area)
		return 0;
	struct breaks breaks = {.arena = work->arena};
	breaks_add(&breaks, -DAY_FAR);
	if (area->dated)
		days_breaks(work, row, &breaks);
	for (size_t i = 0; i < breaks.count; i++) {
		struct value value = row_get(row_as_of(work, row, breaks.days[i]), area);
		if (value.type == VALUE_ID)
			area_stands(work, &stands, value.id, breaks.days[i], i + 1 < breaks.count ? breaks.days[i + 1] : DAY_FAR);
	}
	*list = stands.list;
	return stands.count;
}

static void add_part(struct buf *cell, struct value value)
{
	char id[ID_TEXT];
	if (value.type == VALUE_TEXT)
		buf_text(cell, value.text);
	else if (value.type == VALUE_ID)
		buf_text(cell, id_print(value.id, id));
	else if (value.type == VALUE_WHOLE && value.whole)
		buf_char(cell, '1');
}

const char *measure_cell(struct work *work, const struct measure *measure, const struct row *row, int64_t day)
{
	struct buf cell = {.arena = work->arena};
	const struct row *site = NULL;
	for (const char *at = measure->by; at && *at;) {
		const char *end = strchr(at, ',');
		const char *name = arena_text(work->arena, at, end ? (size_t)(end - at) : strlen(at));
		const struct field *field = record_field(row->record, name);
		const struct row *holder = row;
		if (!field && row->record->follows) {
			/* a part of what it follows: a finding by the tier of its site */
			const struct field *follows = record_field(row->record, row->record->follows);
			struct value value = row_get(row, follows);
			if (!site && value.type == VALUE_ID) {
				site = row_load(work, record_named(follows->link), value.id);
				site = site ? row_as_of(work, site, day) : NULL;
			}
			holder = site;
			field = site ? record_field(site->record, name) : NULL;
		}
		if (cell.size || at != measure->by)
			buf_char(&cell, '|');
		struct value value = field ? row_get(holder, field) : value_null();
		add_part(&cell, value);
		at = end ? end + 1 : NULL;
	}
	return buf_end(&cell);
}

static bool part_fits(const char *wanted, size_t size, const char *part, size_t have)
{
	for (const char *end = wanted + size; wanted < end;) {
		size_t word = strcspn(wanted, ",|");
		if (word == have && !memcmp(wanted, part, have))
			return true;
		wanted += word + 1;
	}
	return !size;
}

bool cell_fits(const char *wanted, const char *cell)
{
	while (wanted && *wanted) {
		size_t want = strcspn(wanted, "|"), have = strcspn(cell, "|");
		if (!part_fits(wanted, want, cell, have))
			return false;
		wanted += want + (wanted[want] == '|');
		cell += have + (cell[have] == '|');
	}
	return true;
}

bool measure_has_part(const struct measure *measure, const char *name)
{
	size_t size = strlen(name);
	for (const char *at = measure->by; at && *at;) {
		size_t part = strcspn(at, ",");
		if (part == size && !memcmp(at, name, size))
			return true;
		at += part + (at[part] == ',');
	}
	return false;
}

static void add_at(struct work *work, const char *path, const struct measure *measure, const char *cell, int64_t day, int64_t change)
{
	int64_t areas[PATH_DEEP];
	size_t count = path_areas(path, areas);
	for (size_t i = 0; i < count; i++)
		tally_add(work->tallies, areas[i], measure, cell, day, change);
}

static void add_measure(struct work *work, const struct row *row, const struct measure *measure, const struct breaks *breaks,
	const struct stand *stands, size_t stand_count, int sign)
{
	int64_t level = 0;
	const char *path = NULL, *cell = NULL;
	for (size_t i = 0; i < breaks->count; i++) {
		int64_t day = breaks->days[i];
		const struct row *then = row_as_of(work, row, day);
		int64_t value = measure->value(work, then, day);
		if (measure->type == FLOW && !value)
			continue;
		const char *new_path = stand_on(stands, stand_count, day);
		const char *new_cell = value ? measure_cell(work, measure, then, day) : NULL;
		if (measure->type == STOCK && value == level && text_same(path, new_path) && text_same(cell, new_cell))
			continue;
		if (measure->type == STOCK && level)
			add_at(work, path, measure, cell, day, -sign * level);
		if (value)
			add_at(work, new_path, measure, new_cell, day, sign * value);
		level = value;
		path = new_path;
		cell = new_cell;
	}
}

void tally_row(struct work *work, const struct row *row, int sign)
{
	const struct record *record = row->record;
	struct stand *stands;
	if (!record->measure_count || row->voided_at || !row->version)
		return;
	size_t count = row_stands(work, row, &stands);
	if (!count)
		return;
	struct breaks breaks = {.arena = work->arena};
	days_breaks(work, row, &breaks);
	work->counting = NULL;
	if (record->breaks)
		record->breaks(work, row, &breaks);
	for (size_t i = 0; i < count; i++)
		if (stands[i].from > -DAY_FAR && breaks.count && stands[i].from > breaks.days[0])
			breaks_add(&breaks, stands[i].from);
	for (size_t i = 0; i < record->measure_count; i++)
		add_measure(work, row, &record->measures[i], &breaks, stands, count, sign);
	work->counting = NULL;
}

const struct measure *measure_named(const char *name, const struct record **record)
{
	for (size_t i = 0; i < record_count; i++)
		for (size_t j = 0; j < records[i]->measure_count; j++)
			if (strcmp(records[i]->measures[j].name, name) == 0) {
				if (record)
					*record = records[i];
				return &records[i]->measures[j];
			}
	return NULL;
}

static void add_list(struct sql *sql, size_t count, struct value (*item)(const struct count_ask *, size_t), const struct count_ask *ask)
{
	for (size_t i = 0; i < count; i++) {
		struct value value = item(ask, i);
		sql_add(sql, i ? ", ?" : "?", &value, 1);
	}
}

static struct value area_item(const struct count_ask *ask, size_t at)
{
	return V(ask->areas[at]);
}

static struct value measure_item(const struct count_ask *ask, size_t at)
{
	return V(ask->measures[at]->name);
}

/* Stocks and totals: the months before, and the days of the month. */
static size_t read_sums(struct work *work, const struct count_ask *ask, struct count **counts)
{
	size_t count = 0, space = 0;
	int64_t month = day_month(ask->day);
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT area, measure, cell, sum(n) FROM tallies WHERE area IN (", NOTHING);
	add_list(&sql, ask->area_count, area_item, ask);
	sql_add(&sql, ") AND measure IN (", NOTHING);
	add_list(&sql, ask->measure_count, measure_item, ask);
	sql_add(&sql, ") AND ((span = 1 AND day < ?) OR (span = 0 AND day >= ? AND day <= ?)) GROUP BY area, measure, cell",
		BIND(V(month), V(month), V(ask->day)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		const struct measure *measure = measure_named(db_text(query, 1), NULL);
		if (!measure || !db_whole(query, 3))
			continue;
		*ARENA_PUSH(work->arena, *counts, count, space) = (struct count){.area = db_whole(query, 0),
			.measure = measure,
			.cell = db_copy(query, 2, work->arena),
			.count = db_whole(query, 3)};
	}
	return count;
}

static size_t read_flows(struct work *work, const struct count_ask *ask, struct count **counts)
{
	size_t count = 0, space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT area, measure, cell, sum(n) FROM tallies WHERE area IN (", NOTHING);
	add_list(&sql, ask->area_count, area_item, ask);
	sql_add(&sql, ") AND measure IN (", NOTHING);
	add_list(&sql, ask->measure_count, measure_item, ask);
	sql_add(&sql, ") AND span = 0 AND day = ? GROUP BY area, measure, cell", BIND(V(ask->day)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		const struct measure *measure = measure_named(db_text(query, 1), NULL);
		if (measure && db_whole(query, 3))
			*ARENA_PUSH(work->arena, *counts, count, space) = (struct count){.area = db_whole(query, 0),
				.measure = measure,
				.cell = db_copy(query, 2, work->arena),
				.count = db_whole(query, 3)};
	}
	return count;
}

size_t tally_read(struct work *work, const struct count_ask *ask, struct count **counts)
{
	const struct measure **stocks = arena_alloc(work->arena, ask->measure_count * sizeof *stocks);
	const struct measure **flows = arena_alloc(work->arena, ask->measure_count * sizeof *flows);
	struct count_ask stock_ask = *ask, flow_ask = *ask;
	stock_ask.measures = stocks;
	flow_ask.measures = flows;
	stock_ask.measure_count = flow_ask.measure_count = 0;
	for (size_t i = 0; i < ask->measure_count; i++)
		if (ask->measures[i]->type == STOCK || ask->total)
			stocks[stock_ask.measure_count++] = ask->measures[i];
		else
			flows[flow_ask.measure_count++] = ask->measures[i];
	struct count *one = NULL, *other = NULL;
	size_t first = stock_ask.measure_count && ask->area_count ? read_sums(work, &stock_ask, &one) : 0;
	size_t second = flow_ask.measure_count && ask->area_count ? read_flows(work, &flow_ask, &other) : 0;
	*counts = arena_alloc(work->arena, (first + second + 1) * sizeof **counts);
	if (first)
		memcpy(*counts, one, first * sizeof *one);
	if (second)
		memcpy(*counts + first, other, second * sizeof *other);
	return first + second;
}
