/* Subsidies worked out from assignments and shifts. */
#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/deadline.h"
#include "app/need_choices.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/subsidy.h"
#include "base/clock.h"
#include "record/rows.h"

/* --- days of a month as bits and as text: "1, 3-5" */

static const char *days_print(struct arena *arena, uint32_t days)
{
	struct buf buf = {.arena = arena};
	for (int i = 0; i < 31; i++) {
		int from = i;
		if (!(days >> i & 1))
			continue;
		while (i < 30 && days >> (i + 1) & 1)
			i++;
		buf_print(&buf, from < i ? "%s%d-%d" : "%s%d", buf.size ? ", " : "", from + 1, i + 1);
	}
	return buf_end(&buf);
}

static uint32_t days_read(const char *text)
{
	uint32_t days = 0;
	for (char *at = (char *)text; at && *at; at += *at == ',') {
		long from = strtol(at, &at, 10), until = *at == '-' ? strtol(at + 1, &at, 10) : from;
		for (long day = from; day >= 1 && day <= until && day <= 31; day++)
			days |= UINT32_C(1) << (day - 1);
	}
	return days;
}

static int64_t days_count(uint32_t days)
{
	return __builtin_popcount(days);
}

/* --- who served where on which days */

struct place {
	struct id id;
	const char *kind;
	int64_t rate, rostered; /* the day of its first shift */
};

struct served {
	struct id person, org;
	const struct place *post;
	uint32_t days;
};

struct kind_rate {
	const char *kind;
	int64_t rate;
};

struct computing {
	struct work *work;
	const char *path, *month;
	int64_t first, last; /* of the days that count */
	struct place *posts;
	size_t post_count;
	struct kind_rate *rates;
	size_t rate_count, rate_space;
	struct served *list;
	size_t count, space;
	struct subsidy **known; /* those of the area and month that live, by person */
	size_t known_count;
	struct subsidy_sums *sums;
};

static struct sql below(const struct computing *computing, const char *text, const struct value *values, size_t count)
{
	struct sql sql = sql_new(computing->work->arena);
	sql_add(&sql, text, values, count);
	path_where(&sql, computing->path);
	return sql;
}

static int compare_posts(const void *one, const void *other)
{
	return memcmp(&((const struct place *)one)->id, &((const struct place *)other)->id, sizeof(struct id));
}

static struct place *find_post(const struct computing *computing, struct id id)
{
	struct place key = {.id = id};
	return bsearch(&key, computing->posts, computing->post_count, sizeof key, compare_posts);
}

/* Posts are many and their kinds few: each kind is asked for once. */
static int64_t rate_of(struct computing *computing, const char *kind)
{
	struct work *work = computing->work;
	for (size_t i = 0; i < computing->rate_count; i++)
		if (text_same(computing->rates[i].kind, kind))
			return computing->rates[i].rate;
	const struct post_kind *found = post_kind_find(work, kind);
	int64_t rate = found && GIVEN(found, post_kind, rate) ? found->rate : settings_number(work, "subsidy_day");
	*ARENA_PUSH(work->arena, computing->rates, computing->rate_count, computing->rate_space) = (struct kind_rate){kind, rate};
	return rate;
}

