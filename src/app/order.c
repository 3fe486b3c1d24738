#include "app/order.h"

#include "app/area.h"
#include "app/bulletin.h"
#include "app/deadline.h"
#include "app/need_choices.h"
#include "app/org.h"
#include "app/person.h"
#include "app/site.h"
#include "base/clock.h"
#include "base/paper.h"
#include "record/shape.h"
#include "record/store.h"

enum { MOST_SHIFTS = 12, DAY_MINUTES = 24 * 60, MINUTE_MS = 60000 };

/* --- what it says */

/* The names of an area from its county down. */
static const char *area_words(struct work *work, struct id id)
{
	const char *words = NULL;
	for (;;) {
		const struct area *area = (const struct area *)row_load(work, &area_record, id);
		if (!area || (words && area->level < LEVEL_COUNTY))
			return words;
		words = words ? arena_print(work->arena, work->language == CHINESE ? "%s%s" : "%s %s", area->name, words) : area->name;
		if (!GIVEN(area, area, parent))
			return words;
		id = area->parent;
	}
}

static const char *joined(struct work *work, const char *one, const char *other)
{
	if (!one || !other)
		return one ? one : other;
	return arena_print(work->arena, "%s\n%s", one, other);
}

/* The firm and its address where the post is of one, and the area. */
static const char *place_of(struct work *work, const struct post *post)
{
	if (!GIVEN(post, post, site))
		return area_words(work, post->area);
	const struct site *site = (const struct site *)row_load(work, &site_record, post->site);
	if (!site)
		return NULL;
	const char *name = shape_pointed(work, &post->row, FIELD_OF(post, site));
	const char *address = name && GIVEN(site, site, address) ? site->address : NULL;
	return joined(work, name, joined(work, address, area_words(work, site->area)));
}

static void read_kind(struct work *work, const char *code, struct order *order)
{
	struct query *query = db_query(work->db, "SELECT label, duties FROM post_kinds WHERE code = ?", BIND(V(code)));
	if (!db_next(query))
		return;
	order->kind = work_text(work, db_copy(query, 0, work->arena));
	order->tasks = db_null(query, 1) ? NULL : work_text(work, db_copy(query, 1, work->arena));
	db_done(query);
}

/* "5 March 2020 08:00–16:00". */
static const char *shift_words(struct work *work, int64_t starts, int64_t ends)
{
	int from = (int)((starts / MINUTE_MS + work->store->zone) % DAY_MINUTES),
	    until = (int)((ends / MINUTE_MS + work->store->zone) % DAY_MINUTES);
	return arena_print(work->arena, "%s %02d:%02d–%02d:%02d", day_long(work, deadline_day(work, starts)), from / 60, from % 60,
		until / 60, until % 60);
}

static const char *shifts_of(struct work *work, const struct assignment *held)
{
	const char *words = NULL;
	struct query *query = db_query(work->db,
		"SELECT starts, ends FROM shifts WHERE post = ? AND person = ? AND voided_at IS NULL AND ends > ? ORDER BY starts LIMIT ?",
		BIND(V(held->post), V(held->person), V(work->now), V(MOST_SHIFTS)));
	while (db_next(query))
		words = joined(work, words, shift_words(work, db_whole(query, 0), db_whole(query, 1)));
	return words;
}

/* Whoever leads at the post on the first day, the assignment's own person first. */
static void read_leader(struct work *work, const struct assignment *held, struct order *order)
{
	struct id leader = {{0}};
	order->leads = held->lead;
	if (held->lead)
		return;
	struct query *query = db_query(work->db,
		"SELECT person FROM assignments WHERE post = ? AND lead = 1 AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) "
		"ORDER BY begins DESC, id LIMIT 1",
		BIND(V(held->post), V(held->begins), V(held->begins)));
	if (db_next(query)) {
		leader = db_id(query, 0);
		db_done(query);
	}
	const struct row *row = id_none(leader) ? NULL : row_load(work, &person_record, leader);
	if (!row)
		return;
	order->leader = shape_name(work, &person_record, leader);
	if (shape_reveals(work, row) && !row_null(row, FIELD_OF(person, phone)))
		order->phone = row_private(work, &person_record, leader, FIELD_OF(person, phone)).text;
}

