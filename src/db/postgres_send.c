/* Statements on their way: sent one behind the other, their answers taken together. What goes wrong spoils the transaction, which then runs again step by step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres_inner.h"

static void spoil(struct postgres *pg)
{
	pg->db.spoiled = true;
	if (pg->db.status == OK)
		pg->db.status = BUSY;
}

/* The answer to one statement. */
static void take(struct postgres *pg, size_t wanted)
{
	PGresult *result = PQgetResult(pg->handle);
	if (!result || !postgres_good(result)) {
		if (getenv("MUSTER_SQL"))
			fprintf(stderr, "%s", PQerrorMessage(pg->handle));
		spoil(pg);
	} else if (wanted && strtoull(PQcmdTuples(result), NULL, 10) != wanted) {
		spoil(pg);
	}
	PQclear(result);
	while ((result = PQgetResult(pg->handle)) != NULL)
		PQclear(result);
}

static bool settle_sent(struct postgres *pg)
{
	if (!pg->sent)
		return pg->db.status == OK;
	bool good = PQpipelineSync(pg->handle) == 1;
	for (size_t i = 0; i < pg->sent && good; i++)
		take(pg, pg->wanted[i]);
	PGresult *end = good ? PQgetResult(pg->handle) : NULL;
	good = good && PQresultStatus(end) == PGRES_PIPELINE_SYNC;
	PQclear(end);
	pg->sent = 0;
	if (!good || PQexitPipelineMode(pg->handle) != 1)
		spoil(pg);
	return pg->db.status == OK;
}

bool postgres_settle(struct postgres *pg)
{
	bunches_send(pg);
	return !pg->sent || settle_sent(pg);
}

void postgres_send_laid(struct postgres *pg, const char *sql, const struct bound *bound, size_t count, size_t wanted)
{
	if ((pg->sent == MOST_SENT || !postgres_known(pg, sql)) && pg->sent && !settle_sent(pg))
		return;
	struct prepared *prepared = postgres_find(pg, sql);
	if (!prepared || prepared->count != count || (!pg->sent && PQenterPipelineMode(pg->handle) != 1)) {
		spoil(pg);
		return;
	}
	if (PQsendQueryPrepared(pg->handle, prepared->name, (int)count, bound->values, bound->sizes, bound->formats, 0) == 1)
		pg->wanted[pg->sent++] = wanted;
	else
		spoil(pg);
}

void postgres_send(struct db *db, const char *sql, const struct value *values, size_t count, bool one)
{
	struct postgres *pg = (struct postgres *)db;
	/* writes in turn follow each other: the words of a row, say, are found by the row */
	if (db->beside && bunch_add(pg, sql, values, count, one))
		return;
	bunches_send(pg);
	if (!postgres_known(pg, sql) && !postgres_settle(pg))
		return;
	struct prepared *prepared = postgres_find(pg, sql);
	if (!prepared || prepared->count != count) {
		spoil(pg);
		return;
	}
	bound_set(&pg->bound, values, count, prepared->types);
	postgres_send_laid(pg, sql, &pg->bound, count, one ? 1 : 0);
}
