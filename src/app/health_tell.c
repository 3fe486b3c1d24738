/* Telling a round: one write for all that is told of a firm's staff on a day. */
#include <stdlib.h>
#include <string.h>

#include "app/health_mark.h"
#include "app/health_round.h"
#include "app/health_row.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/history.h"
#include "record/rows.h"

enum { FEW = 20 };

struct telling {
	struct work *work;
	struct round_write *write;
	struct health_round round;
	struct round_member **sorted; /* by the ids of their files */
	const struct health **alarms; /* worrying since this write */
	size_t alarm_count, alarm_space;
};

static struct health *begin(struct telling *telling, struct round_member *member)
{
	struct work *work = telling->work;
	if (member->gone)
		member->told = (const struct health *)health_row_restore(work, &member->gone->row);
	member->gone = NULL;
	return member->told ? (struct health *)row_copy(work->arena, &member->told->row)
			    : health_row_new(work, member->staff, telling->write->day);
}

static enum status keep(struct telling *telling, struct round_member *member, struct health *health)
{
	struct work *work = telling->work;
	struct row *row = &health->row;
	const struct health *old = member->told;
	if (!old)
		row_insert(work, &row, NULL);
	else
		row_change(work, &old->row, row, old->row.version, RIGHT_health_tell);
	if (work->status != OK)
		return work->status;
	telling->write->made += !old;
	telling->write->changed += old != NULL;
	member->told = (const struct health *)row;
	if (health_worries(member->told) && !(old && health_worries(old)))
		*ARENA_PUSH(work->arena, telling->alarms, telling->alarm_count, telling->alarm_space) = member->told;
	return OK;
}

/* Puts what is said now over what stands there. */
static enum status tell(struct telling *telling, struct round_member *member, const struct health *said, const char *way)
{
	struct health *health = begin(telling, member);
	for (size_t i = 0; i < health_record.field_count; i++)
		if (row_has(&said->row, &health_record.fields[i]))
			row_set(&health->row, &health_record.fields[i], row_get(&said->row, &health_record.fields[i]));
	if (!GIVEN(health, health, presence) && member->due && !text_same(way, "own"))
		SET(health, health, presence, V("on_duty"));
	health_row_way(health, way);
	SET(health, health, due, V(member->due));
	if (member->told && health_row_same(&member->told->row, &health->row)) {
		telling->write->same++;
		return OK;
	}
	return keep(telling, member, health);
}

static int by_staff(const void *one, const void *other)
{
	const struct round_member *const *a = one, *const *b = other;
	return memcmp(&(*a)->staff->row.id, &(*b)->staff->row.id, sizeof(struct id));
}

/* The members in the order of their ids, to be looked up. */
static void sort_members(struct telling *telling)
{
	size_t count = telling->round.count;
	telling->sorted = arena_alloc(telling->work->arena, (count + 1) * sizeof *telling->sorted);
	for (size_t i = 0; i < count; i++)
		telling->sorted[i] = &telling->round.members[i];
	qsort(telling->sorted, count, sizeof *telling->sorted, by_staff);
}

static struct round_member *find(struct telling *telling, struct id staff)
{
	const struct staff wanted = {.row.id = staff};
	const struct round_member key = {.staff = &wanted}, *sought = &key;
	struct round_member **found = bsearch(&sought, telling->sorted, telling->round.count, sizeof *telling->sorted, by_staff);
	return found ? *found : NULL;
}

static enum status tell_words(struct telling *telling)
{
	struct work *work = telling->work;
	const struct round_write *write = telling->write;
	for (size_t i = 0; i < write->count && work->status == OK; i++) {
		struct round_member *member = find(telling, write->words[i].staff);
		work->row = write->words[i].row;
		if (!member)
			return fail(work, BAD_FIELD, "staff", "has no file at this site on that day|当日不在该企业职工档案中");
		tell(telling, member, write->words[i].said, write->way);
	}
	work->row = -1;
	return work->status;
}

static int by_id(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct id));
}

/* Whoever came onto the roster since it was in sight is not spoken of. */
static bool is_meant(const struct round_write *write, struct id staff)
{
	return !write->among || bsearch(&staff, write->among, write->among_count, sizeof staff, by_id);
}

