#include "app/template_body.h"

#include <string.h>

#include "base/json.h"

enum { MOST_SECTIONS = 60, MOST_ITEMS = 500, MOST_TEXT = 500, MOST_CODE = 20, MOST_DUE = 365 };

static const char *const answers[] = {"yesno", "number", "text", "photo", NULL};
static const char *const severities[] = {"minor", "major", "critical", NULL};
static const char *const evidences[] = {"document", "object", "witness", "photo", "none", NULL};

/* Where a fault is. */
struct place {
	struct work *work;
	const char *section;
	const char *item; /* NULL: the section itself */
};

/* `what` is "English|中文" and is said behind the place. */
static void fault(const struct place *place, const char *what)
{
	const char *said = work_text(place->work, what);
	if (place->item)
		fail(place->work, BAD_FIELD, "body", "Section %s, item %s: %s|分组 %s，条目 %s：%s", place->section, place->item, said);
	else
		fail(place->work, BAD_FIELD, "body", "Section %s: %s|分组 %s：%s", place->section, said);
}

static int listed(const char *const *list, const char *word)
{
	for (int i = 0; word && list[i]; i++)
		if (strcmp(list[i], word) == 0)
			return i;
	return -1;
}

static bool good_code(const char *code)
{
	size_t size = code ? strlen(code) : 0;
	return size && size <= MOST_CODE && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == size;
}

/* "English|中文", "|中文" or "中文". */
static void check_text(const struct place *place, const json_t *holder, const char *name, bool need)
{
	const json_t *value = json_object_get(holder, name);
	const char *text = json_string_value(value), *bar = text ? strchr(text, '|') : NULL;
	struct arena *arena = place->work->arena;
	if (!value && !need)
		return;
	if (!text)
		fault(place, arena_print(arena, "%s must be a text|%s 须为文本", name, name));
	else if (text_length(text) > 2 * MOST_TEXT)
		fault(place, arena_print(arena, "%s is too long|%s 过长", name, name));
	else if (bar && strchr(bar + 1, '|'))
		fault(place,
			arena_print(
				arena, "%s has more than one bar between English and Chinese|%s 中英文之间只能有一个分隔符", name, name));
	else if (need && !*text_trim(arena, bar ? bar + 1 : text))
		fault(place, arena_print(arena, "%s needs its Chinese|%s 缺中文", name, name));
}

static void check_members(const struct place *place, const json_t *holder, const char *allowed)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)holder, key, value) if (!text_listed(allowed, ',', key))
		fault(place, arena_print(place->work->arena, "%s is not known here|没有 %s 此项", key, key));
}

static void check_pick(const struct place *place, const json_t *item, const char *name, const char *const *list, bool need)
{
	const json_t *value = json_object_get(item, name);
	if ((need || value) && listed(list, json_string_value(value)) < 0) {
		struct buf words = {.arena = place->work->arena};
		for (int i = 0; list[i]; i++)
			buf_print(&words, "%s%s", i ? ", " : "", list[i]);
		const char *all = buf_end(&words);
		fault(place, arena_print(place->work->arena, "%s must be one of %s|%s 须为 %s 之一", name, all, name, all));
	}
}

static void check_numbers(const struct place *place, const json_t *item, int answer)
{
	const json_t *min = json_object_get(item, "min"), *max = json_object_get(item, "max"), *due = json_object_get(item, "due_days");
	if ((min || max) && answer != ANSWER_NUMBER)
		fault(place, "min and max are for numbers only|仅数值条目可设上下限");
	else if ((min && !json_is_number(min)) || (max && !json_is_number(max)))
		fault(place, "min and max must be numbers|上下限须为数");
	else if (min && max && json_number_value(min) > json_number_value(max))
		fault(place, "min is above max|下限大于上限");
	if (due && !(json_is_integer(due) && json_integer_value(due) >= 0 && json_integer_value(due) <= MOST_DUE))
		fault(place, arena_print(place->work->arena, "due_days must be from 0 to %d|due_days 须为 0 至 %d", MOST_DUE, MOST_DUE));
	/* what has no way to fail makes no finding */
	if (due && (answer == ANSWER_TEXT || answer == ANSWER_PHOTO || (answer == ANSWER_NUMBER && !min && !max)))
		fault(place, "due_days is for items that can fail|仅可能不合格的条目可设整改天数");
}

