/* Leave asked for by oneself; what a leave cut, and who might take its place. */
#include "app/leave_cut.h"
#include "app/own_shifts.h"

#include "app/person.h"
#include "app/rights.h"
#include "app/substitute.h"
#include "app/user.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"

/* --- asked for by oneself */

struct asking {
	const struct row *read;
	struct row *row;
	struct id body, deed;
};

static enum status write_asked(struct work *work, void *data)
{
	struct asking *asking = data;
	struct row *row = row_copy(work->arena, asking->read);
	const struct user *user = (const struct user *)row_load(work, &user_record, work->who->id);
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	if (!user || !GIVEN(user, user, person))
		return fail(work, BAD_STATE, NULL, "Your account names no person|您的账号未关联人员");
	SET((struct leave *)row, leave, person, V(user->person));
	work->deed = asking->deed;
	/* one's own leave needs no right over the place where one lives */
	work->who = &self;
	enum status status = row_insert(work, &row, &asking->body);
	work->who = who;
	/* an id that is taken by the leave of somebody else */
	if (status == OK && !id_same(row->made_by, who->id))
		return fail(work, CONFLICT, NULL, NULL);
	asking->row = row;
	return status;
}

enum status command_leave_ask(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &leave_record);
	if (call_body(call) != OK || shape_read(work, call->body, row, "kind,begins,ends,reason", &effective, &until) != OK)
		return work->status;
	struct asking asking = {.read = row, .deed = work->deed};
	asking.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_asked, &asking) != OK)
		return work->status;
	const struct leave *leave = (const struct leave *)asking.row;
	call->code = 201;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", leave->row.id);
	json_put(&call->out, "state", leave->state);
	json_key(&call->out, "begins");
	json_day(&call->out, leave->begins);
	json_close(&call->out, '}');
	return OK;
}

static void put_own(struct work *work, struct json *json, const struct leave *leave)
{
	static const char *const plain[] = {"kind", "begins", "ends", "state", "back_on"}, *const sealed[] = {"reason", "answer"};
	json_open(json, '{');
	json_put_id(json, "id", leave->row.id);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		const struct field *field = record_field(&leave_record, plain[i]);
		json_key(json, plain[i]);
		kind_to_json(json, field, row_get(&leave->row, field));
	}
	/* what one said oneself, and was told, is no secret to oneself */
	for (size_t i = 0; i < sizeof sealed / sizeof *sealed; i++) {
		struct value value = row_private(work, &leave_record, leave->row.id, record_field(&leave_record, sealed[i]));
		json_put(json, sealed[i], value.type == VALUE_TEXT ? value.text : NULL);
	}
	json_close(json, '}');
}

enum status command_my_leaves(struct call *call)
{
	enum { MOST = 50 };
	struct work *work = &call->work;
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	store_read(work);
	struct id person = own_person(work);
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM leaves WHERE person = ? AND voided_at IS NULL ORDER BY begins DESC, id DESC LIMIT %d",
			row_columns(work->arena, &leave_record), MOST),
		BIND(V(person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &leave_record, query);
	json_open(&call->out, '{');
	json_put_id(&call->out, "person", person);
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < count; i++)
		put_own(work, &call->out, (const struct leave *)rows[i]);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

/* --- what was cut, and who might take its place */

enum { MOST_CUTS = 200 };

/* What a cut thing is about, where work->who sees it; NULL otherwise. */
static const struct row *subject_of(struct work *work, const struct cut *cut)
{
	static const struct {
		const char *record;
		int right;
	} about[CUT_KINDS] = {[CUT_ASSIGNMENT] = {"post", RIGHT_post_read},
		[CUT_SHIFT] = {"post", RIGHT_post_read},
		[CUT_LINK] = {"site", RIGHT_link_read},
		[CUT_NEED] = {"need", RIGHT_need_read},
		[CUT_FINDING] = {"finding", RIGHT_check_read}};
	bool itself = cut->what == CUT_NEED || cut->what == CUT_FINDING;
	const struct row *row = row_load(work, record_named(about[cut->what].record), itself ? cut->row : cut->at);
	return row && who_reaches(work->who, about[cut->what].right, row->path, row_site(row)) ? row : NULL;
}

