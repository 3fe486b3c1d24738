/* bench/policies STORE SITES TURNS: fills a store (SQLite, made by muster, its policies published) with SITES sites and twelve facts each, unless it has them already; then, in turns, reads
 * all of them bare, in the order of sites, looking at every column, and judges every published policy for every site. One line of JSON: seconds of each, in medians. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/policy_judge.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/rows.h"

enum { PIECE = 10000, MOST_TURNS = 9 };

static uint64_t chance = 0x9e3779b97f4a7c15u;

static int64_t below(uint64_t most)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (int64_t)(chance % most);
}

/* In the order of time, as UUIDv7 are. */
static struct id next_id(void)
{
	static uint64_t made;
	struct id id;
	made++;
	for (size_t i = 0; i < sizeof id.bytes; i++)
		id.bytes[i] = i < 6 ? (uint8_t)(made >> (40 - 8 * i)) : (uint8_t)below(256);
	return id;
}

static void add_fact(struct db *db, struct id site, const char *path, const char *kind, const char *month, int64_t number, const char *value)
{
	db_run(db,
		"INSERT INTO facts (id, version, home, path, made_at, changed_at, since, next_day, site, kind, month, number, value) VALUES (?, 1, 0, ?, 0, 0, 0, 2932896, ?, "
		"?, ?, ?, ?)",
		BIND(V(next_id()), V(path), V(site), V(kind), V(month), number < 0 ? value_null() : V(number), V(value)));
}

static void add_site(struct db *db, const char *path, int64_t n)
{
	static const char *const trades[] = {"C14", "1711", "62", "61", "F", "7291", "3489", "54"};
	static const char *const sizes[] = {"large", "medium", "small", "micro"};
	static const char *const states[] = {"resumed", "stopped", "open"};
	static const char *const none = NULL;
	struct id id = next_id();
	int64_t people = below(2000);
	db_run(db,
		"INSERT INTO sites (id, version, home, path, made_at, changed_at, since, next_day, name, kind, industry, size, status, staff, revenue) VALUES (?, 1, 0, ?, 0, 0, 0, "
		"2932896, ?, 'enterprise', ?, ?, ?, ?, ?)",
		BIND(V(id), V(path), V("演示企业"), V(trades[n % 8]), V(sizes[n % 4]), V(states[n % 3]), V(people), V(people * 60000000)));
	add_fact(db, id, path, "subject", none, -1, n % 9 ? "enterprise" : "individual");
	add_fact(db, id, path, "hardship", none, n % 2, "yes");
	add_fact(db, id, path, "state_rented", none, below(2), "yes");
	add_fact(db, id, path, "rent_month", none, below(5000000), "1");
	add_fact(db, id, path, "unemployment_months", none, below(40), "1");
	add_fact(db, id, path, "insured_before", none, people, "1");
	add_fact(db, id, path, "insured_last", none, people - below((uint64_t)people / 8 + 1), "1");
	add_fact(db, id, path, "unemployment_paid", none, people * 42000, "1");
	add_fact(db, id, path, "social_month", none, people * 90000, "1");
	add_fact(db, id, path, "revenue_base", none, INT64_C(1200000000), "1");
	add_fact(db, id, path, "revenue_month", "2020-05", below(150000000), "1");
	add_fact(db, id, path, "lists", none, -1, n % 7 ? "," : "epidemic_supplier");
}

static void fill(const char *place, struct arena *arena, int64_t sites)
{
	const char *problem;
	struct db *db = db_open(place, DB_WRITE, arena, &problem);
	if (!db) {
		fprintf(stderr, "policies: %s\n", problem);
		exit(2);
	}
	db_begin(db);
	int64_t there = db_get(db, 0, "SELECT count(*) FROM sites", NOTHING);
	const char **paths = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(db, "SELECT path FROM areas WHERE level = 5 ORDER BY path", NOTHING);
	while (db_next(query))
		*ARENA_PUSH(arena, paths, count, space) = db_copy(query, 0, arena);
	for (int64_t i = there; i < sites; i++) {
		add_site(db, count ? paths[(size_t)i % count] : "", i);
		if (i % PIECE == PIECE - 1) {
			if (db_commit(db) != OK)
				exit(2);
			db_begin(db);
		}
	}
	if (db_commit(db) != OK)
		exit(2);
	db_close(db);
}

