/* Papers over HTTP: certificates of service, orders to posts; whether a certificate holds, open to everybody. */
#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/certificate.h"
#include "app/order.h"
#include "app/own_shifts.h"
#include "app/person.h"
#include "app/rights.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/list.h"
#include "record/shape.h"

enum { MOST_ORDERS = 1000 };

/* The row that the path names, within reach and not taken out. */
static enum status enter(struct call *call, const struct record *record, struct row **row)
{
	if (call_row(call, record, RIGHT_person_read, row) != OK)
		return call->work.status;
	return (*row)->voided_at ? fail(&call->work, NOT_FOUND, NULL, NULL) : OK;
}

/* --- certificates */

struct issue {
	struct id person, made;
};

static enum status write_issued(struct work *work, void *data)
{
	struct issue *issue = data;
	struct certificate *one = (struct certificate *)row_new(work->arena, &certificate_record);
	struct row *row = &one->row;
	SET(one, certificate, person, V(issue->person));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	issue->made = row->id;
	return OK;
}

/* The certificate with ?number=; else the one that says what the person did until today: one that was issued, or a new one by whoever may issue it; others get the last that was. */
static enum status find_or_issue(struct call *call, const struct row *person, const struct certificate **found)
{
	struct work *work = &call->work;
	struct issue issue = {.person = person->id};
	const char *number = request_argument(call->request, "number");
	if (number && *number) {
		*found = certificate_numbered(work, person->id, number);
		return *found ? OK : fail(work, NOT_FOUND, NULL, NULL);
	}
	*found = certificate_find(work, person->id, false);
	if (*found)
		return OK;
	if (!who_reaches(work->who, RIGHT_post_write, person->path, row_site(person))) {
		*found = certificate_find(work, person->id, true);
		return *found
			? OK
			: fail(work, BAD_STATE, NULL,
				  "None has been issued that you may see; command or an officer of the area issues it|尚无您可查看的服务证明，请由所在区划的指挥部或工作人员开具");
	}
	store_release(work);
	if (store_write(work, write_issued, &issue) != OK)
		return work->status;
	store_read(work);
	*found = (const struct certificate *)row_load(work, &certificate_record, issue.made);
	return *found ? OK : fail(work, BROKEN, NULL, NULL);
}

enum status command_certificate(struct call *call)
{
	struct work *work = &call->work;
	struct row *person;
	struct certificate_paper paper;
	size_t size;
	if (enter(call, &person_record, &person) != OK)
		return work->status;
	if (!work->reason)
		return fail(work, BAD_FIELD, "reveal",
			"Say why the name is shown: a certificate carries it in clear|服务证明载有姓名，请填写查看理由");
	if (!shape_reveals(work, person))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (find_or_issue(call, person, &paper.certificate) != OK)
		return work->status;
	paper.name = shape_name(work, &person_record, person->id);
	paper.link = call_link(
		call, arena_print(work->arena, "/verify/%s", call_percent(work->arena, certificate_mark(work, paper.certificate))));
	store_release(work);
	const void *bytes = certificate_draw(work, &paper, &size);
	return call_pdf(
		call, bytes, size, arena_print(work->arena, "certificate-%s", call_percent(work->arena, paper.certificate->number)));
}

/* One's own name is no secret to oneself. */
static const char *own_name(struct work *work, struct id person)
{
	return row_private(work, &person_record, person, FIELD_OF(person, name)).text;
}

/* The last that was issued: nobody issues one to themself. */
enum status command_my_certificate(struct call *call)
{
	struct work *work = &call->work;
	struct certificate_paper paper;
	size_t size;
	store_read(work);
	struct id person = own_person(work);
	if (id_none(person))
		return fail(work, NOT_FOUND, NULL, "Your account names no person|您的账号未关联人员");
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	work->who = &self;
	paper.certificate = certificate_find(work, person, true);
	paper.name = own_name(work, person);
	work->who = who;
	if (!paper.certificate)
		return fail(work, NOT_FOUND, NULL,
			"None has been issued to you yet: ask the command or an officer of your area|尚未为您开具服务证明，请联系所在区划的指挥部或工作人员");
	paper.link = call_link(
		call, arena_print(work->arena, "/verify/%s", call_percent(work->arena, certificate_mark(work, paper.certificate))));
	store_release(work);
	const void *bytes = certificate_draw(work, &paper, &size);
	return call_pdf(
		call, bytes, size, arena_print(work->arena, "certificate-%s", call_percent(work->arena, paper.certificate->number)));
}

