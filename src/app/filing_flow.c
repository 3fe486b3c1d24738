#include "app/filing_flow.h"

#include <string.h>

#include "app/deadline.h"
#include "base/clock.h"
#include "record/reach.h"

static int64_t read_stamp(const json_t *turn, const char *key)
{
	int64_t stamp = 0;
	const char *text = json_string_value(json_object_get(turn, key));
	return text && stamp_parse(text, &stamp) ? stamp : 0;
}

static json_t *read_list(struct work *work, const char *text)
{
	json_t *list = text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	return list ? list : json_own(work->arena, json_array());
}

struct flow flow_read(struct work *work, const char *text)
{
	const json_t *list = read_list(work, text);
	struct flow flow = {.list = arena_alloc(work->arena, (json_array_size(list) + 1) * sizeof *flow.list)};
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		int64_t at = read_stamp(one, "at");
		flow.list[flow.count++] = (struct turn){
			.step = json_string_value(json_object_get(one, "step")),
			.state = json_string_value(json_object_get(one, "state")),
			.at = at,
			.day = deadline_day(work, at),
			.due = read_stamp(one, "due"),
			.by = json_string_value(json_object_get(one, "by")),
			.code = json_string_value(json_object_get(one, "code")),
			.text = json_string_value(json_object_get(one, "text")),
		};
	}
	return flow;
}

static void put(json_t *turn, const char *key, const char *text)
{
	if (text && *text)
		json_object_set_new(turn, key, json_string(text));
}

const char *flow_add(struct work *work, const char *text, struct turn turn)
{
	char at[STAMP_TEXT], due[STAMP_TEXT];
	json_t *list = read_list(work, text), *one = json_object();
	put(one, "step", turn.step);
	put(one, "state", turn.state);
	put(one, "at", stamp_print(work->now, at));
	put(one, "by", work->who->all && !work->who->name ? NULL : work->who->name);
	put(one, "due", turn.due ? stamp_print(turn.due, due) : NULL);
	put(one, "code", turn.code);
	put(one, "text", turn.text);
	json_array_append_new(list, one);
	return json_print(work->arena, list);
}

const struct turn *flow_last(struct flow flow)
{
	return flow.count ? &flow.list[flow.count - 1] : NULL;
}

const struct turn *flow_on(struct flow flow, int64_t day)
{
	const struct turn *found = NULL;
	for (size_t i = 0; i < flow.count; i++)
		if (flow.list[i].day <= day)
			found = &flow.list[i];
	return found;
}

const struct turn *flow_submitted(struct flow flow, size_t at)
{
	for (size_t i = at + 1; i > 0; i--)
		if (text_same(flow.list[i - 1].step, "submit"))
			return &flow.list[i - 1];
	return NULL;
}

bool flow_pending(const char *state)
{
	return text_same(state, "submitted") || text_same(state, "reviewing");
}

void flow_show(struct json *json, struct flow flow)
{
	json_key(json, "flow");
	json_open(json, '[');
	for (size_t i = 0; i < flow.count; i++) {
		const struct turn *turn = &flow.list[i];
		json_open(json, '{');
		json_put(json, "step", turn->step);
		json_put(json, "state", turn->state);
		json_put_stamp(json, "at", turn->at);
		json_put(json, "by", turn->by);
		json_put(json, "code", turn->code);
		json_put(json, "text", turn->text);
		json_close(json, '}');
	}
	json_close(json, ']');
}
