#include "app/staff.h"

#include "app/aside.h"
#include "app/binding.h"
#include "app/health.h"
#include "app/notice_box.h"
#include "app/person.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/shape.h"

static enum status staff_check(struct work *work, const struct row *old, struct row *row);
static enum status staff_saved(struct work *work, const struct row *old, const struct row *row);
static enum status staff_release(struct work *work, const struct row *old, struct row *row);
static enum status staff_leave(struct work *work, const struct row *old, struct row *row);
static enum status staff_transfer(struct work *work, const struct row *old, struct row *row);
static const char *staff_view(struct work *work, const char *name, struct sql *sql);
static void staff_warn(struct work *work, const struct row *row, struct warnings *warnings);
static void staff_show(struct work *work, const struct row *row, struct json *json);
static void staff_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static size_t staff_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED]);
static int64_t measure_staff_files(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_complete(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_states(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_due_health(struct work *work, const struct row *row, int64_t day);
static struct id site_files_subject(const struct row *row);

#define DEF "app/staff.def"
#define HOOKS \
	.check = staff_check, .saved = staff_saved, .view = staff_view, .warn = staff_warn, .show = staff_show, .breaks = staff_breaks, \
	.touches = staff_touches,
#include "record/table.h"
#define DEF "app/site_files.def"
#define HOOKS .subject = &site_record, .subject_of = site_files_subject,
#include "record/table.h"

static const struct staff *self(const struct row *row)
{
	return (const struct staff *)row;
}

static struct id site_files_subject(const struct row *row)
{
	return ((const struct site_files *)row)->site;
}

/* --- what it counts for */

int64_t staff_after(const struct staff *staff)
{
	return GIVEN(staff, staff, ends) ? staff->ends + 1 : DAY_FAR;
}

static bool is_here(const struct staff *staff, int64_t day)
{
	return day >= staff->begins && day < staff_after(staff);
}

static int64_t measure_staff_files(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_here(self(row), day);
}

static int64_t measure_staff_complete(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_here(self(row), day) && GIVEN(self(row), staff, complete_since) && day >= self(row)->complete_since;
}

static int64_t measure_staff_states(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_here(self(row), day);
}

bool staff_due(struct work *work, const struct row *row, int64_t day)
{
	return is_here(self(row), day) && text_same(self(row_as_of(work, row, day))->state, "on_duty");
}

static int64_t measure_staff_due_health(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_here(self(row), day) && text_same(self(row)->state, "on_duty");
}

static void staff_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->begins, staff_after(self(row)));
	if (GIVEN(self(row), staff, complete_since))
		breaks_add(breaks, self(row)->complete_since);
}

/* People are counted once, however many firms they work at. */
static size_t staff_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED])
{
	touched[0] = id_none(self(row)->person) ? NULL : row_load(work, &person_record, self(row)->person);
	return touched[0] != NULL;
}

bool staff_employed(struct work *work, struct id person, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM staff_files WHERE person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(person), V(day), V(day)));
}

void staff_employed_breaks(struct work *work, struct id person, struct breaks *breaks)
{
	struct query *query =
		db_query(work->db, "SELECT begins, ends FROM staff_files WHERE person = ? AND voided_at IS NULL", BIND(V(person)));
	while (db_next(query))
		breaks_span(breaks, db_whole(query, 0), db_null(query, 1) ? DAY_FAR : db_whole(query, 1) + 1);
}

/* --- several firms */

bool staff_elsewhere(struct work *work, const struct staff *staff, struct row **there)
{
	bool any = false;
	struct id id = {{0}};
	struct query *query = db_query(work->db,
		"SELECT id, path, site FROM staff_files WHERE person = ? AND site <> ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR "
		"ends >= ?) ORDER BY id",
		BIND(V(staff->person), V(staff->site), V(work->today), V(work->today)));
	while (db_next(query)) {
		any = true;
		if (id_none(id) && there && who_reaches(work->who, RIGHT_staff_read, db_text(query, 1), db_id(query, 2)))
			id = db_id(query, 0);
	}
	if (there)
		*there = id_none(id) ? NULL : row_load(work, &staff_record, id);
	return any;
}

