#include "app/message.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "record/store.h"

#define PLACE "message"
enum { MINUTE_MS = 60000, MOST_WAITS = 6 };

enum status message_put(struct work *work, const char *phone, const char *text)
{
	struct json json = json_new(work->arena);
	if (!keys_ready(work->store->keys, work->db, work->store->incident, true))
		return fail(work, BROKEN, NULL, NULL);
	json_open(&json, '{');
	json_put(&json, "to", phone);
	json_put(&json, "text", text);
	json_close(&json, '}');
	db_run(work->db, "INSERT INTO messages (id, incident, sealed, tries, next_at, made_at) VALUES (?, ?, ?, 0, ?, ?)",
		BIND(V(id_new()), V(work->store->incident),
			secret_seal(work->store->keys, work->store->incident, PLACE, buf_end(&json.buf), work->arena), V(work->now),
			V(work->now)));
	return OK;
}

bool message_due(struct work *work)
{
	return db_get(work->db, 0, "SELECT 1 FROM messages WHERE next_at <= ? LIMIT 1", BIND(V(work->now)));
}

/* What was sealed in it; no texts where its key is gone. */
static void read_sealed(struct work *work, struct id incident, const void *bytes, size_t size, struct message *message)
{
	if (!bytes || !keys_ready(work->store->keys, work->db, incident, false))
		return;
	const char *text = secret_open(work->store->keys, incident, PLACE, bytes, size, work->arena);
	const json_t *object = text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	message->to = json_string_value(json_object_get(object, "to"));
	message->text = json_string_value(json_object_get(object, "text"));
}

bool message_take(struct work *work, struct message *message)
{
	size_t size;
	db_run(work->db, "DELETE FROM messages WHERE made_at < ?", BIND(V(work->now - DAY_MS)));
	struct query *query = db_query(work->db,
		"SELECT id, tries, incident, sealed FROM messages WHERE next_at <= ? ORDER BY next_at LIMIT 1", BIND(V(work->now)));
	if (!db_next(query))
		return false;
	int64_t tries = db_whole(query, 1), waits = tries < MOST_WAITS ? tries : MOST_WAITS;
	*message = (struct message){.id = db_id(query, 0), .tries = tries + 1};
	const void *bytes = db_bytes(query, 3, &size);
	read_sealed(work, db_id(query, 2), bytes, size, message);
	db_done(query);
	/* another server may have taken it since it was read */
	return db_run(work->db, "UPDATE messages SET tries = ?, next_at = ? WHERE id = ? AND tries = ?",
		       BIND(V(tries + 1), V(work->now + ((int64_t)MINUTE_MS << waits)), V(message->id), V(tries))) == 1;
}

void message_end(struct work *work, struct id id)
{
	db_run(work->db, "DELETE FROM messages WHERE id = ?", BIND(V(id)));
}
