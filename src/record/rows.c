#include "record/rows_inner.h"

#include <stdlib.h>
#include <string.h>

#include "record/days.h"
#include "record/follow.h"
#include "record/history.h"
#include "record/pointed.h"
#include "record/search.h"
#include "record/tally.h"

enum { FIXED_COLUMNS = 12 };

const char *row_columns(struct arena *arena, const struct record *record)
{
	struct buf columns = {.arena = arena};
	buf_text(&columns, "id, version, incident, home, path, made_at, made_by, changed_at, voided_at, since, days, next_day");
	for (size_t i = 0; i < record->field_count; i++) {
		buf_text(&columns, ", ");
		buf_text(&columns, record->fields[i].name);
	}
	return buf_end(&columns);
}

/* Record and field: no value can be moved elsewhere. */
static const char *secret_place(struct arena *arena, const struct record *record, const struct field *field)
{
	size_t name = strlen(record->name), part = strlen(field->name);
	char *place = arena_alloc(arena, name + part + 2);
	memcpy(place, record->name, name);
	place[name] = '.';
	memcpy(place + name + 1, field->name, part);
	return place;
}

static struct value read_private(
	struct work *work, const struct record *record, struct id incident, const struct field *field, struct query *query, int column)
{
	size_t size;
	const void *bytes = db_bytes(query, column, &size);
	if (!bytes || !keys_ready(work->store->keys, work->db, incident, false))
		return value_null();
	const char *text = secret_open(work->store->keys, incident, secret_place(work->arena, record, field), bytes, size, work->arena);
	return text && field->kind->holds == VALUE_WHOLE ? value_whole(strtoll(text, NULL, 10)) : value_text(text);
}

static bool has_private(const struct record *record)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (record->fields[i].private)
			return true;
	return false;
}

struct sealed {
	struct value plain;
	struct value value;
	struct id incident;
	uint64_t generation; /* of the keys */
};

struct value row_sealed(struct work *work, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	if (value.type == VALUE_NULL)
		return value;
	struct sealed *sealed = row->sealed ? &row->sealed[field - row->record->fields] : NULL;
	uint64_t generation = keys_generation(work->store->keys);
	if (sealed && sealed->generation == generation && value_same(sealed->plain, value) && id_same(sealed->incident, row->incident))
		return sealed->value;
	const char *text = value.type == VALUE_WHOLE ? arena_print(work->arena, "%lld", (long long)value.whole) : value.text;
	struct value bytes =
		secret_seal(work->store->keys, row->incident, secret_place(work->arena, row->record, field), text, work->arena);
	if (sealed && bytes.type == VALUE_BYTES)
		*sealed = (struct sealed){.plain = value, .value = bytes, .incident = row->incident, .generation = generation};
	return bytes;
}

void row_seals(struct work *work, struct row *row)
{
	if (!row->sealed && has_private(row->record))
		row->sealed = arena_alloc(work->arena, row->record->field_count * sizeof *row->sealed);
}

size_t row_column_count(const struct record *record)
{
	return FIXED_COLUMNS + record->field_count;
}

struct row *row_read(struct work *work, const struct record *record, struct query *query)
{
	struct row *row = row_new(work->arena, record);
	row->id = db_id(query, 0);
	row->version = db_whole(query, 1);
	row->incident = db_id(query, 2);
	row->home = db_whole(query, 3);
	row->path = db_copy(query, 4, work->arena);
	row->made_at = db_whole(query, 5);
	row->made_by = db_id(query, 6);
	row->changed_at = db_whole(query, 7);
	row->voided_at = db_whole(query, 8);
	row->since = db_whole(query, 9);
	row->days = db_copy(query, 10, work->arena);
	row->next_day = db_whole(query, 11);
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		int column = FIXED_COLUMNS + (int)i;
		if (db_null(query, column))
			row_set(row, field, value_null());
		else if (field->private)
			row_set(row, field, read_private(work, record, row->incident, field, query, column));
		else if (field->kind->holds == VALUE_WHOLE)
			row_set(row, field, value_whole(db_whole(query, column)));
		else if (field->kind->holds == VALUE_ID)
			row_set(row, field, value_id(db_id(query, column)));
		else
			row_set(row, field, value_text(db_copy(query, column, work->arena)));
	}
	return row;
}

