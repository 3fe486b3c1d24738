/* What a staff file lacks, by a setting; whether all files of a firm are complete. */
#include <string.h>

#include "app/aside.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/staff.h"
#include "base/clock.h"
#include "record/days.h"

static bool is_given(const struct staff *staff, const char *name)
{
	const struct field *field = record_field(&staff_record, name);
	struct value value = field ? row_get(&staff->row, field) : value_null();
	return !field || (value.type != VALUE_NULL && !(value.type == VALUE_TEXT && !*value.text));
}

/* "away" or "dwelling=home": whether the file says so. */
static bool says(struct work *work, const struct staff *staff, const char *condition)
{
	const char *equals = strchr(condition, '=');
	const char *name = equals ? arena_text(work->arena, condition, (size_t)(equals - condition)) : condition;
	const struct field *field = record_field(&staff_record, name);
	struct value value = field ? row_get(&staff->row, field) : value_null();
	if (equals)
		return value.type == VALUE_TEXT && text_same(value.text, equals + 1);
	return value.type != VALUE_NULL && !(field->kind == &kind_flag && !value.whole);
}

/* One entry of the setting, "back_day?away" or "idno/papers"; the name of what lacks, NULL where nothing does. */
static const char *lacking(struct work *work, const struct staff *staff, const char *entry)
{
	const char *mark = strchr(entry, '?');
	const char *names = mark ? arena_text(work->arena, entry, (size_t)(mark - entry)) : entry, *first = NULL, *name;
	if (mark && !says(work, staff, mark + 1))
		return NULL;
	while ((name = text_word(work->arena, &names, '/'))) {
		if (is_given(staff, name))
			return NULL;
		first = first ? first : name;
	}
	return first;
}

void staff_complete(struct work *work, struct staff *staff)
{
	struct buf lacks = {.arena = work->arena};
	const char *left = settings_value(work, "staff_needed"), *entry;
	while ((entry = text_word(work->arena, &left, ','))) {
		const char *name = lacking(work, staff, text_trim(work->arena, entry));
		if (name)
			buf_print(&lacks, "%s%s", lacks.size ? "," : "", name);
	}
	bool complete = !lacks.size;
	SET(staff, staff, lacks, complete ? value_null() : V((const char *)buf_end(&lacks)));
	if (complete && !(GIVEN(staff, staff, complete) && staff->complete))
		SET(staff, staff, complete_since, V(work->today));
	else if (!complete)
		SET(staff, staff, complete_since, value_null());
	SET(staff, staff, complete, V((int64_t)complete));
}

/* --- all files of a firm */

static struct site_files *kept(struct work *work, struct id site)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM site_files WHERE site = ? AND voided_at IS NULL",
			row_columns(work->arena, &site_files_record)),
		BIND(V(site)));
	struct site_files *files = NULL;
	if (db_next(query)) {
		files = (struct site_files *)row_read(work, &site_files_record, query);
		db_done(query);
	}
	return files;
}

static bool any_lacks(struct work *work, struct id site)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM staff_files WHERE site = ? AND voided_at IS NULL AND complete = 0 AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(site), V(work->today)));
}

static int64_t count_complete(struct work *work, struct id site)
{
	return db_get(work->db, 0,
		"SELECT count(*) FROM staff_files WHERE site = ? AND voided_at IS NULL AND complete = 1 AND (ends IS NULL OR ends >= ?)",
		BIND(V(site), V(work->today)));
}

/* How many files are asked of a firm: one at least, and as many as the setting says of its staff. */
static int64_t asked_of(struct work *work, struct id site)
{
	const struct site *firm = (const struct site *)row_load(work, &site_record, site);
	int64_t asked = firm && GIVEN(firm, site, staff) ? (firm->staff * settings_number(work, "files_cover") + 99) / 100 : 0;
	return asked > 1 ? asked : 1;
}

/* The number is kept by adding: counting thousands of files for each that comes would cost more than the file. */
static int64_t complete_now(struct work *work, const struct site_files *old, struct id site, int64_t more)
{
	if (!old)
		return count_complete(work, site);
	if (more)
		db_run(work->db, "UPDATE site_files SET files = coalesce(files, 0) + ? WHERE id = ?", BIND(V(more), V(old->row.id)));
	return old->files + more;
}

static enum status keep(struct work *work, const struct site_files *old, struct id site, bool complete, int64_t count)
{
	struct site_files *files = (struct site_files *)(old ? row_copy(work->arena, &old->row) : row_new(work->arena, &site_files_record));
	struct row *row = &files->row;
	if (old) {
		days_put(work, row, FIELD_OF(site_files, complete), work->today, DAY_FAR, V((int64_t)complete));
		return row_rewrite(work, &old->row, row, "changed");
	}
	SET(files, site_files, site, V(site));
	SET(files, site_files, complete, V((int64_t)complete));
	SET(files, site_files, files, V(count));
	return row_insert(work, &row, NULL);
}

enum status site_files_judge(struct work *work, struct id site, int64_t more)
{
	struct aside aside;
	struct site_files *old = kept(work, site);
	int64_t count = complete_now(work, old, site, more);
	bool complete = !any_lacks(work, site) && count >= asked_of(work, site);
	if (old && (old->complete != 0) == complete)
		return OK;
	aside_begin(work, &aside);
	enum status status = keep(work, old, site, complete, count);
	aside_end(work, &aside);
	return status;
}

bool site_files_stale(struct work *work, struct id site)
{
	const struct site_files *old = kept(work, site);
	return old && old->files != count_complete(work, site);
}

enum status site_files_count(struct work *work, struct id site)
{
	const struct site_files *old = kept(work, site);
	return site_files_judge(work, site, old ? count_complete(work, site) - old->files : 0);
}

bool site_files_complete(struct work *work, struct id site, int64_t day)
{
	const struct site_files *files = kept(work, site);
	return files && day >= files->row.since && ((const struct site_files *)row_as_of(work, &files->row, day))->complete;
}

void site_files_breaks(struct work *work, struct id site, struct breaks *breaks)
{
	const struct site_files *files = kept(work, site);
	if (files)
		days_breaks(work, &files->row, breaks);
}