struct order order_read(struct work *work, const struct assignment *held)
{
	const struct post *post = (const struct post *)row_load(work, &post_record, held->post);
	const struct person *person = (const struct person *)row_load(work, &person_record, held->person);
	struct order order = {.name = shape_name(work, &person_record, held->person),
		.duty = person && GIVEN(person, person, duty) ? person->duty : NULL,
		.post = post->title,
		.place = place_of(work, post),
		.begins = held->begins,
		.ends = GIVEN(held, assignment, ends) ? held->ends : DAY_FAR,
		.hours = GIVEN(post, post, hours) ? post->hours : NULL,
		.shifts = shifts_of(work, held)};
	if (GIVEN(held, assignment, org))
		order.unit = shape_title(work, &org_record, held->org);
	if (!order.shifts && GIVEN(post, post, slots))
		order.shifts = post->slots;
	read_kind(work, post->kind, &order);
	order.tasks = joined(work, order.tasks, GIVEN(post, post, note) ? post->note : NULL);
	read_leader(work, held, &order);
	return order;
}

struct order own_order(struct work *work, const struct assignment *held)
{
	const struct who *who = work->who;
	const char *reason = work->reason;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	work->who = &self;
	work->reason = NULL;
	struct order order = order_read(work, held);
	work->who = who;
	work->reason = reason;
	read_leader(work, held, &order);
	return order;
}

/* --- its paper */

static void write_order(struct work *work, struct paper *paper, const struct order *order)
{
	const char *who =
		order->unit ? arena_print(work->arena, work_text(work, "%s (%s)|%s（%s）"), order->name, order->unit) : order->name;
	const char *until = order->ends == DAY_FAR ? work_text(work, "Until further notice|另行通知为止") : day_long(work, order->ends);
	paper_text(paper, PAPER_TITLE, PAPER_LEFT, work_text(work, "Order to a post|派驻通知"));
	paper_gap(paper, 6);
	paper_text(paper, PAPER_LEAD, PAPER_LEFT, arena_print(work->arena, work_text(work, "%s:|%s："), who));
	paper_text(paper, PAPER_LEAD, PAPER_LEFT,
		work_text(work, "You are sent to the post below. Please be there in time.|现派您到下列岗位，请按时到岗。"));
	paper_gap(paper, 6);
	paper_fact(paper, work_text(work, "Post|岗位"),
		order->kind ? arena_print(work->arena, work_text(work, "%s (%s)|%s（%s）"), order->post, order->kind) : order->post);
	paper_fact(paper, work_text(work, "Place|地点"), order->place);
	paper_fact(paper, work_text(work, "From|到岗日期"), day_long(work, order->begins));
	paper_fact(paper, work_text(work, "Until|截止日期"), until);
	paper_fact(paper, work_text(work, "Hours|时间安排"), order->hours);
	paper_fact(paper, work_text(work, "Shifts|班次"), order->shifts);
	paper_fact(paper, work_text(work, "Duties|职责"), order->tasks);
	paper_fact(paper, work_text(work, "Leader|带队人"),
		order->leads            ? work_text(work, "You lead at this post|由您带队")
			: order->leader ? order->leader
					: work_text(work, "Not named yet|待定"));
	paper_fact(paper, work_text(work, "Call|联系电话"), order->phone);
	paper_gap(paper, 4);
	paper_sign(paper, work_text(work, "For the command: name, day|派出单位：签发人、日期"),
		work_text(work, "Received: name, day|签收：本人、日期"));
}

static void write_list(struct work *work, struct paper *paper, const struct order *orders, size_t count, const char *area, int64_t day)
{
	const struct paper_column columns[] = {
		{work_text(work, "Name|姓名"), 32, false},
		{work_text(work, "Unit|单位"), 48, false},
		{work_text(work, "Post|岗位"), 58, false},
		{work_text(work, "Received|签收"), 32, false},
	};
	paper_text(paper, PAPER_TITLE, PAPER_LEFT, work_text(work, "Orders to posts|派驻通知单"));
	paper_text(paper, PAPER_TEXT, PAPER_LEFT,
		arena_print(work->arena, work_text(work, "%s, from %s, %s people|%s，%s 到岗，共 %s 人"), area, day_long(work, day),
			number_print(work->arena, (int64_t)count)));
	paper_gap(paper, 4);
	paper_table(paper, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++) {
		const char *post = orders[i].leads ? arena_print(work->arena, work_text(work, "%s (leads)|%s（带队）"), orders[i].post)
						   : orders[i].post;
		paper_row(paper, (const char *const[]){orders[i].name, orders[i].unit, post, ""});
	}
}

const void *order_draw(struct work *work, const struct order *orders, size_t count, const char *area, int64_t day, size_t *size)
{
	struct paper *paper = paper_new(work->arena, work->language, work_text(work, "Orders to posts|派驻通知"), day);
	if (!paper)
		return NULL;
	paper_foot(paper, arena_print(work->arena, work_text(work, "Printed on %s|%s 打印"), day_long(work, work->today)));
	if (area)
		write_list(work, paper, orders, count, area, day);
	for (size_t i = 0; i < count; i++) {
		if (i || area)
			paper_next(paper);
		write_order(work, paper, &orders[i]);
	}
	return paper_end(paper, size);
}
