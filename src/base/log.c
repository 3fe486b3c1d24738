#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

enum { ROOM = 64 * 1024, LINE = 4096, GATHER_US = 20000 };

static atomic_int lowest = LOG_INFO;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of all below */
static char waiting[ROOM];
static size_t size_waiting;
static int64_t written_at; /* of clock_steady() */
static bool gathers;

/* With the lock held. */
static void write_down(int64_t now)
{
	for (size_t at = 0; at < size_waiting;) {
		ssize_t size = write(STDERR_FILENO, waiting + at, size_waiting - at);
		if (size <= 0)
			break;
		at += (size_t)size;
	}
	size_waiting = 0;
	written_at = now;
}

void log_flush(void)
{
	pthread_mutex_lock(&lock);
	if (size_waiting)
		write_down(clock_steady());
	pthread_mutex_unlock(&lock);
}

void log_gather(bool some)
{
	pthread_mutex_lock(&lock);
	gathers = some;
	pthread_mutex_unlock(&lock);
	log_flush();
}

void log_start(enum log_level level)
{
	atomic_store(&lowest, (int)level);
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	if ((int)level < atomic_load(&lowest))
		return;
	char line[LINE], at[STAMP_TEXT];
	size_t room = sizeof line - 3;
	int size =
		snprintf(line, room, "{\"at\":\"%s\",\"level\":\"%s\",\"event\":\"%s\"", stamp_print(clock_now(), at), names[level], event);
	size_t used = (size_t)size;
	va_list arguments;
	va_start(arguments, format);
	int more = vsnprintf(line + used, room - used, format, arguments);
	va_end(arguments);
	/* members that do not fit are left out whole: a cut line would not be JSON */
	if (more > 0 && used + (size_t)more < room)
		used += (size_t)more;
	memcpy(line + used, "}\n", 3);
	used += 2;
	/* many at once: a write a line wakes whoever reads them each time, which costs more than most requests do */
	pthread_mutex_lock(&lock);
	memcpy(waiting + size_waiting, line, used);
	size_waiting += used;
	int64_t now = clock_steady();
	if (!gathers || level >= LOG_WARN || size_waiting > ROOM - LINE || now > written_at + GATHER_US)
		write_down(now);
	pthread_mutex_unlock(&lock);
}
