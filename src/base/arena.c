#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct block {
	struct block *next;
	size_t size;
	size_t used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*release)(void *);
	void *thing;
};

struct arena {
	struct block *block; /* newest first */
	struct deferred *deferred;
	size_t used;
};

static void *must(void *memory)
{
	if (!memory) {
		fputs("muster: out of memory\n", stderr);
		abort();
	}
	return memory;
}

static struct block *block_new(size_t size, struct block *next)
{
	struct block *block = must(malloc(sizeof *block + size));
	block->next = next;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = must(calloc(1, sizeof *arena));
	arena->block = block_new(FIRST_BLOCK, NULL);
	return arena;
}

void arena_reset(struct arena *arena)
{
	while (arena->deferred) {
		struct deferred *deferred = arena->deferred;
		arena->deferred = deferred->next;
		deferred->release(deferred->thing);
	}
	while (arena->block->next) {
		struct block *block = arena->block;
		arena->block = block->next;
		free(block);
	}
	arena->block->used = 0;
	arena->used = 0;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena->block);
	free(arena);
}

static size_t aligned(size_t size)
{
	size_t align = _Alignof(max_align_t);
	return (size + align - 1) / align * align;
}

static void *take(struct arena *arena, size_t size)
{
	size = aligned(size);
	struct block *block = arena->block;
	if (block->size - block->used < size) {
		size_t next = block->size * 2 > LARGEST_BLOCK ? LARGEST_BLOCK : block->size * 2;
		block = arena->block = block_new(size > next ? size : next, block);
	}
	void *memory = block->bytes + block->used;
	block->used += size;
	arena->used += size;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

char *arena_text(struct arena *arena, const char *text, size_t size)
{
	char *copy = take(arena, size + 1);
	if (size)
		memcpy(copy, text, size);
	copy[size] = '\0';
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return text ? arena_text(arena, text, strlen(text)) : NULL;
}

char *arena_vprint(struct arena *arena, const char *format, va_list arguments)
{
	/* most texts are short: they are printed where they will stay, and only a long one twice */
	struct block *block = arena->block;
	size_t room = block->size - block->used;
	va_list again;
	va_copy(again, arguments);
	int size = vsnprintf((char *)block->bytes + block->used, room, format, again);
	va_end(again);
	if (size < 0)
		return arena_text(arena, "", 0);
	char *text = take(arena, (size_t)size + 1);
	if ((size_t)size >= room || text != (char *)block->bytes + (block->used - aligned((size_t)size + 1)))
		vsnprintf(text, (size_t)size + 1, format, arguments);
	return text;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = arena_vprint(arena, format, arguments);
	va_end(arguments);
	return text;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *thing)
{
	struct deferred *deferred = arena_alloc(arena, sizeof *deferred);
	deferred->release = release;
	deferred->thing = thing;
	deferred->next = arena->deferred;
	arena->deferred = deferred;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

void *arena_room(struct arena *arena, void *items, size_t count, size_t *space, size_t size)
{
	if (count < *space)
		return items;
	*space = *space ? *space * 2 : 8;
	void *more = arena_alloc(arena, *space * size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}
