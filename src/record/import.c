#include "record/import.h"

#include <stdlib.h>
#include <string.h>

#include "record/import_inner.h"
#include "record/store.h"

/* Lines checked or written at once: a few hundredths of a second in which nobody else writes. */
enum { PIECE = 200, PIECE_BYTES = 1 << 20 };

/* Some lines of the file, in memory of their own. */
struct piece {
	struct import *import;
	struct arena *arena;
	struct import_line lines[PIECE];
	size_t count;
	size_t bytes;
	size_t bad_from; /* a line that failed on writing; count: none */
	int64_t made, changed, waiting;
};

static void copy_line(struct piece *piece, const struct sheet_row *row)
{
	struct import_line *line = &piece->lines[piece->count++];
	struct sheet_cell *cells = arena_alloc(piece->arena, ((size_t)row->count + 1) * sizeof *cells);
	*line = (struct import_line){.number = row->number, .at = piece->import->lines++, .count = row->count, .cells = cells};
	for (int i = 0; i < row->count; i++) {
		cells[i] = row->cells[i];
		cells[i].text = arena_text(piece->arena, row->cells[i].text, row->cells[i].size);
		piece->bytes += row->cells[i].size;
	}
}

static void add_state(struct import *import)
{
	if (import->lines < import->state_space)
		return;
	import->state_space = import->state_space ? 2 * import->state_space : 4096;
	import->states = realloc(import->states, import->state_space);
	if (!import->states)
		abort();
	memset(import->states + import->lines, LINE_OPEN, import->state_space - import->lines);
}

static enum sheet_step fill(struct piece *piece, struct sheet_reader *reader)
{
	struct sheet_row row;
	enum sheet_step step = SHEET_ROW;
	arena_reset(piece->arena);
	piece->count = piece->bytes = 0;
	while (piece->count < PIECE && piece->bytes < PIECE_BYTES && (step = sheet_reader_next(reader, &row)) == SHEET_ROW) {
		if (import_is_heading(piece->import, &row))
			continue;
		add_state(piece->import);
		copy_line(piece, &row);
	}
	return step;
}

static struct work piece_work(struct work *work, struct piece *piece)
{
	struct work own = *work;
	own.arena = piece->arena;
	own.counted = NULL;
	own.counted_count = own.counted_space = 0;
	work_forgive(&own);
	own.row = -1;
	return own;
}

/* Names under which a row of this file may stand in another one of it. */
static void add_names(struct import *import, const struct row *row)
{
	char id[ID_TEXT];
	bool added;
	import_entry(&import->names, import_hash(import->key, "row", id_print(row->id, id)), &added);
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = row_get(row, field);
		bool names = text_same(field->name, row->record->title) || field->kind == &kind_uscc || strcmp(field->name, "code") == 0;
		if (names && value.type == VALUE_TEXT && !field->private)
			import_entry(&import->names, import_hash(import->key, "row", value.text), &added);
	}
}

/* Lines that name a row not there yet, looked at again when all rows are known. */
struct waiting {
	uint64_t missing;
	size_t at;
};

struct check {
	struct piece piece;
	bool done; /* the piece was looked at: a batch that failed is run again */
	struct waiting *waiting;
	size_t waiting_count, waiting_space;
};

static void check_line(struct check *check, struct work *work, const struct import_line *line)
{
	struct import *import = check->piece.import;
	struct import_item item;
	work_forgive(work);
	enum status status = import_read(import, work, line, &item);
	if (status == OK && !item.same)
		status = row_check(work, item.old, item.row, import->ask->record->write);
	if (status == OK && item.old && !item.same &&
		!who_reaches(work->who, import->ask->record->write, item.old->path, row_site(item.old)))
		status = fail(work, BAD_FIELD, "id", "is outside your area|不在您的管辖范围内");
	if (status != OK) {
		import_bad(import, work, line);
		return;
	}
	import->result->good++;
	import->result->same += item.same;
	import->states[line->at] = item.same ? LINE_DONE : LINE_OPEN;
	if (item.waits) {
		import->states[line->at] = LINE_WAITS;
		*ARENA_PUSH(import->work->arena, check->waiting, check->waiting_count, check->waiting_space) =
			(struct waiting){.missing = import->missing, .at = line->at};
	}
	if (import->points_to_itself)
		add_names(import, item.row);
	if (!item.old)
		import_twins(import, work, line, item.row);
}

/* On the writer, as rules may draw numbers; what they wrote is cut back. */
static enum status check_piece(struct work *work, void *data)
{
	struct check *check = data;
	struct work own = piece_work(work, &check->piece);
	for (size_t i = 0; i < check->piece.count && !check->done && db_status(work->db) == OK; i++)
		check_line(check, &own, &check->piece.lines[i]);
	check->done = true;
	return db_status(work->db) == OK ? CONFLICT : db_status(work->db);
}