static bool may_fill(struct work *work, const struct cut *cut, const struct row *about)
{
	static const int rights[CUT_KINDS] = {[CUT_ASSIGNMENT] = RIGHT_post_write,
		[CUT_SHIFT] = RIGHT_post_write,
		[CUT_LINK] = RIGHT_link_write,
		[CUT_NEED] = RIGHT_need_assign,
		[CUT_FINDING] = RIGHT_finding_recheck};
	return who_reaches(work->who, rights[cut->what], about->path, row_site(about));
}

static void put_substitute(struct work *work, struct json *json, const struct substitute *one)
{
	static const struct {
		int bit;
		const char *text;
	} words[] = {{SUBSTITUTE_UNIT, "same unit|同单位"}, {SUBSTITUTE_SKILL, "has the skill|特长相符"}, {SUBSTITUTE_NEAR, "near|就近"},
		{SUBSTITUTE_REST, "rested as the rules ask|符合休息规定"}, {SUBSTITUTE_LOAD, "carries nothing yet|目前无任务"}};
	const struct user *user = one->user ? (const struct user *)row_load(work, &user_record, one->id) : NULL;
	const char *name = user && !GIVEN(user, user, shown) ? user->name : NULL;
	json_open(json, '{');
	json_put_id(json, one->user ? "user" : "person", one->id);
	if (!name && user)
		name = FIELD_OF(user, shown)->kind->mask(work->arena, user->shown);
	json_put(json, "name", user ? name : shape_title(work, &person_record, one->id));
	json_put(json, "account", user ? user->name : NULL);
	json_put(json, "org", id_none(one->org) ? NULL : shape_title(work, record_named("org"), one->org));
	json_put_whole(json, "load", one->load);
	json_put(json, "look", one->limited ? work_text(work, PERSON_LOOK) : NULL);
	json_key(json, "why");
	json_open(json, '[');
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (one->why & words[i].bit)
			json_text(json, work_text(work, words[i].text));
	json_close(json, ']');
	json_close(json, '}');
}

static const char *name_of(struct work *work, const struct cut *cut, const struct row *about)
{
	bool finding = cut->what == CUT_FINDING;
	return shape_title(work, finding ? record_named("site") : about->record, finding ? cut->at : about->id);
}

static void put_span(struct json *json, const struct cut *cut)
{
	json_key(json, "begins");
	if (cut->what == CUT_SHIFT)
		json_stamp(json, cut->begins);
	else if (cut->what == CUT_NEED || cut->what == CUT_FINDING)
		json_null_out(json);
	else
		json_day(json, cut->begins);
	json_key(json, "ends");
	if (cut->what == CUT_SHIFT)
		json_stamp(json, cut->ends);
	else if (cut->ends == DAY_FAR)
		json_null_out(json);
	else
		json_day(json, cut->ends);
}

static void put_cut(struct work *work, struct json *json, const struct leave *leave, const struct cut *cut, const struct row *about)
{
	struct substitute best[SUBSTITUTES_MOST];
	int64_t from = leave->cut_on > work->today ? leave->cut_on : work->today;
	from = cut->what != CUT_SHIFT && cut->begins > from ? cut->begins : from;
	bool free = text_same(leave->state, "granted") && cut->state == CUT_OPEN && cut_free(work, leave, cut, from);
	bool may = free && may_fill(work, cut, about);
	size_t count = may ? substitutes_find(work, leave, cut, from, best) : 0;
	json_open(json, '{');
	json_put(json, "what", cut_names[cut->what]);
	json_put_id(json, "row", cut->row);
	json_put(json, "record", about->record->name);
	json_put_id(json, "at", about->id);
	json_put(json, "name", name_of(work, cut, about));
	put_span(json, cut);
	json_key(json, "from");
	json_day(json, from);
	json_put(json, "level", cut->level);
	json_put_flag(json, "lead", cut->lead);
	json_put(json, "state", cut_states[cut->state]);
	json_put_flag(json, "free", free);
	json_put(json, "why", cut->why);
	json_put_flag(json, "may", may);
	json_key(json, "substitutes");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		put_substitute(work, json, &best[i]);
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_substitutes(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	size_t shown = 0;
	if (call_row(call, &leave_record, RIGHT_person_read, &row) != OK)
		return work->status;
	const struct leave *leave = (const struct leave *)row;
	struct cuts cuts = cuts_read(work, leave);
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < cuts.count && shown < MOST_CUTS; i++) {
		const struct row *about = subject_of(work, &cuts.list[i]);
		if (!about)
			continue;
		put_cut(work, &call->out, leave, &cuts.list[i], about);
		shown++;
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}
