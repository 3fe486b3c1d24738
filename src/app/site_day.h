/*
 * What a firm alone knows of a day (企业日报, facts.md 2.2), told with its return. What muster knows already is never asked: the register, staff files, the daily health round, the filing,
 * checks, and the day before fill in what is not said, each saying where it comes from.
 * The sum is isolated + on duty + not returned = on the roll. Of the states of staff files `on_duty` is on duty and `isolating` isolated; every other one of those who belong to the firm
 * (expected, travelling, remote, leave, or none given) is not returned; `left` is not on the roll.
 */
#pragma once

#include "app/daily.h"

#define DEF "app/site_day.def"
#include "record/struct.h"

/* The row of a firm and a day; the last one before a day. NULL: none. Needs work->db. */
const struct site_day *site_day_find(struct work *work, struct id site, int64_t day);
const struct site_day *site_day_before(struct work *work, struct id site, int64_t day);
/* Days for which masks last those on duty, by the setting filing_masks_person; -1: that is not known. */
int64_t site_day_stock(struct work *work, const struct site_day *told);
/* Sets what follows from the others: more on duty, days of stock, whether these are too few. */
void site_day_compute(struct work *work, struct site_day *told);

/* What is told of a firm's day with its return. */
struct site_day_tell {
	const struct daily *daily; /* its numbers filled in; stored or about to be */
	const struct site_day *said; /* carries only what was said (a field carried as null is known again by itself); NULL: nothing was */
	bool same; /* what is not said is as on the last day that was told of */
	bool changed; /* out: something was written */
};
/* Makes the row of the day or changes it; with nothing said and nothing to repeat it makes none. Inside store_write, as part of the return's deed. */
enum status site_day_tell(struct work *work, struct site_day_tell *tell);
/* The numbers of the firm's return have changed: the row of its day and that of the day after say so too. Inside store_write. */
enum status site_day_follow(struct work *work, const struct daily *daily);

/* --- what is known already (site_day_facts.c) */

struct site_day_files {
	bool read;
	int64_t all, on_duty, isolating, elsewhere, outsourced, outsourced_on_duty, passed;
};
/* Where from: read as they are wanted. */
struct site_day_sources {
	const struct row *site; /* as it was on the day */
	int64_t day;
	const struct site_day *told, *before;
	struct site_day_files files;
	bool before_read;
};
/* Needs work->db. `told`: the row of the day itself; NULL: none. */
struct site_day_sources site_day_sources(struct work *work, const struct row *site, int64_t day, const struct site_day *told);
/* The staff files of the firm on the day. */
const struct site_day_files *site_day_files(struct work *work, struct site_day_sources *sources);

struct site_day_known {
	struct value value; /* null: not known */
	const char *source; /* told, files, round, gate, check, site, before, sum; NULL: not known */
	int64_t day; /* of before, check: the day; else 0 */
	int64_t count; /* of files, round, gate: of how many */
};
/* The last day before it that was told of; NULL: none. */
const struct site_day *site_day_last(struct work *work, struct site_day_sources *sources);
/* One field of the row: as told, else as known. `so_far` carries the numbers of the return and the fields before this one. */
struct site_day_known site_day_know(
	struct work *work, struct site_day_sources *sources, const struct field *field, const struct site_day *so_far);
/* The staff and those on duty of a day: as its return says; else those of the staff files where these cover the staff; else as the register has them. */
struct site_day_known site_day_number(
	struct work *work, struct site_day_sources *sources, const struct daily *daily, const struct field *site_field);
/* Whether the field may be told: neither set by muster itself nor what the row is about. */
bool site_day_asks(const struct field *field);
/* Whether it is told anew every day (setting site_day_anew): what was told the day before says nothing of it. */
bool site_day_anew(struct work *work, const struct field *field);
/* Whether it must be told (setting site_day_needed) before the row holds. */
bool site_day_needs(struct work *work, const struct field *field, const struct site_day *told);
