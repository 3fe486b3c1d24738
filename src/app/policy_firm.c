#include "app/policy_firm.h"

#include <string.h>

#include "app/delivery.h"
#include "app/rights.h"
#include "base/clock.h"
#include "base/json.h"
#include "record/rows.h"

static enum status policy_firm_check(struct work *work, const struct row *old, struct row *row);
static enum status policy_firm_saved(struct work *work, const struct row *old, const struct row *row);
static const char *policy_firm_view(struct work *work, const char *name, struct sql *sql);
static int64_t measure_firms_qualifying(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_aware(struct work *work, const struct row *row, int64_t day);
static void policy_firm_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/policy_firm.def"
#define HOOKS .check = policy_firm_check, .saved = policy_firm_saved, .view = policy_firm_view, .breaks = policy_firm_breaks,
#include "record/table.h"

static const struct policy_firm *self(const struct row *row)
{
	return (const struct policy_firm *)row;
}

struct id policy_firm_id(struct id site)
{
	static const uint8_t other[] = {0x70, 0x6f, 0x6c, 0x66};
	for (size_t i = 0; i < sizeof other; i++)
		site.bytes[12 + i] ^= other[i];
	return site;
}

/* --- what it counts for */

/* Those that the firm qualified for on a day; with `unknown` those of them that it did not know. */
static bool any(struct work *work, struct id site, int64_t day, bool unknown)
{
	return db_get(work->db, 0,
		arena_print(work->arena,
			"SELECT 1 FROM deliveries WHERE site = ? AND voided_at IS NULL AND matched_day <= ? AND (lapsed_day IS NULL OR lapsed_day > ?)%s LIMIT 1",
			unknown ? " AND (known_day IS NULL OR known_day > ?)" : ""),
		(const struct value[]){V(site), V(day), V(day), V(day)}, unknown ? 4 : 3);
}

static int64_t measure_firms_qualifying(struct work *work, const struct row *row, int64_t day)
{
	return any(work, self(row)->site, day, false);
}

static int64_t measure_firms_aware(struct work *work, const struct row *row, int64_t day)
{
	return any(work, self(row)->site, day, false) && !any(work, self(row)->site, day, true);
}

static void policy_firm_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	struct query *query = db_query(work->db,
		"SELECT matched_day, known_day, lapsed_day FROM deliveries WHERE site = ? AND voided_at IS NULL", BIND(V(self(row)->site)));
	while (db_next(query))
		for (int i = 0; i < 3; i++)
			if (!db_null(query, i))
				breaks_add(breaks, db_whole(query, i));
}

/* --- lists */

const char *policy_firm_mine(struct work *work, struct sql *sql)
{
	struct id me = work->who ? work->who->id : (struct id){{0}};
	sql_add(sql,
		" AND site IN (SELECT site FROM links WHERE user = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?))",
		BIND(V(me), V(work->today), V(work->today)));
	return "site";
}

static const char *policy_firm_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "totell")) {
		sql_add(sql, " AND untold > 0", NOTHING);
		return "untold";
	}
	if (text_same(name, "asks")) {
		sql_add(sql, " AND missing > 0", NOTHING);
		return "missing";
	}
	return text_same(name, "mine") ? policy_firm_mine(work, sql) : NULL;
}

/* --- rules */

static enum status policy_firm_check(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return GIVEN(self(row), policy_firm, site)
		? OK
		: fail(work, BAD_STATE, NULL, "It follows from the ledger and is not made by hand|由台账自动汇总，不能手工新增");
}

static enum status policy_firm_saved(struct work *work, const struct row *old, const struct row *row)
{
	(void)old;
	return row->voided_at ? fail(work, BAD_STATE, NULL, "The ledger keeps every row|台账记录不能作废") : OK;
}

/* --- kept up */

static void add_up(struct work *work, struct policy_firm *firm)
{
	int64_t qualifies = 0, untold = 0, unknown = 0, granted = 0, estimate = 0, money = 0;
	struct query *query = db_query(work->db,
		"SELECT state, known_day, granted_day, estimate, granted FROM deliveries WHERE site = ? AND voided_at IS NULL AND lapsed_day IS NULL",
		BIND(V(firm->site)));
	while (db_next(query)) {
		const char *state = db_text(query, 0);
		bool given = text_same(state, "granted") || text_same(state, "paid");
		qualifies++;
		untold += text_same(state, "matched");
		unknown += db_null(query, 1);
		granted += given;
		money += given ? db_whole(query, 4) : 0;
		estimate += given || text_same(state, "refused") ? 0 : db_whole(query, 3);
	}
	SET(firm, policy_firm, qualifies, V(qualifies));
	SET(firm, policy_firm, untold, V(untold));
	SET(firm, policy_firm, unknown, V(unknown));
	SET(firm, policy_firm, granted, V(granted));
	SET(firm, policy_firm, estimate, V(estimate));
	SET(firm, policy_firm, money, V(money));
}

