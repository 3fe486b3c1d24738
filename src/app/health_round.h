/*
 * The daily round of a firm 每日健康申报: who is on duty, what was told of each yesterday and today, who is missing.
 * One tap tells of all others that they are on duty without symptoms. It writes states, never a temperature: those come from whoever measured (by hand, or a gate thermometer's file), or
 * stand in an attestation, which is counted as such. Missing is due less told; it is never written down.
 */
#pragma once

#include "app/attestation.h"
#include "app/health.h"
#include "app/site.h"
#include "app/staff.h"

struct round_member {
	const struct staff *staff; /* as the file was on the day */
	struct id told_id; /* of the row of the day, there or not */
	bool due;
	const struct health *told; /* the row of the day; NULL: there is none */
	const struct health *gone; /* the row of the day, where it was taken out */
	const struct health *before; /* of the day before; NULL: nobody had */
};

struct round_sums {
	int64_t staff; /* files of the day, those who left not counted */
	int64_t due, told, missing; /* told and missing: of those due */
	int64_t measured, attested; /* temperatures: measured of so many of those due; attested of so many in all */
	int64_t feverish, ill, positive, absent, isolating, differ; /* of all that were told, or tested */
};

struct health_round {
	const struct site *site;
	int64_t day;
	struct round_member *members; /* by department and number; without those who have left and were not told */
	size_t count;
	struct round_sums sums;
};

/* What is told of one person: a health record that carries only what was told (a field that is carried as null is taken away). */
struct round_word {
	struct id staff;
	const struct health *said;
	int64_t row; /* as it was sent, for faults; -1 */
};

/* Whether anybody has told how they are: a test result alone does not. */
bool round_told(const struct round_member *member);
/* Reads the round of a site that whoever asks reaches. With work->db. */
enum status round_read(struct work *work, const struct row *site, int64_t day, bool before, struct health_round *round);
/* The same of these staff files alone; those that are not of the site are left out. */
enum status round_read_some(
	struct work *work, const struct row *site, int64_t day, const struct round_word *words, size_t count, struct health_round *round);
/* Rows of the round for these staff files on a day, by the place in the list; NULL where there is none. */
void round_rows(struct work *work, int64_t home, const struct id *staff, size_t count, int64_t day, const struct health **rows);
/* The sums alone, for several sites at once: of those that whoever asks reaches. */
void round_sums_of(struct work *work, const struct row *const *sites, size_t count, int64_t day, struct round_sums *sums);

struct round_write {
	struct id site;
	int64_t day;
	const char *way; /* each, gate or own */
	const struct round_word *words;
	size_t count;
	bool others; /* of all due who were not told: on duty, without symptoms */
	const struct id *among; /* the others that were in sight, by id; NULL: whoever they are */
	size_t among_count;
	struct id deed; /* names this telling, so that a late retry does not undo what came after it; none: not named */
	/* out: */
	int64_t made, changed, same;
	int64_t left; /* due and known by a temperature, a test or their own word alone, in a way that somebody has to look at: the one tap leaves them out */
	struct id alarm; /* the urgent report; none */
};
/* All of it or nothing; what is as it was told changes nothing, and neither does the same deed again. BAD_FIELD names the row. The caller has held the right against the site. Inside store_write. */
enum status round_tell(struct work *work, void *write);
