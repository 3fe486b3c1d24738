/* Staff files 一员一档: one worker of one site. */
#pragma once

#include "record/rows.h"

#define DEF "app/staff.def"
#include "record/struct.h"
#define DEF "app/site_files.def"
#include "record/struct.h"

enum { STAFF_CALENDAR = 7 }; /* days of the calendar of returns */

/* The first day on which the worker is not at this site any more; DAY_FAR: none known. */
int64_t staff_after(const struct staff *staff);
/* Whether the worker is on duty on a day, by the file as it was then: the health of whoever is has to be told (health_round.h). */
bool staff_due(struct work *work, const struct row *staff, int64_t day);
/* Whether a person has a file at any site on a day; the days on which that may change. */
bool staff_employed(struct work *work, struct id person, int64_t day);
void staff_employed_breaks(struct work *work, struct id person, struct breaks *breaks);
/* Whether the person of a file has a live file of another site today; *there: that file where work->who reaches it. */
bool staff_elsewhere(struct work *work, const struct staff *staff, struct row **there);

/* --- who it is (staff_person.c) */

/* Finds the person behind a file: by ID number, else by phone and name; else gives the id under which staff_person_save will make one. The caller's reach does not
 * matter, and nothing of what is found is shown. Sets staff->person. */
void staff_person_find(struct work *work, const struct staff *old, struct staff *staff);
/* Makes the person where there is none, fills what the register lacks, and follows what the file corrects. Inside store_write. */
enum status staff_person_save(struct work *work, const struct staff *old, const struct staff *staff);
/* Adds what the register says otherwise, for whoever may read it. */
void staff_person_warn(struct work *work, const struct staff *staff, struct warnings *warnings);

/* --- isolation (staff_isolate.c) */

/* Whoever came from a key area, or was in a contact that the setting names, is proposed for isolation; a human may say otherwise. `stated`: the state was said. As the file is checked. */
void staff_propose(struct work *work, const struct staff *old, struct staff *staff, bool stated);
/* Whether what the file says asks for isolation. */
bool staff_proposed(struct work *work, const struct staff *staff);
/* Keeps the worker apart from a day on, for as long as is proposed: they tested positive. Where that time has passed already nothing is done. Inside store_write. */
enum status staff_isolate(struct work *work, struct id staff, int64_t day);
/* Undoes that where the result was a mistake: nobody has said otherwise since, and nothing else asks for isolation. Inside store_write. */
enum status staff_isolate_undo(struct work *work, struct id staff, int64_t day);

/* --- what lacks (staff_complete.c) */

/* Sets complete, lacks and complete_since by the setting staff_needed. */
void staff_complete(struct work *work, struct staff *staff);
/* Brings what is kept of a site up to its files and its staff: complete where no file lacks anything and as many are there as the setting files_cover asks. `more`: how many
 * complete files of those who work there have come, or gone where it is negative. Inside store_write. */
enum status site_files_judge(struct work *work, struct id site, int64_t more);
/* The same, after counting anew: days on which somebody left have passed. Inside store_write. */
enum status site_files_count(struct work *work, struct id site);
/* Whether that would change anything. */
bool site_files_stale(struct work *work, struct id site);
/* Whether all files of a site were there and complete on a day; the days on which that changes. */
bool site_files_complete(struct work *work, struct id site, int64_t day);
void site_files_breaks(struct work *work, struct id site, struct breaks *breaks);
