#include "app/policy_facts.h"

#include <string.h>

#include "app/area.h"
#include "app/risk.h"
#include "app/rights.h"
#include "app/site.h"
#include "record/tally.h"

/* The level of an area, asked once a run: sites of one area stand together in no order, but areas are few. */
struct risk_memo {
	const char *path;
	const char *level;
	struct risk_memo *next;
};

enum { ID_AT, PATH_AT, NAME_AT, USCC_AT, COLUMNS_AT };
enum { RISK_LISTS = 1024 };

static uint32_t hash_of(const char *kind, int64_t month)
{
	uint32_t hash = 2166136261U ^ (uint32_t)month;
	for (; *kind; kind++)
		hash = (hash ^ (unsigned char)*kind) * 16777619U;
	return hash ^ hash >> 15;
}

static void add_key(struct facts_reader *reader, const char *kind, int64_t month, int slot)
{
	size_t at = hash_of(kind, month) & reader->key_mask;
	while (reader->keys[at].kind)
		at = (at + 1) & reader->key_mask;
	reader->keys[at] = (struct fact_key){.kind = kind, .month = month, .slot = slot};
}

static int find_key(const struct facts_reader *reader, const char *kind, int64_t month)
{
	for (size_t at = hash_of(kind, month) & reader->key_mask; reader->keys[at].kind; at = (at + 1) & reader->key_mask)
		if (reader->keys[at].month == month && strcmp(reader->keys[at].kind, kind) == 0)
			return reader->keys[at].slot;
	return NO_SLOT;
}

/* Which slots are filled from where. */
static void sort_slots(struct facts_reader *reader)
{
	const struct fact_space *space = reader->space;
	struct arena *arena = reader->work->arena;
	size_t size = 16;
	while (size < space->count * 3)
		size *= 2;
	reader->keys = arena_alloc(arena, size * sizeof *reader->keys);
	reader->key_mask = size - 1;
	reader->columns = arena_alloc(arena, (space->count + 1) * sizeof *reader->columns);
	reader->subject = reader->granted = reader->risk = NO_SLOT;
	for (size_t i = 0; i < space->count; i++) {
		const struct fact_about *about = space->slots[i].about;
		if (strcmp(about->code, "risk") == 0)
			reader->risk = (int)i;
		else if (about->of_site)
			reader->columns[reader->column_count++] = (int)i;
		else
			add_key(reader, about->code, space->slots[i].month, (int)i);
		if (strcmp(about->code, "subject") == 0)
			reader->subject = (int)i;
		if (strcmp(about->code, "granted") == 0)
			reader->granted = (int)i;
	}
}

static void start(struct facts_reader *reader, struct work *work, const struct fact_space *space, int64_t day)
{
	*reader = (struct facts_reader){.work = work, .space = space, .day = day, .arena = work->arena};
	reader->facts.values = arena_alloc(work->arena, (space->count + 1) * sizeof *reader->facts.values);
	sort_slots(reader);
	if (reader->risk != NO_SLOT)
		reader->risks = arena_alloc(work->arena, RISK_LISTS * sizeof *reader->risks);
}

/* The sites, each with its facts behind it; kinds that nobody looks at are left out by the reader. */
static void add_select(struct facts_reader *reader, struct sql *sql)
{
	sql_add(sql, "SELECT s.id, s.path, s.name, s.uscc", NOTHING);
	for (size_t i = 0; i < reader->column_count; i++)
		sql_add(sql, arena_print(reader->work->arena, ", s.%s", reader->space->slots[reader->columns[i]].about->code), NOTHING);
	sql_add(sql,
		", f.kind, f.month, f.number, f.value FROM sites s LEFT JOIN facts f ON f.site = s.id AND f.home = s.home AND f.voided_at IS NULL WHERE "
		"s.voided_at IS NULL",
		NOTHING);
}

static void add_below(struct sql *sql, const char *path)
{
	sql_add(sql, "(s.path >= ? AND s.path < ?)", BIND(V(path), V(arena_print(sql->text.arena, "%s~", path))));
}

/* As reach_where, where two tables have a path. */
static void add_reach(struct sql *sql, const struct who *who, int right)
{
	if (who && who->all)
		return;
	sql_add(sql, " AND (1 = 0", NOTHING);
	for (size_t i = 0; who && i < who->grant_count; i++) {
		const struct grant_reach *grant = &who->grants[i];
		if (!rights_hold(&grant->rights, right))
			continue;
		sql_add(sql, " OR ", NOTHING);
		if (grant->path)
			add_below(sql, grant->path);
		else
			sql_add(sql, "s.id = ?", BIND(V(grant->site)));
	}
	sql_add(sql, ")", NOTHING);
}

void facts_begin(struct facts_reader *reader, struct work *work, const struct fact_space *space, int64_t day, const char *path, int right)
{
	struct sql sql = sql_new(work->arena);
	start(reader, work, space, day);
	if (reader->granted != NO_SLOT)
		delivery_grants_read(work, (struct id){{0}}, path, &reader->grants);
	reader->arena = arena_new();
	arena_defer(work->arena, (void (*)(void *))arena_free, reader->arena);
	add_select(reader, &sql);
	if (*path) {
		sql_add(&sql, " AND ", NOTHING);
		add_below(&sql, path);
	}
	add_reach(&sql, work->who, right);
	sql_add(&sql, " ORDER BY s.id", NOTHING);
	reader->query = sql_walk(work->db, &sql);
	reader->more = db_next(reader->query);
}

