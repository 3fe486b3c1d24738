#include "app/policy_judge.h"

#include <string.h>

#include "app/area.h"
#include "app/delivery_match.h"
#include "app/rights.h"
#include "base/data.h"
#include "record/tally.h"

static enum status policy_check(struct work *work, const struct row *old, struct row *row);
static enum status policy_saved(struct work *work, const struct row *old, const struct row *row);
static enum status policy_publish(struct work *work, const struct row *old, struct row *row);
static enum status policy_end(struct work *work, const struct row *old, struct row *row);
static enum status policy_draft(struct work *work, const struct row *old, struct row *row);
static int64_t measure_policies_in_force(struct work *work, const struct row *row, int64_t day);
static void policy_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static const char *policy_view(struct work *work, const char *name, struct sql *sql);

#define DEF "app/policy.def"
#define HOOKS .check = policy_check, .saved = policy_saved, .view = policy_view, .breaks = policy_breaks,
#include "record/table.h"

static const struct policy *self(const struct row *row)
{
	return (const struct policy *)row;
}

/* From the day on which it was published and has begun, until and with its last day; it counts where it was issued, and above. */
static int64_t measure_policies_in_force(struct work *work, const struct row *row, int64_t day)
{
	const struct policy *policy = self(row);
	(void)work;
	return GIVEN(policy, policy, published_on) && day >= policy->published_on &&
		!(GIVEN(policy, policy, begins) && day < policy->begins) && !(GIVEN(policy, policy, ends) && day > policy->ends);
}

static void policy_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const struct policy *policy = self(row);
	(void)work;
	if (!GIVEN(policy, policy, published_on))
		return;
	breaks_add(breaks, policy->published_on);
	if (GIVEN(policy, policy, begins))
		breaks_add(breaks, policy->begins);
	if (GIVEN(policy, policy, ends))
		breaks_add(breaks, policy->ends + 1);
}

int64_t policy_month(const struct policy *policy, int64_t day)
{
	int64_t month = month_of(day) - 1;
	if (GIVEN(policy, policy, begins) && month < month_of(policy->begins))
		month = month_of(policy->begins);
	if (GIVEN(policy, policy, ends) && month > month_of(policy->ends))
		month = month_of(policy->ends);
	return month;
}

/* The policies of an area and of all above it. */
static void add_above(struct work *work, struct sql *sql, const char *path)
{
	sql_add(sql, " OR path IN (''", NOTHING);
	for (size_t size = PATH_STEP; size <= strlen(path); size += PATH_STEP)
		sql_add(sql, ", ?", BIND(V(arena_text(work->arena, path, size))));
	sql_add(sql, ") OR (path >= ? AND path < ?)", BIND(V(path), V(arena_print(work->arena, "%s~", path))));
}

static const char *site_path(struct work *work, struct id id)
{
	const char *path = "";
	struct query *query = db_query(work->db, "SELECT path FROM sites WHERE id = ?", BIND(V(id)));
	while (db_next(query))
		path = db_copy(query, 0, work->arena);
	return path;
}

/* What holds where the asker's grants reach. */
static void where_here(struct work *work, struct sql *sql)
{
	sql_add(sql, " AND (1 = 0", NOTHING);
	for (size_t i = 0; work->who && i < work->who->grant_count; i++) {
		const struct grant_reach *grant = &work->who->grants[i];
		if (rights_hold(&grant->rights, RIGHT_policy_read))
			add_above(work, sql, grant->path ? grant->path : work->db ? site_path(work, grant->site) : "");
	}
	sql_add(sql, ")", NOTHING);
}

static const char *policy_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "here")) {
		where_here(work, sql);
		return "";
	}
	if (!text_same(name, "current"))
		return NULL;
	sql_add(sql, " AND state = 'published' AND (begins IS NULL OR begins <= ?) AND (ends IS NULL OR ends >= ?)",
		BIND(V(work->today), V(work->today)));
	return "state";
}

/* --- rules */

