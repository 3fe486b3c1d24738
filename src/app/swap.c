#include "app/swap.h"

#include "app/deadline.h"
#include "app/notice_box.h"
#include "app/own_shifts.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status swap_check(struct work *work, const struct row *old, struct row *row);
static enum status swap_saved(struct work *work, const struct row *old, const struct row *row);
static enum status swap_accept(struct work *work, const struct row *old, struct row *row);
static enum status swap_withdraw(struct work *work, const struct row *old, struct row *row);
static const char *swap_view(struct work *work, const char *name, struct sql *sql);

#define DEF "app/swap.def"
#define HOOKS .check = swap_check, .saved = swap_saved, .view = swap_view,
#include "record/table.h"

static const struct swap *self(const struct row *row)
{
	return (const struct swap *)row;
}

static const char *swap_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "open"))
		return NULL;
	sql_add(sql, " AND state IN ('asked', 'taken') AND until > ?", BIND(V(work->now)));
	return "until";
}

/* --- rules */

/* Whether the asker stands for the person, or plans there. */
static bool speaks_for(struct work *work, struct id person, const char *path)
{
	struct id own = own_person(work);
	return (!id_none(own) && id_same(own, person)) || who_reaches(work->who, RIGHT_post_write, path, (struct id){{0}});
}

/* A shift that has not begun; BAD_FIELD of `field` else. */
static const struct shift *to_come(struct work *work, struct id id, const char *field)
{
	const struct shift *shift = (const struct shift *)row_load(work, &shift_record, id);
	if (shift && !shift->row.voided_at && text_same(shift->state, "planned") && shift->starts > work->now)
		return shift;
	fail(work, BAD_FIELD, field, "has begun or is over|已开始或已结束");
	return NULL;
}

static enum status check_new(struct work *work, struct swap *swap)
{
	const struct shift *shift = to_come(work, swap->shift, "shift"), *other = NULL;
	if (!shift)
		return work->status;
	if (!speaks_for(work, shift->person, shift->row.path))
		return fail(work, NO_RIGHT, NULL, "The shift is not yours|这不是您的班次");
	if (db_get(work->db, 0, "SELECT 1 FROM swaps WHERE shift = ? AND state IN ('asked', 'taken') AND voided_at IS NULL LIMIT 1",
		    BIND(V(swap->shift))))
		return fail(work, BAD_FIELD, "shift", "is offered already|已在申请换班");
	SET(swap, swap, state, V("asked"));
	SET(swap, swap, person, V(shift->person));
	SET(swap, swap, until, V(shift->starts));
	if (GIVEN(swap, swap, against)) {
		if (!(other = to_come(work, swap->against, "against")))
			return work->status;
		if (GIVEN(swap, swap, whom) && !id_same(swap->whom, other->person))
			return fail(work, BAD_FIELD, "against", "is not a shift of whom it is offered to|不是换班对象的班次");
		SET(swap, swap, whom, V(other->person));
		if (other->starts < shift->starts)
			SET(swap, swap, until, V(other->starts));
	}
	return GIVEN(swap, swap, whom) && id_same(swap->whom, shift->person)
		? fail(work, BAD_FIELD, "whom", "has this shift already|本人已担任该班次")
		: OK;
}

static enum status swap_check(struct work *work, const struct row *old, struct row *row)
{
	return old ? OK : check_new(work, (struct swap *)row);
}

static enum status swap_accept(struct work *work, const struct row *old, struct row *row)
{
	struct swap *swap = (struct swap *)row;
	(void)old;
	if (!GIVEN(swap, swap, taker))
		SET(swap, swap, taker, V(own_person(work)));
	if (id_none(swap->taker))
		return fail(work, BAD_FIELD, "taker", "must be given: your account stands for no person|须填写：您的账号没有对应人员");
	if (!speaks_for(work, swap->taker, row->path))
		return fail(work, NO_RIGHT, NULL, "One takes a shift for oneself only|只能为本人接班");
	if (id_same(swap->taker, swap->person) || (GIVEN(swap, swap, whom) && !id_same(swap->taker, swap->whom)))
		return fail(work, BAD_FIELD, "taker", "is not whom it is offered to|不是换班对象");
	if (!to_come(work, swap->shift, "shift"))
		return work->status;
	if (!settings_number(work, "swap_confirm"))
		SET(swap, swap, state, V("done"));
	return OK;
}

