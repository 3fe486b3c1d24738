/* The heading of a file: what each column is, what it lacks, what was chosen and set for this import. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "record/import_inner.h"
#include "record/shape.h"

enum { HEADINGS = 5, LOOKED = 50 };

enum status import_problem(struct work *work, const struct sheet_error *error)
{
	work->row = error->row > 0 ? error->row : -1;
	const char *text = work_text(work, error->text);
	enum status status = error->row > 0 && error->column > 0
		? fail(work, BAD_FIELD, "file", "Row %lld, column %d: %s|第 %lld 行第 %d 列：%s", (long long)error->row, error->column,
			  text)
		: error->row > 0 ? fail(work, BAD_FIELD, "file", "Row %lld: %s|第 %lld 行：%s", (long long)error->row, text)
				 : fail(work, BAD_FIELD, "file", "%s|%s", text);
	work->row = -1;
	return status;
}

bool import_ignores(const struct column *column)
{
	return column->part == COLUMN_NONE || (column->field && (column->field->system || column->field->hidden));
}

/* The columns of a heading into import; false where it is none: it knows fewer columns than `least`. */
static bool read_heading(struct import *import, const struct sheet_row *row, size_t least)
{
	struct work *work = import->work;
	const struct record *record = import->ask->record;
	struct column *columns = arena_alloc(work->arena, ((size_t)row->count + 1) * sizeof *columns);
	size_t known = 0, named = 0;
	for (int i = 0; i < row->count; i++) {
		columns[i] = column_read(work->arena, record, arena_copy(work->arena, row->cells[i].text));
		known += columns[i].part != COLUMN_NONE;
		named += *text_trim(work->arena, columns[i].heading) != '\0';
	}
	import->result->columns = columns;
	import->result->column_count = (size_t)row->count;
	import->heading = row->number;
	/* a title above the heading is passed over; one column is enough where there is but one */
	return known >= least || (known == 1 && named == 1);
}

/* A heading that comes again is the first row of a further sheet, or a page break. */
bool import_is_heading(const struct import *import, const struct sheet_row *row)
{
	for (int i = 0; i < row->count; i++)
		if ((size_t)i >= import->result->column_count || strcmp(row->cells[i].text, import->result->columns[i].heading) != 0)
			return false;
	return true;
}

/* A field that whoever imports may name. */
static const struct field *named(struct import *import, const char *parameter, const char *name)
{
	const struct field *field = record_field(import->ask->record, name);
	if (field && !field->system && !field->hidden)
		return field;
	fail(import->work, BAD_FIELD, parameter, "names no field that a sheet can give: %s|没有可导入的字段：%s", name);
	return NULL;
}

/* The column that a choice means, by its number or its heading; NULL none. */
static struct column *chosen_column(struct import *import, const char *key)
{
	struct import_result *result = import->result;
	size_t number = strspn(key, "0123456789") == strlen(key) ? (size_t)strtoul(key, NULL, 10) : 0;
	for (size_t i = 0; i < result->column_count; i++)
		if (number ? i + 1 == number : column_same(import->work->arena, result->columns[i].heading, key))
			return &result->columns[i];
	return NULL;
}

/* What was chosen for columns, "9=idno;12=": a field, or nothing to leave the column out. */
static enum status choose(struct import *import)
{
	struct work *work = import->work;
	const char *left = import->ask->choices, *word;
	while ((word = text_word(work->arena, &left, ';')) != NULL) {
		const char *equals = strrchr(word, '=');
		const char *name = equals ? text_trim(work->arena, equals + 1) : "";
		struct column *column = equals ? chosen_column(import, arena_text(work->arena, word, (size_t)(equals - word))) : NULL;
		const struct field *field = column && *name ? named(import, "as", name) : NULL;
		if (!column)
			return fail(work, BAD_FIELD, "as", "names no column of the file|所指的列不在文件中");
		if (*name && !field)
			return work->status;
		*column = (struct column){
			.part = field ? COLUMN_VALUE : COLUMN_NONE, .field = field, .heading = column->heading, .rank = field ? -1 : 0};
	}
	return OK;
}