static bool differs(const struct row *one, const struct row *other)
{
	for (size_t i = 0; i < policy_firm_record.field_count; i++)
		if (!value_same(row_get(one, &policy_firm_record.fields[i]), row_get(other, &policy_firm_record.fields[i])))
			return true;
	return false;
}

/* The row of a site, or an empty one that has no version yet. */
static struct policy_firm *load(struct work *work, struct id site)
{
	struct row *row = row_load(work, &policy_firm_record, policy_firm_id(site));
	if (row)
		return (struct policy_firm *)row;
	struct policy_firm *firm = (struct policy_firm *)row_new(work->arena, &policy_firm_record);
	firm->row.id = policy_firm_id(site);
	SET(firm, policy_firm, site, V(site));
	SET(firm, policy_firm, missing, V(0));
	return firm;
}

static enum status write(struct work *work, const struct policy_firm *old, struct policy_firm *firm)
{
	struct row *row = &firm->row;
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	struct id deed = work->deed, body = work->body;
	if (row->version) {
		if (differs(&old->row, row))
			row_refresh(work, row);
		return OK;
	}
	/* whoever told of a firm need not be allowed to write its sums; the deed and the body that were sent name what they told */
	work->who = &self;
	work->deed = work->body = (struct id){{0}};
	row_insert(work, &row, NULL);
	work->who = who;
	work->deed = deed;
	work->body = body;
	return work->status;
}

enum status policy_firm_refresh(struct work *work, struct id site)
{
	struct policy_firm *old = load(work, site), *firm = (struct policy_firm *)row_copy(work->arena, &old->row);
	add_up(work, firm);
	return write(work, old, firm);
}

/* --- missing facts */

static json_t *gaps_of(struct work *work, const struct policy_firm *firm)
{
	json_t *gaps = firm && GIVEN(firm, policy_firm, gaps) ? json_read(work->arena, firm->gaps, strlen(firm->gaps), NULL) : NULL;
	return gaps ? gaps : json_own(work->arena, json_object());
}

bool policy_firm_waits(struct work *work, struct id policy, struct id site)
{
	char key[ID_TEXT];
	const struct row *row = row_load(work, &policy_firm_record, policy_firm_id(site));
	return row && json_object_get(gaps_of(work, self(row)), id_print(policy, key));
}

/* Each fact once, in both languages. */
static const char *all_facts(struct work *work, const json_t *gaps)
{
	struct buf english = {.arena = work->arena}, chinese = {.arena = work->arena};
	json_t *seen = json_own(work->arena, json_object());
	const char *policy;
	json_t *facts;
	json_object_foreach((json_t *)gaps, policy, facts)
	{
		for (size_t i = 0; i < json_array_size(facts); i++) {
			const char *fact = json_string_value(json_array_get(facts, i));
			if (!fact || json_object_get(seen, fact))
				continue;
			json_object_set_new(seen, fact, json_true());
			buf_print(&english, "%s%s", english.size ? ", " : "", text_in(work->arena, fact, ENGLISH));
			buf_print(&chinese, "%s%s", chinese.size ? "、" : "", text_in(work->arena, fact, CHINESE));
		}
	}
	return english.size ? arena_print(work->arena, "%s|%s", buf_end(&english), buf_end(&chinese)) : NULL;
}

enum status policy_firm_gap(struct work *work, struct id policy, struct id site, const char *const *facts, size_t count)
{
	char key[ID_TEXT];
	struct policy_firm *old = load(work, site);
	json_t *gaps = gaps_of(work, old);
	id_print(policy, key);
	if (!count && !json_object_get(gaps, key))
		return OK;
	struct policy_firm *firm = (struct policy_firm *)row_copy(work->arena, &old->row);
	json_object_del(gaps, key);
	if (count) {
		json_t *list = json_array();
		for (size_t i = 0; i < count; i++)
			json_array_append_new(list, json_string(facts[i]));
		json_object_set_new(gaps, key, list);
	}
	bool none = !json_object_size(gaps);
	SET(firm, policy_firm, gaps, none ? value_null() : V(json_print(work->arena, gaps)));
	SET(firm, policy_firm, missing, V((int64_t)json_object_size(gaps)));
	SET(firm, policy_firm, facts, none ? value_null() : V(all_facts(work, gaps)));
	if (!firm->row.version)
		add_up(work, firm);
	return write(work, old, firm);
}
