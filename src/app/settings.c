#include "app/settings.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "record/pointed.h"

const char *settings_text(struct work *work, const char *name, const char *otherwise)
{
	const char *value = NULL;
	if (noted_find(work, name, &value))
		return value ? value : otherwise;
	struct query *query = db_query(work->db, "SELECT value FROM settings WHERE name = ?", BIND(V(name)));
	if (db_next(query)) {
		value = db_copy(query, 0, work->arena);
		db_done(query);
	}
	noted_put(work, name, value);
	return value ? value : otherwise;
}

int64_t settings_whole(struct work *work, const char *name, int64_t otherwise)
{
	const char *text = settings_text(work, name, NULL);
	return text ? strtoll(text, NULL, 10) : otherwise;
}

#define SETTING(name, otherwise, label) {#name, otherwise, label},
const struct setting_row setting_rows[] = {
#include "app/settings.def"
};
#undef SETTING
const size_t setting_row_count = sizeof setting_rows / sizeof *setting_rows;

const char *settings_value(struct work *work, const char *name)
{
	const struct setting_row *row = NULL;
	for (size_t i = 0; i < setting_row_count; i++)
		if (text_same(setting_rows[i].name, name))
			row = &setting_rows[i];
	assert(row);
	return settings_text(work, name, row->otherwise);
}

int64_t settings_number(struct work *work, const char *name)
{
	return strtoll(settings_value(work, name), NULL, 10);
}

int64_t settings_tenths_of(const char *text)
{
	char *end;
	int64_t whole = strtoll(text, &end, 10);
	if (end == text || end - text > 3 || *text < '0' || *text > '9')
		return -1;
	if (*end == '.')
		return end[1] >= '0' && end[1] <= '9' && !end[2] ? whole * 10 + (end[1] - '0') : -1;
	return *end ? -1 : whole < 100 ? whole * 10 : whole;
}

int64_t settings_tenths(struct work *work, const char *name)
{
	return settings_tenths_of(settings_value(work, name));
}

void settings_set(struct work *work, const char *name, const char *value)
{
	db_run(work->db, "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		BIND(V(name), V(value)));
	noted_put(work, name, value);
}

/* A demonstration opens on the morning that it was made for, whatever the year; what was done in it since is never in its future. */
static void set_demonstration_clock(struct work *work)
{
	int64_t now = settings_whole(work, "demonstration_now", 0);
	int64_t last = db_get(work->db, 0, "SELECT max(at) FROM history", NOTHING);
	if (!now || getenv("MUSTER_NOW"))
		return;
	clock_set(last > now ? last : now);
	work->now = clock_now();
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
	if (store->demonstration)
		set_demonstration_clock(work);
	keys_ready(store->keys, work->db, store->incident, false);
	store_release(work);
	work->today = store_today(store, work->now);
}
