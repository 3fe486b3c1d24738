/* What stands in the braces of the bulletin's wording. */
#include <stdlib.h>
#include <string.h>

#include "app/bulletin_inner.h"
#include "app/indicator.h"
#include "base/clock.h"

enum { SHOWN_NAMES = 10, ENDS = 3 };

/* A child's counts of one indicator. */
struct ranked {
	const struct daily_state *child;
	int64_t over, under;
};

struct segment *bulletin_add(struct making *making, const char *text)
{
	struct segment *segment = ARENA_PUSH(making->work->arena, making->at->segments, making->at->count, making->at->space);
	*segment = (struct segment){.text = text};
	return segment;
}

static const struct indicator *indicator_named(const char *name)
{
	for (size_t i = 0; i < indicator_count; i++)
		if (strcmp(indicators[i].name, name) == 0)
			return &indicators[i];
	return NULL;
}

/* Left out by name and reason when the level was sealed. */
static bool is_excused(const struct making *making, struct id area)
{
	struct id id;
	for (size_t i = 0; i < json_array_size(making->without); i++) {
		const char *text = json_string_value(json_object_get(json_array_get(making->without, i), "area"));
		if (text && id_parse(text, &id) && id_same(id, area))
			return true;
	}
	return false;
}

static int64_t count_children(const struct making *making, const char *word)
{
	int64_t count = 0;
	for (size_t i = 0; i < making->child_count; i++) {
		const struct daily_state *child = &making->children[i];
		bool in = !text_same(child->state, "missing") && !text_same(child->state, "sent_back");
		if (strcmp(word, "in") == 0)
			count += in;
		else if (strcmp(word, "late") == 0)
			count += child->late;
		else if (strcmp(word, "zero") == 0)
			count += child->zero;
		else if (strcmp(word, "excused") == 0)
			count += text_same(child->state, "missing") && is_excused(making, child->id);
		else if (strcmp(word, "missing") == 0)
			count += text_same(child->state, "missing") && !is_excused(making, child->id);
		else
			count += text_same(child->state, word);
	}
	return count;
}

/* The counts of returns by name; -1: no such count. */
static int64_t count_named(const struct making *making, const char *name)
{
	const struct daily_firms *firms = &making->firms;
	const struct {
		const char *name;
		int64_t count;
	} counts[] = {{"children", (int64_t)making->child_count}, {"firms_due", firms->due}, {"firms_in", firms->reported},
		{"firms_missing", firms->missing}, {"firms_late", firms->late}, {"firms_zero", firms->zero},
		{"restated", (int64_t)making->restated}, {"restatements", (int64_t)json_array_size(making->restatements)},
		{"draft", !daily_in(making->daily)}, {"submitted", making->daily && text_same(making->daily->state, "submitted")},
		{"sealed", making->daily && text_same(making->daily->state, "sealed")},
		{"area_late", daily_in(making->daily) && text_same(making->daily->timing, "late")}};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (strcmp(counts[i].name, name) == 0)
			return counts[i].count;
	return text_starts(name, "children_") ? count_children(making, name + strlen("children_")) : -1;
}

static const struct figure *figure_named(const struct making *making, const char *name)
{
	char *measure = arena_copy(making->work->arena, name), *dot = strchr(measure, '.');
	if (dot)
		*dot = '\0';
	return figures_find(&making->figures, measure, dot && strcmp(dot + 1, "total") == 0);
}

/* The areas below that have the rate at all, best first. */
static size_t rank(struct making *making, const char *name, struct ranked **ranked);

static bool is_there(struct making *making, const char *name)
{
	struct ranked *ranked;
	struct bulletin_part part;
	int64_t count = count_named(making, name);
	if (bulletin_part(making, name, &part))
		return part.value > 0;
	if (text_starts(name, "ranked_"))
		return rank(making, name + strlen("ranked_"), &ranked) > 1;
	if (count >= 0)
		return count > 0;
	const struct figure *figure = figure_named(making, name);
	return figure && figure->value;
}

/* Whether all (or none) of a list are there. */
bool bulletin_all(struct making *making, const char *names, bool there)
{
	for (const char *at = names; *at;) {
		size_t size = strcspn(at, ",");
		if (is_there(making, arena_text(making->work->arena, at, size)) != there)
			return false;
		at += size + (at[size] == ',');
	}
	return true;
}

/* --- what stands in braces */

static void put_figure(struct making *making, const char *name)
{
	const struct figure *figure = figure_named(making, name);
	struct segment *segment = bulletin_add(making, figure ? figure_print(making->work->arena, figure->measure, figure->value) : "—");
	if (!figure)
		return;
	segment->measure = figure->measure->name;
	segment->total = figure->total;
	segment->value = figure->value;
}

static void put_part(struct making *making, const struct bulletin_part *part)
{
	struct segment *segment = bulletin_add(making, part->measure ? number_print(making->work->arena, part->value) : "—");
	if (!part->measure)
		return;
	segment->measure = part->measure->name;
	segment->value = part->value;
	segment->field = part->field;
	segment->code = part->code;
}

