/* The description of the API for programs, and as a page for people. The page is whole in itself: no script, nothing loaded. */
#include <string.h>

#include "face/commands.h"
#include "face/openapi.h"

enum status command_openapi(struct call *call)
{
	openapi_write(&call->work, &call->out);
	return OK;
}

static void add_escaped(struct buf *page, const char *text)
{
	for (; text && *text; text++)
		switch (*text) {
		case '<': buf_text(page, "&lt;"); break;
		case '>': buf_text(page, "&gt;"); break;
		case '&': buf_text(page, "&amp;"); break;
		case '"': buf_text(page, "&quot;"); break;
		default: buf_char(page, *text);
		}
}

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* "string, date, ≤ 200, a | b" */
static void add_type(struct buf *page, const json_t *schema)
{
	const json_t *type = json_object_get(schema, "type"), *most = json_object_get(schema, "maxLength"),
		     *ref = json_object_get(schema, "$ref");
	const json_t *low = json_object_get(schema, "minimum"), *high = json_object_get(schema, "maximum");
	if (ref) {
		const char *name = strrchr(json_string_value(ref), '/') + 1;
		buf_print(page, "<a href=\"#schema-%s\">%s</a>", name, name);
	}
	add_escaped(page, json_is_array(type) ? json_string_value(json_array_get(type, 0)) : json_string_value(type));
	if (json_is_array(type))
		buf_text(page, " | null");
	if (*member(schema, "format"))
		buf_print(page, ", %s", member(schema, "format"));
	if (most)
		buf_print(page, ", ≤ %lld", (long long)json_integer_value(most));
	if (low && high)
		buf_print(page, ", %lld – %lld", (long long)json_integer_value(low), (long long)json_integer_value(high));
}

static void add_properties(struct buf *page, json_t *schema)
{
	const char *name;
	json_t *value;
	const json_t *needed = json_object_get(schema, "required");
	buf_text(page, "<table>");
	json_object_foreach(json_object_get(schema, "properties"), name, value)
	{
		bool must = false;
		for (size_t i = 0; i < json_array_size(needed); i++)
			must = must || strcmp(json_string_value(json_array_get(needed, i)), name) == 0;
		buf_print(page, "<tr><th><code>%s</code>%s<td>", name, must ? " *" : "");
		add_type(page, value);
		buf_text(page, json_is_true(json_object_get(value, "readOnly")) ? ", read only<td>" : "<td>");
		add_escaped(page, member(value, "description"));
	}
	buf_text(page, "</table>");
}

static void add_parameters(struct buf *page, const json_t *list)
{
	if (!json_array_size(list))
		return;
	buf_text(page, "<table>");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		buf_print(page, "<tr><th><code>%s</code>%s<td>%s, ", member(one, "name"),
			json_is_true(json_object_get(one, "required")) ? " *" : "", member(one, "in"));
		add_type(page, json_object_get(one, "schema"));
		buf_text(page, "<td>");
		add_escaped(page, member(one, "description"));
	}
	buf_text(page, "</table>");
}

static json_t *json_schema_of(const json_t *holder)
{
	return json_object_get(json_object_get(json_object_get(holder, "content"), "application/json"), "schema");
}

static void add_operation(struct buf *page, const char *path, const char *method, const json_t *operation)
{
	json_t *body = json_schema_of(json_object_get(operation, "requestBody"));
	buf_print(page, "<details id=\"%s\"><summary><b class=\"%s\">%s</b> <code>", member(operation, "operationId"), method, method);
	add_escaped(page, path);
	buf_text(page, "</code> ");
	add_escaped(page, member(operation, "summary"));
	if (*member(operation, "x-right"))
		buf_print(page, " <i>%s</i>", member(operation, "x-right"));
	buf_text(page, "</summary>");
	add_parameters(page, json_object_get(operation, "parameters"));
	if (json_object_get(body, "properties"))
		add_properties(page, body);
	else if (body) {
		buf_text(page, "<p>Body: ");
		add_type(page, body);
		buf_text(page, "</p>");
	}
	buf_text(page, "</details>");
}

static bool is_tagged(const json_t *operation, const char *tag)
{
	const char *own = json_string_value(json_array_get(json_object_get(operation, "tags"), 0));
	return own && strcmp(own, tag) == 0;
}

