#include "record/history.h"

#include <sodium.h>
#include <string.h>

enum { HASH = 32 };

/* A private value stands in the history as the ciphertext that the row holds. */
static void add_value(struct work *work, struct json *json, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	if (!field->private || value.type == VALUE_NULL) {
		kind_to_json(json, field, value);
		return;
	}
	struct value sealed = row_sealed(work, row, field);
	size_t room = sodium_base64_encoded_len(sealed.size, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(work->arena, room);
	if (sealed.type == VALUE_BYTES)
		sodium_bin2base64(text, room, (const unsigned char *)sealed.text, sealed.size, sodium_base64_VARIANT_ORIGINAL);
	json_open(json, '{');
	json_put(json, "sealed", text);
	json_close(json, '}');
}

static void add_side(
	struct work *work, struct json *json, const char *key, const struct row *side, const struct row *old, const struct row *row)
{
	json_key(json, key);
	json_open(json, '{');
	for (size_t i = 0; side && i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (old ? value_same(row_get(old, field), row_get(row, field)) : row_null(row, field))
			continue;
		json_key(json, field->name);
		add_value(work, json, side, field);
	}
	if (side && side->days && !(old && text_same(old->days, row->days))) {
		json_key(json, "days");
		json_raw(json, side->days);
	}
	json_close(json, '}');
}

static void hash_chain(unsigned char hash[HASH], const void *before, size_t before_size, const char *const *texts, size_t count)
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, HASH);
	crypto_generichash_update(&state, before, before_size);
	for (size_t i = 0; i < count; i++)
		crypto_generichash_update(&state, (const unsigned char *)(texts[i] ? texts[i] : ""), strlen(texts[i] ? texts[i] : "") + 1);
	crypto_generichash_final(&state, hash, HASH);
}

/* "123 ": by hand, as printf costs more than the hash that this goes into. */
static void add_number(struct buf *buf, int64_t number)
{
	char text[24];
	size_t at = sizeof text;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	text[--at] = ' ';
	do
		text[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		text[--at] = '-';
	buf_add(buf, text + at, sizeof text - at);
}

/* What the chain covers of one entry, as texts. */
static void hash_entry(struct work *work, unsigned char hash[HASH], const void *before, size_t size, int64_t seq, int64_t at, struct id who,
	const char *record, struct id row, int64_t version, const char *action, const char *change, const char *reason)
{
	char row_text[ID_TEXT], who_text[ID_TEXT];
	struct buf numbers = {.arena = work->arena};
	add_number(&numbers, seq);
	add_number(&numbers, at);
	add_number(&numbers, version);
	buf_text(&numbers, id_print(row, row_text));
	buf_char(&numbers, ' ');
	buf_text(&numbers, id_print(who, who_text));
	hash_chain(hash, before, size, (const char *const[]){buf_end(&numbers), record, action, change, reason}, 5);
}

/* The end of the chain: read once, then known as long as what the writer adds to it is kept. */
static void chain_find(struct work *work, struct chain *chain)
{
	if (chain->known)
		return;
	*chain = (struct chain){.known = true, .slot = db_slot(work->db)};
	struct query *query =
		db_query(work->db, "SELECT seq, hash FROM history WHERE slot = ? ORDER BY seq DESC LIMIT 1", BIND(V(chain->slot)));
	if (db_next(query)) {
		size_t size;
		chain->seq = db_whole(query, 0);
		const void *bytes = db_bytes(query, 1, &size);
		if (size == HASH)
			memcpy(chain->hash, bytes, HASH);
		db_done(query);
	}
}

static void add_entry(
	struct work *work, const struct row *row, const char *action, const char *change, const struct id *body, struct id deed)
{
	struct chain *chain = &work->store->chain;
	unsigned char hash[HASH];
	chain_find(work, chain);
	int64_t seq = chain->seq + 1;
	struct id who = work->who ? work->who->id : (struct id){{0}};
	hash_entry(
		work, hash, chain->hash, HASH, seq, work->now, who, row->record->name, row->id, row->version, action, change, work->reason);
	db_send(work->db,
		"INSERT INTO history (home, slot, seq, at, who, record, row, version, path, deed, action, change, reason, body, hash) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		BIND(V(row->home), V(chain->slot), V(seq), V(work->now), V(who), V(row->record->name), V(row->id), V(row->version),
			V(row->path), V(deed), V(action), V(change), V(work->reason), body ? V(*body) : value_null(),
			value_bytes(hash, HASH)));
	chain->seq = seq;
	memcpy(chain->hash, hash, HASH);
}

