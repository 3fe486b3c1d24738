/* init, serve, check, version. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/area_move.h"
#include "app/begin.h"
#include "app/session.h"
#include "app/file.h"
#include "app/job_state.h"
#include "base/log.h"
#include "face/call.h"
#include "face/cli.h"
#include "face/metrics.h"
#include "face/limit.h"
#include "face/linger.h"
#include "job/job.h"
#include "job/sender.h"
#include "record/recount.h"

enum { STOP_MS = 5000 };

/* Without --admin, whoever opens the link in a browser becomes the first administrator; again where nobody has yet. */
static enum status print_setup(struct work *work, const struct settings *settings)
{
	const char *token;
	int64_t ends_at;
	store_read(work);
	bool done = user_administered(work);
	store_release(work);
	if (done || invite_make(work, (struct id){{0}}, &token, &ends_at) != OK)
		return work->status;
	cli_link(settings, "setup", token);
	return OK;
}

int cli_init(const struct settings *settings)
{
	struct work *work = cli_open(settings, true);
	if (!work)
		return 1;
	const char *name = setting(settings, "admin", NULL);
	enum status status = store_write(work, begin_store, NULL);
	if (status == OK && name) {
		struct begin_admin admin = {.name = name, .password = cli_line(work->arena)};
		status = store_write(work, begin_admin, &admin);
	} else if (status == OK) {
		status = print_setup(work, settings);
	}
	int code = status == OK ? 0 : cli_problem(work);
	cli_close(work);
	return code;
}

static void wait_for_end(void)
{
	sigset_t signals;
	int got;
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigwait(&signals, &got);
}

static void block_signals(void)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* The web app: where --web says, else beside the program's build, else where it was installed. */
static const char *web_folder(const struct settings *settings)
{
	const char *given = setting(settings, "web", NULL);
	char program[4096];
	ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
	if (given || size <= 0)
		return given ? given : "/usr/share/muster/web";
	program[size] = '\0';
	*strrchr(program, '/') = '\0';
	const char *beside = arena_print(settings->arena, "%s/web", program);
	return access(beside, F_OK) == 0 ? beside : arena_print(settings->arena, "%s/../share/muster/web", program);
}

int cli_serve(const struct settings *settings)
{
	static const char policy[] =
		"default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
	char error[SERVER_ERROR];
	block_signals();
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	store_write(work, area_roll, NULL);
	/* an older store gets what newer lists and settings begin with */
	if (store_write(work, begin_store, NULL) != OK) {
		int code = cli_problem(work);
		cli_close(work);
		return code;
	}
	file_sweep(work);
	const char *listen = setting(settings, "listen", "127.0.0.1:8080"), *colon = strrchr(listen, ':');
	struct face face = {.store = work->store,
		.web = web_folder(settings),
		.spool = work->store->spool,
		.metrics = metrics_new(work->arena),
		.timed = job_counts_new(work->arena),
		.sessions = session_memory_new(),
		.limiter = limiter_new(),
		.linger = linger_start(),
		.sends = setting(settings, "sender", NULL) != NULL,
		.jobs = jobs_start(work->store)};
	struct server_plan plan = {.address = colon ? arena_text(work->arena, listen, (size_t)(colon - listen)) : listen,
		.port = (uint16_t)(colon ? atoi(colon + 1) : 8080),
		.workers = 8,
		.folder = work->store->spool,
		.policy = policy,
		.context = &face,
		.handle = face_handle,
		.brief = face_brief,
		.limit = face_limit,
		.done = face_done};
	struct server *server = server_start(&plan, error);
	if (!server) {
		fprintf(stderr, "muster: %s\n", work_text(work, error));
		jobs_stop(face.jobs);
		cli_close(work);
		return 1;
	}
	face.server = server;
	log_event(LOG_INFO, "listening", ",\"address\":\"%s\",\"port\":%u", plan.address, server_port(server));
	bool timed = strcmp(setting(settings, "jobs", "on"), "off") != 0;
	struct job_runner *jobs = timed ? job_start(work->store, face.timed) : NULL;
	struct sender_plan sending = {.way = setting(settings, "sender", NULL), .token = setting(settings, "sender-token", NULL)};
	struct sender *sender = sending.way ? sender_start(work->store, &sending) : NULL;
	wait_for_end();
	log_event(LOG_INFO, "stopping", "%s", "");
	sender_stop(sender);
	job_stop(jobs);
	linger_stop(face.linger);
	bool stopped = server_stop(server, STOP_MS);
	jobs_stop(face.jobs);
	if (stopped) {
		limiter_free(face.limiter);
		linger_free(face.linger);
		session_memory_free(face.sessions);
		cli_close(work);
	}
	return 0;
}

int cli_job(const struct settings *settings)
{
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	bool good = job_run_all(work->store);
	cli_close(work);
	return good ? 0 : 1;
}

int cli_check(const struct settings *settings)
{
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	int64_t wrong = recount_all(work, stdout);
	printf("%lld %s\n", (long long)wrong, work->language == CHINESE ? "处不符" : "differences");
	cli_close(work);
	return wrong ? 1 : 0;
}

int cli_version(const struct settings *settings)
{
	(void)settings;
	puts("muster 0.1");
	return 0;
}
