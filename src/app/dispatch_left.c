/* Who is left of a plan, for one of its posts: those who may go there first, by fit. */
#include <stdlib.h>
#include <string.h>

#include "app/dispatch.h"
#include "app/org.h"
#include "app/person.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/list.h"

enum { PAGE = 500, PAGES = 20 };

struct found {
	struct id *ids;
	size_t count, space;
};

static int by_bytes(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct id));
}

static bool holds(const struct found *found, struct id id)
{
	return found->count && bsearch(&id, found->ids, found->count, sizeof id, by_bytes);
}

static void sort(struct found *found)
{
	if (found->count)
		qsort(found->ids, found->count, sizeof *found->ids, by_bytes);
}

/* Rows of a record that the words find, within reach. */
static enum status find(struct work *work, const struct record *record, const char *typed, struct found *found)
{
	struct list_ask ask = {.record = record, .right = record->read, .path = "", .typed = typed, .limit = PAGE, .day = DAY_FAR};
	for (int i = 0; i < PAGES; i++) {
		struct list list;
		if (list_read(work, &ask, &list) != OK)
			return work->status;
		for (size_t j = 0; j < list.count; j++)
			*ARENA_PUSH(work->arena, found->ids, found->count, found->space) = list.rows[j]->id;
		if (!(ask.after = list.next))
			break;
	}
	sort(found);
	return OK;
}

static int by_fit(const void *one, const void *other)
{
	const struct dispatch_spare *a = one, *b = other;
	if ((a->rule == DISPATCH_GOES) != (b->rule == DISPATCH_GOES))
		return a->rule == DISPATCH_GOES ? -1 : 1;
	return a->fit != b->fit ? (a->fit < b->fit ? 1 : -1) : by_bytes(&a->person->id, &b->person->id);
}

enum status dispatch_left(
	struct work *work, const struct dispatch *dispatch, const struct dispatch_left_ask *ask, struct dispatch_left *left)
{
	struct found people = {0}, units = {0}, gone = {0};
	const struct dispatch_post *post = NULL;
	size_t space = 0;
	bool typed = ask->typed && *text_trim(work->arena, ask->typed);
	*left = (struct dispatch_left){0};
	for (size_t i = 0; i < dispatch->post_count && !post; i++)
		post = id_same(dispatch->posts[i].id, ask->post) ? &dispatch->posts[i] : NULL;
	if (!post)
		return fail(work, BAD_FIELD, "post", "lacks nobody on that day|该岗位当日不缺人");
	if (typed && (find(work, &person_record, ask->typed, &people) != OK || find(work, &org_record, ask->typed, &units) != OK))
		return work->status;
	for (size_t i = 0; i < ask->sent_count; i++)
		*ARENA_PUSH(work->arena, gone.ids, gone.count, gone.space) = ask->sent[i];
	sort(&gone);
	for (size_t i = 0; i < dispatch->person_count; i++) {
		const struct dispatch_person *person = &dispatch->people[i];
		if (dispatch_out(dispatch, person) || holds(&gone, person->id) ||
			(typed && !holds(&people, person->id) && !holds(&units, person->org)))
			continue;
		*ARENA_PUSH(work->arena, left->list, left->count, space) = (struct dispatch_spare){
			.person = person, .rule = dispatch_stops(dispatch, person, post), .fit = dispatch_fit(person, post)};
	}
	if (left->count)
		qsort(left->list, left->count, sizeof *left->list, by_fit);
	left->post = post;
	return OK;
}
