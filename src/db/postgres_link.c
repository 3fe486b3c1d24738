/* One connection to PostgreSQL: made, lost and made again; its transactions, its prepared statements, its errors. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "db/postgres_inner.h"

enum { DOUBT_SECONDS = 20, MOST_SLOTS = 1000 };

static enum status status_of(const struct postgres *pg, const char *state)
{
	if (!state || !*state || strncmp(state, "08", 2) == 0)
		return PQstatus(pg->handle) == CONNECTION_OK && state && *state ? BROKEN : BUSY;
	if (strcmp(state, "53100") == 0)
		return FULL;
	if (strcmp(state, "23505") == 0)
		return CONFLICT;
	/* transaction rollback, lock not available, cancelled, shut down, out of connections or memory, a plan that no longer fits */
	static const char *const again[] = {"40", "55P03", "57", "53", "0A000", "26000"};
	for (size_t i = 0; i < sizeof again / sizeof *again; i++)
		if (strncmp(state, again[i], strlen(again[i])) == 0)
			return BUSY;
	return BROKEN;
}

void postgres_stick(struct postgres *pg, const PGresult *result, const char *sql)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	/* the server's own words may quote a value: they are shown only to a developer who asks for them */
	if (getenv("MUSTER_SQL"))
		fprintf(stderr, "%s%s\n", PQerrorMessage(pg->handle), sql);
	if (state && (strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0))
		pg->stale = true;
	db_stick(&pg->db, status_of(pg, state), state ? state : "connection lost");
}

bool postgres_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* --- prepared statements */

