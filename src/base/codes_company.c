#include <string.h>

#include "base/codes.h"

/* A value of the table in 万元, the unit of the rule. */
enum { WAN_YUAN_IN_FEN = 1000000 };

enum metric { STAFF, REVENUE, ASSETS, METRICS };

/* One row of the table: which codes, and for each metric the lower bounds of small, medium, large (0: not used). */
struct size_rule {
	const char *codes; /* sections, or codes as prefixes */
	int64_t bounds[METRICS][3];
	bool none; /* the rule says that it does not cover these */
};

static const struct size_rule rules[] = {
	{"A", {[REVENUE] = {50, 500, 20000}}, false},
	{"B C D", {[STAFF] = {20, 300, 1000}, [REVENUE] = {300, 2000, 40000}}, false},
	{"E", {[REVENUE] = {300, 6000, 80000}, [ASSETS] = {300, 5000, 80000}}, false},
	{"51", {[STAFF] = {5, 20, 200}, [REVENUE] = {1000, 5000, 40000}}, false},
	{"52", {[STAFF] = {10, 50, 300}, [REVENUE] = {100, 500, 20000}}, false},
	/* 装卸搬运 is 591 since 2017; the note to the table counts it as transport. */
	{"54 55 56 57 58 591", {[STAFF] = {20, 300, 1000}, [REVENUE] = {200, 3000, 30000}}, false},
	{"592 593 594 595 596 599", {[STAFF] = {20, 100, 200}, [REVENUE] = {100, 1000, 30000}}, false},
	{"60", {[STAFF] = {20, 300, 1000}, [REVENUE] = {100, 2000, 30000}}, false},
	{"61 62", {[STAFF] = {10, 100, 300}, [REVENUE] = {100, 2000, 10000}}, false},
	{"63 64", {[STAFF] = {10, 100, 2000}, [REVENUE] = {100, 1000, 100000}}, false},
	{"65", {[STAFF] = {10, 100, 300}, [REVENUE] = {50, 1000, 10000}}, false},
	{"701", {[REVENUE] = {100, 1000, 200000}, [ASSETS] = {2000, 5000, 10000}}, false},
	{"702", {[STAFF] = {100, 300, 1000}, [REVENUE] = {500, 1000, 5000}}, false},
	{"L", {[STAFF] = {10, 100, 300}, [ASSETS] = {100, 8000, 120000}}, false},
	/* Social work is 85 since 2017 (84 in the edition of 2011). */
	{"M N O R 703 709 85", {[STAFF] = {10, 100, 300}}, false},
	{"53 704 J P S T 84", {{0}}, true},
};

struct section {
	char letter;
	int first, last; /* divisions */
	const char *text;
};

/* GB/T 4754-2017. */
static const struct section sections[] = {
	{'A', 1, 5, "Agriculture, forestry, animal husbandry and fishery|农、林、牧、渔业"},
	{'B', 6, 12, "Mining|采矿业"},
	{'C', 13, 43, "Manufacturing|制造业"},
	{'D', 44, 46, "Electricity, heat, gas and water|电力、热力、燃气及水生产和供应业"},
	{'E', 47, 50, "Construction|建筑业"},
	{'F', 51, 52, "Wholesale and retail|批发和零售业"},
	{'G', 53, 60, "Transport, storage and post|交通运输、仓储和邮政业"},
	{'H', 61, 62, "Accommodation and catering|住宿和餐饮业"},
	{'I', 63, 65, "Information, software and IT services|信息传输、软件和信息技术服务业"},
	{'J', 66, 69, "Finance|金融业"},
	{'K', 70, 70, "Real estate|房地产业"},
	{'L', 71, 72, "Leasing and business services|租赁和商务服务业"},
	{'M', 73, 75, "Research and technical services|科学研究和技术服务业"},
	{'N', 76, 79, "Water, environment and public facilities|水利、环境和公共设施管理业"},
	{'O', 80, 82, "Resident services, repair and other services|居民服务、修理和其他服务业"},
	{'P', 83, 83, "Education|教育"},
	{'Q', 84, 85, "Health and social work|卫生和社会工作"},
	{'R', 86, 90, "Culture, sports and entertainment|文化、体育和娱乐业"},
	{'S', 91, 96, "Public administration, social security and organisations|公共管理、社会保障和社会组织"},
	{'T', 97, 97, "International organisations|国际组织"},
};

