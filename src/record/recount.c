#include "record/recount.h"

#include "base/clock.h"
#include "record/history.h"
#include "record/rows.h"
#include "record/tally_buffer.h"

struct recount {
	struct work *work;
	FILE *out;
	int64_t wrong;
};

/* Adds up every row of every record as if the store had no tallies yet. */
static void count_rows(struct work *work)
{
	struct arena *kept = work->arena;
	for (size_t i = 0; i < record_count; i++) {
		const struct record *record = records[i];
		if (!record->measure_count)
			continue;
		/* rows are read in an arena of their own, which is emptied as it goes */
		work->arena = arena_new();
		const char *sql = arena_print(kept, "SELECT %s FROM %s WHERE voided_at IS NULL", row_columns(kept, record), record->plural);
		struct query *query = db_walk(work->db, sql, NOTHING);
		while (db_next(query)) {
			tally_row(work, row_read(work, record, query), 1);
			arena_reset(work->arena);
		}
		arena_free(work->arena);
		work->arena = kept;
	}
}

static void compare(void *context, int64_t area, const char *measure, const char *cell, int64_t day, int span, int64_t counted)
{
	struct recount *recount = context;
	char text[DAY_TEXT];
	int64_t stored = db_get(recount->work->db, 0,
		"SELECT sum(n) FROM tallies WHERE area = ? AND measure = ? AND span = ? AND cell = ? AND day = ?",
		BIND(V(area), V(measure), V(span), V(cell), V(day)));
	if (stored == counted)
		return;
	recount->wrong++;
	fprintf(recount->out, "area %lld %s [%s] %s%s: rows %lld, tally %lld\n", (long long)area, measure, cell, span ? "month " : "",
		day_print(day, text), (long long)counted, (long long)stored);
}

int64_t recount_all(struct work *work, FILE *out)
{
	struct recount recount = {.work = work, .out = out};
	int64_t broken;
	store_read(work);
	work->tallies = tally_buffer_new();
	count_rows(work);
	/* what is stored and was not counted must be nothing */
	struct query *query = db_walk(work->db, "SELECT area, measure, span, cell, day, n FROM tallies WHERE n <> 0", NOTHING);
	while (db_next(query)) {
		const struct measure *measure = measure_named(db_text(query, 1), NULL);
		if (measure && db_whole(query, 2) == 0)
			tally_add(work->tallies, db_whole(query, 0), measure, db_text(query, 3), db_whole(query, 4), 0);
	}
	tally_each(work->tallies, compare, &recount);
	tally_buffer_free(work->tallies);
	work->tallies = NULL;
	int64_t entries = history_check(work, &broken);
	if (broken) {
		fprintf(out, "history: entry %lld of %lld does not fit its chain\n", (long long)broken, (long long)entries);
		recount.wrong++;
	}
	store_release(work);
	return recount.wrong;
}
