#include "app/certificate.h"

#include <sodium.h>
#include <string.h>

#include "app/area.h"
#include "app/deadline.h"
#include "app/org.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/shift.h"
#include "app/user.h"
#include "app/number.h"
#include "base/clock.h"
#include "record/rows.h"
#include "record/shape.h"

static enum status certificate_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/certificate.def"
#define HOOKS .check = certificate_check,
#include "record/table.h"

enum { CODE = 10 };

static const struct certificate *self(const struct row *row)
{
	return (const struct certificate *)row;
}

/* --- what somebody did */

struct stood {
	struct id post;
	int64_t day, hours;
	bool done;
};

/* The shifts of a person that have begun, in the order of their days. */
static struct stood *read_stood(struct work *work, struct id person, size_t *count)
{
	size_t space = 0;
	struct stood *list = NULL;
	*count = 0;
	struct query *query = db_query(work->db,
		"SELECT post, starts, came, gone FROM shifts WHERE person = ? AND voided_at IS NULL AND starts <= ? ORDER BY starts, id",
		BIND(V(person), V(work->now)));
	while (db_next(query)) {
		bool done = !db_null(query, 2) && !db_null(query, 3);
		*ARENA_PUSH(work->arena, list, *count, space) = (struct stood){.post = db_id(query, 0),
			.day = deadline_day(work, db_whole(query, 1)),
			.done = done,
			.hours = done ? shift_hours(db_whole(query, 2), db_whole(query, 3)) : 0};
	}
	return list;
}

static void read_held(struct work *work, struct id person, struct served *served)
{
	size_t space = 0;
	struct id nowhere = {{0}};
	struct query *query = db_query(work->db,
		"SELECT a.post, p.title, a.begins, a.ends, a.path FROM assignments a JOIN posts p ON p.id = a.post AND p.home = a.home WHERE a.person = ? AND "
		"a.voided_at IS NULL AND a.begins <= ? ORDER BY a.begins, a.id",
		BIND(V(person), V(work->today)));
	while (db_next(query)) {
		/* what one does not reach one vouches for no more than one sees it */
		if (!work->who->all && !who_reaches(work->who, RIGHT_person_read, db_text(query, 4), nowhere))
			continue;
		int64_t ends = db_null(query, 3) || db_whole(query, 3) > work->today ? work->today : db_whole(query, 3);
		*ARENA_PUSH(work->arena, served->list, served->count, space) = (struct service){
			.post = db_id(query, 0), .title = db_copy(query, 1, work->arena), .begins = db_whole(query, 2), .ends = ends};
	}
}

/* Counts one post, and marks its days in `seen`, which begins at served->first_day. */
static void count_one(const struct stood *stood, size_t stood_count, struct served *served, struct service *one, bool *seen)
{
	bool any = false;
	int64_t last = INT64_MIN;
	for (size_t i = 0; i < stood_count; i++) {
		if (!id_same(stood[i].post, one->post) || stood[i].day < one->begins || stood[i].day > one->ends)
			continue;
		any = true;
		if (!stood[i].done)
			continue;
		one->hours += stood[i].hours;
		one->days += stood[i].day != last;
		last = stood[i].day;
		seen[last - served->first_day] = true;
	}
	if (any)
		return;
	one->days = one->ends - one->begins + 1;
	memset(seen + (one->begins - served->first_day), true, (size_t)one->days);
}

struct served certificate_served(struct work *work, struct id person)
{
	size_t stood_count, kept = 0;
	struct served served = {0};
	struct stood *stood = read_stood(work, person, &stood_count);
	read_held(work, person, &served);
	if (!served.count)
		return served;
	/* they come in the order of their first days */
	served.first_day = served.list[0].begins;
	size_t span = (size_t)(work->today - served.first_day + 1);
	bool *seen = arena_alloc(work->arena, span * sizeof *seen);
	for (size_t i = 0; i < served.count; i++) {
		count_one(stood, stood_count, &served, &served.list[i], seen);
		served.hours += served.list[i].hours;
		/* whoever was awaited and never came has not served there */
		if (served.list[i].days)
			served.list[kept++] = served.list[i];
	}
	for (size_t i = 0; i < span; i++)
		served.days += seen[i];
	served.count = kept;
	if (kept)
		served.first_day = served.list[0].begins;
	return served;
}

