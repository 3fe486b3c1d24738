/* Loans and insurance in the demonstration: six firms are granted 17,080,000 yuan, 16,800,000 of it paid out (domain.md, zhaoqing), one of them within three hours; others wait at
 * every step. In the evenings, behind all else. */
#include <string.h>

#include "base/clock.h"
#include "face/demo.h"

enum { EVENING = 19 * 60, BANKS = 3, INSURER = 2, YUAN = 100, THOUSAND = 1000 };

enum stage { RAISED, INVITED, OFFERED, TAKEN, DECLINED, GRANTED, PAID };

static const struct wish {
	int firm, day; /* days after the first on which it is asked for, and decided */
	int decided;
	int64_t yuan, paid; /* in thousands */
	const char *kind, *purpose, *text;
	int bank;
	enum stage stage;
} wishes[] = {
	{3, 4, 5, 4000, 4000, "loan", "materials", "采购原料备货（演示）", 0, PAID},
	{8, 5, 7, 3000, 3000, "loan", "wages", "发放二月工资（演示）", 1, PAID},
	{14, 6, 7, 3000, 3000, "loan", "materials", "采购熔喷布（演示）", 0, PAID},
	{21, 8, 8, 2800, 2800, "loan", "equipment", "增设口罩产线（演示）", 1, PAID},
	{27, 9, 11, 2200, 2200, "loan", "renew", "三月到期贷款续贷（演示）", 0, PAID},
	{33, 10, 13, 2080, 1800, "loan", "rent", "房租水电（演示）", 1, GRANTED},
	{5, 11, 12, 500, 0, "insurance", "resume", "复工综合保险（演示）", INSURER, GRANTED},
	{17, 12, 14, 1500, 0, "loan", "wages", "发放工资（演示）", 0, DECLINED},
	{19, 16, 0, 800, 0, "loan", "tax", "缴纳社保（演示）", 1, TAKEN},
	{25, 17, 0, 1200, 0, "loan", "materials", "采购包装材料（演示）", 0, OFFERED},
	{30, 19, 0, 600, 0, "loan", "rent", "厂房租金（演示）", 0, INVITED},
	{38, 20, 0, 900, 0, "loan", "wages", "发放三月工资（演示）", 0, RAISED},
};
enum { WISHES = sizeof wishes / sizeof *wishes };

static const char *const users[BANKS] = {"demo-bank", "demo-bank-2", "demo-insurer"};

/* Bodies that lend or insure, each with one who answers for it. */
static void make_banks(struct demo *demo)
{
	static const char *const names[BANKS][2] = {
		{"红棉银行娄星支行（演示）", "bank"}, {"蓝海银行娄星支行（演示）", "bank"}, {"安稳保险（演示）", "insurer"}};
	for (int i = 0; i < BANKS; i++) {
		demo->banks[i] =
			demo_text(demo_send(demo, NULL, "POST", "/api/v1/orgs",
					  json_pack("{s:s, s:s, s:s}", "name", names[i][0], "kind", names[i][1], "area", demo->district)),
				"id");
		const char *user = demo_text(demo_send(demo, NULL, "POST", "/api/v1/users",
						     json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", users[i], "area", demo->district,
							     "duty", "信贷（承保）经办（演示）", "shown",
							     arena_print(demo->arena, "演示经办%02d", i + 1), "org", demo->banks[i])),
			"id");
		demo_send(demo, NULL, "POST", "/api/v1/grants",
			json_pack("{s:s, s:s, s:s}", "user", user, "role", "department", "area", demo->district));
	}
}

static void act(struct demo *demo, int bank, const char *offer, const char *step, json_t *body)
{
	demo_send(
		demo, users[bank], "POST", arena_print(demo->arena, "/api/v1/bank/loans/%s/%s", offer, step), body ? body : json_object());
}

