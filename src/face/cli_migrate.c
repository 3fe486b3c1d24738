/* migrate: a store from a folder into a database. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/file.h"
#include "face/cli.h"
#include "record/history.h"
#include "record/move.h"
#include "record/spread.h"

/* The key goes along: without it nothing private could be read, and nothing be found again. */
static bool copy_key(const char *from, const char *to)
{
	char text[256], there[256];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	ssize_t size = in < 0 ? -1 : read(in, text, sizeof text);
	if (in >= 0)
		close(in);
	int out = size > 0 ? open(to, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	if (out < 0)
		return false;
	ssize_t known = read(out, there, sizeof there);
	bool good = known == 0 ? write(out, text, (size_t)size) == size && fsync(out) == 0
			       : known == size && memcmp(there, text, (size_t)size) == 0;
	close(out);
	return good;
}

static void print_move(const struct move *move)
{
	for (size_t i = 0; i < move->count; i++)
		if (move->tables[i].rows)
			printf("%-20s %10lld rows, sum %016llx on both sides\n", move->tables[i].table, (long long)move->tables[i].rows,
				(unsigned long long)move->tables[i].sum);
}

static int run(struct work *work, struct move *move)
{
	int64_t broken = 0, files = 0;
	store_read(work);
	enum status status = move_store(work, move);
	if (status == OK)
		status = file_move(work, move->to, move->tell, &files);
	if (status != OK) {
		int code = cli_problem(work);
		store_release(work);
		return code;
	}
	struct db *kept = work->db;
	work->db = move->to;
	db_begin(work->db);
	int64_t entries = history_check(work, &broken);
	db_rollback(work->db);
	work->db = kept;
	store_release(work);
	print_move(move);
	printf("%lld files; %lld entries of the history, %s\n", (long long)files, (long long)entries,
		broken ? "which do not fit their chain" : "each fits its chain");
	return broken ? 1 : 0;
}

static void print_declaration(void *context, const char *sql)
{
	(void)context;
	printf("%s;\n", sql);
}

static void run_declaration(void *context, const char *sql)
{
	db_get(context, 0, sql, NOTHING);
	if (db_status(context) == OK)
		printf("%s;\n", sql);
}

/* A database that is to be spread over many machines; with --print the declarations are only said, for whoever runs them by hand. */
static int spread(const struct settings *settings)
{
	const char *problem = NULL, *place = setting(settings, "store", "");
	struct db *db = db_place_name(place, settings->arena) ? db_open(place, DB_WRITE, settings->arena, &problem) : NULL;
	if (!db) {
		fprintf(stderr, "muster: %s\n", problem ? problem : "migrate --citus --store postgresql://…");
		return 2;
	}
	enum status status = schema_upgrade(db, settings->arena);
	if (status == OK)
		status = spread_make(db, settings->arena);
	if (status == OK && setting_flag(settings, "print")) {
		spread_declare(settings->arena, print_declaration, NULL);
	} else if (status == OK) {
		db_upgrade(db, true);
		spread_declare(settings->arena, run_declaration, db);
		status = db_status(db);
		db_upgrade(db, false);
	}
	db_close(db);
	if (status != OK)
		fprintf(stderr, "muster: the database was not declared to Citus; is it there, and loaded by the server?\n");
	return status == OK ? 0 : 1;
}

int cli_migrate(const struct settings *settings)
{
	if (setting_flag(settings, "citus"))
		return spread(settings);
	const char *problem = NULL, *to = setting(settings, "to", NULL), *from = setting(settings, "from", NULL);
	const char *name = to ? db_place_name(to, settings->arena) : NULL;
	if (!from || db_place_name(from, settings->arena) || !name) {
		fprintf(stderr, "muster: migrate --from DIR --to postgresql://…\n");
		return 2;
	}
	struct work *work = cli_open_at(settings, from, false);
	if (!work)
		return 1;
	const char *key = setting(settings, "to-key", cli_key(settings, to, true));
	int code = 1;
	struct move move = {.tell = cli_progress};
	if (!copy_key(setting(settings, "key", cli_key(settings, from, false)), key))
		fprintf(stderr, "muster: the key cannot be copied to %s, or another one lies there\n", key);
	else if ((move.to = db_open(to, DB_WRITE, settings->arena, &problem)) == NULL)
		fprintf(stderr, "muster: %s\n", work_text(work, problem));
	else
		code = run(work, &move);
	db_close(move.to);
	cli_close(work);
	return code;
}
