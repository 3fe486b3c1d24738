#include "app/check.h"

#include <string.h>

#include "app/check_answers.h"
#include "app/file.h"
#include "app/filing_route.h"
#include "app/finding.h"
#include "app/rights.h"
#include "app/round.h"
#include "app/site.h"
#include "app/template.h"
#include "app/user.h"
#include "app/zone.h"
#include "base/clock.h"
#include "base/json.h"
#include "record/rows.h"
#include "record/tally.h"

static int64_t measure_checks(struct work *work, const struct row *row, int64_t day);
static int64_t measure_checks_faulty(struct work *work, const struct row *row, int64_t day);
static int64_t measure_checks_one_visit(struct work *work, const struct row *row, int64_t day);
static void check_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static struct id check_subject(const struct row *row);
static enum status check_check(struct work *work, const struct row *old, struct row *row);
static enum status check_saved(struct work *work, const struct row *old, const struct row *row);
static void check_show(struct work *work, const struct row *row, struct json *json);
static const char *check_view(struct work *work, const char *name, struct sql *sql);
static enum status check_sign(struct work *work, const struct row *old, struct row *row);
static enum status check_confirm(struct work *work, const struct row *old, struct row *row);
static enum status check_confirm_here(struct work *work, const struct row *old, struct row *row);

#define DEF "app/check.def"
#define HOOKS \
	.check = check_check, .saved = check_saved, .show = check_show, .view = check_view, .breaks = check_breaks, \
	.subject = &site_record, .subject_of = check_subject,
#include "record/table.h"

enum { MOST_INSPECTORS = 20, MOST_FOUND = 200 };

static const struct check *self(const struct row *row)
{
	return (const struct check *)row;
}

/* Of the firm itself 企业自查: no visit by inspectors. */
static bool is_own(const struct check *check)
{
	return GIVEN(check, check, own) && check->own;
}

static int64_t measure_checks(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && !is_own(self(row));
}

static int64_t measure_checks_faulty(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == self(row)->day && !is_own(self(row)) &&
		text_listed("fixed_on_spot,failed", ',', self(row)->result ? self(row)->result : "");
}

static int64_t measure_checks_one_visit(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == self(row)->day && !is_own(self(row)) && text_same(self(row)->result, "fixed_on_spot");
}

static void check_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static struct id check_subject(const struct row *row)
{
	return self(row)->site;
}

/* --- who checked, and who signed */

static json_t *read_list(struct work *work, const char *text)
{
	json_t *list = text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	return list ? list : json_own(work->arena, json_array());
}

static struct id id_at(const json_t *list, size_t at)
{
	struct id id = {{0}};
	const json_t *entry = json_array_get(list, at);
	const char *text = json_string_value(json_is_object(entry) ? json_object_get(entry, "user") : entry);
	if (text)
		id_parse(text, &id);
	return id;
}

static bool lists(const json_t *list, struct id id)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (id_same(id_at(list, i), id))
			return true;
	return false;
}

static bool may_check(struct work *work, struct id user)
{
	bool may = false;
	struct query *query = db_query(work->db,
		"SELECT g.role FROM grants g JOIN users u ON u.id = g.user WHERE g.user = ? AND g.voided_at IS NULL AND u.voided_at IS NULL "
		"AND coalesce(u.closed, 0) = 0",
		BIND(V(user)));
	while (db_next(query))
		may = may || role_has(db_text(query, 0), RIGHT_check_write);
	return may;
}

static enum status check_inspectors_named(struct work *work, struct check *check)
{
	char text[ID_TEXT];
	json_t *list = read_list(work, check->inspectors), *clean = json_own(work->arena, json_array());
	if (!json_is_array(list) || json_array_size(list) > MOST_INSPECTORS)
		return fail(work, BAD_FIELD, "inspectors", "must be a list of at most %d users|须为用户列表，最多 %d 人", MOST_INSPECTORS);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct id id = id_at(list, i);
		if (id_none(id) || !(id_same(id, work->who->id) || may_check(work, id)))
			return fail(work, BAD_FIELD, "inspectors", "names nobody who may check sites|所列人员无核查权限");
		if (!lists(clean, id))
			json_array_append_new(clean, json_string(id_print(id, text)));
	}
	if (!json_array_size(clean) && !work->who->all)
		json_array_append_new(clean, json_string(id_print(work->who->id, text)));
	SET(check, check, inspectors, V(json_print(work->arena, clean)));
	return OK;
}

/* Adds the signature of the account at work. */
static void add_signature(struct work *work, json_t *signatures)
{
	char user[ID_TEXT], at[STAMP_TEXT];
	if (!lists(signatures, work->who->id))
		json_array_append_new(
			signatures, json_pack("{s:s, s:s}", "user", id_print(work->who->id, user), "at", stamp_print(work->now, at)));
}

