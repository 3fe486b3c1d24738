#include "net/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "net/inner.h"

enum { BACKLOG = 1024, MEMORY_LINE = 12 * 1024, MEMORY_STEP = 4 * 1024, FILES_SPARE = 256 };

static bool plan_copy(struct server_plan *plan, const struct server_plan *given)
{
	*plan = *given;
	plan->workers = plan->workers ? plan->workers : 4;
	plan->pollers = plan->pollers ? plan->pollers : 1;
	plan->connections = plan->connections ? plan->connections : 1024;
	plan->queue = plan->queue ? plan->queue : 1024;
	plan->idle = plan->idle ? plan->idle : 60;
	plan->address = strdup(given->address ? given->address : "127.0.0.1");
	plan->folder = strdup(given->folder ? given->folder : "/tmp");
	plan->policy = given->policy ? strdup(given->policy) : NULL;
	return plan->address && plan->folder && (plan->policy || !given->policy);
}

static void server_free(struct server *server)
{
	if (server->listener >= 0)
		close(server->listener);
	free((char *)(uintptr_t)server->plan.address);
	free((char *)(uintptr_t)server->plan.folder);
	free((char *)(uintptr_t)server->plan.policy);
	pthread_cond_destroy(&server->work);
	pthread_cond_destroy(&server->quiet);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

/* A listening socket on one address; -1 with errno. */
static int listen_on(const struct addrinfo *choice)
{
	int one = 1;
	int made = socket(choice->ai_family, choice->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, choice->ai_protocol);
	if (made < 0)
		return -1;
	setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(made, choice->ai_addr, choice->ai_addrlen) == 0 && listen(made, BACKLOG) == 0)
		return made;
	int reason = errno;
	close(made);
	errno = reason;
	return -1;
}

static bool server_listen(struct server *server, char error[SERVER_ERROR])
{
	char port[8];
	snprintf(port, sizeof port, "%u", server->plan.port);
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *choices = NULL;
	int failed = getaddrinfo(server->plan.address, port, &hints, &choices);
	errno = 0;
	for (struct addrinfo *choice = choices; choice && server->listener < 0; choice = choice->ai_next)
		server->listener = listen_on(choice);
	if (choices)
		freeaddrinfo(choices);
	if (server->listener < 0) {
		const char *reason = failed ? gai_strerror(failed) : strerror(errno);
		snprintf(error, SERVER_ERROR, "cannot listen on %s port %s: %s|无法监听 %s 端口 %s：%s", server->plan.address, port, reason,
			server->plan.address, port, reason);
		return false;
	}
	struct sockaddr_storage bound = {0};
	socklen_t size = sizeof bound;
	getsockname(server->listener, (struct sockaddr *)&bound, &size);
	server->port =
		ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port : ((struct sockaddr_in *)&bound)->sin_port);
	return true;
}

static void files_raise(unsigned connections)
{
	struct rlimit limit;
	/* a connection may have a body's file and an answer's file beside its socket */
	rlim_t need = (rlim_t)connections * 2 + FILES_SPARE;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= need)
		return;
	limit.rlim_cur = need < limit.rlim_max ? need : limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void __attribute__((format(printf, 2, 0))) daemon_log(void *context, const char *format, va_list arguments)
{
	(void)context;
	char text[512], plain[512];
	vsnprintf(text, sizeof text, format, arguments);
	size_t used = 0;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c >= 0x20 && (unsigned char)*c < 0x7f && *c != '"' && *c != '\\')
			plain[used++] = *c;
	plain[used] = '\0';
	log_event(LOG_DEBUG, "http", ",\"text\":\"%s\"", plain);
}

static bool daemon_start(struct server *server)
{
	const struct server_plan *plan = &server->plan;
	/* poll, not epoll: with epoll, connections resumed by another thread hung now and then */
	unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem pool[] = {
		{plan->pollers > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)plan->pollers, NULL},
		{MHD_OPTION_END, 0, NULL},
	};
	server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, exchange_step, server, MHD_OPTION_EXTERNAL_LOGGER, daemon_log, NULL,
		MHD_OPTION_LISTEN_SOCKET, server->listener, MHD_OPTION_CONNECTION_LIMIT, plan->connections, MHD_OPTION_CONNECTION_TIMEOUT,
		plan->idle, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_LINE, MHD_OPTION_CONNECTION_MEMORY_INCREMENT,
		(size_t)MEMORY_STEP, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, server, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, server,
		MHD_OPTION_NOTIFY_CONNECTION, watch_line, server, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
	return server->daemon != NULL;
}

