/* The log: one JSON object a line on standard error. Never a private value: rows are named by id only. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below `level` are left out. The default is LOG_INFO. */
void log_start(enum log_level level);
/* While `some`, lines below LOG_WARN that follow each other closely may wait for log_flush, which somebody must call again and again. */
void log_gather(bool some);
/* Writes what waits. */
void log_flush(void);
/* {"at":…,"level":…,"event":event, …}: `format` gives the further members as JSON text, each begun by a comma,
 * such as ",\"port\":%d"; texts in it must be JSON-escaped or plain words. May be "". Keeps to one line of 4 KiB. */
void log_event(enum log_level level, const char *event, const char *format, ...) __attribute__((format(printf, 3, 4)));
