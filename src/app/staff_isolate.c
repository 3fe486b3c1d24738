/* Who is kept apart, and until when: proposed by what a file says, or done by a positive result. */
#include "app/aside.h"
#include "app/settings.h"
#include "app/staff.h"
#include "base/clock.h"
#include "record/days.h"

static int64_t later(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

/* --- proposed */

/* Screening of returning staff asks for isolation of whoever has been in a key area or in contact within 14 days (facts.md 1.3: the joint sheet of Chongqing; 1.1: four in place, second item).
 * Which contacts these are differs between cities. */
static bool had_contact(struct work *work, const struct staff *staff)
{
	return staff && GIVEN(staff, staff, contact) && text_listed(settings_value(work, "staff_isolation_contacts"), ',', staff->contact);
}

static bool back_anew(const struct staff *old, const struct staff *staff)
{
	return GIVEN(staff, staff, back_day) && !(old && GIVEN(old, staff, back_day) && old->back_day == staff->back_day);
}

enum { NEVER = -1 };

/* From a key area the days run from the arrival. */
static int64_t from_key_area(struct work *work, const struct staff *old, const struct staff *staff)
{
	if (!staff->key_area || (old && old->key_area && !back_anew(old, staff)))
		return NEVER;
	return GIVEN(staff, staff, back_day) ? staff->back_day : GIVEN(staff, staff, key_left) ? staff->key_left : work->today;
}

/* When the contact was is not asked: the days run from when it is told, or from a return that is still to come. */
static int64_t from_contact(struct work *work, const struct staff *old, const struct staff *staff)
{
	bool coming = GIVEN(staff, staff, back_day) && staff->back_day > work->today;
	if (!had_contact(work, staff) || (had_contact(work, old) && !(coming && back_anew(old, staff))))
		return NEVER;
	return coming ? staff->back_day : work->today;
}

void staff_propose(struct work *work, const struct staff *old, struct staff *staff, bool stated)
{
	int64_t days = settings_number(work, "staff_isolation_days");
	int64_t area = from_key_area(work, old, staff), contact = from_contact(work, old, staff);
	int64_t until = later(area == NEVER ? 0 : area + days, contact == NEVER ? 0 : contact + days);
	bool kept =
		old && GIVEN(old, staff, isolate_until) && GIVEN(staff, staff, isolate_until) && old->isolate_until == staff->isolate_until;
	if (until <= work->today || staff_after(staff) <= work->today)
		return;
	/* one may have been there and in contact as well: the later end holds */
	if (kept && had_contact(work, staff))
		until = later(until, staff->isolate_until);
	if (!GIVEN(staff, staff, isolate_until) || kept)
		SET(staff, staff, isolate_until, V(until));
	int64_t from = area == NEVER || (contact != NEVER && contact < area) ? contact : area;
	if (!stated && from <= work->today)
		days_put(work, &staff->row, FIELD_OF(staff, state), staff->row.since > from ? staff->row.since : work->today, DAY_FAR,
			V("isolating"));
}

bool staff_proposed(struct work *work, const struct staff *staff)
{
	return staff->key_area || had_contact(work, staff);
}

/* --- by a positive result */

static const char *state_on(struct work *work, const struct staff *staff, int64_t day)
{
	return ((const struct staff *)row_as_of(work, &staff->row, day))->state;
}

static enum status rewrite(struct work *work, const struct row *old, struct staff *staff)
{
	struct aside aside;
	aside_begin(work, &aside);
	row_rewrite(work, old, &staff->row, "changed");
	aside_end(work, &aside);
	return work->status;
}

enum status staff_isolate(struct work *work, struct id id, int64_t day)
{
	const struct row *old = row_load(work, &staff_record, id);
	int64_t until = day + settings_number(work, "staff_isolation_days");
	if (!old || old->voided_at || until <= work->today)
		return OK;
	struct staff *staff = (struct staff *)row_copy(work->arena, old);
	int64_t end = staff_after(staff) < until ? staff_after(staff) : until;
	/* what was planned for these days gives way where it would bring them back among others */
	for (int64_t at = later(day, staff->begins); at < end; at++)
		if (!text_same(state_on(work, staff, at), "isolating") && (at == day || text_same(state_on(work, staff, at), "on_duty")))
			days_put(work, &staff->row, FIELD_OF(staff, state), at, DAY_FAR, V("isolating"));
	if (!GIVEN(staff, staff, isolate_until) || staff->isolate_until < until)
		SET(staff, staff, isolate_until, V(until));
	return rewrite(work, old, staff);
}

enum status staff_isolate_undo(struct work *work, struct id id, int64_t day)
{
	const struct row *old = row_load(work, &staff_record, id);
	int64_t until = day + settings_number(work, "staff_isolation_days");
	if (!old || old->voided_at)
		return OK;
	struct staff *staff = (struct staff *)row_copy(work->arena, old);
	const char *before = state_on(work, staff, day - 1);
	bool as_done = GIVEN(staff, staff, isolate_until) && staff->isolate_until == until && !GIVEN(staff, staff, released_on) &&
		text_same(state_on(work, staff, day), "isolating");
	if (!as_done || old->since >= day || text_same(before, "isolating") || staff_proposed(work, staff))
		return OK;
	days_put(work, &staff->row, FIELD_OF(staff, state), day, DAY_FAR, V(before));
	for (int64_t at = day + 1; at < until; at++)
		if (text_same(state_on(work, staff, at), "isolating"))
			days_put(work, &staff->row, FIELD_OF(staff, state), at, DAY_FAR, V("on_duty"));
	SET(staff, staff, isolate_until, value_null());
	return rewrite(work, old, staff);
}
