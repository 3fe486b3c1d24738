#include "app/available.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { DAY = 24 * 60, WEEK = WEEK_MINUTES, MINUTE_MS = 60000, EVERY = 0x7f, WORKING = 0x1f, ENDING = 0x60, THURSDAY = 3 };

/* Signs of the same meaning, each as one of ASCII; a blank is left out. */
static const struct text_sign signs[] = {{"，", ','}, {"、", ','}, {"；", ';'}, {"。", ';'}, {"\n", ';'}, {"：", ':'}, {"–", '-'},
	{"—", '-'}, {"－", '-'}, {"～", '-'}, {"~", '-'}, {"至", '-'}, {"到", '-'}, {"　", ' '}, {"\t", ' '}, {"\r", ' '}, {"每", ' '}};

/* Names of days as bits from Monday on; of those that begin alike the longer stands first. */
static const struct {
	const char *name;
	int days;
} names[] = {{"monday", 1}, {"mon", 1}, {"tuesday", 2}, {"tues", 2}, {"tue", 2}, {"wednesday", 4}, {"wed", 4}, {"thursday", 8},
	{"thurs", 8}, {"thu", 8}, {"friday", 16}, {"fri", 16}, {"saturday", 32}, {"sat", 32}, {"sunday", 64}, {"sun", 64},
	{"weekdays", WORKING}, {"weekends", ENDING}, {"weekend", ENDING}, {"daily", EVERY}, {"everyday", EVERY}, {"周末", ENDING},
	{"工作日", WORKING}, {"天", EVERY}, {"日", EVERY}, {"周一", 1}, {"周二", 2}, {"周三", 4}, {"周四", 8}, {"周五", 16}, {"周六", 32},
	{"周日", 64}, {"周天", 64}, {"星期一", 1}, {"星期二", 2}, {"星期三", 4}, {"星期四", 8}, {"星期五", 16}, {"星期六", 32},
	{"星期日", 64}, {"星期天", 64}};

static int read_name(const char **at)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strncmp(*at, names[i].name, strlen(names[i].name)) == 0) {
			*at += strlen(names[i].name);
			return names[i].days;
		}
	return 0;
}

static bool is_one(int days)
{
	return days && !(days & (days - 1));
}

/* "mon", "mon-fri", "fri-mon"; 0: it is none. */
static int read_days(const char **at)
{
	int first = read_name(at), last, days = first;
	if (!first || **at != '-')
		return first;
	++*at;
	last = read_name(at);
	if (!is_one(first) || !is_one(last))
		return 0;
	for (int day = first; day != last; days |= day)
		day = day == 1 << 6 ? 1 : day << 1;
	return days;
}

static bool read_clock(const char **at, int *minutes)
{
	int parts[2] = {0};
	for (int i = 0; i < 2; i++) {
		size_t digits = strspn(*at, "0123456789");
		if (digits < 1 || digits > 2 || (i && digits != 2) || (!i && (*at)[digits] != ':'))
			return false;
		for (; digits; digits--)
			parts[i] = parts[i] * 10 + *(*at)++ - '0';
		*at += !i;
	}
	*minutes = parts[0] * 60 + parts[1];
	return parts[1] < 60 && *minutes <= DAY;
}

struct reading {
	struct available *parts;
	size_t count;
};

static bool add(struct reading *reading, int days, int from, int until)
{
	for (int day = 0; day < 7; day++) {
		if (!(days >> day & 1))
			continue;
		if (reading->count == AVAILABLE_PARTS * 7)
			return false;
		reading->parts[reading->count++] = (struct available){day * DAY + from, day * DAY + until};
	}
	return true;
}

/* "mon-fri,sun18:00-22:00,06:00-08:00" */
static bool read_part(struct reading *reading, const char *at)
{
	int days = 0;
	while (*at && !isdigit((unsigned char)*at)) {
		int more = read_days(&at);
		if (!more)
			return false;
		days |= more;
		at += *at == ',';
	}
	days = days ? days : EVERY;
	if (!*at)
		return add(reading, days, 0, DAY);
	while (*at) {
		int from, until;
		if (!read_clock(&at, &from) || *at++ != '-' || !read_clock(&at, &until))
			return false;
		from %= DAY;
		if (!add(reading, days, from, until > from ? until : until + DAY) || (*at && *at++ != ','))
			return false;
	}
	return true;
}

static int by_beginning(const void *one, const void *other)
{
	const struct available *a = one, *b = other;
	return a->from != b->from ? a->from - b->from : a->until - b->until;
}

/* Those that touch become one, over the end of the week, too. */
static void join(struct reading *reading)
{
	struct available *parts = reading->parts;
	size_t count = 0;
	qsort(parts, reading->count, sizeof *parts, by_beginning);
	for (size_t i = 0; i < reading->count; i++)
		if (count && parts[i].from <= parts[count - 1].until)
			parts[count - 1].until = parts[i].until > parts[count - 1].until ? parts[i].until : parts[count - 1].until;
		else
			parts[count++] = parts[i];
	size_t first = 0;
	while (first + 1 < count && parts[first].from + WEEK <= parts[count - 1].until) {
		int until = parts[first++].until + WEEK;
		parts[count - 1].until = until > parts[count - 1].until ? until : parts[count - 1].until;
	}
	memmove(parts, parts + first, (count - first) * sizeof *parts);
	reading->count = count - first;
	if (reading->count == 1 && parts->until - parts->from >= WEEK)
		*parts = (struct available){0, 3 * WEEK};
}

enum status available_read(struct work *work, const char *field, const char *text, struct available **parts, size_t *count)
{
	struct reading reading = {.parts = arena_alloc(work->arena, AVAILABLE_PARTS * 7 * sizeof **parts)};
	const char *rest = text_plain(work->arena, text ? text : "", signs, sizeof signs / sizeof *signs), *one;
	while ((one = text_word(work->arena, &rest, ';')))
		if (*one && !read_part(&reading, one))
			return fail(work, BAD_FIELD, field,
				"cannot read \"%s\": write it like Mon-Fri 18:00-22:00; Sat,Sun 08:00-18:00|“%s”无法识别，请写成 周一至周五 18:00-22:00；周六、周日 08:00-18:00",
				one);
	join(&reading);
	*parts = reading.parts;
	*count = reading.count;
	return OK;
}

/* Minutes of a week; the same a week later lies within what goes on over its end. */
static bool within(const struct available *parts, size_t count, int from, int until)
{
	for (size_t i = 0; i < count; i++)
		for (int later = 0; later <= WEEK; later += WEEK)
			if (parts[i].from <= from + later && until + later <= parts[i].until)
				return true;
	return !count;
}

bool available_at(const struct available *parts, size_t count, int64_t starts, int64_t ends, int zone)
{
	int64_t day = stamp_day(starts, zone);
	int from = (int)((day + THURSDAY) % 7) * DAY + (int)((starts - day_stamp(day, zone)) / MINUTE_MS);
	return within(parts, count, from, from + (int)((ends - starts + MINUTE_MS - 1) / MINUTE_MS));
}

bool available_some_day(const struct available *parts, size_t count, int from, int until)
{
	for (int day = 0; day < 7; day++)
		if (within(parts, count, day * DAY + from, day * DAY + until))
			return true;
	return false;
}
