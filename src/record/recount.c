#include "record/recount.h"

#include "base/clock.h"
#include "base/log.h"
#include "record/history.h"
#include "record/rows.h"
#include "record/tally_buffer.h"

struct recount {
	struct work *work;
	FILE *out;
	int64_t wrong;
};

/* Whether a record has a measure of these names, divided by blanks. */
static bool has_any(const struct record *record, const char *measures)
{
	size_t i = 0;
	while (i < record->measure_count && !text_listed(measures, ' ', record->measures[i].name))
		i++;
	return i < record->measure_count;
}

/* Adds up every row of every record that has one of these measures as if the store had no tallies yet; NULL: of all. */
static void count_rows(struct work *work, const char *measures)
{
	struct arena *kept = work->arena;
	for (size_t i = 0; i < record_count; i++) {
		const struct record *record = records[i];
		if (measures ? !has_any(record, measures) : !record->measure_count)
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
	count_rows(work, NULL);
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

struct fill {
	const char *measures;
	struct tally_buffer *into;
};

static void fill(void *context, int64_t area, const char *name, const char *cell, int64_t day, int span, int64_t change)
{
	struct fill *filling = context;
	if (change && span == 0 && text_listed(filling->measures, ' ', name))
		tally_add(filling->into, area, measure_named(name, NULL), cell, day, change);
}

/* Adds what the rows count for by these measures, less what is stored. */
static void fill_tallies(struct work *work, const char *measures)
{
	struct fill filling = {.measures = measures, .into = work->tallies};
	work->tallies = tally_buffer_new();
	count_rows(work, measures);
	struct query *query = db_walk(work->db, "SELECT area, measure, cell, day, n FROM tallies WHERE span = 0 AND n <> 0", NOTHING);
	while (db_next(query)) {
		const char *name = db_text(query, 1);
		if (text_listed(measures, ' ', name))
			tally_add(work->tallies, db_whole(query, 0), measure_named(name, NULL), db_text(query, 2), db_whole(query, 3),
				-db_whole(query, 4));
	}
	tally_each(work->tallies, fill, &filling);
	tally_buffer_free(work->tallies);
	work->tallies = filling.into;
}

enum status recount_fill(struct work *work)
{
	struct buf now = {.arena = work->arena}, missing = {.arena = work->arena};
	const char *known = "";
	struct query *query = db_query(work->db, "SELECT value FROM settings WHERE name = 'measures'", NOTHING);
	while (db_next(query))
		known = db_copy(query, 0, work->arena);
	for (size_t i = 0; i < record_count; i++)
		for (size_t j = 0; j < records[i]->measure_count; j++) {
			const struct measure *measure = &records[i]->measures[j];
			const char *noted = arena_print(work->arena, "%s(%s)", measure->name, measure->by);
			buf_print(&now, "%s ", noted);
			if (!text_listed(known, ' ', noted))
				buf_print(&missing, "%s ", measure->name);
		}
	const char *note = buf_end(&now), *measures = buf_end(&missing);
	if (text_same(known, note))
		return OK;
	int64_t start = clock_now();
	if (*measures)
		fill_tallies(work, measures);
	db_run(work->db,
		"INSERT INTO settings (name, value) VALUES ('measures', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		BIND(V(note)));
	log_event(LOG_INFO, "tallies", ",\"filled\":\"%s\",\"ms\":%lld", measures, (long long)(clock_now() - start));
	return work->status;
}
