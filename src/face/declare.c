/* The declarations as JSON: what the web app makes its forms, tables and pages from. */
#include <string.h>

#include "app/indicator.h"
#include "app/link.h"
#include "app/rights.h"
#include "face/commands.h"
#include "record/days.h"
#include "record/picks.h"

static void put_flag(struct json *json, const char *key, bool flag)
{
	if (flag)
		json_put_flag(json, key, true);
}

static void put_text(struct json *json, const char *key, const char *text)
{
	if (text)
		json_put(json, key, text);
}

static void write_picks(struct arena *arena, struct json *json, const char *key, const char *picks)
{
	struct pick pick;
	json_key(json, key);
	json_open(json, '[');
	for (const char *at = picks; picks_next(arena, &at, &pick);) {
		json_open(json, '{');
		json_put(json, "code", pick.code);
		json_put(json, "label", pick.label);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_field(struct arena *arena, struct json *json, const struct field *field)
{
	json_open(json, '{');
	json_put(json, "name", field->name);
	json_put(json, "kind", field->kind->name);
	json_put(json, "label", field->label);
	put_flag(json, "need", field->need);
	put_flag(json, "private", field->private);
	put_flag(json, "find", field->find);
	put_flag(json, "order", field->order);
	put_flag(json, "filter", field->filter || field->order);
	put_flag(json, "dated", field->dated);
	put_flag(json, "fixed", field->fixed);
	json_put(json, "set", field->system ? "system" : "user");
	if (field->kind->holds == VALUE_WHOLE && field->max) {
		json_put_whole(json, "min", field->min);
		json_put_whole(json, "max", field->max);
	} else if (field->max) {
		json_put_whole(json, "max", field->max);
	}
	put_text(json, "link", field->kind == &kind_area ? "area" : field->link);
	put_text(json, "choices", field->choices);
	put_text(json, "unit", field->unit);
	if (field->scale)
		json_put_whole(json, "scale", field->scale);
	put_text(json, "doc", field->hint);
	put_flag(json, "both", field->both);
	put_flag(json, "halves", field->halves);
	put_flag(json, "either", field->either);
	if (field->picks)
		write_picks(arena, json, "picks", field->picks);
	json_close(json, '}');
}

/* A comma separated list as a JSON array. */
static void write_words(struct arena *arena, struct json *json, const char *key, const char *words)
{
	json_key(json, key);
	json_open(json, '[');
	const char *word;
	while ((word = text_word(arena, &words, ',')))
		json_text(json, word);
	json_close(json, ']');
}

static void write_step(struct arena *arena, struct json *json, const struct step *step)
{
	json_open(json, '{');
	json_put(json, "name", step->name);
	json_put(json, "label", step->label);
	write_words(arena, json, "from", step->from);
	json_put(json, "to", step->to);
	json_put(json, "right", right_name(arena, (enum right)step->right));
	write_words(arena, json, "fields", step->fields);
	write_words(arena, json, "needs", step->needs);
	put_text(json, "when", step->when);
	if (step->next)
		write_words(arena, json, "next", step->next);
	json_close(json, '}');
}

/* The word for a link differs between places: a setting. */
static const char *record_label(struct work *work, const struct record *record)
{
	return record == &link_record ? link_word(work) : record->label;
}

static void write_record(struct work *work, struct json *json, const struct record *record)
{
	struct arena *arena = work->arena;
	json_open(json, '{');
	json_put(json, "name", record->name);
	json_put(json, "plural", record->plural);
	json_put(json, "label", record_label(work, record));
	json_put(json, "doc", record->doc);
	put_text(json, "title", record->title);
	put_text(json, "follows", record->follows);
	if (record->views)
		write_picks(arena, json, "views", record->views);
	if (record->extra)
		write_picks(arena, json, "extra", record->extra);
	json_put_flag(json, "dated", days_any(record));
	json_put_flag(json, "inner", record->inner);
	json_put_flag(json, "appended", record->appended);
	json_put(json, "read", right_name(arena, (enum right)record->read));
	json_put(json, "write", right_name(arena, (enum right)record->write));
	json_key(json, "fields");
	json_open(json, '[');
	for (size_t i = 0; i < record->field_count; i++)
		if (!record->fields[i].hidden)
			write_field(arena, json, &record->fields[i]);
	json_close(json, ']');
	json_key(json, "steps");
	json_open(json, '[');
	for (size_t i = 0; i < record->step_count; i++)
		write_step(arena, json, &record->steps[i]);
	json_close(json, ']');
	json_close(json, '}');
}

static void write_measures(struct arena *arena, struct json *json)
{
	json_key(json, "measures");
	json_open(json, '[');
	for (size_t i = 0; i < record_count; i++)
		for (size_t j = 0; j < records[i]->measure_count; j++) {
			const struct measure *measure = &records[i]->measures[j];
			json_open(json, '{');
			json_put(json, "name", measure->name);
			json_put(json, "label", measure->label);
			json_put(json, "unit", measure->unit);
			if (measure->scale)
				json_put_whole(json, "scale", measure->scale);
			json_put_flag(json, "stock", measure->type == STOCK);
			write_words(arena, json, "by", measure->by);
			json_put(json, "record", records[i]->name);
			json_close(json, '}');
		}
	json_close(json, ']');
}

enum status command_declarations(struct call *call)
{
	struct json *json = &call->out;
	store_read(&call->work);
	json_open(json, '{');
	json_key(json, "records");
	json_open(json, '[');
	for (size_t i = 0; i < record_count; i++)
		write_record(&call->work, json, records[i]);
	json_close(json, ']');
	write_measures(call->work.arena, json);
	json_key(json, "indicators");
	json_open(json, '[');
	for (size_t i = 0; i < indicator_count; i++) {
		json_open(json, '{');
		json_put(json, "name", indicators[i].name);
		json_put(json, "label", indicators[i].label);
		json_put(json, "over", indicators[i].over);
		json_put(json, "under", indicators[i].under);
		json_put(json, "fine_over", indicators[i].fine_over);
		json_put(json, "fine_under", indicators[i].fine_under);
		json_put_flag(json, "total", indicators[i].total);
		json_put(json, "doc", indicators[i].doc);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}
