#include "app/appeal.h"

#include "app/aside.h"
#include "app/org.h"
#include "app/person.h"
#include "app/rights.h"
#include "app/signup.h"
#include "record/rows.h"

static enum status appeal_check(struct work *work, const struct row *old, struct row *row);
static enum status pledge_check(struct work *work, const struct row *old, struct row *row);
static enum status pledge_saved(struct work *work, const struct row *old, const struct row *row);
static enum status pledge_approve(struct work *work, const struct row *old, struct row *row);
static enum status pledge_release(struct work *work, const struct row *old, struct row *row);
static enum status pledge_renew(struct work *work, const struct row *old, struct row *row);
static int64_t measure_pledges(struct work *work, const struct row *row, int64_t day);
static int64_t measure_pledges_waiting(struct work *work, const struct row *row, int64_t day);
static void pledge_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/appeal.def"
#define HOOKS .check = appeal_check,
#include "record/table.h"
#define DEF "app/pledge.def"
#define HOOKS .check = pledge_check, .saved = pledge_saved, .breaks = pledge_breaks,
#include "record/table.h"

static enum status appeal_check(struct work *work, const struct row *old, struct row *row)
{
	struct appeal *appeal = (struct appeal *)row;
	if (GIVEN(appeal, appeal, closes) && appeal->closes < appeal->opens)
		return fail(work, BAD_FIELD, "closes", "is before the first day|早于开始日期");
	if (!old)
		SET(appeal, appeal, state, V("draft"));
	return OK;
}

static const struct pledge *self(const struct row *row)
{
	return (const struct pledge *)row;
}

static int64_t measure_pledges(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && (text_same(self(row)->state, "signed") || text_same(self(row)->state, "approved"));
}

static int64_t measure_pledges_waiting(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && text_same(self(row)->state, "signed");
}

static void pledge_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

enum status appeal_open(struct work *work, const struct appeal *appeal, int64_t day)
{
	if (!text_same(appeal->state, "published"))
		return fail(work, BAD_FIELD, "appeal", "is not published|尚未发布或已关闭");
	if (day < appeal->opens || (GIVEN(appeal, appeal, closes) && day > appeal->closes))
		return fail(work, BAD_FIELD, "day", "is outside the days on which one could sign up|不在报名期限内");
	return OK;
}

bool pledge_find(struct work *work, struct id appeal, struct id person, struct id *pledge)
{
	struct query *query = db_query(work->db, "SELECT id FROM pledges WHERE appeal = ? AND person = ? AND voided_at IS NULL LIMIT 1",
		BIND(V(appeal), V(person)));
	if (!db_next(query))
		return false;
	*pledge = db_id(query, 0);
	db_done(query);
	return true;
}

static enum status check_open(struct work *work, const struct pledge *pledge, int64_t day)
{
	const struct appeal *appeal = (const struct appeal *)row_load(work, &appeal_record, pledge->appeal);
	return appeal ? appeal_open(work, appeal, day) : fail(work, BAD_FIELD, "appeal", "is not published|尚未发布或已关闭");
}

static enum status sign_up(struct work *work, struct pledge *pledge)
{
	if (!GIVEN(pledge, pledge, day))
		SET(pledge, pledge, day, V(work->today));
	if (pledge->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	struct id known;
	if (check_open(work, pledge, pledge->day) != OK)
		return work->status;
	if (pledge_find(work, pledge->appeal, pledge->person, &known))
		return fail(work, BAD_FIELD, "person", "has signed up for this appeal already|已报名该倡议");
	const struct person *person = (const struct person *)row_load(work, &person_record, pledge->person);
	if (!GIVEN(pledge, pledge, org) && person && GIVEN(person, person, org))
		SET(pledge, pledge, org, V(person->org));
	if (!GIVEN(pledge, pledge, source))
		SET(pledge, pledge, source, V("office"));
	SET(pledge, pledge, state, V("signed"));
	return OK;
}

static enum status pledge_check(struct work *work, const struct row *old, struct row *row)
{
	return old ? OK : sign_up(work, (struct pledge *)row);
}

/* Whoever signed up by themselves learns by phone what became of it. */
static enum status pledge_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (old && text_same(self(row)->source, "public") && !text_same(self(old)->state, self(row)->state))
		signup_tell(work, self(row));
	return OK;
}

/* The one body within reach of this name; none where there is none or several. */
static struct id unit_named(struct work *work, const char *name)
{
	struct id found = {{0}};
	size_t count = 0;
	struct query *query = db_query(work->db, "SELECT id, path FROM orgs WHERE name = ? AND voided_at IS NULL LIMIT 50", BIND(V(name)));
	while (db_next(query))
		if (who_reaches(work->who, RIGHT_org_read, db_text(query, 1), (struct id){{0}}) && !count++)
			found = db_id(query, 0);
	return count == 1 ? found : (struct id){{0}};
}

/* Whoever told their unit by themselves is counted with it from now on, as a pledge and, where they were of no unit, as a person. */
static enum status pledge_approve(struct work *work, const struct row *old, struct row *row)
{
	struct pledge *pledge = (struct pledge *)row;
	struct id unit = !GIVEN(pledge, pledge, org) && GIVEN(pledge, pledge, unit) ? unit_named(work, pledge->unit) : (struct id){{0}};
	(void)old;
	if (!id_none(unit))
		SET(pledge, pledge, org, V(unit));
	const struct row *known = row_load(work, &person_record, pledge->person);
	if (!GIVEN(pledge, pledge, org) || !known || known->voided_at || GIVEN((const struct person *)known, person, org))
		return OK;
	struct person *person = (struct person *)row_copy(work->arena, known);
	SET(person, person, org, V(pledge->org));
	struct aside aside;
	aside_begin(work, &aside);
	row_change(work, known, &person->row, known->version, RIGHT_person_write);
	aside_end(work, &aside);
	return work->status;
}

/* Who serves is relieved first: the post would stand empty without anybody knowing. */
static enum status pledge_release(struct work *work, const struct row *old, struct row *row)
{
	const struct pledge *pledge = self(row);
	(void)old;
	if (db_get(work->db, 0,
		    "SELECT 1 FROM assignments WHERE person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		    BIND(V(pledge->person), V(work->today), V(work->today))))
		return fail(work, BAD_STATE, NULL, "Serves at a post today: end the assignment first|今日仍在岗，请先结束派驻");
	return OK;
}

static enum status pledge_renew(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	SET((struct pledge *)row, pledge, reason, value_null());
	return check_open(work, self(row), work->today);
}

enum status pledge_taken(struct work *work, struct id person)
{
	const struct who *who = work->who;
	const char *said = work->reason;
	struct id deed = work->deed;
	struct who all = {.id = who->id, .name = who->name, .all = true};
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM pledges WHERE person = ? AND voided_at IS NULL AND state = 'signed'",
			row_columns(work->arena, &pledge_record)),
		BIND(V(person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &pledge_record, query);
	work->who = &all;
	work->reason = work_text(work, "sent to a post|已派驻");
	for (size_t i = 0; i < count && work->status == OK; i++) {
		work->deed = (struct id){{0}};
		row_step(work, rows[i], row_copy(work->arena, rows[i]), record_step(&pledge_record, "approve"), rows[i]->version);
	}
	work->who = who;
	work->reason = said;
	work->deed = deed;
	return work->status;
}
