#include "net/inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static struct exchange *exchange_of(const struct request *request)
{
	return (struct exchange *)(uintptr_t)request;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decoded and checked copy; NULL where it is no UTF-8 or holds a broken escape or a control character below `lowest`. */
static const char *decode(struct arena *arena, const char *text, size_t size, bool plus, unsigned char lowest)
{
	char *out = arena_alloc(arena, size + 1);
	size_t used = 0;
	for (size_t i = 0; i < size; i++) {
		char c = text[i];
		if (c == '%') {
			if (i + 2 >= size || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
				return NULL;
			c = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if ((unsigned char)c < lowest)
			return NULL;
		out[used++] = c;
	}
	return text_valid(out, used) ? out : NULL;
}

/* The pairs of a query or form; false where one is not well formed. */
static bool pairs_read(struct arena *arena, const char *text, size_t size, struct pair **pairs, size_t *count)
{
	size_t space = 0;
	const char *end = text + size;
	while (text < end) {
		const char *stop = memchr(text, '&', (size_t)(end - text));
		if (!stop)
			stop = end;
		const char *equal = memchr(text, '=', (size_t)(stop - text));
		const char *name_end = equal ? equal : stop;
		const char *value = equal ? equal + 1 : stop;
		if (stop > text) {
			struct pair pair = {decode(arena, text, (size_t)(name_end - text), true, 1),
				decode(arena, value, (size_t)(stop - value), true, 1)};
			if (!pair.name || !pair.value)
				return false;
			*ARENA_PUSH(arena, *pairs, *count, space) = pair;
		}
		text = stop + 1;
	}
	return true;
}

bool request_decode(struct exchange *exchange, const char *method)
{
	struct request *request = &exchange->request;
	request->head = strcmp(method, "HEAD") == 0;
	request->method = request->head ? "GET" : arena_copy(request->arena, method);
	const char *path = request->target;
	if (strncasecmp(path, "http://", 7) == 0 || strncasecmp(path, "https://", 8) == 0) {
		/* the absolute form of a proxy; every server must take it (RFC 9112, 3.2.2) */
		path = strstr(path, "//") + 2;
		path += strcspn(path, "/?");
	}
	size_t size = strcspn(path, "?");
	request->path = size ? decode(request->arena, path, size, false, 0x20) : "/";
	if (!request->path || (request->path[0] != '/' && strcmp(request->path, "*") != 0)) {
		request->path = "";
		return false;
	}
	if (!path[size])
		return true;
	struct pair *pairs = NULL;
	const char *query = path + size + 1;
	bool good = pairs_read(request->arena, query, strlen(query), &pairs, &request->argument_count);
	request->arguments = pairs;
	return good;
}

static const char *pair_find(const struct pair *pairs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return pairs[i].value;
	return NULL;
}

const char *request_argument(const struct request *request, const char *name)
{
	return pair_find(request->arguments, request->argument_count, name);
}

const char *request_header(const struct request *request, const char *name)
{
	return MHD_lookup_connection_value(exchange_of(request)->connection, MHD_HEADER_KIND, name);
}

/* Our own reading of cookies: libmicrohttpd drops all behind one that it does not like. */
const char *request_cookie(struct request *request, const char *name)
{
	const char *text = request_header(request, "Cookie");
	size_t size = strlen(name);
	while (text && *text) {
		text += strspn(text, " \t;");
		const char *stop = text + strcspn(text, ";");
		if (strncmp(text, name, size) == 0 && text[size] == '=') {
			const char *value = text + size + 1;
			while (stop > value && (stop[-1] == ' ' || stop[-1] == '\t'))
				stop--;
			if (stop - value >= 2 && value[0] == '"' && stop[-1] == '"') {
				value++;
				stop--;
			}
			return arena_text(request->arena, value, (size_t)(stop - value));
		}
		text = stop;
	}
	return NULL;
}

enum language request_language(const struct request *request)
{
	const char *text = request_header(request, "Accept-Language");
	for (; text && *text; text += strcspn(text, ",")) {
		text += strspn(text, ", \t");
		bool ends = strlen(text) >= 2 && !isalpha((unsigned char)text[2]);
		if (ends && strncasecmp(text, "zh", 2) == 0)
			return CHINESE;
		if (ends && strncasecmp(text, "en", 2) == 0)
			return ENGLISH;
	}
	return CHINESE;
}

bool header_is(const char *header, const char *word)
{
	if (!header)
		return false;
	header += strspn(header, " \t");
	size_t size = strlen(word);
	if (strncasecmp(header, word, size) != 0)
		return false;
	header += size;
	header += strspn(header, " \t");
	return !*header || *header == ';';
}

bool request_typed(const struct request *request, const char *type)
{
	return header_is(request_header(request, "Content-Type"), type);
}

/* A quoted string from behind its first quote on; *text moves behind the last one. NULL: it never ends. */
static char *unquote(struct arena *arena, const char **text)
{
	const char *from = *text;
	char *out = arena_alloc(arena, strlen(from) + 1);
	size_t used = 0;
	for (; *from && *from != '"'; from++) {
		/* browsers send no quoted pairs in a file name but \" and \\; older ones leave the backslashes of folders as they are */
		if (*from == '\\' && (from[1] == '"' || from[1] == '\\'))
			from++;
		out[used++] = *from;
	}
	if (!*from)
		return NULL;
	*text = from + 1;
	return out;
}

const char *header_parameter(struct arena *arena, const char *header, const char *name)
{
	const char *text = header ? strchr(header, ';') : NULL;
	while (text && *text == ';') {
		text += 1 + strspn(text + 1, " \t");
		const char *start = text;
		text += strcspn(text, "=; \t");
		bool same = strlen(name) == (size_t)(text - start) && strncasecmp(start, name, strlen(name)) == 0;
		if (*text != '=') {
			text += strcspn(text, ";");
			continue;
		}
		char *value;
		if (*++text == '"') {
			text++;
			value = unquote(arena, &text);
		} else {
			size_t size = strcspn(text, "; \t");
			value = arena_text(arena, text, size);
			text += size;
		}
		if (same || !value)
			return value;
		text += strspn(text, " \t");
	}
	return NULL;
}

const char *request_field(struct request *request, const char *name)
{
	struct exchange *exchange = exchange_of(request);
	if (!exchange->fields_read) {
		exchange->fields_read = true;
		if (request_typed(request, "application/x-www-form-urlencoded") &&
			!pairs_read(request->arena, (const char *)request->body, request->size, &exchange->fields, &exchange->field_count))
			exchange->field_count = 0;
	}
	return pair_find(exchange->fields, exchange->field_count, name);
}

int request_temporary(struct request *request)
{
	return temporary_file(exchange_of(request)->server->plan.folder);
}
