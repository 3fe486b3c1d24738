#include "app/post_cover.h"

#include "app/area.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"

struct span {
	int64_t from, after;
};

struct spans {
	struct span *list;
	size_t count, space;
};

/* What is known of a post while it is counted. */
struct cover {
	struct id post;
	const struct site *site; /* of a post of a firm; else NULL */
	bool bears; /* the first of the posts of its village or firm */
	struct spans own, posts, held; /* who holds it; of all posts there: their days, and who holds them */
};

static const char *key_of(const struct post *post)
{
	return GIVEN(post, post, site) ? "site" : "area";
}

static struct id place_of(const struct post *post)
{
	return GIVEN(post, post, site) ? post->site : post->area;
}

struct id post_bearer(struct work *work, const struct post *post, struct id but)
{
	struct id found = {{0}};
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT id FROM posts WHERE %s = ? AND voided_at IS NULL AND id <> ? ORDER BY id LIMIT 1",
			key_of(post)),
		BIND(V(place_of(post)), V(but)));
	if (db_next(query)) {
		found = db_id(query, 0);
		db_done(query);
	}
	return found;
}

static bool is_first(struct work *work, const struct post *post)
{
	return !db_get(work->db, 0,
		arena_print(work->arena, "SELECT 1 FROM posts WHERE %s = ? AND voided_at IS NULL AND id < ? LIMIT 1", key_of(post)),
		BIND(V(place_of(post)), V(post->row.id)));
}

static bool is_village(struct work *work, const struct post *post)
{
	return db_get(work->db, 0, "SELECT level FROM areas WHERE id = ?", BIND(V(post->area))) == LEVEL_VILLAGE;
}

/* Rows of (begins, ends). */
static void read_spans(struct work *work, struct query *query, struct spans *spans)
{
	while (db_next(query))
		*ARENA_PUSH(work->arena, spans->list, spans->count, spans->space) =
			(struct span){db_whole(query, 0), db_null(query, 1) ? DAY_FAR : db_whole(query, 1) + 1};
}

static const struct cover *cover_read(struct work *work, const struct post *post)
{
	struct cover *cover = arena_alloc(work->arena, sizeof *cover);
	*cover = (struct cover){.post = post->row.id};
	read_spans(work,
		db_query(work->db, "SELECT begins, ends FROM assignments WHERE post = ? AND voided_at IS NULL", BIND(V(post->row.id))),
		&cover->own);
	if (GIVEN(post, post, site))
		cover->site = (const struct site *)row_load(work, &site_record, post->site);
	cover->bears = (cover->site || is_village(work, post)) && is_first(work, post);
	if (!cover->bears)
		return cover;
	struct value place = V(place_of(post));
	const char *key = key_of(post);
	read_spans(work,
		db_query(work->db, arena_print(work->arena, "SELECT begins, ends FROM posts WHERE %s = ? AND voided_at IS NULL", key),
			&place, 1),
		&cover->posts);
	read_spans(work,
		db_query(work->db,
			arena_print(work->arena,
				"SELECT a.begins, a.ends FROM assignments a JOIN posts p ON p.id = a.post AND p.home = a.home WHERE p.%s = ? AND p.voided_at IS NULL "
				"AND a.voided_at IS NULL",
				key),
			&place, 1),
		&cover->held);
	return cover;
}

/* What was read for the breaks of the row that is being counted; else it is read now. */
static const struct cover *cover_of(struct work *work, const struct post *post)
{
	const struct cover *cover = work->counting;
	return cover && id_same(cover->post, post->row.id) ? cover : cover_read(work, post);
}

static void add_spans(struct breaks *breaks, const struct spans *spans)
{
	for (size_t i = 0; i < spans->count; i++)
		breaks_span(breaks, spans->list[i].from, spans->list[i].after);
}

void post_cover_breaks(struct work *work, const struct post *post, struct breaks *breaks)
{
	const struct cover *cover = cover_read(work, post);
	work->counting = cover;
	add_spans(breaks, &cover->own);
	add_spans(breaks, &cover->posts);
	add_spans(breaks, &cover->held);
	if (cover->bears && cover->site) {
		breaks_add(breaks, cover->site->row.since);
		days_breaks(work, &cover->site->row, breaks);
	}
}

static int64_t on_day(const struct spans *spans, int64_t day)
{
	int64_t count = 0;
	for (size_t i = 0; i < spans->count; i++)
		count += day >= spans->list[i].from && day < spans->list[i].after;
	return count;
}

int64_t post_held(struct work *work, const struct post *post, int64_t day)
{
	return on_day(&cover_of(work, post)->own, day);
}

static bool is_firm(struct work *work, const struct site *site, int64_t day)
{
	const struct site *then = (const struct site *)row_as_of(work, &site->row, day);
	return !site->row.voided_at && day >= site->row.since && text_same(then->kind, "enterprise");
}

bool post_covers(struct work *work, const struct post *post, bool firm, bool held, int64_t day)
{
	if (firm != GIVEN(post, post, site))
		return false;
	const struct cover *cover = cover_of(work, post);
	return cover->bears && on_day(held ? &cover->held : &cover->posts, day) && (!firm || is_firm(work, cover->site, day));
}

int64_t post_covered_staff(struct work *work, const struct post *post, int64_t day)
{
	if (!post_covers(work, post, true, true, day))
		return 0;
	return ((const struct site *)row_as_of(work, &cover_of(work, post)->site->row, day))->staff;
}
