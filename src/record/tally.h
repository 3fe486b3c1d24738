/* Counts per area and day. What a row counts for is a step function of days: a save takes the old function away and adds the new one, at every day
 * where they differ, for every area that was an ancestor on that day. The table keeps, per area, measure and cell, the change of each
 * day and of each month (a stock on a day is the sum of the months before and of the days of its month: a few rows). A cell is the values of the
 * measure's `by` fields, joined by '|'.
 *
 * Changes are added up in memory and written once per batch of the writer. */
#pragma once

#include "record/record.h"

struct tally_buffer;

struct tally_buffer *tally_buffer_new(void);
void tally_buffer_free(struct tally_buffer *buffer);
void tally_begin(struct tally_buffer *buffer);
size_t tally_mark(const struct tally_buffer *buffer);
void tally_cut(struct tally_buffer *buffer, size_t mark);
void tally_flush(struct tally_buffer *buffer, struct db *db);

/* Adds (sign 1) or takes away (sign -1) what a row counts for, as the store now stands. A voided row counts for nothing. */
void tally_row(struct work *work, const struct row *row, int sign);

/* Where a row stands from a day on: its own area, or that of what it follows. */
struct stand {
	int64_t from;
	const char *path;
};
/* The stands of a row by day, earliest first (the first one also holds before it). The number of them; 0 where it stands nowhere. */
size_t row_stands(struct work *work, const struct row *row, struct stand **stands);

/* The paths by day of an area with this path today and this `moves` (may be NULL). */
size_t area_stands_read(struct work *work, const char *moves, const char *path, struct stand **stands);

/* The cell of a measure for a row as of a day, in the arena. */
const char *measure_cell(struct work *work, const struct measure *measure, const struct row *row, int64_t day);

/* Whether a cell fits what is wanted of its parts: of each one of several words, comma separated, or "" for any; NULL: every cell. */
bool cell_fits(const char *wanted, const char *cell);
/* Whether a measure is told by this part. */
bool measure_has_part(const struct measure *measure, const char *name);

/* Numbers of the areas of a path, from the top; the number of them. */
enum { PATH_STEP = 5, PATH_DEEP = 16 };
size_t path_areas(const char *path, int64_t areas[PATH_DEEP]);
/* The step of an area's number in a path: five digits to the base 36. */
char *path_step(int64_t number, char step[PATH_STEP + 1]);

/* One count read: of an area, a measure and a cell. */
struct count {
	int64_t area;
	const struct measure *measure;
	const char *cell;
	int64_t day; /* of a trend; else 0 */
	int64_t count; /* a stock on the day; a flow on the day, or up to it where `total` was asked */
};

struct count_ask {
	const int64_t *areas;
	size_t area_count;
	const struct measure *const *measures;
	size_t measure_count;
	int64_t day;
	bool total; /* a flow from its beginning up to the day */
};
/* Every count asked for that is not zero. In the arena. */
size_t tally_read(struct work *work, const struct count_ask *ask, struct count **counts);

/* A measure by name, and the record that it counts; NULL where there is none. */
const struct measure *measure_named(const char *name, const struct record **record);
