/* What is urgent in a daily round: it goes up as an urgent report, and liaison and firm are told, in the write that told of it. */
#include "app/alarm.h"
#include "app/health.h"
#include "app/person.h"
#include "app/settings.h"
#include "app/staff.h"
#include "base/clock.h"
#include "base/codes.h"
#include "record/rows.h"

enum { MOST_NAMED = 12 };

static const char *name_of(struct work *work, const struct health *health)
{
	const struct staff *staff = (const struct staff *)row_load(work, &staff_record, health_staff(health));
	const struct person *person = staff ? NULL : (const struct person *)row_load(work, &person_record, health->person);
	return staff ? staff->name : person ? person->name : NULL;
}

static const char *names_of(struct work *work, const struct health_alarm *alarm, enum language language)
{
	struct buf names = {.arena = work->arena};
	for (size_t i = 0; i < alarm->count && i < MOST_NAMED; i++) {
		const char *name = name_of(work, alarm->rows[i]);
		buf_print(&names, "%s%s", i ? text_in(work->arena, ", |、", language) : "",
			name ? alarm_plain(work, mask_name(work->arena, name)) : "*");
	}
	if (alarm->count > MOST_NAMED)
		buf_text(&names, text_in(work->arena, " and others| 等", language));
	return buf_end(&names);
}

static const char *words_in(struct work *work, const struct health_alarm *alarm, enum language language)
{
	char day[DAY_TEXT];
	struct arena *arena = work->arena;
	int64_t threshold = settings_tenths(work, "fever_tenths"), feverish = 0;
	for (size_t i = 0; i < alarm->count; i++)
		feverish += GIVEN(alarm->rows[i], health, feverish) && alarm->rows[i]->feverish;
	const char *degrees = arena_print(arena, "%lld.%lld", (long long)threshold / 10, (long long)threshold % 10);
	/* a row outside the round belongs to no staff file */
	bool round = GIVEN(alarm->rows[0], health, staff);
	const char *head = arena_print(arena,
		text_in(arena, round ? "Daily health round of %s|%s 每日健康申报" : "Health records of %s|%s 健康监测记录", language),
		day_print(alarm->day, day));
	return arena_print(arena,
		text_in(arena,
			"%s: %lld are worrying, %lld of them feverish (%s °C or above), the others by symptoms or a test: %s. Who they are is in the %s of the "
			"day. The firm takes them off work, keeps them apart and calls the fever clinic.|%s：%lld 人需立即处置，其中发热 %lld 人（达到 %s℃），"
			"其余为症状或检测结果异常：%s。人员情况见当日%s。请企业立即安排离岗、单独观察，并联系发热门诊。",
			language),
		head, (long long)alarm->count, (long long)feverish, degrees, names_of(work, alarm, language),
		text_in(arena, round ? "round|健康申报" : "health records|健康监测记录", language));
}

enum status health_alarm(struct work *work, struct health_alarm *told)
{
	struct alarm alarm = {.site = told->site,
		.day = told->day,
		.mark = "health alarm",
		.setting = "health_alarm_kind",
		.text = arena_print(work->arena, "%s|%s", words_in(work, told, ENGLISH), words_in(work, told, CHINESE)),
		.people = (int64_t)told->count,
		.notice = "health_alarm",
		.about = &told->rows[0]->row};
	enum status status = alarm_raise(work, &alarm);
	told->report = alarm.report;
	return status;
}
