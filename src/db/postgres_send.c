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
static void take(struct postgres *pg, bool one)
{
	PGresult *result = PQgetResult(pg->handle);
	if (!result || !postgres_good(result)) {
		if (getenv("MUSTER_SQL"))
			fprintf(stderr, "%s", PQerrorMessage(pg->handle));
		spoil(pg);
	} else if (one && strcmp(PQcmdTuples(result), "1") != 0) {
		spoil(pg);
	}
	PQclear(result);
	while ((result = PQgetResult(pg->handle)) != NULL)
		PQclear(result);
}

bool postgres_settle(struct postgres *pg)
{
	if (!pg->sent)
		return true;
	bool good = PQpipelineSync(pg->handle) == 1;
	for (size_t i = 0; i < pg->sent && good; i++)
		take(pg, pg->ones[i]);
	PGresult *end = good ? PQgetResult(pg->handle) : NULL;
	good = good && PQresultStatus(end) == PGRES_PIPELINE_SYNC;
	PQclear(end);
	pg->sent = 0;
	if (!good || PQexitPipelineMode(pg->handle) != 1)
		spoil(pg);
	return pg->db.status == OK;
}

void postgres_send(struct db *db, const char *sql, const struct value *values, size_t count, bool one)
{
	struct postgres *pg = (struct postgres *)db;
	if ((pg->sent == MOST_SENT || !postgres_known(pg, sql)) && !postgres_settle(pg))
		return;
	struct prepared *prepared = postgres_find(pg, sql);
	if (!prepared || prepared->count != count) {
		spoil(pg);
		return;
	}
	if (!pg->sent && PQenterPipelineMode(pg->handle) != 1) {
		spoil(pg);
		return;
	}
	bound_set(&pg->bound, values, count, prepared->types);
	if (PQsendQueryPrepared(pg->handle, prepared->name, (int)count, pg->bound.values, pg->bound.sizes, pg->bound.formats, 0) == 1)
		pg->ones[pg->sent++] = one;
	else
		spoil(pg);
}
