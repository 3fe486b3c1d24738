#include "app/finding.h"

#include <string.h>

#include "app/check.h"
#include "app/check_answers.h"
#include "app/deadline.h"
#include "app/file.h"
#include "app/need_people.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/user.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"

static int64_t measure_findings_open(struct work *work, const struct row *row, int64_t day);
static int64_t measure_findings_overdue(struct work *work, const struct row *row, int64_t day);
static int64_t measure_findings_found(struct work *work, const struct row *row, int64_t day);
static int64_t measure_findings_closed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_findings_closed_in_time(struct work *work, const struct row *row, int64_t day);
static void finding_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status finding_saved(struct work *work, const struct row *old, const struct row *row);
static const char *finding_view(struct work *work, const char *name, struct sql *sql);
static void finding_show(struct work *work, const struct row *row, struct json *json);
static enum status finding_rectify(struct work *work, const struct row *old, struct row *row);
static enum status finding_close(struct work *work, const struct row *old, struct row *row);
static enum status finding_send_back(struct work *work, const struct row *old, struct row *row);
static enum status finding_ask(struct work *work, const struct row *old, struct row *row);
static enum status finding_extend(struct work *work, const struct row *old, struct row *row);
static enum status finding_decline(struct work *work, const struct row *old, struct row *row);
static enum status finding_escalate(struct work *work, const struct row *old, struct row *row);
static enum status finding_hand_on(struct work *work, const struct row *old, struct row *row);

#define DEF "app/finding.def"
#define HOOKS .saved = finding_saved, .view = finding_view, .show = finding_show, .breaks = finding_breaks,
#include "record/table.h"

static const struct finding *self(const struct row *row)
{
	return (const struct finding *)row;
}

/* --- what it counts for. A row comes as it was on the day: its state is dated. */

static bool is_waiting(const struct finding *finding)
{
	return text_same(finding->state, "open") || text_same(finding->state, "sent_back");
}

static int64_t measure_findings_open(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && !text_same(self(row)->state, "closed");
}

/* Put right in time but not yet rechecked is not the firm's delay. */
static int64_t measure_findings_overdue(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day > self(row)->due && is_waiting(self(row));
}

static int64_t measure_findings_found(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == self(row)->day;
}

static int64_t measure_findings_closed(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return GIVEN(self(row), finding, closed_day) && day == self(row)->closed_day;
}

static int64_t measure_findings_closed_in_time(struct work *work, const struct row *row, int64_t day)
{
	return measure_findings_closed(work, row, day) && self(row)->rectified_day <= self(row)->due;
}

static void finding_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
	breaks_add(breaks, self(row)->due + 1);
	if (GIVEN(self(row), finding, closed_day))
		breaks_add(breaks, self(row)->closed_day);
}

/* --- who is to know */

static int64_t county_day(struct work *work, const struct calendar *calendar, int64_t due)
{
	return calendar_add_days(calendar, due + settings_number(work, "finding_town_days"), settings_number(work, "finding_county_days"));
}

enum finding_level finding_level(struct work *work, const struct finding *finding, int64_t day)
{
	enum finding_level level = GIVEN(finding, finding, raised) ? (enum finding_level)finding->raised : LEVEL_HERE;
	if (text_same(finding->state, "closed"))
		return LEVEL_HERE;
	if (!is_waiting(finding) || level == LEVEL_TO_COUNTY || day <= finding->due)
		return level;
	struct calendar calendar = deadline_calendar(work);
	if (day >= county_day(work, &calendar, finding->due))
		return LEVEL_TO_COUNTY;
	return day >= finding->due + settings_number(work, "finding_town_days") ? LEVEL_TO_TOWN : level;
}

/* The latest deadline that is known to the county by today. */
static int64_t county_due(struct work *work)
{
	struct calendar calendar = deadline_calendar(work);
	int64_t due = work->today;
	while (county_day(work, &calendar, due) > work->today)
		due--;
	return due;
}

