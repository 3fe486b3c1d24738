/* Many new areas in one write: numbers in a block, prepared inserts, one entry of history for them all. */
#pragma once

#include "app/area.h"

/* What a child needs to know of the area above it. */
struct area_node {
	struct id id;
	int64_t number;
	int64_t county;
	int64_t level;
	const char *path;
	const char *moves; /* its paths by day where it, or one above it, ever moved; else NULL */
};

struct area_bulk {
	struct work *work;
	struct arena *scratch; /* emptied as it goes */
	int64_t number; /* the last one given */
	int64_t serial;
	int64_t made;
	int64_t since;
	struct area *row; /* carries one area after the other to the search index */
};

/* Inside store_write. */
struct area_bulk area_bulk_begin(struct work *work);
/* Adds a living area below `parent` (whose texts must live on; `node` gets texts of its own in `arena`). Its id is area_code_id(code). Nothing is
 * checked: the caller knows that neither code nor id is there, and that the level fits. */
void area_bulk_add(struct area_bulk *bulk, struct arena *arena, const char *code, const char *name, int64_t level,
	const struct area_node *parent, struct area_node *node);
/* Writes the last number given, and one entry of history, at the root: `change` is JSON that says what was imported. */
enum status area_bulk_end(struct area_bulk *bulk, const char *change);

/* The area with this code as a node: living, else taken out (*gone). False where there is none. */
bool area_node_find(struct work *work, const char *code, struct area_node *node, const char **name, bool *gone);
/* The root as a node. */
bool area_node_root(struct work *work, struct area_node *node);
