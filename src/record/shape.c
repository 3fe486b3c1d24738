#include "record/shape.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "record/days.h"

bool shape_reveals(const struct work *work, const struct row *row)
{
	return work->reason && who_reaches(work->who, row->record->reveal, row->path, row_site(row));
}

static const char *masked(struct work *work, const struct field *field, struct value value)
{
	return field->kind->mask && value.type == VALUE_TEXT ? field->kind->mask(work->arena, value.text) : "***";
}

void shape_value(struct work *work, struct json *json, const struct field *field, struct value value, bool clear)
{
	if (field->private && !clear && value.type != VALUE_NULL)
		json_text(json, masked(work, field, value));
	else
		kind_to_json(json, field, value);
}

const char *shape_text(struct work *work, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	if (field->private && value.type != VALUE_NULL && !shape_reveals(work, row))
		return masked(work, field, value);
	if (value.type == VALUE_ID && (field->link || field->kind == &kind_area)) {
		const char *title = shape_pointed(work, row, field);
		return title ? title : "";
	}
	return kind_to_text(work->arena, field, value);
}

const char *shape_title(struct work *work, const struct record *record, struct id id)
{
	const struct field *title = record->title ? record_field(record, record->title) : NULL;
	if (!title)
		return NULL;
	if (title->private) {
		struct value value = row_private(work, record, id, title);
		return value.type != VALUE_NULL ? masked(work, title, value) : NULL;
	}
	const char *text = NULL;
	struct query *query =
		db_query(work->db, arena_print(work->arena, "SELECT %s FROM %s WHERE id = ?", title->name, record->plural), BIND(V(id)));
	if (db_next(query)) {
		text = db_copy(query, 0, work->arena);
		db_done(query);
	}
	return text;
}

const char *shape_name(struct work *work, const struct record *record, struct id id)
{
	const struct field *title = record->title ? record_field(record, record->title) : NULL;
	const struct row *row = work->reason && title && title->private ? row_load(work, record, id) : NULL;
	if (!row || !shape_reveals(work, row))
		return shape_title(work, record, id);
	*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = row;
	return row_private(work, record, id, title).text;
}

/* A row's own place is known to whoever may read the row. */
static bool may_name(struct work *work, const struct row *row, const struct record *to, struct id id)
{
	if (to->open || to->named || (work->who && work->who->all))
		return true;
	const char *site = strcmp(to->name, "site") == 0 ? "id" : record_field(to, "site") ? "site" : "NULL";
	struct query *query =
		db_query(work->db, arena_print(work->arena, "SELECT path, %s FROM %s WHERE id = ?", site, to->plural), BIND(V(id)));
	if (!db_next(query))
		return false;
	const char *path = db_text(query, 0);
	bool own = strcmp(to->name, "area") == 0 && text_same(path, row->path);
	bool named = own || who_reaches(work->who, to->read, path, db_id(query, 1));
	db_done(query);
	return named;
}

const char *shape_pointed(struct work *work, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	const char *name = field->kind == &kind_area ? "area" : field->kind->holds == VALUE_ID ? field->link : NULL;
	const struct record *to = name ? record_named(name) : NULL;
	return to && value.type == VALUE_ID && may_name(work, row, to, value.id) ? shape_title(work, to, value.id) : NULL;
}

/* The title of a choice, in the reader's language; its code where the list has lost it. */
static const char *choice_title(struct work *work, const struct field *field, const char *code)
{
	const struct record *list = record_named(field->choices);
	const char *title = code;
	struct query *query =
		db_query(work->db, arena_print(work->arena, "SELECT %s FROM %s WHERE code = ?", list->title, list->plural), BIND(V(code)));
	if (db_next(query)) {
		title = work_text(work, db_copy(query, 0, work->arena));
		db_done(query);
	}
	return title;
}

static void write_names(struct work *work, struct json *json, const struct row *row)
{
	json_key(json, "names");
	json_open(json, '{');
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = row_get(row, field);
		if (field->choices && value.type == VALUE_TEXT)
			json_put(json, field->name, choice_title(work, field, value.text));
		const char *title = shape_pointed(work, row, field);
		if (title)
			json_put(json, field->name, title);
	}
	json_close(json, '}');
}

