#include "app/delivery_text.h"

#include "app/bulletin.h"

const char *money_print(struct arena *arena, int64_t fen)
{
	const char *yuan = number_print(arena, fen / 100);
	return fen % 100 ? arena_print(arena, "%s.%02d", yuan, (int)(fen % 100)) : yuan;
}

const char *policy_name(const struct work *work, const struct policy *policy)
{
	return work->language == ENGLISH && GIVEN(policy, policy, title_en) ? policy->title_en : policy->title;
}

static void add_policy(struct work *work, struct buf *text, size_t at, const struct delivery *one, const struct policy *policy)
{
	buf_print(text, work_text(work, "%zu. %s|%zu. 《%s》"), at, policy_name(work, policy));
	if (GIVEN(one, delivery, estimate) && one->estimate)
		buf_print(text, work_text(work, ", about %s yuan|，预计可享受 %s 元"), money_print(work->arena, one->estimate));
	if (text_same(one->mode, "none"))
		buf_text(text, work_text(work, ", comes without an application|，免申即享，无需申请"));
	else if (GIVEN(one, delivery, apply_by))
		buf_print(text, work_text(work, ", apply by %s|，请于 %s 前申请"), day_long(work, one->apply_by));
	else
		buf_text(text, work_text(work, ", on application|，需申请"));
	if (GIVEN(policy, policy, phone))
		buf_print(text, work_text(work, ", questions: %s|，咨询电话 %s"), policy->phone);
	buf_text(text, work_text(work, ".\n|。\n"));
}

const char *delivery_message(
	struct work *work, const char *firm, const struct delivery *const *rows, const struct policy *const *policies, size_t count)
{
	struct buf text = {.arena = work->arena};
	if (!count)
		return "";
	buf_print(&text, work_text(work, "%s: you qualify for these policies (%zu):\n|%s：经比对，贵企业符合以下 %zu 项惠企政策条件：\n"),
		firm, count);
	for (size_t i = 0; i < count; i++)
		add_policy(work, &text, i + 1, rows[i], policies[i]);
	buf_text(&text, work_text(work, "Please confirm on the page of your firm that you know of them.|请登录企业页面确认知晓。"));
	return buf_end(&text);
}