/* Threads inherit the mask: a signal to end the program must reach the thread that waits for it. */
static void signals_block(sigset_t *before)
{
	const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP, SIGPROF};
	sigset_t all;
	sigfillset(&all);
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		sigdelset(&all, own[i]);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

static struct server *server_new(const struct server_plan *plan)
{
	struct server *server = calloc(1, sizeof *server);
	if (!server)
		return NULL;
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->work, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&server->quiet, &monotonic);
	pthread_condattr_destroy(&monotonic);
	server->listener = -1;
	if (plan_copy(&server->plan, plan))
		return server;
	server_free(server);
	return NULL;
}

static bool folder_good(const struct server *server, char error[SERVER_ERROR])
{
	const char *folder = server->plan.folder;
	int probe = temporary_file(folder);
	if (probe >= 0) {
		close(probe);
		return true;
	}
	const char *reason = strerror(errno);
	snprintf(error, SERVER_ERROR, "cannot write temporary files in %s: %s|无法在 %s 写入临时文件：%s", folder, reason, folder, reason);
	return false;
}

static bool threads_start(struct server *server)
{
	sigset_t before;
	signals_block(&before);
	bool watching = watch_start(&server->watch);
	bool started = watching && workers_start(server) && daemon_start(server);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (watching && !started) {
		workers_stop(server);
		watch_stop(&server->watch);
	}
	return started;
}

struct server *server_start(const struct server_plan *plan, char error[SERVER_ERROR])
{
	snprintf(error, SERVER_ERROR, "not enough memory or threads for the server|内存或线程不足，无法启动服务器");
	struct server *server = server_new(plan);
	if (!server)
		return NULL;
	if (folder_good(server, error) && server_listen(server, error)) {
		files_raise(server->plan.connections);
		if (threads_start(server)) {
			error[0] = '\0';
			return server;
		}
	}
	server_free(server);
	return NULL;
}

uint16_t server_port(const struct server *server)
{
	return server->port;
}

struct server_load server_load(struct server *server)
{
	struct server_load load;
	pthread_mutex_lock(&server->lock);
	load.waiting = server->waiting;
	load.handling = server->handling;
	load.refused = server->refused;
	pthread_mutex_unlock(&server->lock);
	pthread_mutex_lock(&server->watch.lock);
	load.connections = server->watch.count;
	pthread_mutex_unlock(&server->watch.lock);
	return load;
}

/* Waits until `count` is zero; false: it was not by `until`. */
static bool wait_quiet(struct server *server, const unsigned *count, int64_t until)
{
	struct timespec time = {.tv_sec = until / 1000000, .tv_nsec = until % 1000000 * 1000};
	pthread_mutex_lock(&server->lock);
	int over = 0;
	while (*count && over != ETIMEDOUT)
		over = pthread_cond_timedwait(&server->quiet, &server->lock, &time);
	bool quiet = *count == 0;
	pthread_mutex_unlock(&server->lock);
	return quiet;
}

bool server_stop(struct server *server, unsigned milliseconds)
{
	int64_t until = clock_steady() + (int64_t)milliseconds * 1000;
	atomic_store(&server->stopping, true);
	MHD_quiesce_daemon(server->daemon);
	/* who connects now is told so at once, and does not wait for an accept that never comes */
	shutdown(server->listener, SHUT_RDWR);
	wait_quiet(server, &server->open, until);
	/* what is still being read or sent does not hold up the end any longer, but nothing may be suspended then */
	pthread_mutex_lock(&server->lock);
	server->closed = true;
	pthread_mutex_unlock(&server->lock);
	if (!wait_quiet(server, &server->handling, until))
		return false;
	MHD_stop_daemon(server->daemon);
	workers_stop(server);
	watch_stop(&server->watch);
	server_free(server);
	return true;
}