static void tell(struct import *import, int64_t done, int64_t total)
{
	if (import->ask->tell)
		import->ask->tell(import->ask->context, done, total, import->result->written);
}

static enum status stopped(struct import *import)
{
	if (!import->ask->stop || !import->ask->stop(import->ask->context))
		return OK;
	return fail(import->work, BUSY, NULL, "The program was stopped|程序已停止");
}

static enum status check_pieces(struct import *import, struct check *check, struct sheet_reader *reader)
{
	struct work *work = import->work;
	for (enum sheet_step step = SHEET_ROW; step == SHEET_ROW;) {
		step = fill(&check->piece, reader);
		if (step == SHEET_FAILED)
			return import_problem(work, sheet_reader_error(reader));
		check->done = false;
		enum status status = check->piece.count ? store_write(work, check_piece, check) : CONFLICT;
		if (status != CONFLICT)
			return status;
		work_forgive(work);
		if (stopped(import) != OK)
			return work->status;
		double part = sheet_reader_progress(reader);
		int64_t total = part > 0.001 ? (int64_t)((double)import->lines / part) : 0;
		tell(import, (int64_t)import->lines, total < (int64_t)import->lines ? (int64_t)import->lines : total);
	}
	return OK;
}

/* Says of a line which link names nothing. */
static enum status name_fault(struct import *import, struct work *work, const struct import_line *line)
{
	for (size_t i = 0; i < import->ask->record->field_count; i++) {
		const struct field *field = &import->ask->record->fields[i];
		int column = import->key_columns[i] >= 0 ? import->key_columns[i] : import->value_columns[i];
		if (column_points(field) && column_target(field) == import->ask->record && *import_cell(work, line, column))
			fail(work, BAD_FIELD, field->name, "names nothing that is there|所指不存在");
	}
	return work->status;
}

/* What the waiting lines name must be another row of the file. */
static void check_waiting(struct import *import, struct check *check, struct sheet_reader *reader)
{
	size_t next = 0;
	bool any = false, added;
	for (size_t i = 0; i < check->waiting_count; i++) {
		import_entry(&import->names, check->waiting[i].missing, &added);
		check->waiting[i].missing = added; /* from here on: whether nothing was there */
		any |= added;
	}
	for (enum sheet_step step = any ? SHEET_ROW : SHEET_END; step == SHEET_ROW;) {
		step = fill(&check->piece, reader);
		for (size_t i = 0; i < check->piece.count && next < check->waiting_count; i++) {
			struct work own = piece_work(import->work, &check->piece);
			if (check->piece.lines[i].at != check->waiting[next].at || !check->waiting[next++].missing)
				continue;
			name_fault(import, &own, &check->piece.lines[i]);
			import->result->good--;
			import_bad(import, &own, &check->piece.lines[i]);
		}
	}
}

static enum status check_all(struct import *import)
{
	struct check *check = arena_alloc(import->work->arena, sizeof *check);
	struct sheet_reader *reader = import_open(import);
	if (!reader)
		return import->work->status;
	check->piece.import = import;
	check->piece.arena = arena_new();
	enum status status = import_check_columns(import);
	if (status == OK)
		status = check_pieces(import, check, reader);
	sheet_reader_close(reader);
	if (status == OK && check->waiting_count) {
		size_t lines = import->lines;
		import->lines = 0;
		reader = import_open(import);
		if (reader)
			check_waiting(import, check, reader);
		sheet_reader_close(reader);
		import->lines = lines;
	}
	arena_free(check->piece.arena);
	return status;
}

/* Writes one line. What waits still is left for the next round. */
static enum status write_line(struct import *import, struct work *work, struct piece *piece, const struct import_line *line)
{
	struct import_item item;
	work_forgive(work);
	if (import->states[line->at] == LINE_BAD || import->states[line->at] == LINE_DONE)
		return OK;
	enum status status = import_read(import, work, line, &item);
	if (status != OK || item.same)
		return status;
	if (item.waits) {
		piece->waiting++;
		return import->last ? name_fault(import, work, line) : OK;
	}
	status = item.old ? row_change(work, item.old, item.row, item.old->version, import->ask->record->write)
			  : row_insert(work, &item.row, NULL);
	if (status != OK)
		return status;
	*(item.old ? &piece->changed : &piece->made) += 1;
	return OK;
}

/* The lines of a piece; where one fails none is written, and piece->bad_from tells which. */
static enum status write_piece(struct work *work, void *data)
{
	struct piece *piece = data;
	struct import *import = piece->import;
	struct work own = piece_work(work, piece);
	piece->bad_from = piece->count;
	piece->made = piece->changed = piece->waiting = 0;
	for (size_t i = 0; i < piece->count; i++) {
		enum status status = write_line(import, &own, piece, &piece->lines[i]);
		if (status == OK && db_status(work->db) == OK)
			continue;
		if (db_status(work->db) != OK)
			return db_status(work->db);
		piece->bad_from = i;
		/* the problem alone: what else own remembers lies in memory of the piece, which goes with it */
		work->status = own.status;
		work->detail = own.detail;
		work->faults = own.faults;
		work->fault_count = own.fault_count;
		work->fault_space = own.fault_space;
		return status;
	}
	if (import->ask->note && import->ask->good_only)
		import->ask->note(work, import->ask->context, import->result->written + piece->made + piece->changed);
	return OK;
}