void shape_warnings(struct work *work, struct json *json, const struct row *row)
{
	struct warnings warnings = {0};
	row->record->warn(work, row, &warnings);
	json_key(json, "warnings");
	json_open(json, '[');
	for (size_t i = 0; i < warnings.count; i++) {
		const struct warning *warning = &warnings.list[i];
		json_open(json, '{');
		json_put(json, "field", warning->field);
		json_put(json, "detail", warning->detail);
		if (!id_none(warning->other)) {
			json_put_id(json, "id", warning->other);
			json_put(json, "name", warning->name);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}

static bool any_private(const struct row *row)
{
	for (size_t i = 0; i < row->record->field_count; i++)
		if (row->record->fields[i].private && !row->record->fields[i].hidden && !row_null(row, &row->record->fields[i]))
			return true;
	return false;
}

static bool state_in(const struct row *row, const char *states)
{
	const struct field *state = record_field(row->record, "state");
	struct value value = state ? row_get(row, state) : value_null();
	return value.type == VALUE_TEXT && text_listed(states, ',', value.text);
}

static bool holds_one(struct work *work, const struct row *row, const char *when)
{
	bool none = *when == '!';
	const char *equals = strchr(when, '=');
	const char *name = equals ? arena_text(work->arena, when, (size_t)(equals - when)) : when + none;
	const struct field *field = record_field(row->record, name);
	struct value value = field ? row_get(row, field) : value_null();
	if (!field)
		return true;
	if (equals)
		return value.type == VALUE_TEXT && text_same(value.text, equals + 1);
	return (value.type != VALUE_NULL && !(field->kind == &kind_flag && !value.whole)) != none;
}

static bool holds(struct work *work, const struct row *row, const char *when)
{
	const char *one;
	while ((one = text_word(work->arena, &when, ',')))
		if (!holds_one(work, row, one))
			return false;
	return true;
}

bool shape_may_step(struct work *work, const struct row *row, const struct step *step)
{
	return !row->voided_at && who_reaches(work->who, step->right, row->path, row_site(row)) &&
		(!*step->from || state_in(row, step->from)) && holds(work, row, step->when);
}

static void write_may(struct work *work, struct json *json, const struct row *row)
{
	const struct record *record = row->record;
	json_key(json, "may");
	json_open(json, '{');
	json_put_flag(json, "write",
		!row->voided_at && who_reaches(work->who, record->write, row->path, row_site(row)) &&
			!(record->stands && state_in(row, record->stands)));
	json_key(json, "steps");
	json_open(json, '[');
	for (size_t i = 0; i < record->step_count; i++)
		if (shape_may_step(work, row, &record->steps[i]))
			json_text(json, record->steps[i].name);
	json_close(json, ']');
	json_close(json, '}');
}

static void write_row(struct work *work, struct json *json, const struct row *row, bool alone)
{
	bool clear = shape_reveals(work, row);
	if (clear && any_private(row))
		*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = row;
	json_open(json, '{');
	json_put_id(json, "id", row->id);
	json_put_whole(json, "version", row->version);
	json_key(json, "made_at");
	json_stamp(json, row->made_at);
	json_key(json, "changed_at");
	json_stamp(json, row->changed_at);
	json_put_flag(json, "voided", row->voided_at != 0);
	if (days_any(row->record)) {
		json_key(json, "since");
		json_day(json, row->since);
		json_key(json, "days");
		json_raw(json, row->days ? row->days : "null");
	}
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (field->hidden)
			continue;
		json_key(json, field->name);
		shape_value(work, json, field, row_get(row, field), clear);
	}
	write_names(work, json, row);
	if (alone && row->record->warn && !row->voided_at)
		shape_warnings(work, json, row);
	if (alone)
		write_may(work, json, row);
	if (row->record->show)
		row->record->show(work, row, json);
	json_close(json, '}');
}

void shape_row(struct work *work, struct json *json, const struct row *row)
{
	write_row(work, json, row, false);
}

void shape_one(struct work *work, struct json *json, const struct row *row)
{
	write_row(work, json, row, true);
}

static enum status read_when(struct work *work, const char *key, const json_t *value, int64_t *day)
{
	if (json_is_null(value))
		return OK;
	if (!json_is_string(value) || !day_parse(json_string_value(value), day))
		return fail(work, BAD_FIELD, key, "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	return OK;
}

static void read_field(struct work *work, const char *key, const json_t *json, struct row *row, const char *only)
{
	const struct field *field = record_field(row->record, key);
	struct value value = value_null();
	if (!field) {
		fail(work, BAD_FIELD, arena_copy(work->arena, key), "is not known here|没有此填写项");
		return;
	}
	if (only ? !text_listed(only, ',', key) : field->system) {
		fail(work, BAD_FIELD, field->name, "is not set here|此处不能填写");
		return;
	}
	if (!json_is_null(json) && kind_from_json(work, field, json, &value) != OK)
		return;
	if (field->fixed && row->version && !value_same(value, row_get(row, field))) {
		fail(work, BAD_FIELD, field->name, "does not change once it is set|设定后不能更改");
		return;
	}
	row_set(row, field, value);
}

enum status shape_read(struct work *work, const json_t *object, struct row *row, const char *only, int64_t *effective, int64_t *until)
{
	const char *key;
	json_t *json;
	*effective = INT64_MIN;
	*until = DAY_FAR;
	if (!json_is_object(object))
		return fail(work, BAD_REQUEST, NULL, "The body must be a JSON object|请求内容须为 JSON 对象");
	json_object_foreach((json_t *)object, key, json)
	{
		if (strcmp(key, "id") == 0 && !row->version) {
			if (!json_is_string(json) || !id_parse(json_string_value(json), &row->id))
				fail(work, BAD_FIELD, "id", "must be an id of 36 characters|须为 36 位标识");
		} else if (strcmp(key, "effective") == 0 && days_any(row->record)) {
			read_when(work, "effective", json, effective);
		} else if (strcmp(key, "until") == 0 && days_any(row->record) && !record_field(row->record, "until")) {
			read_when(work, "until", json, until);
		} else if (strcmp(key, "deed") == 0) {
			if (!json_is_string(json) || !id_parse(json_string_value(json), &work->deed))
				fail(work, BAD_FIELD, "deed", "must be an id of 36 characters|须为 36 位标识");
		} else {
			read_field(work, key, json, row, only);
		}
	}
	return work->status;
}

enum status shape_read_part(struct work *work, const json_t *object, const char *fields, struct row *row)
{
	const char *name;
	json_t *value, *part = json_own(work->arena, json_object());
	int64_t effective, until;
	json_object_foreach((json_t *)object, name, value)
	{
		if (text_listed(fields, ',', name) && !json_is_null(value))
			json_object_set(part, name, value);
	}
	return shape_read(work, part, row, NULL, &effective, &until);
}

static void hash_value(crypto_generichash_state *state, const struct row *row, size_t at)
{
	const struct field *field = &row->record->fields[at];
	struct value value = row_get(row, field);
	/* given as null and not given are two bodies */
	unsigned char type = (unsigned char)value.type;
	if (!row_has(row, field))
		return;
	crypto_generichash_update(state, (const unsigned char *)field->name, strlen(field->name) + 1);
	crypto_generichash_update(state, &type, 1);
	if (value.type == VALUE_WHOLE)
		crypto_generichash_update(state, (const unsigned char *)&value.whole, sizeof value.whole);
	else if (value.type == VALUE_ID)
		crypto_generichash_update(state, value.id.bytes, sizeof value.id.bytes);
	else if (value.type == VALUE_TEXT)
		crypto_generichash_update(state, (const unsigned char *)value.text, strlen(value.text) + 1);
}

struct id shape_row_hash(const struct row *row, struct id deed)
{
	struct id hash;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof hash.bytes);
	crypto_generichash_update(&state, (const unsigned char *)&row->since, sizeof row->since);
	crypto_generichash_update(&state, deed.bytes, sizeof deed.bytes);
	for (size_t i = 0; i < row->record->field_count; i++)
		hash_value(&state, row, i);
	crypto_generichash_final(&state, hash.bytes, sizeof hash.bytes);
	return hash;
}

struct id shape_hash(const char *text, size_t size)
{
	struct id hash;
	crypto_generichash(hash.bytes, sizeof hash.bytes, (const unsigned char *)text, size, NULL, 0);
	return hash;
}
