#include "app/template.h"

#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/template_body.h"
#include "base/data.h"
#include "base/json.h"
#include "record/rows.h"

static enum status template_check(struct work *work, const struct row *old, struct row *row);
static enum status version_check(struct work *work, const struct row *old, struct row *row);
static enum status version_saved(struct work *work, const struct row *old, const struct row *row);
static enum status version_publish(struct work *work, const struct row *old, struct row *row);

#define DEF "app/template.def"
#define HOOKS .check = template_check,
#include "record/table.h"

#define DEF "app/template_version.def"
#define HOOKS .check = version_check, .saved = version_saved,
#include "record/table.h"

static bool good_code(const char *code)
{
	return strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(code);
}

static enum status refuse_reference(struct work *work)
{
	return fail(work, BAD_STATE, NULL,
		"A reference template stays as it was shipped: copy it and change the copy|参考模板保持原样：请复制后修改使用");
}

/* What a reference template says may not pass for something else. It may be closed, though. */
static bool same_words(const struct template *one, const struct template *other)
{
	return text_same(one->title, other->title) && text_same(one->title_en, other->title_en) && text_same(one->note, other->note) &&
		text_same(one->source, other->source);
}

static enum status template_check(struct work *work, const struct row *old, struct row *row)
{
	struct template *template = (struct template *)row;
	const struct template *before = (const struct template *)old;
	if (before)
		return before->reference && !work->who->all && !same_words(before, template) ? refuse_reference(work) : OK;
	if (!good_code(template->code))
		return fail(work, BAD_FIELD, "code", "must be letters, digits and _|只能用字母、数字和下划线");
	if (db_get(work->db, 0, "SELECT 1 FROM templates WHERE code = ? AND voided_at IS NULL LIMIT 1", BIND(V(template->code))))
		return fail(work, BAD_FIELD, "code", "is taken by another checklist|该代码已被使用");
	SET(template, template, state, V("draft"));
	return OK;
}

/* --- versions */

static enum status number_version(struct work *work, struct template_version *version)
{
	int64_t draft = db_get(work->db, 0,
		"SELECT number FROM template_versions WHERE template = ? AND state = 'draft' AND voided_at IS NULL LIMIT 1",
		BIND(V(version->template)));
	if (draft)
		return fail(work, BAD_STATE, NULL,
			"Version %lld of this checklist is still a draft: change or publish it|第 %lld 版仍是草稿，请修改或发布该版",
			(long long)draft);
	int64_t last = db_get(work->db, 0, "SELECT max(number) FROM template_versions WHERE template = ?", BIND(V(version->template)));
	SET(version, template_version, number, V(last + 1));
	SET(version, template_version, state, V("draft"));
	return OK;
}

static void take_over(struct work *work, struct template_version *version)
{
	if (GIVEN(version, template_version, body) || !GIVEN(version, template_version, origin))
		return;
	const struct template_version *origin = (const struct template_version *)row_load(work, &template_version_record, version->origin);
	if (origin)
		SET(version, template_version, body, V(origin->body));
}

static enum status version_check(struct work *work, const struct row *old, struct row *row)
{
	struct template_version *version = (struct template_version *)row;
	const struct template_version *before = (const struct template_version *)old;
	const struct template *template = (const struct template *)row_load(work, &template_record, version->template);
	if (template->reference && !work->who->all)
		return refuse_reference(work);
	if (before && text_same(before->state, "published"))
		return fail(work, BAD_STATE, NULL,
			"A published version never changes: make a new one from it|已发布的版本不再更改：请据此新建版本");
	if (!before && number_version(work, version) != OK)
		return work->status;
	take_over(work, version);
	if (before && text_same(before->body, version->body))
		return OK;
	if (body_check(work, version->body) != OK)
		return work->status;
	SET(version, template_version, items, V((int64_t)body_items(work->arena, version->body).count));
	return OK;
}

static enum status version_publish(struct work *work, const struct row *old, struct row *row)
{
	struct template_version *version = (struct template_version *)row;
	(void)old;
	SET(version, template_version, published_at, V(work->now));
	return OK;
}

static enum status version_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct template_version *version = (const struct template_version *)row;
	bool published = text_same(version->state, "published");
	if (row->voided_at && published)
		return fail(
			work, BAD_STATE, NULL, "A published version stays: checks may point to it|已发布的版本须保留：可能已有核查引用");
	if (!published || (old && text_same(((const struct template_version *)old)->state, "published")))
		return OK;
	const struct row *template = row_load(work, &template_record, version->template);
	struct row *changed = row_copy(work->arena, template);
	SET((struct template *)changed, template, current, V(row->id));
	SET((struct template *)changed, template, state, V("published"));
	return row_change(work, template, changed, template->version, RIGHT_template_write);
}

/* --- what muster ships */

static const char *member(const json_t *holder, const char *name)
{
	return json_string_value(json_object_get(holder, name));
}

static enum status ship_version(struct work *work, struct id template, const char *code, const json_t *sections)
{
	struct template_version *version = (struct template_version *)row_new(work->arena, &template_version_record);
	struct row *row = &version->row;
	row->id = id_of_name(arena_print(work->arena, "muster template %s 1", code));
	SET(version, template_version, template, V(template));
	SET(version, template_version, body, V(arena_print(work->arena, "{\"sections\":%s}", json_print(work->arena, sections))));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	struct row *published = row_copy(work->arena, row);
	SET((struct template_version *)published, template_version, state, V("published"));
	SET((struct template_version *)published, template_version, published_at, V(work->now));
	return row_change(work, row, published, row->version, RIGHT_template_write);
}

static enum status ship(struct work *work, const char *text)
{
	const json_t *json = json_read(work->arena, text, strlen(text), NULL);
	struct template *template = (struct template *)row_new(work->arena, &template_record);
	struct row *row = &template->row;
	const char *code = member(json, "code"), *title = member(json, "title");
	row->id = id_of_name(arena_print(work->arena, "muster template %s", code));
	if (row_load(work, &template_record, row->id))
		return OK;
	SET(template, template, code, V(code));
	SET(template, template, title, V(text_in(work->arena, title, CHINESE)));
	SET(template, template, title_en, V(text_in(work->arena, title, ENGLISH)));
	SET(template, template, note, V(member(json, "note")));
	SET(template, template, source, V(member(json, "source")));
	SET(template, template, area, V(area_root()));
	SET(template, template, reference, V(true));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	return ship_version(work, row->id, code, json_object_get(json, "sections"));
}

enum status template_begin(struct work *work)
{
	enum status status = OK;
	for (size_t i = 0; i < data_file_count && status == OK; i++)
		if (text_starts(data_files[i].name, "templates/"))
			status = ship(work, data_files[i].text);
	return status;
}
