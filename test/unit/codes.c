/* Codes of the field, held to the examples of their standards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/codes.h"
#include "base/codes_divisions.h"

static void cleaning(void **state)
{
	(void)state;
	char out[20];
	assert_true(code_clean(" 91350100m000100y43\t", out, sizeof out));
	assert_string_equal(out, "91350100M000100Y43");
	assert_true(code_clean("９１３－ａ　汉", out, sizeof out));
	assert_string_equal(out, "913-A汉");
	assert_true(code_clean("1234567890123456789", out, sizeof out));
	assert_false(code_clean("12345678901234567890", out, sizeof out));
	assert_string_equal(out, "");
	assert_false(code_clean("12345678901234567汉", out, sizeof out));
}

static void credit_codes(void **state)
{
	(void)state;
	const char *good[] = {"91350100M000100Y43", "91512081MA62K0260E", "11320000MB151840XJ"};
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(uscc_check(good[i]), CODE_FINE);
	assert_int_equal(uscc_check("91350211M0000XUF46"), CODE_CHECK);
	assert_int_equal(uscc_check("91350100M000100Y4Z"), CODE_SHAPE);
	assert_int_equal(uscc_check("91350100M000100Y4"), CODE_SHAPE);
	assert_int_equal(uscc_check("91350100M000100Y433"), CODE_SHAPE);
	assert_int_equal(uscc_check("9135010AM000100Y43"), CODE_SHAPE);
	assert_int_equal(uscc_check("91350100m000100y43"), CODE_SHAPE);
	assert_int_equal(uscc_check(""), CODE_SHAPE);
	/* Two characters changed so that character 18 still fits: only the inner check sees it (weights 1 and 3). */
	assert_int_equal(uscc_check("91512081MA62K0261E"), CODE_CHECK);
	char code[] = "91512081MA62K0260E";
	const char *alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	code[16] = '1';
	for (size_t i = 0; i < 31 && uscc_check(code) == CODE_CHECK; i++)
		code[17] = alphabet[i];
	assert_int_equal(uscc_check(code), CODE_INNER);
}

static void id_numbers(void **state)
{
	(void)state;
	struct idno_facts facts;
	assert_int_equal(idno_check("11010519491231002X", INT64_MAX, &facts), CODE_FINE);
	assert_int_equal(facts.sex, SEX_FEMALE);
	assert_int_equal(facts.birth, day_of(1949, 12, 31));
	assert_int_equal(idno_check("440524188001010014", INT64_MAX, &facts), CODE_FINE);
	assert_int_equal(facts.sex, SEX_MALE);
	assert_int_equal(facts.birth, day_of(1880, 1, 1));
	assert_int_equal(idno_check("110105194912310021", INT64_MAX, NULL), CODE_CHECK);
	assert_int_equal(idno_check("11010519491331002X", INT64_MAX, NULL), CODE_DATE);
	assert_int_equal(idno_check("110105194902290027", INT64_MAX, NULL), CODE_DATE);
	assert_int_equal(idno_check("11010519491231002X", day_of(1949, 12, 30), NULL), CODE_DATE);
	assert_int_equal(idno_check("11010519491231002X", day_of(1949, 12, 31), NULL), CODE_FINE);
	assert_int_equal(idno_check("11010519491231002x", INT64_MAX, NULL), CODE_SHAPE);
	assert_int_equal(idno_check("110105491231002", INT64_MAX, NULL), CODE_SHAPE);
	assert_int_equal(idno_check("1101051949123100X2", INT64_MAX, NULL), CODE_SHAPE);
}

