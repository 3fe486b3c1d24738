/* Staff files: who left yesterday counts no more for their firm; another idea of what a file must say is held against all of them. */
#include "app/settings.h"
#include "app/staff.h"
#include "job/job.h"
#include "record/rows.h"

enum { PIECE = 200 };

enum status job_staff(struct work *work, int64_t *done);

/* --- days that passed */

struct sites {
	struct id *list;
	size_t count, space;
};

static enum status count_sites(struct work *work, void *data)
{
	const struct sites *sites = data;
	for (size_t i = 0; i < sites->count && work->status == OK; i++)
		site_files_count(work, sites->list[i]);
	return work->status;
}

static enum status left_yesterday(struct work *work, int64_t *done)
{
	struct sites left = {0}, stale = {0};
	store_read(work);
	struct query *query =
		db_query(work->db, "SELECT DISTINCT site FROM staff_files WHERE ends = ? AND voided_at IS NULL", BIND(V(work->today - 1)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, left.list, left.count, left.space) = db_id(query, 0);
	for (size_t i = 0; i < left.count; i++)
		if (site_files_stale(work, left.list[i]))
			*ARENA_PUSH(work->arena, stale.list, stale.count, stale.space) = left.list[i];
	store_release(work);
	*done += (int64_t)stale.count;
	return stale.count ? store_write(work, count_sites, &stale) : OK;
}

/* --- another idea of what must be said */

/* It may run twice: where the next one begins is taken over once it is on disk. */
struct piece {
	struct id after, next;
	int64_t read, changed;
};

static enum status judge_piece(struct work *work, void *data)
{
	struct piece *piece = data;
	struct row *rows[PIECE];
	piece->next = piece->after;
	piece->read = piece->changed = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM staff_files WHERE voided_at IS NULL", row_columns(work->arena, &staff_record)),
		NOTHING);
	if (!id_none(piece->after))
		sql_add(&sql, " AND id > ?", BIND(V(piece->after)));
	sql_add(&sql, " ORDER BY id LIMIT ?", BIND(V((int64_t)PIECE)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		rows[piece->read++] = row_read(work, &staff_record, query);
	for (int64_t i = 0; i < piece->read && work->status == OK; i++) {
		struct staff *staff = (struct staff *)row_copy(work->arena, rows[i]);
		staff_complete(work, staff);
		if (!text_same(staff->lacks, ((const struct staff *)rows[i])->lacks)) {
			row_rewrite(work, rows[i], &staff->row, "changed");
			piece->changed++;
		}
		piece->next = rows[i]->id;
	}
	return work->status;
}

static enum status set_judged(struct work *work, void *data)
{
	settings_set(work, "staff_judged", data);
	return OK;
}

static enum status judge_all(struct work *work, int64_t *done)
{
	struct piece piece = {.read = PIECE};
	store_read(work);
	const char *needed = arena_copy(work->arena, settings_value(work, "staff_needed"));
	bool same = text_same(needed, settings_text(work, "staff_judged", ""));
	bool any = !same && db_get(work->db, 0, "SELECT 1 FROM staff_files LIMIT 1", NOTHING);
	store_release(work);
	if (!any)
		return OK;
	while (piece.read == PIECE) {
		if (store_write(work, judge_piece, &piece) != OK)
			return work->status;
		piece.after = piece.next;
		*done += piece.changed;
	}
	return store_write(work, set_judged, (void *)needed);
}

enum status job_staff(struct work *work, int64_t *done)
{
	return left_yesterday(work, done) == OK ? judge_all(work, done) : work->status;
}
