/* demo: makes the demonstration store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/area_import.h"
#include "app/begin.h"
#include "app/session.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/log.h"
#include "face/call.h"
#include "face/cli.h"
#include "face/demo.h"
#include "face/limit.h"

enum { DAYS = 22, MORNING = 9 * 60 };

int demo_random(struct demo *demo, int below)
{
	/* splitmix64, S. Vigna, public domain: small, and the same everywhere */
	uint64_t z = demo->seed += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (int)((z ^ z >> 31) % (uint64_t)below);
}

void demo_clock(struct demo *demo, int64_t day, int minutes)
{
	int64_t stamp = day_stamp(day, demo->work->store->zone) + (int64_t)minutes * 60000;
	if (stamp > demo->now)
		demo->now = stamp;
	clock_set(demo->now);
	demo->work->now = demo->now;
	demo->work->today = store_today(demo->work->store, demo->now);
}

const char *demo_text(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));
	return text ? text : "";
}

const char *demo_day_text(struct demo *demo, int64_t day)
{
	return day_print(day, arena_alloc(demo->arena, DAY_TEXT));
}

/* A session lasts half a day; each user signs in again when it is over. */
static const char *token_of(struct demo *demo, const char *user)
{
	int at = 0;
	while (at < demo->session_count && strcmp(demo->sessions[at].name, user) != 0)
		at++;
	struct demo_session *session = &demo->sessions[at];
	if (at == demo->session_count && at < (int)(sizeof demo->sessions / sizeof *demo->sessions))
		demo->session_count++;
	if (session->token && session->ends > demo->now)
		return session->token;
	struct session opened;
	work_forgive(demo->work);
	if (session_demonstrate(demo->work, user, &opened) != OK)
		return "";
	*session = (struct demo_session){.name = user, .token = opened.token, .ends = demo->now + INT64_C(8) * 3600 * 1000};
	return session->token;
}

/* Tells of an answer that is not as it should be, without what was sent: names are made up here, but the habit is not. */
static json_t *take_answer(struct demo *demo, const char *user, const char *method, const char *path, struct client_answer answer)
{
	demo->sent++;
	if (answer.status >= 200 && answer.status <= 299)
		return json_read(demo->arena, answer.text, answer.size, NULL);
	if (++demo->failed <= 20)
		fprintf(stderr, "demo: %s %s as %s gave %d: %s\n", method, path, user, answer.status, answer.text);
	return NULL;
}

/* A second of the day a request: rows keep the order in which they were made. */
static void tick(struct demo *demo)
{
	demo->now += 1000;
	clock_set(demo->now);
}

json_t *demo_upload(struct demo *demo, const char *user, const char *path, const char *type, const void *bytes, size_t size)
{
	tick(demo);
	return take_answer(
		demo, user, "POST", path, client_send(demo->client, demo->arena, "POST", path, token_of(demo, user), type, bytes, size));
}

json_t *demo_send(struct demo *demo, const char *user, const char *method, const char *path, json_t *body)
{
	char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	const char *name = user ? user : "demo-root";
	tick(demo);
	struct client_answer answer = client_send(demo->client, demo->arena, method, path, token_of(demo, name),
		body ? "application/json" : NULL, text, text ? strlen(text) : 0);
	free(text);
	json_decref(body);
	return take_answer(demo, name, method, path, answer);
}

json_t *demo_change(struct demo *demo, const char *user, const char *plural, const json_t *row, json_t *body)
{
	client_match(demo->client, json_integer_value(json_object_get(row, "version")));
	return demo_send(demo, user, "PATCH", arena_print(demo->arena, "/api/v1/%s/%s", plural, demo_text(row, "id")), body);
}

static enum status prepare(struct work *work, void *unused)
{
	static const char *const prefixes[] = {"4313"};
	struct area_import import = {.folder = unused, .prefixes = prefixes, .prefix_count = 1};
	/* nobody signs in by password here: it is random and forgotten */
	char password[ID_TEXT];
	struct begin_admin root = {.name = "demo-root", .password = id_print(id_new(), password)};
	settings_set(work, "demonstration", "1");
	work->store->demonstration = true;
	if (begin_store(work, NULL) != OK || begin_admin(work, &root) != OK)
		return work->status;
	return area_import_china(work, &import);
}

static void play(struct demo *demo)
{
	demo->first = demo->work->today;
	demo->final = demo->first + DAYS - 1;
	demo_people(demo);
	demo_firms(demo);
	demo_appeal(demo);
	for (int i = 0; i <= DAYS && !demo->failed; i++) {
		if (i == DAYS)
			demo_settle(demo);
		demo_day(demo, demo->first + i, i == DAYS);
		cli_progress("demo", i, DAYS);
	}
}

/* The store opens on the morning after the last day that was played, and its clock runs on from there. */
static enum status remember_clock(struct work *work, void *data)
{
	const struct demo *demo = data;
	settings_set(work, "demonstration_now", arena_print(work->arena, "%lld", (long long)demo->now));
	return OK;
}

static int make(struct work *work, const struct settings *settings)
{
	char error[SERVER_ERROR];
	struct face face = {.store = work->store,
		.web = "/nonexistent",
		.spool = work->store->spool,
		.sessions = session_memory_new(),
		.limiter = limiter_new()};
	struct server_plan plan = {.context = &face, .handle = face_handle, .limit = face_limit, .folder = work->store->spool};
	struct demo *demo = arena_alloc(work->arena, sizeof *demo);
	*demo = (struct demo){.work = work, .arena = work->arena, .seed = 20200212};
	demo_clock(demo, day_of(2020, 2, 12), MORNING);
	if (store_write(work, prepare, (void *)cli_china_folder(settings)) != OK)
		return cli_problem(work);
	struct server *server = server_start(&plan, error);
	if (!server) {
		fprintf(stderr, "muster: %s\n", error);
		return 1;
	}
	demo->client = client_new(arena_print(work->arena, "http://127.0.0.1:%u", server_port(server)));
	play(demo);
	client_close(demo->client);
	if (server_stop(server, 5000))
		session_memory_free(face.sessions);
	limiter_free(face.limiter);
	if (!demo->failed)
		store_write(work, remember_clock, demo);
	printf("%d requests, %d refused\n", demo->sent, demo->failed);
	return demo->failed ? 1 : 0;
}

int cli_demo(const struct settings *settings)
{
	const char *place = setting(settings, "store", "muster-store");
	if (access(arena_print(settings->arena, "%s/muster.db", place), F_OK) == 0) {
		fprintf(stderr, "muster: there is a store at %s already\n", place);
		return 1;
	}
	log_start(LOG_WARN);
	struct work *work = cli_open(settings, true);
	if (!work)
		return 1;
	bool there = !id_none(work->store->incident);
	if (there)
		fprintf(stderr, "muster: there is a store in this database already\n");
	int code = there ? 1 : make(work, settings);
	cli_close(work);
	return code;
}
