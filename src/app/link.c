#include "app/link.h"

#include "app/person.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/user.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status link_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_links(struct work *work, const struct row *row, int64_t day);
static void own_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static struct id link_subject(const struct row *row);
static size_t link_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED]);
static void link_warn(struct work *work, const struct row *row, struct warnings *warnings);

#define DEF "app/link.def"
#define HOOKS \
	.check = link_check, .breaks = own_breaks, .subject = &site_record, .subject_of = link_subject, .touches = link_touches, \
	.warn = link_warn,
#include "record/table.h"

static const struct link *self(const struct row *row)
{
	return (const struct link *)row;
}

/* the day behind the last one */
static int64_t after(const struct link *link)
{
	return GIVEN(link, link, ends) ? link->ends + 1 : DAY_FAR;
}

static int64_t measure_links(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->begins && day < after(self(row));
}

static void own_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->begins, after(self(row)));
}

static struct id link_subject(const struct row *row)
{
	return self(row)->site;
}

static size_t link_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED])
{
	bool user = GIVEN(self(row), link, user);
	touched[0] = user ? row_load(work, &user_record, self(row)->user) : row_load(work, &person_record, self(row)->person);
	return touched[0] != NULL;
}

static bool overlaps(struct work *work, const struct link *link)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM links WHERE site = ? AND id <> ? AND voided_at IS NULL AND (user = ? OR person = ?) AND begins < ? AND "
		"(ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(link->site), V(link->row.id), V(link->user), V(link->person), V(after(link)), V(link->begins)));
}

/* Nobody answers for a site from a day on at which the account is closed. */
static enum status check_holder(struct work *work, const struct link *link)
{
	if (GIVEN(link, link, user) == GIVEN(link, link, person))
		return fail(work, BAD_FIELD, "user", "Name a user or a person, one of the two|请在用户和人员中选填一项");
	if (!GIVEN(link, link, user))
		return OK;
	const struct user *user = (const struct user *)row_load(work, &user_record, link->user);
	if (user && user->closed && after(link) > user->closed_on)
		return fail(work, BAD_FIELD, "user", "is deactivated|该用户已停用");
	return OK;
}

static enum status link_check(struct work *work, const struct row *old, struct row *row)
{
	struct link *link = (struct link *)row;
	if (!old && link->begins == work->today)
		SET(link, link, began, V(work->now));
	/* one that ended on its first day has no day */
	int64_t least = GIVEN(link, link, ended) ? link->begins - 1 : link->begins;
	if (GIVEN(link, link, ends) && link->ends < least)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	if (check_holder(work, link) != OK)
		return work->status;
	if (overlaps(work, link))
		return fail(work, BAD_FIELD, GIVEN(link, link, user) ? "user" : "person",
			"answers for this site on these days already|在此期间已是该企业的联络员");
	return OK;
}

static const char *const columns[] = {[LINK_SITE] = "site", [LINK_USER] = "user", [LINK_PERSON] = "person"};

void link_where_live(struct sql *sql, struct link_when when)
{
	if (when.at == LINK_DAY_END) {
		sql_add(sql, " AND begins <= ? AND (ends IS NULL OR ends >= ?)", BIND(V(when.day), V(when.day)));
		return;
	}
	sql_add(sql,
		" AND begins <= ? AND (begins < ? OR began IS NULL OR began <= ?) AND (ends IS NULL OR ends >= ? OR (ends = ? AND ended > ?))",
		BIND(V(when.day), V(when.day), V(when.at), V(when.day), V(when.day - 1), V(when.at)));
}

bool link_live_at(struct work *work, struct id site, struct link_when when)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT 1 FROM links WHERE site = ? AND voided_at IS NULL", BIND(V(site)));
	link_where_live(&sql, when);
	struct query *query = sql_query(work->db, &sql);
	bool live = db_next(query);
	if (live)
		db_done(query);
	return live;
}

bool link_live(struct work *work, enum link_holder holder, struct id id, int64_t day)
{
	return db_get(work->db, 0,
		arena_print(work->arena,
			"SELECT 1 FROM links WHERE %s = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
			columns[holder]),
		BIND(V(id), V(day), V(day)));
}

int64_t link_count(struct work *work, enum link_holder holder, struct id id, int64_t day)
{
	return db_get(work->db, 0,
		arena_print(work->arena, "SELECT count(*) FROM links WHERE %s = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?)",
			columns[holder]),
		BIND(V(id), V(day)));
}

/* The bounds of stretches of days with a live link: where one follows another there is no break, however many links a liaison has had. */
void link_breaks(struct work *work, enum link_holder holder, struct id id, struct breaks *breaks)
{
	int64_t until = INT64_MIN;
	struct query *query = db_query(work->db,
		arena_print(
			work->arena, "SELECT begins, ends FROM links WHERE %s = ? AND voided_at IS NULL ORDER BY begins", columns[holder]),
		BIND(V(id)));
	while (db_next(query)) {
		int64_t begins = db_whole(query, 0), end = db_null(query, 1) ? DAY_FAR : db_whole(query, 1) + 1;
		if (begins > until) {
			if (until != INT64_MIN && until != DAY_FAR)
				breaks_add(breaks, until);
			breaks_add(breaks, begins);
		}
		until = end > until ? end : until;
	}
	if (until != INT64_MIN && until != DAY_FAR)
		breaks_add(breaks, until);
}

