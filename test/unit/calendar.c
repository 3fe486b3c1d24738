/* Working days and hours, around the Spring Festival of 2020 above all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/clock.h"

static int64_t day(const char *text)
{
	int64_t day;
	assert_true(day_parse(text, &day));
	return day;
}

static int64_t at(const char *date, int hour, int minute)
{
	return day(date) * DAY_MS + (hour * 60 + minute) * INT64_C(60000);
}

static void table(void **state)
{
	(void)state;
	assert_int_equal(calendar_first_year, 2004);
	assert_true(calendar_last_year >= 2026);
	for (size_t i = 1; i < calendar_table_count; i++)
		assert_true(calendar_table[i - 1].day < calendar_table[i].day);
	assert_true(calendar_known(day("2020-02-01")));
	assert_false(calendar_known(day("1999-02-01")));
	assert_false(calendar_known(day("2099-02-01")));
}

static void spring_2020(void **state)
{
	(void)state;
	assert_true(calendar_working(NULL, day("2020-01-19"))); /* a Sunday made up */
	assert_true(calendar_working(NULL, day("2020-01-23")));
	for (int64_t off = day("2020-01-24"); off <= day("2020-02-02"); off++)
		assert_false(calendar_working(NULL, off));
	assert_true(calendar_working(NULL, day("2020-02-03")));
	assert_false(calendar_working(NULL, day("2020-02-08")));
	assert_true(calendar_working(NULL, day("2099-02-02")) && !calendar_working(NULL, day("2099-02-01")));
	assert_true(calendar_working(NULL, day("1969-12-31")) && !calendar_working(NULL, day("1969-12-28")));
}

static void days(void **state)
{
	(void)state;
	assert_int_equal(calendar_add_days(NULL, day("2020-01-17"), 1), day("2020-01-19"));
	assert_int_equal(calendar_add_days(NULL, day("2020-01-23"), 3), day("2020-02-05"));
	assert_int_equal(calendar_add_days(NULL, day("2020-01-25"), 0), day("2020-01-25"));
	assert_int_equal(calendar_add_days(NULL, day("2020-02-03"), -1), day("2020-01-23"));
	assert_int_equal(calendar_count_days(NULL, day("2020-01-19"), day("2020-02-04")), 6);
	assert_int_equal(calendar_count_days(NULL, day("2020-02-04"), day("2020-01-19")), 0);
}

/* Guangdong and others let nobody start before 9 February 2020; others worked through. */
static void edits(void **state)
{
	(void)state;
	struct calendar_day own[] = {{(int32_t)day("2020-02-02"), true}, {(int32_t)day("2020-02-03"), false}};
	struct calendar calendar = {own, 2};
	assert_true(calendar_working(&calendar, day("2020-02-02")));
	assert_false(calendar_working(&calendar, day("2020-02-03")));
	assert_false(calendar_working(&calendar, day("2020-02-01")));
	assert_int_equal(calendar_add_days(&calendar, day("2020-01-23"), 2), day("2020-02-04"));
}

static void hours(void **state)
{
	(void)state;
	struct calendar_window windows[] = {{540, 720}, {840, 1080}}; /* 09-12, 14-18 */
	struct calendar_hours hours = {windows, 2};
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-03-05", 10, 0), 60), at("2020-03-05", 11, 0));
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-03-05", 11, 0), 60), at("2020-03-05", 12, 0));
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-03-05", 11, 0), 61), at("2020-03-05", 14, 1));
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-03-06", 17, 30), 120), at("2020-03-09", 10, 30));
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-01-23", 18, 0), 420), at("2020-02-03", 18, 0));
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-01-25", 3, 0), 0), at("2020-02-03", 9, 0));
	int64_t later = calendar_add_days(NULL, day("2020-03-05"), 250);
	assert_int_equal(calendar_add_minutes(NULL, &hours, at("2020-03-05", 10, 0), 420 * 250), later * DAY_MS + 10 * 60 * INT64_C(60000));
	assert_int_equal(calendar_count_days(NULL, day("2020-03-05"), later), 250);
	assert_int_equal(calendar_count_minutes(NULL, &hours, at("2020-03-06", 17, 30), at("2020-03-09", 10, 30)), 120);
	assert_int_equal(calendar_count_minutes(NULL, &hours, at("2020-01-23", 18, 0), at("2020-02-03", 23, 0)), 420);
	assert_int_equal(calendar_count_minutes(NULL, &hours, at("2020-02-04", 18, 0), at("2020-02-03", 23, 0)), 0);
}

static void no_time(void **state)
{
	(void)state;
	struct calendar_hours none = {NULL, 0};
	assert_true(calendar_add_minutes(NULL, &none, at("2020-03-05", 10, 0), 5) == INT64_MAX);
	struct calendar_window empty[] = {{540, 540}};
	struct calendar_hours hours = {empty, 1};
	assert_true(calendar_add_minutes(NULL, &hours, at("2020-03-05", 10, 0), 5) == INT64_MAX);
	assert_int_equal(calendar_count_minutes(NULL, &none, at("2020-03-05", 10, 0), at("2020-03-06", 10, 0)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(spring_2020),
		cmocka_unit_test(days),
		cmocka_unit_test(edits),
		cmocka_unit_test(hours),
		cmocka_unit_test(no_time),
	};
	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