static const char *finding_view(struct work *work, const char *name, struct sql *sql)
{
	if (strcmp(name, "overdue") == 0) {
		sql_add(sql, " AND due < ? AND state IN ('open', 'sent_back')", BIND(V(work->today)));
		return "due";
	}
	if (strcmp(name, "mine") == 0) {
		sql_add(sql, " AND (follower = ? OR (follower IS NULL AND visit IN (SELECT id FROM checks WHERE made_by = ?)))",
			BIND(V(work->who->id), V(work->who->id)));
		return "";
	}
	if (strcmp(name, "asked") == 0) {
		sql_add(sql, " AND asked_due IS NOT NULL AND state IN ('open', 'sent_back')", NOTHING);
		return "state";
	}
	bool county = strcmp(name, "county") == 0;
	if (!county && strcmp(name, "town") != 0)
		return NULL;
	int64_t due = county ? county_due(work) : work->today - settings_number(work, "finding_town_days");
	sql_add(sql, " AND state <> 'closed' AND (raised >= ? OR (state IN ('open', 'sent_back') AND due <= ?))",
		BIND(V(county ? LEVEL_TO_COUNTY : LEVEL_TO_TOWN), V(due)));
	return "";
}

static const struct check *check_of(struct work *work, const struct finding *finding)
{
	return (const struct check *)row_load(work, &check_record, finding->visit);
}

/* The items of a version, read once for a whole list. */
static const struct items *items_of(struct work *work, struct id version)
{
	const struct items *known = work_kept(work, version);
	if (known || id_none(version))
		return known;
	struct items *items = arena_alloc(work->arena, sizeof *items);
	struct query *query = db_query(work->db, "SELECT body FROM template_versions WHERE id = ?", BIND(V(version)));
	if (db_next(query)) {
		*items = body_items(work->arena, db_text(query, 0));
		db_done(query);
	}
	work_keep(work, version, items);
	return items;
}

static struct id version_of(struct work *work, struct id visit)
{
	struct id version = {{0}};
	struct query *query = db_query(work->db, "SELECT template_version FROM checks WHERE id = ?", BIND(V(visit)));
	if (db_next(query)) {
		version = db_id(query, 0);
		db_done(query);
	}
	return version;
}

static void finding_show(struct work *work, const struct row *row, struct json *json)
{
	const struct finding *finding = self(row);
	const struct items *items = items_of(work, version_of(work, finding->visit));
	const struct item *item = items ? items_find(items, finding->item) : NULL;
	json_put(json, "text", item ? item->text : NULL);
	json_put(json, "section", item ? item->section : NULL);
	json_put_flag(json, "overdue", is_waiting(finding) && work->today > finding->due);
	json_put_whole(json, "level", finding_level(work, finding, work->today));
}

/* --- made and taken out by its check */

static int64_t due_of(struct work *work, int64_t day, const struct item *item)
{
	int64_t days =
		item->due_days >= 0 ? item->due_days : settings_number(work, arena_print(work->arena, "finding_days_%s", item->severity));
	if (!settings_number(work, "finding_days_working"))
		return day + days;
	struct calendar calendar = deadline_calendar(work);
	return calendar_add_days(&calendar, day, days);
}

static enum status make(struct work *work, const struct check *check, const struct item *item)
{
	struct finding *finding = (struct finding *)row_new(work->arena, &finding_record);
	struct row *row = &finding->row;
	row->since = check->day;
	SET(finding, finding, site, V(check->site));
	SET(finding, finding, visit, V(check->row.id));
	SET(finding, finding, item, V(item->code));
	SET(finding, finding, severity, V(item->severity));
	SET(finding, finding, day, V(check->day));
	SET(finding, finding, due, V(due_of(work, check->day, item)));
	SET(finding, finding, state, V("open"));
	SET(finding, finding, moved, V(check->day));
	return row_insert(work, &row, NULL);
}

