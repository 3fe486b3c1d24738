#include "app/health_gate.h"

#include <stdlib.h>
#include <string.h>

#include "app/settings.h"
#include "base/clock.h"
#include "base/codes.h"
#include "base/sheet.h"
#include "record/import_column.h"

enum gate_column { NUMBER, NAME, IDNO, TIME, TEMPERATURE, COLUMNS };
static const char *const column_names[COLUMNS] = {"number", "name", "idno", "time", "temperature"};
enum { HEADING_ROWS = 10, LOWEST = 300, HIGHEST = 450, MOST_ROWS = 200000 };

struct reading {
	int64_t temperature, at;
};

struct gate {
	struct work *work;
	const struct health_round *round;
	struct gate_file *file;
	int columns[COLUMNS]; /* -1: not there */
	const struct round_member **by_number, **by_name, **by_idno;
	struct reading *highest; /* by the place of the member; temperature 0: none */
	int64_t threshold;
};

/* --- the heading */

/* As in every import, and by the setting gate_headings: "number=卡号,证号;temperature=额温". */
static bool is_heading(struct work *work, enum gate_column column, const char *text)
{
	const struct field *const fields[COLUMNS] = {FIELD_OF(staff, number), FIELD_OF(staff, name), FIELD_OF(staff, idno),
		FIELD_OF(health, measured_at), FIELD_OF(health, temperature)};
	if (column_means(work->arena, fields[column], text))
		return true;
	const char *left = settings_value(work, "gate_headings"), *entry;
	while ((entry = text_word(work->arena, &left, ';'))) {
		const char *equals = strchr(entry, '=');
		size_t size = equals ? (size_t)(equals - entry) : 0;
		if (size == strlen(column_names[column]) && strncmp(entry, column_names[column], size) == 0)
			return text_listed(equals + 1, ',', text);
	}
	return false;
}

static bool read_heading(struct gate *gate, const struct sheet_row *row)
{
	for (int i = 0; i < COLUMNS; i++)
		gate->columns[i] = -1;
	for (int at = 0; at < row->count; at++) {
		const char *text = text_trim(gate->work->arena, row->cells[at].text);
		for (int i = 0; i < COLUMNS; i++)
			if (gate->columns[i] < 0 && *text && is_heading(gate->work, (enum gate_column)i, text))
				gate->columns[i] = at;
	}
	return gate->columns[TEMPERATURE] >= 0 && (gate->columns[NUMBER] >= 0 || gate->columns[NAME] >= 0 || gate->columns[IDNO] >= 0);
}

static const char *cell(struct gate *gate, const struct sheet_row *row, enum gate_column column)
{
	int at = gate->columns[column];
	return at < 0 || at >= row->count ? "" : text_trim(gate->work->arena, row->cells[at].text);
}

/* --- cells */

/* "36.5", "36.5℃", "36.53" to tenths, rounded half up; 0: no temperature of a human. */
static int64_t read_degrees(const char *text)
{
	int64_t tenths = 0;
	const char *at = text;
	int digits = 0;
	for (; *at >= '0' && *at <= '9' && digits < 4; at++, digits++)
		tenths = tenths * 10 + (*at - '0');
	tenths *= 10;
	if (*at == '.') {
		at++;
		tenths += *at >= '0' && *at <= '9' ? *at++ - '0' : 0;
		tenths += *at >= '5' && *at <= '9';
		while (*at >= '0' && *at <= '9')
			at++;
	}
	while (*at == ' ')
		at++;
	bool unit = !*at || text_same(at, "℃") || text_same(at, "°C") || text_same(at, "C") || text_same(at, "度");
	return digits && unit && tenths >= LOWEST && tenths <= HIGHEST ? tenths : 0;
}

/* The numbers of a date or a time as people write them: "2020/3/5 8:01", "08:01:22", "2020年3月5日 8时1分". */
static int numbers_of(const char *text, int64_t numbers[6])
{
	int count = 0;
	for (const char *at = text; *at && count < 6;) {
		if (*at < '0' || *at > '9') {
			at++;
			continue;
		}
		for (numbers[count] = 0; *at >= '0' && *at <= '9' && numbers[count] < 100000; at++)
			numbers[count] = numbers[count] * 10 + (*at - '0');
		count++;
	}
	return count;
}

