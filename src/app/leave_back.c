/* Somebody is back: what was cut and is still free is theirs again, as new rows, for the days between were not served. */
#include "app/leave_cut.h"

#include "app/finding.h"
#include "app/link.h"
#include "app/need.h"
#include "app/person.h"
#include "app/post.h"
#include "app/shift.h"
#include "base/clock.h"

int64_t cut_shifts_there(struct work *work, const struct cut *cut)
{
	return db_get(work->db, 0,
		"SELECT count(*) FROM shifts WHERE post = ? AND voided_at IS NULL AND state <> 'missed' AND starts = ? AND ends = ?",
		BIND(V(cut->at), V(cut->begins), V(cut->ends)));
}

/* Somebody else answers for the site at this level, and does so since it was cut. */
static bool taken_over(struct work *work, const struct leave *leave, const struct cut *cut, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM links WHERE site = ? AND level = ? AND voided_at IS NULL AND begins >= ? AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(cut->at), V(cut->level), V(leave->cut_on), V(day), V(day)));
}

static bool is_over(struct work *work, const struct cut *cut, int64_t day)
{
	return cut->what == CUT_SHIFT ? cut->begins <= work->now : cut->ends < day;
}

bool cut_free(struct work *work, const struct leave *leave, const struct cut *cut, int64_t day)
{
	if (is_over(work, cut, day))
		return false;
	switch (cut->what) {
	case CUT_ASSIGNMENT: return post_room(work, cut->at, cut->begins > day ? cut->begins : day, cut->ends) > 0;
	case CUT_SHIFT: return cut_shifts_there(work, cut) < cut->places;
	case CUT_LINK: return !taken_over(work, leave, cut, cut->begins > day ? cut->begins : day);
	case CUT_NEED: {
		const struct need *need = (const struct need *)row_load(work, &need_record, cut->row);
		return need && !need->row.voided_at && id_same(need->heard_by, cut->user) && !text_same(need->state, "confirmed");
	}
	default: {
		const struct finding *finding = (const struct finding *)row_load(work, &finding_record, cut->row);
		return finding && !finding->row.voided_at && !text_same(finding->state, "closed") &&
			id_same(finding_follower(work, finding), cut->user);
	}
	}
}

/* --- given back */

struct giving {
	const struct leave *leave;
	const struct cut *cut;
	int64_t begins; /* today, or the first day, or the one from which it was cut, where that is still to come */
};

static enum status give_assignment(struct work *work, const struct giving *giving)
{
	struct assignment *assignment = (struct assignment *)row_new(work->arena, &assignment_record);
	struct row *row = &assignment->row;
	SET(assignment, assignment, post, V(giving->cut->at));
	SET(assignment, assignment, person, V(giving->leave->person));
	SET(assignment, assignment, begins, V(giving->begins));
	if (!id_none(giving->cut->org))
		SET(assignment, assignment, org, V(giving->cut->org));
	if (giving->cut->lead)
		SET(assignment, assignment, lead, V(1));
	if (giving->cut->ends != DAY_FAR)
		SET(assignment, assignment, ends, V(giving->cut->ends));
	return row_insert(work, &row, NULL);
}

static enum status give_shift(struct work *work, const struct giving *giving)
{
	struct shift *shift = (struct shift *)row_new(work->arena, &shift_record);
	struct row *row = &shift->row;
	SET(shift, shift, post, V(giving->cut->at));
	SET(shift, shift, person, V(giving->leave->person));
	SET(shift, shift, starts, V(giving->cut->begins));
	SET(shift, shift, ends, V(giving->cut->ends));
	return row_insert(work, &row, NULL);
}

static enum status give_link(struct work *work, const struct giving *giving)
{
	struct link *link = (struct link *)row_new(work->arena, &link_record);
	struct row *row = &link->row;
	SET(link, link, site, V(giving->cut->at));
	if (id_none(giving->cut->user))
		SET(link, link, person, V(giving->leave->person));
	else
		SET(link, link, user, V(giving->cut->user));
	SET(link, link, level, V(giving->cut->level));
	SET(link, link, begins, V(giving->begins));
	if (giving->cut->ends != DAY_FAR)
		SET(link, link, ends, V(giving->cut->ends));
	return row_insert(work, &row, NULL);
}

static enum status give(struct work *work, void *data)
{
	const struct giving *giving = data;
	switch (giving->cut->what) {
	case CUT_ASSIGNMENT: return give_assignment(work, giving);
	case CUT_SHIFT: return give_shift(work, giving);
	case CUT_LINK: return give_link(work, giving);
	default: return OK; /* it is still with the person */
	}
}

static const char *why_lost(struct work *work, const struct cut *cut)
{
	if (is_over(work, cut, work->today))
		return work_text(work, "its time is over|已过期");
	switch (cut->what) {
	case CUT_ASSIGNMENT: return work_text(work, "the post lacks nobody any more|岗位已补齐或已撤销");
	case CUT_SHIFT: return work_text(work, "somebody else stands there|班次已有人顶替");
	case CUT_LINK: return work_text(work, "somebody else answers for it|已有人接手");
	default: return work_text(work, "it is closed, or with somebody else|已办结或已移交他人");
	}
}

static void give_back(struct work *work, const struct leave *leave, struct cut *cut)
{
	/* what is cut from a day to come is still held until then */
	int64_t day = leave->cut_on > work->today ? leave->cut_on : work->today;
	struct giving giving = {.leave = leave, .cut = cut, .begins = cut->begins > day ? cut->begins : day};
	if (cut->state != CUT_OPEN)
		return;
	cut->state = CUT_LOST;
	if (!cut_free(work, leave, cut, day)) {
		cut->why = why_lost(work, cut);
		return;
	}
	if (store_try(work, give, &giving) == OK)
		cut->state = CUT_BACK;
	else
		cut->why = work->fault_count ? work->faults[0].detail
			: work->detail       ? work->detail
					     : work_text(work, status_text(work->status));
	work_forgive(work);
}

enum status leave_back(struct work *work, const struct row *old, struct row *row)
{
	struct leave *leave = (struct leave *)row;
	const struct who *who = work->who;
	struct who all = {.id = who->id, .name = who->name, .all = true};
	struct cuts cuts = cuts_read(work, (const struct leave *)old);
	struct id deed = work->deed;
	SET(leave, leave, back_on, V(work->today));
	/* from here on it keeps nobody from what is given back; the row itself is written when that is done */
	db_run(work->db, "UPDATE leaves SET state = 'back' WHERE id = ?", BIND(V(leave->row.id)));
	work->who = &all;
	for (size_t i = 0; i < cuts.count; i++) {
		work->deed = (struct id){{0}};
		give_back(work, (const struct leave *)old, &cuts.list[i]);
	}
	work->who = who;
	work->deed = deed;
	SET(leave, leave, cut, V(cuts_print(work, &cuts)));
	return work->status;
}