/* Reads up to a heading that knows so many columns; NULL where there is none, or with a problem in work. */
static struct sheet_reader *open_at(struct import *import, size_t least)
{
	struct sheet_error error;
	struct sheet_row row;
	const struct import_ask *ask = import->ask;
	struct sheet_reader *reader = sheet_reader_open(ask->bytes, ask->size, NULL, &error);
	if (!reader) {
		import_problem(import->work, &error);
		return NULL;
	}
	enum sheet_step step = SHEET_ROW;
	for (int i = 0; i < HEADINGS && (step = sheet_reader_next(reader, &row)) == SHEET_ROW; i++)
		if (read_heading(import, &row, least))
			return reader;
	if (step == SHEET_FAILED)
		import_problem(import->work, sheet_reader_error(reader));
	import->result->column_count = 0;
	sheet_reader_close(reader);
	return NULL;
}

struct sheet_reader *import_open(struct import *import)
{
	struct sheet_reader *reader = NULL;
	for (size_t least = 2; least && !reader && import->work->status == OK; least--)
		reader = open_at(import, least);
	if (!reader && import->work->status == OK)
		fail(import->work, BAD_FIELD, "file",
			"No column is known here; the first row must hold the names of the columns|没有可识别的列，首行须为列名");
	if (!reader || choose(import) == OK)
		return reader;
	sheet_reader_close(reader);
	return NULL;
}

/* A column of a field: the first by rank begins the chain of those that give it. */
static void use(struct import *import, int *place, int column)
{
	const struct column *columns = import->result->columns;
	while (*place >= 0 && columns[*place].rank <= columns[column].rank) {
		if (columns[*place].rank == columns[column].rank && columns[column].rank <= 0)
			fail(import->work, BAD_FIELD, "file", "has the column %s twice|“%s”列重复", columns[column].heading);
		place = &import->next_columns[*place];
	}
	import->next_columns[column] = *place;
	*place = column;
}

static bool is_there(const struct import *import, size_t at)
{
	return import->value_columns[at] >= 0 || import->key_columns[at] >= 0;
}

static void place_columns(struct import *import)
{
	struct work *work = import->work;
	const struct record *record = import->ask->record;
	struct import_result *result = import->result;
	import->value_columns = arena_alloc(work->arena, (record->field_count + 1) * sizeof(int));
	import->key_columns = arena_alloc(work->arena, (record->field_count + 1) * sizeof(int));
	import->next_columns = arena_alloc(work->arena, (result->column_count + 1) * sizeof(int));
	import->id_column = import->effective_column = import->since_column = import->days_column = import->errors_column = -1;
	for (size_t i = 0; i < record->field_count; i++)
		import->value_columns[i] = import->key_columns[i] = -1;
	for (size_t i = 0; i < result->column_count; i++) {
		const struct column *column = &result->columns[i];
		size_t at = column->field ? (size_t)(column->field - record->fields) : 0;
		switch (column->part) {
		case COLUMN_NONE: break;
		case COLUMN_ID: use(import, &import->id_column, (int)i); break;
		case COLUMN_EFFECTIVE: use(import, &import->effective_column, (int)i); break;
		case COLUMN_SINCE: use(import, &import->since_column, (int)i); break;
		case COLUMN_DAYS: use(import, &import->days_column, (int)i); break;
		case COLUMN_ERRORS: use(import, &import->errors_column, (int)i); break;
		default:
			if (!import_ignores(column))
				use(import, column->part == COLUMN_KEY ? &import->key_columns[at] : &import->value_columns[at], (int)i);
		}
	}
}

/* Fields that must be given and are neither in the file nor set. */
static void find_missing(struct import *import)
{
	const struct record *record = import->ask->record;
	struct import_result *result = import->result;
	result->missing = arena_alloc(import->work->arena, (record->field_count + 1) * sizeof *result->missing);
	result->missing_count = 0;
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		import->points_to_itself |= column_points(field) && column_target(field) == record && !field->system;
		if (!field->need || field->system || import->id_column >= 0 || is_there(import, i))
			continue;
		bool set = false;
		for (size_t j = 0; j < result->set_count; j++)
			set |= result->set[j].field == field;
		if (!set)
			result->missing[result->missing_count++] = field;
	}
}

