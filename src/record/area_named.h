/* Areas as people write them: by id, by code (zeros behind it for what is below count for nothing), by name or by the end of a path, "娄星区/花山街道". */
#pragma once

#include "base/id.h"
#include "base/work.h"

struct area_found {
	struct id id;
	size_t count; /* 0: none; more than 1: several of that name */
};

/* Those below the path `within` ("": anywhere) that work->who may read. Needs work->db. */
struct area_found area_named(struct work *work, const char *within, const char *text);
