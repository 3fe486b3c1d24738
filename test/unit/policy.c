/* Three-valued logic: every pair and triple of values under all, any and not, held against Kleene's tables; what is missing is only what leaves it undecided. Rounding of
 * benefits: half up to a fen, once, at the end; caps after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "app/policy_judge.h"

#include <cmocka.h>

struct bench {
	struct arena *arena;
	struct work work;
	struct fact_space space;
	struct facts facts;
};

/* A book of flags a, b, c; amounts money, other; a whole number heads. */
static void begin(struct bench *bench)
{
	static const struct {
		const char *code;
		enum fact_type type;
	} kinds[] = {{"a", FACT_FLAG}, {"b", FACT_FLAG}, {"c", FACT_FLAG}, {"money", FACT_AMOUNT}, {"other", FACT_AMOUNT},
		{"heads", FACT_WHOLE}, {"rate", FACT_RATE}, {"day", FACT_DAY}};
	memset(bench, 0, sizeof *bench);
	bench->arena = arena_new();
	bench->work = work_new(bench->arena, NULL);
	bench->work.language = ENGLISH;
	struct fact_book *book = fact_book_register(bench->arena);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		*ARENA_PUSH(bench->arena, book->list, book->count, book->space) =
			(struct fact_about){.code = kinds[i].code, .label = kinds[i].code, .type = kinds[i].type};
	bench->space = (struct fact_space){.arena = bench->arena, .book = book};
	bench->facts.path = "";
	bench->facts.values = arena_alloc(bench->arena, 100 * sizeof *bench->facts.values);
}

static const json_t *json(struct bench *bench, const char *text)
{
	const json_t *read = json_read(bench->arena, text, strlen(text), NULL);
	assert_non_null(read);
	return read;
}

static const struct node *tree(struct bench *bench, const char *text)
{
	struct tree_reader reader = {.work = &bench->work, .space = &bench->space, .month = 24241, .field = "conditions"};
	return tree_read(&reader, json(bench, text));
}

static int slot(struct bench *bench, const char *code)
{
	return fact_slot(&bench->space, fact_find(bench->space.book, code), 0);
}

static void set(struct bench *bench, const char *code, bool known, int64_t number)
{
	bench->facts.values[slot(bench, code)] = (struct fact_value){.known = known, .number = number};
}

static void set_verdict(struct bench *bench, const char *code, enum verdict verdict)
{
	set(bench, code, verdict != VERDICT_MISSING, verdict == VERDICT_YES);
}

/* Kleene: no < missing < yes; all is the least, any the greatest, not turns round. */
static int rank(enum verdict verdict)
{
	return verdict == VERDICT_NO ? 0 : verdict == VERDICT_MISSING ? 1 : 2;
}

static void groups_follow_kleene(void **state)
{
	struct bench bench;
	(void)state;
	begin(&bench);
	const char *leaves = "{\"is\":\"flag\",\"fact\":\"a\"},{\"is\":\"flag\",\"fact\":\"b\"},{\"is\":\"flag\",\"fact\":\"c\"}";
	const struct node *all = tree(&bench, arena_print(bench.arena, "{\"all\":[%s]}", leaves));
	const struct node *any = tree(&bench, arena_print(bench.arena, "{\"any\":[%s]}", leaves));
	const struct node *not_all = tree(&bench, arena_print(bench.arena, "{\"not\":{\"all\":[%s]}}", leaves));
	for (int i = 0; i < 27; i++) {
		const enum verdict values[] = {(enum verdict)(i % 3), (enum verdict)(i / 3 % 3), (enum verdict)(i / 9)};
		int least = 2, most = 0, unknown = 0;
		for (int j = 0; j < 3; j++) {
			set_verdict(&bench, j == 0 ? "a" : j == 1 ? "b" : "c", values[j]);
			least = rank(values[j]) < least ? rank(values[j]) : least;
			most = rank(values[j]) > most ? rank(values[j]) : most;
			unknown += values[j] == VERDICT_MISSING;
		}
		assert_int_equal(rank(tree_judge(all, &bench.facts)), least);
		assert_int_equal(rank(tree_judge(any, &bench.facts)), most);
		assert_int_equal(rank(tree_judge(not_all, &bench.facts)), 2 - least);
		struct slot_list missing = {.count = 0};
		tree_missing(all, &bench.facts, &missing);
		assert_int_equal(missing.count, least == 1 ? unknown : 0);
		missing.count = 0;
		tree_missing(any, &bench.facts, &missing);
		assert_int_equal(missing.count, most == 1 ? unknown : 0);
	}
	arena_free(bench.arena);
}