static void phones(void **state)
{
	(void)state;
	struct {
		const char *typed, *clean;
		enum phone_kind kind;
	} cases[] = {
		{"13800010001", "13800010001", PHONE_MOBILE},
		{"+86 138-0001-0001", "13800010001", PHONE_MOBILE},
		{"008613800010001", "13800010001", PHONE_MOBILE},
		{"8613800010001", "13800010001", PHONE_MOBILE},
		{"１３８０００１０００１", "13800010001", PHONE_MOBILE},
		{"19900010001", "19900010001", PHONE_MOBILE},
		{"0738-8312345", "0738-8312345", PHONE_LANDLINE},
		{"(010) 1234 5678", "", PHONE_NONE},
		{"(010) 8234 5678", "010-82345678", PHONE_LANDLINE},
		{"01082345678转801", "010-82345678-801", PHONE_LANDLINE},
		{"010-82345678-801", "010-82345678-801", PHONE_LANDLINE},
		{"（0755）88886666", "0755-88886666", PHONE_LANDLINE},
		{"+86 20 83123456", "020-83123456", PHONE_LANDLINE},
		{"+86-738-8312345", "0738-8312345", PHONE_LANDLINE},
		{"12345", "12345", PHONE_SERVICE},
		{"120", "120", PHONE_SERVICE},
		{"95588", "95588", PHONE_SERVICE},
		{"400-123-4567", "4001234567", PHONE_SERVICE},
		{"12800010001", "", PHONE_NONE},
		{"1380001000", "", PHONE_NONE},
		{"138000100011", "", PHONE_NONE},
		{"+1 202 555 0100", "", PHONE_NONE},
		{"8312345", "", PHONE_NONE},
		{"0738-83123456789", "", PHONE_NONE},
		{"01", "", PHONE_NONE},
		{"", "", PHONE_NONE},
		{"没有", "", PHONE_NONE},
		{"13800010001/13800010002", "", PHONE_NONE},
		{"00000000000000000000000000000000000000000000000000000000000000000000", "", PHONE_NONE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[PHONE_TEXT];
		enum phone_kind kind = phone_clean(cases[i].typed, out);
		if (kind != cases[i].kind || strcmp(out, cases[i].clean))
			fail_msg("%s: %d %s", cases[i].typed, kind, out);
	}
}

/* Values in 万元. */
static enum company_size sized(const char *industry, int64_t staff, int64_t revenue, int64_t assets)
{
	return company_size(industry, staff, revenue < 0 ? -1 : revenue * 1000000, assets < 0 ? -1 : assets * 1000000);
}

/* The lower bounds of every row of the table, each held from both sides. */
static void size_table(void **state)
{
	(void)state;
	struct {
		const char *industry;
		int64_t staff[3], revenue[3], assets[3]; /* small, medium, large */
	} rows[] = {
		{"A", {0}, {50, 500, 20000}, {0}},
		{"0511", {0}, {50, 500, 20000}, {0}},
		{"06", {20, 300, 1000}, {300, 2000, 40000}, {0}},
		{"C39", {20, 300, 1000}, {300, 2000, 40000}, {0}},
		{"D", {20, 300, 1000}, {300, 2000, 40000}, {0}},
		{"47", {0}, {300, 6000, 80000}, {300, 5000, 80000}},
		{"F51", {5, 20, 200}, {1000, 5000, 40000}, {0}},
		{"5211", {10, 50, 300}, {100, 500, 20000}, {0}},
		{"54", {20, 300, 1000}, {200, 3000, 30000}, {0}},
		{"G5810", {20, 300, 1000}, {200, 3000, 30000}, {0}},
		{"591", {20, 300, 1000}, {200, 3000, 30000}, {0}},
		{"5920", {20, 100, 200}, {100, 1000, 30000}, {0}},
		{"60", {20, 300, 1000}, {100, 2000, 30000}, {0}},
		{"61", {10, 100, 300}, {100, 2000, 10000}, {0}},
		{"H", {10, 100, 300}, {100, 2000, 10000}, {0}},
		{"63", {10, 100, 2000}, {100, 1000, 100000}, {0}},
		{"64", {10, 100, 2000}, {100, 1000, 100000}, {0}},
		{"65", {10, 100, 300}, {50, 1000, 10000}, {0}},
		{"7010", {0}, {100, 1000, 200000}, {2000, 5000, 10000}},
		{"702", {100, 300, 1000}, {500, 1000, 5000}, {0}},
		{"72", {10, 100, 300}, {0}, {100, 8000, 120000}},
		{"M", {10, 100, 300}, {0}, {0}},
		{"7090", {10, 100, 300}, {0}, {0}},
		{"85", {10, 100, 300}, {0}, {0}},
		{"R", {10, 100, 300}, {0}, {0}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (int size = 0; size < 3; size++) {
			int64_t values[] = {rows[i].staff[size], rows[i].revenue[size], rows[i].assets[size]};
			enum company_size expected = (enum company_size)(SIZE_SMALL + size);
			assert_int_equal(sized(rows[i].industry, values[0], values[1], values[2]), expected);
			for (int metric = 0; metric < 3; metric++) {
				if (!values[metric])
					continue;
				/* Just below one bound, and large in everything else, is one class less: the lowest decides. */
				int64_t less[] = {9999999, 9999999, 9999999};
				less[metric] = values[metric] - 1;
				assert_int_equal(sized(rows[i].industry, less[0], less[1], less[2]), expected - 1);
				less[metric] = -1;
				assert_int_equal(sized(rows[i].industry, less[0], less[1], less[2]), SIZE_UNKNOWN);
			}
		}
	}
}

static void size_traps(void **state)
{
	(void)state;
	assert_int_equal(sized("C", 5, -1, -1), SIZE_MICRO); /* one bound missed is enough */
	assert_int_equal(sized("C", -1, 299, -1), SIZE_MICRO);
	assert_int_equal(sized("C", 1000, -1, -1), SIZE_UNKNOWN);
	assert_int_equal(sized("C", 5000, 100, -1), SIZE_MICRO); /* many staff, little revenue */
	assert_int_equal(company_size("C", 1000, INT64_C(40000) * 1000000 - 1, -1), SIZE_MEDIUM); /* one fen below */
	const char *none[] = {"53", "J", "6620", "P", "83", "84", "Q84", "S", "T97", "7040"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(sized(none[i], 500, 50000, 50000), SIZE_NONE);
	assert_int_equal(sized("59", 250, 30000, -1), SIZE_UNKNOWN); /* storage: large; transport: small */
	assert_int_equal(sized("59", 50, 500, -1), SIZE_SMALL); /* both say so */
	assert_int_equal(sized("70", 9999, 999999, 999999), SIZE_UNKNOWN);
	assert_int_equal(sized("G", 1, 1, 1), SIZE_UNKNOWN); /* railways are in it */
	assert_int_equal(sized("I", 5, 10, -1), SIZE_MICRO);
	const char *wrong[] = {"", "5", "C51", "98", "00", "Z", "C123456", "12345", "C 39", "制造"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(sized(wrong[i], 5, 5, 5), SIZE_UNKNOWN);
}

static void sections(void **state)
{
	(void)state;
	const char *firsts =
		"01A 05A 06B 13C 43C 44D 47E 51F 53G 60G 61H 63I 65I 66J 70K 71L 73M 76N 79N 80O 83P 84Q 85Q 86R 90R 91S 96S 97T";
	for (; *firsts; firsts += firsts[3] ? 4 : 3) {
		char code[] = {firsts[0], firsts[1], '\0'};
		assert_int_equal(industry_section(code), firsts[2]);
	}
	assert_int_equal(industry_section("c3962"), 'C');
	assert_int_equal(industry_section("T"), 'T');
	assert_int_equal(industry_section("D39"), 0);
	assert_string_equal(industry_section_text('C'), "Manufacturing|制造业");
	assert_non_null(industry_section_text('T'));
	assert_null(industry_section_text('U'));
	char text[DIVISION_TEXT];
	assert_string_equal(industry_division("3962", text), "C39");
	assert_string_equal(industry_division("d44", text), "D44");
	assert_null(industry_division("C", text));
	assert_null(industry_division("D39", text));
	for (int division = 1; division <= 97; division++) {
		char code[3], known[8];
		snprintf(code, sizeof code, "%02d", division);
		snprintf(known, sizeof known, "%s=", industry_division(code, text));
		assert_non_null(strstr(INDUSTRY_DIVISIONS, known));
	}
}

static void areas(void **state)
{
	(void)state;
	struct {
		const char *code;
		enum area_sort sort;
	} cases[] = {
		{"43", AREA_PROVINCE},
		{"430000000000", AREA_PROVINCE},
		{"4313", AREA_CITY},
		{"110100", AREA_CITY},
		{"4331", AREA_PREFECTURE},
		{"429000", AREA_RUN_BY_PROVINCE},
		{"431302", AREA_DISTRICT},
		{"431321", AREA_COUNTY},
		{"431381", AREA_COUNTY_CITY},
		{"433101", AREA_COUNTY_CITY},
		{"429004", AREA_COUNTY_CITY},
		{"130171", AREA_DEVELOPMENT},
		{"500151", AREA_DISTRICT},
		{"500229", AREA_COUNTY},
		{"440604011", AREA_STREET},
		{"441900003000", AREA_STREET},
		{"440604100", AREA_TOWN},
		{"431321200", AREA_TOWNSHIP},
		{"440604400", AREA_TOWN_LIKE},
		{"440604011010", AREA_COMMUNITY},
		{"440604011212", AREA_VILLAGE},
		{"440604011400", AREA_COMMUNITY_LIKE},
		{"440604011500", AREA_VILLAGE_LIKE},
		{"440604011212001", AREA_GRID},
		{"440604600", AREA_NONE},
		{"440604011600", AREA_NONE},
		{"", AREA_NONE},
		{"440", AREA_NONE},
		{"4406040112", AREA_NONE},
		{"00", AREA_NONE},
		{"44060401121200x", AREA_NONE},
		{"4406040112120012", AREA_NONE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (area_sort(cases[i].code) != cases[i].sort)
			fail_msg("%s: %d", cases[i].code, area_sort(cases[i].code));
		assert_true((area_sort_text(cases[i].sort) != NULL) == (cases[i].sort != AREA_NONE));
	}
}

static void masks(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(mask_name(arena, "张三"), "张**");
	assert_string_equal(mask_name(arena, "演示甲001"), "演**");
	assert_string_equal(mask_name(arena, "甲"), "**");
	assert_string_equal(mask_name(arena, ""), "");
	assert_string_equal(mask_phone(arena, "13800010001"), "138****0001");
	assert_string_equal(mask_phone(arena, "0738-8312345"), "073*****2345");
	assert_string_equal(mask_phone(arena, "12345"), "****");
	assert_string_equal(mask_phone(arena, "wrong but long text"), "****");
	assert_string_equal(mask_idno(arena, "43130219900101123X"), "4313**********123X");
	assert_string_equal(mask_idno(arena, "E1234"), "****");
	assert_string_equal(mask_address(arena, "娄星区花山街道某某路一号"), "娄星区花山街***");
	assert_string_equal(mask_address(arena, "一号楼"), "一***");
	assert_string_equal(mask_address(arena, ""), "");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleaning),
		cmocka_unit_test(credit_codes),
		cmocka_unit_test(id_numbers),
		cmocka_unit_test(phones),
		cmocka_unit_test(size_table),
		cmocka_unit_test(size_traps),
		cmocka_unit_test(sections),
		cmocka_unit_test(areas),
		cmocka_unit_test(masks),
	};
	return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
