/* What a filing needs: isolation rooms and stock by the settings, what must still be given, what stops an approval. */
#include <string.h>

#include "app/check_answers.h"
#include "app/filing.h"
#include "app/settings.h"
#include "app/site.h"

int64_t filing_rooms(struct work *work, int64_t staff)
{
	int64_t from = settings_number(work, "filing_rooms_from"), upto = settings_number(work, "filing_rooms_upto"),
		share = settings_number(work, "filing_rooms_share"), least = settings_number(work, "filing_rooms_least");
	if (staff < from)
		return 0;
	if (staff > upto || share < 1)
		return least;
	return (staff + share - 1) / share;
}

int64_t filing_batch_sum(struct work *work, struct id filing, struct id but)
{
	return db_get(work->db, 0, "SELECT coalesce(sum(people), 0) FROM filing_batches WHERE filing = ? AND id <> ? AND voided_at IS NULL",
		BIND(V(filing), id_none(but) ? V(filing) : V(but)));
}

int64_t filing_stock(struct work *work, const struct filing *filing)
{
	int64_t people = GIVEN(filing, filing, back) ? filing->back : 0, sum = filing_batch_sum(work, filing->row.id, (struct id){{0}});
	int64_t each = settings_number(work, "filing_masks_person");
	people = sum > people ? sum : people;
	if (!GIVEN(filing, filing, masks) || people < 1 || each < 1)
		return -1;
	return filing->masks / (people * each);
}

/* --- what must still be given */

static bool is_there(struct work *work, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	if (value.type == VALUE_NULL || (value.type == VALUE_TEXT && !*value.text))
		return false;
	return !(field->kind == &kind_files) || json_array_size(json_read(work->arena, value.text, strlen(value.text), NULL)) > 0;
}

size_t filing_lacks(struct work *work, const struct filing *filing, const struct site *site, struct lack **lacks)
{
	size_t count = 0, space = 0;
	const char *list = settings_value(work, arena_print(work->arena, "filing_needs_%s", filing->route)), *word;
	*lacks = NULL;
	while ((word = text_word(work->arena, &list, ','))) {
		const char *name = text_trim(work->arena, word);
		const struct field *own = record_field(&filing_record, name), *known = record_field(&site_record, name);
		/* what the register keeps is a fact of the firm, also where the filing keeps what it was when it was submitted */
		if (known && (!own || own->system)) {
			if (!is_there(work, &site->row, known))
				*ARENA_PUSH(work->arena, *lacks, count, space) = (struct lack){name, known->label, true};
		} else if (text_same(name, "batches")) {
			if (!filing_batch_sum(work, filing->row.id, (struct id){{0}}))
				*ARENA_PUSH(work->arena, *lacks, count, space) =
					(struct lack){name, "Batches of returning staff|分批返岗计划", false};
		} else if (own && !own->system && !is_there(work, &filing->row, own)) {
			*ARENA_PUSH(work->arena, *lacks, count, space) = (struct lack){name, own->label, false};
		}
	}
	return count;
}

/* --- what stops an approval */

/* The items of a version, read once. */
static const struct items *items_of(struct work *work, struct id visit)
{
	const struct check *check = (const struct check *)row_load(work, &check_record, visit);
	const struct items *known = check ? work_kept(work, check->template_version) : NULL;
	if (known || !check || id_none(check->template_version))
		return known;
	struct items *items = arena_alloc(work->arena, sizeof *items);
	*items = check_items(work, check);
	work_keep(work, check->template_version, items);
	return items;
}

size_t filing_obstacles(struct work *work, struct id site, struct obstacle **obstacles)
{
	const char *stops = settings_value(work, "filing_stops");
	struct id *visits = NULL;
	size_t count = 0, space = 0, visit_count = 0, visit_space = 0;
	*obstacles = NULL;
	struct query *query = db_query(work->db,
		"SELECT id, item, severity, state, due, visit FROM findings WHERE site = ? AND state <> 'closed' AND voided_at IS NULL ORDER BY due, id",
		BIND(V(site)));
	while (db_next(query)) {
		if (!text_listed(stops, ',', db_text(query, 2)))
			continue;
		*ARENA_PUSH(work->arena, visits, visit_count, visit_space) = db_id(query, 5);
		*ARENA_PUSH(work->arena, *obstacles, count, space) = (struct obstacle){.id = db_id(query, 0),
			.item = db_copy(query, 1, work->arena),
			.severity = db_copy(query, 2, work->arena),
			.state = db_copy(query, 3, work->arena),
			.due = db_whole(query, 4)};
	}
	for (size_t i = 0; i < count; i++) {
		const struct items *items = items_of(work, visits[i]);
		const struct item *item = items ? items_find(items, (*obstacles)[i].item) : NULL;
		(*obstacles)[i].text = item ? item->text : NULL;
	}
	return count;
}

int64_t filing_lesson(struct work *work, struct id site, struct id *training)
{
	int64_t day = -1;
	*training = (struct id){{0}};
	struct query *query = db_query(work->db,
		"SELECT id, day FROM trainings WHERE site = ? AND topic = 'first' AND day <= ? AND voided_at IS NULL ORDER BY day DESC, id DESC LIMIT 1",
		BIND(V(site), V(work->today)));
	if (db_next(query)) {
		*training = db_id(query, 0);
		day = db_whole(query, 1);
		db_done(query);
	}
	return day;
}

/* --- finding one */

static const struct filing *find(struct work *work, const char *where, const struct value *values, size_t count)
{
	const struct filing *found = NULL;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM filings WHERE voided_at IS NULL AND %s", row_columns(work->arena, &filing_record),
			where),
		values, count);
	if (db_next(query)) {
		found = (const struct filing *)row_read(work, &filing_record, query);
		db_done(query);
	}
	return found;
}

const struct filing *filing_numbered(struct work *work, const char *number)
{
	return find(work, "number = ? AND incident = ?", BIND(V(number), V(work->store->incident)));
}

const struct filing *filing_current(struct work *work, struct id site)
{
	const struct filing *open =
		find(work, "site = ? AND state IN ('draft', 'submitted', 'reviewing', 'returned') ORDER BY id DESC LIMIT 1", BIND(V(site)));
	return open ? open : find(work, "site = ? ORDER BY id DESC LIMIT 1", BIND(V(site)));
}
