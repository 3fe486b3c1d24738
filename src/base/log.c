#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

static atomic_int lowest = LOG_INFO;

void log_start(enum log_level level)
{
	atomic_store(&lowest, (int)level);
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	if ((int)level < atomic_load(&lowest))
		return;
	char line[4096], at[STAMP_TEXT];
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
	/* one write, so that lines of several threads do not mix */
	if (write(STDERR_FILENO, line, used) < 0)
		return;
}
