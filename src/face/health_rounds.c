/* The daily health round of a firm over HTTP: as it stands, told in one write, as a sheet; the rounds of many firms. */
#include <stdlib.h>
#include <string.h>

#include "app/health_copies.h"
#include "app/health_round.h"
#include "app/link.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/codes.h"
#include "base/pinyin.h"
#include "face/commands.h"
#include "face/export.h"
#include "face/health_rounds.h"
#include "record/list.h"
#include "record/shape.h"

enum { MOST_WORDS = 10000 };

enum status round_enter(struct call *call, int right, struct row **site, int64_t *day)
{
	struct work *work = &call->work;
	if (call_row(call, &site_record, right, site) != OK || call_day(call, work->today, day) != OK)
		return work->status;
	return (*site)->voided_at ? fail(work, NOT_FOUND, NULL, NULL) : OK;
}

void round_put_sums(struct json *json, const struct round_sums *sums)
{
	json_open(json, '{');
	json_put_whole(json, "staff", sums->staff);
	json_put_whole(json, "due", sums->due);
	json_put_whole(json, "told", sums->told);
	json_put_whole(json, "missing", sums->missing);
	json_put_whole(json, "measured", sums->measured);
	json_put_whole(json, "attested", sums->attested);
	json_put_whole(json, "feverish", sums->feverish);
	json_put_whole(json, "ill", sums->ill);
	json_put_whole(json, "positive", sums->positive);
	json_put_whole(json, "absent", sums->absent);
	json_put_whole(json, "isolating", sums->isolating);
	json_put_whole(json, "differ", sums->differ);
	json_close(json, '}');
}

/* --- who is looked for */

static bool begins(const char *text, const char *with)
{
	return text && text_starts(text, with);
}

/* A name by its beginning or its pinyin, a staff number by its beginning, a department by its beginning. */
static bool is_meant(const struct staff *staff, const char *typed)
{
	enum { SPELLED = 128 };
	char full[SPELLED] = "", initials[SPELLED] = "";
	if (begins(staff->name, typed) || begins(staff->number, typed) || begins(staff->dept, typed))
		return true;
	if (!staff->name)
		return false;
	pinyin_person_full(staff->name, full, sizeof full);
	pinyin_person_initials(staff->name, initials, sizeof initials);
	return text_starts(full, typed) || text_starts(initials, typed);
}

static bool is_wanted(const struct round_member *member, const char *state, const char *typed)
{
	if (typed && *typed && !is_meant(member->staff, typed))
		return false;
	if (text_same(state, "missing"))
		return member->due && !round_told(member);
	return !text_same(state, "told") || round_told(member);
}

/* --- as it stands */

static void put_day(struct json *json, const char *key, bool given, int64_t day)
{
	if (!given)
		return;
	json_key(json, key);
	json_day(json, day);
}

/* A private value where it is there: masked unless its reader may see it. */
static void put_private(struct work *work, struct json *json, const struct health *health, const char *name, bool clear)
{
	const struct field *field = record_field(&health_record, name);
	struct value value = row_get(&health->row, field);
	if (value.type == VALUE_NULL)
		return;
	json_key(json, name);
	shape_value(work, json, field, value, clear);
}

static void put_told(struct work *work, struct json *json, const char *key, const struct health *told, bool clear)
{
	static const char *const privates[] = {"temperature", "symptoms", "result", "own_temperature", "own_symptoms", "feverish", "ill"};
	if (!told)
		return;
	json_key(json, key);
	json_open(json, '{');
	json_put_id(json, "id", told->row.id);
	json_put(json, "way", told->way);
	if (GIVEN(told, health, presence))
		json_put(json, "presence", told->presence);
	json_put_flag(json, "measured", health_temperature(told) != 0);
	json_put_stamp(json, "at", told->row.changed_at);
	if (GIVEN(told, health, own_at))
		json_put_stamp(json, "own_at", told->own_at);
	if (GIVEN(told, health, differs) && told->differs)
		json_put_flag(json, "differs", true);
	for (size_t i = 0; i < sizeof privates / sizeof *privates; i++)
		put_private(work, json, told, privates[i], clear);
	if (clear)
		json_put_flag(json, "worries", health_worries(told));
	json_close(json, '}');
}

