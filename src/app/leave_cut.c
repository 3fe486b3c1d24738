#include "app/leave_cut.h"

#include <string.h>

#include "app/finding.h"
#include "app/link.h"
#include "app/need.h"
#include "app/notice_box.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/shift.h"
#include "app/site.h"
#include "app/slots.h"
#include "app/user.h"
#include "base/clock.h"
#include "base/json.h"

const char *const cut_names[CUT_KINDS] = {"assignment", "shift", "link", "need", "finding"};
const char *const cut_states[CUT_STATES] = {"open", "handed", "back", "lost"};

/* One grant: whose things, since when, where they go. */
struct cutting {
	struct leave *leave;
	struct cuts cuts;
	struct id *users; /* the accounts of the person */
	size_t user_count;
};

/* --- kept as JSON */

static int find_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (text_same(names[i], name))
			return i;
	return -1;
}

static struct id read_id(const json_t *one, const char *key)
{
	struct id id = {{0}};
	const char *text = json_string_value(json_object_get(one, key));
	return text && id_parse(text, &id) ? id : (struct id){{0}};
}

struct cuts cuts_read(struct work *work, const struct leave *leave)
{
	struct cuts cuts = {0};
	const char *text = GIVEN(leave, leave, cut) ? leave->cut : "[]";
	json_t *list = json_read(work->arena, text, strlen(text), NULL);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		int what = find_name(cut_names, CUT_KINDS, json_string_value(json_object_get(one, "what"))),
		    state = find_name(cut_states, CUT_STATES, json_string_value(json_object_get(one, "state")));
		if (what < 0 || state < 0)
			continue;
		const json_t *ends = json_object_get(one, "ends");
		*ARENA_PUSH(work->arena, cuts.list, cuts.count, cuts.space) = (struct cut){.what = (enum cut_what)what,
			.state = (enum cut_state)state,
			.row = read_id(one, "row"),
			.at = read_id(one, "at"),
			.org = read_id(one, "org"),
			.user = read_id(one, "user"),
			.level = json_string_value(json_object_get(one, "level")),
			.lead = json_is_true(json_object_get(one, "lead")),
			.begins = json_integer_value(json_object_get(one, "begins")),
			.ends = json_is_integer(ends) ? json_integer_value(ends) : DAY_FAR,
			.places = json_integer_value(json_object_get(one, "places")),
			.why = json_string_value(json_object_get(one, "why"))};
	}
	return cuts;
}

static void put_id(struct json *json, const char *key, struct id id)
{
	if (!id_none(id))
		json_put_id(json, key, id);
}

const char *cuts_print(struct work *work, const struct cuts *cuts)
{
	struct json json = json_new(work->arena);
	json_open(&json, '[');
	for (size_t i = 0; i < cuts->count; i++) {
		const struct cut *cut = &cuts->list[i];
		json_open(&json, '{');
		json_put(&json, "what", cut_names[cut->what]);
		json_put(&json, "state", cut_states[cut->state]);
		json_put_id(&json, "row", cut->row);
		put_id(&json, "at", cut->at);
		put_id(&json, "org", cut->org);
		put_id(&json, "user", cut->user);
		if (cut->level)
			json_put(&json, "level", cut->level);
		if (cut->lead)
			json_put_flag(&json, "lead", true);
		json_put_whole(&json, "begins", cut->begins);
		if (cut->ends != DAY_FAR)
			json_put_whole(&json, "ends", cut->ends);
		if (cut->places)
			json_put_whole(&json, "places", cut->places);
		if (cut->why)
			json_put(&json, "why", cut->why);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	return buf_end(&json.buf);
}

/* --- shifts */

static void find_shifts(struct work *work, struct cutting *cutting)
{
	struct query *query = db_query(work->db,
		"SELECT id, post, starts, ends FROM shifts WHERE person = ? AND voided_at IS NULL AND state = 'planned' AND starts >= ? ORDER BY starts",
		BIND(V(cutting->leave->person), V(day_stamp(cutting->leave->cut_on, work->store->zone))));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->cuts.list, cutting->cuts.count, cutting->cuts.space) = (struct cut){.what = CUT_SHIFT,
			.row = db_id(query, 0),
			.at = db_id(query, 1),
			.begins = db_whole(query, 2),
			.ends = db_whole(query, 3)};
}

