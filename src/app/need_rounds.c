#include "app/need_rounds.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

struct rounds rounds_read(struct work *work, const char *text)
{
	struct rounds rounds = {0};
	json_t *list = text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	size_t count = json_array_size(list);
	if (!count)
		return rounds;
	rounds.list = arena_alloc(work->arena, (count + 1) * sizeof *rounds.list); /* room for one more */
	for (size_t i = 0; i < count; i++) {
		struct round *round = &rounds.list[rounds.count++];
		const json_t *one = json_array_get(list, i);
		const char *reopened = json_string_value(json_object_get(one, "reopened"));
		day_parse(json_string_value(json_object_get(one, "solved")), &round->solved);
		round->late = json_is_true(json_object_get(one, "late"));
		round->reopened = DAY_FAR;
		if (reopened)
			day_parse(reopened, &round->reopened);
	}
	return rounds;
}

const char *rounds_print(struct work *work, struct rounds rounds)
{
	struct json json = json_new(work->arena);
	json_open(&json, '[');
	for (size_t i = 0; i < rounds.count; i++) {
		json_open(&json, '{');
		json_key(&json, "solved");
		json_day(&json, rounds.list[i].solved);
		json_put_flag(&json, "late", rounds.list[i].late);
		if (rounds.list[i].reopened != DAY_FAR) {
			json_key(&json, "reopened");
			json_day(&json, rounds.list[i].reopened);
		}
		json_close(&json, '}');
	}
	json_close(&json, ']');
	return buf_end(&json.buf);
}

bool rounds_solved(struct rounds rounds, int64_t day)
{
	for (size_t i = 0; i < rounds.count; i++)
		if (rounds.list[i].solved <= day && day < rounds.list[i].reopened)
			return true;
	return false;
}

int64_t rounds_change(struct rounds rounds, int64_t day, bool in_time)
{
	int64_t change = 0;
	for (size_t i = 0; i < rounds.count; i++)
		if (!in_time || !rounds.list[i].late)
			change += (rounds.list[i].solved == day) - (rounds.list[i].reopened == day);
	return change;
}