struct row_texts row_texts(struct arena *arena, const struct record *record, bool spread)
{
	const char *columns = row_columns(arena, record);
	bool area = strcmp(record->name, "area") == 0;
	struct buf marks = {.arena = arena}, ids = {.arena = arena};
	for (size_t i = 0; i < FIXED_COLUMNS + record->field_count; i++)
		buf_text(&marks, i ? ", ?" : "?");
	for (size_t i = 0; i < POINTS; i++)
		buf_text(&ids, i ? ", ?" : "?");
	const char *point = arena_print(arena, "SELECT path, %s, voided_at, %s, %s, id FROM %s WHERE id", area ? "county" : "home",
		record_field(record, "site") ? "site" : "NULL", area ? "moves" : "NULL", record->plural);
	return (struct row_texts){
		.load = arena_print(arena, "SELECT %s FROM %s WHERE id = ?", columns, record->plural),
		.point = arena_print(arena, "%s = ?", point),
		.points = arena_print(arena, "%s IN (%s)", point, buf_end(&ids)),
		.insert = arena_print(arena, "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO NOTHING", record->plural, columns,
			buf_end(&marks), spread && !record->shared ? "home, id" : "id"),
	};
}

struct row *row_load(struct work *work, const struct record *record, struct id id)
{
	struct query *query = db_query(work->db, work->store->texts[record_index(record)].load, BIND(V(id)));
	if (!db_next(query)) {
		/* not "there is none": nothing that stands on this row may go on */
		if (db_status(work->db) != OK && work->escape)
			longjmp(*work->escape, BROKE_OFF);
		return NULL;
	}
	struct row *row = row_read(work, record, query);
	db_done(query);
	return row;
}

struct value row_private(struct work *work, const struct record *record, struct id id, const struct field *field)
{
	struct value value = value_null();
	const char *sql = arena_print(work->arena, "SELECT incident, %s FROM %s WHERE id = ?", field->name, record->plural);
	struct query *query = db_query(work->db, sql, BIND(V(id)));
	if (db_next(query)) {
		value = read_private(work, record, db_id(query, 0), field, query, 1);
		db_done(query);
	}
	return value;
}

struct id row_site(const struct row *row)
{
	if (strcmp(row->record->name, "site") == 0)
		return row->id;
	const struct field *site = record_field(row->record, "site");
	return site ? row_get(row, site).id : (struct id){{0}};
}

enum status row_get_reached(struct work *work, const struct record *record, struct id id, int right, struct row **row)
{
	*row = row_load(work, record, id);
	if (!*row || !row_reaches(work, *row, right))
		return fail(work, NOT_FOUND, NULL, NULL);
	return OK;
}

static struct value column_value(struct work *work, const struct row *row, const struct field *field)
{
	return field->private ? row_sealed(work, row, field) : row_get(row, field);
}

/* What users may do where hangs on these. */
static void note_people(struct work *work, const struct record *record)
{
	if (text_listed("user,grant,zone,zone_member,area,org", ',', record->name))
		work->store->people_touched = true;
}