static enum status check_signature(struct work *work, struct id site, const json_t *sign, const char *known, const char *field)
{
	json_t *photos = json_own(work->arena, json_array());
	json_array_append(photos, (json_t *)sign);
	return file_photos(work, site, photos, known, field);
}

/* Whoever was there and has no account signs on the phone: a name, and a picture of the signature. */
static enum status check_signed_here(struct work *work, const struct check *old, const struct check *check)
{
	const json_t *list = check->signed_here ? read_list(work, check->signed_here) : NULL;
	if (!list || (old && text_same(old->signed_here, check->signed_here)))
		return OK;
	if (!json_is_array(list) || json_array_size(list) > MOST_INSPECTORS)
		return fail(work, BAD_FIELD, "signed_here", "must be a list of at most %d signatures|须为签名列表，最多 %d 个",
			MOST_INSPECTORS);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i), *sign = json_object_get(entry, "sign");
		const char *name = json_string_value(json_object_get(entry, "name"));
		if (!name || !*name || text_length(name) > 40 || json_object_size(entry) > (sign ? 2 : 1))
			return fail(work, BAD_FIELD, "signed_here", "must be a name and a signature each|每项须有姓名和签名");
		if (sign && check_signature(work, check->site, sign, old ? old->signed_here : NULL, "signed_here") != OK)
			return work->status;
	}
	return OK;
}

static enum status check_confirmer(struct work *work, const struct check *old, const struct check *check)
{
	char text[ID_TEXT];
	bool sign = GIVEN(check, check, confirmed_sign);
	if (sign && !GIVEN(check, check, confirmed_by))
		return fail(work, BAD_FIELD, "confirmed_by", "must be given|必填");
	if (!sign || (old && id_same(old->confirmed_sign, check->confirmed_sign)))
		return OK;
	return check_signature(
		work, check->site, json_own(work->arena, json_string(id_print(check->confirmed_sign, text))), NULL, "confirmed_sign");
}

static bool same_words(const struct check *one, const struct check *other)
{
	return text_same(one->answers, other->answers) && text_same(one->note, other->note) && text_same(one->result, other->result);
}

/* Who signs signs for what the check says then: of a check that says something else now, nobody has signed or confirmed anything. */
static void settle_signatures(struct work *work, const struct check *old, struct check *check)
{
	bool same = old && same_words(old, check);
	json_t *had = read_list(work, same ? check->signatures : NULL), *inspectors = read_list(work, check->inspectors),
	       *kept = json_own(work->arena, json_array());
	for (size_t i = 0; i < json_array_size(had); i++)
		if (lists(inspectors, id_at(had, i)))
			json_array_append(kept, json_array_get(had, i));
	if (old && !same && text_same(old->confirmed_by, check->confirmed_by)) {
		SET(check, check, confirmed_by, value_null());
		SET(check, check, confirmed_sign, value_null());
		SET(check, check, confirmed_at, value_null());
	}
	bool signs = GIVEN(check, check, signed_here) && !(old && text_same(old->signed_here, check->signed_here));
	if (signs && lists(inspectors, work->who->id))
		add_signature(work, kept);
	SET(check, check, signatures, V(json_print(work->arena, kept)));
	if (text_same(check->state, "confirmed"))
		return;
	bool all = json_array_size(inspectors) && json_array_size(kept) >= json_array_size(inspectors);
	bool confirmed = all && GIVEN(check, check, confirmed_by);
	SET(check, check, state, V(confirmed ? "confirmed" : all ? "signed" : "draft"));
	if (GIVEN(check, check, confirmed_by) && !GIVEN(check, check, confirmed_at))
		SET(check, check, confirmed_at, V(work->now));
}

/* --- what it says */

static enum status check_version(struct work *work, const struct check *check)
{
	if (id_none(check->template_version))
		return OK;
	const struct template_version *version =
		(const struct template_version *)row_load(work, &template_version_record, check->template_version);
	const struct template *template = (const struct template *)row_load(work, &template_record, version->template);
	if (!text_same(version->state, "published"))
		return fail(work, BAD_FIELD, "template_version", "is not published|尚未发布");
	/* what was filled in before the checklist was closed may still come in */
	if (text_same(template->state, "closed") && check->day > stamp_day(template->row.changed_at, work->store->zone))
		return fail(work, BAD_FIELD, "template_version", "is of a checklist that was closed|检查表已停用");
	return OK;
}

