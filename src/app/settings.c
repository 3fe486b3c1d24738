#include "app/settings.h"

#include <stdlib.h>

#include "record/store.h"

const char *settings_text(struct work *work, const char *name, const char *otherwise)
{
	const char *value = otherwise;
	struct query *query = db_query(work->db, "SELECT value FROM settings WHERE name = ?", BIND(V(name)));
	if (db_next(query)) {
		value = db_copy(query, 0, work->arena);
		db_done(query);
	}
	return value;
}

int64_t settings_whole(struct work *work, const char *name, int64_t otherwise)
{
	const char *text = settings_text(work, name, NULL);
	return text ? strtoll(text, NULL, 10) : otherwise;
}

void settings_set(struct work *work, const char *name, const char *value)
{
	db_run(work->db, "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		BIND(V(name), V(value)));
}

void settings_load(struct work *work)
{
	store_read(work);
	struct store *store = work->store;
	const char *incident = settings_text(work, "incident", NULL);
	if (incident)
		id_parse(incident, &store->incident);
	store->zone = (int)settings_whole(work, "zone", store->zone);
	store->demonstration = settings_whole(work, "demonstration", 0) != 0;
	keys_ready(store->keys, work->db, store->incident, false);
	store_release(work);
	work->today = store_today(store, work->now);
}