/* The rate's two figures; false where they are not counted. */
static bool rate_named(const struct making *making, const char *name, const struct figure **over, const struct figure **under)
{
	const struct indicator *indicator = indicator_named(name);
	*over = indicator ? figures_find(&making->figures, indicator->over, indicator->total) : NULL;
	*under = indicator ? figures_find(&making->figures, indicator->under, indicator->total) : NULL;
	return *over && *under;
}

static void put_rate(struct making *making, const char *name)
{
	const struct figure *over, *under;
	if (!rate_named(making, name, &over, &under)) {
		bulletin_add(making, "—");
		return;
	}
	struct segment *segment = bulletin_add(making, rate_print(making->work->arena, over->value, under->value));
	segment->indicator = indicator_named(name)->name;
	segment->over = over->value;
	segment->under = under->value;
}

static void put_change(struct making *making, const char *name)
{
	struct work *work = making->work;
	const struct figure *over, *under;
	if (*name == '%') {
		bool known = rate_named(making, name + 1, &over, &under);
		bulletin_add(making, known ? rate_change_print(work, over->value, under->value, over->before, under->before) : "—");
		return;
	}
	const struct figure *figure = figure_named(making, name);
	bulletin_add(making, figure ? change_print(work, figure->measure, figure->value, figure->before) : "—");
}

/* A count of firms is a figure of its own, which opens. */
static void put_count(struct making *making, const char *name)
{
	static const char *const opens[][2] = {{"firms_due", "sites_due"}, {"firms_in", "firms_reported"}};
	int64_t count = count_named(making, name);
	struct segment *segment = bulletin_add(making, number_print(making->work->arena, count));
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
		if (strcmp(opens[i][0], name) == 0) {
			segment->measure = opens[i][1];
			segment->value = count;
		}
}

static void put_comma(struct making *making, size_t at)
{
	if (at)
		bulletin_add(making, work_text(making->work, ", |、"));
}

static void put_more(struct making *making, bool more)
{
	if (more)
		bulletin_add(making, work_text(making->work, " and others|等"));
}

static void put_missing_children(struct making *making, bool excused)
{
	size_t shown = 0;
	for (size_t i = 0; i < making->child_count && shown < SHOWN_NAMES; i++) {
		if (!text_same(making->children[i].state, "missing") || is_excused(making, making->children[i].id) != excused)
			continue;
		put_comma(making, shown++);
		bulletin_add(making, making->children[i].name)->area = making->children[i].id;
	}
	put_more(making, count_children(making, excused ? "excused" : "missing") > (int64_t)shown);
}

static void put_missing_firms(struct making *making)
{
	struct daily_missing *list;
	size_t count = 0;
	const char *next = NULL;
	struct missing_ask ask = {.area = making->bulletin->area, .day = making->bulletin->day, .firms = true, .limit = SHOWN_NAMES};
	daily_missing(making->work, &ask, &list, &count, &next);
	for (size_t i = 0; i < count; i++) {
		put_comma(making, i);
		bulletin_add(making, list[i].name)->site = list[i].site;
	}
	put_more(making, making->firms.missing > (int64_t)count);
}

static int compare_ranked(const void *one, const void *other)
{
	const struct ranked *a = one, *b = other;
	int64_t left = a->over * b->under, right = b->over * a->under;
	if (left != right)
		return left > right ? -1 : 1;
	return a->child < b->child ? -1 : 1;
}

static void read_ranked(struct making *making, const struct indicator *indicator, struct ranked *all)
{
	struct work *work = making->work;
	struct count *counts;
	const struct measure *measures[] = {measure_named(indicator->over, NULL), measure_named(indicator->under, NULL)};
	int64_t *numbers = arena_alloc(work->arena, making->child_count * sizeof *numbers);
	for (size_t i = 0; i < making->child_count; i++) {
		numbers[i] = making->children[i].number;
		all[i].child = &making->children[i];
	}
	struct count_ask ask = {.areas = numbers,
		.area_count = making->child_count,
		.measures = measures,
		.measure_count = 2,
		.day = making->bulletin->day,
		.total = indicator->total};
	size_t count = measures[0] && measures[1] ? tally_read(work, &ask, &counts) : 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < making->child_count; j++)
			if (counts[i].area == numbers[j])
				*(counts[i].measure == measures[0] ? &all[j].over : &all[j].under) += counts[i].count;
}

static size_t rank(struct making *making, const char *name, struct ranked **ranked)
{
	const struct indicator *indicator = indicator_named(name);
	size_t count = 0;
	*ranked = NULL;
	if (!indicator || !making->child_count)
		return 0;
	struct ranked *all = arena_alloc(making->work->arena, making->child_count * sizeof *all);
	read_ranked(making, indicator, all);
	for (size_t i = 0; i < making->child_count; i++)
		if (all[i].under > 0)
			all[count++] = all[i];
	if (count)
		qsort(all, count, sizeof *all, compare_ranked);
	*ranked = all;
	return count;
}

