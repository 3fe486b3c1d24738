/* Daily health in the demonstration: five firms tell of their staff on the last three mornings, each in its own way. One tells of exceptions and of all others in one tap, and attests what was measured
 * at its gate; one writes the same temperatures down every day; one brings its thermometer's file; one tells of ten and leaves the rest; in one the workers tell by themselves. */
#include "base/clock.h"
#include "face/demo.h"

enum { FIRMS = 5, WORKERS = 40, FIRST = 7 * 60 + 5, MEASURED = 14, TOLD = 10, OWN = 3 };

static const char *path(struct demo *demo, int firm, const char *what)
{
	return arena_print(demo->arena, "/api/v1/sites/%s/%s", demo->firms[firm].id, what);
}

/* The roster of a firm on the day; a firm that has no staff files yet gets some. */
static json_t *roster(struct demo *demo, int firm)
{
	static const char *const names[] = {"演示工甲", "演示工乙", "演示工丙", "演示工丁", "演示工戊", "演示工己", "演示工庚", "演示工辛"};
	const char *user = demo->firms[firm].user;
	json_t *rows = json_object_get(demo_send(demo, user, "GET", path(demo, firm, "health_round"), NULL), "rows");
	if (json_array_size(rows))
		return rows;
	json_t *made = json_array();
	for (int i = 0; i < WORKERS; i++)
		json_array_append_new(made,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "site", demo->firms[firm].id, "name", names[(i + firm) % 8],
				"number", arena_print(demo->arena, "G%d%03d", firm + 1, i + 1), "dept",
				i % 3 ? "一车间（演示）" : "二车间（演示）", "state", "on_duty", "begins",
				demo_day_text(demo, demo->final - 10), "effective", demo_day_text(demo, demo->final - 10)));
	demo_send(demo, user, "POST", "/api/v1/staff_files", json_pack("{s:o}", "rows", made));
	return json_object_get(demo_send(demo, user, "GET", path(demo, firm, "health_round"), NULL), "rows");
}

/* The n-th of those on duty. */
static const json_t *worker(const json_t *rows, int n)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (json_is_true(json_object_get(json_array_get(rows, i), "due")) && !n--)
			return json_array_get(rows, i);
	return NULL;
}

static json_t *word(const json_t *rows, int n)
{
	return json_pack("{s:s}", "staff", demo_text(worker(rows, n), "staff"));
}

static void tell(struct demo *demo, int firm, json_t *words, bool others)
{
	demo_send(demo, demo->firms[firm].user, "POST", path(demo, firm, "health_round"),
		json_pack("{s:o, s:b}", "rows", words, "others", (int)others));
}

static void add(json_t *words, const json_t *rows, int n, const char *name, json_t *value)
{
	json_t *one = word(rows, n);
	if (worker(rows, n)) {
		json_object_set_new(one, name, value);
		json_array_append_new(words, one);
		return;
	}
	json_decref(one);
	json_decref(value);
}

static void tell_exceptions(struct demo *demo, const json_t *rows, int64_t day, bool last)
{
	json_t *words = json_array();
	add(words, rows, 3, "presence", json_string("absent"));
	add(words, rows, 7, "symptoms", json_string("throat"));
	if (last)
		add(words, rows, 11, "temperature", json_integer(376));
	tell(demo, 0, words, true);
	if (worker(rows, MEASURED))
		demo_send(demo, demo->firms[0].user, "POST", "/api/v1/attestations",
			json_pack("{s:s, s:s, s:i, s:b, s:s, s:s, s:s}", "site", demo->firms[0].id, "day", demo_day_text(demo, day),
				"count", MEASURED, "none", (int)!last, "gate", "东门（演示）", "by", "演示门卫", "duty", "保安班长"));
}

static void tell_copied(struct demo *demo, const json_t *rows)
{
	json_t *words = json_array();
	for (int i = 0; i < MEASURED; i++)
		add(words, rows, i, "temperature", json_integer(361 + i * 7 % 10));
	tell(demo, 1, words, true);
}

static void tell_file(struct demo *demo, const json_t *rows, int64_t day)
{
	struct buf file = {.arena = demo->arena};
	buf_text(&file, "工号,测温时间,体温\n");
	for (int i = 0; i < 2 * MEASURED && worker(rows, i); i++)
		buf_print(&file, "%s,%s 07:%02d:%02d,36.%d\n", demo_text(worker(rows, i), "number"), demo_day_text(demo, day), 10 + i,
			i * 7 % 60, 1 + demo_random(demo, 8));
	buf_print(&file, "Z9999,%s 07:58:00,36.4\n", demo_day_text(demo, day));
	const char *text = buf_end(&file);
	demo_upload(demo, demo->firms[2].user, arena_print(demo->arena, "%s?day=%s", path(demo, 2, "gate_file"), demo_day_text(demo, day)),
		"text/csv", text, file.size);
	tell(demo, 2, json_array(), true);
}

static void tell_some(struct demo *demo, const json_t *rows)
{
	json_t *words = json_array();
	for (int i = 0; i < TOLD; i++)
		add(words, rows, i, "symptoms", json_string("none"));
	tell(demo, 3, words, false);
}

/* Links for all; some of them tell by themselves, the firm has not told yet. */
static void tell_own(struct demo *demo)
{
	const char *user = demo->firms[4].user;
	json_t *given = demo_send(demo, user, "POST", path(demo, 4, "worker_links"), json_pack("{s:b}", "all", 1));
	const json_t *links = json_object_get(given, "links");
	for (int i = 0; i < OWN && i < (int)json_array_size(links); i++) {
		const json_t *link = json_array_get(links, (size_t)i);
		demo_send(demo, user, "POST", arena_print(demo->arena, "/api/v1/public/worker_links/%s/tell", demo_text(link, "id")),
			json_pack("{s:s, s:s}", "code", demo_text(link, "code"), "symptoms", i ? "none" : "tired"));
	}
}

void demo_health(struct demo *demo, int64_t day, bool last)
{
	if (day < demo->final - 1)
		return;
	for (int firm = 0; firm < FIRMS; firm++) {
		demo_clock(demo, day, FIRST + firm * 8 + (int)(day * 5 + firm) % 7);
		const json_t *rows = roster(demo, firm);
		switch (firm) {
		case 0: tell_exceptions(demo, rows, day, last); break;
		case 1: tell_copied(demo, rows); break;
		case 2: tell_file(demo, rows, day); break;
		case 3: tell_some(demo, rows); break;
		default: tell_own(demo);
		}
	}
}
