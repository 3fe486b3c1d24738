#include "app/bulletin.h"

#include <string.h>

#include "app/bulletin_inner.h"
#include "app/settings.h"
#include "base/clock.h"

struct line {
	char what; /* 'p' a part, 'l' a line, 'm' more of it */
	const char *needs, *absent, *text;
};

#define PART(text) {'p', "", "", text},
#define LINE(needs, absent, text) {'l', needs, absent, text},
#define MORE(needs, absent, text) {'m', needs, absent, text},
static const struct line built_in[] = {
#include "app/bulletin.def"
};
#undef PART
#undef LINE
#undef MORE

static void begin(struct making *making, bool heading)
{
	struct bulletin *bulletin = making->bulletin;
	making->at = ARENA_PUSH(making->work->arena, bulletin->paragraphs, bulletin->count, bulletin->space);
	*making->at = (struct paragraph){.heading = heading};
}

/* The lines of the setting bulletin_lines, [{"what":"part|line|more","needs","absent","text"}]; else those built in. */
static const struct line *lines_of(struct work *work, size_t *count)
{
	const char *text = settings_value(work, "bulletin_lines");
	const json_t *list = *text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	*count = sizeof built_in / sizeof *built_in;
	if (!json_is_array(list) || !json_array_size(list))
		return built_in;
	*count = json_array_size(list);
	struct line *lines = arena_alloc(work->arena, *count * sizeof *lines);
	for (size_t i = 0; i < *count; i++) {
		const json_t *one = json_array_get(list, i);
		const char *what = json_string_value(json_object_get(one, "what"));
		const char *needs = json_string_value(json_object_get(one, "needs"));
		const char *absent = json_string_value(json_object_get(one, "absent"));
		const char *words = json_string_value(json_object_get(one, "text"));
		lines[i] = (struct line){.what = what ? *what : 'l',
			.needs = needs ? needs : "",
			.absent = absent ? absent : "",
			.text = words ? words : ""};
	}
	return lines;
}

static void put_lines(struct making *making, const struct line *lines, size_t count)
{
	static const char *const numbers[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	const char *heading = NULL;
	size_t part = 0;
	making->at = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct line *line = &lines[i];
		const char *text = work_text(making->work, line->text);
		if (line->what == 'p') {
			heading = *text ? text : NULL;
			making->at = NULL;
			continue;
		}
		if (!bulletin_all(making, line->needs, true) || !bulletin_all(making, line->absent, false))
			continue;
		if (heading) {
			bool numbered = making->work->language == CHINESE && part < sizeof numbers / sizeof *numbers;
			begin(making, true);
			bulletin_add(making, numbered ? arena_print(making->work->arena, "%s、%s", numbers[part], heading) : heading);
			part++;
			heading = NULL;
			making->at = NULL;
		}
		if (!making->at || line->what == 'l')
			begin(making, false);
		else if (making->work->language == ENGLISH && !strchr(",;. ", *text))
			bulletin_add(making, " ");
		bulletin_put(making, text);
	}
}

static const json_t *kept_list(struct making *making, const char *text)
{
	return text ? json_read(making->work->arena, text, strlen(text), NULL) : NULL;
}

struct bulletin *bulletin_make(struct work *work, const struct area *area, int64_t day)
{
	struct bulletin *bulletin = arena_alloc(work->arena, sizeof *bulletin);
	struct making making = {.work = work, .bulletin = bulletin};
	size_t count;
	*bulletin = (struct bulletin){.arena = work->arena, .area = area, .day = day, .language = work->language};
	bulletin->title = arena_print(
		work->arena, work->language == ENGLISH ? "Bulletin: %s, %s" : "%s工作情况通报（%s）", area->name, day_long(work, day));
	making.daily = daily_find(work, area->row.id, (struct id){{0}}, day);
	making.figures = daily_figures(work, making.daily, area->number, day);
	making.firms = daily_firms(work, area->number, day);
	making.child_count = daily_children(work, area->row.id, day, &making.children);
	for (size_t i = 0; i < making.figures.count; i++)
		making.restated += making.figures.list[i].value != making.figures.list[i].now;
	making.restatements = kept_list(&making, making.daily ? making.daily->restatements : NULL);
	making.without = kept_list(&making, making.daily ? making.daily->without : NULL);
	const struct line *lines = lines_of(work, &count);
	put_lines(&making, lines, count);
	if (making.daily && GIVEN(making.daily, daily, text) && daily_in(making.daily)) {
		begin(&making, true);
		bulletin_add(&making, work_text(work, "What happened|情况说明"));
		begin(&making, false);
		bulletin_add(&making, making.daily->text);
	}
	return bulletin;
}

const char *bulletin_text(const struct bulletin *bulletin, bool markdown)
{
	struct buf text = {.arena = bulletin->arena};
	buf_print(&text, "%s%s\n", markdown ? "# " : "", bulletin->title);
	for (size_t i = 0; i < bulletin->count; i++) {
		const struct paragraph *paragraph = &bulletin->paragraphs[i];
		buf_text(&text, "\n");
		buf_text(&text, markdown && paragraph->heading ? "## " : "");
		buf_text(&text, !markdown && !paragraph->heading && bulletin->language == CHINESE ? "　　" : "");
		for (size_t j = 0; j < paragraph->count; j++)
			buf_text(&text, paragraph->segments[j].text);
		buf_text(&text, "\n");
	}
	return buf_end(&text);
}

static void write_segment(const struct bulletin *bulletin, struct json *json, const struct segment *segment)
{
	json_open(json, '{');
	json_put(json, "text", segment->text);
	if (segment->measure) {
		json_put(json, "measure", segment->measure);
		json_put_whole(json, "value", segment->value);
		if (segment->total)
			json_put_flag(json, "total", true);
		if (segment->code) {
			json_key(json, "part");
			json_open(json, '{');
			json_put(json, segment->field, segment->code);
			json_close(json, '}');
		}
	}
	if (segment->indicator) {
		json_put(json, "indicator", segment->indicator);
		json_put_whole(json, "over", segment->over);
		json_put_whole(json, "under", segment->under);
	}
	if (segment->measure || segment->indicator || !id_none(segment->area)) {
		json_put_id(json, "area", id_none(segment->area) ? bulletin->area->row.id : segment->area);
		json_key(json, "day");
		json_day(json, bulletin->day);
	}
	if (!id_none(segment->site))
		json_put_id(json, "site", segment->site);
	json_close(json, '}');
}

void bulletin_json(const struct bulletin *bulletin, struct json *json)
{
	json_put(json, "language", bulletin->language == ENGLISH ? "en" : "zh");
	json_put(json, "title", bulletin->title);
	json_key(json, "paragraphs");
	json_open(json, '[');
	for (size_t i = 0; i < bulletin->count; i++) {
		const struct paragraph *paragraph = &bulletin->paragraphs[i];
		json_open(json, '{');
		json_put_flag(json, "heading", paragraph->heading);
		json_key(json, "segments");
		json_open(json, '[');
		for (size_t j = 0; j < paragraph->count; j++)
			write_segment(bulletin, json, &paragraph->segments[j]);
		json_close(json, ']');
		json_close(json, '}');
	}
	json_close(json, ']');
}