static void put_member(struct work *work, struct json *json, const struct round_member *member)
{
	const struct staff *staff = member->staff;
	bool clear = shape_reveals(work, &staff->row);
	if (clear) {
		*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = &staff->row;
		if (member->told)
			*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = &member->told->row;
	}
	json_open(json, '{');
	json_put_id(json, "staff", staff->row.id);
	json_put(json, "name", !staff->name ? "" : clear ? staff->name : mask_name(work->arena, staff->name));
	json_put(json, "number", staff->number);
	json_put(json, "dept", staff->dept);
	json_put(json, "state", staff->state);
	put_day(json, "isolate_until", GIVEN(staff, staff, isolate_until), staff->isolate_until);
	json_put_flag(json, "due", member->due);
	put_told(work, json, "told", member->told, clear);
	/* what was said of the day before is shown in the words of its own day */
	put_told(work, json, "before", member->before, false);
	json_close(json, '}');
}

enum status command_health_round(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *site;
	struct health_round round;
	int64_t day;
	const char *typed = request_argument(call->request, "q"), *state = request_argument(call->request, "state");
	if (round_enter(call, RIGHT_health_read, &site, &day) != OK || round_read(work, site, day, true, &round) != OK)
		return work->status;
	json_open(json, '{');
	json_put_named(json, "site", site->id, round.site->name);
	put_day(json, "day", true, day);
	json_put_whole(json, "threshold", settings_tenths(work, "fever_tenths"));
	json_put_flag(json, "may", who_reaches(work->who, RIGHT_health_tell, site->path, site->id) && day <= work->today);
	json_put_flag(json, "reveals", who_reaches(work->who, RIGHT_private_see, site->path, site->id));
	json_key(json, "sums");
	round_put_sums(json, &round.sums);
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < round.count; i++)
		if (is_wanted(&round.members[i], state, typed))
			put_member(work, json, &round.members[i]);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* --- told */

static enum status read_word(struct call *call, const json_t *given, int64_t row, struct round_word *word)
{
	struct work *work = &call->work;
	const char *staff = json_string_value(json_object_get(given, "staff"));
	int64_t effective, until;
	work->row = row;
	if (!json_is_object(given) || !staff || !id_parse(staff, &word->staff))
		return fail(work, BAD_FIELD, "staff", "must be given|必填");
	json_t *said = json_own(work->arena, json_copy((json_t *)given));
	json_object_del(said, "staff");
	struct row *health = row_new(work->arena, &health_record);
	word->said = (const struct health *)health;
	word->row = row;
	return shape_read(work, said, health, "presence,symptoms,temperature,result", &effective, &until);
}

static int by_id(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct id));
}

/* All others: true, or the list of those that were in sight. */
static enum status read_others(struct call *call, struct round_write *write)
{
	struct work *work = &call->work;
	const json_t *others = json_object_get(call->body, "others");
	write->among_count = json_array_size(others);
	write->others = json_is_true(others) || write->among_count;
	if (!json_is_array(others))
		return OK;
	if (write->among_count > MOST_WORDS)
		return fail(work, TOO_LARGE, "others", "takes %d people at most|最多 %d 人", MOST_WORDS);
	struct id *among = arena_alloc(work->arena, (write->among_count + 1) * sizeof *among);
	for (size_t i = 0; i < write->among_count; i++) {
		const char *staff = json_string_value(json_array_get(others, i));
		if (!staff || !id_parse(staff, &among[i]))
			return fail(work, BAD_FIELD, "others", "must be true or a list of ids|须为 true 或标识列表");
	}
	qsort(among, write->among_count, sizeof *among, by_id);
	write->among = among;
	return OK;
}

static enum status read_words(struct call *call, struct round_write *write)
{
	struct work *work = &call->work;
	const json_t *rows = json_object_get(call->body, "rows");
	const char *deed = json_string_value(json_object_get(call->body, "deed"));
	if (deed && !id_parse(deed, &write->deed))
		return fail(work, BAD_FIELD, "deed", "must be an id of 36 characters|须为 36 位标识");
	if (read_others(call, write) != OK)
		return work->status;
	write->count = json_array_size(rows);
	if (rows && !json_is_array(rows))
		return fail(work, BAD_FIELD, "rows", "must be a list|须为列表");
	if (!write->count && !write->others)
		return fail(work, BAD_FIELD, "rows", "must be given|必填");
	if (write->count > MOST_WORDS)
		return fail(work, TOO_LARGE, "rows", "takes %d rows at most|最多 %d 行", MOST_WORDS);
	struct round_word *words = arena_alloc(work->arena, (write->count + 1) * sizeof *words);
	for (size_t i = 0; i < write->count; i++)
		read_word(call, json_array_get(rows, i), (int64_t)i, &words[i]);
	work->row = -1;
	write->words = words;
	return work->status;
}