static void check_item(struct place *place, const json_t *item)
{
	static const char members[] = "code,text,answer,need,severity,evidence,hint,unit,min,max,due_days";
	const json_t *need = json_object_get(item, "need");
	if (!json_is_object(item)) {
		fault(place, "must be an object|须为对象");
		return;
	}
	if (!good_code(json_string_value(json_object_get(item, "code"))))
		fault(place, "code must be letters, digits, _ or -|代码须为字母、数字、_ 或 -");
	check_members(place, item, members);
	check_text(place, item, "text", true);
	check_text(place, item, "hint", false);
	check_text(place, item, "unit", false);
	check_pick(place, item, "answer", answers, true);
	check_pick(place, item, "severity", severities, true);
	check_pick(place, item, "evidence", evidences, false);
	if (need && !json_is_boolean(need))
		fault(place, "need must be true or false|need 须为 true 或 false");
	check_numbers(place, item, listed(answers, json_string_value(json_object_get(item, "answer"))));
}

static const char *code_or_place(struct arena *arena, const json_t *holder, size_t at)
{
	const char *code = json_string_value(json_object_get(holder, "code"));
	return code && *code ? arena_text(arena, code, strnlen(code, MOST_CODE)) : arena_print(arena, "%zu", at + 1);
}

static void check_section(struct place *place, const json_t *section, json_t *seen, size_t *count)
{
	const json_t *items = json_object_get(section, "items");
	place->item = NULL;
	check_members(place, section, "code,title,items");
	check_text(place, section, "title", true);
	if (!good_code(json_string_value(json_object_get(section, "code"))))
		fault(place, "code must be letters, digits, _ or -|代码须为字母、数字、_ 或 -");
	if (!json_is_array(items) || !json_array_size(items)) {
		fault(place, "has no items|没有条目");
		return;
	}
	for (size_t i = 0; i < json_array_size(items); i++, ++*count) {
		const json_t *item = json_array_get(items, i);
		place->item = code_or_place(place->work->arena, item, i);
		if (json_object_get(seen, place->item))
			fault(place, "this code is used twice|代码重复");
		json_object_set_new(seen, place->item, json_true());
		check_item(place, item);
	}
}

enum status body_check(struct work *work, const char *text)
{
	const json_t *body = text ? json_read(work->arena, text, strlen(text), NULL) : NULL, *sections = json_object_get(body, "sections");
	json_t *seen = json_own(work->arena, json_object()), *codes = json_own(work->arena, json_object());
	size_t count = 0;
	if (!json_is_array(sections) || json_object_size(body) != 1 || !json_array_size(sections))
		return fail(work, BAD_FIELD, "body",
			"must be {\"sections\": [...]} with at least one section|须为 {\"sections\": [...]}，至少一个分组");
	for (size_t i = 0; i < json_array_size(sections) && i <= MOST_SECTIONS; i++) {
		const json_t *section = json_array_get(sections, i);
		struct place place = {.work = work, .section = code_or_place(work->arena, section, i)};
		if (json_object_get(codes, place.section))
			fault(&place, "this code is used twice|代码重复");
		json_object_set_new(codes, place.section, json_true());
		check_section(&place, section, seen, &count);
	}
	if (json_array_size(sections) > MOST_SECTIONS || count > MOST_ITEMS)
		return fail(work, BAD_FIELD, "body", "takes %d sections and %d items at most|最多 %d 个分组、%d 个条目", MOST_SECTIONS,
			MOST_ITEMS);
	return work->status;
}

static void add_item(struct arena *arena, struct items *items, const char *section, const json_t *json)
{
	struct item *item = ARENA_PUSH(arena, items->list, items->count, items->space);
	const json_t *min = json_object_get(json, "min"), *max = json_object_get(json, "max"), *due = json_object_get(json, "due_days");
	*item = (struct item){.code = json_string_value(json_object_get(json, "code")),
		.text = json_string_value(json_object_get(json, "text")),
		.section = section,
		.answer = (enum answer_kind)listed(answers, json_string_value(json_object_get(json, "answer"))),
		.severity = json_string_value(json_object_get(json, "severity")),
		.need = json_is_true(json_object_get(json, "need")),
		.low = min != NULL,
		.high = max != NULL,
		.min = json_number_value(min),
		.max = json_number_value(max),
		.due_days = due ? json_integer_value(due) : -1};
	/* an empty English half falls back to the Chinese */
	if (item->text[0] == '|')
		item->text++;
}

struct items body_items(struct arena *arena, const char *body)
{
	struct items items = {0};
	const json_t *sections = json_object_get(json_read(arena, body, strlen(body), NULL), "sections");
	for (size_t i = 0; i < json_array_size(sections); i++) {
		const json_t *section = json_array_get(sections, i), *list = json_object_get(section, "items");
		const char *title = json_string_value(json_object_get(section, "title"));
		for (size_t j = 0; j < json_array_size(list); j++)
			add_item(arena, &items, title[0] == '|' ? title + 1 : title, json_array_get(list, j));
	}
	return items;
}

const struct item *items_find(const struct items *items, const char *code)
{
	for (size_t i = 0; i < items->count; i++)
		if (strcmp(items->list[i].code, code) == 0)
			return &items->list[i];
	return NULL;
}
