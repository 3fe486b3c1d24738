/* The rules of a need's steps. The generic step has checked right, state and needed fields, and has set the given ones. */
#include <string.h>

#include "app/deadline.h"
#include "app/need.h"
#include "app/need_people.h"
#include "app/need_rounds.h"
#include "app/org.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/user.h"
#include "base/clock.h"
#include "record/tally.h"

static struct need *self(struct row *row)
{
	return (struct need *)row;
}

static bool reaches(const struct work *work, const struct row *row, int right)
{
	return who_reaches(work->who, right, row->path, row_site(row));
}

bool need_is_lead(struct work *work, const struct need *need)
{
	if (work->who->all || reaches(work, &need->row, RIGHT_need_assign))
		return true;
	return !id_none(need->lead) && id_same(need->lead, need_org_of(work, work->who->id));
}

enum status need_lead_only(struct work *work, const struct row *old, struct row *row)
{
	(void)row;
	if (!need_is_lead(work, (const struct need *)old))
		return fail(work, NO_RIGHT, NULL, "Only the lead body does this|仅主办单位可操作");
	return OK;
}

enum status need_assign(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	const struct need *before = (const struct need *)old;
	if (before->disputed && !reaches(work, old, RIGHT_need_order))
		return fail(work, NO_RIGHT, NULL, "It was sent back too often: command names the lead|多次退单，须由指挥部指定主办单位");
	const struct org *org = (const struct org *)row_load(work, &org_record, need->lead);
	if (!org || org->row.voided_at || (GIVEN(org, org, closes) && org->closes <= work->today))
		return fail(work, BAD_FIELD, "lead", "is no body that works now|该单位不存在或已撤销");
	if (!text_same(need->class, before->class) && need_set_due(work, need) != OK)
		return work->status;
	SET(need, need, assigned_at, V(work->now));
	SET(need, need, disputed, V(0));
	return OK;
}

enum status need_take(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	struct id org = need_org_of(work, work->who->id);
	/* one that was solved without a lead and reopened is led by whoever takes it */
	if (id_none(need->lead) && !id_none(org))
		SET(need, need, lead, V(org));
	return need_lead_only(work, id_none(((const struct need *)old)->lead) ? row : old, row);
}

enum status need_bounce(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	if (need_lead_only(work, old, row) != OK)
		return work->status;
	SET(need, need, bounces, V(need->bounces + 1));
	SET(need, need, lead, value_null());
	if (need->bounces >= settings_number(work, "need_bounces"))
		SET(need, need, disputed, V(1));
	return OK;
}

enum status need_ask_extension(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	if (need_lead_only(work, old, row) != OK)
		return work->status;
	if (work->now > need->due_at)
		return fail(work, BAD_STATE, NULL,
			"The deadline has passed: an extension is asked for before it|已超过时限，延期须在到期前申请");
	if (need->extension_to <= need->due_day)
		return fail(work, BAD_FIELD, "extension_to", "must be after the due day|须晚于到期日");
	SET(need, need, extension, V("asked"));
	SET(need, need, extension_answer, value_null());
	return OK;
}

static enum status decide(struct work *work, struct need *need, const char *decision)
{
	if (!text_same(need->extension, "asked"))
		return fail(work, BAD_STATE, NULL, "No extension was asked for|没有待处理的延期申请");
	/* the body that asked does not decide */
	struct id org = need_org_of(work, work->who->id);
	if (!id_none(org) && id_same(org, need->lead))
		return fail(work, NO_RIGHT, NULL, "The body that asked does not decide|申请单位不能自行审批");
	SET(need, need, extension, V(decision));
	return OK;
}

enum status need_grant_extension(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	(void)old;
	if (decide(work, need, "granted") != OK)
		return work->status;
	SET(need, need, due_day, V(need->extension_to));
	SET(need, need, due_at, V(deadline_end(work, need->extension_to)));
	return OK;
}

enum status need_refuse_extension(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return decide(work, self(row), "refused");
}

enum status need_order(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	(void)old;
	SET(need, need, ordered, V(1));
	SET(need, need, ordered_at, V(work->now));
	if (!work->who->all)
		SET(need, need, ordered_by, V(work->who->id));
	return OK;
}

/* Who heard it first may solve what no body leads yet. */
enum status need_resolve(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	struct id org = need_org_of(work, work->who->id);
	bool first = id_none(need->lead) && (id_same(need->heard_by, work->who->id) || id_same(need->row.made_by, work->who->id));
	if (!first && need_lead_only(work, old, row) != OK)
		return work->status;
	if (id_none(need->lead) && !id_none(org))
		SET(need, need, lead, V(org));
	SET(need, need, resolved_at, V(work->now));
	SET(need, need, disputed, V(0));
	struct rounds rounds = rounds_read(work, need->rounds);
	struct round *list = rounds.list ? rounds.list : arena_alloc(work->arena, sizeof *list);
	list[rounds.count++] = (struct round){.solved = work->today, .late = work->now > need->due_at, .reopened = DAY_FAR};
	rounds.list = list;
	SET(need, need, rounds, V(rounds_print(work, rounds)));
	return OK;
}