/* False where the id is taken: then nothing was written. */
static bool write_new(struct work *work, const struct row *row)
{
	size_t count = FIXED_COLUMNS + row->record->field_count;
	note_people(work, row->record);
	struct value *values = arena_alloc(work->arena, count * sizeof *values);
	const struct value fixed[FIXED_COLUMNS] = {V(row->id), V(row->version), V(row->incident), V(row->home), V(row->path),
		V(row->made_at), V(row->made_by), V(row->changed_at), value_null(), V(row->since), V(row->days), V(row->next_day)};
	memcpy(values, fixed, sizeof fixed);
	for (size_t i = 0; i < row->record->field_count; i++)
		values[FIXED_COLUMNS + i] = column_value(work, row, &row->record->fields[i]);
	if (work->store->spread && !row->record->shared &&
		!db_send_one(work->db, "INSERT INTO directory (id, home) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
			BIND(V(row->id), V(row->home))))
		return false;
	return db_send_one(work->db, work->store->texts[record_index(row->record)].insert, values, count);
}

/* An id that is taken: the same body is a retry and answers as the first time. */
static enum status answer_again(struct work *work, struct row **row, struct row *stored, const struct id *body)
{
	if (!row_reaches(work, stored, stored->record->read))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (!body || !id_same(history_body(work, stored->id), *body))
		return fail(work, CONFLICT, "id", "is taken by another row|该标识已被占用");
	*row = stored;
	return OK;
}

/* Where the id is taken, the answer is that of the stored row; else what was found wrong stays. */
static enum status answer_taken(struct work *work, struct row **into, const struct id *body, struct id id)
{
	struct row *stored = id_none(id) ? NULL : row_load(work, (*into)->record, id);
	if (!stored)
		return work->status == OK ? fail(work, CONFLICT, "id", "is taken by another row|该标识已被占用") : work->status;
	work_forgive(work);
	return answer_again(work, into, stored, body);
}

static enum status follow_made(struct work *work, const struct row *row)
{
	enum status status = OK;
	search_update(work, NULL, row);
	follow_new(work, row->id);
	if (row->record->made)
		status = row->record->made(work, row);
	if (status == OK && row->record->saved)
		status = row->record->saved(work, NULL, row);
	if (status != OK)
		return status;
	if (row->record->saved)
		follow_end(work, row->record, row->id);
	else
		follow_settled(work, row);
	return OK;
}

enum status row_insert(struct work *work, struct row **into, const struct id *body)
{
	struct row *row = *into;
	struct id given = row->id;
	size_t mark = tally_mark(work->tallies), counted = work->counted_count;
	/* who sends a row again is rare: the id is looked for only where something is wrong, the insert itself tells that it is taken */
	if (row_check(work, NULL, row, row->record->write) != OK)
		return answer_taken(work, into, body, given);
	row_seals(work, row);
	if (has_private(row->record))
		keys_ready(work->store->keys, work->db, row->incident, true);
	row->version = 1;
	row->made_at = row->changed_at = work->now;
	row->made_by = work->who ? work->who->id : (struct id){{0}};
	if (!row->since)
		row->since = work->today;
	struct followers subjects = {0};
	subjects_begin(work, row, &subjects);
	if (!write_new(work, row)) {
		tally_cut(work->tallies, mark);
		work->counted_count = counted;
		row->version = 0;
		return answer_taken(work, into, body, given);
	}
	history_add(work, NULL, row, "made", body);
	enum status status = follow_made(work, row);
	if (status == OK)
		followers_end(work, &subjects);
	return status;
}

static void write_changes(struct work *work, const struct row *old, const struct row *row)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"UPDATE %s SET version = ?, path = ?, changed_at = ?, voided_at = ?, since = ?, days = ?, next_day = ?",
			row->record->plural),
		BIND(V(row->version), V(row->path), V(row->changed_at), row->voided_at ? V(row->voided_at) : value_null(), V(row->since),
			V(row->days), V(row->next_day)));
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (value_same(row_get(old, field), row_get(row, field)))
			continue;
		struct value value = column_value(work, row, field);
		sql_add(&sql, arena_print(work->arena, ", %s = ?", field->name), &value, 1);
	}
	sql_add(&sql, " WHERE id = ?", BIND(V(row->id)));
	uint64_t epoch = db_epoch(work->db);
	note_people(work, row->record);
	sql_run(work->db, &sql);
	/* where nobody takes their place from it, the others that are remembered still stand as they stood */
	if (row->record != record_named("area") && !follow_led(row->record)) {
		db_epoch_keep(work->db, epoch);
		pointed_forget(work, row->id);
	}
}

