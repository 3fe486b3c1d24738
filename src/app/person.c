#include "app/person.h"

#include "app/available.h"
#include "app/link.h"
#include "app/person_same.h"
#include "app/rights.h"
#include "app/staff.h"
#include "record/rows.h"

static enum status person_check(struct work *work, const struct row *old, struct row *row);
static enum status person_saved(struct work *work, const struct row *old, const struct row *row);
static int64_t measure_liaison_people(struct work *work, const struct row *row, int64_t day);
static int64_t measure_people_employed(struct work *work, const struct row *row, int64_t day);
static void person_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/person.def"
#define HOOKS .check = person_check, .saved = person_saved, .breaks = person_breaks, .warn = person_same_warn,
#include "record/table.h"

static enum status person_check(struct work *work, const struct row *old, struct row *row)
{
	struct available *parts;
	size_t count;
	(void)old;
	return available_read(work, "available", ((const struct person *)row)->available, &parts, &count);
}

/* Who was ever a liaison stays on record: what past days say rests on them. */
static enum status person_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (old && row->voided_at && link_count(work, LINK_PERSON, row->id, 0))
		return fail(
			work, BAD_STATE, NULL, "This person is a liaison; end and void the links first|此人是联络员，请先结束并作废其挂点");
	return OK;
}

static int64_t measure_liaison_people(struct work *work, const struct row *row, int64_t day)
{
	return link_live(work, LINK_PERSON, row->id, day);
}

static int64_t measure_people_employed(struct work *work, const struct row *row, int64_t day)
{
	return staff_employed(work, row->id, day);
}

static void person_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	link_breaks(work, LINK_PERSON, row->id, breaks);
	staff_employed_breaks(work, row->id, breaks);
}

bool person_limited(struct work *work, struct id id)
{
	const struct person *person = (const struct person *)row_load(work, &person_record, id);
	return person && GIVEN(person, person, limits);
}