static bool firm_said(const struct health *told)
{
	return GIVEN(told, health, symptoms) || (GIVEN(told, health, presence) && !text_same(told->presence, "on_duty"));
}

/* On duty, without symptoms: of whoever nobody has told, or whose temperature alone is known. What worries, or was told by the worker, stays as it is: somebody has to look at it. */
static enum status tell_others(struct telling *telling)
{
	struct work *work = telling->work;
	struct health *well = (struct health *)row_new(work->arena, &health_record);
	SET(well, health, presence, V("on_duty"));
	SET(well, health, symptoms, V("none"));
	for (size_t i = 0; i < telling->round.count && work->status == OK; i++) {
		struct round_member *member = &telling->round.members[i];
		const struct health *told = member->told;
		const char *own = told && GIVEN(told, health, own_symptoms) ? told->own_symptoms : NULL;
		/* worrying by a record beside the round, of which the firm has said nothing */
		bool beside = told && text_same(told->way, "record") && health_worries(told);
		if (!member->due || (told && firm_said(told) && !beside) || !is_meant(telling->write, member->staff->row.id))
			continue;
		if (told && (health_worries(told) || (own && !text_same(own, "none"))))
			telling->write->left++;
		else if (!own)
			tell(telling, member, well, "all");
	}
	return work->status;
}

static enum status raise_alarm(struct telling *telling)
{
	struct health_alarm alarm = {
		.site = telling->write->site, .day = telling->write->day, .rows = telling->alarms, .count = telling->alarm_count};
	if (!alarm.count)
		return OK;
	if (health_alarm(telling->work, &alarm) == OK)
		telling->write->alarm = alarm.report;
	return telling->work->status;
}

/* With a result the file may move, and with it who is due: that comes first. */
static enum status follow_results(struct work *work, const struct round_write *write)
{
	const struct field *result = FIELD_OF(health, result);
	for (size_t i = 0; i < write->count && work->status == OK; i++) {
		const struct row *said = &write->words[i].said->row;
		const struct row *staff = row_has(said, result) ? row_load(work, &staff_record, write->words[i].staff) : NULL;
		if (staff && !staff->voided_at && id_same(((const struct staff *)staff)->site, write->site))
			health_row_result(work, staff->id, write->day, row_get(said, result).text);
	}
	return work->status;
}

/* Whether this very telling was written before; a deed that did something else is a fault. */
static bool told_before(struct work *work, const struct round_write *write)
{
	struct id id, body;
	if (id_none(write->deed) || !history_deed(work, write->deed, &id, &body))
		return false;
	const struct row *row = row_load(work, &health_record, id);
	if (!row || !id_same(((const struct health *)row)->site, write->site))
		fail(work, BAD_FIELD, "deed", "names something else|已用于其他操作");
	return true;
}

enum status round_tell(struct work *work, void *data)
{
	struct round_write *write = data;
	struct telling telling = {.work = work, .write = write};
	const struct row *site = row_load(work, &site_record, write->site);
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	write->made = write->changed = write->same = write->left = 0;
	write->alarm = (struct id){{0}};
	if (!site || site->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	if (write->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (told_before(work, write)) {
		write->same = (int64_t)write->count;
		return work->status;
	}
	if (write->others && health_marks_show(work, write->site, write->day) != OK)
		return work->status;
	if (follow_results(work, write) != OK)
		return work->status;
	/* a few are looked up by themselves: many workers tell one by one, and nobody waits while a roster is read for each */
	bool few = !write->others && write->count <= FEW;
	if ((few ? round_read_some(work, site, write->day, write->words, write->count, &telling.round)
		 : round_read(work, site, write->day, false, &telling.round)) != OK)
		return work->status;
	sort_members(&telling);
	work->who = &self;
	work->deed = write->deed; /* the first row that is written carries it */
	if (tell_words(&telling) == OK && write->others)
		tell_others(&telling);
	work->deed = (struct id){{0}};
	if (work->status == OK)
		raise_alarm(&telling);
	work->who = who;
	return work->status;
}
