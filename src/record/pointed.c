#include "record/pointed.h"

#include <stdlib.h>
#include <string.h>

#include "record/follow.h"
#include "record/rows.h"

enum { SLOTS = 1 << 16, MOST = SLOTS / 2, NOTES = 128 };

struct note {
	const char *name, *value;
	uint64_t epoch;
};

struct pointed_memory {
	struct arena *arena;
	struct pointed *slots[SLOTS]; /* open addressing by id; nothing is taken out but all at once */
	size_t count;
	struct note notes[NOTES];
	size_t note_count;
};

struct pointed_memory *pointed_memory_new(void)
{
	struct pointed_memory *memory = calloc(1, sizeof *memory);
	if (!memory)
		abort();
	memory->arena = arena_new();
	return memory;
}

void pointed_memory_free(struct pointed_memory *memory)
{
	if (!memory)
		return;
	arena_free(memory->arena);
	free(memory);
}

void pointed_begin(struct pointed_memory *memory, bool stale)
{
	if (!stale && memory->count < MOST)
		return;
	if (memory->count)
		memset(memory->slots, 0, sizeof memory->slots);
	memory->count = memory->note_count = 0;
	arena_reset(memory->arena);
}

/* Only the writer remembers. */
static struct pointed_memory *memory_of(const struct work *work)
{
	return work->tallies ? work->store->pointed : NULL;
}

/* Places are pointed to again and again; people are too many to be remembered and seldom come twice, though pledges stand where they do. */
static bool worth(const struct record *record)
{
	return record == record_named("area") || (follow_led(record) && record != record_named("person"));
}

static struct pointed **slot_of(struct pointed_memory *memory, struct id id)
{
	uint64_t hash;
	memcpy(&hash, id.bytes + 8, sizeof hash);
	size_t at = (hash * 0x9e3779b97f4a7c15u) >> 40 & (SLOTS - 1);
	while (memory->slots[at] && !id_same(memory->slots[at]->id, id))
		at = (at + 1) & (SLOTS - 1);
	return &memory->slots[at];
}

static struct pointed take_pointed(struct db *db, const struct record *record, struct query *query, struct arena *arena)
{
	struct id id = db_id(query, 5);
	return (struct pointed){.id = id,
		.record = record,
		.path = db_copy(query, 0, arena),
		.home = db_whole(query, 1),
		.voided = !db_null(query, 2),
		.site = strcmp(record->name, "site") == 0 ? id : db_id(query, 3),
		.moves = db_copy(query, 4, arena),
		.epoch = db_epoch(db)};
}

static bool read_pointed(struct work *work, const struct record *record, struct id id, struct pointed *pointed, struct arena *arena)
{
	struct query *query = db_query(work->db, work->store->texts[record_index(record)].point, BIND(V(id)));
	if (!db_next(query))
		return false;
	*pointed = take_pointed(work->db, record, query, arena);
	db_done(query);
	return true;
}

static bool is_known(const struct pointed *pointed, const struct record *record, const struct db *db)
{
	return pointed && pointed->record == record && pointed->epoch == db_epoch(db);
}

void pointed_want_all(struct work *work, const struct row *row)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = row_get(row, field);
		const struct record *record = field->link ? record_named(field->link) : NULL;
		if (!record || value.type != VALUE_ID || worth(record))
			continue;
		struct want *want = arena_alloc(work->arena, sizeof *want);
		*want = (struct want){.record = record, .id = value.id, .next = work->wants};
		work->wants = want;
	}
}

void pointed_fetch(struct store *store, struct db *db, struct wanting *wanting)
{
	struct pointed_memory *memory = store->pointed;
	size_t count = wanting->count;
	if (!count)
		return;
	/* the text has marks for all: the last one stands for those that are not needed */
	for (size_t i = count; i < POINTS; i++)
		wanting->ids[i] = wanting->ids[count - 1];
	struct query *query = db_query(db, store->texts[record_index(wanting->record)].points, wanting->ids, POINTS);
	while (db_next(query)) {
		struct pointed **slot = slot_of(memory, db_id(query, 5));
		memory->count += !*slot;
		if (!*slot)
			*slot = arena_alloc(memory->arena, sizeof **slot);
		**slot = take_pointed(db, wanting->record, query, memory->arena);
		(*slot)->kept = true;
	}
	wanting->count = 0;
}

