#include "app/health_copies.h"

#include <stdlib.h>

#include "app/health_round.h"
#include "app/link.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "base/clock.h"

static enum status remark_check(struct work *work, const struct row *old, struct row *row);
static enum status remark_look(struct work *work, const struct row *old, struct row *row);
static const char *remark_view(struct work *work, const char *name, struct sql *sql);

#define DEF "app/health_remark.def"
#define HOOKS .check = remark_check, .view = remark_view,
#include "record/table.h"

enum { MOST_DAYS = 14, SECOND_MS = 1000, DAY_SECONDS = 86400 };

/* --- the remark */

static enum status remark_check(struct work *work, const struct row *old, struct row *row)
{
	(void)row;
	if (!old && !work->who->all)
		return fail(work, BAD_FIELD, "site", "Remarks come about by themselves|提示由系统自动产生，不能填报");
	return OK;
}

static enum status remark_look(struct work *work, const struct row *old, struct row *row)
{
	struct health_remark *remark = (struct health_remark *)row;
	(void)old;
	SET(remark, health_remark, looked_by, V(work->who->name));
	SET(remark, health_remark, looked_at, V(work->now));
	return OK;
}

static const char *remark_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "mine"))
		return NULL;
	sql_add(sql, " AND site IN (SELECT site FROM links WHERE user = ? AND voided_at IS NULL", BIND(V(work->who->id)));
	link_where_live(sql, (struct link_when){.day = work->today, .at = LINK_DAY_END});
	sql_add(sql, ")", NOTHING);
	return "";
}

/* --- what the rounds of some days hold: rows[day][person] */

struct days {
	struct work *work;
	size_t people, days;
	const struct health **rows[MOST_DAYS]; /* 0: the day itself, 1 the day before, … */
	int64_t least, share; /* people that matter; percent of them */
};

static int64_t degrees(const struct days *days, size_t day, size_t person)
{
	const struct health *told = days->rows[day][person];
	return told ? health_temperature(told) : 0;
}

static struct copies_one *add(struct copies *copies, const char *kind, int64_t people, int64_t of, int64_t on)
{
	struct copies_one *one = &copies->list[copies->count++];
	*one = (struct copies_one){.kind = kind, .people = people, .of = of, .days = on};
	return one;
}

static void look_same_days(const struct days *days, struct copies *copies, size_t on)
{
	int64_t of = 0, same = 0;
	for (size_t i = 0; i < days->people; i++) {
		bool all = true, alike = true;
		for (size_t day = 0; day < on; day++) {
			all = all && degrees(days, day, i);
			alike = alike && degrees(days, day, i) == degrees(days, 0, i);
		}
		of += all;
		same += all && alike;
	}
	if (of < days->least || same * 100 < days->share * of)
		return;
	add(copies, "same_days", same, of, (int64_t)on)->evidence = arena_print(days->work->arena,
		"%lld of %lld people with a temperature on each of %lld days have the very same one on all of them|连续 %lld 天有体温的 %lld 人中，%lld 人每天体温完全相同",
		(long long)same, (long long)of, (long long)on, (long long)on, (long long)of, (long long)same);
}

static void look_identical(const struct days *days, struct copies *copies, int64_t share)
{
	enum { LOWEST = 300, HIGHEST = 450 };
	int64_t counts[HIGHEST - LOWEST + 1] = {0}, of = 0, most = LOWEST;
	for (size_t i = 0; i < days->people; i++) {
		int64_t at = degrees(days, 0, i);
		if (at < LOWEST || at > HIGHEST)
			continue;
		of++;
		counts[at - LOWEST]++;
		most = counts[at - LOWEST] > counts[most - LOWEST] ? at : most;
	}
	int64_t people = counts[most - LOWEST];
	if (of < days->least || people * 100 < share * of)
		return;
	/* how many, never what: a temperature is private */
	add(copies, "identical", people, of, 1)->evidence = arena_print(days->work->arena,
		"%lld of %lld people with a temperature have the same one|有体温的 %lld 人中，%lld 人体温相同", (long long)people,
		(long long)of, (long long)of, (long long)people);
}

