/* One row or several of another record, an area, a file, files; and any JSON. Whether the row is there and within reach is
 * asked of the store (store.c), which knows it. */
#include <string.h>

#include "record/record.h"

enum { MOST_LINKS = 200, MOST_JSON = 256 * 1024 };

static enum status read_link(struct work *work, const struct field *field, const char *text, struct value *value)
{
	struct id id;
	if (!id_parse(text, &id) || id_none(id))
		return fail(work, BAD_FIELD, field->name, "must be an id of 36 characters|须为 36 位标识");
	*value = value_id(id);
	return OK;
}

static enum status check_links(struct work *work, const struct field *field, struct value *value)
{
	struct id id;
	json_t *list = json_read(work->arena, value->text, strlen(value->text), NULL);
	if (!json_is_array(list) || json_array_size(list) > MOST_LINKS)
		return fail(work, BAD_FIELD, field->name, "must be a list of at most %d ids|须为列表，最多 %d 项", MOST_LINKS);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (!text || !id_parse(text, &id))
			return fail(work, BAD_FIELD, field->name, "must be a list of ids|须为标识列表");
	}
	return OK;
}

static enum status check_json(struct work *work, const struct field *field, struct value *value)
{
	if (strlen(value->text) > MOST_JSON)
		return fail(work, BAD_FIELD, field->name, "is too long|内容过长");
	return OK;
}

static enum status read_json_text(struct work *work, const struct field *field, const char *text, struct value *value)
{
	json_t *json = json_read(work->arena, text, strlen(text), NULL);
	if (!json)
		return fail(work, BAD_FIELD, field->name, "must be JSON|须为 JSON");
	*value = value_text(json_print(work->arena, json));
	return field->kind->check(work, field, value);
}

/* "latitude,longitude": degrees as decimals. */
static enum status check_place(struct work *work, const struct field *field, struct value *value)
{
	double latitude, longitude;
	char rest;
	if (sscanf(value->text, "%lf , %lf %c", &latitude, &longitude, &rest) != 2 || !(latitude >= -90 && latitude <= 90) ||
		!(longitude >= -180 && longitude <= 180))
		return fail(
			work, BAD_FIELD, field->name, "must be latitude,longitude such as 27.73,112.00|须为“纬度,经度”，如 27.73,112.00");
	value->text = arena_print(work->arena, "%.6f,%.6f", latitude, longitude);
	return OK;
}

static enum status read_place(struct work *work, const struct field *field, const char *text, struct value *value)
{
	*value = value_text(text);
	return check_place(work, field, value);
}

const struct kind kind_area = {.name = "area", .holds = VALUE_ID, .read = read_link};
const struct kind kind_link = {.name = "link", .holds = VALUE_ID, .read = read_link};
const struct kind kind_file = {.name = "file", .holds = VALUE_ID, .read = read_link};
const struct kind kind_links = {.name = "links", .holds = VALUE_TEXT, .many = true, .read = read_json_text, .check = check_links};
const struct kind kind_files = {.name = "files", .holds = VALUE_TEXT, .many = true, .read = read_json_text, .check = check_links};
const struct kind kind_json = {.name = "json", .holds = VALUE_TEXT, .many = true, .read = read_json_text, .check = check_json};
const struct kind kind_place = {.name = "place", .holds = VALUE_TEXT, .read = read_place, .check = check_place};
