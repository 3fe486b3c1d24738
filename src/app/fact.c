#include "app/fact.h"

#include <inttypes.h>
#include <string.h>

#include "app/need_choices.h"
#include "app/policy_mark.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/picks.h"

static enum status fact_check(struct work *work, const struct row *old, struct row *row);
static enum status fact_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/fact.def"
#define HOOKS .check = fact_check, .saved = fact_saved,
#include "record/table.h"

#define NO_CODES "-" /* a list that is known to be empty */

/* --- months */

bool month_parse(const char *text, int64_t *month)
{
	int64_t day;
	char whole[DAY_TEXT];
	if (!text || strlen(text) != 7)
		return false;
	memcpy(whole, text, 7);
	memcpy(whole + 7, "-01", 4);
	if (!day_parse(whole, &day))
		return false;
	*month = month_of(day);
	return true;
}

const char *month_text(struct arena *arena, int64_t month)
{
	return arena_print(arena, "%04" PRId64 "-%02" PRId64, month / 12, month % 12 + 1);
}

int64_t month_of(int64_t day)
{
	int year, month, unused;
	day_split(day, &year, &month, &unused);
	return (int64_t)year * 12 + month - 1;
}

/* --- the book */

static const char subjects[] =
	"enterprise=Enterprise|企业, individual=Individual business|个体工商户, cooperative=Farmers' cooperative|农民专业合作社, "
	"social=Social organisation|社会组织, public=Public institution|机关事业单位";
static const char levels[] = "low=Low|低风险, medium=Medium|中风险, high=High|高风险";

static enum fact_type type_of_field(const struct field *field)
{
	return field->kind == &kind_flag      ? FACT_FLAG
		: field->kind == &kind_whole  ? FACT_WHOLE
		: field->kind == &kind_amount ? FACT_AMOUNT
					      : FACT_TEXT;
}

static void add_field(struct arena *arena, struct fact_book *book, const char *name)
{
	const struct field *field = record_field(&site_record, name);
	*ARENA_PUSH(arena, book->list, book->count, book->space) = (struct fact_about){.code = name,
		.label = field->label,
		.unit = field->unit,
		.choices = field->picks,
		.type = type_of_field(field),
		.of_site = true};
}

struct fact_book *fact_book_register(struct arena *arena)
{
	static const char *const fields[] = {
		"kind", "industry", "size", "tier", "status", "staff", "on_duty", "revenue", "assets", "taxpayer", "above_scale"};
	struct fact_book *book = arena_alloc(arena, sizeof *book);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		add_field(arena, book, fields[i]);
	*ARENA_PUSH(arena, book->list, book->count, book->space) = (struct fact_about){
		.code = "risk", .label = "Risk level of its area|所在区划风险等级", .choices = levels, .type = FACT_TEXT, .of_site = true};
	*ARENA_PUSH(arena, book->list, book->count, book->space) =
		(struct fact_about){.code = "granted", .label = "Policies granted|已享受的政策", .type = FACT_LIST};
	return book;
}

/* The legal form and what was granted elsewhere are facts of which muster knows a part itself. */
static void add_kinds(struct work *work, struct fact_book *book)
{
	static const char types[] = "flag,whole,amount,rate,day,text,list";
	struct query *query =
		db_query(work->db, "SELECT code, label, unit, choices, type, monthly FROM fact_kinds WHERE voided_at IS NULL", NOTHING);
	while (db_next(query)) {
		const char *code = db_copy(query, 0, work->arena), *type = db_text(query, 4), *list = types;
		int at = 0;
		for (const char *word; (word = text_word(work->arena, &list, ',')) && strcmp(word, type) != 0;)
			at++;
		if (!fact_find(book, code))
			*ARENA_PUSH(work->arena, book->list, book->count, book->space) = (struct fact_about){.code = code,
				.label = db_copy(query, 1, work->arena),
				.unit = db_copy(query, 2, work->arena),
				.choices = strcmp(code, "subject") == 0 ? subjects : db_copy(query, 3, work->arena),
				.type = (enum fact_type)at,
				.monthly = db_whole(query, 5) != 0};
	}
}

const struct fact_book *fact_book(struct work *work)
{
	const struct id key = id_of_name("muster fact book");
	const struct fact_book *kept = work_kept(work, key);
	if (kept)
		return kept;
	struct fact_book *book = fact_book_register(work->arena);
	add_kinds(work, book);
	work_keep(work, key, book);
	return book;
}

const struct fact_about *fact_find(const struct fact_book *book, const char *code)
{
	for (size_t i = 0; code && i < book->count; i++)
		if (strcmp(book->list[i].code, code) == 0)
			return &book->list[i];
	return NULL;
}