static int by_number(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

/* The second of the day in which most were told, and how many; -1: too few for it to say anything. */
static int64_t second_of(const struct days *days, size_t day, int64_t *people, int64_t *of)
{
	int64_t *seconds = arena_alloc(days->work->arena, (days->people + 1) * sizeof *seconds), begins = 0, best = -1;
	size_t count = 0;
	for (size_t i = 0; i < days->people; i++)
		if (days->rows[day][i] && health_told(days->rows[day][i]))
			seconds[count++] = days->rows[day][i]->row.made_at / SECOND_MS;
	if (count)
		qsort(seconds, count, sizeof *seconds, by_number);
	*people = 0;
	*of = (int64_t)count;
	for (size_t i = 0; i < count; i++) {
		begins = i && seconds[i] == seconds[i - 1] ? begins : (int64_t)i;
		if ((int64_t)i - begins + 1 > *people) {
			*people = (int64_t)i - begins + 1;
			best = seconds[i];
		}
	}
	if (*of < days->least || *people * 100 < days->share * *of)
		return -1;
	return (best + (int64_t)days->work->store->zone * 60) % DAY_SECONDS;
}

static void look_same_second(const struct days *days, struct copies *copies, size_t on)
{
	int64_t people, of, first = second_of(days, 0, &people, &of);
	for (size_t day = 1; day < on && first >= 0; day++) {
		int64_t few, all, other = second_of(days, day, &few, &all);
		if (other < 0 || llabs(other - first) > 1)
			return;
	}
	if (first < 0)
		return;
	const char *at = arena_print(
		days->work->arena, "%02lld:%02lld:%02lld", (long long)first / 3600, (long long)first / 60 % 60, (long long)first % 60);
	add(copies, "same_second", people, of, (int64_t)on)->evidence = arena_print(days->work->arena,
		"On %lld days in a row %lld of %lld were told at %s, within a second|连续 %lld 天，%lld/%lld 人均在 %s 前后一秒内填报",
		(long long)on, (long long)people, (long long)of, at, (long long)on, (long long)people, (long long)of, at);
}

static size_t days_of(struct work *work, const char *setting)
{
	int64_t days = settings_number(work, setting);
	return (size_t)(days < 2 ? 2 : days > MOST_DAYS ? MOST_DAYS : days);
}

enum status copies_find(struct work *work, const struct row *site, int64_t day, struct copies *copies)
{
	struct days days = {.work = work, .least = settings_number(work, "copy_people"), .share = settings_number(work, "copy_share")};
	size_t temperatures = days_of(work, "copy_days"), seconds = days_of(work, "copy_second_days"), space = 0;
	struct id *staff = NULL;
	*copies = (struct copies){.site = site->id, .day = day};
	struct query *query = db_query(work->db, "SELECT id FROM staff_files WHERE site = ? AND voided_at IS NULL", BIND(V(site->id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, staff, days.people, space) = db_id(query, 0);
	days.days = temperatures > seconds ? temperatures : seconds;
	for (size_t i = 0; i < days.days; i++) {
		days.rows[i] = arena_alloc(work->arena, (days.people + 1) * sizeof *days.rows[i]);
		round_rows(work, site->home, staff, days.people, day - (int64_t)i, days.rows[i]);
	}
	look_same_days(&days, copies, temperatures);
	look_identical(&days, copies, settings_number(work, "copy_identical_share"));
	look_same_second(&days, copies, seconds);
	return db_status(work->db);
}

/* --- noted */

static struct id remark_id(struct work *work, const struct copies *copies, const char *kind)
{
	char site[ID_TEXT], day[DAY_TEXT];
	return id_of_name(
		arena_print(work->arena, "health remark %s %s %s", id_print(copies->site, site), day_print(copies->day, day), kind));
}

static enum status note(struct work *work, const struct copies *copies, const struct copies_one *one)
{
	struct health_remark *remark = (struct health_remark *)row_new(work->arena, &health_remark_record);
	struct row *row = &remark->row;
	row->id = remark_id(work, copies, one->kind);
	if (row_load(work, &health_remark_record, row->id))
		return OK;
	SET(remark, health_remark, site, V(copies->site));
	SET(remark, health_remark, day, V(copies->day));
	SET(remark, health_remark, kind, V(one->kind));
	SET(remark, health_remark, evidence, V(one->evidence));
	SET(remark, health_remark, people, V(one->people));
	SET(remark, health_remark, of, V(one->of));
	SET(remark, health_remark, in_row, V(one->days));
	SET(remark, health_remark, state, V("open"));
	return row_insert(work, &row, NULL);
}

enum status copies_note(struct work *work, void *data)
{
	const struct copies *copies = data;
	const struct who *who = work->who;
	work->who = who_program();
	for (size_t i = 0; i < copies->count && work->status == OK; i++)
		note(work, copies, &copies->list[i]);
	work->who = who;
	return work->status;
}
