#include "app/site_day.h"

#include <string.h>

#include "app/alarm.h"
#include "app/health_round.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"

static enum status site_day_check(struct work *work, const struct row *old, struct row *row);
static enum status site_day_saved(struct work *work, const struct row *old, const struct row *row);
static void site_day_warn(struct work *work, const struct row *row, struct warnings *warnings);
static void site_day_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_firms_low_masks(struct work *work, const struct row *row, int64_t day);

#define DEF "app/site_day.def"
#define HOOKS .check = site_day_check, .saved = site_day_saved, .warn = site_day_warn, .breaks = site_day_breaks,
#include "record/table.h"

static const struct site_day *self(const struct row *row)
{
	return (const struct site_day *)row;
}

static const struct site_day *one_day(struct work *work, const char *where, struct id site, int64_t day)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM site_days WHERE site = ? AND day %s AND voided_at IS NULL ORDER BY day DESC, id LIMIT 1",
			row_columns(work->arena, &site_day_record), where),
		BIND(V(site), V(day)));
	if (!db_next(query))
		return NULL;
	const struct site_day *found = self(row_read(work, &site_day_record, query));
	db_done(query);
	return found;
}

const struct site_day *site_day_find(struct work *work, struct id site, int64_t day)
{
	return one_day(work, "= ?", site, day);
}

const struct site_day *site_day_before(struct work *work, struct id site, int64_t day)
{
	return one_day(work, "< ?", site, day);
}

/* --- what it counts for */

static int64_t measure_firms_low_masks(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && GIVEN(self(row), site_day, low) && self(row)->low;
}

static void site_day_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

/* --- what follows from the rest */

int64_t site_day_stock(struct work *work, const struct site_day *told)
{
	int64_t each = settings_number(work, "filing_masks_person");
	if (!GIVEN(told, site_day, masks) || !GIVEN(told, site_day, on_duty) || told->on_duty < 1 || each < 1)
		return -1;
	return told->masks / (told->on_duty * each);
}

static struct value more_on_duty(struct work *work, const struct site_day *told)
{
	const struct daily *earlier = daily_find(work, (struct id){{0}}, told->site, told->day - 1);
	bool known = daily_in(earlier) && GIVEN(earlier, daily, on_duty) && GIVEN(told, site_day, on_duty);
	return known ? V(told->on_duty - earlier->on_duty) : value_null();
}

void site_day_compute(struct work *work, struct site_day *told)
{
	int64_t days = site_day_stock(work, told);
	SET(told, site_day, new_on_duty, more_on_duty(work, told));
	SET(told, site_day, stock_days, days < 0 ? value_null() : V(days));
	SET(told, site_day, low, days >= 0 && days < settings_number(work, "filing_stock_days") ? V(1) : value_null());
}

/* --- filling in */

/* Takes a name out of the list of what was filled in. */
static void forget(struct work *work, struct site_day *told, const char *name)
{
	struct buf left = {.arena = work->arena};
	const char *list = GIVEN(told, site_day, filled) ? told->filled : "", *word;
	while ((word = text_word(work->arena, &list, ',')))
		if (*word && !text_same(word, name))
			buf_print(&left, "%s%s", left.size ? "," : "", word);
	SET(told, site_day, filled, left.size ? V((const char *)buf_end(&left)) : value_null());
}

static void remember(struct work *work, struct site_day *told, const char *name)
{
	bool any = GIVEN(told, site_day, filled) && *told->filled;
	SET(told, site_day, filled,
		V((const char *)(any ? arena_print(work->arena, "%s,%s", told->filled, name) : arena_copy(work->arena, name))));
}

/* What was filled in before and was not said since is known anew; what is not given is filled in. */
static void fill(struct work *work, const struct site_day *before, struct site_day *told, const struct row *site)
{
	struct site_day_sources sources = site_day_sources(work, site, told->day, NULL);
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		bool filled = before && GIVEN(told, site_day, filled) && text_listed(told->filled, ',', field->name);
		if (!site_day_asks(field))
			continue;
		if (filled && value_same(row_get(&told->row, field), row_get(&before->row, field)))
			row_drop(&told->row, field);
		if (filled)
			forget(work, told, field->name);
		if (!row_null(&told->row, field))
			continue;
		struct site_day_known known = site_day_know(work, &sources, field, told);
		if (!known.source)
			continue;
		row_set(&told->row, field, known.value);
		remember(work, told, field->name);
	}
}