/* Says no more than what whoever holds the paper can hold against it. */
enum status command_verify(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	if (call_public(call) != OK)
		return work->status;
	const struct certificate *one = certificate_verified(work, call->parts[0]);
	/* a wrong number and a wrong code answer alike */
	if (!one)
		return fail(work, NOT_FOUND, NULL, "There is no certificate with this number and code|没有此编号和验证码的服务证明");
	json_open(json, '{');
	json_put(json, "state", one->row.voided_at ? "withdrawn" : "valid");
	json_put(json, "number", one->number);
	if (!one->row.voided_at) {
		json_key(json, "day");
		json_day(json, one->day);
		json_put_whole(json, "days", one->served_days);
		json_put_whole(json, "hours", one->served_hours);
		json_put(json, "name", shape_title(work, &person_record, one->person));
	}
	json_close(json, '}');
	return OK;
}

/* --- orders */

enum status command_order(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	size_t size;
	if (enter(call, &assignment_record, &row) != OK)
		return work->status;
	struct order order = order_read(work, (const struct assignment *)row);
	store_release(work);
	const void *bytes = order_draw(work, &order, 1, NULL, order.begins, &size);
	return call_pdf(call, bytes, size, "order");
}

/* Whoever is sent sees where and to what; the leader by no more than rights allow. */
enum status command_my_order(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	struct id id;
	size_t size;
	if (!id_parse(call->parts[0], &id))
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	if (own_assignment_find(work, id, &row) != OK)
		return work->status;
	struct order order = own_order(work, (const struct assignment *)row);
	order.name = own_name(work, own_person(work));
	store_release(work);
	const void *bytes = order_draw(work, &order, 1, NULL, order.begins, &size);
	return call_pdf(call, bytes, size, "order");
}

/* Post by post; whoever leads stands first. */
static int compare(const void *left, const void *right)
{
	const struct order *one = left, *other = right;
	int by_post = strcmp(one->post, other->post);
	return by_post                       ? by_post
		: one->leads != other->leads ? other->leads - one->leads
					     : strcmp(one->name ? one->name : "", other->name ? other->name : "");
}

enum status command_orders(struct call *call)
{
	struct work *work = &call->work;
	struct area *area;
	struct list list;
	int64_t day;
	size_t size;
	char text[DAY_TEXT];
	store_read(work);
	if (call_area(call, &area) != OK || call_day(call, work->today, &day) != OK)
		return work->status;
	struct list_filter filter = {.field = FIELD_OF(assignment, begins), .text = day_print(day, text)};
	struct list_ask ask = {.record = &assignment_record,
		.right = RIGHT_person_read,
		.path = area->row.path,
		.day = DAY_FAR,
		.filters = &filter,
		.filter_count = 1,
		.limit = MOST_ORDERS + 1};
	if (list_read(work, &ask, &list) != OK)
		return work->status;
	if (!list.count)
		return fail(work, NOT_FOUND, NULL, "Nobody is sent to a post from this day on in this area|该区划当日没有新到岗的派驻");
	if (list.count > MOST_ORDERS)
		return fail(work, TOO_LARGE, NULL, "More than %d orders: choose an area below|超过 %d 份，请选择下级区划", MOST_ORDERS);
	struct order *orders = arena_alloc(work->arena, list.count * sizeof *orders);
	for (size_t i = 0; i < list.count; i++)
		orders[i] = order_read(work, (const struct assignment *)list.rows[i]);
	store_release(work);
	qsort(orders, list.count, sizeof *orders, compare);
	const void *bytes = order_draw(work, orders, list.count, area->name, day, &size);
	return call_pdf(call, bytes, size, arena_print(work->arena, "orders-%s", text));
}