static uint32_t hash_of(const char *text)
{
	uint32_t hash = 2166136261u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

void postgres_forget(struct prepared *prepared)
{
	if (!prepared)
		return;
	free(prepared->sql);
	free(prepared->types);
	free(prepared);
}

void postgres_forget_all(struct postgres *pg)
{
	for (size_t i = 0; i < KEPT; i++) {
		postgres_forget(pg->kept[i]);
		pg->kept[i] = NULL;
	}
}

void *postgres_must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

/* The types that the server worked out for the marks. */
static bool describe(struct postgres *pg, struct prepared *prepared)
{
	PGresult *result = PQdescribePrepared(pg->handle, prepared->name);
	bool good = postgres_good(result);
	if (good) {
		prepared->count = (size_t)PQnparams(result);
		prepared->types = postgres_must(calloc(prepared->count + 1, sizeof *prepared->types));
		for (size_t i = 0; i < prepared->count; i++)
			prepared->types[i] = PQparamtype(result, (int)i);
	} else {
		postgres_stick(pg, result, prepared->sql);
	}
	PQclear(result);
	return good;
}

/* For the test that reads every SQL text: they hold no values. */
static void note_text(const char *text)
{
	const char *file = getenv("MUSTER_SQL_TEXTS");
	int out = file ? open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
	if (out < 0)
		return;
	struct iovec parts[] = {{.iov_base = (void *)(uintptr_t)text, .iov_len = strlen(text)}, {.iov_base = "\n", .iov_len = 1}};
	if (writev(out, parts, 2) < 0)
		log_event(LOG_WARN, "texts", "%s", "");
	close(out);
}

struct prepared *postgres_prepare(struct postgres *pg, const char *sql)
{
	struct prepared *prepared = postgres_must(calloc(1, sizeof *prepared));
	prepared->sql = postgres_must(strdup(sql));
	snprintf(prepared->name, sizeof prepared->name, "s%u", ++pg->names);
	bool walk = strncmp(sql, "WALK ", 5) == 0;
	char *text = postgres_text(walk ? sql + 5 : sql);
	if (walk) {
		size_t size = strlen(text) + 80;
		char *declare = postgres_must(malloc(size));
		snprintf(declare, size, "DECLARE c%s NO SCROLL CURSOR FOR %s", prepared->name, text);
		free(text);
		text = declare;
	}
	note_text(text);
	PGresult *result = PQprepare(pg->handle, prepared->name, text, 0, NULL);
	bool good = postgres_good(result);
	if (!good)
		postgres_stick(pg, result, text);
	PQclear(result);
	free(text);
	if (!good || !describe(pg, prepared)) {
		postgres_forget(prepared);
		return NULL;
	}
	return prepared;
}

void postgres_deallocate(struct postgres *pg, struct prepared *prepared)
{
	char command[64];
	snprintf(command, sizeof command, "DEALLOCATE %s", prepared->name);
	PQclear(PQexec(pg->handle, command));
	postgres_forget(prepared);
}

bool postgres_known(const struct postgres *pg, const char *sql)
{
	uint32_t hash = hash_of(sql);
	const struct prepared *kept = pg->kept[hash % KEPT];
	return kept && kept->hash == hash && strcmp(kept->sql, sql) == 0;
}

struct prepared *postgres_find(struct postgres *pg, const char *sql)
{
	uint32_t hash = hash_of(sql);
	struct prepared **slot = &pg->kept[hash % KEPT], *kept = *slot;
	if (kept && kept->hash == hash && strcmp(kept->sql, sql) == 0)
		return kept;
	struct prepared *prepared = postgres_prepare(pg, sql);
	if (!prepared)
		return NULL;
	prepared->hash = hash;
	if (kept && kept->open)
		kept->once = true;
	else if (kept)
		postgres_deallocate(pg, kept);
	return *slot = prepared;
}

/* --- connection */

bool postgres_simple(struct postgres *pg, const char *command)
{
	PGresult *result = PQexec(pg->handle, command);
	bool good = postgres_good(result);
	PQclear(result);
	return good;
}

static bool takes(struct postgres *pg, const char *lock, int64_t number)
{
	char command[80];
	snprintf(command, sizeof command, "SELECT pg_try_advisory_lock(%s, %lld)", lock, (long long)number);
	PGresult *result = PQexec(pg->handle, command);
	bool taken = postgres_good(result) && PQntuples(result) && *PQgetvalue(result, 0, 0) == 't';
	PQclear(result);
	return taken;
}

/* The slot that it had, if it is still free: after a cut the server may take the old connection for alive for a while. */
static bool take_slot(struct postgres *pg)
{
	if (pg->program && !takes(pg, PROGRAM_LOCK, pg->program))
		pg->program = 0;
	if (takes(pg, SLOT_LOCK, pg->db.slot))
		return true;
	for (int64_t slot = 0; slot < MOST_SLOTS; slot++)
		if (slot != pg->db.slot && takes(pg, SLOT_LOCK, slot)) {
			pg->db.slot = slot;
			return true;
		}
	return false;
}

bool postgres_connect(struct postgres *pg)
{
	static const char setup[] =
		"SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; "
		"SET jit = off; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '300s'; "
		"SET bytea_output = 'hex'; SET synchronous_commit = on";
	/* a server that cannot be reached is not tried again and again by everything that waits */
	if (pg->refused && time(NULL) <= pg->refused)
		return false;
	postgres_forget_all(pg);
	pg->stale = false;
	PQfinish(pg->handle);
	pg->sent = 0;
	const char *const names[] = {"dbname", "application_name", "connect_timeout", NULL};
	const char *const values[] = {pg->place, "muster", "5", NULL};
	pg->handle = PQconnectdbParams(names, values, 1);
	bool good = PQstatus(pg->handle) == CONNECTION_OK && postgres_simple(pg, setup) && (pg->mode == DB_READ || take_slot(pg));
	pg->mark = 0;
	pg->refused = good ? 0 : time(NULL);
	if (!good)
		log_event(LOG_ERROR, "database", ",\"problem\":\"%s\"", "cannot be reached");
	return good;
}

/* --- transactions */

bool postgres_begin(struct postgres *pg)
{
	const char *command = pg->mode == DB_READ ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
		: pg->db.beside                   ? "BEGIN; SELECT pg_advisory_xact_lock_shared(" WRITERS_LOCK ")"
						  : "BEGIN; SELECT pg_advisory_xact_lock(" WRITERS_LOCK ")";
	if (pg->stale && !postgres_connect(pg))
		return false;
	if (PQstatus(pg->handle) == CONNECTION_OK && postgres_simple(pg, command))
		return true;
	/* the server may have been started anew since */
	if (PQstatus(pg->handle) == CONNECTION_OK) {
		postgres_simple(pg, "ROLLBACK");
		return false;
	}
	return postgres_connect(pg) && postgres_simple(pg, command);
}

static void note_transaction(struct postgres *pg)
{
	PGresult *result = PQexec(pg->handle, "SELECT pg_current_xact_id_if_assigned()");
	const char *number = postgres_good(result) && PQntuples(result) && !PQgetisnull(result, 0, 0) ? PQgetvalue(result, 0, 0) : "";
	snprintf(pg->transaction, sizeof pg->transaction, "%s", number);
	PQclear(result);
}

/* The connection was lost while a commit was under way: whether it came through is asked for once the server answers again. */
static bool was_committed(struct postgres *pg)
{
	char command[80];
	snprintf(command, sizeof command, "SELECT pg_xact_status('%s'::xid8)", pg->transaction);
	for (time_t end = time(NULL) + DOUBT_SECONDS; time(NULL) < end; usleep(200 * 1000)) {
		if (PQstatus(pg->handle) != CONNECTION_OK && !postgres_connect(pg))
			continue;
		PGresult *result = PQexec(pg->handle, command);
		bool known = postgres_good(result) && PQntuples(result) && strcmp(PQgetvalue(result, 0, 0), "in progress") != 0;
		bool committed = known && strcmp(PQgetvalue(result, 0, 0), "committed") == 0;
		PQclear(result);
		if (known)
			return committed;
	}
	/* nobody can say: it must not run again */
	pg->db.doubt = true;
	return false;
}

bool postgres_commit(struct postgres *pg)
{
	if (pg->mode == DB_WRITE)
		note_transaction(pg);
	PGresult *result = PQexec(pg->handle, "COMMIT");
	/* a failed transaction answers COMMIT with ROLLBACK */
	bool good = postgres_good(result) && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	bool lost = !good && PQstatus(pg->handle) != CONNECTION_OK;
	if (!good && !lost)
		postgres_stick(pg, result, "COMMIT");
	PQclear(result);
	if (lost && *pg->transaction)
		good = was_committed(pg);
	if (!good)
		db_stick(&pg->db, BUSY, "commit");
	return good;
}