/* Every item answered, by the checklist that is the standard where the site stands. A later change of the standard leaves what was checked before. */
static bool is_whole(struct work *work, const struct check *check, const struct verdicts *verdicts)
{
	const struct site *site = (const struct site *)row_load(work, &site_record, check->site);
	const struct template_version *version =
		(const struct template_version *)row_load(work, &template_version_record, check->template_version);
	for (size_t i = 0; i < verdicts->count; i++)
		if (!verdicts->list[i].answer)
			return false;
	return !is_own(check) && verdicts->count && site && version &&
		id_same(filing_rule_on(work, site, check->day).standard, version->template);
}

static enum status judge(struct work *work, const struct check *old, struct check *check)
{
	struct items items = check_items(work, check);
	if (!items.count) {
		if (GIVEN(check, check, answers))
			return fail(
				work, BAD_FIELD, "template_version", "must be given where there are answers|有检查情况时须注明检查表版本");
		return OK; /* a visit without a checklist: the result is told, or not yet known */
	}
	if (!(old && text_same(old->answers, check->answers)) && answers_check(work, check, &items, old ? old->answers : NULL) != OK)
		return work->status;
	struct verdicts verdicts = answers_judge(work->arena, check->answers, &items);
	const char *result = verdicts_result(&verdicts);
	const char *told = old ? old->result : result;
	if (GIVEN(check, check, result) && !text_same(check->result, told) && !text_same(check->result, result))
		return fail(work, BAD_FIELD, "result", "does not follow from the answers|与检查情况不符");
	SET(check, check, result, V(result));
	SET(check, check, items_failed, V(verdicts.failed));
	SET(check, check, items_fixed, V(verdicts.fixed));
	if (!(old && text_same(old->answers, check->answers)))
		SET(check, check, whole, V((int64_t)is_whole(work, check, &verdicts)));
	return OK;
}

static enum status check_round(struct work *work, const struct check *check)
{
	const struct round *round = id_none(check->round) ? NULL : (const struct round *)row_load(work, &round_record, check->round);
	if (!round)
		return OK;
	return round_holds(work, round, check->site, check->day)
		? OK
		: fail(work, BAD_FIELD, "round", "does not plan this site on this day|该巡查不含此企业或此日期");
}

/* Whoever was there, and who supervises them, may correct what a check says. */
static enum status check_corrector(struct work *work, const struct check *old)
{
	if (text_same(old->state, "confirmed"))
		return fail(work, BAD_STATE, NULL, "The firm has confirmed this check: it stays|企业已确认，核查不能再更改");
	if (id_same(old->row.made_by, work->who->id) || lists(read_list(work, old->inspectors), work->who->id) ||
		who_reaches(work->who, RIGHT_finding_recheck, old->row.path, old->site) ||
		who_reaches(work->who, RIGHT_check_confirm, old->row.path, old->site))
		return OK;
	return fail(work, NO_RIGHT, NULL, "Only its inspectors change a check|仅检查人员可更改核查");
}

static enum status check_check(struct work *work, const struct row *before, struct row *row)
{
	struct check *check = (struct check *)row;
	const struct check *old = (const struct check *)before;
	if (check->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (old && check_corrector(work, old) != OK)
		return work->status;
	if (!old && (check_version(work, check) != OK || check_round(work, check) != OK))
		return work->status;
	if (is_own(check))
		return judge(work, old, check);
	if (old && !id_same(old->round, check->round) && check_round(work, check) != OK)
		return work->status;
	if (!(old && text_same(old->inspectors, check->inspectors)) && check_inspectors_named(work, check) != OK)
		return work->status;
	if (judge(work, old, check) != OK || check_signed_here(work, old, check) != OK || check_confirmer(work, old, check) != OK)
		return work->status;
	settle_signatures(work, old, check);
	return OK;
}

/* Every photo and signature of a check. */
static const json_t *named_photos(struct work *work, const struct check *check)
{
	char text[ID_TEXT];
	json_t *photos = (json_t *)answers_photos(work->arena, check->answers), *here = read_list(work, check->signed_here);
	for (size_t i = 0; i < json_array_size(here); i++)
		json_array_append(photos, json_object_get(json_array_get(here, i), "sign"));
	if (GIVEN(check, check, confirmed_sign))
		json_array_append_new(photos, json_string(id_print(check->confirmed_sign, text)));
	return photos;
}

static enum status check_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct check *check = self(row);
	if (row->voided_at && text_same(check->state, "confirmed") &&
		!who_reaches(work->who, RIGHT_finding_recheck, row->path, check->site))
		return fail(
			work, NO_RIGHT, NULL, "The firm has confirmed this check: an officer may take it out|企业已确认，须由工作人员作废");
	file_settle(work, row, check->site, named_photos(work, check));
	if (!is_own(check) && (!old || row->voided_at || !text_same(self(old)->answers, check->answers)))
		return finding_follow(work, check);
	return OK;
}

/* --- on the way out */