static enum status check_code(struct work *work, const struct policy *policy)
{
	if (!GIVEN(policy, policy, code))
		return OK;
	if (strspn(policy->code, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(policy->code))
		return fail(work, BAD_FIELD, "code", "takes small letters, digits and _|只能用小写字母、数字和下划线");
	return db_get(work->db, 0, "SELECT 1 FROM policies WHERE code = ? AND id <> ? AND voided_at IS NULL LIMIT 1",
		       BIND(V(policy->code), V(policy->row.id)))
		? fail(work, BAD_FIELD, "code", "is taken|该代码已被使用")
		: OK;
}

/* What somebody was told of stays as it was told; who answers for it and what to bring may change. */
static bool same_promise(const struct policy *one, const struct policy *other)
{
	static const char *const fields[] = {
		"title", "title_en", "doc_no", "issuer", "area", "body", "conditions", "benefit", "begins", "mode"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct field *field = record_field(&policy_record, fields[i]);
		if (!value_same(row_get(&one->row, field), row_get(&other->row, field)))
			return false;
	}
	return true;
}

static enum status check_days(struct work *work, const struct policy *policy)
{
	if (GIVEN(policy, policy, begins) && GIVEN(policy, policy, ends) && policy->ends < policy->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	return OK;
}

static enum status check_trees(struct work *work, const struct policy *policy)
{
	struct policies *policies = policies_new(work);
	return policies_add(work, policies, policy, work->today);
}

static enum status policy_check(struct work *work, const struct row *old, struct row *row)
{
	struct policy *policy = (struct policy *)row;
	const struct policy *before = old ? self(old) : NULL;
	if (!before) {
		SET(policy, policy, state, V("draft"));
		check_code(work, policy);
		if (!GIVEN(policy, policy, mode))
			SET(policy, policy, mode, V("apply"));
	}
	check_days(work, policy);
	if (before && text_same(before->state, "ended") && text_same(policy->state, "ended") && !policy->row.voided_at)
		return fail(work, BAD_STATE, NULL, "It is ended: publish it again, or make a new one|政策已结束，请重新发布或另建");
	if (before && !text_same(before->state, "draft") && !text_same(policy->state, "draft") && !same_promise(before, policy))
		return fail(work, BAD_STATE, NULL,
			"A published policy says what it said: put it back to draft while nobody was told, or end it and make a new one|已发布的政策不再改动：尚未送达的可退回草稿，否则请结束后另建");
	return check_trees(work, policy);
}

static enum status policy_saved(struct work *work, const struct row *old, const struct row *row)
{
	match_policy(work, old, row);
	return old && row->voided_at && !text_same(self(row)->state, "draft")
		? fail(work, BAD_STATE, NULL, "It was published: end it instead|已发布的政策不能作废，请办理结束")
		: OK;
}

/* --- steps */

static enum status policy_publish(struct work *work, const struct row *old, struct row *row)
{
	struct policy *policy = (struct policy *)row;
	(void)old;
	if (GIVEN(policy, policy, ends) && policy->ends < work->today)
		return fail(work, BAD_STATE, NULL, "Its last day is past|截止日已过");
	SET(policy, policy, published_on, V(work->today));
	return OK;
}

static enum status policy_end(struct work *work, const struct row *old, struct row *row)
{
	struct policy *policy = (struct policy *)row;
	(void)old;
	if (!GIVEN(policy, policy, ends) || policy->ends > work->today)
		SET(policy, policy, ends, V(work->today));
	return OK;
}

static enum status policy_draft(struct work *work, const struct row *old, struct row *row)
{
	struct policy *policy = (struct policy *)row;
	if (GIVEN(self(old), policy, told) && self(old)->told)
		return fail(work, BAD_STATE, NULL, "Somebody was told of it already: end it instead|已送达企业，不能退回草稿，请办理结束");
	SET(policy, policy, published_on, value_null());
	return OK;
}

/* --- what muster ships */

/* A member of the file as the value of a field. */
static enum status take(struct work *work, struct row *row, const char *name, const json_t *json)
{
	struct value value;
	const struct field *field = record_field(&policy_record, name);
	if (!json || kind_from_json(work, field, json, &value) != OK)
		return work->status;
	row_set(row, field, value);
	return OK;
}

static enum status ship(struct work *work, const struct area *area, const char *text, bool publish, int64_t *made)
{
	static const char *const fields[] = {
		"code", "doc_no", "issuer", "level", "body", "conditions", "benefit", "begins", "ends", "apply_by", "mode", "materials"};
	char id[ID_TEXT];
	const json_t *json = json_read(work->arena, text, strlen(text), NULL);
	struct policy *policy = (struct policy *)row_new(work->arena, &policy_record);
	struct row *row = &policy->row;
	const char *title = json_string_value(json_object_get(json, "title"));
	row->id = id_of_name(arena_print(
		work->arena, "muster policy %s %s", json_string_value(json_object_get(json, "code")), id_print(area->row.id, id)));
	if (row_load(work, &policy_record, row->id))
		return OK;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (take(work, row, fields[i], json_object_get(json, fields[i])) != OK)
			return work->status;
	/* codes are one for the whole store: those of another area have none */
	if (db_get(work->db, 0, "SELECT 1 FROM policies WHERE code = ? AND voided_at IS NULL LIMIT 1", BIND(V(policy->code))))
		SET(policy, policy, code, value_null());
	SET(policy, policy, title, V(text_in(work->arena, title, CHINESE)));
	SET(policy, policy, title_en, V(text_in(work->arena, title, ENGLISH)));
	SET(policy, policy, area, V(area->row.id));
	SET(policy, policy, example, V(true));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	++*made;
	struct row *published = row_copy(work->arena, row);
	bool past = GIVEN(self(row), policy, ends) && self(row)->ends < work->today;
	return publish && !past ? row_step(work, row, published, record_step(&policy_record, "publish"), row->version) : OK;
}

enum status policy_ship(struct work *work, const struct area *area, bool publish, int64_t *made)
{
	*made = 0;
	struct id deed = work->deed;
	work->deed = (struct id){{0}}; /* it names the whole */
	for (size_t i = 0; i < data_file_count && work->status == OK; i++)
		if (text_starts(data_files[i].name, "policies/"))
			ship(work, area, data_files[i].text, publish, made);
	work->deed = deed;
	return work->status;
}
