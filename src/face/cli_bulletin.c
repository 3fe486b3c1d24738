/* bulletin: the text of a day on standard output. */
#include <stdio.h>
#include <string.h>

#include "app/bulletin.h"
#include "base/clock.h"
#include "face/cli.h"
#include "record/store.h"

static int say_bad(const char *what)
{
	fprintf(stderr, "muster: %s\n", what);
	return 2;
}

static void print(struct work *work, const struct area *area, int64_t day, const char *format)
{
	const struct bulletin *bulletin = bulletin_make(work, area, day);
	if (strcmp(format, "json") != 0) {
		fputs(bulletin_text(bulletin, strcmp(format, "md") == 0), stdout);
		return;
	}
	char id[ID_TEXT];
	struct json json = json_new(work->arena);
	json_open(&json, '{');
	json_put(&json, "area", id_print(area->row.id, id));
	json_key(&json, "day");
	json_day(&json, day);
	bulletin_json(bulletin, &json);
	json_close(&json, '}');
	puts(buf_end(&json.buf));
}

int cli_bulletin(const struct settings *settings)
{
	const char *code = setting(settings, "area", NULL), *text = setting(settings, "day", NULL);
	const char *language = setting(settings, "language", NULL), *format = setting(settings, "format", "text");
	int64_t day = 0;
	if (text && !day_parse(text, &day))
		return say_bad("--day must be a day such as 2020-03-05");
	if (strcmp(format, "text") != 0 && strcmp(format, "md") != 0 && strcmp(format, "json") != 0)
		return say_bad("--format is text, md or json");
	if (language && strcmp(language, "zh") != 0 && strcmp(language, "en") != 0)
		return say_bad("--language is zh or en");
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	if (language)
		work->language = strcmp(language, "en") == 0 ? ENGLISH : CHINESE;
	store_read(work);
	const struct area *area = area_find(work, code);
	int result = area ? 0 : 4;
	if (area)
		print(work, area, text ? day : work->today - 1, format);
	else
		fprintf(stderr, "muster: %s\n", work_text(work, "there is no such area|没有这个区划"));
	store_release(work);
	cli_close(work);
	return result;
}
