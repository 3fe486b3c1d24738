/* Numbers, days and changes as a bulletin writes them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/bulletin.h"
#include "base/clock.h"
#include "record/store.h"

const char *number_print(struct arena *arena, int64_t number)
{
	char digits[32];
	struct buf text = {.arena = arena};
	int size = snprintf(digits, sizeof digits, "%" PRId64, number < 0 ? -number : number);
	if (number < 0)
		buf_char(&text, '-');
	for (int i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0)
			buf_char(&text, ',');
		buf_char(&text, digits[i]);
	}
	return buf_end(&text);
}

const char *figure_print(struct arena *arena, const struct measure *measure, int64_t value)
{
	if (!measure || !measure->scale)
		return number_print(arena, value);
	return arena_print(arena, "%s%s.%lld", value < 0 ? "-" : "", number_print(arena, llabs(value) / 10), llabs(value) % 10);
}

/* Tenths of a percent, rounded, but never to all or to none where it is not. */
static int64_t tenths(int64_t over, int64_t under)
{
	int64_t rounded = (over * 2000 + under) / (2 * under);
	if (over < under && rounded >= 1000)
		return 999;
	return over > 0 && rounded == 0 ? 1 : rounded;
}

const char *rate_print(struct arena *arena, int64_t over, int64_t under)
{
	if (under <= 0)
		return "—";
	if (over == under)
		return "100%";
	if (over == 0)
		return "0%";
	int64_t part = tenths(over, under);
	return arena_print(arena, "%lld.%lld%%", (long long)(part / 10), (long long)(part % 10));
}

const char *change_print(struct work *work, const struct measure *measure, int64_t value, int64_t before)
{
	const char *of = measure->unit && work->language == CHINESE ? work_text(work, measure->unit) : "";
	if (value == before)
		return work_text(work, "unchanged on the day before|与前一日持平");
	const char *number = figure_print(work->arena, measure, llabs(value - before));
	return arena_print(work->arena, work->language == CHINESE ? "较前一日%s%s%s" : "%s %s%s on the day before",
		work_text(work, value > before ? "up|增加" : "down|减少"), number, of);
}

const char *rate_change_print(struct work *work, int64_t over, int64_t under, int64_t before_over, int64_t before_under)
{
	if (under <= 0 || before_under <= 0)
		return work_text(work, "no rate the day before|前一日无此项");
	int64_t change = tenths(over, under) - tenths(before_over, before_under);
	if (!change)
		return work_text(work, "unchanged on the day before|与前一日持平");
	return arena_print(work->arena, work->language == CHINESE ? "较前一日%s%lld.%lld个百分点" : "%s %lld.%lld points on the day before",
		work_text(work, change > 0 ? "up|提高" : "down|下降"), llabs(change) / 10, llabs(change) % 10);
}

const char *day_long(struct work *work, int64_t day)
{
	static const char *const months[] = {
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
	int year, month, day_of_month;
	day_split(day, &year, &month, &day_of_month);
	if (work->language == CHINESE)
		return arena_print(work->arena, "%d年%d月%d日", year, month, day_of_month);
	return arena_print(work->arena, "%d %s %d", day_of_month, months[month - 1], year);
}

const char *stamp_long(struct work *work, int64_t stamp)
{
	int64_t day = stamp_day(stamp, work->store->zone);
	int64_t minutes = (stamp - day_stamp(day, work->store->zone)) / 60000;
	const char *text = day_long(work, day);
	if (work->language == ENGLISH)
		return arena_print(work->arena, "%02lld:%02lld on %s", (long long)(minutes / 60), (long long)(minutes % 60), text);
	if (minutes % 60 == 0)
		return arena_print(work->arena, "%s%lld时", text, (long long)(minutes / 60));
	return arena_print(work->arena, "%s%lld时%lld分", text, (long long)(minutes / 60), (long long)(minutes % 60));
}

const char *whole_of(struct work *work, const struct area *area)
{
	static const char *const words[] = {"街道", "社区", "省", "市", "区", "县", "镇", "乡", "村", "旗", "州"};
	size_t size = area->name ? strlen(area->name) : 0;
	if (work->language == ENGLISH)
		return "the area";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);
		if (size > length && strcmp(area->name + size - length, words[i]) == 0)
			return arena_print(work->arena, "全%s", words[i]);
	}
	return "全域";
}
