/* The return (日报) of an area or a firm for a day. */
#pragma once

#include "app/area.h"
#include "app/site.h"
#include "record/tally.h"

#define DEF "app/daily.def"
#include "record/struct.h"

/* The stamp until which the return of a day is in time: settings return_due ("12:00") and return_due_days (1). */
int64_t daily_due(struct work *work, int64_t day);
/* The end of the day in the incident's zone: what the figures are as of. */
int64_t daily_as_of(struct work *work, int64_t day);
/* The live return of an area or (where `site` is one) of a firm for a day; NULL: nobody has begun it. */
struct daily *daily_find(struct work *work, struct id area, struct id site, int64_t day);
/* Whether it counts as reported: submitted or sealed. */
bool daily_in(const struct daily *daily);

/* One tap: makes the return of an area or a firm, or submits the one begun. */
struct daily_confirm {
	struct id id; /* of a new return; none: one is made */
	struct id deed; /* names this confirmation, so that a late retry does not undo what came after it; none: not named */
	struct id area, site; /* one of them */
	int64_t day;
	bool zero; /* nothing to report */
	bool same; /* a firm's numbers as on the day before */
	int64_t staff, on_duty; /* -1: not given */
	const char *text; /* NULL: not given */
	const char *jump_reason; /* NULL: not given */
	const struct site_day *facts; /* of a firm: carries what was told of its day (site_day.h); NULL: nothing was */
	struct row *row; /* the outcome */
};
/* Inside store_write. The same confirmation again changes nothing. BAD_STATE where the day is sealed. */
enum status daily_confirm(struct work *work, void *confirm);

/* A figure of an area's return. */
struct figure {
	const struct measure *measure;
	bool total; /* of a flow: all up to the day */
	int64_t value; /* as kept in the return, else as counted now */
	int64_t before; /* of the day before */
	int64_t now; /* as counted now */
};
struct figures {
	struct figure *list;
	size_t count;
};
/* The figures of an area and a day, counted now. Which: setting return_figures and the measures of every indicator. */
struct figures daily_count(struct work *work, int64_t area_number, int64_t day);
/* The same with what the return kept in place of the values, where it is in; `now` stays counted. `daily` may be NULL. */
struct figures daily_figures(struct work *work, const struct daily *daily, int64_t area_number, int64_t day);
/* The figure of a measure; NULL where the return has none. */
const struct figure *figures_find(const struct figures *figures, const char *measure, bool total);
/* What a return keeps: JSON of its figures and of who had reported. Inside store_write or on a reader. */
const char *daily_snapshot(struct work *work, int64_t area_number, struct id area, int64_t day);

/* How one area, or firm, stands on a day. */
struct daily_state {
	struct id id; /* of the area or site */
	const char *name;
	const char *code;
	int64_t level;
	int64_t number; /* of the area */
	struct id row; /* of its return; none */
	const char *state; /* missing, late, zero, submitted, sent_back, sealed */
	bool late, zero;
	int64_t at; /* submitted; 0 */
	const char *by;
	const char *reason;
};
/* The state of a return in one word; `daily` NULL: missing. A late return that has nothing to report is late. */
const char *daily_word(const struct daily *daily);
/* The areas directly below one that make returns (down to setting return_deepest), in order of the tree. */
size_t daily_children(struct work *work, struct id area, int64_t day, struct daily_state **children);

struct daily_firms {
	int64_t due, reported, zero, late, missing;
};
/* Counts of the firms of an area, from the tallies. */
struct daily_firms daily_firms(struct work *work, int64_t area_number, int64_t day);

struct daily_missing {
	struct id area, site; /* one of them */
	const char *name;
	const char *code; /* of an area */
	const char *path;
};
struct missing_ask {
	const struct area *area;
	int64_t day;
	bool areas, firms; /* which of them */
	bool below; /* areas at every level, not only the children */
	size_t limit;
	const char *after; /* cursor; NULL from the start */
};
/* Who has not reported: areas, then firms. The number of them; *next is the cursor, NULL at the end. Firms within reach only. A page may be
 * short although more follow. */
enum status daily_missing(struct work *work, const struct missing_ask *ask, struct daily_missing **list, size_t *count, const char **next);