static void what_is_decided_inside_is_not_missing(void **state)
{
	struct bench bench;
	struct slot_list missing = {.count = 0};
	(void)state;
	begin(&bench);
	const struct node *node = tree(&bench,
		"{\"all\":[{\"any\":[{\"is\":\"flag\",\"fact\":\"a\"},{\"is\":\"flag\",\"fact\":\"b\"}]},{\"not\":{\"is\":\"flag\",\"fact\":\"c\"}}]}");
	set(&bench, "a", true, 1);
	assert_int_equal(tree_judge(node, &bench.facts), VERDICT_MISSING);
	tree_missing(node, &bench.facts, &missing);
	assert_int_equal(missing.count, 1);
	assert_int_equal(missing.slots[0], slot(&bench, "c"));
	set(&bench, "c", true, 1);
	assert_int_equal(tree_judge(node, &bench.facts), VERDICT_NO);
	assert_int_equal(tree_judge(tree(&bench, "{}"), &bench.facts), VERDICT_YES);
	assert_int_equal(tree_judge(tree(&bench, "{\"all\":[]}"), &bench.facts), VERDICT_YES);
	arena_free(bench.arena);
}

static void heads_between_bands(void **state)
{
	struct bench bench;
	(void)state;
	begin(&bench);
	const struct node *node = tree(&bench,
		"{\"is\":\"ratio\",\"top\":\"money\",\"bottom\":\"other\",\"heads\":\"heads\",\"bands\":[{\"upto\":30,\"compare\":\"<=\",\"value\":2000},{\"compare\":\"<="
		"\",\"value\":550}]}");
	set(&bench, "other", true, 10000);
	const struct {
		int64_t top;
		enum verdict unknown, thirty, more;
	} cases[] = {{550, VERDICT_YES, VERDICT_YES, VERDICT_YES}, {551, VERDICT_MISSING, VERDICT_YES, VERDICT_NO},
		{2000, VERDICT_MISSING, VERDICT_YES, VERDICT_NO}, {2001, VERDICT_NO, VERDICT_NO, VERDICT_NO}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set(&bench, "money", true, cases[i].top);
		set(&bench, "heads", false, 0);
		assert_int_equal(tree_judge(node, &bench.facts), cases[i].unknown);
		set(&bench, "heads", true, 30);
		assert_int_equal(tree_judge(node, &bench.facts), cases[i].thirty);
		set(&bench, "heads", true, 31);
		assert_int_equal(tree_judge(node, &bench.facts), cases[i].more);
	}
	/* exact where a double would not be: 2^53 + 1 of 2^53 is above the whole */
	const struct node *whole =
		tree(&bench, "{\"is\":\"ratio\",\"top\":\"money\",\"bottom\":\"other\",\"bands\":[{\"compare\":\"<=\",\"value\":10000}]}");
	set(&bench, "other", true, INT64_C(8999999999999998));
	set(&bench, "money", true, INT64_C(8999999999999999));
	assert_int_equal(tree_judge(whole, &bench.facts), VERDICT_NO);
	arena_free(bench.arena);
}

static int64_t gives(struct bench *bench, const char *text)
{
	struct tree_reader reader = {.work = &bench->work, .space = &bench->space, .month = 24241, .field = "benefit"};
	struct slot_list missing = {.count = 0};
	const struct benefit *benefit = benefit_read(&reader, json(bench, text));
	assert_non_null(benefit);
	struct amount amount = benefit_amount(benefit, &bench->facts, &missing);
	assert_int_equal(amount.known, missing.count == 0);
	return amount.known ? amount.fen : -1;
}