void pointed_gather(struct store *store, struct db *db, struct wanting *wanting, const struct want *wants)
{
	for (const struct want *want = wants; want; want = want->next) {
		if (is_known(*slot_of(store->pointed, want->id), want->record, db) || store->pointed->count + POINTS > SLOTS - SLOTS / 8)
			continue;
		if (wanting->count == POINTS || (wanting->count && wanting->record != want->record))
			pointed_fetch(store, db, wanting);
		wanting->record = want->record;
		wanting->ids[wanting->count++] = V(want->id);
	}
}

const struct pointed *pointed_find(struct work *work, const struct record *record, struct id id)
{
	struct pointed_memory *memory = memory_of(work);
	struct pointed **slot = memory ? slot_of(memory, id) : NULL, *pointed = slot ? *slot : NULL;
	if (is_known(pointed, record, work->db))
		return pointed;
	struct pointed found;
	memory = worth(record) ? memory : NULL;
	if (!read_pointed(work, record, id, &found, memory ? memory->arena : work->arena))
		return NULL;
	/* beyond its room it forgets at the next batch: what was handed out must stay */
	bool kept = memory && (pointed || memory->count < SLOTS - SLOTS / 8);
	if (kept && !pointed)
		memory->count++;
	if (!pointed || !kept)
		pointed = arena_alloc(kept ? memory->arena : work->arena, sizeof *pointed);
	*pointed = found;
	pointed->kept = kept;
	if (kept)
		*slot = pointed;
	return pointed;
}

void pointed_forget(struct work *work, struct id id)
{
	struct pointed_memory *memory = memory_of(work);
	struct pointed **slot = memory ? slot_of(memory, id) : NULL;
	if (slot && *slot)
		(*slot)->epoch = 0;
}

size_t pointed_stands(struct work *work, const struct pointed *pointed, struct stand **stands)
{
	struct pointed *entry = (struct pointed *)(uintptr_t)pointed; /* ours: const for everybody else */
	if (entry->stood) {
		*stands = entry->stands;
		return entry->stand_count;
	}
	const struct row *row = row_load(work, entry->record, entry->id);
	size_t count = row ? row_stands(work, row, stands) : 0;
	struct arena *arena = entry->kept ? work->store->pointed->arena : work->arena;
	entry->stands = arena_alloc(arena, (count + 1) * sizeof *entry->stands);
	for (size_t i = 0; i < count; i++)
		entry->stands[i] = (struct stand){.from = (*stands)[i].from, .path = arena_copy(arena, (*stands)[i].path)};
	entry->stand_count = count;
	entry->stood = true;
	*stands = entry->stands;
	return count;
}

/* Of a reader that goes through many rows. */
struct noted {
	const char *name, *value;
	struct noted *next;
};

bool noted_find(struct work *work, const char *name, const char **value)
{
	const struct pointed_memory *memory = memory_of(work);
	for (const struct noted *noted = work->noting ? work->noted : NULL; noted; noted = noted->next)
		if (strcmp(noted->name, name) == 0) {
			*value = noted->value;
			return true;
		}
	for (size_t i = 0; memory && i < memory->note_count; i++)
		if (memory->notes[i].epoch == db_epoch(work->db) && strcmp(memory->notes[i].name, name) == 0) {
			*value = memory->notes[i].value;
			return true;
		}
	return false;
}

void noted_put(struct work *work, const char *name, const char *value)
{
	struct pointed_memory *memory = memory_of(work);
	if (!memory && work->noting) {
		struct noted *noted = arena_alloc(work->arena, sizeof *noted);
		*noted = (struct noted){.name = arena_copy(work->arena, name), .value = value, .next = work->noted};
		work->noted = noted;
	}
	if (!memory)
		return;
	size_t at = 0;
	while (at < memory->note_count && strcmp(memory->notes[at].name, name) != 0)
		at++;
	if (at == NOTES)
		return;
	memory->notes[at] = (struct note){.name = at < memory->note_count ? memory->notes[at].name : arena_copy(memory->arena, name),
		.value = arena_copy(memory->arena, value),
		.epoch = db_epoch(work->db)};
	memory->note_count += at == memory->note_count;
}