enum { SECTIONS = sizeof sections / sizeof *sections };

/* The section a code names, and in `digits` what follows the letter; NULL where it is no code. */
static const struct section *find_section(const char *code, const char **digits)
{
	char letter = *code >= 'A' && *code <= 'T' ? *code++ : *code >= 'a' && *code <= 't' ? (char)(*code++ - 'a' + 'A') : '\0';
	size_t count = strspn(code, "0123456789");
	*digits = code;
	if (code[count] || count == 1 || count > 4 || (!count && !letter))
		return NULL;
	int division = count ? (code[0] - '0') * 10 + (code[1] - '0') : 0;
	for (int i = 0; i < SECTIONS; i++) {
		bool inside = division >= sections[i].first && division <= sections[i].last;
		if (letter ? letter == sections[i].letter && (!count || inside) : inside)
			return &sections[i];
	}
	return NULL;
}

char industry_section(const char *code)
{
	const char *digits;
	const struct section *section = find_section(code, &digits);
	return section ? section->letter : '\0';
}

const char *industry_division(const char *code, char text[DIVISION_TEXT])
{
	const char *digits;
	const struct section *section = find_section(code, &digits);
	if (!section || !*digits)
		return NULL;
	memcpy(text, (char[]){section->letter, digits[0], digits[1], '\0'}, DIVISION_TEXT);
	return text;
}

const char *industry_section_text(char letter)
{
	return letter >= 'A' && letter <= 'T' ? sections[letter - 'A'].text : NULL;
}

/* Whether the word of a rule and the code may mean the same company: one begins with the other. */
static bool word_fits(const char *word, size_t size, const struct section *section, const char *digits)
{
	if (word[0] >= 'A')
		return word[0] == section->letter;
	if (!*digits) {
		int division = (word[0] - '0') * 10 + (word[1] - '0');
		return division >= section->first && division <= section->last;
	}
	size_t known = strlen(digits);
	return !memcmp(word, digits, known < size ? known : size);
}

static bool rule_fits(const struct size_rule *rule, const struct section *section, const char *digits)
{
	for (const char *word = rule->codes; *word;) {
		size_t size = strcspn(word, " ");
		if (word_fits(word, size, section, digits))
			return true;
		word += size + (word[size] == ' ');
	}
	return false;
}

static enum company_size size_by(const struct size_rule *rule, const int64_t values[METRICS])
{
	enum company_size least = SIZE_LARGE;
	bool missing = false;
	if (rule->none)
		return SIZE_NONE;
	for (int metric = 0; metric < METRICS; metric++) {
		const int64_t *bounds = rule->bounds[metric];
		int64_t unit = metric == STAFF ? 1 : WAN_YUAN_IN_FEN;
		if (!bounds[0])
			continue;
		if (values[metric] < 0) {
			missing = true;
			continue;
		}
		enum company_size size = SIZE_MICRO;
		for (int i = 0; i < 3; i++)
			if (values[metric] >= bounds[i] * unit)
				size = (enum company_size)(SIZE_SMALL + i);
		least = size < least ? size : least;
	}
	return missing && least != SIZE_MICRO ? SIZE_UNKNOWN : least;
}

enum company_size company_size(const char *industry, int64_t staff, int64_t revenue, int64_t assets)
{
	const int64_t values[METRICS] = {[STAFF] = staff, [REVENUE] = revenue, [ASSETS] = assets};
	const char *digits;
	const struct section *section = find_section(industry, &digits);
	enum company_size result = SIZE_UNKNOWN;
	bool found = false;
	for (size_t i = 0; section && i < sizeof rules / sizeof *rules; i++) {
		if (!rule_fits(&rules[i], section, digits))
			continue;
		enum company_size size = size_by(&rules[i], values);
		if (found && size != result)
			return SIZE_UNKNOWN;
		result = size;
		found = true;
	}
	return result;
}

const char *company_size_text(enum company_size size)
{
	switch (size) {
	case SIZE_UNKNOWN: return "Not known|未知";
	case SIZE_MICRO: return "Micro|微型";
	case SIZE_SMALL: return "Small|小型";
	case SIZE_MEDIUM: return "Medium|中型";
	case SIZE_LARGE: return "Large|大型";
	case SIZE_NONE: return "Not covered|不适用";
	}
	return "";
}
