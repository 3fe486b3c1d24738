/* The buffer of changes: a table of cells, and a log of what was added to cut it back by. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/tally_buffer.h"

struct cell {
	int64_t area;
	const struct measure *measure;
	const char *name;
	int64_t day;
	int64_t change;
	uint64_t hash;
};

struct entry {
	uint32_t cell;
	int64_t change;
};

struct tally_buffer {
	struct arena *arena;
	struct cell *cells;
	size_t count, space;
	uint32_t *slots; /* cell index + 1; 0 free */
	size_t slot_count;
	struct entry *log;
	size_t logged, log_space;
};

static void *must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

struct tally_buffer *tally_buffer_new(void)
{
	struct tally_buffer *buffer = must(calloc(1, sizeof *buffer));
	buffer->arena = arena_new();
	return buffer;
}

void tally_buffer_free(struct tally_buffer *buffer)
{
	if (!buffer)
		return;
	arena_free(buffer->arena);
	free(buffer->cells);
	free(buffer->slots);
	free(buffer->log);
	free(buffer);
}

void tally_begin(struct tally_buffer *buffer)
{
	arena_reset(buffer->arena);
	buffer->count = buffer->logged = 0;
	if (buffer->slots)
		memset(buffer->slots, 0, buffer->slot_count * sizeof *buffer->slots);
}

size_t tally_mark(const struct tally_buffer *buffer)
{
	return buffer->logged;
}

void tally_cut(struct tally_buffer *buffer, size_t mark)
{
	while (buffer->logged > mark) {
		const struct entry *entry = &buffer->log[--buffer->logged];
		buffer->cells[entry->cell].change -= entry->change;
	}
}

static uint64_t hash_cell(int64_t area, const struct measure *measure, const char *name, int64_t day)
{
	uint64_t hash = (uint64_t)area * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)measure ^ (uint64_t)day << 32;
	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return hash ^ hash >> 29;
}

static void place(struct tally_buffer *buffer, uint32_t index)
{
	size_t at = buffer->cells[index].hash & (buffer->slot_count - 1);
	while (buffer->slots[at])
		at = (at + 1) & (buffer->slot_count - 1);
	buffer->slots[at] = index + 1;
}

static void grow(struct tally_buffer *buffer)
{
	if (buffer->count == buffer->space) {
		buffer->space = buffer->space ? buffer->space * 2 : 1024;
		buffer->cells = must(realloc(buffer->cells, buffer->space * sizeof *buffer->cells));
	}
	if (buffer->slot_count < 2 * buffer->space) {
		buffer->slot_count = 2 * buffer->space;
		free(buffer->slots);
		buffer->slots = must(calloc(buffer->slot_count, sizeof *buffer->slots));
		for (size_t i = 0; i < buffer->count; i++)
			place(buffer, (uint32_t)i);
	}
}

static uint32_t find(struct tally_buffer *buffer, int64_t area, const struct measure *measure, const char *name, int64_t day)
{
	uint64_t hash = hash_cell(area, measure, name, day);
	for (size_t at = hash & (buffer->slot_count - 1); buffer->slots && buffer->slots[at]; at = (at + 1) & (buffer->slot_count - 1)) {
		const struct cell *cell = &buffer->cells[buffer->slots[at] - 1];
		if (cell->hash == hash && cell->area == area && cell->measure == measure && cell->day == day &&
			strcmp(cell->name, name) == 0)
			return buffer->slots[at] - 1;
	}
	grow(buffer);
	uint32_t index = (uint32_t)buffer->count++;
	buffer->cells[index] =
		(struct cell){.area = area, .measure = measure, .name = arena_copy(buffer->arena, name), .day = day, .hash = hash};
	place(buffer, index);
	return index;
}

void tally_add(struct tally_buffer *buffer, int64_t area, const struct measure *measure, const char *name, int64_t day, int64_t change)
{
	uint32_t cell = find(buffer, area, measure, name, day);
	buffer->cells[cell].change += change;
	if (buffer->logged == buffer->log_space) {
		buffer->log_space = buffer->log_space ? buffer->log_space * 2 : 1024;
		buffer->log = must(realloc(buffer->log, buffer->log_space * sizeof *buffer->log));
	}
	buffer->log[buffer->logged++] = (struct entry){.cell = cell, .change = change};
}

void tally_point(struct tally_points *points, const struct measure *measure, const char *cell, int64_t day, int64_t change)
{
	*ARENA_PUSH(points->arena, points->list, points->count, points->space) =
		(struct tally_point){.measure = measure, .cell = arena_copy(points->arena, cell), .day = day, .change = change};
}

void tally_waiting(struct tally_buffer *buffer, int64_t area, struct tally_points *points, int sign)
{
	for (size_t i = 0; i < buffer->count; i++) {
		const struct cell *cell = &buffer->cells[i];
		if (cell->area == area && cell->change)
			tally_point(points, cell->measure, cell->name, cell->day, sign * cell->change);
	}
}

static int compare(const void *one, const void *other)
{
	const struct cell *a = one, *b = other;
	int order = (a->area > b->area) - (a->area < b->area);
	if (!order)
		order = strcmp(a->measure->name, b->measure->name);
	if (!order)
		order = strcmp(a->name, b->name);
	return order ? order : (a->day > b->day) - (a->day < b->day);
}

void tally_each(struct tally_buffer *buffer,
	void (*give)(void *context, int64_t area, const char *measure, const char *cell, int64_t day, int span, int64_t change),
	void *context)
{
	/* in key order: neighbours share pages, and writers side by side cannot lock each other out. The order of cells and of
	 * the log is lost, so this is the end of the batch */
	if (buffer->count)
		qsort(buffer->cells, buffer->count, sizeof *buffer->cells, compare);
	for (size_t i = 0; i < buffer->count;) {
		const struct cell *first = &buffer->cells[i];
		int64_t month = day_month(first->day), sum = 0;
		for (; i < buffer->count; i++) {
			const struct cell *cell = &buffer->cells[i];
			if (cell->area != first->area || cell->measure != first->measure || strcmp(cell->name, first->name) != 0 ||
				day_month(cell->day) != month)
				break;
			give(context, cell->area, cell->measure->name, cell->name, cell->day, 0, cell->change);
			sum += cell->change;
		}
		give(context, first->area, first->measure->name, first->name, month, 1, sum);
	}
	tally_begin(buffer);
}

static void upsert(void *context, int64_t area, const char *measure, const char *cell, int64_t day, int span, int64_t change)
{
	static const char sql[] = "INSERT INTO tallies (area, measure, span, cell, day, n) VALUES (?, ?, ?, ?, ?, ?) "
				  "ON CONFLICT (area, measure, span, cell, day) DO UPDATE SET n = tallies.n + excluded.n";
	static const char slotted[] = "INSERT INTO tallies (area, measure, span, cell, day, slot, n) VALUES (?, ?, ?, ?, ?, ?, ?) "
				      "ON CONFLICT (area, measure, span, cell, day, slot) DO UPDATE SET n = tallies.n + excluded.n";
	if (change && db_homed(context))
		db_send(context, slotted, BIND(V(area), V(measure), V(span), V(cell), V(day), V(db_slot(context)), V(change)));
	else if (change)
		db_send(context, sql, BIND(V(area), V(measure), V(span), V(cell), V(day), V(change)));
}

void tally_flush(struct tally_buffer *buffer, struct db *db)
{
	tally_each(buffer, upsert, db);
}