void facts_begin_one(struct facts_reader *reader, struct work *work, const struct fact_space *space, int64_t day, struct id site)
{
	struct sql sql = sql_new(work->arena);
	start(reader, work, space, day);
	if (reader->granted != NO_SLOT)
		delivery_grants_read(work, site, "", &reader->grants);
	add_select(reader, &sql);
	sql_add(&sql, " AND s.id = ?", BIND(V(site)));
	reader->query = sql_query(work->db, &sql);
	reader->more = db_next(reader->query);
}

static struct fact_value value_at(struct facts_reader *reader, const struct fact_about *about, int column)
{
	bool text = about->type == FACT_TEXT || about->type == FACT_LIST;
	if (db_null(reader->query, column))
		return (struct fact_value){.known = false};
	return text ? (struct fact_value){.known = true, .text = db_copy(reader->query, column, reader->arena)}
		    : (struct fact_value){.known = true, .number = db_whole(reader->query, column)};
}

/* The legal form by the first two signs of the credit code (GB 32100). */
static const char *subject_of(const char *code)
{
	if (!code || strlen(code) != 18)
		return NULL;
	if (code[0] == '9')
		return code[1] == '1' ? "enterprise" : code[1] == '2' ? "individual" : code[1] == '3' ? "cooperative" : NULL;
	return code[0] == '5' ? "social" : code[0] == '1' ? "public" : NULL;
}

static void read_site(struct facts_reader *reader)
{
	struct facts *facts = &reader->facts;
	const char *subject = subject_of(db_text(reader->query, USCC_AT));
	memset(facts->values, 0, reader->space->count * sizeof *facts->values);
	facts->site = db_id(reader->query, ID_AT);
	facts->path = db_copy(reader->query, PATH_AT, reader->arena);
	facts->name = db_copy(reader->query, NAME_AT, reader->arena);
	for (size_t i = 0; i < reader->column_count; i++)
		facts->values[reader->columns[i]] = value_at(reader, reader->space->slots[reader->columns[i]].about, COLUMNS_AT + (int)i);
	if (reader->subject != NO_SLOT && subject)
		facts->values[reader->subject] = (struct fact_value){.known = true, .text = subject};
	/* what nobody granted, and nobody told of, was not granted */
	if (reader->granted != NO_SLOT) {
		const char *granted = delivery_grants_of(&reader->grants, facts->site);
		facts->values[reader->granted] = (struct fact_value){.known = true, .text = granted ? granted : ""};
	}
}

static void read_fact(struct facts_reader *reader)
{
	int column = COLUMNS_AT + (int)reader->column_count, slot;
	const char *kind = db_text(reader->query, column), *text = db_text(reader->query, column + 1);
	int64_t month = 0;
	if (!kind || (text && !month_parse(text, &month)))
		return;
	slot = find_key(reader, kind, month);
	/* the credit code says what it is */
	if (slot == NO_SLOT || (slot == reader->subject && reader->facts.values[slot].known))
		return;
	const struct fact_about *about = reader->space->slots[slot].about;
	bool worded = about->type == FACT_TEXT || about->type == FACT_LIST;
	const char *ledger = slot == reader->granted ? reader->facts.values[slot].text : "";
	reader->facts.values[slot] = value_at(reader, about, column + (worded ? 3 : 2));
	/* what others granted, beside what the ledger says */
	if (*ledger && reader->facts.values[slot].known)
		reader->facts.values[slot].text = arena_print(reader->arena, "%s,%s", ledger, reader->facts.values[slot].text);
}

static const char *risk_level(struct facts_reader *reader, const char *path)
{
	struct work *work = reader->work;
	struct risk_memo **list = &reader->risks[hash_of(path, 0) % RISK_LISTS];
	for (const struct risk_memo *memo = *list; memo; memo = memo->next)
		if (strcmp(memo->path, path) == 0)
			return memo->level;
	int64_t numbers[PATH_DEEP];
	size_t count = path_areas(path, numbers);
	const struct area *area = count ? area_numbered(work, numbers[count - 1]) : NULL;
	const struct risk *risk = area ? risk_on(work, area, reader->day) : NULL;
	struct risk_memo *memo = arena_alloc(work->arena, sizeof *memo);
	*memo = (struct risk_memo){.path = arena_copy(work->arena, path), .level = risk ? risk->level : NULL, .next = *list};
	*list = memo;
	return memo->level;
}

const struct facts *facts_next(struct facts_reader *reader)
{
	struct facts *facts = &reader->facts;
	if (!reader->more)
		return NULL;
	if (reader->arena != reader->work->arena)
		arena_reset(reader->arena);
	read_site(reader);
	do {
		read_fact(reader);
		reader->more = db_next(reader->query);
	} while (reader->more && id_same(db_id(reader->query, ID_AT), facts->site));
	if (reader->risk != NO_SLOT) {
		const char *level = risk_level(reader, facts->path);
		facts->values[reader->risk] = (struct fact_value){.known = level != NULL, .text = level};
	}
	return facts;
}

void facts_end(struct facts_reader *reader)
{
	if (reader->more)
		db_done(reader->query);
	reader->more = false;
}
