/* The person behind a staff file: found or made, whoever writes the file. A firm has no right over people; it learns nothing here that it did not tell. */
#include "app/aside.h"
#include "app/person.h"
#include "app/rights.h"
#include "app/site.h"
#include "app/staff.h"
#include "base/clock.h"
#include "record/list.h"
#include "record/shape.h"

enum { LOOKED_AT = 20 };

static bool is_same(const struct staff *staff, const struct person *person)
{
	if (GIVEN(staff, staff, idno) && GIVEN(person, person, idno))
		return text_same(staff->idno, person->idno);
	return GIVEN(staff, staff, phone) && text_same(staff->phone, person->phone) && text_same(staff->name, person->name);
}

static struct id look(struct work *work, const struct staff *staff, const char *typed)
{
	struct list list;
	struct id found = {{0}};
	struct list_ask ask = {
		.record = &person_record, .right = RIGHT_person_read, .path = "", .day = DAY_FAR, .limit = LOOKED_AT, .typed = typed};
	if (work->status != OK || list_read(work, &ask, &list) != OK)
		return found;
	for (size_t i = 0; i < list.count; i++) {
		const struct person *person = (const struct person *)list.rows[i];
		/* an ID number that is the same outdoes a phone that is */
		if (is_same(staff, person) && (id_none(found) || GIVEN(person, person, idno)))
			found = person->row.id;
	}
	return found;
}

static bool told_anew(const struct staff *old, const struct staff *staff)
{
	return !old || !text_same(old->idno, staff->idno) || !text_same(old->name, staff->name) || !text_same(old->phone, staff->phone);
}

void staff_person_find(struct work *work, const struct staff *old, struct staff *staff)
{
	struct aside aside;
	struct id found = {{0}};
	/* a name that is put right is of the same person; an ID number may be of another */
	if (old && (!GIVEN(staff, staff, idno) || text_same(old->idno, staff->idno)))
		return;
	aside_begin(work, &aside);
	if (GIVEN(staff, staff, idno))
		found = look(work, staff, staff->idno);
	if (id_none(found) && GIVEN(staff, staff, phone))
		found = look(work, staff, staff->phone);
	aside_end(work, &aside);
	if (!id_none(found))
		SET(staff, staff, person, V(found));
	else if (!old)
		SET(staff, staff, person, V(id_new()));
}

static enum status make(struct work *work, const struct staff *staff)
{
	struct person *person = (struct person *)row_new(work->arena, &person_record);
	struct row *row = &person->row;
	const struct site *site = (const struct site *)row_load(work, &site_record, staff->site);
	row->id = staff->person;
	SET(person, person, name, V(staff->name));
	SET(person, person, area, V(site->area));
	if (GIVEN(staff, staff, phone))
		SET(person, person, phone, V(staff->phone));
	if (GIVEN(staff, staff, idno))
		SET(person, person, idno, V(staff->idno));
	if (GIVEN(staff, staff, job))
		SET(person, person, duty, V(staff->job));
	return row_insert(work, &row, NULL);
}

/* Puts a value of the file into the register where that has none, or has what the file said before. */
static bool follow(const struct row *old, const struct row *file, struct row *person, const char *name)
{
	struct value value = row_get(file, record_field(&staff_record, name)), now = row_get(person, record_field(&person_record, name));
	struct value before = old ? row_get(old, record_field(&staff_record, name)) : value_null();
	if (value.type == VALUE_NULL || value_same(value, now))
		return false;
	if (now.type != VALUE_NULL && !(before.type != VALUE_NULL && value_same(before, now)))
		return false;
	row_set(person, record_field(&person_record, name), value);
	return true;
}

static enum status bring_up(struct work *work, const struct staff *old, const struct staff *staff, const struct row *known)
{
	struct row *person = row_copy(work->arena, known);
	const struct row *before = old && id_same(old->person, staff->person) ? &old->row : NULL;
	bool any = follow(before, &staff->row, person, "name");
	any = follow(before, &staff->row, person, "phone") || any;
	any = follow(before, &staff->row, person, "idno") || any;
	return any ? row_change(work, known, person, known->version, RIGHT_person_write) : OK;
}

enum status staff_person_save(struct work *work, const struct staff *old, const struct staff *staff)
{
	struct aside aside;
	if (!told_anew(old, staff))
		return OK;
	aside_begin(work, &aside);
	const struct row *known = row_load(work, &person_record, staff->person);
	enum status status = known ? known->voided_at ? OK : bring_up(work, old, staff, known) : make(work, staff);
	aside_end(work, &aside);
	return status;
}

void staff_person_warn(struct work *work, const struct staff *staff, struct warnings *warnings)
{
	static const char *const names[] = {"name", "phone", "idno"};
	const struct row *person = row_load(work, &person_record, staff->person);
	if (!person || !who_reaches(work->who, RIGHT_person_read, person->path, (struct id){{0}}))
		return;
	for (size_t i = 0; i < 3; i++) {
		struct value one = row_get(&staff->row, record_field(&staff_record, names[i]));
		struct value other = row_get(person, record_field(&person_record, names[i]));
		if (one.type != VALUE_NULL && other.type != VALUE_NULL && !value_same(one, other))
			warn(work, warnings, names[i], person->id, shape_name(work, &person_record, person->id),
				"The register of people says otherwise|与人员名册不一致");
	}
}