static void add_tag(struct buf *page, json_t *paths, const char *tag, const char *label)
{
	const char *path, *method;
	json_t *item, *operation;
	buf_print(page, "<section id=\"tag-%s\"><h2>%s <small>%s</small></h2>", tag, tag, label);
	json_object_foreach(paths, path, item) json_object_foreach(item, method, operation) if (is_tagged(operation, tag))
		add_operation(page, path, method, operation);
	buf_text(page, "</section>");
}

/* The tags in order: those of records, then those of single actions as they come. */
static json_t *all_tags(struct arena *arena, json_t *document)
{
	json_t *tags = json_own(arena, json_object()), *item, *operation;
	const char *path, *method;
	for (size_t i = 0; i < json_array_size(json_object_get(document, "tags")); i++) {
		const json_t *tag = json_array_get(json_object_get(document, "tags"), i);
		json_object_set_new(tags, member(tag, "name"), json_string(member(tag, "description")));
	}
	json_object_foreach(json_object_get(document, "paths"), path, item) json_object_foreach(item, method, operation)
	{
		const char *tag = json_string_value(json_array_get(json_object_get(operation, "tags"), 0));
		if (tag && !json_object_get(tags, tag))
			json_object_set_new(tags, tag, json_string(""));
	}
	return tags;
}

static const char head[] =
	"<!doctype html><html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>muster API</title><style>"
	"body{font:14px/22px \"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",system-ui,sans-serif;max-width:1000px;margin:0 auto;"
	"padding:16px;color:#1f2933}"
	"h1{font-size:22px}h2{font-size:17px;margin:28px 0 8px}small,i{color:#62707d;font-weight:400;font-style:normal;font-size:13px}"
	"nav{display:flex;flex-wrap:wrap;gap:4px 12px}a{color:#1a56b0}details{border-top:1px solid #dde3e9;padding:4px 0}"
	"summary{cursor:pointer;min-height:28px}summary b{display:inline-block;width:56px;text-transform:uppercase;font-size:12px;color:#1a56b0}"
	"b.post{color:#1d7a3d}b.patch{color:#94610a}b.delete{color:#b3261e}code{font-size:13px;overflow-wrap:anywhere}"
	"table{border-collapse:collapse;width:100%;margin:6px 0 12px}th{text-align:left;font-weight:400;width:220px}"
	"th,td{border-bottom:1px solid #eef1f4;padding:3px 8px 3px 0;vertical-align:top}"
	"@media(max-width:600px){th{width:auto}}</style>";

enum status command_docs(struct call *call)
{
	struct arena *arena = call->work.arena;
	struct buf page = {.arena = arena};
	struct json json = json_new(arena);
	const char *tag, *name;
	json_t *label, *schema;
	openapi_write(&call->work, &json);
	const char *text = buf_end(&json.buf);
	json_t *document = json_read(arena, text, strlen(text), NULL), *tags = all_tags(arena, document);
	buf_text(&page, head);
	buf_text(&page, "<h1>muster API</h1><p>");
	add_escaped(&page, member(json_object_get(document, "info"), "description"));
	buf_text(&page, "</p><p><a href=\"/api/openapi.json\">openapi.json</a></p><nav>");
	json_object_foreach(tags, tag, label) buf_print(&page, "<a href=\"#tag-%s\">%s %s</a>", tag, tag, json_string_value(label));
	buf_text(&page, "</nav>");
	json_object_foreach(tags, tag, label) add_tag(&page, json_object_get(document, "paths"), tag, json_string_value(label));
	buf_text(&page, "<h2 id=\"schemas\">Schemas</h2>");
	json_object_foreach(json_object_get(json_object_get(document, "components"), "schemas"), name, schema)
	{
		buf_print(&page, "<details id=\"schema-%s\"><summary><code>%s</code> ", name, name);
		add_escaped(&page, member(schema, "description"));
		buf_text(&page, "</summary>");
		add_properties(&page, schema);
		buf_text(&page, "</details>");
	}
	buf_text(&page, "</html>");
	call->sent = true;
	response_body(call->request, 200, "text/html; charset=utf-8", buf_end(&page), page.size);
	return OK;
}