/* --- values in words */

static const char *choice_word(struct arena *arena, const struct fact_about *about, const char *code, enum language language)
{
	struct pick pick;
	for (const char *at = about->choices; at && picks_next(arena, &at, &pick);)
		if (text_same(pick.code, code))
			return text_in(arena, pick.label, language);
	return code;
}

/* 550 hundredths as "5.5" */
static const char *hundredths(struct arena *arena, int64_t number)
{
	int64_t size = number < 0 ? -number : number, cut = size % 100;
	const char *sign = number < 0 ? "-" : "";
	if (!cut)
		return arena_print(arena, "%s%" PRId64, sign, size / 100);
	return cut % 10 ? arena_print(arena, "%s%" PRId64 ".%02" PRId64, sign, size / 100, cut)
			: arena_print(arena, "%s%" PRId64 ".%" PRId64, sign, size / 100, cut / 10);
}

static const char *list_words(struct arena *arena, const struct fact_about *about, const char *text, enum language language)
{
	struct buf buf = {.arena = arena};
	if (text_same(text, NO_CODES))
		return "";
	for (const char *word; (word = text_word(arena, &text, ','));)
		buf_print(&buf, "%s%s", buf.size ? (language == CHINESE ? "、" : ", ") : "", choice_word(arena, about, word, language));
	return buf_end(&buf);
}

const char *fact_say(struct arena *arena, const struct fact_about *about, int64_t number, const char *text, enum language language)
{
	char day[DAY_TEXT];
	const char *unit = about->unit ? text_in(arena, about->unit, language) : "";
	switch (about->type) {
	case FACT_FLAG: return text_in(arena, number ? "yes|是" : "no|否", language);
	case FACT_AMOUNT: return arena_print(arena, language == CHINESE ? "%s元" : "%s yuan", hundredths(arena, number));
	case FACT_RATE: return arena_print(arena, "%s%%", hundredths(arena, number));
	case FACT_DAY: return arena_copy(arena, day_print(number, day));
	case FACT_TEXT: return choice_word(arena, about, text, language);
	case FACT_LIST: return list_words(arena, about, text, language);
	default: break;
	}
	return arena_print(arena, *unit && language == ENGLISH ? "%" PRId64 " %s" : "%" PRId64 "%s", number, unit);
}

/* --- rules of a fact */

