#include "app/claim.h"

#include "app/leave.h"
#include "app/notice_box.h"
#include "app/own_shifts.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "base/clock.h"

static enum status claim_check(struct work *work, const struct row *old, struct row *row);
static enum status claim_saved(struct work *work, const struct row *old, const struct row *row);
static enum status claim_confirm(struct work *work, const struct row *old, struct row *row);
static enum status claim_refuse(struct work *work, const struct row *old, struct row *row);
static const char *claim_view(struct work *work, const char *name, struct sql *sql);
static int64_t measure_posts_claimed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_claims_waiting(struct work *work, const struct row *row, int64_t day);
static void claim_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/claim.def"
#define HOOKS .check = claim_check, .saved = claim_saved, .view = claim_view, .breaks = claim_breaks,
#include "record/table.h"

static const struct claim *self(const struct row *row)
{
	return (const struct claim *)row;
}

/* the day behind the last one held */
static int64_t after(const struct claim *claim)
{
	int64_t end = GIVEN(claim, claim, ends) ? claim->ends + 1 : DAY_FAR;
	return GIVEN(claim, claim, returned_on) && claim->returned_on < end ? claim->returned_on : end;
}

static int64_t measure_posts_claimed(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return GIVEN(self(row), claim, assignment) && day >= self(row)->begins && day < after(self(row));
}

/* From the day of the claim until somebody decides, or it is handed back. */
static int64_t waits_until(const struct claim *claim)
{
	return GIVEN(claim, claim, decided_on) ? claim->decided_on : GIVEN(claim, claim, returned_on) ? claim->returned_on : DAY_FAR;
}

static int64_t measure_claims_waiting(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && day < waits_until(self(row));
}

static void claim_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const struct claim *claim = self(row);
	(void)work;
	breaks_span(breaks, claim->day, waits_until(claim) > claim->day ? waits_until(claim) : claim->day);
	breaks_span(breaks, claim->begins, after(claim) > claim->begins ? after(claim) : claim->begins);
}

static const char *claim_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "mine"))
		return NULL;
	struct id person = work->db ? own_person(work) : (struct id){{0}};
	sql_add(sql, " AND person = ?", BIND(V(person)));
	return "person";
}

void claim_where_open(struct sql *sql, int64_t day, struct id person)
{
	sql_add(sql,
		" AND claim = 1 AND (ends IS NULL OR ends >= ?) AND needed > (SELECT count(*) FROM assignments a WHERE a.post = posts.id AND a.home "
		"= posts.home AND a.voided_at IS NULL AND a.begins <= (CASE WHEN posts.begins > ? THEN posts.begins ELSE ? END) AND (a.ends IS NULL OR "
		"a.ends >= (CASE WHEN posts.begins > ? THEN posts.begins ELSE ? END)))",
		BIND(V(day), V(day), V(day), V(day), V(day)));
	if (!id_none(person))
		sql_add(sql,
			" AND id NOT IN (SELECT post FROM claims WHERE person = ? AND voided_at IS NULL AND state IN ('claimed', 'confirmed')) AND id NOT "
			"IN (SELECT post FROM assignments WHERE person = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?))",
			BIND(V(person), V(person), V(day)));
}

bool claim_may(struct work *work, struct id person, const struct row *post)
{
	const struct row *row = id_none(person) ? NULL : row_load(work, &person_record, person);
	const struct post *put = (const struct post *)post;
	if (!row || row->voided_at || !post || post->voided_at || !GIVEN(put, post, claim) || !put->claim)
		return false;
	return post->home == row->home || who_reaches(work->who, RIGHT_post_read, post->path, row_site(post));
}

/* --- rules */

static bool claimed_already(struct work *work, const struct claim *claim)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM claims WHERE post = ? AND person = ? AND id <> ? AND voided_at IS NULL AND state IN ('claimed', 'confirmed') LIMIT 1",
		BIND(V(claim->post), V(claim->person), V(claim->row.id)));
}

static enum status check_new(struct work *work, struct claim *claim, const struct post *post)
{
	SET(claim, claim, state, V("claimed"));
	SET(claim, claim, day, V(work->today));
	if (!GIVEN(claim, claim, begins))
		SET(claim, claim, begins, V(post->begins > work->today ? post->begins : work->today));
	if (!GIVEN(claim, claim, ends) && GIVEN(post, post, ends))
		SET(claim, claim, ends, V(post->ends));
	if (!GIVEN(post, post, claim) || !post->claim)
		return fail(work, BAD_FIELD, "post", "is not put up for claiming|该岗位未开放认领");
	if (claim->begins < work->today)
		return fail(work, BAD_FIELD, "begins", "is past|早于今日");
	return OK;
}