/* The stamp of a reading; of a time alone on the day of the round. False: it says no time. 0 with true: none is given. */
static bool read_time(struct gate *gate, const char *text, int64_t *at)
{
	enum { MINUTE_MS = 60000, YEAR_FIRST = 1900, YEAR_LAST = 9999 };
	int64_t numbers[6] = {0}, *time = numbers, day = gate->round->day;
	int count = numbers_of(text, numbers);
	*at = 0;
	if (!*text)
		return true;
	if (count >= 3 && numbers[0] >= YEAR_FIRST) {
		if (numbers[0] > YEAR_LAST || !numbers[1] || numbers[1] > 12 || !numbers[2] || numbers[2] > 31)
			return false;
		day = day_of((int)numbers[0], (int)numbers[1], (int)numbers[2]);
		time += 3;
		count -= 3;
	} else if (count < 2) {
		return false;
	}
	if (time[0] > 23 || time[1] > 59 || (count > 2 && time[2] > 59))
		return false;
	*at = day_stamp(day, gate->work->store->zone) + (time[0] * 60 + time[1]) * MINUTE_MS + (count > 2 ? time[2] * 1000 : 0);
	return true;
}

/* --- whom it belongs to */

static int order(const char *one, const char *other)
{
	return strcmp(one ? one : "", other ? other : "");
}
static int by_number(const void *one, const void *other)
{
	return order(
		(*(const struct round_member *const *)one)->staff->number, (*(const struct round_member *const *)other)->staff->number);
}
static int by_name(const void *one, const void *other)
{
	return order((*(const struct round_member *const *)one)->staff->name, (*(const struct round_member *const *)other)->staff->name);
}
static int by_idno(const void *one, const void *other)
{
	return order((*(const struct round_member *const *)one)->staff->idno, (*(const struct round_member *const *)other)->staff->idno);
}

static const struct round_member **sorted(struct gate *gate, int (*by)(const void *, const void *))
{
	size_t count = gate->round->count;
	const struct round_member **list = arena_alloc(gate->work->arena, (count + 1) * sizeof *list);
	for (size_t i = 0; i < count; i++)
		list[i] = &gate->round->members[i];
	if (count)
		qsort(list, count, sizeof *list, by);
	return list;
}

/* The only member of that value; NULL with *many: several have it, or none. */
static const struct round_member *only(
	struct gate *gate, const struct round_member **list, int (*by)(const void *, const void *), const struct staff *wanted, bool *many)
{
	size_t count = gate->round->count;
	const struct round_member key = {.staff = wanted}, *sought = &key;
	const struct round_member **found = count ? bsearch(&sought, list, count, sizeof *list, by) : NULL;
	*many = false;
	if (!found)
		return NULL;
	*many = (found > list && !by(&found[-1], found)) || (found + 1 < list + count && !by(&found[1], found));
	return *many ? NULL : *found;
}

static void note(struct gate *gate, struct gate_fault *list, int64_t *count, const struct sheet_row *row, const char *detail)
{
	struct work *work = gate->work;
	const char *name = cell(gate, row, NAME);
	if ((*count)++ < GATE_SHOWN)
		list[*count - 1] = (struct gate_fault){.row = row->number,
			.number = cell(gate, row, NUMBER),
			.name = *name ? mask_name(work->arena, name) : "",
			.detail = work_text(work, detail)};
}

static const struct round_member *owner(struct gate *gate, const struct sheet_row *row, const char **why)
{
	const struct staff wanted = {.number = cell(gate, row, NUMBER), .name = cell(gate, row, NAME), .idno = cell(gate, row, IDNO)};
	const struct round_member *found;
	bool many;
	if (*wanted.number) {
		found = only(gate, gate->by_number, by_number, &wanted, &many);
		*why = many ? "several have this staff number|该编号对应多人" : "nobody here has this staff number|本企业没有该员工编号";
		if (found && *wanted.name && !text_same(found->staff->name, wanted.name)) {
			*why = "number and name are of two people|编号与姓名不一致";
			return NULL;
		}
		return found;
	}
	if (*wanted.idno) {
		*why = "nobody here has this ID number|本企业没有该身份证号";
		return only(gate, gate->by_idno, by_idno, &wanted, &many);
	}
	found = *wanted.name ? only(gate, gate->by_name, by_name, &wanted, &many) : NULL;
	*why = !*wanted.name ? "neither number nor name|没有编号和姓名"
		: many       ? "several have this name: the file needs staff numbers|有重名，文件须有员工编号"
			     : "nobody here has this name|本企业没有该姓名的员工";
	return found;
}