/* All of a few, the first and the last of many. */
static void put_ranking(struct making *making, const char *name)
{
	struct ranked *ranked;
	size_t count = rank(making, name, &ranked);
	if (count && ranked[0].over * ranked[count - 1].under == ranked[count - 1].over * ranked[0].under) {
		bulletin_add(making, work_text(making->work, "the same in each, |各地均为"));
		bulletin_add(making, rate_print(making->work->arena, ranked[0].over, ranked[0].under));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (count > 2 * ENDS && i == ENDS) {
			bulletin_add(making, work_text(making->work, "; last |；后列为"));
			i = count - ENDS;
		} else {
			put_comma(making, i);
		}
		bulletin_add(making, ranked[i].child->name)->area = ranked[i].child->id;
		struct segment *segment = bulletin_add(making,
			arena_print(making->work->arena, making->work->language == ENGLISH ? " %s" : "%s",
				rate_print(making->work->arena, ranked[i].over, ranked[i].under)));
		segment->indicator = indicator_named(name)->name;
		segment->over = ranked[i].over;
		segment->under = ranked[i].under;
		segment->area = ranked[i].child->id;
	}
}

static const char *label_of(const struct making *making, const char *measure)
{
	const struct measure *found = measure ? measure_named(measure, NULL) : NULL;
	return found ? work_text(making->work, found->label) : "";
}

static void put_differences(struct making *making)
{
	struct work *work = making->work;
	size_t shown = 0;
	for (size_t i = 0; i < making->figures.count; i++) {
		const struct figure *figure = &making->figures.list[i];
		if (figure->value == figure->now)
			continue;
		put_comma(making, shown++);
		bulletin_add(making,
			arena_print(work->arena, work->language == ENGLISH ? "%s reported %s, now " : "%s上报%s、现为",
				label_of(making, figure->measure->name), figure_print(work->arena, figure->measure, figure->value)));
		struct segment *segment = bulletin_add(making, figure_print(work->arena, figure->measure, figure->now));
		segment->measure = figure->measure->name;
		segment->total = figure->total;
		segment->value = figure->now;
	}
}

static void put_restatements(struct making *making)
{
	struct work *work = making->work;
	for (size_t i = 0; i < json_array_size(making->restatements); i++) {
		const json_t *one = json_array_get(making->restatements, i), *changes = json_object_get(one, "changes");
		int64_t at = 0;
		stamp_parse(json_string_value(json_object_get(one, "at")), &at);
		if (i)
			bulletin_add(making, work_text(work, "; |；"));
		bulletin_add(making,
			arena_print(work->arena, work->language == ENGLISH ? "at %s, %s restated (%s): " : "%s，%s更正（%s）：",
				stamp_long(work, at), json_string_value(json_object_get(one, "by")),
				json_string_value(json_object_get(one, "reason"))));
		for (size_t j = 0; j < json_array_size(changes); j++) {
			const json_t *change = json_array_get(changes, j);
			const char *name = json_string_value(json_object_get(change, "measure"));
			const struct measure *measure = name ? measure_named(name, NULL) : NULL;
			put_comma(making, j);
			bulletin_add(making,
				arena_print(work->arena, work->language == ENGLISH ? "%s from %s to %s" : "%s由%s改为%s",
					label_of(making, name),
					figure_print(work->arena, measure, json_integer_value(json_object_get(change, "sealed"))),
					figure_print(work->arena, measure, json_integer_value(json_object_get(change, "now")))));
		}
	}
}

static void put_word(struct making *making, const char *word)
{
	struct work *work = making->work;
	struct bulletin_part part;
	if (strcmp(word, "area") == 0)
		bulletin_add(making, making->bulletin->area->name);
	else if (strcmp(word, "whole") == 0)
		bulletin_add(making, whole_of(work, making->bulletin->area));
	else if (strcmp(word, "day") == 0)
		bulletin_add(making, day_long(work, making->bulletin->day));
	else if (strcmp(word, "due") == 0)
		bulletin_add(making, stamp_long(work, daily_due(work, making->bulletin->day)));
	else if (strcmp(word, "names children") == 0)
		put_missing_children(making, false);
	else if (strcmp(word, "names excused") == 0)
		put_missing_children(making, true);
	else if (strcmp(word, "names firms") == 0)
		put_missing_firms(making);
	else if (strcmp(word, "restatements") == 0)
		put_restatements(making);
	else if (strcmp(word, "differences") == 0)
		put_differences(making);
	else if (text_starts(word, "ranking "))
		put_ranking(making, word + strlen("ranking "));
	else if (bulletin_part(making, word, &part))
		put_part(making, &part);
	else if (*word == '=')
		put_count(making, word + 1);
	else if (*word == '%')
		put_rate(making, word + 1);
	else if (*word == '+')
		put_change(making, word + 1);
	else
		put_figure(making, word);
}

void bulletin_put(struct making *making, const char *text)
{
	struct arena *arena = making->work->arena;
	while (*text) {
		size_t size = strcspn(text, "{");
		if (size)
			bulletin_add(making, arena_text(arena, text, size));
		text += size;
		if (!*text)
			return;
		size = strcspn(text, "}");
		put_word(making, arena_text(arena, text + 1, size - 1));
		text += size + (text[size] == '}');
	}
}
