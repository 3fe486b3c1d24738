#include "app/need_choices.h"

#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/data.h"
#include "record/rows.h"

static enum status choice_check(struct work *work, const struct row *old, struct row *row);
static enum status fact_kind_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/need_kind.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/need_class.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/post_kind.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/report_kind.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/fact_kind.def"
#define HOOKS .check = choice_check, .saved = fact_kind_saved,
#include "record/table.h"
#define DEF "app/filing_reason.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/loan_reason.def"
#define HOOKS .check = choice_check,
#include "record/table.h"
#define DEF "app/product.def"
#define HOOKS .check = choice_check,
#include "record/table.h"

const char *choices_path(struct work *work)
{
	const char *path = "";
	struct query *query = db_query(work->db, "SELECT path FROM areas WHERE id = ?", BIND(V(area_root())));
	if (db_next(query)) {
		path = db_copy(query, 0, work->arena);
		db_done(query);
	}
	return path;
}

static enum status choice_check(struct work *work, const struct row *old, struct row *row)
{
	struct value code = row_get(row, record_field(row->record, "code")), label = row_get(row, record_field(row->record, "label"));
	row->path = choices_path(work);
	for (const char *at = code.text; *at; at++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", *at))
			return fail(work, BAD_FIELD, "code", "takes small letters, digits and _|只能用小写字母、数字和下划线");
	if (row->record == &fact_kind_record && (record_field(&site_record, code.text) || text_same(code.text, "risk")))
		return fail(work, BAD_FIELD, "code", "is told by the register of sites|企业名册已有此项");
	const char *bar = strchr(label.text, '|');
	if (!bar || bar == label.text || !bar[1])
		return fail(work, BAD_FIELD, "label", "must hold both languages, divided by a bar|须含中英文，以竖线分隔");
	const char *sql = arena_print(work->arena, "SELECT 1 FROM %s WHERE code = ? AND voided_at IS NULL", row->record->plural);
	if (!old && db_get(work->db, 0, sql, BIND(code)))
		return fail(work, BAD_FIELD, "code", "is taken|该代码已被使用");
	return OK;
}

/* What policies ask for, or what is told of somebody, does not vanish from under them. */
static enum status fact_kind_saved(struct work *work, const struct row *old, const struct row *row)
{
	const char *code = ((const struct fact_kind *)row)->code, *named = arena_print(work->arena, "%%\"%s\"%%", code);
	if (!old || !row->voided_at)
		return OK;
	bool used = db_get(work->db, 0, "SELECT 1 FROM facts WHERE kind = ? AND voided_at IS NULL LIMIT 1", BIND(V(code))) ||
		db_get(work->db, 0, "SELECT 1 FROM policies WHERE voided_at IS NULL AND (conditions LIKE ? OR benefit LIKE ?) LIMIT 1",
			BIND(V(named), V(named)));
	return used ? fail(work, BAD_STATE, NULL, "Policies or facts of sites go by it|已有政策或企业事实使用，不能作废") : OK;
}

static struct row *find(struct work *work, const struct record *record, const char *code)
{
	struct id id = {{0}};
	const char *sql = arena_print(work->arena, "SELECT id FROM %s WHERE code = ? AND voided_at IS NULL", record->plural);
	struct query *query = db_query(work->db, sql, BIND(V(code)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id_none(id) ? NULL : row_load(work, record, id);
}

const struct need_kind *need_kind_find(struct work *work, const char *code)
{
	return (const struct need_kind *)find(work, &need_kind_record, code);
}

const struct need_class *need_class_find(struct work *work, const char *code)
{
	return (const struct need_class *)find(work, &need_class_record, code);
}

const struct post_kind *post_kind_find(struct work *work, const char *code)
{
	return (const struct post_kind *)find(work, &post_kind_record, code);
}

/* One row of a list: the fields that the file and the record both know. */
static enum status begin_row(struct work *work, const struct record *record, const json_t *entry)
{
	struct row *row = row_new(work->arena, record);
	const char *code = json_string_value(json_object_get(entry, "code"));
	row->id = id_of_name(arena_print(work->arena, "muster %s %s", record->name, code));
	if (row_load(work, record, row->id))
		return OK;
	for (size_t i = 0; i < record->field_count; i++) {
		const json_t *json = json_object_get(entry, record->fields[i].name);
		struct value value;
		if (json && kind_from_json(work, &record->fields[i], json, &value) == OK)
			row_set(row, &record->fields[i], value);
	}
	return work->status == OK ? row_insert(work, &row, NULL) : work->status;
}

enum status choices_begin(struct work *work)
{
	/* classes before kinds, which name them */
	static const struct {
		const char *list;
		const struct record *record;
	} lists[] = {{"need_classes", &need_class_record}, {"need_kinds", &need_kind_record}, {"urgent_kinds", &report_kind_record},
		{"post_kinds", &post_kind_record}, {"fact_kinds", &fact_kind_record}, {"filing_reasons", &filing_reason_record},
		{"loan_reasons", &loan_reason_record}, {"products", &product_record}};
	const char *text = data_text("choices.json");
	const json_t *choices = json_read(work->arena, text, strlen(text), NULL);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const json_t *list = json_object_get(choices, lists[i].list);
		for (size_t j = 0; j < json_array_size(list); j++)
			if (begin_row(work, lists[i].record, json_array_get(list, j)) != OK)
				return work->status;
	}
	return OK;
}
