/* Whole numbers, money, yes and no, days and moments. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/record.h"

/* A number kept in tenths as people write it: 365 is 36.5. */
static const char *print_whole(struct arena *arena, const struct field *field, struct value value)
{
	int64_t size = value.whole < 0 ? -value.whole : value.whole;
	if (!field->scale)
		return arena_print(arena, "%lld", (long long)value.whole);
	return arena_print(arena, "%s%lld.%lld", value.whole < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
}

static enum status check_range(struct work *work, const struct field *field, struct value *value)
{
	int64_t most = field->max ? field->max : INT64_C(9007199254740991); /* what a browser holds exactly */
	if (value->whole < field->min)
		return fail(work, BAD_FIELD, field->name, "must be at least %s|不能小于 %s",
			print_whole(work->arena, field, value_whole(field->min)));
	if (value->whole > most)
		return fail(
			work, BAD_FIELD, field->name, "must be at most %s|不能大于 %s", print_whole(work->arena, field, value_whole(most)));
	return OK;
}

/* Without the unit that people write behind a number: "36.5℃", "120 人". */
static const char *without_unit(struct arena *arena, const struct field *field, const char *text)
{
	const char *trimmed = text_trim(arena, text);
	size_t size = strlen(trimmed);
	for (enum language language = CHINESE; field->unit && language <= ENGLISH; language++) {
		const char *unit = text_in(arena, field->unit, language);
		size_t end = strlen(unit);
		if (end && end < size && strcmp(trimmed + size - end, unit) == 0)
			return text_trim(arena, arena_text(arena, trimmed, size - end));
	}
	return trimmed;
}

/* A number with at most so many decimals, as a whole number of the smallest part. */
static enum status read_places(struct work *work, const struct field *field, const char *text, int places, struct value *value)
{
	struct buf digits = {.arena = work->arena};
	int decimals = -1;
	for (const char *at = without_unit(work->arena, field, text); *at; at++) {
		if (*at == '.' && places && decimals < 0)
			decimals = 0;
		else if (*at != ',') {
			buf_char(&digits, *at);
			decimals += decimals >= 0;
		}
	}
	bool any = digits.size;
	if (decimals > places)
		return fail(work, BAD_FIELD, field->name,
			places == 1 ? "takes one decimal at most|最多一位小数" : "takes two decimals at most|最多两位小数");
	for (int i = decimals < 0 ? 0 : decimals; i < places; i++)
		buf_char(&digits, '0');
	char *end;
	errno = 0;
	*value = value_whole(strtoll(buf_end(&digits), &end, 10));
	if (*end || !any || errno)
		return fail(work, BAD_FIELD, field->name,
			places == 1 ? "must be a number such as 36.5|须为数字，如 36.5" : "must be a whole number|须为整数");
	return check_range(work, field, value);
}

static enum status read_whole(struct work *work, const struct field *field, const char *text, struct value *value)
{
	return read_places(work, field, text, field->scale, value);
}

/* Yuan with at most two decimals, as fen. */
static enum status read_amount(struct work *work, const struct field *field, const char *text, struct value *value)
{
	return read_places(work, field, text, 2, value);
}

static const char *print_amount(struct arena *arena, const struct field *field, struct value value)
{
	(void)field;
	int64_t fen = value.whole < 0 ? -value.whole : value.whole;
	return arena_print(arena, "%s%lld.%02lld", value.whole < 0 ? "-" : "", (long long)(fen / 100), (long long)(fen % 100));
}

static enum status read_flag(struct work *work, const struct field *field, const char *text, struct value *value)
{
	static const char yes[] = "是 有 1 true yes TRUE Yes Y y √", no[] = "否 无 0 false no FALSE No N n ×";
	const char *word = text_trim(work->arena, text);
	*value = value_whole(text_listed(yes, ' ', word));
	if (!value->whole && !text_listed(no, ' ', word))
		return fail(work, BAD_FIELD, field->name, "must be yes or no|须为“是”或“否”");
	return OK;
}

static void write_flag(struct json *json, struct value value)
{
	json_flag(json, value.whole);
}

static const char *print_flag(struct arena *arena, const struct field *field, struct value value)
{
	(void)arena, (void)field;
	return value.whole ? "是" : "否";
}

static enum status read_day(struct work *work, const struct field *field, const char *text, struct value *value)
{
	int64_t day;
	struct buf dashed = {.arena = work->arena};
	for (const char *at = text_trim(work->arena, text); *at; at++)
		buf_char(&dashed, *at == '/' || *at == '.' ? '-' : *at);
	if (!day_parse(buf_end(&dashed), &day))
		return fail(work, BAD_FIELD, field->name, "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	*value = value_whole(day);
	return OK;
}

static void write_day(struct json *json, struct value value)
{
	json_day(json, value.whole);
}

static const char *print_day(struct arena *arena, const struct field *field, struct value value)
{
	(void)field;
	return day_print(value.whole, arena_alloc(arena, DAY_TEXT));
}

static enum status read_stamp(struct work *work, const struct field *field, const char *text, struct value *value)
{
	int64_t stamp;
	if (!stamp_parse(text_trim(work->arena, text), &stamp))
		return fail(work, BAD_FIELD, field->name,
			"must be a moment such as 2020-03-05T12:00:00+08:00|须为时间，如 2020-03-05T12:00:00+08:00");
	*value = value_whole(stamp);
	return OK;
}

static void write_stamp(struct json *json, struct value value)
{
	json_stamp(json, value.whole);
}

static const char *print_stamp(struct arena *arena, const struct field *field, struct value value)
{
	(void)field;
	return stamp_print(value.whole, arena_alloc(arena, STAMP_TEXT));
}

const struct kind kind_whole = {.name = "whole", .holds = VALUE_WHOLE, .read = read_whole, .check = check_range, .print = print_whole};
const struct kind kind_amount = {.name = "amount", .holds = VALUE_WHOLE, .read = read_amount, .check = check_range, .print = print_amount};
const struct kind kind_flag = {.name = "flag", .holds = VALUE_WHOLE, .read = read_flag, .write = write_flag, .print = print_flag};
const struct kind kind_day = {.name = "day", .holds = VALUE_WHOLE, .read = read_day, .write = write_day, .print = print_day};
const struct kind kind_stamp = {.name = "stamp", .holds = VALUE_WHOLE, .read = read_stamp, .write = write_stamp, .print = print_stamp};
