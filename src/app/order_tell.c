/* The order as a text message to whoever is sent. */
#include <string.h>

#include "app/message.h"
#include "app/order.h"
#include "app/person.h"
#include "base/clock.h"
#include "record/rows.h"

/* The firm, or the area, without its address. */
static const char *first_line(struct work *work, const char *place)
{
	const char *end = place ? strchr(place, '\n') : NULL;
	return !place ? "" : end ? arena_text(work->arena, place, (size_t)(end - place)) : place;
}

enum status assignment_tell(struct work *work, const struct row *old, struct row *row)
{
	struct assignment *held = (struct assignment *)row;
	struct value number = row_private(work, &person_record, held->person, record_field(&person_record, "phone"));
	char day[DAY_TEXT];
	(void)old;
	if (GIVEN(held, assignment, ends) && held->ends < work->today)
		return fail(work, BAD_STATE, NULL, "The assignment is over|派驻已结束");
	if (number.type != VALUE_TEXT)
		return fail(work, BAD_STATE, NULL, "Whoever is sent has no phone number on record|该人员未登记手机号");
	struct order order = order_read(work, held);
	const char *hours = order.hours ? order.hours : "";
	SET(held, assignment, told, V(work->now));
	return message_put(work, number.text,
		arena_print(work->arena,
			work_text(work, "muster: you are sent to \"%s\" (%s) from %s. %s|【muster】您被派往“%s”（%s），%s 起到岗。%s"),
			order.post, first_line(work, order.place), day_print(held->begins, day), hours));
}
