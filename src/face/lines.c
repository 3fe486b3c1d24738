/* By when capacity lines are to be complete: the next day and the last one, product by product. */
#include "app/plan.h"
#include "app/rights.h"
#include "base/clock.h"
#include "face/commands.h"
#include "face/rest.h"
#include "record/list.h"

enum { MOST_LINES = 20000 };

/* Of the lines of a product that are not complete. */
struct by_when {
	const char *product;
	int64_t late, next, last; /* the first day that is past, the first that is to come, the last of all; DAY_FAR: none */
};

static bool is_complete(const struct line *line)
{
	return text_same(line->state, "running") && GIVEN(line, line, now) && GIVEN(line, line, target) && line->now >= line->target;
}

static void add_line(struct by_when *when, const struct line *line, int64_t today)
{
	int64_t day = line->by_day, *first = day < today ? &when->late : &when->next;
	if (*first == DAY_FAR || day < *first)
		*first = day;
	if (when->last == DAY_FAR || day > when->last)
		when->last = day;
}

static void put(struct json *json, const char *key, int64_t day)
{
	json_key(json, key);
	if (day == DAY_FAR)
		json_null_out(json);
	else
		json_day(json, day);
}

enum status command_line_days(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct list_ask ask;
	struct list list;
	struct by_when *products = NULL;
	size_t count = 0, space = 0;
	store_read(work);
	if (rest_ask(call, &line_record, &ask) != OK)
		return work->status;
	ask.limit = MOST_LINES;
	if (list_read(work, &ask, &list) != OK)
		return work->status;
	int64_t day = ask.day == DAY_FAR ? work->today : ask.day;
	for (size_t i = 0; i < list.count; i++) {
		const struct line *line = (const struct line *)list.rows[i];
		size_t at = 0;
		if (!GIVEN(line, line, by_day) || is_complete(line))
			continue;
		while (at < count && !text_same(products[at].product, line->product))
			at++;
		if (at == count)
			*ARENA_PUSH(work->arena, products, count, space) =
				(struct by_when){.product = line->product, .late = DAY_FAR, .next = DAY_FAR, .last = DAY_FAR};
		add_line(&products[at], line, day);
	}
	json_open(json, '{');
	put(json, "day", day);
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(json, '{');
		json_put(json, "product", products[i].product);
		put(json, "late", products[i].late);
		put(json, "next", products[i].next);
		put(json, "last", products[i].last);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}
