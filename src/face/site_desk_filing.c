/* The filing on the desk of a firm: to be filed where the firm stands still, then on its way, then its conditions and the first lesson. */
#include "app/filing.h"

#include "app/deadline.h"
#include "app/filing_route.h"
#include "app/rights.h"
#include "app/site.h"
#include "app/training.h"
#include "face/openapi.h"
#include "face/site_desk.h"

static void put_lacks(struct work *work, struct json *json, const struct filing *filing, const struct site *site)
{
	struct lack *lacks;
	size_t count = filing_lacks(work, filing, site, &lacks);
	json_open_key(json, "lacks", '[');
	for (size_t i = 0; i < count; i++)
		json_text(json, lacks[i].label);
	json_close(json, ']');
}

/* What is to be given goes by the route that holds now. `filing`: the one that the firm works on; NULL: it has none. */
static void put_missing(struct work *work, struct json *json, const struct filing *filing, const struct site *site)
{
	struct filing *shown = (struct filing *)(filing ? row_copy(work->arena, &filing->row) : row_new(work->arena, &filing_record));
	SET(shown, filing, route, V(filing_rule_on(work, site, work->today).route));
	json_put(json, "route", shown->route);
	put_lacks(work, json, shown, site);
}

static void add_conditions(struct work *work, struct section *section, const struct filing *filing)
{
	bool told = GIVEN(filing, filing, proof_text);
	json_put(&section->facts, "conditions", told ? "told" : "open");
	if (told)
		desk_wait(section, 0);
	else
		desk_todo(work, section, 1, GIVEN(filing, filing, conditions_due) ? deadline_end(work, filing->conditions_due) : 0);
}

/* A firm that resumes gives its first lesson 复工第一课 by the day from which it works; one that never stopped has none to give. */
static void add_lesson(struct work *work, struct section *section, const struct filing *filing)
{
	struct id training;
	if (text_same(filing->route, "never_stopped") || filing_lesson(work, filing->site, &training) >= 0)
		return;
	int64_t due = GIVEN(filing, filing, begins) ? deadline_end(work, filing->begins) : 0;
	json_put_flag(&section->facts, "lesson", true);
	json_open(&section->rows, '{');
	json_put(&section->rows, "record", training_record.name);
	json_put(&section->rows, "state", "due");
	json_put_stamp(&section->rows, "due_at", due);
	json_close(&section->rows, '}');
	desk_todo(work, section, 1, due);
}

void desk_filing(struct desk *desk)
{
	struct work *work = desk->work;
	const struct site *site = (const struct site *)desk->site;
	struct section *section = desk_begin(desk, "filing", RIGHT_filing_read);
	if (!section)
		return;
	const struct filing *filing = filing_current(work, site->row.id);
	const char *state = filing ? filing->state : "none";
	bool open = text_listed("draft,returned", ',', state), owed = text_same(site->status, "stopped");
	json_put(&section->facts, "state", state);
	json_put(&section->facts, "status", site->status);
	json_put_id(&section->facts, "id", filing ? filing->row.id : (struct id){{0}});
	if (open || text_same(state, "none") || (owed && text_listed("refused,withdrawn", ',', state))) {
		put_missing(work, &section->facts, open ? filing : NULL, site);
		if (open || owed)
			desk_todo(work, section, 1, 0);
	} else if (text_listed("submitted,reviewing", ',', state)) {
		desk_wait(section, GIVEN(filing, filing, clock) ? filing->clock : 0);
	} else if (text_same(state, "suspended")) {
		desk_wait(section, 0);
	} else if (text_listed("recorded,noted,approved", ',', state)) {
		if (filing->conditions_open && text_same(state, "approved"))
			add_conditions(work, section, filing);
		add_lesson(work, section, filing);
	}
}
