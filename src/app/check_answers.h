/* Answers to a checklist: {"A1":{"value":"yes"|"no"|"na"|12.5|"text","note":"","photos":[ids],"fixed":{"before":[ids],"after":[ids],"note":""}}}.
 * `fixed` tells what was put right on the spot. */
#pragma once

#include "app/check.h"
#include "app/template_body.h"

/* How one item came out. */
struct verdict {
	const struct item *item;
	const json_t *answer; /* NULL: not answered */
	bool failed;
	bool fixed; /* failed, and put right in the same visit */
};

struct verdicts {
	struct verdict *list; /* in the order of the checklist */
	size_t count;
	int64_t failed, fixed;
};

/* Whether answers fit the checklist: BAD_FIELD on "answers.<code>" for each needed item that is missing, unknown code, wrong value, photo that is not
 * there. `before` are the answers stored so far (NULL: none). Needs work->db. */
enum status answers_check(struct work *work, const struct check *check, const struct items *items, const char *before);
/* The outcome of answers that fit. In the arena. */
struct verdicts answers_judge(struct arena *arena, const char *answers, const struct items *items);
/* The items of the version that a check used; none where it used none. Needs work->db. */
struct items check_items(struct work *work, const struct check *check);
/* "passed", "fixed_on_spot" or "failed". */
const char *verdicts_result(const struct verdicts *verdicts);
/* Every photo named in the answers, as a JSON list. */
const json_t *answers_photos(struct arena *arena, const char *answers);