static void show_user(struct work *work, struct json *json, struct id id)
{
	struct query *query = db_query(work->db, "SELECT name, duty FROM users WHERE id = ?", BIND(V(id)));
	json_open(json, '{');
	json_put_id(json, "id", id);
	if (db_next(query)) {
		json_put(json, "name", db_text(query, 0));
		json_put(json, "duty", db_text(query, 1));
		db_done(query);
	}
	json_close(json, '}');
}

/* The people named, and the checklist in words. */
static void check_show(struct work *work, const struct row *row, struct json *json)
{
	const json_t *inspectors = read_list(work, self(row)->inspectors);
	json_key(json, "people");
	json_open(json, '[');
	for (size_t i = 0; i < json_array_size(inspectors); i++)
		show_user(work, json, id_at(inspectors, i));
	json_close(json, ']');
	struct query *query = db_query(work->db,
		"SELECT t.id, t.title_en, t.title, v.number FROM template_versions v JOIN templates t ON t.id = v.template WHERE v.id = ?",
		BIND(V(self(row)->template_version)));
	if (!db_next(query))
		return;
	json_put_id(json, "template", db_id(query, 0));
	const char *english = db_copy(query, 1, work->arena), *chinese = db_copy(query, 2, work->arena);
	json_put(json, "template_title", english && *english ? arena_print(work->arena, "%s|%s", english, chinese) : chinese);
	json_put_whole(json, "template_number", db_whole(query, 3));
	db_done(query);
}

static const char *check_view(struct work *work, const char *name, struct sql *sql)
{
	char text[ID_TEXT];
	if (strcmp(name, "mine") != 0)
		return NULL;
	sql_add(sql, " AND (made_by = ? OR inspectors LIKE ?)",
		BIND(V(work->who->id), V((const char *)arena_print(work->arena, "%%%s%%", id_print(work->who->id, text)))));
	return "";
}

size_t check_inspectors(struct work *work, const struct row *site, struct inspector **inspectors)
{
	size_t count = 0, space = 0;
	struct sql sql = sql_new(work->arena), zones = sql_new(work->arena);
	*inspectors = NULL;
	/* grants on the areas above the site, on itself, and on zones that hold it */
	sql_add(&zones, "SELECT g.id", NOTHING);
	zone_grants(&zones, site, work->today);
	sql_add(&sql,
		"SELECT u.id, u.name, u.duty, g.role FROM grants g JOIN areas a ON a.id = g.area JOIN users u ON u.id = g.user WHERE "
		"g.voided_at IS NULL AND u.voided_at IS NULL AND coalesce(u.closed, 0) = 0 AND (g.site = ? OR (g.site IS NULL AND g.zone IS NULL AND a.path IN (''",
		BIND(V(site->id)));
	for (size_t size = PATH_STEP; size <= strlen(site->path); size += PATH_STEP)
		sql_add(&sql, ", ?", BIND(V((const char *)arena_text(work->arena, site->path, size))));
	sql_add(&sql, ")) OR g.id IN (", NOTHING);
	sql_add(&sql, buf_end(&zones.text), zones.values, zones.count);
	sql_add(&sql, ")) ORDER BY u.name", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		struct id id = db_id(query, 0);
		bool known = !role_has(db_text(query, 3), RIGHT_check_write) || count >= MOST_FOUND;
		for (size_t i = 0; i < count && !known; i++)
			known = id_same((*inspectors)[i].id, id);
		if (!known)
			*ARENA_PUSH(work->arena, *inspectors, count, space) =
				(struct inspector){id, db_copy(query, 1, work->arena), db_copy(query, 2, work->arena)};
	}
	return count;
}

/* --- steps */

static enum status check_sign(struct work *work, const struct row *old, struct row *row)
{
	json_t *signatures = read_list(work, self(row)->signatures);
	(void)old;
	if (!lists(read_list(work, self(row)->inspectors), work->who->id))
		return fail(work, NO_RIGHT, NULL, "Only who is named as an inspector signs|仅所列检查人员可签字");
	add_signature(work, signatures);
	SET((struct check *)row, check, signatures, V(json_print(work->arena, signatures)));
	return OK;
}

static enum status check_confirm(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	SET((struct check *)row, check, confirmed_user, V(work->who->id));
	SET((struct check *)row, check, confirmed_at, V(work->now));
	return OK;
}

/* The firm's own person writes their name on the inspector's phone, before or after the other inspectors have signed: the check is confirmed
 * once all have. */
static enum status check_confirm_here(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	if (!lists(read_list(work, self(row)->inspectors), work->who->id))
		return fail(
			work, NO_RIGHT, NULL, "Only who is named as an inspector takes the firm's signature|仅所列检查人员可代收企业签字");
	SET((struct check *)row, check, confirmed_at, V(work->now));
	return OK;
}