static enum status end_link(struct work *work, const struct link *old, int64_t last, const char *reason)
{
	bool today = last == work->today - 1, held = today && old->begins == work->today && GIVEN(old, link, began);
	/* one that had not begun is taken out */
	if (last < old->begins && !held) {
		const char *said = work->reason;
		work->reason = reason;
		enum status status = row_void(work, &old->row, old->row.version);
		work->reason = said;
		return status;
	}
	struct link *link = (struct link *)row_copy(work->arena, &old->row);
	SET(link, link, ends, V(last));
	if (today)
		SET(link, link, ended, V(work->now));
	SET(link, link, reason, V(reason));
	return row_change(work, &old->row, &link->row, old->row.version, RIGHT_link_write);
}

static enum status take_over(struct work *work, const struct link *old, const struct link_change *change)
{
	struct link *link = (struct link *)row_new(work->arena, &link_record);
	struct row *row = &link->row;
	row->id = id_new();
	SET(link, link, site, V(old->site));
	if (change->to_holder == LINK_USER)
		SET(link, link, user, V(change->to));
	else
		SET(link, link, person, V(change->to));
	SET(link, link, level, V(old->level));
	SET(link, link, begins, V(old->begins > change->day ? old->begins : change->day));
	if (GIVEN(old, link, ends))
		SET(link, link, ends, V(old->ends));
	return overlaps(work, link) ? OK : row_insert(work, &row, NULL);
}

/* Links of a holder that are live on a day or will be later. */
static size_t load_links(struct work *work, enum link_holder holder, struct id id, int64_t day, struct link ***links)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM links WHERE %s = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?)",
			row_columns(work->arena, &link_record), columns[holder]),
		BIND(V(id), V(day)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *links, count, space) = (struct link *)row_read(work, &link_record, query);
	return count;
}

enum status link_drop(struct work *work, struct id site)
{
	struct link **links = NULL;
	size_t count = load_links(work, LINK_SITE, site, -DAY_FAR, &links);
	for (size_t i = 0; i < count && work->status == OK; i++)
		row_void(work, &links[i]->row, links[i]->row.version);
	return work->status;
}

enum status link_hand_over(struct work *work, struct link_change *change)
{
	struct link **links = NULL;
	const struct who *who = work->who;
	struct who all = {.id = who->id, .name = who->name, .all = true};
	size_t count = load_links(work, change->from_holder, change->from, change->day, &links);
	change->count = change->left = 0;
	if (change->all)
		work->who = &all;
	for (size_t i = 0; i < count && work->status == OK; i++) {
		if (!who_reaches(work->who, RIGHT_link_write, links[i]->row.path, links[i]->site)) {
			change->left++;
			continue;
		}
		change->count++;
		if (end_link(work, links[i], change->day - 1, change->reason) == OK && !id_none(change->to))
			take_over(work, links[i], change);
	}
	work->who = who;
	return work->status;
}

int64_t link_limit(struct work *work, const char *level)
{
	return settings_number(work, arena_print(work->arena, "link_limit_%s", level));
}

int64_t link_load(struct work *work, enum link_holder holder, struct id id, int64_t day, int64_t *limit)
{
	int64_t load = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT level, count(*) FROM links WHERE %s = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
			columns[holder]),
		BIND(V(id), V(day), V(day)));
	reach_where(&sql, work->who, RIGHT_link_read, "site");
	sql_add(&sql, " GROUP BY level", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	*limit = 0;
	while (db_next(query)) {
		int64_t one = link_limit(work, db_text(query, 0));
		*limit = one > *limit ? one : *limit;
		load += db_whole(query, 1);
	}
	return load;
}

static void warn_site(struct work *work, const struct link *link, int64_t day, struct warnings *warnings)
{
	const struct site *site = (const struct site *)row_load(work, &site_record, link->site);
	int64_t most = settings_number(work, "link_large");
	int64_t live = db_get(work->db, 0,
		"SELECT count(*) FROM links WHERE site = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(link->site), V(day), V(day)));
	if (site && text_same(site->size, "large") && live > most)
		warn(work, warnings, "site", link->site, site->name,
			"is a large firm with %lld liaisons; %lld is the rule|大型企业现有联络员 %lld 名，按规定为 %lld 名",
			(long long)live, (long long)most);
	int64_t least = settings_number(work, "link_park");
	if (site && text_same(site->kind, "park") && live < least)
		warn(work, warnings, "site", link->site, site->name,
			"is a park with %lld liaisons; it takes %lld at least|园区现有联络员 %lld 名，至少须 %lld 名", (long long)live,
			(long long)least);
}

/* What the town may want to know and does not stand in the way. */
static void link_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct link *link = self(row);
	int64_t limit, day = link->begins > work->today ? link->begins : work->today;
	enum link_holder holder = GIVEN(link, link, user) ? LINK_USER : LINK_PERSON;
	if (row->voided_at || after(link) <= day)
		return;
	int64_t load = link_load(work, holder, holder == LINK_USER ? link->user : link->person, day, &limit);
	if (load > limit)
		warn(work, warnings, columns[holder], (struct id){{0}}, NULL,
			"answers for %lld sites; the limit is %lld|现挂点 %lld 家，上限为 %lld 家", (long long)load, (long long)limit);
	warn_site(work, link, day, warnings);
}

const char *link_word(struct work *work)
{
	return settings_value(work, "link_word");
}
