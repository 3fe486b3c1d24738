#include "app/unit_list.h"

#include <stdlib.h>
#include <string.h>

#include "app/org.h"
#include "app/person_same.h"
#include "app/rights.h"
#include "record/area_named.h"
#include "record/reach.h"
#include "record/rows.h"
#include "record/shape.h"

/* --- one row of the list */

/* Where they live, as people write it: a name of several areas is that below the unit's own area, where there is one alone. Empty: where the unit is. */
static enum status read_home(struct work *work, const struct unit_entry *entry, struct person *person)
{
	const json_t *home = json_object_get(entry->form, UNIT_LIST_AREA);
	const char *text = json_is_string(home) ? text_trim(work->arena, json_string_value(home)) : "";
	if (home && !json_is_null(home) && !json_is_string(home))
		return fail(work, BAD_FIELD, UNIT_LIST_AREA, "must be a text|须为文本");
	if (!*text) {
		SET(person, person, area, V(((const struct org *)entry->org)->area));
		return OK;
	}
	struct area_found found = area_named(work, entry->org->path, text);
	if (found.count != 1)
		found = area_named(work, "", text);
	if (found.count != 1)
		return fail(work, BAD_FIELD, UNIT_LIST_AREA,
			found.count ? "names several; give the code or id|有多个同名，请填代码或编号" : "names no area|没有这个区划");
	SET(person, person, area, V(found.id));
	return OK;
}

static enum status read_entry(struct work *work, const struct unit_entry *entry, struct person *person, struct pledge *pledge)
{
	const char *name;
	json_t *value;
	if (!json_is_object(entry->form))
		return fail(work, BAD_FIELD, "rows", "each is an object|每行须为对象");
	json_object_foreach((json_t *)entry->form, name, value)
	{
		(void)value;
		if (!text_listed(UNIT_LIST_AREA "," UNIT_LIST_PERSON "," UNIT_LIST_PLEDGE, ',', name))
			fail(work, BAD_FIELD, name, "is not known here|不是可填写的项目");
	}
	shape_read_part(work, entry->form, UNIT_LIST_PERSON, &person->row);
	shape_read_part(work, entry->form, UNIT_LIST_PLEDGE, &pledge->row);
	if (!GIVEN(person, person, name))
		fail(work, BAD_FIELD, "name", "must be given|必填");
	read_home(work, entry, person);
	SET(person, person, org, V(entry->org->id));
	return work->status;
}

/* Who is surely the same; a phone may be a family's, so the name has to be the same too. */
static struct id find_known(struct work *work, const struct person *person)
{
	struct person_same same[PERSON_SAME_MOST];
	size_t count = person_same(work, person, same);
	for (size_t i = 0; i < count; i++)
		if (same[i].alike == ALIKE_IDNO || same[i].alike == ALIKE_NAME_ORG ||
			(same[i].alike == ALIKE_PHONE && text_same(same[i].person->name, person->name)))
			return same[i].person->row.id;
	return (struct id){{0}};
}

static enum status insert(struct work *work, struct row *row, bool preview, struct id *id)
{
	if (preview)
		return row_check(work, NULL, row, row->record->write);
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	*id = row->id;
	return OK;
}

/* Who had signed up before is nominated by that pledge. */
static enum status nominate(struct work *work, const struct unit_entry *entry)
{
	const struct row *old = row_load(work, &pledge_record, entry->pledge);
	if (entry->preview || id_none(entry->post) || !old || id_same(((const struct pledge *)old)->post, entry->post))
		return OK;
	struct pledge *pledge = (struct pledge *)row_copy(work->arena, old);
	SET(pledge, pledge, post, V(entry->post));
	return row_change(work, old, &pledge->row, old->version, RIGHT_person_write);
}

enum status unit_list_add(struct work *work, void *data)
{
	struct unit_entry *entry = data;
	struct person *person = (struct person *)row_new(work->arena, &person_record);
	struct pledge *pledge = (struct pledge *)row_new(work->arena, &pledge_record);
	if (read_entry(work, entry, person, pledge) != OK)
		return work->status;
	entry->person = find_known(work, person);
	entry->known = !id_none(entry->person);
	if (entry->known)
		entry->signed_up = pledge_find(work, entry->appeal->row.id, entry->person, &entry->pledge);
	else if (insert(work, &person->row, entry->preview, &entry->person) != OK)
		return work->status;
	if (entry->signed_up)
		return nominate(work, entry);
	if (entry->preview && !entry->known)
		return OK;
	SET(pledge, pledge, appeal, V(entry->appeal->row.id));
	SET(pledge, pledge, person, V(entry->person));
	SET(pledge, pledge, org, V(entry->org->id));
	SET(pledge, pledge, source, V("unit"));
	if (!id_none(entry->post))
		SET(pledge, pledge, post, V(entry->post));
	return insert(work, &pledge->row, entry->preview, &entry->pledge);
}

/* --- how an appeal was answered */

struct parts {
	struct appeal_part *list;
	size_t count, space;
};

static void count_in(struct work *work, struct parts *parts, struct id org, const char *code, const char *state, int64_t n)
{
	size_t at = 0;
	while (at < parts->count && !(code ? text_same(parts->list[at].code, code) : id_same(parts->list[at].org, org)))
		at++;
	if (at == parts->count)
		*ARENA_PUSH(work->arena, parts->list, parts->count, parts->space) =
			(struct appeal_part){.org = org, .code = code ? arena_copy(work->arena, code) : NULL};
	struct appeal_part *part = &parts->list[at];
	*(text_same(state, "approved")                  ? &part->approved
			: text_same(state, "declined")  ? &part->declined
			: text_same(state, "withdrawn") ? &part->withdrawn
							: &part->waiting) += n;
}

static int largest(const void *one, const void *other)
{
	const struct appeal_part *a = one, *b = other;
	int64_t left = a->waiting + a->approved, right = b->waiting + b->approved;
	return left != right ? (left < right ? 1 : -1) : memcmp(&a->org, &b->org, sizeof a->org);
}

static struct parts sorted(struct parts parts)
{
	if (parts.count)
		qsort(parts.list, parts.count, sizeof *parts.list, largest);
	return parts;
}

struct appeal_parts appeal_parts(struct work *work, const struct appeal *appeal)
{
	struct parts units = {0}, ranks = {0}, wishes = {0};
	struct sql sql = sql_new(work->arena);
	struct id none = {{0}};
	sql_add(&sql,
		"SELECT org, coalesce(rank, ''), coalesce(wish, ''), state, count(*) FROM pledges WHERE appeal = ? AND voided_at IS NULL",
		BIND(V(appeal->row.id)));
	reach_where(&sql, work->who, RIGHT_person_read, NULL);
	sql_add(&sql, " GROUP BY org, coalesce(rank, ''), coalesce(wish, ''), state", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		const char *state = db_copy(query, 3, work->arena);
		int64_t n = db_whole(query, 4);
		count_in(work, &units, db_null(query, 0) ? none : db_id(query, 0), NULL, state, n);
		count_in(work, &ranks, none, db_text(query, 1), state, n);
		count_in(work, &wishes, none, db_text(query, 2), state, n);
	}
	for (size_t i = 0; i < units.count; i++)
		units.list[i].name = id_none(units.list[i].org) ? NULL : shape_title(work, &org_record, units.list[i].org);
	units = sorted(units), ranks = sorted(ranks), wishes = sorted(wishes);
	return (struct appeal_parts){units.list, ranks.list, wishes.list, units.count, ranks.count, wishes.count};
}
