/* What matching, questions, lists and many at once do to a row of the ledger. */
#include "app/delivery_inner.h"
#include "app/delivery_judge.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/rows.h"

/* Within another write, or for many rows at once: the deed and the body that were sent name that one. */
static enum status aside(struct work *work, const struct row *old, struct row *row, const char *step, int right)
{
	struct id deed = work->deed, body = work->body;
	work->deed = work->body = (struct id){{0}};
	if (step)
		row_step(work, old, row, record_step(&delivery_record, step), old->version);
	else
		row_change(work, old, row, old->version, right);
	work->deed = deed;
	work->body = body;
	return work->status;
}

static enum status make(struct work *work, struct id policy, struct id site, const struct judged *judged)
{
	struct delivery *one = (struct delivery *)row_new(work->arena, &delivery_record);
	struct row *row = &one->row;
	SET(one, delivery, policy, V(policy));
	SET(one, delivery, site, V(site));
	delivery_take_judgement(work, one, judged);
	return row_insert(work, &row, NULL);
}

enum status delivery_judged(struct work *work, struct id policy, struct id site, const struct judged *judged)
{
	const struct delivery *old = delivery_find(work, policy, site);
	if (!old)
		return judged->verdict == VERDICT_YES ? make(work, policy, site, judged) : OK;
	struct delivery *one = (struct delivery *)row_copy(work->arena, &old->row);
	bool changed = delivery_take_judgement(work, one, judged);
	if (judged->verdict == VERDICT_YES && text_same(old->state, "lapsed")) {
		delivery_qualify(work, one);
	} else if (judged->verdict == VERDICT_NO && text_listed(delivery_open_states, ',', old->state)) {
		SET(one, delivery, state, V("lapsed"));
		SET(one, delivery, lapsed_day, V(work->today));
		SET(one, delivery, reason, V(one->why));
		SET(one, delivery, list, value_null());
	} else if (!changed) {
		return OK;
	}
	return row_change(work, &old->row, &one->row, old->row.version, RIGHT_delivery_write);
}

enum status delivery_lapse(struct work *work, struct id id, const char *reason)
{
	const struct row *old = row_load(work, &delivery_record, id);
	if (!old || old->voided_at || !text_listed(delivery_open_states, ',', ((const struct delivery *)old)->state))
		return OK;
	struct delivery *one = (struct delivery *)row_copy(work->arena, old);
	SET(one, delivery, state, V("lapsed"));
	SET(one, delivery, lapsed_day, V(work->today));
	SET(one, delivery, reason, V(reason));
	SET(one, delivery, list, value_null());
	return row_change(work, old, &one->row, old->version, RIGHT_delivery_write);
}

enum status delivery_asked(struct work *work, struct id policy, struct id site)
{
	const struct delivery *old = delivery_find(work, policy, site);
	if (!old || GIVEN(old, delivery, known_day) || text_same(old->state, "lapsed"))
		return OK;
	struct delivery *one = (struct delivery *)row_copy(work->arena, &old->row);
	delivery_know(work, one, "asked", work->today);
	return aside(work, &old->row, &one->row, NULL, RIGHT_delivery_read);
}

enum status delivery_listed(struct work *work, const struct delivery *old, const char *list)
{
	struct delivery *one = (struct delivery *)row_copy(work->arena, &old->row);
	SET(one, delivery, list, V(list));
	return aside(work, &old->row, &one->row, NULL, RIGHT_delivery_decide);
}

enum status delivery_granted(struct work *work, const struct delivery *old, const char *doc_no)
{
	struct delivery *one = (struct delivery *)row_copy(work->arena, &old->row);
	SET(one, delivery, doc_no, V(doc_no));
	return aside(work, &old->row, &one->row, "grant_direct", 0);
}

enum status delivery_told(struct work *work, struct id id, const struct delivery_telling *telling)
{
	struct row *old;
	if (row_get_reached(work, &delivery_record, id, RIGHT_delivery_read, &old) != OK)
		return work->status;
	if (!who_reaches(work->who, RIGHT_delivery_write, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	struct delivery *one = (struct delivery *)row_copy(work->arena, old);
	SET(one, delivery, told_how, V(telling->how));
	SET(one, delivery, heard, V(telling->heard));
	if (telling->note)
		SET(one, delivery, told_note, V(telling->note));
	SET(one, delivery, told_last, telling->day == DAY_FAR ? value_null() : V(telling->day));
	return aside(work, old, &one->row, "tell", 0);
}

enum status delivery_known(struct work *work, struct id id)
{
	struct row *old;
	if (row_get_reached(work, &delivery_record, id, RIGHT_delivery_read, &old) != OK)
		return work->status;
	if (!who_reaches(work->who, RIGHT_delivery_apply, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (GIVEN((const struct delivery *)old, delivery, known_day))
		return OK;
	return aside(work, old, row_copy(work->arena, old), "acknowledge", 0);
}
