/* A gate thermometer's file 测温设备文件: CSV or XLSX, a reading a row. Its readings go to the staff files by staff number, else by ID number, else by a name that only one has; the highest of the
 * day counts. What fits nobody is told, never guessed. */
#pragma once

#include "app/health_round.h"

enum { GATE_SHOWN = 200 };

struct gate_fault {
	int64_t row; /* as the spreadsheet program numbers it */
	const char *number, *name; /* as the file has them; the name masked */
	const char *detail; /* in the asker's language */
};

struct gate_file {
	int64_t readings; /* rows with a temperature of the day that fit somebody */
	int64_t people; /* to whom they belong */
	int64_t feverish; /* of them */
	int64_t other_day; /* rows of other days, passed over */
	int64_t unmatched_count, bad_count;
	struct gate_fault unmatched[GATE_SHOWN], bad[GATE_SHOWN];
	struct round_word *words; /* what is new in it; what was taken already is not among them */
	size_t word_count;
	int64_t known; /* people of whom it says nothing new */
};

/* Reads a file against a round. BAD_FIELD "file" where it is no such file at all. Everything lives in work->arena. */
enum status gate_read(struct work *work, const struct health_round *round, const void *bytes, size_t size, struct gate_file *file);