/* So many are wanted in these hours: what the post says of them, or those who stand there. */
static int64_t places_of(struct work *work, const struct cut *cut)
{
	enum { MINUTE_MS = 60000 };
	struct slot *slots;
	size_t count;
	int64_t there = cut_shifts_there(work, cut);
	const struct post *post = (const struct post *)row_load(work, &post_record, cut->at);
	int64_t midnight = day_stamp(stamp_day(cut->begins, work->store->zone), work->store->zone);
	if (!post || slots_read(work, "slots", post->slots, &slots, &count) != OK) {
		work_forgive(work);
		return there;
	}
	for (size_t i = 0; i < count; i++)
		if (midnight + slots[i].from * (int64_t)MINUTE_MS == cut->begins &&
			midnight + slots[i].until * (int64_t)MINUTE_MS == cut->ends && slots[i].people > there)
			there = slots[i].people;
	return there;
}

static enum status cut_shift(struct work *work, struct cut *cut)
{
	const struct row *old = row_load(work, &shift_record, cut->row);
	cut->places = places_of(work, cut);
	return row_void(work, old, old->version);
}

/* --- assignments */

static void find_assignments(struct work *work, struct cutting *cutting)
{
	struct query *query = db_query(work->db,
		"SELECT id, post, org, lead, begins, ends FROM assignments WHERE person = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) ORDER BY begins",
		BIND(V(cutting->leave->person), V(cutting->leave->cut_on)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->cuts.list, cutting->cuts.count, cutting->cuts.space) =
			(struct cut){.what = CUT_ASSIGNMENT,
				.row = db_id(query, 0),
				.at = db_id(query, 1),
				.org = db_id(query, 2),
				.lead = db_whole(query, 3) != 0,
				.begins = db_whole(query, 4),
				.ends = db_null(query, 5) ? DAY_FAR : db_whole(query, 5)};
}

static enum status cut_assignment(struct work *work, const struct leave *leave, const struct cut *cut)
{
	const struct row *old = row_load(work, &assignment_record, cut->row);
	/* one that had not begun is taken out */
	if (cut->begins >= leave->cut_on)
		return row_void(work, old, old->version);
	struct assignment *assignment = (struct assignment *)row_copy(work->arena, old);
	SET(assignment, assignment, ends, V(leave->cut_on - 1));
	SET(assignment, assignment, reason, V(work->reason));
	return row_change(work, old, &assignment->row, old->version, RIGHT_post_write);
}

/* --- links */

static void find_links(struct work *work, struct cutting *cutting, const char *holder, struct id id)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT id, site, user, level, begins, ends FROM links WHERE %s = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) ORDER BY begins",
			holder),
		BIND(V(id), V(cutting->leave->cut_on)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->cuts.list, cutting->cuts.count, cutting->cuts.space) = (struct cut){.what = CUT_LINK,
			.state = GIVEN(cutting->leave, leave, successor) ? CUT_HANDED : CUT_OPEN,
			.row = db_id(query, 0),
			.at = db_id(query, 1),
			.user = db_id(query, 2),
			.level = db_copy(query, 3, work->arena),
			.begins = db_whole(query, 4),
			.ends = db_null(query, 5) ? DAY_FAR : db_whole(query, 5)};
}

static enum status cut_links(struct work *work, const struct leave *leave, enum link_holder holder, struct id id)
{
	struct link_change change = {.from_holder = holder,
		.from = id,
		.to_holder = LINK_USER,
		.to = leave->successor,
		.day = leave->cut_on,
		.reason = work->reason,
		.all = true};
	return link_hand_over(work, &change);
}

