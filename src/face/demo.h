/* The demonstration: a made-up district, played day by day through the API's own actions, so that it also proves them. */
#pragma once

#include "base/json.h"

#include "base/work.h"
#include "net/client.h"

enum {
	DEMO_FIRMS = 50,
	DEMO_STAFF = 17787,
	DEMO_LIAISONS = 80,
	DEMO_NEEDS = 280,
	DEMO_PEOPLE = 1038,
	DEMO_COMMUNITIES = 45,
	DEMO_TOWNS = 20,
	DEMO_VILLAGES = 400,
	DEMO_PLANS = 15,
	DEMO_AROUND = 5 /* firms whose liaisons stand around the hours of their staff */
};

struct demo_firm {
	const char *id;
	const char *name;
	int town; /* index of its town */
	int staff, on_duty;
	int liaison; /* index of its first liaison */
	int64_t resumes; /* the day on which it works again */
	const char *user; /* who returns for it */
	const char *tier;
	const char *filing; /* its last one; NULL: none */
	bool held; /* by a severe finding */
	bool told; /* of a day on which it worked */
	const char *photo; /* of its papers */
};

struct demo_town {
	const char *id;
	const char *name;
	const char *user, *user_id; /* its officer */
	const char *villages[DEMO_VILLAGES];
	int village_count;
};

struct demo_need {
	const char *id;
	int kind, firm;
	int stage; /* steps done: handed on, taken, resolved, confirmed */
	int stops; /* the stage at which it stays */
};

struct demo_finding {
	const char *id;
	int firm;
	int64_t day; /* found */
	int stage; /* 1 rectified, 2 rechecked */
	bool stays; /* nobody sees to it */
};

struct demo {
	struct work *work;
	struct client *client;
	struct arena *arena; /* lives as long as the demonstration is made */
	uint64_t seed;
	int64_t now; /* the stamp at which it stands */
	int64_t first, final; /* the days on which it begins and ends; it opens on the morning after */
	const char *district;
	struct demo_town towns[DEMO_TOWNS];
	int town_count;
	struct demo_firm firms[DEMO_FIRMS];
	const char *liaisons[DEMO_LIAISONS]; /* user ids */
	struct demo_need needs[DEMO_NEEDS + 40];
	int need_count;
	struct demo_finding findings[1000];
	int finding_count;
	const char *version; /* of the checklist in use */
	json_t *items; /* its items, in order */
	const char *orgs[8];
	int org_count;
	const char *people[DEMO_PEOPLE]; /* who signed up */
	int sent_out; /* of them, from the first */
	const char *communities[DEMO_COMMUNITIES];
	const char *volunteers[DEMO_COMMUNITIES], *enterprise[DEMO_FIRMS], *grids[DEMO_COMMUNITIES]; /* posts */
	const char *branches[DEMO_COMMUNITIES]; /* temporary ones, of the communities */
	const char *gate; /* the post that has a roster */
	json_t *roster; /* its shifts; NULL before they are made */
	const char *banks[3], *loans[20]; /* who lends or insures, what was asked for */
	const char *plans[DEMO_PLANS], *lines[10], *line_site, *advice;
	struct demo_session {
		const char *name, *token;
		int64_t ends;
	} sessions[256];
	int session_count;
	int failed; /* requests that were not answered as they should be */
	int sent;
};

/* A number from 0 to below `below`; the same ones in every run. */
int demo_random(struct demo *demo, int below);
/* Moves the clock to a time of a day (minutes after midnight in the incident's zone), never back. */
void demo_clock(struct demo *demo, int64_t day, int minutes);
/* Sends as a user; answers with the body, NULL where the status was another one than 2xx (told on standard error, counted in demo->failed). `body` is
 * dropped. The answer lives as long as demo->arena. */
json_t *demo_send(struct demo *demo, const char *user, const char *method, const char *path, json_t *body);
/* Changes a row, as it was read (its version). */
json_t *demo_change(struct demo *demo, const char *user, const char *plural, const json_t *row, json_t *body);
/* The same with a body of any type. */
json_t *demo_upload(struct demo *demo, const char *user, const char *path, const char *type, const void *bytes, size_t size);
/* The id of a new photo of a site: green for good, red for what is wrong. */
const char *demo_photo(struct demo *demo, const char *user, const char *site, bool good);
const char *demo_text(const json_t *row, const char *key);
/* A day as text; lives as long as demo->arena. */
const char *demo_day_text(struct demo *demo, int64_t day);

/* The parts, in this order. */
void demo_people(struct demo *demo); /* areas, users, bodies */
void demo_firms(struct demo *demo); /* the register, and who answers for each */
void demo_appeal(struct demo *demo); /* who signs up, and where they are sent */
void demo_day(struct demo *demo, int64_t day, bool last);
/* Parts of a day: a joint check of a firm by its liaison and the town; what becomes of what was found; needs raised and worked on. */
void demo_check(struct demo *demo, int firm, const char *liaison, int64_t day);
void demo_findings(struct demo *demo, int64_t day);
/* Reads the checklist in use. */
void demo_items(struct demo *demo);
/* Answers to every item of the checklist that all pass; what asks for a photo shows this one. */
json_t *demo_passes(struct demo *demo, const char *photo);
/* Firms file to work again before their day, are reviewed, hold their first lesson; on the last days some file for a second batch. */
void demo_filings(struct demo *demo, int64_t day);
void demo_needs(struct demo *demo, int64_t day);
/* On 24 February 300 more stand in the grids. */
void demo_grids(struct demo *demo, int64_t day);
/* What those who serve are given: masks by post, tests, visits, honours, money set aside. */
void demo_care(struct demo *demo, int64_t day);
/* The shifts at a gate: checked in and out in the morning and in the evening; made in the evening before they begin. */
void demo_roster_morning(struct demo *demo, int64_t day, bool last);
void demo_roster_evening(struct demo *demo, int64_t day);
void demo_leaves(struct demo *demo, int64_t day); /* on the last evening: who asks for leave, and a post put up for claiming */
void demo_policies(struct demo *demo, int64_t day); /* on the last evening: the examples are published, and facts of firms told */
/* Daily health of five firms on the last mornings, each told in its own way. */
void demo_health(struct demo *demo, int64_t day, bool last);
/* Evenings: key projects told of, advice, meters; loans asked for and decided. */
void demo_plans(struct demo *demo, int64_t day);
void demo_loans(struct demo *demo, int64_t day);
void demo_staff(struct demo *demo, int64_t day); /* on the last evening: workers of three firms, a gate, a test */
void demo_gate(struct demo *demo, int64_t day); /* on the morning on which it opens: who comes to the gate of a firm */
void demo_deliveries(struct demo *demo, int64_t day); /* policies, and what became of them at the firms */
/* Brings every need that is to be solved to its end. */
void demo_settle(struct demo *demo);