/* Each side knows that there is another; which one, only who may see both. */
static void staff_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct staff *staff = self(row);
	struct row *there;
	int64_t days = settings_number(work, "staff_isolation_days");
	if (staff_elsewhere(work, staff, &there)) {
		const char *name = there ? shape_title(work, &site_record, self(there)->site) : NULL;
		warn(work, warnings, "name", there ? there->id : (struct id){{0}}, name, "also works elsewhere|另在其他单位任职");
	}
	bool apart = GIVEN(staff, staff, isolate_until) && staff->isolate_until > work->today;
	if (apart && text_same(staff->state, "on_duty") && staff->key_area)
		warn(work, warnings, "state", (struct id){{0}}, NULL,
			"came from a key area within %lld days and is on duty|来自重点地区未满 %lld 天，现为在岗", (long long)days);
	else if (apart && text_same(staff->state, "on_duty"))
		warn(work, warnings, "state", (struct id){{0}}, NULL, "is on duty before the isolation ends|隔离期未满，现为在岗");
	if (GIVEN(staff, staff, lives_in) && !GIVEN(staff, staff, home_area))
		warn(work, warnings, "lives_in", (struct id){{0}}, NULL,
			"names no village or neighbourhood, or several: the neighbourhood is not told|找不到这个村（社区）或有多个同名，未能告知社区");
	staff_person_warn(work, staff, warnings);
}

static void staff_show(struct work *work, const struct row *row, struct json *json)
{
	json_put_flag(json, "elsewhere", !row->voided_at && staff_elsewhere(work, self(row), NULL));
}

/* --- lists */

static const char *staff_view(struct work *work, const char *name, struct sql *sql)
{
	static const char here[] = " AND (ends IS NULL OR ends >= ?)";
	if (text_same(name, "here")) {
		sql_add(sql, here, BIND(V(work->today)));
		return "";
	}
	if (text_same(name, "lacking")) {
		sql_add(sql, " AND complete = 0 AND (ends IS NULL OR ends >= ?)", BIND(V(work->today)));
		return "complete";
	}
	if (text_same(name, "release")) {
		sql_add(sql, " AND state = 'isolating' AND isolate_until <= ?", BIND(V(work->today + 1)));
		return "isolate_until";
	}
	if (text_same(name, "returning")) {
		sql_add(sql, " AND state IN ('expected', 'travelling') AND back_day >= ? AND back_day < ?",
			BIND(V(work->today), V(work->today + STAFF_CALENDAR)));
		return "back_day";
	}
	return NULL;
}

/* --- rules */

static bool is_file(struct work *work, const struct staff *staff)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM staff_files WHERE person = ? AND site = ? AND id <> ? AND voided_at IS NULL AND begins < ? AND (ends IS NULL OR "
		"ends >= ?) LIMIT 1",
		BIND(V(staff->person), V(staff->site), V(staff->row.id), V(staff_after(staff)), V(staff->begins)));
}