/* Looks whether something seems copied, where so many were told that it says anything. */
static void look_for_copies(struct work *work, const struct row *site, int64_t day)
{
	struct copies *copies = arena_alloc(work->arena, sizeof *copies);
	if (copies_find(work, site, day, copies) != OK || !copies->count)
		return;
	store_release(work);
	store_write(work, copies_note, copies);
	/* what was told stands, whether or not the remark could be written */
	work_forgive(work);
	store_read(work);
}

enum status round_answer(struct call *call, const struct round_write *write)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct round_sums sums;
	store_read(work);
	const struct row *site = row_load(work, &site_record, write->site);
	if (write->made + write->changed >= settings_number(work, "copy_people"))
		look_for_copies(work, site, write->day);
	round_sums_of(work, &site, 1, write->day, &sums);
	json_put_whole(json, "made", write->made);
	json_put_whole(json, "changed", write->changed);
	json_put_whole(json, "same", write->same);
	json_put_whole(json, "left", write->left);
	json_put_id(json, "alarm", write->alarm);
	json_key(json, "sums");
	round_put_sums(json, &sums);
	return OK;
}

static enum status answer_told(struct call *call)
{
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	round_answer(call, call->data);
	json_close(&call->out, '}');
	return OK;
}

enum status command_health_tell(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct round_write *write = arena_alloc(work->arena, sizeof *write);
	*write = (struct round_write){.way = "each"};
	if (call_body(call) != OK || call_keys(call, "deed,others,rows") != OK ||
		round_enter(call, RIGHT_health_tell, &site, &write->day) != OK || read_words(call, write) != OK)
		return work->status;
	write->site = site->id;
	store_release(work);
	call->data = write;
	return call_write(call, round_tell, write, write->count + (write->others ? 1000 : 0), answer_told);
}

/* --- as a sheet */

static void write_line(struct work *work, struct sheet_writer *sheet, const struct round_member *member)
{
	static const char *const told[] = {"presence", "symptoms", "temperature", "result", "own_symptoms", "own_temperature", "way"};
	const struct row *file = &member->staff->row;
	static const char *const known[] = {"number", "name", "dept", "state"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		sheet_put_text(sheet, shape_text(work, file, record_field(&staff_record, known[i])));
	sheet_put_text(sheet, work_text(work, round_told(member) ? "told|已报" : member->due ? "missing|未报" : "not due|不需报"));
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		sheet_put_text(sheet, member->told ? shape_text(work, &member->told->row, record_field(&health_record, told[i])) : NULL);
	sheet_end_row(sheet);
}

static enum status write_sheet(struct call *call, const struct health_round *round, const char *path)
{
	static const char *const heads[] = {"Staff number|员工编号", "Name|姓名", "Department|部门", "State|在岗状态", "Told|填报",
		"Presence|到岗情况", "Symptoms|症状", "Temperature (°C)|体温（℃）", "Test result|检测结果",
		"Symptoms, by the worker|本人填报症状", "Temperature, by the worker (°C)|本人填报体温（℃）", "Told by|填报方式"};
	struct work *work = &call->work;
	struct sheet_error error;
	const char *state = request_argument(call->request, "state");
	struct sheet_writer *sheet =
		sheet_writer_open(path, SHEET_XLSX, work_text(work, "Daily health|每日健康申报"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < round->count; i++)
		if (is_wanted(&round->members[i], state, request_argument(call->request, "q")))
			write_line(work, sheet, &round->members[i]);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "health-round", SHEET_XLSX);
}

enum status command_health_sheet(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct health_round round;
	struct list seen = {0};
	size_t space = 0;
	int64_t day;
	const char *path;
	if (round_enter(call, RIGHT_health_read, &site, &day) != OK || round_read(work, site, day, false, &round) != OK ||
		!(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	for (size_t i = 0; i < round.count && shape_reveals(work, site); i++) {
		const struct round_member *member = &round.members[i];
		*ARENA_PUSH(work->arena, seen.rows, seen.count, space) = (struct row *)&member->staff->row;
		if (member->told)
			*ARENA_PUSH(work->arena, seen.rows, seen.count, space) = (struct row *)&member->told->row;
	}
	store_release(work);
	/* nothing goes out in clear before it is on disk who saw it */
	if (export_seen(work, &seen) != OK)
		return work->status;
	store_read(work);
	return write_sheet(call, &round, path);
}
