#include "record/record.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"

void breaks_add(struct breaks *breaks, int64_t day)
{
	size_t at = breaks->count;
	while (at > 0 && breaks->days[at - 1] > day)
		at--;
	if (at > 0 && breaks->days[at - 1] == day)
		return;
	breaks->days = arena_room(breaks->arena, breaks->days, breaks->count, &breaks->space, sizeof *breaks->days);
	memmove(breaks->days + at + 1, breaks->days + at, (breaks->count - at) * sizeof *breaks->days);
	breaks->days[at] = day;
	breaks->count++;
}

void breaks_span(struct breaks *breaks, int64_t from, int64_t after)
{
	breaks_add(breaks, from);
	if (after != DAY_FAR)
		breaks_add(breaks, after);
}

void warn(struct work *work, struct warnings *warnings, const char *field, struct id other, const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	const char *detail = arena_vprint(work->arena, work_text(work, format), arguments);
	va_end(arguments);
	*ARENA_PUSH(work->arena, warnings->list, warnings->count, warnings->space) =
		(struct warning){.field = field, .detail = detail, .other = other, .name = name};
}

const struct record *record_named(const char *name)
{
	for (size_t i = 0; i < record_count; i++)
		if (strcmp(records[i]->name, name) == 0)
			return records[i];
	return NULL;
}

size_t record_index(const struct record *record)
{
	size_t at = 0;
	while (records[at] != record)
		at++;
	return at;
}

const struct record *record_plural(const char *plural)
{
	for (size_t i = 0; i < record_count; i++)
		if (strcmp(records[i]->plural, plural) == 0)
			return records[i];
	return NULL;
}

const struct field *record_field(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

const struct step *record_step(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->step_count; i++)
		if (strcmp(record->steps[i].name, name) == 0)
			return &record->steps[i];
	return NULL;
}

static size_t bit_words(const struct record *record)
{
	return (record->field_count + 63) / 64;
}

struct row *row_new(struct arena *arena, const struct record *record)
{
	struct row *row = arena_alloc(arena, record->size + 2 * bit_words(record) * sizeof(uint64_t));
	row->record = record;
	row->has = (uint64_t *)((char *)row + record->size);
	row->null = row->has + bit_words(record);
	row->path = "";
	row->next_day = DAY_FAR;
	return row;
}

struct row *row_copy(struct arena *arena, const struct row *row)
{
	struct row *copy = row_new(arena, row->record);
	uint64_t *has = copy->has, *null = copy->null;
	memcpy(copy, row, row->record->size + 2 * bit_words(row->record) * sizeof(uint64_t));
	copy->has = has;
	copy->null = null;
	return copy;
}

static size_t index_of(const struct row *row, const struct field *field)
{
	return (size_t)(field - row->record->fields);
}

bool row_has(const struct row *row, const struct field *field)
{
	size_t at = index_of(row, field);
	return row->has[at / 64] >> (at % 64) & 1;
}

bool row_null(const struct row *row, const struct field *field)
{
	size_t at = index_of(row, field);
	return !row_has(row, field) || (row->null[at / 64] >> (at % 64) & 1);
}

struct value row_get(const struct row *row, const struct field *field)
{
	const void *member = (const char *)row + field->offset;
	if (row_null(row, field))
		return value_null();
	if (field->kind->holds == VALUE_WHOLE)
		return value_whole(*(const int64_t *)member);
	if (field->kind->holds == VALUE_ID)
		return value_id(*(const struct id *)member);
	return value_text(*(const char *const *)member);
}

static void put_member(struct row *row, const struct field *field, struct value value)
{
	void *member = (char *)row + field->offset;
	if (field->kind->holds == VALUE_WHOLE)
		*(int64_t *)member = value.whole;
	else if (field->kind->holds == VALUE_ID)
		*(struct id *)member = value.id;
	else
		*(const char **)member = value.text;
}

void row_set(struct row *row, const struct field *field, struct value value)
{
	size_t at = index_of(row, field);
	uint64_t bit = UINT64_C(1) << (at % 64);
	row->has[at / 64] |= bit;
	if (value.type == VALUE_NULL) {
		row->null[at / 64] |= bit;
		value = (struct value){0};
	} else {
		row->null[at / 64] &= ~bit;
	}
	put_member(row, field, value);
}

void row_drop(struct row *row, const struct field *field)
{
	size_t at = index_of(row, field);
	row->has[at / 64] &= ~(UINT64_C(1) << (at % 64));
	row->null[at / 64] &= ~(UINT64_C(1) << (at % 64));
	put_member(row, field, (struct value){0});
}

bool value_same(struct value one, struct value other)
{
	if (one.type != other.type)
		return false;
	switch (one.type) {
	case VALUE_WHOLE: return one.whole == other.whole;
	case VALUE_TEXT: return strcmp(one.text, other.text) == 0;
	case VALUE_ID: return id_same(one.id, other.id);
	default: return one.type == VALUE_NULL;
	}
}
