#include "app/test_batch.h"

#include "app/alarm.h"
#include "app/aside.h"
#include "app/health_row.h"
#include "app/rights.h"
#include "record/days.h"

static enum status test_batch_check(struct work *work, const struct row *old, struct row *row);
static const char *test_batch_view(struct work *work, const char *name, struct sql *sql);
static void test_batch_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_workers_tested(struct work *work, const struct row *row, int64_t day);
static int64_t measure_workers_positive(struct work *work, const struct row *row, int64_t day);

#define DEF "app/test_batch.def"
#define HOOKS .check = test_batch_check, .view = test_batch_view, .breaks = test_batch_breaks,
#include "record/table.h"

static const struct test_batch *self(const struct row *row)
{
	return (const struct test_batch *)row;
}

static int64_t measure_workers_tested(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day ? self(row)->people : 0;
}

static int64_t measure_workers_positive(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day ? self(row)->positive : 0;
}

static void test_batch_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static const char *test_batch_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "waiting"))
		return NULL;
	sql_add(sql, " AND state = 'sampled'", NOTHING);
	(void)work;
	return "state";
}

static enum status test_batch_check(struct work *work, const struct row *old, struct row *row)
{
	struct test_batch *batch = (struct test_batch *)row;
	if (!GIVEN(batch, test_batch, day))
		SET(batch, test_batch, day, V(work->today));
	if (batch->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (!old)
		SET(batch, test_batch, state, V("sampled"));
	if (batch->negative + batch->positive > batch->people)
		return fail(work, BAD_FIELD, "people", "is fewer than have results|少于已有结果的人数");
	return OK;
}

/* --- results */

struct tested {
	struct id staff, person;
	const char *result;
	int64_t row; /* in what was said, for faults; -1: it goes by the result of the rest */
};

struct results {
	struct tested *list;
	size_t count, space;
};

static struct tested *find(struct results *results, struct id staff)
{
	for (size_t i = 0; i < results->count; i++)
		if (id_same(results->list[i].staff, staff))
			return &results->list[i];
	return NULL;
}

static bool is_asked(const struct test_told *told, struct id staff)
{
	for (size_t i = 0; i < told->staff_count; i++)
		if (id_same(told->staff[i], staff))
			return true;
	return false;
}

/* Whoever was on duty at the site on the day, or who is named. */
static void gather(struct work *work, const struct test_batch *batch, const struct test_told *told, struct results *results)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM staff_files WHERE site = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
			row_columns(work->arena, &staff_record)),
		BIND(V(batch->site), V(batch->day), V(batch->day)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &staff_record, query);
	for (size_t i = 0; i < count; i++) {
		const struct staff *staff = (const struct staff *)row_as_of(work, rows[i], batch->day);
		bool asked = told->staff ? is_asked(told, staff->row.id) : text_same(staff->state, "on_duty");
		struct tested one = {staff->row.id, staff->person, asked ? told->rest : NULL, -1};
		for (size_t j = 0; j < told->named_count; j++)
			if (id_same(told->named[j].staff, one.staff)) {
				one.result = told->named[j].result;
				one.row = (int64_t)j;
			}
		if (one.result)
			*ARENA_PUSH(work->arena, results->list, results->count, results->space) = one;
	}
}

static enum status check_named(struct work *work, const struct test_batch *batch, const struct test_told *told, struct results *results)
{
	for (size_t i = 0; i < told->named_count; i++) {
		work->row = (int64_t)i;
		if (!find(results, told->named[i].staff))
			fail(work, BAD_FIELD, "named", "names somebody who has no file here on that day|所指人员采样当日在本企业没有档案");
	}
	for (size_t i = 0; i < told->staff_count && told->rest; i++) {
		work->row = (int64_t)i;
		if (!find(results, told->staff[i]))
			fail(work, BAD_FIELD, "staff", "names somebody who has no file here on that day|所指人员采样当日在本企业没有档案");
	}
	work->row = -1;
	if (work->status != OK)
		return work->status;
	if ((int64_t)results->count > batch->people)
		return fail(work, BAD_FIELD, told->staff ? "staff" : "result",
			"%lld people have a result and %lld were tested: name who was|有结果的 %lld 人多于检测的 %lld 人，请逐一选择受检人员",
			(long long)results->count, (long long)batch->people);
	return OK;
}

/* How many of a batch have which result. */
static int64_t *tally_of(struct test_batch *batch, const char *result)
{
	return text_same(result, "negative") ? &batch->negative : text_same(result, "positive") ? &batch->positive : &batch->pending;
}

static bool told_before(const struct test_batch *batch)
{
	return batch->negative + batch->positive + batch->pending > 0;
}

