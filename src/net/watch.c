#include "net/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum { SECOND = 1000000, TICK_MS = 500, LINGER_TOTAL = 20 * SECOND, LINGER_SILENT = 3 * SECOND };

void line_allow(struct line *line, int64_t since, unsigned idle, uint64_t bytes)
{
	if (line)
		atomic_store(&line->deadline, since + ((int64_t)idle + (int64_t)(bytes / SLOWEST)) * SECOND);
}

void watch_line(void *context, struct MHD_Connection *connection, void **state, enum MHD_ConnectionNotificationCode code)
{
	struct server *server = context;
	struct watch *watch = &server->watch;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		struct line *line = calloc(1, sizeof *line);
		if (!line || !info) {
			free(line);
			return;
		}
		line->socket = info->connect_fd;
		line_allow(line, clock_steady(), server->plan.idle, 0);
		pthread_mutex_lock(&watch->lock);
		line->next = watch->lines;
		if (line->next)
			line->next->last = line;
		watch->lines = line;
		watch->count++;
		pthread_mutex_unlock(&watch->lock);
		*state = line;
		return;
	}
	struct line *line = *state;
	if (!line)
		return;
	pthread_mutex_lock(&watch->lock);
	if (line->last)
		line->last->next = line->next;
	else
		watch->lines = line->next;
	if (line->next)
		line->next->last = line->last;
	watch->count--;
	pthread_mutex_unlock(&watch->lock);
	free(line);
	*state = NULL;
}

void watch_linger(struct watch *watch, int socket)
{
	int64_t now = clock_steady();
	pthread_mutex_lock(&watch->lock);
	int copy = watch->linger_count < LINGER_MOST && !watch->ending ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1;
	if (copy >= 0)
		watch->lingers[watch->linger_count++] = (struct straggler){.socket = copy, .until = now + LINGER_TOTAL, .latest = now};
	pthread_mutex_unlock(&watch->lock);
	if (copy >= 0)
		eventfd_write(watch->wake, 1);
}

/* Shuts lines past their deadline; the poller then notices and closes. The lock keeps the socket from being closed and used anew. */
static void sweep(struct watch *watch, int64_t now)
{
	for (struct line *line = watch->lines; line; line = line->next) {
		int64_t deadline = atomic_load(&line->deadline);
		if (deadline && deadline < now) {
			shutdown(line->socket, SHUT_RDWR);
			atomic_store(&line->deadline, 0);
		}
	}
}

/* Throws away what came on the lingering sockets; closes those that ended or whose time is over. */
static void drain(struct watch *watch, int64_t now)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < watch->linger_count; i++) {
		struct straggler linger = watch->lingers[i];
		char rest[64 * 1024];
		ssize_t got = recv(linger.socket, rest, sizeof rest, MSG_DONTWAIT | MSG_TRUNC);
		if (got > 0)
			linger.latest = now;
		bool over = got == 0 || now > linger.until || now > linger.latest + LINGER_SILENT || watch->ending;
		if (over || (got < 0 && errno != EAGAIN && errno != EINTR))
			close(linger.socket);
		else
			watch->lingers[kept++] = linger;
	}
	watch->linger_count = kept;
}

static void *watch_run(void *argument)
{
	struct watch *watch = argument;
	int64_t swept = 0;
	log_gather(true);
	for (bool ending = false; !ending;) {
		struct pollfd waits[LINGER_MOST + 1] = {{.fd = watch->wake, .events = POLLIN}};
		nfds_t count = 1;
		pthread_mutex_lock(&watch->lock);
		for (unsigned i = 0; i < watch->linger_count; i++)
			waits[count++] = (struct pollfd){.fd = watch->lingers[i].socket, .events = POLLIN};
		pthread_mutex_unlock(&watch->lock);
		poll(waits, count, TICK_MS);
		eventfd_t value;
		if (waits[0].revents)
			eventfd_read(watch->wake, &value);
		int64_t now = clock_steady();
		log_flush();
		pthread_mutex_lock(&watch->lock);
		drain(watch, now);
		if (now - swept >= TICK_MS * 1000) {
			sweep(watch, now);
			swept = now;
		}
		ending = watch->ending;
		pthread_mutex_unlock(&watch->lock);
	}
	log_gather(false);
	return NULL;
}

bool watch_start(struct watch *watch)
{
	pthread_mutex_init(&watch->lock, NULL);
	watch->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (watch->wake < 0)
		return false;
	if (pthread_create(&watch->thread, NULL, watch_run, watch) == 0)
		return true;
	close(watch->wake);
	return false;
}

void watch_stop(struct watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	watch->ending = true;
	pthread_mutex_unlock(&watch->lock);
	eventfd_write(watch->wake, 1);
	pthread_join(watch->thread, NULL);
	close(watch->wake);
	pthread_mutex_destroy(&watch->lock);
}
