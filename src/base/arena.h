/* Memory of one request, job run or command: taken piece by piece, given back all at once. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. Never NULL: out of memory ends the program. The caller frees it. */
struct arena *arena_new(void);
/* Runs what was deferred (last first), then gives back everything. NULL is allowed. */
void arena_free(struct arena *arena);
/* As arena_free, but the arena stays usable and keeps its first block. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. Never NULL. Owned by the arena. */
void *arena_alloc(struct arena *arena, size_t size);
/* A copy of `size` bytes of `text` with a NUL behind it. */
char *arena_text(struct arena *arena, const char *text, size_t size);
/* A copy of a C string; NULL stays NULL. */
char *arena_copy(struct arena *arena, const char *text);
/* printf into the arena. */
char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list arguments);
/* Calls `release(thing)` when the arena is reset or freed: how objects of libraries are owned. */
void arena_defer(struct arena *arena, void (*release)(void *), void *thing);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

/* An array in an arena that grows: `items` points to `count` items of one size. */
#define ARENA_PUSH(arena, items, count, space) \
	((items) = arena_room((arena), (items), (count), &(space), sizeof *(items)), &(items)[(count)++])
/* Room for one more item behind `count` items; moves them when the space is used up. Never NULL. */
void *arena_room(struct arena *arena, void *items, size_t count, size_t *space, size_t size);