static bool read_flag(const char *text, int64_t *number)
{
	static const char *const yes[] = {"1", "yes", "true", "是", "有"}, *const no[] = {"0", "no", "false", "否", "无"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (text_same(text, yes[i]) || text_same(text, no[i])) {
			*number = text_same(text, yes[i]);
			return true;
		}
	return false;
}

/* "12", "12.5", "12.50", "-3": with up to two decimals, in hundredths; thousands may be parted by commas. */
static bool read_hundredths(const char *text, int64_t *number)
{
	bool minus = *text == '-', any = false;
	int64_t sum = 0;
	int decimals = -1;
	for (const char *at = text + minus; *at; at++) {
		if (*at == ',' && decimals < 0 && any)
			continue;
		if (*at == '.' && decimals < 0 && any) {
			decimals = 0;
			continue;
		}
		if (*at < '0' || *at > '9' || decimals == 2 || sum > INT64_C(9000000000000000))
			return false;
		sum = sum * 10 + (*at - '0');
		any = true;
		decimals += decimals >= 0;
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 2 && any; i++)
		sum *= 10;
	*number = minus ? -sum : sum;
	return any && decimals != 0 && sum <= INT64_C(9000000000000000);
}

static bool read_number(const struct fact_about *about, const char *text, int64_t *number)
{
	if (about->type == FACT_FLAG)
		return read_flag(text, number);
	if (about->type == FACT_DAY)
		return day_parse(text, number);
	size_t size = strlen(text);
	char bare[64];
	/* the sign of a rate may stand behind it */
	if (about->type == FACT_RATE && size && size < sizeof bare && text[size - 1] == '%') {
		memcpy(bare, text, size - 1);
		bare[size - 1] = '\0';
		text = bare;
	}
	if (!read_hundredths(text, number))
		return false;
	if (about->type != FACT_WHOLE)
		return true;
	bool whole = *number % 100 == 0;
	*number /= 100;
	return whole;
}

static bool known_choice(struct arena *arena, const struct fact_about *about, const char *word)
{
	struct pick pick;
	for (const char *at = about->choices; at && picks_next(arena, &at, &pick);)
		if (text_same(pick.code, word))
			return true;
	return !about->choices || !*about->choices;
}

/* Codes without spaces, each once said as it is. */
static enum status read_words(struct work *work, struct fact *fact, const struct fact_about *about)
{
	struct buf buf = {.arena = work->arena};
	const char *list = fact->value;
	if (strchr(fact->value, '|'))
		return fail(work, BAD_FIELD, "value", "must not hold a bar|不能含竖线");
	for (const char *word; (word = about->type == FACT_LIST ? text_word(work->arena, &list, ',') : list);) {
		word = text_trim(work->arena, word);
		if (about->type != FACT_LIST)
			list = NULL;
		if (*word && !known_choice(work->arena, about, word))
			return fail(work, BAD_FIELD, "value", "%s is not one of the choices of this kind|“%s”不是该类事实的可选值", word);
		if (*word)
			buf_print(&buf, "%s%s", buf.size ? "," : "", word);
	}
	if (!buf.size && about->type == FACT_TEXT)
		return fail(work, BAD_FIELD, "value", "must be given|必填");
	SET(fact, fact, value, V(buf.size ? buf_end(&buf) : NO_CODES));
	SET(fact, fact, number, value_null());
	return OK;
}

/* As it is stored: the same for whoever told it, so that a list reads evenly. */
static enum status read_value(struct work *work, struct fact *fact, const struct fact_about *about)
{
	static const char *const faults[] = {[FACT_FLAG] = "must be yes or no|须为“是”或“否”",
		[FACT_WHOLE] = "must be a whole number|须为整数",
		[FACT_AMOUNT] = "must be an amount in yuan such as 1200.50|须为金额（元），如 1200.50",
		[FACT_RATE] = "must be a rate in percent such as 5.5|须为百分率，如 5.5",
		[FACT_DAY] = "must be a day such as 2020-03-05|须为日期，如 2020-03-05"};
	int64_t number;
	if (about->type == FACT_TEXT || about->type == FACT_LIST)
		return read_words(work, fact, about);
	const char *text = text_trim(work->arena, fact->value);
	if (!read_number(about, text, &number))
		return fail(work, BAD_FIELD, "value", "%s|%s", text_in(work->arena, faults[about->type], work->language));
	SET(fact, fact, number, V(number));
	SET(fact, fact, value,
		V(about->type == FACT_FLAG                  ? (number ? "yes" : "no")
				: about->type == FACT_DAY   ? text
				: about->type == FACT_WHOLE ? arena_print(work->arena, "%" PRId64, number)
							    : hundredths(work->arena, number)));
	return OK;
}

static enum status check_month(struct work *work, const struct fact *fact, const struct fact_about *about)
{
	int64_t month;
	bool given = GIVEN(fact, fact, month);
	if (about->monthly && !given)
		return fail(work, BAD_FIELD, "month", "must be given: this is told by the month|该项按月填报，须填月份");
	if (!about->monthly && given)
		return fail(work, BAD_FIELD, "month", "is for kinds told by the month|该项不按月填报");
	return given && !month_parse(fact->month, &month)
		? fail(work, BAD_FIELD, "month", "must be a month such as 2020-02|须为月份，如 2020-02")
		: OK;
}

static enum status check_once(struct work *work, const struct fact *fact)
{
	const char *month = GIVEN(fact, fact, month) ? fact->month : "";
	return db_get(work->db, 0,
		       "SELECT 1 FROM facts WHERE site = ? AND kind = ? AND coalesce(month, '') = ? AND id <> ? AND voided_at IS NULL LIMIT 1",
		       BIND(V(fact->site), V(fact->kind), V(month), V(fact->row.id)))
		? fail(work, BAD_FIELD, "kind", "is known of this site already: change it there|该企业已有此项，请直接修改")
		: OK;
}

static enum status fact_check(struct work *work, const struct row *old, struct row *row)
{
	struct fact *fact = (struct fact *)row;
	const struct fact_about *about = fact_find(fact_book(work), fact->kind);
	if (!about || about->of_site)
		return fail(work, BAD_FIELD, "kind", "is not in the list|不在可选范围内");
	if (read_value(work, fact, about) != OK || check_month(work, fact, about) != OK)
		return work->status;
	if (!GIVEN(fact, fact, told))
		SET(fact, fact, told, V(work->today));
	if (fact->told > work->today)
		return fail(work, BAD_FIELD, "told", "is in the future|不能晚于今日");
	return old ? OK : check_once(work, fact);
}

/* What policies say of this site, and of no other, may be different now. */
static enum status fact_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct fact *fact = (const struct fact *)row, *before = (const struct fact *)old;
	if (old && text_same(before->value, fact->value) && !row->voided_at == !old->voided_at)
		return OK;
	return policy_touched(work, fact->site);
}