/* --- checks */

static enum status check_new(struct work *work, struct site_day *told, const struct row *site)
{
	if (told->day > work->today)
		return fail(work, BAD_FIELD, "day", "has not come yet|日期未到");
	const struct site_day *there = site_day_find(work, told->site, told->day);
	if (there) {
		work->against = there->row.id;
		return fail(work, CONFLICT, "day", "This day was told already: change that row|当日已填报，请修改原记录");
	}
	if (GIVEN(told, site_day, staff) || GIVEN(told, site_day, on_duty))
		return OK;
	const struct site *then = (const struct site *)row_as_of(work, site, told->day);
	const struct daily *daily = daily_find(work, (struct id){{0}}, told->site, told->day);
	bool in = daily_in(daily);
	SET(told, site_day, staff, in ? row_get(&daily->row, FIELD_OF(daily, staff)) : row_get(&then->row, FIELD_OF(site, staff)));
	SET(told, site_day, on_duty, in ? row_get(&daily->row, FIELD_OF(daily, on_duty)) : row_get(&then->row, FIELD_OF(site, on_duty)));
	return OK;
}

/* All that lacks at once. */
static enum status check_needed(struct work *work, const struct site_day *told)
{
	if (!GIVEN(told, site_day, on_duty))
		fail(work, BAD_FIELD, "on_duty", "must be told with the return first|请先在日报中填写");
	if (!GIVEN(told, site_day, staff))
		fail(work, BAD_FIELD, "staff", "must be told with the return first|请先在日报中填写");
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		if (site_day_asks(field) && row_null(&told->row, field) && site_day_needs(work, field, told))
			fail(work, BAD_FIELD, field->name, "must be given|必填");
	}
	return work->status;
}

static void check_part(struct work *work, const struct site_day *told, const struct field *part, const struct field *whole)
{
	struct value some = row_get(&told->row, part), all = row_get(&told->row, whole);
	if (some.type != VALUE_NULL && all.type != VALUE_NULL && some.whole > all.whole)
		fail(work, BAD_FIELD, part->name, "is more than “%s” (%lld)|不能多于“%s”（%lld）", work_text(work, whole->label),
			(long long)all.whole);
}

static enum status check_sums(struct work *work, const struct site_day *told)
{
	check_part(work, told, FIELD_OF(site_day, on_duty), FIELD_OF(site_day, staff));
	check_part(work, told, FIELD_OF(site_day, outsourced_on_duty), FIELD_OF(site_day, outsourced));
	check_part(work, told, FIELD_OF(site_day, stayed), FIELD_OF(site_day, passed));
	if (work->status != OK || !GIVEN(told, site_day, isolating) || !GIVEN(told, site_day, not_back))
		return work->status;
	int64_t sum = told->on_duty + told->isolating + told->not_back;
	if (sum == told->staff)
		return OK;
	return fail(work, BAD_FIELD, "not_back",
		"does not add up: on duty %lld + isolated %lld + not returned %lld = %lld, on the roll are %lld|与在册人数不符：到岗 %lld + 隔离 %lld + 未返岗 %lld = "
		"%lld，在册 %lld",
		(long long)told->on_duty, (long long)told->isolating, (long long)told->not_back, (long long)sum, (long long)told->staff);
}

static enum status site_day_check(struct work *work, const struct row *old, struct row *row)
{
	struct site_day *told = (struct site_day *)row;
	const struct row *site = row_load(work, &site_record, told->site);
	if (!site || (!old && check_new(work, told, site) != OK))
		return work->status;
	fill(work, (const struct site_day *)old, told, site);
	if (check_needed(work, told) != OK || check_sums(work, told) != OK)
		return work->status;
	site_day_compute(work, told);
	return OK;
}

