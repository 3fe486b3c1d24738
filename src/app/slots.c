#include "app/slots.h"

#include <stdlib.h>
#include <string.h>

/* Signs of the same meaning, each as one of ASCII. */
static const struct text_sign signs[] = {{"，", ','}, {"、", ','}, {"；", ','}, {";", ','}, {"\n", ','}, {"：", ':'}, {"×", 'x'},
	{"*", 'x'}, {"–", '-'}, {"—", '-'}, {"－", '-'}, {"～", '-'}, {"~", '-'}, {"至", '-'}, {"　", ' '}, {"人", ' '}, {"\t", ' '},
	{"\r", ' '}};

static bool read_number(const char **at, int most, int *number)
{
	size_t digits = strspn(*at, "0123456789");
	if (!digits || digits > 3)
		return false;
	*number = 0;
	for (size_t i = 0; i < digits; i++)
		*number = *number * 10 + (*at)[i] - '0';
	*at += digits;
	return *number <= most;
}

static bool read_clock(const char **at, int *minutes)
{
	int hour, minute;
	if (!read_number(at, 24, &hour) || *(*at)++ != ':' || !read_number(at, 59, &minute))
		return false;
	*minutes = hour * 60 + minute;
	return *minutes <= DAY_MINUTES;
}

/* One shift, up to the comma behind it. */
static bool read_slot(const char **at, struct slot *slot)
{
	slot->people = 1;
	if (!read_clock(at, &slot->from) || *(*at)++ != '-' || !read_clock(at, &slot->until))
		return false;
	if (**at == 'x') {
		++*at;
		if (!read_number(at, SLOT_PEOPLE_MOST, &slot->people) || !slot->people)
			return false;
	}
	slot->from %= DAY_MINUTES;
	if (slot->until <= slot->from)
		slot->until += DAY_MINUTES;
	return !**at || **at == ',';
}

enum status slots_read(struct work *work, const char *field, const char *text, struct slot **slots, size_t *count)
{
	const char *at = text_plain(work->arena, text ? text : "", signs, sizeof signs / sizeof *signs);
	*slots = arena_alloc(work->arena, SLOTS_MOST * sizeof **slots);
	*count = 0;
	for (at += strspn(at, ","); *at; at += strspn(at, ",")) {
		struct slot slot;
		const char *one = arena_text(work->arena, at, strcspn(at, ","));
		if (*count == SLOTS_MOST)
			return fail(work, BAD_FIELD, field, "has more than %d shifts a day|每日最多 %d 个班次", SLOTS_MOST);
		if (!read_slot(&at, &slot))
			return fail(work, BAD_FIELD, field,
				"cannot read \"%s\": write it like 08:00-16:00 x2, 16:00-24:00 x2|“%s”无法识别，请写成 08:00-16:00 x2, 16:00-24:00 x2",
				one);
		for (size_t i = 0; i < *count; i++)
			if ((*slots)[i].from == slot.from && (*slots)[i].until == slot.until)
				return fail(work, BAD_FIELD, field, "names %s twice: put the people together|%s 重复，请合并人数", one);
		(*slots)[(*count)++] = slot;
	}
	return OK;
}

static int by_beginning(const void *one, const void *other)
{
	const struct slot *a = one, *b = other;
	return a->from != b->from ? a->from - b->from : a->until - b->until;
}

void slots_sort(struct slot *slots, size_t count)
{
	qsort(slots, count, sizeof *slots, by_beginning);
}

const char *slot_clock(struct arena *arena, int minutes)
{
	if (minutes != DAY_MINUTES)
		minutes %= DAY_MINUTES;
	return arena_print(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

const char *slots_text(struct arena *arena, const struct slot *slots, size_t count)
{
	struct buf buf = {.arena = arena};
	for (size_t i = 0; i < count; i++)
		buf_print(&buf, "%s%s-%s x%d", i ? ", " : "", slot_clock(arena, slots[i].from), slot_clock(arena, slots[i].until),
			slots[i].people);
	return buf_end(&buf);
}