static enum status swap_withdraw(struct work *work, const struct row *old, struct row *row)
{
	return speaks_for(work, self(old)->person, row->path) ? OK : fail(work, NO_RIGHT, NULL, "The offer is not yours|这不是您的申请");
}

/* --- the exchange */

struct id swap_other(struct work *work, struct id id, struct id shift)
{
	const struct swap *swap = id_none(id) ? NULL : self(row_load(work, &swap_record, id));
	if (!swap || !GIVEN(swap, swap, against))
		return (struct id){{0}};
	return id_same(swap->shift, shift) ? swap->against : swap->shift;
}

/* The shift goes from somebody to somebody else, by the rules of whoever takes it. */
static enum status give(struct work *work, const struct swap *swap, struct id id, const char *field, struct id from, struct id to)
{
	const struct shift *old = to_come(work, id, field);
	if (!old)
		return work->status;
	if (!id_same(old->person, from))
		return fail(work, BAD_STATE, NULL, "The shift has gone to somebody else meanwhile|该班次已另行调整");
	struct shift *shift = (struct shift *)row_copy(work->arena, &old->row);
	SET(shift, shift, person, V(to));
	SET(shift, shift, swap, V(swap->row.id));
	SET(shift, shift, over, GIVEN(swap, swap, over) ? V(swap->over) : value_null());
	return row_change(work, &old->row, &shift->row, old->row.version, RIGHT_shift_attend);
}

static enum status exchange(struct work *work, const struct swap *swap)
{
	if (give(work, swap, swap->shift, "shift", swap->person, swap->taker) != OK || !GIVEN(swap, swap, against))
		return work->status;
	return give(work, swap, swap->against, "against", swap->taker, swap->person);
}

/* --- who is told */

static void add_holders(struct work *work, struct notice_to *to, const struct shift *shift)
{
	struct id *people = NULL;
	size_t count = 0, space = 0;
	int64_t day = deadline_day(work, shift->starts);
	struct query *query = db_query(work->db,
		"SELECT person FROM assignments WHERE post = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) ORDER BY serial",
		BIND(V(shift->post), V(day), V(day)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, people, count, space) = db_id(query, 0);
	for (size_t i = 0; i < count; i++)
		notice_to_person(work, to, people[i]);
}

static void tell(struct work *work, const struct swap *swap)
{
	struct notice_to to = {0};
	const struct shift *shift = (const struct shift *)row_load(work, &shift_record, swap->shift);
	const struct post *post = shift ? (const struct post *)row_load(work, &post_record, shift->post) : NULL;
	bool asked = text_same(swap->state, "asked");
	char day[DAY_TEXT];
	if (!post)
		return;
	notice_to_person(work, &to, swap->person);
	if (!id_none(swap->taker) || !id_none(swap->whom))
		notice_to_person(work, &to, id_none(swap->taker) ? swap->whom : swap->taker);
	else if (asked)
		add_holders(work, &to, shift);
	if (!asked)
		notice_to_above(work, &to, &swap->row, settings_value(work, "shift_roles"));
	day_print(deadline_day(work, shift->starts), day);
	notice_write(work, &to, &swap->row, arena_print(work->arena, "swap_%s", swap->state),
		arena_print(work->arena, "%s %s", post->title, day));
}

static enum status swap_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct swap *swap = self(row);
	if (row->voided_at)
		return work->who->all || speaks_for(work, swap->person, row->path)
			? OK
			: fail(work, NO_RIGHT, NULL, "The swap is not yours|这不是您的换班申请");
	if (old && text_same(self(old)->state, swap->state))
		return OK;
	if (text_same(swap->state, "done") && exchange(work, swap) != OK)
		return work->status;
	tell(work, swap);
	return OK;
}

enum status swap_expire(struct work *work, struct id id)
{
	struct row *old = row_load(work, &swap_record, id);
	if (!old || old->voided_at || !text_listed("asked,taken", ',', self(old)->state) || self(old)->until > work->now)
		return OK;
	struct swap *swap = (struct swap *)row_copy(work->arena, old);
	SET(swap, swap, state, V("expired"));
	return row_change(work, old, &swap->row, old->version, RIGHT_post_write);
}
