/* Health records 健康记录: a day's temperature, symptoms and test result of one person. */
#pragma once

#define DEF "app/health.def"
#include "record/struct.h"

/* The id of the one row of the daily round for a staff file and a day: whoever tells first makes it, whoever tells later changes it. */
struct id health_id(struct id staff, int64_t day);
/* The staff file of a row of the daily round; no id: it is none. */
struct id health_staff(const struct health *health);
/* Whether a row of the daily round tells how somebody is: not where a test result alone is known. */
bool health_told(const struct health *health);
/* Feverish, with symptoms that alarm (setting health_alarm_symptoms), or tested positive: by the firm's word or the worker's own, the more worrying counts. */
bool health_worries(const struct health *health);
/* The more worrying of both words; 0, NULL: neither says any. */
int64_t health_temperature(const struct health *health);
const char *health_symptoms(const struct health *health);
/* The state of a staff file has changed for days that were told already: whether each was due is put right. Inside store_write, as the staff file is saved. */
enum status health_follow_staff(struct work *work, const struct row *staff);

/* What is urgent in a round that was just written: an urgent report of the firm and the day, or a follow-up where there is one; the liaison and the firm are told. Names are masked. */
struct health_alarm {
	struct id site;
	int64_t day;
	const struct health *const *rows; /* those that are worrying since this write */
	size_t count;
	int64_t all; /* how many of the day are */
	struct id report; /* out */
};
/* Inside store_write. */
enum status health_alarm(struct work *work, struct health_alarm *alarm);
