#include "app/grant_list.h"

#include "app/delivery.h"
#include "app/number.h"
#include "app/policy.h"
#include "app/rights.h"
#include "app/settings.h"
#include "record/rows.h"

static enum status grant_list_check(struct work *work, const struct row *old, struct row *row);
static enum status grant_list_saved(struct work *work, const struct row *old, const struct row *row);
static enum status grant_list_sign(struct work *work, const struct row *old, struct row *row);
static enum status grant_list_drop(struct work *work, const struct row *old, struct row *row);

#define DEF "app/grant_list.def"
#define HOOKS .check = grant_list_check, .saved = grant_list_saved,
#include "record/table.h"

static const struct grant_list *self(const struct row *row)
{
	return (const struct grant_list *)row;
}

/* --- what it is drawn up from */

static struct sql candidates(struct work *work, const char *columns, const struct grant_list *list, bool known)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT %s FROM deliveries WHERE policy = ? AND voided_at IS NULL AND mode = 'none' AND state IN ('matched', 'told', 'known') AND list IS NULL AND verdict = 'yes'%s",
			columns, known ? " AND estimate > 0" : ""),
		BIND(V(list->policy)));
	path_where(&sql, list->row.path);
	return sql;
}

static int64_t count_all(struct work *work, const struct grant_list *list)
{
	struct sql sql = candidates(work, "count(*)", list, false);
	struct query *query = sql_query(work->db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}

static size_t read_candidates(struct work *work, const struct grant_list *list, struct delivery ***rows)
{
	size_t count = 0, space = 0;
	struct sql sql = candidates(work, row_columns(work->arena, &delivery_record), list, true);
	sql_add(&sql, " ORDER BY path, id LIMIT ?", BIND(V(settings_number(work, "policy_list_most"))));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = (struct delivery *)row_read(work, &delivery_record, query);
	return count;
}

size_t grant_list_rows(struct work *work, const char *number, struct delivery ***rows)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM deliveries WHERE list = ? AND voided_at IS NULL ORDER BY path, id",
			row_columns(work->arena, &delivery_record)),
		BIND(V(number)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = (struct delivery *)row_read(work, &delivery_record, query);
	return count;
}

static void add_up(struct grant_list *list, struct delivery *const *rows, size_t count)
{
	int64_t amount = 0;
	for (size_t i = 0; i < count; i++)
		amount += GIVEN(rows[i], delivery, granted_day) ? rows[i]->granted : rows[i]->estimate;
	SET(list, grant_list, firms, V((int64_t)count));
	SET(list, grant_list, amount, V(amount));
}

void grant_list_refresh(struct work *work, const char *number)
{
	struct delivery **rows = NULL;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM grant_lists WHERE number = ? AND state = 'draft' AND voided_at IS NULL",
			row_columns(work->arena, &grant_list_record)),
		BIND(V(number)));
	const struct row *old = db_next(query) ? row_read(work, &grant_list_record, query) : NULL;
	if (!old)
		return;
	db_done(query);
	struct grant_list *list = (struct grant_list *)row_copy(work->arena, old);
	size_t count = grant_list_rows(work, number, &rows);
	add_up(list, rows, count);
	row_refresh(work, &list->row);
}

/* --- rules */

static enum status check_new(struct work *work, struct grant_list *list)
{
	const struct policy *policy = (const struct policy *)row_load(work, &policy_record, list->policy);
	struct delivery **rows = NULL;
	int year;
	if (!policy || !text_same(policy->state, "published"))
		return fail(work, BAD_FIELD, "policy", "is not published|未发布");
	if (!text_same(policy->mode, "none"))
		return fail(work, BAD_FIELD, "policy", "comes on application only|须经申请，不能免申即享");
	if (row_place(work, &list->row) != OK)
		return work->status;
	size_t count = read_candidates(work, list, &rows);
	if (!count)
		return fail(work, BAD_STATE, NULL,
			"No firm qualifies whose amount is computed and that stands in no list yet|没有符合条件、金额已测算且尚未列入名单的企业");
	add_up(list, rows, count);
	SET(list, grant_list, others, V(count_all(work, list) - (int64_t)count));
	int64_t number = number_next(work, "grant_list", work->today, &year);
	SET(list, grant_list, number,
		V(arena_print(work->arena, "%s%d%04lld", settings_value(work, "policy_list_prefix"), year, (long long)number)));
	SET(list, grant_list, state, V("draft"));
	SET(list, grant_list, day, V(work->today));
	SET(list, grant_list, drawn_by, V(work->who->name));
	return OK;
}

static enum status grant_list_check(struct work *work, const struct row *old, struct row *row)
{
	return old ? OK : check_new(work, (struct grant_list *)row);
}

static enum status fill(struct work *work, const struct grant_list *list)
{
	struct delivery **rows = NULL;
	size_t count = read_candidates(work, list, &rows);
	for (size_t i = 0; i < count && work->status == OK; i++)
		delivery_listed(work, rows[i], list->number);
	return work->status;
}

/* Signed, all of it is granted in the same write; dropped, all of it is free for another list. */
static enum status settle(struct work *work, const struct grant_list *list, bool grant)
{
	struct delivery **rows = NULL;
	size_t count = grant_list_rows(work, list->number, &rows);
	for (size_t i = 0; i < count && work->status == OK; i++)
		if (grant)
			delivery_granted(work, rows[i], list->doc_no);
		else
			delivery_listed(work, rows[i], NULL);
	return work->status;
}

static enum status grant_list_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct grant_list *list = self(row);
	if (row->voided_at)
		return fail(work, BAD_STATE, NULL, "Drop the list with a reason instead|请说明理由后作废名单");
	if (!old)
		return fill(work, list);
	if (text_same(self(old)->state, list->state))
		return OK;
	return settle(work, list, text_same(list->state, "signed"));
}

static enum status grant_list_sign(struct work *work, const struct row *old, struct row *row)
{
	struct grant_list *list = (struct grant_list *)row;
	struct delivery **rows = NULL;
	size_t count = grant_list_rows(work, list->number, &rows);
	(void)old;
	if (!count)
		return fail(work, BAD_STATE, NULL, "No firm is left in it|名单中已无企业");
	add_up(list, rows, count);
	SET(list, grant_list, signed_by, V(work->who->name));
	SET(list, grant_list, signed_day, V(work->today));
	return OK;
}

static enum status grant_list_drop(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	(void)row;
	return OK;
}
