/* Who is told of a need's steps: in the same transaction as the step, so that nobody is told of what did not happen, and nothing happens untold. */
#include "app/need.h"
#include "app/notice_box.h"
#include "app/need_people.h"

struct notice_to need_concerned(struct work *work, const struct need *need)
{
	struct notice_to to = {0};
	notice_to_user(work, &to, need->heard_by);
	notice_to_org(work, &to, need->lead);
	notice_to_site(work, &to, need->site);
	return to;
}

/* What a change was; NULL where nobody needs to know. */
static const char *what_changed(const struct need *old, const struct need *need)
{
	if (!old)
		return "need_raised";
	if (!id_same(old->heard_by, need->heard_by))
		return "need_relieved";
	if (need->bounces > old->bounces)
		return need->disputed ? "need_disputed" : "need_bounced";
	if (!text_same(old->order_text, need->order_text) || (need->ordered && old->ordered_at != need->ordered_at))
		return "need_ordered";
	if (need->extension && (!text_same(old->extension, need->extension) || old->extension_to != need->extension_to))
		return text_same(need->extension, "asked")      ? "need_extension_asked"
			: text_same(need->extension, "granted") ? "need_extension_granted"
								: "need_extension_refused";
	if (!id_same(old->lead, need->lead) && text_same(need->state, "assigned"))
		return "need_assigned";
	if (text_same(old->state, need->state))
		return NULL;
	static const char *const states[][2] = {{"assigned", "need_assigned"}, {"working", "need_working"}, {"waiting", "need_waiting"},
		{"resolved", "need_resolved"}, {"confirmed", "need_confirmed"}, {"reopened", "need_reopened"}};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (text_same(states[i][0], need->state))
			return states[i][1];
	return NULL;
}

void need_tell(struct work *work, const struct need *old, const struct need *need)
{
	const char *what = what_changed(old, need);
	if (need->heard_next && (!old || !text_same(old->heard_next, need->heard_next))) {
		struct notice_to next = {0};
		notice_to_user(work, &next, user_find(work, need->heard_next));
		notice_write(work, &next, &need->row, "need_relief_offered", need->number);
	}
	if (!what)
		return;
	struct notice_to to = need_concerned(work, need);
	if (old) {
		notice_to_user(work, &to, old->heard_by);
		notice_to_org(work, &to, old->lead);
	}
	if (text_same(what, "need_raised") || text_same(what, "need_extension_asked") || text_same(what, "need_bounced"))
		notice_to_above(work, &to, &need->row, "officer");
	if (text_same(what, "need_disputed"))
		notice_to_above(work, &to, &need->row, "command");
	notice_write(work, &to, &need->row, what, need->number);
}