static enum status check_days(struct work *work, const struct staff *staff)
{
	if (staff_after(staff) <= staff->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于入职日期");
	if (GIVEN(staff, staff, left_on) && GIVEN(staff, staff, back_day) && staff->back_day < staff->left_on)
		return fail(work, BAD_FIELD, "back_day", "is before the day of leaving|早于离开日期");
	if (GIVEN(staff, staff, key_left) && staff->key_left > work->today)
		return fail(work, BAD_FIELD, "key_left", "lies in the future|不能是将来的日期");
	return OK;
}

/* Left is whoever has a last day behind them, and nobody else. */
static enum status check_end(struct work *work, const struct staff *old, struct staff *staff)
{
	const struct field *state = FIELD_OF(staff, state);
	bool given = GIVEN(staff, staff, ends), was = old && GIVEN(old, staff, ends);
	if (was && !(given && old->ends == staff->ends)) {
		struct value before = row_get(row_as_of(work, &old->row, old->ends), state);
		days_put(work, &staff->row, state, old->ends + 1, DAY_FAR, before);
	}
	if (given && !(was && old->ends == staff->ends))
		days_put(work, &staff->row, state, staff->ends + 1, DAY_FAR, V("left"));
	bool left = given && staff->ends < work->today;
	if (!left && text_same(staff->state, "left"))
		return fail(work, BAD_FIELD, given ? "state" : "ends", "Who has left has a last day behind them|离职须填写已过的离职日期");
	if (left && !text_same(staff->state, "left"))
		return fail(work, BAD_FIELD, "state", "has left: clear the last day first|已离职，请先清除离职日期");
	return OK;
}

static void begin(struct work *work, struct staff *staff)
{
	bool coming = GIVEN(staff, staff, back_day) ? staff->back_day > work->today : staff->away;
	if (!GIVEN(staff, staff, begins))
		SET(staff, staff, begins, V(staff->row.since));
	if (!GIVEN(staff, staff, state))
		SET(staff, staff, state, V(coming ? "expected" : "on_duty"));
}

static enum status staff_check(struct work *work, const struct row *old, struct row *row)
{
	struct staff *staff = (struct staff *)row;
	const struct staff *was = old ? self(old) : NULL;
	bool stated = was ? !text_same(was->state, staff->state) || !text_same(old->days, row->days) : GIVEN(staff, staff, state);
	if (!old)
		begin(work, staff);
	else if (!GIVEN(staff, staff, begins))
		return fail(work, BAD_FIELD, "begins", "must be given|必填");
	staff_propose(work, was, staff, stated);
	if (check_end(work, was, staff) != OK || check_days(work, staff) != OK)
		return work->status;
	if (text_same(staff->state, "isolating") && !GIVEN(staff, staff, isolate_until))
		SET(staff, staff, isolate_until, V(work->today + settings_number(work, "staff_isolation_days")));
	staff_person_find(work, was, staff);
	binding_place(work, was, staff);
	if (is_file(work, staff))
		return fail(work, BAD_FIELD, GIVEN(staff, staff, idno) ? "idno" : "name", "has a file here already|在本单位已有档案");
	staff_complete(work, staff);
	return work->status;
}

/* --- steps */

static enum status staff_release(struct work *work, const struct row *old, struct row *row)
{
	struct staff *staff = (struct staff *)row;
	(void)old;
	if (staff->isolate_until > work->today + 1)
		return fail(work, BAD_STATE, NULL,
			"The isolation has not ended: change its last day first|未到解除日期，如需提前解除请先修改解除日期");
	SET(staff, staff, released_on, V(work->today));
	days_put(work, row, FIELD_OF(staff, state), work->today, DAY_FAR, V("on_duty"));
	return OK;
}

static enum status staff_leave(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	(void)row; /* the last day says it all (check_end) */
	return OK;
}

static struct id find_target(struct work *work, const struct staff *staff)
{
	struct id id = {{0}};
	if (GIVEN(staff, staff, to_site))
		id = staff->to_site;
	else if (GIVEN(staff, staff, to_code)) {
		struct query *query = db_query(
			work->db, "SELECT id FROM sites WHERE uscc = ? AND voided_at IS NULL ORDER BY id LIMIT 1", BIND(V(staff->to_code)));
		if (db_next(query)) {
			id = db_id(query, 0);
			db_done(query);
		}
	}
	return id;
}

/* What goes with somebody: who they are and where they came from; number, department and job are of the firm they leave. */
static struct row *file_there(struct work *work, const struct staff *staff, struct id site)
{
	static const char *const taken[] = {"name", "phone", "idno", "papers", "kind", "native", "address", "away", "left_on", "from_place",
		"from_area", "back_day", "back_by", "back_no", "key_area", "key_left", "contact", "reported", "isolate_until", "dwelling",
		"lives_in", "estate", "state"};
	struct row *row = row_new(work->arena, &staff_record);
	struct staff *fresh = (struct staff *)row;
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		struct value value = row_get(&staff->row, record_field(&staff_record, taken[i]));
		if (value.type != VALUE_NULL)
			row_set(row, record_field(&staff_record, taken[i]), value);
	}
	row->since = staff->moves_on;
	SET(fresh, staff, site, V(site));
	SET(fresh, staff, begins, V(staff->moves_on));
	SET(fresh, staff, moved_from, V(staff->row.id));
	return row;
}