static void read_posts(struct computing *computing)
{
	struct work *work = computing->work;
	struct sql sql = below(computing, "SELECT id, kind FROM posts WHERE voided_at IS NULL", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	size_t space = 0;
	while (db_next(query))
		*ARENA_PUSH(work->arena, computing->posts, computing->post_count, space) =
			(struct place){.id = db_id(query, 0), .kind = db_copy(query, 1, work->arena), .rostered = DAY_FAR};
	for (size_t i = 0; i < computing->post_count; i++)
		computing->posts[i].rate = rate_of(computing, computing->posts[i].kind);
	if (computing->post_count)
		qsort(computing->posts, computing->post_count, sizeof *computing->posts, compare_posts);
}

static void read_rosters(struct computing *computing)
{
	struct sql sql = below(computing, "SELECT post, min(starts) FROM shifts WHERE voided_at IS NULL", NOTHING);
	sql_add(&sql, " GROUP BY post", NOTHING);
	struct query *query = sql_query(computing->work->db, &sql);
	while (db_next(query)) {
		struct place *post = find_post(computing, db_id(query, 0));
		if (post)
			post->rostered = deadline_day(computing->work, db_whole(query, 1));
	}
}

static void add_days(struct computing *computing, struct id person, struct id post, struct id org, int64_t from, int64_t until)
{
	const struct place *at = find_post(computing, post);
	uint32_t days = 0;
	from = from < computing->first ? computing->first : from;
	until = until > computing->last ? computing->last : until;
	for (int64_t day = from; day <= until; day++)
		days |= UINT32_C(1) << (day - computing->first);
	if (at && days)
		*ARENA_PUSH(computing->work->arena, computing->list, computing->count, computing->space) =
			(struct served){.person = person, .org = org, .post = at, .days = days};
}

static void read_assignments(struct computing *computing)
{
	struct sql sql = below(computing,
		"SELECT person, post, begins, ends, org FROM assignments WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(computing->last), V(computing->first)));
	sql_add(&sql, " LIMIT ?", BIND(V((int64_t)SUBSIDY_MOST + 1)));
	struct query *query = sql_query(computing->work->db, &sql);
	size_t count = 0;
	while (db_next(query)) {
		const struct place *post = find_post(computing, db_id(query, 1));
		int64_t ends = db_null(query, 3) ? DAY_FAR : db_whole(query, 3);
		count++;
		if (post)
			add_days(computing, db_id(query, 0), post->id, db_null(query, 4) ? (struct id){{0}} : db_id(query, 4),
				db_whole(query, 2), ends < post->rostered ? ends : post->rostered - 1);
	}
	if (count > SUBSIDY_MOST)
		fail(computing->work, TOO_LARGE, "area",
			"has more than %d assignments in the month: choose smaller ones|当月派驻超过 %d 条，请按下级区划分别核算",
			SUBSIDY_MOST);
}

static void read_shifts(struct computing *computing)
{
	int zone = computing->work->store->zone;
	struct sql sql = below(computing,
		"SELECT person, post, starts FROM shifts WHERE voided_at IS NULL AND came IS NOT NULL AND starts >= ? AND starts < ?",
		BIND(V(day_stamp(computing->first, zone)), V(day_stamp(computing->last + 1, zone))));
	struct query *query = sql_query(computing->work->db, &sql);
	while (db_next(query)) {
		int64_t day = deadline_day(computing->work, db_whole(query, 2));
		add_days(computing, db_id(query, 0), db_id(query, 1), (struct id){{0}}, day, day);
	}
}

/* By person; of each the dearest post first, so that it has the day that two posts share. */
static int compare_served(const void *one, const void *other)
{
	const struct served *a = one, *b = other;
	int order = memcmp(&a->person, &b->person, sizeof a->person);
	if (!order && a->post->rate != b->post->rate)
		order = a->post->rate > b->post->rate ? -1 : 1;
	return order ? order : compare_posts(a->post, b->post);
}

static bool same_place(const struct served *one, const struct served *other)
{
	return id_same(one->person, other->person) && one->post == other->post;
}

/* One line for each person and post. */
static void merge(struct computing *computing)
{
	size_t count = 0;
	if (computing->count)
		qsort(computing->list, computing->count, sizeof *computing->list, compare_served);
	for (size_t i = 0; i < computing->count; i++) {
		struct served *last = count ? &computing->list[count - 1] : NULL;
		if (!last || !same_place(last, &computing->list[i])) {
			computing->list[count++] = computing->list[i];
			continue;
		}
		last->days |= computing->list[i].days;
		last->org = id_none(last->org) ? computing->list[i].org : last->org;
	}
	computing->count = count;
}

/* --- what stands already */

static int compare_known(const void *one, const void *other)
{
	const struct subsidy *a = *(struct subsidy *const *)one, *b = *(struct subsidy *const *)other;
	return memcmp(&a->person, &b->person, sizeof a->person);
}

static void read_known(struct computing *computing)
{
	struct work *work = computing->work;
	size_t space = 0;
	struct sql sql = below(computing,
		arena_print(work->arena, "SELECT %s FROM subsidies WHERE voided_at IS NULL AND month = ?",
			row_columns(work->arena, &subsidy_record)),
		BIND(V(computing->month)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, computing->known, computing->known_count, space) =
			(struct subsidy *)row_read(work, &subsidy_record, query);
	if (computing->known_count)
		qsort(computing->known, computing->known_count, sizeof *computing->known, compare_known);
}

/* Days that rows of posts elsewhere count for somebody who serves here: one row each, as though it were decided. */
static struct served *read_elsewhere(struct computing *computing, size_t *count)
{
	struct work *work = computing->work;
	struct served *list = NULL;
	size_t space = 0;
	*count = 0;
	if (!*computing->path)
		return NULL;
	struct sql sql = sql_new(work->arena), inner = sql_new(work->arena);
	path_where(&inner, computing->path);
	sql_add(&sql,
		"SELECT person, served, path FROM subsidies WHERE voided_at IS NULL AND month = ? AND person IN (SELECT person FROM assignments WHERE id IS NOT NULL",
		BIND(V(computing->month)));
	sql_add(&sql, inner.text.text, inner.values, inner.count);
	sql_add(&sql, ") ORDER BY person", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		if (!path_inside(db_text(query, 2), computing->path))
			*ARENA_PUSH(work->arena, list, *count, space) =
				(struct served){.person = db_id(query, 0), .days = days_read(db_text(query, 1))};
	return list;
}

/* --- what is written */

static void fill(struct subsidy *subsidy, const struct served *served, struct arena *arena)
{
	int64_t days = days_count(served->days), rate = served->post->rate;
	SET(subsidy, subsidy, day_count, V(days));
	SET(subsidy, subsidy, served, V(days_print(arena, served->days)));
	SET(subsidy, subsidy, rate, V(rate));
	SET(subsidy, subsidy, amount, V(days * rate));
}

static enum status make(struct computing *computing, const struct served *served)
{
	struct work *work = computing->work;
	struct subsidy *subsidy = (struct subsidy *)row_new(work->arena, &subsidy_record);
	struct row *row = &subsidy->row;
	SET(subsidy, subsidy, person, V(served->person));
	SET(subsidy, subsidy, post, V(served->post->id));
	if (!id_none(served->org))
		SET(subsidy, subsidy, org, V(served->org));
	SET(subsidy, subsidy, month, V(computing->month));
	SET(subsidy, subsidy, state, V("proposed"));
	row->since = computing->first;
	fill(subsidy, served, work->arena);
	work->deed = (struct id){{0}};
	computing->sums->made++;
	return row_insert(work, &row, NULL);
}

static enum status put(struct computing *computing, const struct served *served, struct subsidy *old)
{
	if (!old)
		return make(computing, served);
	if (days_read(old->served) == served->days && old->rate == served->post->rate) {
		computing->sums->kept++;
		return OK;
	}
	struct subsidy *subsidy = (struct subsidy *)row_copy(computing->work->arena, &old->row);
	fill(subsidy, served, computing->work->arena);
	computing->sums->changed++;
	return row_change(computing->work, &old->row, &subsidy->row, old->row.version, RIGHT_care_write);
}

static enum status drop(struct computing *computing, struct subsidy *old)
{
	computing->sums->dropped++;
	return row_void(computing->work, &old->row, old->row.version);
}

static bool proposed(const struct subsidy *subsidy)
{
	return text_same(subsidy->state, "proposed");
}

/* One person: `list` their posts, dearest first; `known` what stands; `taken` the days that count elsewhere. */
static enum status put_person(
	struct computing *computing, struct served *list, size_t count, struct subsidy **known, size_t known_count, uint32_t taken)
{
	bool *seen = arena_alloc(computing->work->arena, known_count + 1);
	int64_t days = 0;
	for (size_t i = 0; i < known_count; i++)
		if (!proposed(known[i]))
			taken |= days_read(known[i]->served);
	for (size_t i = 0; i < count && computing->work->status == OK; i++) {
		struct subsidy *old = NULL;
		list[i].days &= ~taken;
		if (!list[i].days || !list[i].post->rate)
			continue;
		for (size_t j = 0; j < known_count && !old; j++)
			if (!seen[j] && proposed(known[j]) && id_same(known[j]->post, list[i].post->id)) {
				seen[j] = true;
				old = known[j];
			}
		taken |= list[i].days;
		days += days_count(list[i].days);
		computing->sums->fen += days_count(list[i].days) * list[i].post->rate;
		put(computing, &list[i], old);
	}
	for (size_t i = 0; i < known_count && computing->work->status == OK; i++)
		if (proposed(known[i]) && !seen[i])
			drop(computing, known[i]);
	computing->sums->people += days > 0;
	computing->sums->days += days;
	return computing->work->status;
}

static enum status put_all(struct computing *computing)
{
	size_t elsewhere_count, at = 0, known = 0, other_place = 0;
	struct served *elsewhere = read_elsewhere(computing, &elsewhere_count);
	while ((at < computing->count || known < computing->known_count) && computing->work->status == OK) {
		/* all lists stand in the order of people: the next one of either */
		const struct id *one = at < computing->count ? &computing->list[at].person : NULL;
		const struct id *other = known < computing->known_count ? &computing->known[known]->person : NULL;
		struct id person = one && (!other || memcmp(one, other, sizeof *one) <= 0) ? *one : *other;
		size_t count = 0, known_count = 0;
		uint32_t taken = 0;
		while (at + count < computing->count && id_same(computing->list[at + count].person, person))
			count++;
		while (known + known_count < computing->known_count && id_same(computing->known[known + known_count]->person, person))
			known_count++;
		while (other_place < elsewhere_count && memcmp(&elsewhere[other_place].person, &person, sizeof person) < 0)
			other_place++;
		for (; other_place < elsewhere_count && id_same(elsewhere[other_place].person, person); other_place++)
			taken |= elsewhere[other_place].days;
		put_person(computing, computing->list + at, count, computing->known + known, known_count, taken);
		at += count;
		known += known_count;
	}
	return computing->work->status;
}

static bool any_rate(const struct computing *computing)
{
	for (size_t i = 0; i < computing->post_count; i++)
		if (computing->posts[i].rate)
			return true;
	return !computing->post_count;
}

enum status subsidy_compute(struct work *work, const struct area *area, const char *month, struct subsidy_sums *sums)
{
	struct computing computing = {.work = work, .path = area->row.path, .month = month, .sums = sums};
	const struct who *who = work->who;
	/* who serves here may live elsewhere, out of reach of whoever computes */
	struct who all = {.id = who->id, .name = who->name, .all = true};
	*sums = (struct subsidy_sums){0};
	if (!subsidy_month(month, &computing.first, &computing.last))
		return fail(work, BAD_FIELD, "month", "must be a month such as 2020-02|须为月份，如 2020-02");
	if (computing.first >= work->today)
		return fail(work, BAD_FIELD, "month", "has no day that is over|该月尚无已结束的日期");
	computing.last = computing.last < work->today ? computing.last : work->today - 1;
	work->who = &all;
	read_posts(&computing);
	if (!any_rate(&computing))
		fail(work, BAD_STATE, NULL,
			"No rate is set: it stands in the settings (subsidy_day) or with the kinds of posts|尚未设定补助标准，请在参数 subsidy_day 或岗位类型中设定");
	if (work->status == OK) {
		read_rosters(&computing);
		read_assignments(&computing);
	}
	if (work->status == OK) {
		read_shifts(&computing);
		merge(&computing);
		read_known(&computing);
		put_all(&computing);
	}
	work->who = who;
	return work->status;
}
