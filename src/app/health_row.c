#include "app/health_row.h"

#include "app/aside.h"
#include "app/rights.h"
#include "app/settings.h"
#include "record/rows.h"

const struct health *health_row(struct work *work, struct id staff, int64_t day)
{
	const struct row *row = row_load(work, &health_record, health_id(staff, day));
	return row && !row->voided_at ? (const struct health *)row : NULL;
}

struct health *health_row_new(struct work *work, const struct staff *staff, int64_t day)
{
	struct health *health = (struct health *)row_new(work->arena, &health_record);
	health->row.id = health_id(staff->row.id, day);
	SET(health, health, site, V(staff->site));
	SET(health, health, person, V(staff->person));
	SET(health, health, staff, V((const char *)id_print(staff->row.id, arena_alloc(work->arena, ID_TEXT))));
	SET(health, health, day, V(day));
	return health;
}

const struct row *health_row_restore(struct work *work, const struct row *gone)
{
	struct row *row = row_copy(work->arena, gone);
	struct aside aside;
	for (size_t i = 0; i < health_record.field_count; i++)
		if (!text_listed("site,person,day,staff", ',', health_record.fields[i].name))
			row_set(row, &health_record.fields[i], value_null());
	row->voided_at = 0;
	aside_begin(work, &aside);
	row_rewrite(work, gone, row, "changed");
	aside_end(work, &aside);
	return row_load(work, &health_record, gone->id);
}

struct health *health_row_draft(struct work *work, const struct staff *staff, int64_t day, const struct row **old)
{
	const struct row *there = row_load(work, &health_record, health_id(staff->row.id, day));
	if (there && there->voided_at)
		there = health_row_restore(work, there);
	struct health *health = there ? (struct health *)row_copy(work->arena, there) : health_row_new(work, staff, day);
	*old = there;
	SET(health, health, due, V(staff_due(work, &staff->row, day)));
	return health;
}

bool health_row_same(const struct row *old, const struct row *row)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (!text_listed("own_at,measured_at", ',', field->name) && !value_same(row_get(old, field), row_get(row, field)))
			return false;
	}
	return true;
}

enum status health_row_keep(struct work *work, const struct row *old, struct health *health)
{
	struct row *row = &health->row;
	struct aside aside;
	if (old && health_row_same(old, row))
		return OK;
	aside_begin(work, &aside);
	if (old)
		row_change(work, old, row, old->version, RIGHT_health_tell);
	else
		row_insert(work, &row, NULL);
	aside_end(work, &aside);
	return work->status;
}

static int rank(const char *way)
{
	static const char *const ways[] = {"own", "all", "gate", "record", "each"};
	for (int i = 0; i < (int)(sizeof ways / sizeof *ways); i++)
		if (text_same(ways[i], way))
			return i;
	return -1;
}

void health_row_way(struct health *health, const char *way)
{
	if (rank(way) > rank(GIVEN(health, health, way) ? health->way : NULL))
		SET(health, health, way, V(way));
}

/* --- results */

static bool is_positive(const struct health *health)
{
	return health && GIVEN(health, health, result) && text_same(health->result, "positive");
}

static enum status follow(struct work *work, struct id staff, int64_t day, bool was, bool now)
{
	if (was == now)
		return OK;
	return now ? staff_isolate(work, staff, day) : staff_isolate_undo(work, staff, day);
}

enum status health_row_result(struct work *work, struct id staff, int64_t day, const char *result)
{
	return follow(work, staff, day, is_positive(health_row(work, staff, day)), text_same(result, "positive"));
}

enum status health_row_follow(struct work *work, const struct health *old, const struct health *health)
{
	return follow(work, health_staff(health), health->day, is_positive(old), is_positive(health));
}

/* --- records beside the round */

static const struct staff *file_of(struct work *work, const struct health *record)
{
	struct query *query = db_query(work->db,
		"SELECT id FROM staff_files WHERE person = ? AND site = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) "
		"ORDER BY id LIMIT 1",
		BIND(V(record->person), V(record->site), V(record->day), V(record->day)));
	struct id id = {{0}};
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id_none(id) ? NULL : (const struct staff *)row_load(work, &staff_record, id);
}

static int alarming(struct work *work, const struct health *health)
{
	if (!GIVEN(health, health, symptoms) || text_same(health->symptoms, "none"))
		return GIVEN(health, health, symptoms);
	return text_listed(settings_value(work, "health_alarm_symptoms"), ',', health->symptoms) ? 3 : 2;
}

/* The more worrying of both, field by field. */
static void worsen(struct work *work, struct health *health, const struct health *record)
{
	if (GIVEN(record, health, temperature) && (!GIVEN(health, health, temperature) || record->temperature > health->temperature))
		SET(health, health, temperature, V(record->temperature));
	if (alarming(work, record) > alarming(work, health))
		SET(health, health, symptoms, V(record->symptoms));
	if (GIVEN(record, health, result) && (is_positive(record) || !GIVEN(health, health, result)))
		SET(health, health, result, V(record->result));
	if (GIVEN(record, health, presence) && !GIVEN(health, health, presence))
		SET(health, health, presence, V(record->presence));
}

/* What the record says now, and nothing any more of what was worrying before. */
static void mend(struct work *work, struct health *health, const struct health *record)
{
	const char *tested = health_tested(work, health);
	if (GIVEN(record, health, temperature) || (GIVEN(health, health, feverish) && health->feverish))
		SET(health, health, temperature, row_get(&record->row, FIELD_OF(health, temperature)));
	if (GIVEN(record, health, symptoms) || (GIVEN(health, health, ill) && health->ill))
		SET(health, health, symptoms, row_get(&record->row, FIELD_OF(health, symptoms)));
	if (tested)
		SET(health, health, result, V(tested));
	else if (GIVEN(record, health, result) || is_positive(health))
		SET(health, health, result, row_get(&record->row, FIELD_OF(health, result)));
	if (GIVEN(record, health, presence))
		SET(health, health, presence, V(record->presence));
}

/* Nothing is left that anybody told of the day. */
static bool is_empty(const struct health *health)
{
	return !health_temperature(health) && !health_symptoms(health) && !GIVEN(health, health, result) &&
		!(GIVEN(health, health, presence) && !text_same(health->presence, "on_duty"));
}

static enum status void_row(struct work *work, const struct row *old)
{
	struct aside aside;
	aside_begin(work, &aside);
	row_void(work, old, old->version);
	aside_end(work, &aside);
	return work->status;
}

enum status health_row_take(struct work *work, const struct health *record)
{
	const struct row *old;
	const struct staff *file = file_of(work, record);
	const struct health *there = file ? health_row(work, file->row.id, record->day) : NULL;
	const struct health *says = record->row.voided_at ? (const struct health *)row_new(work->arena, &health_record) : record;
	bool mends = !health_worries(says);
	/* whoever has said more since knows better */
	if (!file || (mends && !(there && GIVEN(there, health, way) && text_same(there->way, "record"))))
		return OK;
	const char *tested = there ? health_tested(work, there) : NULL;
	const char *result = is_positive(says) || text_same(tested, "positive") ? "positive" : NULL;
	if ((mends || result) && health_row_result(work, file->row.id, record->day, result) != OK)
		return work->status;
	/* its state may have moved with the result */
	file = (const struct staff *)row_load(work, &staff_record, file->row.id);
	struct health *health = health_row_draft(work, file, record->day, &old);
	if (mends)
		mend(work, health, says);
	else
		worsen(work, health, says);
	if (old && is_empty(health))
		return void_row(work, old);
	health_row_way(health, "record");
	return health_row_keep(work, old, health);
}