/* --- issuing one */

/* ZM-2020-000123: counted by incident and year. */
static const char *next_number(struct work *work)
{
	int year;
	int64_t number = number_next(work, "certificate", work->today, &year);
	return arena_print(work->arena, "%s-%d-%06lld", settings_value(work, "certificate_prefix"), year, (long long)number);
}

/* 48 bits: no luck finds one. F, K and L share a piece in the font that Cairo then fails to take apart: the paper would be 15 times as large. */
static const char *new_code(struct arena *arena)
{
	return code_new(arena, "23456789ABCDEGHJMNPQRSTUVWXYZ", CODE);
}

static const char *print_lines(struct work *work, const struct served *served)
{
	struct json json = json_new(work->arena);
	json_open(&json, '[');
	for (size_t i = 0; i < served->count; i++) {
		const struct service *one = &served->list[i];
		json_open(&json, '{');
		json_put_id(&json, "post", one->post);
		json_put(&json, "title", one->title);
		json_put_whole(&json, "begins", one->begins);
		json_put_whole(&json, "ends", one->ends);
		json_put_whole(&json, "days", one->days);
		json_put_whole(&json, "hours", one->hours);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	return buf_end(&json.buf);
}

/* The body of whoever issues it, else their area. */
static const char *issuer(struct work *work)
{
	const struct user *user = work->who->all ? NULL : (const struct user *)row_load(work, &user_record, work->who->id);
	if (!user)
		return NULL;
	return GIVEN(user, user, org) ? shape_title(work, &org_record, user->org) : shape_title(work, &area_record, user->area);
}

static const char *unit_of(struct work *work, struct id id)
{
	const struct person *person = (const struct person *)row_load(work, &person_record, id);
	return person && GIVEN(person, person, org) ? shape_title(work, &org_record, person->org) : NULL;
}

static enum status certificate_check(struct work *work, const struct row *old, struct row *row)
{
	struct certificate *one = (struct certificate *)row;
	if (old)
		return OK;
	struct served served = certificate_served(work, one->person);
	if (!served.count)
		return fail(work, BAD_FIELD, "person", "has served at no post yet|尚无在岗服务记录");
	const char *unit = unit_of(work, one->person), *body = issuer(work);
	SET(one, certificate, number, V(next_number(work)));
	SET(one, certificate, code, V(new_code(work->arena)));
	SET(one, certificate, day, V(work->today));
	SET(one, certificate, first_day, V(served.first_day));
	SET(one, certificate, served_days, V(served.days));
	SET(one, certificate, served_hours, V(served.hours));
	SET(one, certificate, lines, V(print_lines(work, &served)));
	if (unit)
		SET(one, certificate, unit, V(unit));
	if (body)
		SET(one, certificate, issuer, V(body));
	if (!work->who->all)
		SET(one, certificate, issued_by, V(work->who->id));
	return OK;
}

/* --- finding one */

struct service *certificate_lines(struct work *work, const struct certificate *certificate, size_t *count)
{
	const json_t *lines = json_read(work->arena, certificate->lines, strlen(certificate->lines), NULL);
	*count = json_array_size(lines);
	struct service *list = arena_alloc(work->arena, (*count + 1) * sizeof *list);
	for (size_t i = 0; i < *count; i++) {
		const json_t *line = json_array_get(lines, i);
		id_parse(json_string_value(json_object_get(line, "post")), &list[i].post);
		list[i].title = json_string_value(json_object_get(line, "title"));
		list[i].begins = json_integer_value(json_object_get(line, "begins"));
		list[i].ends = json_integer_value(json_object_get(line, "ends"));
		list[i].days = json_integer_value(json_object_get(line, "days"));
		list[i].hours = json_integer_value(json_object_get(line, "hours"));
	}
	return list;
}

static bool lines_same(struct work *work, const struct certificate *certificate, const struct served *served)
{
	size_t count;
	if (!text_same(certificate->unit, unit_of(work, certificate->person)))
		return false;
	const struct service *list = certificate_lines(work, certificate, &count);
	bool same = count == served->count && certificate->served_hours == served->hours && certificate->served_days == served->days;
	for (size_t i = 0; same && i < count; i++) {
		const struct service *one = &list[i], *other = &served->list[i];
		same = id_same(one->post, other->post) && text_same(one->title, other->title) && one->begins == other->begins &&
			one->ends == other->ends && one->days == other->days && one->hours == other->hours;
	}
	return same;
}

static bool lines_reached(struct work *work, const struct certificate *certificate)
{
	size_t count;
	struct id nowhere = {{0}};
	const struct service *list = certificate_lines(work, certificate, &count);
	for (size_t i = 0; i < count; i++) {
		const struct row *post = row_load(work, &post_record, list[i].post);
		if (!post || !who_reaches(work->who, RIGHT_person_read, post->path, nowhere))
			return false;
	}
	return true;
}

const struct certificate *certificate_find(struct work *work, struct id person, bool stale)
{
	struct served served = stale ? (struct served){0} : certificate_served(work, person);
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM certificates WHERE person = ? AND voided_at IS NULL ORDER BY id DESC LIMIT 50",
			row_columns(work->arena, &certificate_record)),
		BIND(V(person)));
	const struct certificate **list = NULL;
	size_t count = 0, space = 0;
	while (db_next(query))
		*ARENA_PUSH(work->arena, list, count, space) = self(row_read(work, &certificate_record, query));
	for (size_t i = 0; i < count; i++)
		if (stale ? lines_reached(work, list[i]) : lines_same(work, list[i], &served))
			return list[i];
	return NULL;
}

