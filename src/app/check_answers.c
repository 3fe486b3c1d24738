#include "app/check_answers.h"

#include <string.h>

#include "app/file.h"
#include "app/template.h"
#include "base/json.h"
#include "record/rows.h"

enum { MOST_NOTE = 2000 };

static const json_t *read_answers(struct arena *arena, const char *answers)
{
	return answers ? json_read(arena, answers, strlen(answers), NULL) : NULL;
}

struct items check_items(struct work *work, const struct check *check)
{
	struct items none = {0};
	const struct template_version *version = id_none(check->template_version)
		? NULL
		: (const struct template_version *)row_load(work, &template_version_record, check->template_version);
	return version && version->body ? body_items(work->arena, version->body) : none;
}

/* --- whether they fit */

struct checking {
	struct work *work;
	const struct check *check;
	const struct item *item;
	const char *field; /* "answers.A1" */
	const char *before;
};

static bool is_text(const json_t *value, size_t most)
{
	return json_is_string(value) && text_length(json_string_value(value)) <= most;
}

static void check_value(const struct checking *checking, const json_t *value)
{
	struct work *work = checking->work;
	const char *code = checking->item->code, *text = json_string_value(value);
	if (!value || json_is_null(value) || text_same(text, "na"))
		return;
	switch (checking->item->answer) {
	case ANSWER_YESNO:
		if (!text || !text_listed("yes,no", ',', text))
			fail(work, BAD_FIELD, checking->field, "%s: must be yes, no or na|%s：须为 yes、no 或 na", code);
		break;
	case ANSWER_NUMBER:
		if (!json_is_number(value))
			fail(work, BAD_FIELD, checking->field, "%s: must be a number or na|%s：须为数或 na", code);
		break;
	case ANSWER_TEXT:
		if (!is_text(value, MOST_NOTE))
			fail(work, BAD_FIELD, checking->field, "%s: must be a text|%s：须为文本", code);
		break;
	case ANSWER_PHOTO: fail(work, BAD_FIELD, checking->field, "%s: is answered by photos|%s：须以照片回答", code);
	}
}

static bool fails(const struct item *item, const json_t *value)
{
	double number = json_number_value(value);
	if (item->answer == ANSWER_YESNO)
		return text_same(json_string_value(value), "no");
	return item->answer == ANSWER_NUMBER && json_is_number(value) &&
		((item->low && number < item->min) || (item->high && number > item->max));
}

static void check_list(const struct checking *checking, const json_t *photos)
{
	file_photos(checking->work, checking->check->site, photos, checking->before, checking->field);
}

static void check_fixed(const struct checking *checking, const json_t *answer, const json_t *fixed)
{
	struct work *work = checking->work;
	const char *key, *code = checking->item->code;
	json_t *value;
	json_object_foreach((json_t *)fixed, key, value) if (!text_listed("before,after,note", ',', key))
		fail(work, BAD_FIELD, checking->field, "%s: %s is not known here|%s：没有 %s 此项", code, key);
	if (!fails(checking->item, json_object_get(answer, "value"))) {
		fail(work, BAD_FIELD, checking->field, "%s: only what failed is put right|%s：不合格的条目才有当场整改", code);
		return;
	}
	if (!json_array_size(json_object_get(fixed, "before")) || !json_array_size(json_object_get(fixed, "after"))) {
		fail(work, BAD_FIELD, checking->field,
			"%s: put right on the spot needs photos before and after|%s：当场整改须有整改前后照片", code);
		return;
	}
	check_list(checking, json_object_get(fixed, "before"));
	check_list(checking, json_object_get(fixed, "after"));
}