/* The body that solved it does not say itself that it did. */
static enum status check_outsider(struct work *work, const struct need *need)
{
	struct id org = need_org_of(work, work->who->id);
	if (!id_none(org) && id_same(org, need->lead) && !id_same(work->who->id, need->heard_by))
		return fail(work, NO_RIGHT, NULL, "The body that solved it does not confirm it|主办单位不能自行确认");
	return OK;
}

enum status need_confirm(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	if (check_outsider(work, (const struct need *)old) != OK)
		return work->status;
	SET(need, need, confirmed_at, V(work->now));
	if (!work->who->all)
		SET(need, need, confirmed_by, V(work->who->id));
	return OK;
}

enum status need_reopen(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	(void)old;
	struct rounds rounds = rounds_read(work, need->rounds);
	if (rounds.count)
		rounds.list[rounds.count - 1].reopened = work->today;
	SET(need, need, rounds, V(rounds_print(work, rounds)));
	SET(need, need, reopens, V(need->reopens + 1));
	SET(need, need, resolved_at, value_null());
	SET(need, need, confirmed_at, value_null());
	SET(need, need, confirmed_by, value_null());
	SET(need, need, rating, value_null());
	return OK;
}

/* One signature: whoever follows it now, or, where they cannot any more, whoever hands needs on here. */
enum status need_relieve(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	if (!work->who->all && !id_same(work->who->id, need->heard_by) && !reaches(work, old, RIGHT_need_assign))
		return fail(work, NO_RIGHT, NULL, "Only who heard it first hands it over|仅首问人可移交");
	struct id next = user_find(work, need->heard_next);
	if (id_none(next) || id_same(next, need->heard_by) || !user_reaches(work, next, RIGHT_need_write, old))
		return fail(work, BAD_FIELD, "heard_next",
			"must be the sign-in name of another user with needs here|须为本区划内可办理诉求的其他用户的登录名");
	if (!work->who->all)
		SET(need, need, heard_offered_by, V(work->who->id));
	return OK;
}

/* The other signature, by the one who was named. */
enum status need_take_over(struct work *work, const struct row *old, struct row *row)
{
	struct need *need = self(row);
	(void)old;
	if (!GIVEN(need, need, heard_next))
		return fail(work, BAD_STATE, NULL, "Nobody hands it over|没有待交接的移交");
	if (!text_same(work->who->name, need->heard_next))
		return fail(work, NO_RIGHT, NULL, "It was handed over to somebody else|移交对象不是您");
	SET(need, need, heard_by, V(work->who->id));
	SET(need, need, heard_since, V(work->now));
	SET(need, need, heard_next, value_null());
	return OK;
}

enum status need_pass_on(struct work *work, struct id user, struct id successor)
{
	const struct user *to = id_none(successor) ? NULL : (const struct user *)row_load(work, &user_record, successor);
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	if (!to || to->closed || to->row.voided_at)
		return OK;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM needs WHERE heard_by = ? AND state <> 'confirmed' AND voided_at IS NULL",
			row_columns(work->arena, &need_record)),
		BIND(V(user)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &need_record, query);
	for (size_t i = 0; i < count; i++) {
		struct need *need = (struct need *)row_copy(work->arena, rows[i]);
		if (!user_reaches(work, successor, RIGHT_need_write, rows[i]) || !reaches(work, rows[i], RIGHT_user_write))
			continue;
		SET(need, need, heard_next, V(to->name));
		if (!work->who->all)
			SET(need, need, heard_offered_by, V(work->who->id));
		if (row_change(work, rows[i], &need->row, rows[i]->version, RIGHT_user_write) != OK)
			return work->status;
	}
	return OK;
}

/* The nearest body of the kinds that are the back-stop, from the need's own area upwards. */
static struct id backstop_org(struct work *work, const char *path)
{
	const char *kinds = settings_value(work, "need_backstop_kinds");
	struct id found = {{0}};
	for (size_t size = strlen(path); size && id_none(found); size -= PATH_STEP < size ? PATH_STEP : size) {
		struct query *query = db_query(work->db,
			"SELECT id, kind FROM orgs WHERE path = ? AND voided_at IS NULL AND (closes IS NULL OR closes > ?) ORDER BY id",
			BIND(V((const char *)arena_text(work->arena, path, size)), V(work->today)));
		while (db_next(query))
			if (id_none(found) && text_listed(kinds, ',', db_text(query, 1)))
				found = db_id(query, 0);
	}
	return found;
}

enum status need_backstop(struct work *work, struct id id)
{
	struct row *old = row_load(work, &need_record, id);
	if (!old || old->voided_at || !GIVEN((struct need *)old, need, unowned_since) || ((struct need *)old)->disputed)
		return OK;
	struct id org = backstop_org(work, old->path);
	if (id_none(org)) {
		/* a mark of the job, not a fact: no history, no version */
		db_run(work->db, "UPDATE needs SET backstop_tried = ? WHERE id = ?", BIND(V(work->now), V(id)));
		return OK;
	}
	struct row *row = row_copy(work->arena, old);
	struct need *need = self(row);
	SET(need, need, lead, V(org));
	SET(need, need, assigned_at, V(work->now));
	SET(need, need, assign_text, V("无人主办，按兜底规则交办"));
	if (text_same(need->state, "open") || text_same(need->state, "reopened"))
		SET(need, need, state, V("assigned"));
	return row_change(work, old, row, old->version, RIGHT_need_assign);
}
