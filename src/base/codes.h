/*
 * Codes of the field: pure functions, no memory but the caller's.
 * What "takes a clean code" wants it as code_clean leaves it; every text is valid UTF-8.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * Copies a code without white space, ASCII letters made capital, full-width letters, digits and signs made ASCII.
 * False where the result does not fit `room` bytes (NUL counted); `out` then holds "".
 */
bool code_clean(const char *text, char *out, size_t room);

/* What is wrong with a code. */
enum code_fault {
	CODE_FINE,
	CODE_SHAPE, /* wrong length or characters */
	CODE_DATE, /* of an ID number: no such day, or one to come */
	CODE_CHECK, /* the last character does not fit the others */
	CODE_INNER, /* of a credit code: characters 9-17 do not fit GB 11714, all else does */
};

/* "English|中文"; empty for CODE_FINE. */
const char *code_fault_text(enum code_fault fault);

/*
 * Unified social credit code, GB 32100-2015: 18 characters of 0-9A-Z without I O S V Z; character 18 makes
 * sum(value * 3^(i-1)) mod 31 zero. Characters 9-17 are an organisation code with the check of GB 11714-1997.
 * Real codes that fail do exist: warn, do not block. Takes a clean code.
 */
enum code_fault uscc_check(const char *code);

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

struct idno_facts {
	enum sex sex;
	int64_t birth; /* days since 1970-01-01 */
};

/*
 * Citizen ID number, GB 11643-1999: 17 digits and ISO 7064 MOD 11-2. The region may be one abolished long ago (or 81-83,
 * residence permits), so it is not looked up. `today` refuses days of birth to come; INT64_MAX: not looked at.
 * `facts` may be NULL; it is filled where the shape and date are right. Takes a clean code.
 */
enum code_fault idno_check(const char *code, int64_t today, struct idno_facts *facts);

enum phone_kind { PHONE_NONE, PHONE_MOBILE, PHONE_LANDLINE, PHONE_SERVICE };
enum { PHONE_TEXT = 24 };

/*
 * Normalises a phone number of the mainland: +86, 0086, spaces, hyphens, brackets and full-width digits may be there.
 * Mobile "13800010001" (1[3-9] and nine digits); landline "0738-8312345", "010-12345678-801" (area code, number of 7 or 8
 * digits not beginning with 0 or 1, extension); service "12345", "95588", "4001234567". PHONE_NONE: none of these, `out` is "".
 */
enum phone_kind phone_clean(const char *text, char out[PHONE_TEXT]);

/*
 * Size class of an enterprise, 统计上大中小微型企业划分办法（2017） (国统字〔2017〕213号). Large, medium and small need every
 * lower bound of their row; micro is what misses one of the bounds of small.
 */
enum company_size { SIZE_UNKNOWN, SIZE_MICRO, SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZE_NONE };

#define SIZE_ABSENT INT64_C(-1)

/*
 * `industry`: GB/T 4754-2017, a section ("C"), or a section or none with 2 to 4 digits ("C39", "3962"). `staff` in persons,
 * `revenue` and `assets` in fen; SIZE_ABSENT (any negative) where not known.
 * SIZE_NONE: the rule does not cover the industry (railways 53, finance J, letting of real estate 704, education P,
 * health 84, public bodies S, T). SIZE_UNKNOWN: a value that decides is missing, or the code is too short to say which row
 * holds and the rows disagree (59: 591 is transport, the rest storage; 70: four rows), or is no code.
 * Known values that miss the bound of small are enough for SIZE_MICRO.
 */
enum company_size company_size(const char *industry, int64_t staff, int64_t revenue, int64_t assets);
/* "Large|大型" and so on. */
const char *company_size_text(enum company_size size);

/* The section A to T of a GB/T 4754-2017 code (forms as above); 0 where there is none, or letter and digits disagree. */
char industry_section(const char *code);
enum { DIVISION_TEXT = 4 };
/* The division 大类 of a code, as the letter of its section and two digits ("C39" of "3962"): one of INDUSTRY_DIVISIONS (codes_divisions.h). NULL where the code
 * names a section alone, or is none. Into `text`. */
const char *industry_division(const char *code, char text[DIVISION_TEXT]);
/* "Manufacturing|制造业"; NULL for another letter. */
const char *industry_section_text(char section);

/*
 * What sort of unit an area code names, from its ranges (统计用区划代码; verified on 41,352 towns and 620,573 villages), never
 * from the name. Codes of 2, 4, 6, 9, 12 digits, with or without zeros behind, or 15 (a grid).
 */
enum area_sort {
	AREA_NONE,
	AREA_PROVINCE,
	AREA_CITY, /* 地级市, and the districts of municipalities as a whole */
	AREA_PREFECTURE, /* 地区、州、盟 */
	AREA_RUN_BY_PROVINCE, /* 省直辖县级行政区划: no place of its own */
	AREA_DISTRICT, /* 市辖区 */
	AREA_COUNTY, /* 县、自治县、旗 */
	AREA_COUNTY_CITY, /* 县级市 */
	AREA_DEVELOPMENT, /* 71-79: parks that have a code in statistics only, not in GB/T 2260 */
	AREA_STREET, /* 街道, 001-099 */
	AREA_TOWN, /* 镇, 100-199 */
	AREA_TOWNSHIP, /* 乡、苏木, 200-399 */
	AREA_TOWN_LIKE, /* 类似乡级: parks, farms, 400-599 */
	AREA_COMMUNITY, /* 居委会, 001-199 */
	AREA_VILLAGE, /* 村委会, 200-399 */
	AREA_COMMUNITY_LIKE, /* 类似居委会, 400-499 */
	AREA_VILLAGE_LIKE, /* 类似村委会, 500-599 */
	AREA_GRID,
};

enum area_sort area_sort(const char *code);
/* "Street|街道" and so on; NULL for AREA_NONE. */
const char *area_sort_text(enum area_sort sort);

/* For screens, where the right to see a private value is missing. What is too short to hide anything in becomes stars only. */
char *mask_name(struct arena *arena, const char *name); /* 张**, however long the name is */
char *mask_phone(struct arena *arena, const char *phone); /* 138****0001 */
char *mask_idno(struct arena *arena, const char *idno); /* 4313**********123X */
char *mask_address(struct arena *arena, const char *address); /* the first 6 characters, never more than half, and *** */