/* Whoever works there already needs no second file; and where they work else is not told. */
static bool works_there(struct work *work, const struct staff *staff, struct id site)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM staff_files WHERE person = ? AND site = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(staff->person), V(site), V(staff->moves_on)));
}

static enum status staff_transfer(struct work *work, const struct row *old, struct row *row)
{
	struct staff *staff = (struct staff *)row;
	struct aside aside;
	struct id site = find_target(work, staff);
	const struct row *target = id_none(site) ? NULL : row_load(work, &site_record, site);
	const char *field = GIVEN(staff, staff, to_site) ? "to_site" : "to_code";
	(void)old;
	if (!target || target->voided_at || (GIVEN(staff, staff, to_site) && !who_reaches(work->who, RIGHT_site_read, target->path, site)))
		return fail(work, BAD_FIELD, field, "names no firm|没有这家企业");
	if (id_same(site, staff->site))
		return fail(work, BAD_FIELD, field, "is where the file is|就在该企业");
	if (staff->moves_on <= staff->begins)
		return fail(work, BAD_FIELD, "moves_on", "is before the file begins here|早于在本企业的入职日期");
	SET(staff, staff, ends, V(staff->moves_on - 1));
	if (!GIVEN(staff, staff, reason))
		SET(staff, staff, reason, V(work_text(work, "Goes to another firm|转往其他企业")));
	if (works_there(work, staff, site))
		return OK;
	struct row *fresh = file_there(work, staff, site);
	aside_begin(work, &aside);
	row_insert(work, &fresh, NULL);
	aside_end(work, &aside);
	return work->status;
}

/* --- what follows */

static void tell_moved(struct work *work, const struct staff *staff)
{
	struct notice_to in = {0}, out = {0};
	const struct row *from = row_load(work, &staff_record, staff->moved_from);
	const char *name = shape_title(work, &staff_record, staff->row.id);
	notice_to_site(work, &in, staff->site);
	notice_write(work, &in, &staff->row, "staff_moved_in", name);
	if (!from)
		return;
	notice_to_site(work, &out, self(from)->site);
	notice_write(work, &out, from, "staff_moved_out", name);
}

/* Whether it is one of the complete files of those who work there. */
static int64_t counts(const struct work *work, const struct row *row)
{
	return row && !row->voided_at && self(row)->complete && staff_after(self(row)) > work->today;
}

static bool judged(const struct row *old, const struct row *row)
{
	return !old || row->voided_at || self(old)->complete != self(row)->complete || staff_after(self(old)) != staff_after(self(row));
}

static enum status staff_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct staff *staff = self(row);
	if (!row->voided_at && staff_person_save(work, old ? self(old) : NULL, staff) != OK)
		return work->status;
	if (!old && GIVEN(staff, staff, moved_from))
		tell_moved(work, staff);
	if (old && health_follow_staff(work, row) != OK)
		return work->status;
	if (binding_follow(work, old ? self(old) : NULL, staff) != OK)
		return work->status;
	return judged(old, row) ? site_files_judge(work, staff->site, counts(work, row) - counts(work, old)) : OK;
}