static enum status claim_check(struct work *work, const struct row *old, struct row *row)
{
	struct claim *claim = (struct claim *)row;
	const struct post *post = (const struct post *)row_load(work, &post_record, claim->post);
	int64_t last;
	if (!old && check_new(work, claim, post) != OK)
		return work->status;
	if (old && !text_same(self(old)->state, "claimed") && (claim->begins != self(old)->begins || after(claim) != after(self(old))) &&
		text_same(claim->state, self(old)->state))
		return fail(work, BAD_STATE, NULL, "It is confirmed: change the assignment|已确认，请调整派驻");
	if (!text_same(claim->state, "claimed"))
		return OK;
	last = GIVEN(claim, claim, ends) ? claim->ends : DAY_FAR;
	if (last < claim->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	if (claimed_already(work, claim))
		return fail(work, BAD_FIELD, "person", "has claimed this post already|已认领该岗位");
	if (leave_holds(work, claim->person, claim->begins, last))
		return fail(work, BAD_FIELD, "person", "is on leave on some of these days|在此期间请假");
	return post_room(work, claim->post, claim->begins, last)
		? OK
		: fail(work, BAD_FIELD, "post", "lacks nobody on these days|在此期间岗位已满");
}

/* --- who is told */

static void tell(struct work *work, const struct claim *claim, const char *what, bool planner)
{
	struct notice_to to = {0};
	const struct post *post = (const struct post *)row_load(work, &post_record, claim->post);
	notice_to_person(work, &to, claim->person);
	if (planner)
		notice_to_above(work, &to, &claim->row, "officer,command");
	notice_write(work, &to, &claim->row, what, post ? post->title : "");
}

static enum status claim_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct claim *claim = self(row);
	if (row->voided_at)
		return old && text_same(self(old)->state, "confirmed")
			? fail(work, BAD_STATE, NULL, "It is confirmed: hand it back|已确认，请办理交回")
			: OK;
	if (!old)
		tell(work, claim, "claim_made", true);
	else if (!text_same(claim->state, self(old)->state))
		tell(work, claim,
			text_same(claim->state, "confirmed")         ? "claim_confirmed"
				: text_same(claim->state, "refused") ? "claim_refused"
								     : "claim_returned",
			text_same(claim->state, "returned"));
	return OK;
}

/* --- steps */

static void decide(struct work *work, struct claim *claim)
{
	SET(claim, claim, decided_on, V(work->today));
	SET(claim, claim, decided_by, V(work->who->name));
}

/* The assignment is made in the same write, and never one more than the post needs. */
static enum status claim_confirm(struct work *work, const struct row *old, struct row *row)
{
	struct claim *claim = (struct claim *)row;
	struct id deed = work->deed;
	int64_t last = GIVEN(claim, claim, ends) ? claim->ends : DAY_FAR;
	(void)old;
	if (claim->begins < work->today)
		SET(claim, claim, begins, V(work->today));
	if (last < claim->begins)
		return fail(work, BAD_STATE, NULL, "Its days are over|认领的日期已过");
	if (!post_room(work, claim->post, claim->begins, last))
		return fail(work, BAD_STATE, NULL, "The post lacks nobody on these days|在此期间岗位已满");
	struct assignment *assignment = (struct assignment *)row_new(work->arena, &assignment_record);
	struct row *made = &assignment->row;
	SET(assignment, assignment, post, V(claim->post));
	SET(assignment, assignment, person, V(claim->person));
	SET(assignment, assignment, begins, V(claim->begins));
	if (GIVEN(claim, claim, ends))
		SET(assignment, assignment, ends, V(claim->ends));
	work->deed = (struct id){{0}}; /* it names the step */
	if (row_insert(work, &made, NULL) != OK)
		return work->status;
	work->deed = deed;
	SET(claim, claim, assignment, V(made->id));
	decide(work, claim);
	return OK;
}

static enum status claim_refuse(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	decide(work, (struct claim *)row);
	return OK;
}

/* The shifts that were still to come there go with it. */
static enum status end_assignment(struct work *work, const struct claim *claim)
{
	const struct row *old = row_load(work, &assignment_record, claim->assignment);
	const struct assignment *held = (const struct assignment *)old;
	if (!old || old->voided_at || (GIVEN(held, assignment, ends) && held->ends < work->today))
		return OK;
	const char *said = work->reason;
	work->reason = claim->reason;
	if (held->begins >= work->today)
		row_void(work, old, old->version);
	work->reason = said;
	if (work->status != OK || held->begins >= work->today)
		return work->status;
	struct assignment *assignment = (struct assignment *)row_copy(work->arena, old);
	SET(assignment, assignment, ends, V(work->today - 1));
	SET(assignment, assignment, reason, V(claim->reason));
	return row_change(work, old, &assignment->row, old->version, RIGHT_post_write);
}

enum status claim_hand_back(struct work *work, const struct row *old, struct row *row)
{
	struct claim *claim = (struct claim *)row;
	struct id deed = work->deed;
	(void)old;
	SET(claim, claim, returned_on, V(work->today));
	work->deed = (struct id){{0}};
	if (GIVEN(claim, claim, assignment) && end_assignment(work, claim) != OK)
		return work->status;
	work->deed = deed;
	return OK;
}
