/* Figures of one part of a measure, and how many parts it has: "serving:kind=community", "#pledges:org". They are counted now, for the day of the bulletin. */
#include <string.h>

#include "app/bulletin_inner.h"

struct cells {
	struct work *work;
	const struct measure *measure;
	struct count *counts;
	size_t count;
};

static struct cells cells_read(const struct making *making, const struct measure *measure)
{
	struct cells cells = {.work = making->work, .measure = measure};
	struct count_ask ask = {.areas = &making->bulletin->area->number,
		.area_count = 1,
		.measures = &measure,
		.measure_count = 1,
		.day = making->bulletin->day};
	cells.count = tally_read(making->work, &ask, &cells.counts);
	return cells;
}

/* What the cell says of a field that tells the measure's parts. */
static const char *part_of(const struct cells *cells, const char *cell, const char *field)
{
	const char *by = cells->measure->by, *name;
	while ((name = text_word(cells->work->arena, &by, ','))) {
		size_t size = strcspn(cell, "|");
		if (strcmp(name, field) == 0)
			return arena_text(cells->work->arena, cell, size);
		cell += size + (cell[size] == '|');
	}
	return "";
}

static int64_t sum_of(const struct cells *cells, const char *field, const char *value)
{
	int64_t sum = 0;
	for (size_t i = 0; i < cells->count; i++)
		if (strcmp(part_of(cells, cells->counts[i].cell, field), value) == 0)
			sum += cells->counts[i].count;
	return sum;
}

/* Parts that are not zero; those that name nothing are none. */
static int64_t parts_of(const struct cells *cells, const char *field)
{
	int64_t parts = 0;
	for (size_t i = 0; i < cells->count; i++) {
		const char *part = part_of(cells, cells->counts[i].cell, field);
		bool seen = !*part;
		for (size_t j = 0; j < i && !seen; j++)
			seen = strcmp(part_of(cells, cells->counts[j].cell, field), part) == 0;
		parts += !seen && sum_of(cells, field, part);
	}
	return parts;
}

bool bulletin_part(const struct making *making, const char *word, struct bulletin_part *part)
{
	struct arena *arena = making->work->arena;
	bool number = *word == '#';
	const char *colon = strchr(word, ':');
	if (!colon)
		return false;
	const struct measure *measure = measure_named(arena_text(arena, word + number, (size_t)(colon - word) - number), NULL);
	const char *equals = strchr(colon, '=');
	*part = (struct bulletin_part){.field = equals ? arena_text(arena, colon + 1, (size_t)(equals - colon) - 1) : colon + 1,
		.code = equals ? equals + 1 : NULL};
	if (!measure || (number == (equals != NULL)) || !measure_has_part(measure, part->field))
		return true;
	struct cells cells = cells_read(making, measure);
	part->measure = measure;
	part->value = number ? parts_of(&cells, part->field) : sum_of(&cells, part->field, part->code);
	return true;
}
