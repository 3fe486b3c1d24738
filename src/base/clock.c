#include "base/clock.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static _Atomic int64_t shift; /* part of the settings: set once at start */
static atomic_bool started;

static int64_t machine_fine(unsigned *part)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	*part = (unsigned)(now.tv_nsec % 1000000 * 4096 / 1000000);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t machine_now(void)
{
	unsigned part;
	return machine_fine(&part);
}

int64_t clock_steady(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_set(int64_t stamp)
{
	atomic_store(&shift, stamp - machine_now());
	atomic_store(&started, true);
}

int64_t clock_now_fine(unsigned *part)
{
	if (!atomic_load(&started)) {
		int64_t stamp;
		const char *text = getenv("MUSTER_NOW");
		if (text && stamp_parse(text, &stamp))
			clock_set(stamp);
		atomic_store(&started, true);
	}
	return machine_fine(part) + atomic_load(&shift);
}

int64_t clock_now(void)
{
	unsigned part;
	return clock_now_fine(&part);
}

int64_t day_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_split(int64_t day, int *year, int *month, int *day_of_month)
{
	day += 719468;
	int64_t era = (day >= 0 ? day : day - 146096) / 146097;
	int64_t of_era = day - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;
	*day_of_month = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

int64_t day_month(int64_t day)
{
	int year, month, of_month;
	day_split(day, &year, &month, &of_month);
	return day - of_month + 1;
}

/* Reads exactly `count` digits. */
static bool digits(const char **text, int count, int *number)
{
	*number = 0;
	for (int i = 0; i < count; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*number = *number * 10 + (**text - '0');
	}
	return true;
}

static bool read_day(const char **text, int64_t *day)
{
	int year, month, of_month, again[3];
	if (!digits(text, 4, &year) || *(*text)++ != '-' || !digits(text, 2, &month) || *(*text)++ != '-' || !digits(text, 2, &of_month))
		return false;
	if (year < 1900 || month < 1 || month > 12 || of_month < 1)
		return false;
	*day = day_of(year, month, of_month);
	day_split(*day, &again[0], &again[1], &again[2]);
	return again[1] == month && again[2] == of_month;
}

bool day_parse(const char *text, int64_t *day)
{
	return read_day(&text, day) && !*text;
}

char *day_print(int64_t day, char text[DAY_TEXT])
{
	int year, month, of_month;
	day_split(day, &year, &month, &of_month);
	snprintf(text, DAY_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)of_month % 100);
	return text;
}

/* "Z", "+08:00" or "-0330" as minutes. */
static bool read_offset(const char *text, int *offset)
{
	if (strcmp(text, "Z") == 0) {
		*offset = 0;
		return true;
	}
	int hours, minutes, sign = *text == '-' ? -1 : 1;
	if (*text != '+' && *text != '-')
		return false;
	text++;
	if (!digits(&text, 2, &hours))
		return false;
	if (*text == ':')
		text++;
	if (!digits(&text, 2, &minutes) || *text || hours > 18 || minutes > 59)
		return false;
	*offset = sign * (hours * 60 + minutes);
	return true;
}

bool stamp_parse(const char *text, int64_t *stamp)
{
	int64_t day;
	int hour, minute, second = 0, offset, milli = 0, scale = 100;
	if (!read_day(&text, &day) || (*text != 'T' && *text != ' '))
		return false;
	text++;
	if (!digits(&text, 2, &hour) || *text++ != ':' || !digits(&text, 2, &minute))
		return false;
	if (*text == ':' && (text++, !digits(&text, 2, &second)))
		return false;
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++, scale /= 10)
			milli += (*text - '0') * scale;
	if (hour > 23 || minute > 59 || second > 59 || !read_offset(text, &offset))
		return false;
	*stamp = day * DAY_MS + ((int64_t)hour * 60 + minute - offset) * 60000 + second * 1000 + milli;
	return true;
}

char *stamp_print(int64_t stamp, char text[STAMP_TEXT])
{
	int64_t day = stamp_day(stamp, 0);
	int64_t rest = stamp - day * DAY_MS;
	char date[DAY_TEXT];
	snprintf(text, STAMP_TEXT, "%sT%02u:%02u:%02u.%03uZ", day_print(day, date), (unsigned)(rest / 3600000) % 24,
		(unsigned)(rest / 60000 % 60), (unsigned)(rest / 1000 % 60), (unsigned)(rest % 1000));
	return text;
}

int64_t stamp_day(int64_t stamp, int offset)
{
	int64_t local = stamp + (int64_t)offset * 60000;
	return (local >= 0 ? local : local - DAY_MS + 1) / DAY_MS;
}

int64_t day_stamp(int64_t day, int offset)
{
	return day * DAY_MS - (int64_t)offset * 60000;
}