/* After a piece is on disk: which of its lines are done, which wait. */
static void settle(struct piece *piece)
{
	struct import *import = piece->import;
	import->result->made += piece->made;
	import->result->changed += piece->changed;
	import->result->written += piece->made + piece->changed;
	for (size_t i = 0; i < piece->count; i++)
		if (import->states[piece->lines[i].at] == LINE_OPEN)
			import->states[piece->lines[i].at] = LINE_DONE;
}

/* The good rows, a piece at a time. A line that fails only now is put to the bad ones, and the piece begins again. */
static enum status write_pieces(struct import *import, struct piece *piece, int64_t *waiting)
{
	struct work *work = import->work;
	struct sheet_reader *reader = import_open(import);
	enum status status = reader ? OK : work->status;
	import->lines = 0;
	for (enum sheet_step step = SHEET_ROW; status == OK && step == SHEET_ROW;) {
		step = fill(piece, reader);
		if (step == SHEET_FAILED)
			status = import_problem(work, sheet_reader_error(reader));
		while (piece->count && status == OK && (status = store_write(work, write_piece, piece)) != OK &&
			piece->bad_from < piece->count) {
			import->result->good--;
			import_bad(import, work, &piece->lines[piece->bad_from]);
			work_forgive(work);
			status = OK;
		}
		if (status != OK)
			break;
		if (piece->count) {
			settle(piece);
			*waiting += piece->waiting;
		}
		tell(import, import->result->written + import->result->same + import->result->bad, (int64_t)import->lines);
		status = stopped(import);
	}
	sheet_reader_close(reader);
	return status;
}

/* Further rounds bring the lines that waited for others of the file; the last one says that what they name is not there. */
static enum status write_good(struct import *import, struct piece *piece)
{
	enum status status = OK;
	int64_t waiting = 1;
	while (status == OK && waiting) {
		int64_t before = import->result->written;
		waiting = 0;
		status = write_pieces(import, piece, &waiting);
		import->round++;
		if (waiting && before == import->result->written)
			import->last = true;
	}
	return status;
}

static enum status write_round(struct work *work, struct piece *piece, int64_t *written, int64_t *waiting)
{
	struct import *import = piece->import;
	struct sheet_reader *reader = import_open(import);
	enum status status = reader ? OK : work->status;
	import->lines = 0;
	for (enum sheet_step step = SHEET_ROW; status == OK && step == SHEET_ROW;) {
		step = fill(piece, reader);
		status = step == SHEET_FAILED ? import_problem(work, sheet_reader_error(reader)) : write_piece(work, piece);
		import->made += piece->made;
		import->changed += piece->changed;
		*written += piece->made + piece->changed;
		*waiting += piece->waiting;
		if (status == OK && (status = stopped(import)) == OK && import->ask->tell)
			import->ask->tell(import->ask->context, import->made + import->changed, import->result->good, 0);
	}
	sheet_reader_close(reader);
	return status;
}

/* All rows in one transaction: the first fault undoes everything. */
static enum status write_whole(struct work *work, void *data)
{
	struct piece *piece = data;
	struct import *import = piece->import;
	enum status status = OK;
	int64_t waiting = 1;
	import->made = import->changed = 0;
	import->round = 0;
	import->last = false;
	while (status == OK && waiting) {
		int64_t written = 0;
		waiting = 0;
		status = write_round(work, piece, &written, &waiting);
		import->round++;
		import->last = waiting && !written;
	}
	if (status == OK && import->ask->note)
		import->ask->note(work, import->ask->context, import->made + import->changed);
	return status;
}

static enum status write_all(struct import *import)
{
	struct piece *piece = arena_alloc(import->work->arena, sizeof *piece);
	*piece = (struct piece){.import = import, .arena = arena_new()};
	arena_defer(import->work->arena, (void (*)(void *))arena_free, piece->arena); /* a problem's texts may stand in it */
	if (import->ask->good_only)
		return write_good(import, piece);
	enum status status = store_write(import->work, write_whole, piece);
	if (status == OK) {
		import->result->made = import->made;
		import->result->changed = import->changed;
		import->result->written = import->made + import->changed;
	}
	return status;
}

enum status import_run(struct work *work, const struct import_ask *ask, struct import_result *result)
{
	struct import *import = import_new(work, ask, result);
	enum status status = check_all(import);
	bool go = status == OK && !ask->preview && result->good > result->same && (ask->good_only || !result->bad);
	if (go)
		status = write_all(import);
	free(import->states);
	import_end_errors(import);
	return status;
}