static struct row **living(struct work *work, struct id visit, size_t *count)
{
	struct row **rows = NULL;
	size_t space = 0;
	*count = 0;
	const char *sql = arena_print(work->arena, "SELECT %s FROM findings WHERE visit = ? AND voided_at IS NULL ORDER BY id",
		row_columns(work->arena, &finding_record));
	struct query *query = db_query(work->db, sql, BIND(V(visit)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, *count, space) = row_read(work, &finding_record, query);
	return rows;
}

static const struct verdict *standing(const struct verdicts *verdicts, const char *item)
{
	for (size_t i = 0; i < verdicts->count; i++)
		if (text_same(verdicts->list[i].item->code, item))
			return verdicts->list[i].failed && !verdicts->list[i].fixed ? &verdicts->list[i] : NULL;
	return NULL;
}

bool check_stands(struct work *work, const struct check *check, const char *item)
{
	struct items items = check_items(work, check);
	struct verdicts verdicts = answers_judge(work->arena, check->answers, &items);
	return standing(&verdicts, item) != NULL;
}

enum status finding_follow(struct work *work, const struct check *check)
{
	size_t count;
	struct row **rows = living(work, check->row.id, &count);
	struct items items = check_items(work, check);
	struct verdicts verdicts = answers_judge(work->arena, check->answers, &items);
	enum status status = OK;
	for (size_t i = 0; i < count && status == OK; i++)
		if (check->row.voided_at || (!standing(&verdicts, self(rows[i])->item) && is_waiting(self(rows[i]))))
			status = row_void(work, rows[i], rows[i]->version);
	for (size_t i = 0; i < verdicts.count && status == OK && !check->row.voided_at; i++) {
		bool known = !standing(&verdicts, verdicts.list[i].item->code);
		for (size_t j = 0; j < count && !known; j++)
			known = text_same(self(rows[j])->item, verdicts.list[i].item->code);
		if (!known)
			status = make(work, check, verdicts.list[i].item);
	}
	return status;
}

/* A finding goes by putting its check right, not by itself. */
static enum status finding_saved(struct work *work, const struct row *old, const struct row *row)
{
	(void)old;
	if (!row->voided_at)
		return OK;
	const struct check *check = check_of(work, self(row));
	if (check->row.voided_at || !check_stands(work, check, self(row)->item))
		return OK;
	return fail(work, BAD_STATE, NULL, "The check still says so: correct the check|核查结果仍为不合格：请更正核查");
}

/* --- steps */

/* The new state from a day on; what the generic step did to the state is done again with its day. */
static enum status move(struct work *work, const struct row *old, struct row *row, const char *state, int64_t day)
{
	struct finding *finding = (struct finding *)row;
	if (day < self(old)->moved || day > work->today)
		return fail(work, BAD_FIELD, text_same(state, "closed") ? "closed_day" : "rectified_day",
			"must lie between its last change and today|须在上次变动日与今日之间");
	row->since = old->since;
	row->days = old->days;
	SET(finding, finding, state, V(self(old)->state));
	days_put(work, row, FIELD_OF(finding, state), day, DAY_FAR, V(state));
	SET(finding, finding, moved, V(day));
	return OK;
}

static enum status check_photos(struct work *work, const struct row *old, struct row *row, const char *photos, const char *field, bool need)
{
	const json_t *list = photos ? json_read(work->arena, photos, strlen(photos), NULL) : NULL;
	(void)old;
	if (need && !json_array_size(list))
		return fail(work, BAD_FIELD, field, "A photo must be given|须附照片");
	if (!list)
		return OK;
	if (file_photos(work, self(row)->site, list, NULL, field) != OK)
		return work->status;
	file_settle(work, row, self(row)->site, list);
	return OK;
}

static enum status finding_rectify(struct work *work, const struct row *old, struct row *row)
{
	struct finding *finding = (struct finding *)row;
	if (check_photos(work, old, row, finding->rectified_photos, "rectified_photos", true) != OK)
		return work->status;
	if (!GIVEN(finding, finding, rectified_day))
		SET(finding, finding, rectified_day, V(work->today));
	SET(finding, finding, rectified_at, V(work->now));
	SET(finding, finding, rectified_by, V(work->who->id));
	/* put right: there is nothing more to extend */
	SET(finding, finding, asked_due, value_null());
	return move(work, old, row, "rectified", finding->rectified_day);
}

static enum status finding_close(struct work *work, const struct row *old, struct row *row)
{
	struct finding *finding = (struct finding *)row;
	if (check_photos(work, old, row, finding->recheck_photos, "recheck_photos", false) != OK)
		return work->status;
	if (!GIVEN(finding, finding, closed_day))
		SET(finding, finding, closed_day, V(work->today));
	SET(finding, finding, rechecked_by, V(work->who->id));
	return move(work, old, row, "closed", finding->closed_day);
}

static enum status finding_send_back(struct work *work, const struct row *old, struct row *row)
{
	struct finding *finding = (struct finding *)row;
	SET(finding, finding, sent_back, V(finding->sent_back + 1));
	SET(finding, finding, rechecked_by, V(work->who->id));
	SET(finding, finding, rectified_day, value_null());
	return move(work, old, row, "sent_back", work->today);
}

static enum status check_extension(struct work *work, const struct finding *finding, int64_t due, const char *field)
{
	int64_t most = settings_number(work, "finding_extensions");
	if (finding->extensions >= most)
		return fail(work, BAD_STATE, NULL, "A deadline is extended %lld times at most|期限最多延长 %lld 次", (long long)most);
	if (due <= finding->due)
		return fail(work, BAD_FIELD, field, "must be later than the deadline|须晚于原期限");
	return OK;
}

static enum status finding_ask(struct work *work, const struct row *old, struct row *row)
{
	if (work->today > self(old)->due)
		return fail(work, BAD_STATE, NULL, "An extension is asked for before the deadline|须在期限届满前申请延期");
	return check_extension(work, self(old), self(row)->asked_due, "asked_due");
}

static enum status finding_extend(struct work *work, const struct row *old, struct row *row)
{
	struct finding *finding = (struct finding *)row;
	bool asked = GIVEN(self(old), finding, asked_due);
	if (!asked && work->today > self(old)->due)
		return fail(work, BAD_STATE, NULL, "An extension is asked for before the deadline|须在期限届满前申请延期");
	if (!asked && (!finding->extension_note || !*finding->extension_note))
		return fail(work, BAD_FIELD, "extension_note", "must be given|必填");
	if (asked && finding->due == self(old)->due)
		SET(finding, finding, due, V(self(old)->asked_due));
	if (check_extension(work, self(old), finding->due, "due") != OK)
		return work->status;
	SET(finding, finding, extensions, V(finding->extensions + 1));
	SET(finding, finding, asked_due, value_null());
	return OK;
}

static enum status finding_decline(struct work *work, const struct row *old, struct row *row)
{
	if (!GIVEN(self(old), finding, asked_due))
		return fail(work, BAD_STATE, NULL, "No extension was asked for|没有延期申请");
	SET((struct finding *)row, finding, asked_due, value_null());
	return OK;
}

static enum status finding_escalate(struct work *work, const struct row *old, struct row *row)
{
	if (self(row)->raised <= (int64_t)finding_level(work, self(old), work->today))
		return fail(work, BAD_STATE, NULL, "It is known there already|该级已知晓");
	return OK;
}

/* --- who follows it */

struct id finding_follower(struct work *work, const struct finding *finding)
{
	const struct row *check = GIVEN(finding, finding, follower) ? NULL : row_load(work, &check_record, finding->visit);
	return check ? check->made_by : finding->follower;
}

/* Both sides: whoever follows it from now on, and whoever did. */
static void tell_both(struct work *work, const struct finding *old, const struct finding *finding)
{
	struct notice_to next = {0}, before = {0};
	const struct site *site = (const struct site *)row_load(work, &site_record, finding->site);
	notice_to_user(work, &next, finding->follower);
	notice_to_user(work, &before, finding_follower(work, old));
	notice_write(work, &next, &finding->row, "finding_handed", site ? site->name : "");
	notice_write(work, &before, &finding->row, "finding_passed", site ? site->name : "");
}

static bool may_follow(struct work *work, struct id user, const struct row *row)
{
	const struct user *to = (const struct user *)row_load(work, &user_record, user);
	return to && !to->closed && !to->row.voided_at && user_reaches(work, user, RIGHT_check_read, row);
}

static enum status finding_hand_on(struct work *work, const struct row *old, struct row *row)
{
	struct id to = self(row)->follower;
	if (!may_follow(work, to, old))
		return fail(work, BAD_FIELD, "follower", "is nobody who sees this finding|不是能查看此问题的用户");
	if (id_same(to, finding_follower(work, self(old))))
		return fail(work, BAD_FIELD, "follower", "follows it already|已是跟进人");
	tell_both(work, self(old), self(row));
	return OK;
}

enum status finding_hand(struct work *work, struct id id, struct id to, bool *handed)
{
	const struct row *old = row_load(work, &finding_record, id);
	*handed = false;
	if (!old || old->voided_at || !may_follow(work, to, old))
		return OK;
	struct finding *finding = (struct finding *)row_copy(work->arena, old);
	SET(finding, finding, follower, V(to));
	if (row_change(work, old, &finding->row, old->version, RIGHT_finding_recheck) != OK)
		return work->status;
	*handed = true;
	tell_both(work, self(old), finding);
	return OK;
}