/* --- what is odd */

static void warn_files(struct work *work, const struct site_day *told, struct warnings *warnings)
{
	static const int fields[] = {site_day_at_on_duty, site_day_at_isolating, site_day_at_not_back, site_day_at_outsourced};
	const struct row *site = row_load(work, &site_record, told->site);
	struct site_day_sources sources = site_day_sources(work, site, told->day, NULL);
	const struct site_day_files *files = site_day_files(work, &sources);
	const int64_t counts[] = {files->on_duty, files->isolating, files->elsewhere, files->outsourced};
	if (!files->all || !GIVEN(told, site_day, staff) || files->all < told->staff)
		return;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct field *field = &site_day_record.fields[fields[i]];
		struct value value = row_get(&told->row, field);
		if (value.type != VALUE_NULL && value.whole != counts[i])
			warn(work, warnings, field->name, (struct id){{0}}, NULL,
				"is %lld by the staff files of the day|按当日员工档案为 %lld 人", (long long)counts[i]);
	}
}

static void site_day_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct site_day *told = self(row);
	const struct row *site = row_load(work, &site_record, told->site);
	struct round_sums sums;
	int64_t days = site_day_stock(work, told), least = settings_number(work, "filing_stock_days");
	if (!site)
		return;
	if (days >= 0 && days < least)
		warn(work, warnings, "masks", (struct id){{0}}, NULL,
			"last %lld days for %lld on duty at %lld a person a day; at least %lld days are asked for|可用 %lld 天（到岗 %lld 人，每人每日 %lld "
			"只），少于 %lld 天",
			(long long)days, (long long)told->on_duty, (long long)settings_number(work, "filing_masks_person"),
			(long long)least);
	warn_files(work, told, warnings);
	if (!GIVEN(told, site_day, measured) || !told->measured)
		return;
	round_sums_of(work, &site, 1, told->day, &sums);
	int64_t lacking = sums.due - sums.measured - sums.attested;
	if (sums.told && lacking > 0)
		warn(work, warnings, "measured", (struct id){{0}}, NULL,
			"but the daily health round of the day has no temperature of %lld of %lld|但当日健康申报中 %lld 人无体温记录（应报 %lld 人）",
			(long long)lacking, (long long)sums.due);
}

/* --- cases */

static int64_t count_of(const struct site_day *told, const struct field *field)
{
	struct value value = told ? row_get(&told->row, field) : value_null();
	return value.type == VALUE_NULL ? 0 : value.whole;
}

/* Cases go up at once when there are more of a kind than were told last: the same day's row as it was, else the last day's. The report says that there are, not how many: that stands in the
 * row, for whoever may see it. */
static enum status site_day_saved(struct work *work, const struct row *old, const struct row *row)
{
	static const int kinds[] = {site_day_at_confirmed, site_day_at_suspected};
	const struct site_day *told = self(row), *last = old ? self(old) : NULL;
	char day[DAY_TEXT];
	bool more = false, any = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		any = any || count_of(told, &site_day_record.fields[kinds[i]]) > 0;
	if (!any || row->voided_at)
		return OK;
	last = last ? last : site_day_before(work, told->site, told->day);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct field *field = &site_day_record.fields[kinds[i]];
		more = more || count_of(told, field) > count_of(last, field);
	}
	if (!more)
		return OK;
	const char *text = arena_print(work->arena,
		"The firm's return of %s tells of confirmed or suspected cases. How many stands there, for whoever may see it. The firm keeps them apart, calls the health "
		"authorities and helps to find who was close to them.|企业 %s "
		"日报填有确诊或疑似人员，人数见当日日报内容，有权限者可查看。请企业立即隔离，报告疾控机构，并配合排查密切接触人员。",
		day_print(told->day, day), day);
	struct alarm alarm = {.site = told->site,
		.day = told->day,
		.mark = "case alarm",
		.setting = "test_news_kind",
		.text = text,
		.notice = "case_alarm",
		.about = row};
	return alarm_raise(work, &alarm);
}