static double seconds(int64_t from)
{
	return (double)(clock_steady() - from) / 1e6;
}

/* The same rows in the same order, every column looked at. */
static double scan(struct work *work, int64_t *rows)
{
	int64_t from = clock_steady(), sum = 0;
	struct query *query = db_walk(work->db,
		"SELECT s.id, s.path, s.name, s.uscc, s.industry, s.size, s.status, s.staff, s.revenue, f.kind, f.month, f.number, f.value FROM sites s LEFT JOIN facts f ON "
		"f.site = s.id AND f.home = s.home AND f.voided_at IS NULL WHERE s.voided_at IS NULL ORDER BY s.id",
		NOTHING);
	*rows = 0;
	while (db_next(query)) {
		struct id id = db_id(query, 0);
		sum += id.bytes[0];
		for (int i = 1; i < 13; i++) {
			const char *text = i == 7 || i == 8 || i == 11 ? NULL : db_text(query, i);
			sum += text ? text[0] : db_whole(query, i);
		}
		++*rows;
	}
	if (sum == 42)
		fprintf(stderr, "policies: an unlikely sum\n");
	return seconds(from);
}

static double judge(struct work *work, const struct policies *policies, int64_t counts[3], int64_t *fen)
{
	struct facts_reader reader;
	struct judgement judgement;
	int64_t from = clock_steady();
	memset(counts, 0, 3 * sizeof *counts);
	*fen = 0;
	facts_begin(&reader, work, &policies->space, policies->list[0].day, "", RIGHT_policy_read);
	for (const struct facts *facts; (facts = facts_next(&reader));)
		for (size_t i = 0; i < policies->count; i++) {
			policies_judge(policies, i, facts, false, &judgement);
			counts[judgement.verdict]++;
			*fen += judgement.amount / 100;
		}
	return seconds(from);
}

static int by_size(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;
	return (a > b) - (a < b);
}

static double median(double *list, int count)
{
	qsort(list, (size_t)count, sizeof *list, by_size);
	return list[count / 2];
}

int main(int argc, char **argv)
{
	const char *problem;
	double scans[MOST_TURNS], judged[MOST_TURNS];
	int64_t counts[3], fen = 0, rows = 0;
	struct arena *arena = arena_new();
	struct who who = {.all = true, .name = "bench"};
	if (argc != 4)
		return 2;
	int turns = atoi(argv[3]) < MOST_TURNS ? atoi(argv[3]) : MOST_TURNS;
	fill(argv[1], arena, atoll(argv[2]));
	struct work work = work_new(arena, NULL);
	work.who = &who;
	work.db = db_open(argv[1], DB_READ, arena, &problem);
	if (!work.db)
		return 2;
	db_begin(work.db);
	struct policies *policies = policies_current(&work, day_of(2020, 6, 15));
	if (!policies->count)
		return 2;
	for (int i = 0; i < turns; i++) {
		scans[i] = scan(&work, &rows);
		judged[i] = judge(&work, policies, counts, &fen);
	}
	printf("{\"sites\":%s,\"policies\":%zu,\"rows\":%lld,\"scan\":%.3f,\"judge\":%.3f,\"yes\":%lld,\"no\":%lld,\"missing\":%lld,\"yuan\":%lld}\n", argv[2], policies->count,
		(long long)rows, median(scans, turns), median(judged, turns), (long long)counts[VERDICT_YES], (long long)counts[VERDICT_NO],
		(long long)counts[VERDICT_MISSING], (long long)fen);
	db_rollback(work.db);
	db_close(work.db);
	arena_free(arena);
	return 0;
}