/* Before rows told of their batches, a result stood in a row of its own or in the round's, and what stands there is what this batch said. In a row of its own it is put right, too. */
static enum status find_older(struct work *work, const struct test_batch *batch, const struct tested *one, const char **before)
{
	struct row *old = NULL;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM health_records WHERE person = ? AND site = ? AND day = ? AND voided_at IS NULL ORDER BY id DESC",
			row_columns(work->arena, &health_record)),
		BIND(V(one->person), V(batch->site), V(batch->day)));
	while (db_next(query)) {
		struct row *row = row_read(work, &health_record, query);
		if (!old && GIVEN((const struct health *)row, health, result))
			old = row;
	}
	if (!old)
		return OK;
	struct health *health = (struct health *)row_copy(work->arena, old);
	*before = health->result;
	if (GIVEN(health, health, staff) || text_same(health->result, one->result))
		return OK;
	SET(health, health, result, V(one->result));
	return row_change(work, old, &health->row, old->version, RIGHT_health_write);
}

/* `older`: what stands there is this batch's own word. */
static void say_result(struct work *work, struct health *health, const struct test_batch *batch, const char *result, bool older)
{
	if (older)
		SET(health, health, result, value_null());
	health_test_put(work, health, batch->row.id, result);
}

/* It goes into the round's row of the day. What this batch said before is counted no more; what another says stays counted there. */
static enum status put_result(struct work *work, struct test_batch *batch, const struct tested *one, int64_t *fresh)
{
	const struct row *old;
	const struct health *there = health_row(work, one->staff, batch->day);
	const char *before = there ? health_test_of(work, there, batch->row.id) : NULL;
	bool older = !batch->by_row && !before, was = there && GIVEN(there, health, result) && text_same(there->result, "positive");
	if (text_same(before, one->result) || (older && find_older(work, batch, one, &before) != OK))
		return work->status;
	older = older && before;
	/* what comes of it for the file comes first: whether the worker is due that day may move with it */
	struct health *probe = (struct health *)(there ? row_copy(work->arena, &there->row) : row_new(work->arena, &health_record));
	say_result(work, probe, batch, one->result, older);
	if (health_row_result(work, one->staff, batch->day, probe->result) != OK)
		return work->status;
	const struct staff *staff = (const struct staff *)row_load(work, &staff_record, one->staff);
	struct health *health = health_row_draft(work, staff, batch->day, &old);
	if (before && *tally_of(batch, before))
		--*tally_of(batch, before);
	++*tally_of(batch, one->result);
	say_result(work, health, batch, one->result, older);
	*fresh += !was && !(older && text_same(before, "positive")) && text_same(health->result, "positive");
	return health_row_keep(work, old, health);
}

/* A positive result goes up at once, and firm and liaisons are told; with further ones it goes up again, as a follow-up of the same news. */
static enum status tell_positive(struct work *work, struct test_batch *batch)
{
	const char *lab = alarm_plain(work, GIVEN(batch, test_batch, lab) ? batch->lab : NULL);
	long long positive = batch->positive, people = batch->people;
	struct alarm alarm = {.site = batch->site,
		.day = batch->day,
		.mark = "test alarm",
		.setting = "test_news_kind",
		.text = arena_print(work->arena,
			"Tests of workers: %lld positive of %lld tested. %s|员工检测发现阳性 %lld 人，本批检测 %lld 人。%s", positive,
			people, lab, positive, people, lab),
		.people = positive,
		.notice = "test_alarm",
		.about = &batch->row};
	if (alarm_raise(work, &alarm) == OK && !id_none(alarm.report))
		SET(batch, test_batch, report, V(alarm.report));
	return work->status;
}

static enum status put_all(struct work *work, struct test_told *told, const struct row *old)
{
	struct results results = {0};
	struct test_batch *batch = (struct test_batch *)row_copy(work->arena, old);
	int64_t fresh = 0;
	gather(work, batch, told, &results);
	if (check_named(work, batch, told, &results) != OK)
		return work->status;
	if (!told_before(batch))
		SET(batch, test_batch, by_row, V(true));
	for (size_t i = 0; i < results.count && work->status == OK; i++) {
		work->row = results.list[i].row;
		put_result(work, batch, &results.list[i], &fresh);
	}
	if (work->status != OK)
		return work->status;
	work->row = -1;
	int64_t counted = batch->negative + batch->positive + batch->pending;
	SET(batch, test_batch, negative, V(batch->negative));
	SET(batch, test_batch, positive, V(batch->positive));
	SET(batch, test_batch, pending, V(batch->pending));
	SET(batch, test_batch, missing, V(counted < batch->people ? batch->people - counted : (int64_t)0));
	SET(batch, test_batch, state, V(batch->pending || !counted ? "sampled" : "done"));
	SET(batch, test_batch, results_on, batch->pending || !counted ? value_null() : V(work->today));
	told->row = &batch->row;
	if (fresh && tell_positive(work, batch) != OK)
		return work->status;
	return row_change(work, old, &batch->row, old->version, RIGHT_staff_write);
}

enum status test_results(struct work *work, void *data)
{
	struct test_told *told = data;
	struct aside aside;
	struct row *old;
	if (row_get_reached(work, &test_batch_record, told->batch, RIGHT_staff_read, &old) != OK)
		return work->status;
	if (!who_reaches(work->who, RIGHT_staff_write, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (old->voided_at)
		return fail(work, BAD_STATE, NULL, "This row was taken out|该记录已作废");
	aside_begin(work, &aside);
	enum status status = put_all(work, told, old);
	aside_end(work, &aside);
	return status;
}