/* --- with the return */

static void say(struct work *work, struct site_day *told, const struct site_day *said)
{
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		if (!row_has(&said->row, field) || !site_day_asks(field))
			continue;
		row_set(&told->row, field, row_get(&said->row, field));
		forget(work, told, field->name);
	}
}

/* What somebody said holds on; what the records of that day said must be said by those of this one. */
static void repeat(struct work *work, struct site_day *told, const struct site_day *before)
{
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		bool by_itself =
			site_day_anew(work, field) && GIVEN(before, site_day, filled) && text_listed(before->filled, ',', field->name);
		if (site_day_asks(field) && !row_null(&before->row, field) && !by_itself)
			row_set(&told->row, field, row_get(&before->row, field));
	}
	SET(told, site_day, filled, row_get(&before->row, FIELD_OF(site_day, filled)));
	SET(told, site_day, same, V(1));
}

static bool same_facts(const struct site_day *one, const struct site_day *other)
{
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		bool number = field == FIELD_OF(site_day, staff) || field == FIELD_OF(site_day, on_duty);
		if ((number || site_day_asks(field)) && !value_same(row_get(&one->row, field), row_get(&other->row, field)))
			return false;
	}
	return true;
}

/* The deed and the body that was sent belong to the return. */
static enum status write(struct work *work, const struct site_day *there, struct site_day *told)
{
	struct id deed = work->deed, body = work->body;
	struct row *row = &told->row;
	work->deed = work->body = (struct id){{0}};
	if (there)
		row_change(work, &there->row, row, there->row.version, RIGHT_return_write);
	else
		row_insert(work, &row, NULL);
	work->deed = deed;
	work->body = body;
	return work->status;
}

enum status site_day_tell(struct work *work, struct site_day_tell *tell)
{
	const struct daily *daily = tell->daily;
	const struct site_day *there = site_day_find(work, daily->site, daily->day);
	const struct site_day *before = tell->same ? site_day_before(work, daily->site, daily->day) : NULL;
	tell->changed = false;
	if (!tell->said && !before)
		return OK;
	struct site_day *told = (struct site_day *)(there ? row_copy(work->arena, &there->row) : row_new(work->arena, &site_day_record));
	if (!there) {
		SET(told, site_day, site, V(daily->site));
		SET(told, site_day, day, V(daily->day));
	}
	SET(told, site_day, same, value_null());
	if (before)
		repeat(work, told, before);
	if (tell->said)
		say(work, told, tell->said);
	SET(told, site_day, staff, row_get(&daily->row, FIELD_OF(daily, staff)));
	SET(told, site_day, on_duty, row_get(&daily->row, FIELD_OF(daily, on_duty)));
	if (there && same_facts(there, told))
		return OK;
	tell->changed = true;
	return write(work, there, told);
}

/* The day after counts from this one. */
static enum status follow_next(struct work *work, const struct daily *daily)
{
	const struct site_day *next = site_day_find(work, daily->site, daily->day + 1);
	if (!next || value_same(more_on_duty(work, next), row_get(&next->row, FIELD_OF(site_day, new_on_duty))))
		return OK;
	struct id deed = work->deed, body = work->body;
	struct site_day *told = (struct site_day *)row_copy(work->arena, &next->row);
	SET(told, site_day, new_on_duty, more_on_duty(work, next));
	work->deed = work->body = (struct id){{0}};
	row_rewrite(work, &next->row, &told->row, "changed");
	work->deed = deed;
	work->body = body;
	return work->status;
}

enum status site_day_follow(struct work *work, const struct daily *daily)
{
	const struct site_day *there = site_day_find(work, daily->site, daily->day);
	if (follow_next(work, daily) != OK || !there)
		return work->status;
	struct site_day *told = (struct site_day *)row_copy(work->arena, &there->row);
	SET(told, site_day, staff, row_get(&daily->row, FIELD_OF(daily, staff)));
	SET(told, site_day, on_duty, row_get(&daily->row, FIELD_OF(daily, on_duty)));
	return same_facts(there, told) ? OK : write(work, there, told);
}