/* One "site=…" of what is set. Private values stand in no address, so none is taken here. */
static enum status set_one(struct import *import, struct work *work, const char *word)
{
	struct import_result *result = import->result;
	const char *equals = strchr(word, '=');
	const struct field *field =
		named(import, "set", equals ? text_trim(work->arena, arena_text(work->arena, word, (size_t)(equals - word))) : "");
	struct value value;
	if (!field)
		return work->status;
	if (field->private)
		return fail(work, BAD_FIELD, "set", "%s is private: it comes with the file only|“%s”属隐私信息，只能写在文件中",
			work_text(work, field->label));
	const char *text = text_trim(work->arena, equals + 1);
	if (import_text_value(import, work, field, text, &value) != OK)
		return work->status;
	for (size_t i = 0; i < result->set_count; i++)
		if (result->set[i].field == field)
			return fail(work, BAD_FIELD, "set", "gives %s twice|“%s”重复", work_text(work, field->label));
	const char *shown =
		value.type == VALUE_ID ? shape_title(work, column_target(field), value.id) : kind_to_text(work->arena, field, value);
	result->set[result->set_count++] =
		(struct import_set){.field = field, .value = value, .shown = arena_copy(import->work->arena, shown ? shown : text)};
	if (value.type == VALUE_TEXT)
		result->set[result->set_count - 1].value = value_text(arena_copy(import->work->arena, value.text));
	return OK;
}

static enum status read_set(struct import *import)
{
	struct work *work = import->work;
	const char *left = import->ask->set, *word;
	import->result->set = arena_alloc(work->arena, (import->ask->record->field_count + 1) * sizeof *import->result->set);
	import->result->set_count = 0;
	if (!left || !*left)
		return OK;
	store_read(work);
	while (work->status == OK && (word = text_word(work->arena, &left, ';')) != NULL)
		set_one(import, work, word);
	store_release(work);
	return work->status;
}

enum status import_check_columns(struct import *import)
{
	struct work *work = import->work;
	place_columns(import);
	if (work->status != OK || read_set(import) != OK)
		return work->status;
	find_missing(import);
	for (size_t i = 0; i < import->result->missing_count; i++) {
		const struct field *field = import->result->missing[i];
		fail(work, BAD_FIELD, field->name, "The column %s is missing|缺少“%s”列", work_text(work, field->label));
	}
	return work->status;
}

struct import *import_new(struct work *work, const struct import_ask *ask, struct import_result *result)
{
	struct import *import = arena_alloc(work->arena, sizeof *import);
	*result = (struct import_result){0};
	import->ask = ask;
	import->result = result;
	import->work = work;
	import->found.arena = import->twins.arena = import->names.arena = work->arena;
	randombytes_buf(import->key, sizeof import->key);
	return import;
}

enum status import_check(struct work *work, const struct import_ask *ask)
{
	struct import_result result;
	struct import *import = import_new(work, ask, &result);
	struct sheet_reader *reader = import_open(import);
	if (!reader)
		return work->status;
	sheet_reader_close(reader);
	return import_check_columns(import);
}

/* As much of a cell as says what its column holds. */
static const char *sample(struct arena *arena, const char *text)
{
	enum { SIGNS = 24 };
	const char *end = text_trim(arena, text), *from = end;
	for (int i = 0; i < SIGNS && *end; i++)
		text_next(&end);
	return *end ? arena_print(arena, "%.*s…", (int)(end - from), from) : from;
}

/* The first values of columns that are left out. */
static void read_values(struct import *import, struct sheet_reader *reader)
{
	struct import_result *result = import->result;
	struct arena *arena = import->work->arena;
	struct sheet_row row;
	size_t *counts = arena_alloc(arena, (result->column_count + 1) * sizeof *counts);
	result->values = arena_alloc(arena, (result->column_count + 1) * IMPORT_VALUES * sizeof *result->values);
	for (int i = 0; i < LOOKED && sheet_reader_next(reader, &row) == SHEET_ROW; i++) {
		if (import_is_heading(import, &row))
			continue;
		for (size_t at = 0; at < result->column_count && at < (size_t)row.count; at++)
			if (import_ignores(&result->columns[at]) && counts[at] < IMPORT_VALUES && *text_trim(arena, row.cells[at].text))
				result->values[at * IMPORT_VALUES + counts[at]++] = sample(arena, row.cells[at].text);
	}
}

enum status import_look(struct work *work, const struct import_ask *ask, struct import_result *result)
{
	struct import *import = import_new(work, ask, result);
	struct sheet_reader *reader = import_open(import);
	if (!reader)
		return work->status;
	read_values(import, reader);
	sheet_reader_close(reader);
	place_columns(import);
	work_forgive(work); /* of two columns that are one the reader chooses */
	if (read_set(import) == OK)
		find_missing(import);
	return work->status;
}