static void amounts_are_rounded_once_half_up(void **state)
{
	struct bench bench;
	(void)state;
	begin(&bench);
	const char *half = "{\"kind\":\"percent\",\"base\":\"money\",\"rate\":5000}";
	assert_int_equal(gives(&bench, half), -1);
	for (int64_t fen = 0; fen < 10; fen++) {
		set(&bench, "money", true, fen);
		assert_int_equal(gives(&bench, half), (fen + 1) / 2);
		assert_int_equal(gives(&bench, "{\"kind\":\"months\",\"base\":\"money\",\"free\":1,\"half\":1}"), (3 * fen + 1) / 2);
	}
	/* 333 x 3.15 % x 50 % x 7 / 12: one division; each step rounded on its own would give 3 */
	set(&bench, "money", true, 333);
	set(&bench, "rate", true, 315);
	assert_int_equal(gives(&bench, "{\"kind\":\"rate\",\"balance\":\"money\",\"from\":\"rate\",\"share\":5000,\"months\":7}"), 3);
	set(&bench, "money", true, 381);
	assert_int_equal(
		gives(&bench, "{\"kind\":\"rate\",\"balance\":\"money\",\"from\":\"rate\",\"share\":5000,\"months\":7}"), 4); /* 3.5005 */
	set(&bench, "rate", true, -5);
	assert_int_equal(gives(&bench, "{\"kind\":\"rate\",\"balance\":\"money\",\"from\":\"rate\"}"), 0);
	/* nothing overflows */
	set(&bench, "money", true, AMOUNT_MOST);
	set(&bench, "heads", true, 2000000000);
	assert_int_equal(gives(&bench, "{\"kind\":\"heads\",\"heads\":\"heads\",\"per\":9000000000000000,\"months\":1200}"), AMOUNT_MOST);
	assert_int_equal(gives(&bench, "{\"kind\":\"percent\",\"base\":\"money\",\"rate\":100000}"), AMOUNT_MOST);
	arena_free(bench.arena);
}

static void caps_hold_after_rounding(void **state)
{
	struct bench bench;
	(void)state;
	begin(&bench);
	const char *capped = "{\"kind\":\"percent\",\"base\":\"money\",\"rate\":10000,\"cap\":100,\"caps\":{\"large\":300,\"micro\":50}}";
	const struct {
		const char *size;
		int64_t fen[4];
	} cases[] = {{"large", {40, 90, 300, 300}}, {"medium", {40, 90, 100, 100}}, {"micro", {40, 50, 50, 50}}, {NULL, {40, -1, -1, -1}}};
	const int64_t money[] = {40, 90, 350, 3000};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t j = 0; j < 4; j++) {
			set(&bench, "money", true, money[j]);
			bench.facts.values[slot(&bench, "size")] =
				(struct fact_value){.known = cases[i].size != NULL, .text = cases[i].size};
			assert_int_equal(gives(&bench, capped), cases[i].fen[j]);
		}
	arena_free(bench.arena);
}

static void ratios_are_said_rounded(void **state)
{
	(void)state;
	assert_int_equal(ratio_rate(1, 3, 1), 3333);
	assert_int_equal(ratio_rate(2, 3, 1), 6667);
	assert_int_equal(ratio_rate(-1, 3, 1), -3333);
	assert_int_equal(ratio_rate(-2, 3, 1), -6667);
	assert_int_equal(ratio_rate(500000, 12000000, 12), 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_follow_kleene),
		cmocka_unit_test(what_is_decided_inside_is_not_missing),
		cmocka_unit_test(heads_between_bands),
		cmocka_unit_test(amounts_are_rounded_once_half_up),
		cmocka_unit_test(caps_hold_after_rounding),
		cmocka_unit_test(ratios_are_said_rounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
