#include "app/setting.h"

#include <string.h>

#include "app/need_choices.h"
#include "app/rights.h"
#include "app/settings.h"
#include "record/rows.h"

static enum status setting_check(struct work *work, const struct row *old, struct row *row);
static enum status setting_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/setting.def"
#define HOOKS .check = setting_check, .saved = setting_saved,
#include "record/table.h"

static bool is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* "https://muster.example.org:8443/sub": printed codes carry it for years. */
static bool is_address(const char *text)
{
	const char *host = text_starts(text, "https://") ? text + 8 : text_starts(text, "http://") ? text + 7 : "";
	for (const char *at = host; *at; at++)
		if (*at <= ' ' || *at > '~' || strchr("\"'<>\\^`{|}?#", *at))
			return false;
	return *host && *host != '/';
}

static enum status setting_check(struct work *work, const struct row *old, struct row *row)
{
	const struct setting *setting = (const struct setting *)row;
	row->path = choices_path(work);
	if (!old && !work->who->all)
		return fail(work, BAD_STATE, NULL, "Settings are changed, not made|参数只能修改，不能新增");
	bool given = GIVEN(setting, setting, value) && *setting->value;
	if (given && is_number(setting->otherwise) && (!is_number(setting->value) || strlen(setting->value) > 9))
		return fail(work, BAD_FIELD, "value", "must be a whole number|须为整数");
	if (given && text_same(setting->name, "fever_tenths") &&
		(settings_tenths_of(setting->value) < 300 || settings_tenths_of(setting->value) > 450))
		return fail(work, BAD_FIELD, "value",
			"must be a temperature from 30.0 to 45.0, such as 37.3|须为 30.0 至 45.0 的体温，如 37.3");
	if (given && text_same(setting->name, "link_base") && !is_address(setting->value))
		return fail(work, BAD_FIELD, "value",
			"must be an address such as https://muster.example.org|须为访问地址，如 https://muster.example.org");
	return OK;
}

static enum status setting_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct setting *setting = (const struct setting *)row;
	if (row->voided_at)
		return fail(work, BAD_STATE, NULL, "Settings are not taken out|参数不能作废");
	if (!old)
		return OK;
	if (GIVEN(setting, setting, value) && *setting->value)
		settings_set(work, setting->name, setting->value);
	else
		db_run(work->db, "DELETE FROM settings WHERE name = ?", BIND(V(setting->name)));
	return OK;
}

enum status setting_begin(struct work *work)
{
	for (size_t i = 0; i < setting_row_count; i++) {
		const struct setting_row *one = &setting_rows[i];
		struct setting *setting = (struct setting *)row_new(work->arena, &setting_record);
		struct row *row = &setting->row;
		row->id = id_of_name(arena_print(work->arena, "muster setting %s", one->name));
		if (row_load(work, &setting_record, row->id))
			continue;
		const char *now = settings_text(work, one->name, NULL);
		SET(setting, setting, name, V(one->name));
		SET(setting, setting, label, V(one->label));
		SET(setting, setting, otherwise, V(one->otherwise));
		if (now)
			SET(setting, setting, value, V(now));
		if (row_insert(work, &row, NULL) != OK)
			return work->status;
	}
	return OK;
}
