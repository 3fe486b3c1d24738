#include "app/person_same.h"

#include "app/rights.h"
#include "base/clock.h"
#include "record/list.h"
#include "record/shape.h"

enum { LOOKED_AT = 50 };

enum person_alike person_alike(const struct person *one, const struct person *other)
{
	bool both_named = text_same(one->name, other->name) && GIVEN(one, person, name);
	if (GIVEN(one, person, idno) && GIVEN(other, person, idno))
		return text_same(one->idno, other->idno) ? ALIKE_IDNO : ALIKE_NOT;
	if (GIVEN(one, person, phone) && GIVEN(other, person, phone) && text_same(one->phone, other->phone))
		return ALIKE_PHONE;
	if (both_named && GIVEN(one, person, org) && GIVEN(other, person, org) && id_same(one->org, other->org))
		return ALIKE_NAME_ORG;
	return both_named && id_same(one->area, other->area) ? ALIKE_NAME_AREA : ALIKE_NOT;
}

/* Keeps the surest, each once. */
static void take(const struct person *person, enum person_alike alike, struct person_same same[PERSON_SAME_MOST], size_t *count)
{
	size_t at = *count;
	for (size_t i = 0; i < *count; i++)
		if (id_same(same[i].person->row.id, person->row.id))
			return;
	while (at > 0 && same[at - 1].alike < alike)
		at--;
	if (at == PERSON_SAME_MOST)
		return;
	*count += *count < PERSON_SAME_MOST;
	for (size_t i = *count - 1; i > at; i--)
		same[i] = same[i - 1];
	same[at] = (struct person_same){.person = person, .alike = alike};
}

/* Whoever is found by one value, narrowed by a filter or a subtree. */
static void look(
	struct work *work, const struct person *person, struct list_ask ask, struct person_same same[PERSON_SAME_MOST], size_t *count)
{
	struct list list;
	ask.record = &person_record;
	ask.right = RIGHT_person_read;
	ask.day = DAY_FAR;
	ask.limit = LOOKED_AT;
	if (work->status != OK || !ask.typed || list_read(work, &ask, &list) != OK)
		return;
	for (size_t i = 0; i < list.count; i++) {
		const struct person *found = (const struct person *)list.rows[i];
		enum person_alike alike = id_same(found->row.id, person->row.id) ? ALIKE_NOT : person_alike(person, found);
		if (alike != ALIKE_NOT)
			take(found, alike, same, count);
	}
}

size_t person_same(struct work *work, const struct person *person, struct person_same same[PERSON_SAME_MOST])
{
	size_t count = 0;
	char org[ID_TEXT];
	const struct field *field = record_field(&person_record, "org");
	struct list_filter filter = {.field = field, .text = id_print(person->org, org)};
	if (GIVEN(person, person, idno))
		look(work, person, (struct list_ask){.typed = person->idno, .path = ""}, same, &count);
	if (GIVEN(person, person, phone))
		look(work, person, (struct list_ask){.typed = person->phone, .path = ""}, same, &count);
	if (GIVEN(person, person, name) && GIVEN(person, person, org))
		look(work, person, (struct list_ask){.typed = person->name, .path = "", .filters = &filter, .filter_count = 1}, same,
			&count);
	if (GIVEN(person, person, name) && person->row.path && *person->row.path)
		look(work, person, (struct list_ask){.typed = person->name, .path = person->row.path}, same, &count);
	return count;
}

void person_same_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	struct person_same same[PERSON_SAME_MOST];
	size_t count = person_same(work, (const struct person *)row, same);
	for (size_t i = 0; i < count; i++) {
		const struct row *other = &same[i].person->row;
		const char *name = shape_name(work, &person_record, other->id);
		switch (same[i].alike) {
		case ALIKE_IDNO:
			warn(work, warnings, "idno", other->id, name,
				"May be the same person: the same ID number|可能是同一人：身份证号相同");
			break;
		case ALIKE_PHONE:
			warn(work, warnings, "phone", other->id, name,
				"May be the same person: the same phone number|可能是同一人：联系电话相同");
			break;
		case ALIKE_NAME_ORG:
			warn(work, warnings, "name", other->id, name,
				"May be the same person: the same name in the same unit|可能是同一人：同单位同姓名");
			break;
		default:
			warn(work, warnings, "name", other->id, name,
				"May be the same person: the same name in the same area|可能是同一人：同区划同姓名");
		}
	}
}