static void check_answer(const struct checking *checking, const json_t *answer)
{
	struct work *work = checking->work;
	const char *key, *code = checking->item->code;
	json_t *value;
	if (!json_is_object(answer)) {
		fail(work, BAD_FIELD, checking->field, "%s: must be an object|%s：须为对象", code);
		return;
	}
	json_object_foreach((json_t *)answer, key, value)
	{
		if (strcmp(key, "value") == 0)
			check_value(checking, value);
		else if (strcmp(key, "photos") == 0)
			check_list(checking, value);
		else if (strcmp(key, "fixed") == 0 && json_is_object(value))
			check_fixed(checking, answer, value);
		else if (strcmp(key, "note") == 0 && !json_is_null(value) && !is_text(value, MOST_NOTE))
			fail(work, BAD_FIELD, checking->field, "%s: the note must be a text|%s：说明须为文本", code);
		else if (!text_listed("note,fixed", ',', key) || (strcmp(key, "fixed") == 0 && !json_is_null(value)))
			fail(work, BAD_FIELD, checking->field, "%s: %s is not known here|%s：没有 %s 此项", code,
				arena_copy(work->arena, key));
	}
}

static bool is_answered(const struct item *item, const json_t *answer)
{
	const json_t *value = json_object_get(answer, "value");
	const char *text = json_string_value(value);
	if (text_same(text, "na"))
		return true;
	if (item->answer == ANSWER_PHOTO)
		return json_array_size(json_object_get(answer, "photos")) > 0;
	return value && !json_is_null(value) && !(text && !*text);
}

enum status answers_check(struct work *work, const struct check *check, const struct items *items, const char *before)
{
	const json_t *answers = read_answers(work->arena, check->answers);
	const char *key;
	json_t *answer;
	if (answers && !json_is_object(answers))
		return fail(work, BAD_FIELD, "answers", "must be an object by item|须为按条目的对象");
	json_object_foreach((json_t *)answers, key, answer)
	{
		struct checking checking = {.work = work,
			.check = check,
			.item = items_find(items, key),
			.field = arena_print(work->arena, "answers.%s", key),
			.before = before};
		if (checking.item)
			check_answer(&checking, answer);
		else
			fail(work, BAD_FIELD, checking.field, "%s is no item of this checklist|检查表中没有条目 %s",
				arena_copy(work->arena, key));
	}
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->list[i];
		if (item->need && !is_answered(item, json_object_get(answers, item->code)))
			fail(work, BAD_FIELD, arena_print(work->arena, "answers.%s", item->code), "%s must be answered: %s|%s 须回答：%s",
				item->code, work_text(work, item->text));
	}
	return work->status;
}

/* --- how they came out */

struct verdicts answers_judge(struct arena *arena, const char *text, const struct items *items)
{
	const json_t *answers = read_answers(arena, text);
	struct verdicts verdicts = {.list = arena_alloc(arena, (items->count + 1) * sizeof(struct verdict)), .count = items->count};
	for (size_t i = 0; i < items->count; i++) {
		struct verdict *verdict = &verdicts.list[i];
		verdict->item = &items->list[i];
		verdict->answer = json_object_get(answers, verdict->item->code);
		verdict->failed = verdict->answer && fails(verdict->item, json_object_get(verdict->answer, "value"));
		verdict->fixed = verdict->failed && json_is_object(json_object_get(verdict->answer, "fixed"));
		verdicts.failed += verdict->failed;
		verdicts.fixed += verdict->fixed;
	}
	return verdicts;
}

const char *verdicts_result(const struct verdicts *verdicts)
{
	return !verdicts->failed ? "passed" : verdicts->failed == verdicts->fixed ? "fixed_on_spot" : "failed";
}

static void add_all(json_t *list, const json_t *photos)
{
	for (size_t i = 0; i < json_array_size(photos); i++)
		json_array_append(list, json_array_get(photos, i));
}

const json_t *answers_photos(struct arena *arena, const char *answers)
{
	json_t *list = json_own(arena, json_array()), *answer;
	json_t *all = (json_t *)read_answers(arena, answers); /* the macro below asks for it again and again */
	const char *key;
	json_object_foreach(all, key, answer)
	{
		const json_t *fixed = json_object_get(answer, "fixed");
		add_all(list, json_object_get(answer, "photos"));
		add_all(list, json_object_get(fixed, "before"));
		add_all(list, json_object_get(fixed, "after"));
	}
	return list;
}
