/* One tap: the return of an area or a firm is made, or the one begun is sent, with the facts of a firm's day. */
#include "app/daily_inner.h"
#include "app/rights.h"
#include "app/site_day.h"
#include "record/days.h"
#include "record/history.h"
#include "record/rows.h"

static enum status take_numbers(struct work *work, const struct daily_confirm *ask, struct daily *daily)
{
	if (ask->text)
		SET(daily, daily, text, V(ask->text));
	if (ask->jump_reason)
		SET(daily, daily, jump_reason, V(ask->jump_reason));
	SET(daily, daily, zero, ask->zero ? V(true) : value_null());
	if (!GIVEN(daily, daily, site))
		return OK;
	const struct row *site = row_load(work, &site_record, daily->site);
	const struct site *then = site ? (const struct site *)row_as_of(work, site, daily->day - 1) : NULL;
	if (ask->same && (!then || !GIVEN(then, site, on_duty)))
		return fail(work, BAD_FIELD, "same", "Nothing is known of the day before|前一日没有可沿用的数字");
	if (ask->same) {
		SET(daily, daily, staff, row_get(&then->row, FIELD_OF(site, staff)));
		SET(daily, daily, on_duty, V(then->on_duty));
	}
	if (ask->staff >= 0)
		SET(daily, daily, staff, V(ask->staff));
	if (ask->on_duty >= 0)
		SET(daily, daily, on_duty, V(ask->on_duty));
	return OK;
}

static bool same_content(const struct daily *one, const struct daily *other)
{
	return one->zero == other->zero && one->staff == other->staff && one->on_duty == other->on_duty &&
		text_same(one->text, other->text) && text_same(one->jump_reason, other->jump_reason);
}

/* Whether this very confirmation was written before: then it answers as it did. */
static bool confirmed_before(struct work *work, struct daily_confirm *ask)
{
	struct id row, body;
	if (id_none(ask->deed) || !history_deed(work, ask->deed, &row, &body))
		return false;
	ask->row = row_load(work, &daily_record, row);
	return ask->row != NULL;
}

/* Numbers and facts of a firm; *more: facts were written. */
static enum status take(struct work *work, const struct daily_confirm *ask, struct daily *daily, bool *more)
{
	struct site_day_tell tell = {.daily = daily, .said = ask->facts, .same = ask->same};
	*more = false;
	if (take_numbers(work, ask, daily) != OK || !GIVEN(daily, daily, site) || (!ask->facts && !ask->same))
		return work->status;
	if (daily_fill(work, daily) != OK)
		return work->status;
	if (site_day_tell(work, &tell) != OK) {
		/* every fault at once, also that which the return itself would be held up by */
		daily_check_jump(work, daily);
		return work->status;
	}
	*more = tell.changed;
	return OK;
}

enum status daily_confirm(struct work *work, void *data)
{
	struct daily_confirm *ask = data;
	bool more;
	if (confirmed_before(work, ask))
		return who_reaches(work->who, RIGHT_return_read, ask->row->path, row_site(ask->row)) ? OK
												     : fail(work, NOT_FOUND, NULL, NULL);
	work->deed = ask->deed;
	struct daily *there = daily_find(work, ask->area, ask->site, ask->day);
	if (there && !who_reaches(work->who, RIGHT_return_read, there->row.path, there->site))
		return fail(work, NOT_FOUND, NULL, NULL);
	struct daily *daily = (struct daily *)(there ? row_copy(work->arena, &there->row) : row_new(work->arena, &daily_record));
	ask->row = &daily->row;
	if (!there) {
		daily->row.id = ask->id;
		if (!id_none(ask->area))
			SET(daily, daily, area, V(ask->area));
		if (!id_none(ask->site))
			SET(daily, daily, site, V(ask->site));
		SET(daily, daily, day, V(ask->day));
		return take(work, ask, daily, &more) == OK ? row_insert(work, &ask->row, NULL) : work->status;
	}
	if (text_same(there->state, "sealed"))
		return fail(work, BAD_STATE, NULL, "This day is sealed|当日已审签归档");
	if (take(work, ask, daily, &more) != OK)
		return work->status;
	if (!more && daily_in(there) && same_content(there, daily))
		return OK;
	if (daily_send(work, there, daily) != OK)
		return work->status;
	return row_change(work, &there->row, &daily->row, there->row.version, RIGHT_return_write);
}