const struct certificate *certificate_numbered(struct work *work, struct id person, const char *number)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM certificates WHERE number = ? AND person = ? AND voided_at IS NULL",
			row_columns(work->arena, &certificate_record)),
		BIND(V(number), V(person)));
	if (!db_next(query))
		return NULL;
	const struct certificate *one = self(row_read(work, &certificate_record, query));
	db_done(query);
	return lines_reached(work, one) ? one : NULL;
}

const char *certificate_mark(struct work *work, const struct certificate *certificate)
{
	return arena_print(work->arena, "%s-%s", certificate->number, certificate->code);
}

static bool find_number(struct work *work, const char *sql, const char *number, struct id *id)
{
	struct query *query = db_query(work->db, sql, BIND(V(number), V(work->store->incident)));
	if (!db_next(query))
		return false;
	*id = db_id(query, 0);
	db_done(query);
	return true;
}

const struct certificate *certificate_verified(struct work *work, const char *mark)
{
	struct id id = {{0}};
	const char *code = strrchr(mark, '-');
	if (!code || strlen(code + 1) != CODE)
		return NULL;
	const char *number = arena_text(work->arena, mark, (size_t)(code - mark));
	/* each through its own index */
	if (!find_number(work, "SELECT id FROM certificates WHERE number = ? AND incident = ? AND voided_at IS NULL", number, &id))
		find_number(work, "SELECT id FROM certificates WHERE number = ? AND incident = ? AND voided_at IS NOT NULL", number, &id);
	const struct certificate *one = id_none(id) ? NULL : self(row_load(work, &certificate_record, id));
	return one && one->code && strlen(one->code) == CODE && sodium_memcmp(one->code, code + 1, CODE) == 0 ? one : NULL;
}
