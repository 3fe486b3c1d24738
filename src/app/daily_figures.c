/* The figures of an area's return: counted now, or as the return kept them. */
#include <string.h>

#include "app/daily.h"
#include "app/indicator.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/json.h"

enum { MOST_FIGURES = 64 };

static void add_figure(struct figures *figures, const char *name, bool total)
{
	const struct measure *measure = measure_named(name, NULL);
	if (!measure || figures_find(figures, name, total) || figures->count == MOST_FIGURES)
		return;
	figures->list[figures->count++] = (struct figure){.measure = measure, .total = total};
}

/* Names with commas between; "name.total" counts a flow from its beginning. Names that no record counts are passed over. */
static void add_listed(struct work *work, struct figures *figures, const char *names)
{
	for (const char *at = names; at && *at;) {
		size_t size = strcspn(at, ",");
		char *name = text_trim(work->arena, arena_text(work->arena, at, size)), *dot = strchr(name, '.');
		if (dot)
			*dot = '\0';
		add_figure(figures, name, dot && strcmp(dot + 1, "total") == 0);
		at += size + (at[size] == ',');
	}
}

static struct figures wanted(struct work *work)
{
	struct figures figures = {.list = arena_alloc(work->arena, MOST_FIGURES * sizeof *figures.list)};
	add_listed(work, &figures, settings_value(work, "return_figures"));
	for (size_t i = 0; i < indicator_count; i++) {
		add_figure(&figures, indicators[i].over, indicators[i].total);
		add_figure(&figures, indicators[i].under, indicators[i].total);
	}
	return figures;
}

static void count_some(struct work *work, struct figures *figures, int64_t area, int64_t day, bool total, bool before)
{
	struct count *counts;
	const struct measure *measures[MOST_FIGURES];
	struct count_ask ask = {.areas = &area, .area_count = 1, .measures = measures, .day = day, .total = total};
	for (size_t i = 0; i < figures->count; i++)
		if (figures->list[i].total == total)
			measures[ask.measure_count++] = figures->list[i].measure;
	size_t count = ask.measure_count ? tally_read(work, &ask, &counts) : 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < figures->count; j++) {
			struct figure *figure = &figures->list[j];
			if (figure->measure == counts[i].measure && figure->total == total)
				*(before ? &figure->before : &figure->value) += counts[i].count;
		}
}

struct figures daily_count(struct work *work, int64_t area, int64_t day)
{
	struct figures figures = wanted(work);
	for (int i = 0; i < 4; i++)
		count_some(work, &figures, area, day - i / 2, i % 2, i / 2);
	for (size_t i = 0; i < figures.count; i++)
		figures.list[i].now = figures.list[i].value;
	return figures;
}

const struct figure *figures_find(const struct figures *figures, const char *measure, bool total)
{
	for (size_t i = 0; i < figures->count; i++)
		if (strcmp(figures->list[i].measure->name, measure) == 0 && figures->list[i].total == total)
			return &figures->list[i];
	return NULL;
}

struct figures daily_figures(struct work *work, const struct daily *daily, int64_t area, int64_t day)
{
	struct figures figures = daily_count(work, area, day);
	if (!daily_in(daily) || !GIVEN(daily, daily, snapshot))
		return figures;
	const json_t *kept = json_object_get(json_read(work->arena, daily->snapshot, strlen(daily->snapshot), NULL), "figures");
	for (size_t i = 0; i < json_array_size(kept); i++) {
		const json_t *one = json_array_get(kept, i);
		const char *name = json_string_value(json_object_get(one, "measure"));
		struct figure *figure =
			name ? (struct figure *)figures_find(&figures, name, json_is_true(json_object_get(one, "total"))) : NULL;
		if (!figure)
			continue;
		figure->value = json_integer_value(json_object_get(one, "value"));
		figure->before = json_integer_value(json_object_get(one, "before"));
	}
	return figures;
}

static void write_states(struct work *work, struct json *json, struct id area, int64_t day)
{
	static const char *const words[] = {"missing", "late", "zero", "submitted", "sent_back", "sealed"};
	struct daily_state *children;
	size_t count = daily_children(work, area, day, &children);
	json_key(json, "children");
	json_open(json, '{');
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		int64_t number = 0;
		for (size_t j = 0; j < count; j++)
			number += text_same(children[j].state, words[i]);
		json_put_whole(json, words[i], number);
	}
	json_close(json, '}');
}

const char *daily_snapshot(struct work *work, int64_t number, struct id area, int64_t day)
{
	struct figures figures = daily_count(work, number, day);
	struct json json = json_new(work->arena);
	json_open(&json, '{');
	json_key(&json, "at");
	json_stamp(&json, work->now);
	json_key(&json, "figures");
	json_open(&json, '[');
	for (size_t i = 0; i < figures.count; i++) {
		json_open(&json, '{');
		json_put(&json, "measure", figures.list[i].measure->name);
		if (figures.list[i].total)
			json_put_flag(&json, "total", true);
		json_put_whole(&json, "value", figures.list[i].value);
		json_put_whole(&json, "before", figures.list[i].before);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	write_states(work, &json, area, day);
	json_close(&json, '}');
	return buf_end(&json.buf);
}
