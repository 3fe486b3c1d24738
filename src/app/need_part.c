#include "app/need_part.h"

#include "app/deadline.h"
#include "app/need.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "record/store.h"

static enum status part_check(struct work *work, const struct row *old, struct row *row);
static enum status part_saved(struct work *work, const struct row *old, const struct row *row);
static const char *part_view(struct work *work, const char *name, struct sql *sql);
static enum status part_take(struct work *work, const struct row *old, struct row *row);
static enum status part_answer(struct work *work, const struct row *old, struct row *row);
static enum status part_ask_again(struct work *work, const struct row *old, struct row *row);

#define DEF "app/need_part.def"
#define HOOKS .check = part_check, .saved = part_saved, .view = part_view,
#include "record/table.h"

static struct need_part *self(struct row *row)
{
	return (struct need_part *)row;
}

static const struct need *need_of(struct work *work, const struct need_part *part)
{
	return (const struct need *)row_load(work, &need_record, part->need);
}

/* It is asked by the lead body, or by whoever hands needs on. */
static enum status ask(struct work *work, struct need_part *part, const struct need *need)
{
	if (need_is_solved(need))
		return fail(work, BAD_STATE, NULL, "The need is solved|诉求已办结");
	if (!need_is_lead(work, need))
		return fail(work, NO_RIGHT, NULL, "Only the lead body asks others to assist|仅主办单位可请求协办");
	if (id_same(part->org, need->lead))
		return fail(work, BAD_FIELD, "org", "leads the need itself|该单位即为主办单位");
	if (!GIVEN(part, need_part, due_day))
		SET(part, need_part, due_day, V(need->due_day));
	if (!id_none(need->site))
		SET(part, need_part, site, V(need->site));
	SET(part, need_part, state, V("asked"));
	return OK;
}

static enum status part_check(struct work *work, const struct row *old, struct row *row)
{
	struct need_part *part = self(row);
	if (!old && ask(work, part, need_of(work, part)) != OK)
		return work->status;
	SET(part, need_part, due_at, V(deadline_end(work, part->due_day)));
	SET(part, need_part, clock, text_same(part->state, "answered") ? value_null() : V(part->due_at));
	return OK;
}

static enum status part_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct need_part *part = (const struct need_part *)row;
	struct notice_to to = {0};
	if (row->voided_at || (old && text_same(((const struct need_part *)old)->state, part->state)))
		return OK;
	const struct need *need = need_of(work, part);
	if (text_same(part->state, "answered"))
		to = need_concerned(work, need);
	else
		notice_to_org(work, &to, part->org);
	if (!text_same(part->state, "working"))
		notice_write(work, &to, &need->row, text_same(part->state, "answered") ? "part_answered" : "part_asked", need->number);
	return OK;
}

static const char *part_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "mine")) {
		sql_add(sql, " AND org = ?", BIND(V(need_org_of(work, work->who->id))));
		return "org";
	}
	if (text_same(name, "overdue")) {
		sql_add(sql, " AND clock < ?", BIND(V(work->now)));
		return "clock";
	}
	return NULL;
}

static enum status part_take(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	if (!work->who->all && !id_same(self(row)->org, need_org_of(work, work->who->id)) &&
		!who_reaches(work->who, RIGHT_need_assign, row->path, row_site(row)))
		return fail(work, NO_RIGHT, NULL, "Only the body that was asked does this|仅协办单位可操作");
	return OK;
}

static enum status part_answer(struct work *work, const struct row *old, struct row *row)
{
	struct need_part *part = self(row);
	SET(part, need_part, answered_at, V(work->now));
	return part_take(work, old, row);
}

static enum status part_ask_again(struct work *work, const struct row *old, struct row *row)
{
	struct need_part *part = self(row);
	const struct need *need = need_of(work, part);
	(void)old;
	SET(part, need_part, answered_at, value_null());
	if (need_is_solved(need))
		return fail(work, BAD_STATE, NULL, "The need is solved|诉求已办结");
	return need_is_lead(work, need) ? OK : fail(work, NO_RIGHT, NULL, "Only the lead body asks others to assist|仅主办单位可请求协办");
}