/* The firm's answer from one bank; what others answer stays open. */
static const char *offer_of(struct demo *demo, const char *user, const char *loan, const char *bank)
{
	const json_t *rows =
		json_object_get(demo_send(demo, user, "GET", arena_print(demo->arena, "/api/v1/loan_offers?loan=%s", loan), NULL), "rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (strcmp(demo_text(json_array_get(rows, i), "bank"), bank) == 0)
			return demo_text(json_array_get(rows, i), "id");
	return "";
}

static void make_offer(struct demo *demo, const struct wish *wish, int bank, const char *offer, int64_t day)
{
	json_t *body = json_pack("{s:I, s:i, s:s}", "amount", (json_int_t)(wish->yuan * THOUSAND * YUAN), "months",
		bank == INSURER ? 6 : 12, "valid_until", demo_day_text(demo, day + 20));
	json_object_set_new(body, bank == INSURER ? "premium" : "rate", json_integer(bank == INSURER ? 3000 * YUAN : bank ? 405 : 385));
	act(demo, bank, offer, "offer", body);
}

static void ask(struct demo *demo, int at, int64_t day)
{
	const struct wish *wish = &wishes[at];
	const struct demo_firm *firm = &demo->firms[wish->firm];
	bool lends = wish->bank != INSURER;
	demo_clock(demo, day, EVENING);
	demo->loans[at] = demo_text(demo_send(demo, firm->user, "POST", "/api/v1/loans",
					    json_pack("{s:s, s:s, s:I, s:s, s:s, s:i}", "site", firm->id, "kind", wish->kind, "amount",
						    (json_int_t)(wish->yuan * THOUSAND * YUAN), "purpose", wish->purpose, "purpose_text",
						    wish->text, "months", 12)),
		"id");
	if (wish->stage == RAISED)
		return;
	/* both banks are asked, or the insurer */
	json_t *invited = json_pack("[s]", demo->banks[wish->bank]);
	if (lends && wish->stage != DECLINED)
		json_array_append_new(invited, json_string(demo->banks[1 - wish->bank]));
	demo_send(demo, "demo-department-4", "POST", arena_print(demo->arena, "/api/v1/loans/%s/invite", demo->loans[at]),
		json_pack("{s:o}", "invited", invited));
	if (wish->stage == INVITED || wish->stage == DECLINED)
		return;
	demo_clock(demo, day, EVENING + 60);
	for (int bank = 0; bank < BANKS; bank++)
		if (bank == wish->bank || (lends && bank == 1 - wish->bank && at % 2))
			make_offer(demo, wish, bank, offer_of(demo, firm->user, demo->loans[at], demo->banks[bank]), day);
	if (wish->stage != OFFERED)
		demo_send(demo, firm->user, "POST",
			arena_print(demo->arena, "/api/v1/loan_offers/%s/accept",
				offer_of(demo, firm->user, demo->loans[at], demo->banks[wish->bank])),
			json_object());
}

static void decide(struct demo *demo, int at, int64_t day)
{
	const struct wish *wish = &wishes[at];
	const char *offer = offer_of(demo, demo->firms[wish->firm].user, demo->loans[at], demo->banks[wish->bank]);
	demo_clock(demo, day, EVENING + 180);
	if (wish->stage == DECLINED)
		act(demo, wish->bank, offer, "decline",
			json_pack("{s:s, s:s}", "reason", "guarantee", "reason_text", "缺少抵押物（演示）"));
	if (wish->stage < GRANTED)
		return;
	act(demo, wish->bank, offer, "approve", NULL);
	if (wish->paid)
		act(demo, wish->bank, offer, "pay",
			json_pack("{s:I, s:s}", "pay", (json_int_t)(wish->paid * THOUSAND * YUAN), "voucher",
				arena_print(demo->arena, "演示放款%02d", at + 1)));
}

void demo_loans(struct demo *demo, int64_t day)
{
	int64_t since = day - demo->first;
	if (since == 3)
		make_banks(demo);
	for (int i = 0; i < WISHES; i++)
		if (wishes[i].day == since)
			ask(demo, i, day);
	for (int i = 0; i < WISHES; i++)
		if (wishes[i].decided && wishes[i].decided == since)
			decide(demo, i, day);
}