/* --- what is followed, and found */

static void find_led(struct work *work, struct cutting *cutting, struct id user)
{
	struct query *query = db_query(work->db,
		"SELECT id, site FROM needs WHERE heard_by = ? AND state <> 'confirmed' AND voided_at IS NULL ORDER BY id", BIND(V(user)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->cuts.list, cutting->cuts.count, cutting->cuts.space) =
			(struct cut){.what = CUT_NEED, .row = db_id(query, 0), .at = db_id(query, 1), .user = user, .ends = DAY_FAR};
	query = db_query(work->db,
		"SELECT id, site FROM findings WHERE state <> 'closed' AND voided_at IS NULL AND (follower = ? OR (follower IS NULL AND visit IN (SELECT id FROM checks WHERE made_by = ? AND voided_at IS NULL))) ORDER BY id",
		BIND(V(user), V(user)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->cuts.list, cutting->cuts.count, cutting->cuts.space) =
			(struct cut){.what = CUT_FINDING, .row = db_id(query, 0), .at = db_id(query, 1), .user = user, .ends = DAY_FAR};
}

/* --- who is told */

static void tell_site(struct work *work, const struct leave *leave, const struct cut *cut)
{
	struct notice_to to = {0};
	const struct row *site = row_load(work, &site_record, cut->at);
	if (!site || link_live(work, LINK_SITE, site->id, leave->cut_on))
		return;
	notice_to_above(work, &to, site, settings_value(work, "link_gap_roles"));
	notice_write(work, &to, site, leave->cut_on > work->today ? "site_gap_soon" : "site_gap", ((const struct site *)site)->name);
}

static void tell_post(struct work *work, const struct cut *cut)
{
	struct notice_to to = {0};
	const struct row *post = row_load(work, &post_record, cut->at);
	if (!post)
		return;
	notice_to_above(work, &to, post, "officer,command");
	notice_write(work, &to, post, "post_gap", ((const struct post *)post)->title);
}

/* Both sides: whoever is away, and those who hand it on. */
static void tell_led(struct work *work, struct cut *cut)
{
	struct notice_to to = {0};
	bool need = cut->what == CUT_NEED;
	const struct row *row = row_load(work, need ? &need_record : &finding_record, cut->row);
	const struct site *site = need ? NULL : (const struct site *)row_load(work, &site_record, cut->at);
	/* who it was handed to, and who hands it on, know already */
	if (!row || cut->state == CUT_HANDED)
		return;
	if (need && GIVEN((const struct need *)row, need, heard_next))
		cut->state = CUT_HANDED;
	notice_to_user(work, &to, cut->user);
	notice_to_above(work, &to, row, need ? "officer" : "officer,command");
	notice_write(work, &to, row, need ? "need_away" : "finding_away",
		need           ? ((const struct need *)row)->number
			: site ? site->name
			       : "");
}

static void tell_all(struct work *work, struct cutting *cutting)
{
	for (size_t i = 0; i < cutting->cuts.count; i++) {
		struct cut *cut = &cutting->cuts.list[i];
		switch (cut->what) {
		case CUT_ASSIGNMENT: tell_post(work, cut); break;
		case CUT_LINK: tell_site(work, cutting->leave, cut); break;
		case CUT_NEED:
		case CUT_FINDING: tell_led(work, cut); break;
		default: break;
		}
	}
}

/* --- the step */

static enum status check_successor(struct work *work, const struct leave *leave)
{
	const struct user *user = (const struct user *)row_load(work, &user_record, leave->successor);
	int64_t last = GIVEN(leave, leave, ends) ? leave->ends : DAY_FAR;
	if (!user || user->row.voided_at || !who_reaches(work->who, RIGHT_user_read, user->row.path, (struct id){{0}}))
		return fail(work, BAD_FIELD, "successor", "names nothing that is there|所指不存在");
	if (user->closed)
		return fail(work, BAD_FIELD, "successor", "is deactivated|该用户已停用");
	if (GIVEN(user, user, person) && id_same(user->person, leave->person))
		return fail(work, BAD_FIELD, "successor", "is who goes on leave|不能是请假人本人");
	if (leave_holds_user(work, user->row.id, leave->cut_on, last))
		return fail(work, BAD_FIELD, "successor", "is on leave on some of these days|在此期间请假");
	return OK;
}

/* What was found goes on with the successor, where there is one who may see it. */
static void hand_findings(struct work *work, struct cutting *cutting)
{
	bool handed;
	for (size_t i = 0; i < cutting->cuts.count && GIVEN(cutting->leave, leave, successor) && work->status == OK; i++) {
		struct cut *cut = &cutting->cuts.list[i];
		if (cut->what == CUT_FINDING && finding_hand(work, cut->row, cutting->leave->successor, &handed) == OK && handed)
			cut->state = CUT_HANDED;
	}
}

static enum status cut_all(struct work *work, struct cutting *cutting)
{
	struct leave *leave = cutting->leave;
	find_assignments(work, cutting);
	find_shifts(work, cutting);
	find_links(work, cutting, "person", leave->person);
	for (size_t i = 0; i < cutting->user_count; i++) {
		find_links(work, cutting, "user", cutting->users[i]);
		find_led(work, cutting, cutting->users[i]);
	}
	/* shifts first: those of an assignment that ends would go with it, and nobody would know how many stood there */
	for (size_t i = 0; i < cutting->cuts.count && work->status == OK; i++)
		if (cutting->cuts.list[i].what == CUT_SHIFT)
			cut_shift(work, &cutting->cuts.list[i]);
	for (size_t i = 0; i < cutting->cuts.count && work->status == OK; i++)
		if (cutting->cuts.list[i].what == CUT_ASSIGNMENT)
			cut_assignment(work, leave, &cutting->cuts.list[i]);
	if (work->status == OK)
		cut_links(work, leave, LINK_PERSON, leave->person);
	for (size_t i = 0; i < cutting->user_count && work->status == OK; i++)
		if (cut_links(work, leave, LINK_USER, cutting->users[i]) == OK)
			need_pass_on(work, cutting->users[i], leave->successor);
	hand_findings(work, cutting);
	if (work->status == OK)
		tell_all(work, cutting);
	return work->status;
}

static void find_users(struct work *work, struct cutting *cutting)
{
	size_t space = 0;
	struct query *query = db_query(work->db, "SELECT id FROM users WHERE person = ? AND voided_at IS NULL AND coalesce(closed, 0) = 0",
		BIND(V(cutting->leave->person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, cutting->users, cutting->user_count, space) = db_id(query, 0);
}

/* Whoever is away is away everywhere: what the person holds is cut for the whole tree, as where an account is closed. */
enum status leave_grant(struct work *work, const struct row *old, struct row *row)
{
	struct leave *leave = (struct leave *)row;
	struct cutting cutting = {.leave = leave};
	(void)old;
	const struct who *who = work->who;
	const char *said = work->reason;
	struct id deed = work->deed;
	SET(leave, leave, cut_on, V(leave->begins > work->today ? leave->begins : work->today));
	SET(leave, leave, decided_at, V(work->now));
	SET(leave, leave, decided_by, V(who->name));
	if (GIVEN(leave, leave, ends) && leave->ends < work->today)
		return fail(work, BAD_STATE, NULL, "It is over already|请假期已过");
	if (GIVEN(leave, leave, successor) && check_successor(work, leave) != OK)
		return work->status;
	struct who all = {.id = who->id, .name = who->name, .all = true};
	find_users(work, &cutting);
	work->who = &all;
	work->reason = work_text(work, "on leave|请假");
	work->deed = (struct id){{0}}; /* it names the step, not what is cut before it */
	cut_all(work, &cutting);
	work->who = who;
	work->reason = said;
	work->deed = deed;
	SET(leave, leave, cut, V(cuts_print(work, &cutting.cuts)));
	return work->status;
}
