/* Areas: the tree from province to street grid. */
#pragma once

/* The sorts of codes.h. */
#define AREA_TYPE_PICKS \
	"province=Province|省级, city=City|地级市, prefecture=Prefecture|地区（州、盟）, run_by_province=Run by the province|省直辖县级行政区划, " \
	"district=District|市辖区, county=County|县（旗）, county_city=County-level city|县级市, development=Development zone|开发区, street=Street|街道, " \
	"town=Town|镇, township=Township|乡, town_like=Like a town|类似乡级单位, community=Community|社区（居委会）, village=Village|村（村委会）, " \
	"community_like=Like a community|类似居委会, village_like=Like a village|类似村委会, grid=Grid|网格, other=Other|其他"

#define DEF "app/area.def"
#include "record/struct.h"

enum area_level { LEVEL_WHOLE, LEVEL_PROVINCE, LEVEL_CITY, LEVEL_COUNTY, LEVEL_TOWN, LEVEL_VILLAGE, LEVEL_GRID };

/* The id of the root, under which everything stands. Made by muster init. */
struct id area_root(void);
/* An area by id or by code; NULL where there is none within reach of work->who. `text` NULL or "" gives the top of the user's reach. */
struct area *area_find(struct work *work, const char *text);
/* The next number for a path. Inside store_write. */
int64_t area_number(struct work *work);
/* Makes the root where it is missing. Inside store_write. */
enum status area_make_root(struct work *work);
/* The area with a number of a path; NULL where there is none. */
struct area *area_numbered(struct work *work, int64_t number);
/* The id of an area that is known by its code: the same in every store. */
struct id area_code_id(const char *code);
/* The pick of its type by the ranges of its code (facts.md 4.1); NULL where the code says nothing. */
const char *area_type(const char *code);
/* The paths by day of an area with this number below one whose paths by day are `moves`; NULL where `moves` is. In `arena`. */
const char *area_moves_below(struct work *work, struct arena *arena, const char *moves, int64_t number);

/* {"id","code","name","level"}: an area in short, as pages name it; area_put under the key "area". */
struct json;
void area_json(struct json *json, const struct area *area);
void area_put(struct json *json, const struct area *area);