/* Writes `row` over `old` with all that follows from it. */
static enum status replace(struct work *work, const struct row *old, struct row *row, const char *action)
{
	enum status status = OK;
	struct followers followers = {0}, subjects = {0};
	row->version = old->version + 1;
	row->changed_at = work->now;
	row_seals(work, row);
	if (has_private(row->record))
		keys_ready(work->store->keys, work->db, row->incident, true);
	subjects_begin(work, old, &subjects);
	subjects_begin(work, row, &subjects);
	bool self_counted = follow_begin(work, old);
	if (follow_needed(old, row))
		followers_begin(work, old, &followers);
	write_changes(work, old, row);
	history_add(work, old, row, action, id_none(work->body) ? NULL : &work->body);
	search_update(work, old->voided_at ? NULL : old, row->voided_at ? NULL : row);
	if (!text_same(old->path, row->path))
		follow_path(work, row);
	if (row->record->saved)
		status = row->record->saved(work, old, row);
	if (status == OK && row->record->changed)
		status = row->record->changed(work, old, row);
	if (status != OK)
		return status;
	followers_end(work, &followers);
	if (self_counted)
		follow_end(work, row->record, row->id);
	followers_end(work, &subjects);
	return OK;
}

static enum status check_version(struct work *work, const struct row *old, int64_t version)
{
	if (old->version == version)
		return OK;
	return fail(work, CONFLICT, NULL, "This row is at version %lld now|该记录现为第 %lld 版", (long long)old->version);
}

enum status row_change(struct work *work, const struct row *old, struct row *row, int64_t version, int right)
{
	if (!who_reaches(work->who, right, old->path, row_site(old)))
		return fail(work, NOT_FOUND, NULL, NULL);
	enum status status = check_version(work, old, version);
	if (status == OK && old->voided_at)
		status = fail(work, BAD_STATE, NULL, "This row was taken out|该记录已作废");
	if (status == OK)
		status = row_check(work, old, row, right);
	return status == OK ? replace(work, old, row, "changed") : status;
}

bool row_step_fits(const struct row *row, const struct step *step)
{
	const struct field *state = record_field(row->record, "state");
	struct value value = state ? row_get(row, state) : value_null();
	return !*step->from || (value.type == VALUE_TEXT && text_listed(step->from, ',', value.text));
}

enum status row_step(struct work *work, const struct row *old, struct row *row, const struct step *step, int64_t version)
{
	if (!row_step_fits(old, step))
		return fail(work, BAD_STATE, NULL, NULL);
	if (step->to && *step->to)
		row_set(row, record_field(row->record, "state"), value_text(step->to));
	if (step->rule && step->rule(work, old, row) != OK)
		return work->status;
	return row_change(work, old, row, version, step->right);
}

enum status row_void(struct work *work, const struct row *old, int64_t version)
{
	enum status status = check_version(work, old, version);
	if (status != OK || old->voided_at)
		return status;
	struct row *row = row_copy(work->arena, old);
	row->voided_at = work->now;
	return replace(work, old, row, "voided");
}

enum status row_rewrite(struct work *work, const struct row *old, struct row *row, const char *action)
{
	if (row_place(work, row) != OK)
		return work->status;
	bool before = work->rewriting;
	work->rewriting = true;
	replace(work, old, row, action);
	work->rewriting = before;
	return work->status;
}

void row_refresh(struct work *work, const struct row *row)
{
	const struct row *stored = row_load(work, row->record, row->id);
	if (!stored)
		return;
	write_changes(work, stored, row);
	search_update(work, stored->voided_at ? NULL : stored, row->voided_at ? NULL : row);
}