struct told {
	const struct row *row; /* as it was then */
	const char *change;
	uint64_t generation; /* of the keys that sealed it */
};

static const char *tell(struct work *work, const struct row *old, const struct row *row)
{
	struct json json = json_new(work->arena);
	json_open(&json, '{');
	if (old)
		add_side(work, &json, "before", old, old, row);
	add_side(work, &json, "after", row, old, row);
	json_close(&json, '}');
	return buf_end(&json.buf);
}

void history_tell(struct work *work, struct row *row)
{
	struct told *told = arena_alloc(work->arena, sizeof *told);
	*told = (struct told){
		.row = row_copy(work->arena, row), .generation = keys_generation(work->store->keys), .change = tell(work, NULL, row)};
	row->told = told;
}

static bool still(struct work *work, const struct row *row)
{
	const struct told *told = row->told;
	if (!told || told->generation != keys_generation(work->store->keys) || !id_same(told->row->incident, row->incident) ||
		!text_same(told->row->days, row->days))
		return false;
	for (size_t i = 0; i < row->record->field_count; i++)
		if (!value_same(row_get(told->row, &row->record->fields[i]), row_get(row, &row->record->fields[i])))
			return false;
	return true;
}

void history_add(struct work *work, const struct row *old, const struct row *row, const char *action, const struct id *body)
{
	const char *change = !old && still(work, row) ? row->told->change : tell(work, old, row);
	/* the deed names the first write of an action; a further one within it gets a name of its own */
	struct id deed = !id_none(work->deed) ? work->deed : old ? id_new() : row->id;
	work->deed = (struct id){{0}};
	add_entry(work, row, action, change, body, deed);
}

void history_note(struct work *work, const struct row *row, const char *action, const char *change)
{
	add_entry(work, row, action, change, NULL, id_new());
}

void history_seen(struct work *work, const struct row *row)
{
	add_entry(work, row, "seen", "{}", NULL, id_new());
}

bool history_deed(struct work *work, struct id deed, struct id *row, struct id *body)
{
	struct query *query = db_query(work->db, "SELECT row, body FROM history WHERE deed = ?", BIND(V(deed)));
	if (!db_next(query))
		return false;
	*row = db_id(query, 0);
	*body = db_id(query, 1);
	db_done(query);
	return true;
}

bool history_same(struct work *work, struct id row, int64_t version, struct id body)
{
	return !id_none(body) &&
		db_get(work->db, 0, "SELECT 1 FROM history WHERE row = ? AND version = ? AND body = ? AND who = ? AND action = 'changed'",
			BIND(V(row), V(version), V(body), V(work->who->id)));
}

struct id history_body(struct work *work, struct id row)
{
	struct id body = {{0}};
	struct query *query = db_query(work->db, "SELECT body FROM history WHERE row = ? ORDER BY rowid LIMIT 1", BIND(V(row)));
	if (db_next(query)) {
		body = db_id(query, 0);
		db_done(query);
	}
	return body;
}

int64_t history_check(struct work *work, int64_t *broken)
{
	unsigned char hash[HASH], before[HASH] = {0};
	int64_t count = 0, slot = 0, place = 0;
	*broken = 0;
	struct query *query = db_walk(work->db,
		"SELECT seq, at, who, record, row, version, action, change, reason, hash, slot FROM history ORDER BY slot, seq", NOTHING);
	while (db_next(query)) {
		size_t size;
		if (db_whole(query, 10) != slot) {
			memset(before, 0, HASH);
			slot = db_whole(query, 10);
			place = 0;
		}
		hash_entry(work, hash, before, HASH, db_whole(query, 0), db_whole(query, 1), db_id(query, 2), db_text(query, 3),
			db_id(query, 4), db_whole(query, 5), db_text(query, 6), db_text(query, 7), db_text(query, 8));
		const void *stored = db_bytes(query, 9, &size);
		count++;
		place++;
		if (!*broken && (size != HASH || memcmp(stored, hash, HASH) != 0 || db_whole(query, 0) != place))
			*broken = db_whole(query, 0);
		memcpy(before, hash, HASH);
	}
	return count;
}