static void read_reading(struct gate *gate, const struct sheet_row *row)
{
	struct gate_file *file = gate->file;
	int64_t at, temperature = read_degrees(cell(gate, row, TEMPERATURE));
	const char *why;
	if (!temperature) {
		note(gate, file->bad, &file->bad_count, row, "the temperature must be 30.0 to 45.0 °C|体温须在 30.0 至 45.0℃ 之间");
		return;
	}
	if (!read_time(gate, cell(gate, row, TIME), &at)) {
		note(gate, file->bad, &file->bad_count, row, "the time cannot be read|时间无法识别");
		return;
	}
	if (at && stamp_day(at, gate->work->store->zone) != gate->round->day) {
		file->other_day++;
		return;
	}
	const struct round_member *member = owner(gate, row, &why);
	if (!member) {
		note(gate, file->unmatched, &file->unmatched_count, row, why);
		return;
	}
	struct reading *highest = &gate->highest[member - gate->round->members];
	file->readings++;
	if (temperature > highest->temperature)
		*highest = (struct reading){temperature, at};
}

/* --- what is new in it */

/* A reading that was taken already stays as it is, whatever became of it by hand; a lower one than is known says nothing. */
static bool is_news(const struct health *told, const struct reading *reading)
{
	if (!told || !GIVEN(told, health, temperature))
		return !told || !GIVEN(told, health, measured_at) || told->measured_at != reading->at;
	if (GIVEN(told, health, measured_at) && told->measured_at == reading->at)
		return false;
	return reading->temperature > told->temperature;
}

static void put_words(struct gate *gate)
{
	struct work *work = gate->work;
	struct gate_file *file = gate->file;
	file->words = arena_alloc(work->arena, (gate->round->count + 1) * sizeof *file->words);
	for (size_t i = 0; i < gate->round->count; i++) {
		const struct reading *reading = &gate->highest[i];
		const struct round_member *member = &gate->round->members[i];
		if (!reading->temperature)
			continue;
		file->people++;
		file->feverish += reading->temperature >= gate->threshold;
		if (!is_news(member->told, reading)) {
			file->known++;
			continue;
		}
		struct health *said = (struct health *)row_new(work->arena, &health_record);
		SET(said, health, temperature, V(reading->temperature));
		if (reading->at)
			SET(said, health, measured_at, V(reading->at));
		file->words[file->word_count++] = (struct round_word){.staff = member->staff->row.id, .said = said, .row = -1};
	}
}

static enum status refuse(struct work *work, const struct sheet_error *error)
{
	const char *both = error->text, *bar = strchr(both, '|');
	return fail(work, BAD_FIELD, "file", "cannot be read: %s|无法读取：%s", bar ? work_text(work, both) : both);
}

enum status gate_read(struct work *work, const struct health_round *round, const void *bytes, size_t size, struct gate_file *file)
{
	struct sheet_error error = {0};
	struct sheet_row row;
	enum sheet_step step = SHEET_END;
	struct gate gate = {.work = work, .round = round, .file = file, .threshold = settings_tenths(work, "fever_tenths")};
	gate.highest = arena_alloc(work->arena, (round->count + 1) * sizeof *gate.highest);
	gate.by_number = sorted(&gate, by_number);
	gate.by_name = sorted(&gate, by_name);
	gate.by_idno = sorted(&gate, by_idno);
	struct sheet_reader *reader = sheet_reader_open(bytes, size, NULL, &error);
	if (!reader)
		return refuse(work, &error);
	bool headed = false;
	for (int64_t seen = 0; seen < MOST_ROWS && (step = sheet_reader_next(reader, &row)) == SHEET_ROW; seen++) {
		if (headed)
			read_reading(&gate, &row);
		else if (!(headed = read_heading(&gate, &row)) && seen >= HEADING_ROWS)
			break;
	}
	if (step == SHEET_FAILED)
		error = *sheet_reader_error(reader);
	sheet_reader_close(reader);
	if (step == SHEET_FAILED)
		return refuse(work, &error);
	if (!headed)
		return fail(work, BAD_FIELD, "file",
			"needs a heading with the temperature and the staff number, the ID number or the name|缺少表头：须有体温列，以及员工编号、身份证号或姓名列");
	if (step == SHEET_ROW)
		return fail(work, TOO_LARGE, "file", "takes %d rows at most|最多 %d 行", MOST_ROWS);
	put_words(&gate);
	return OK;
}
