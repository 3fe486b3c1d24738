/* What a record is: declared once in app/<thing>.def, from which come `struct <thing>` (record/struct.h) and one constant table
 * (record/table.h). Everything else walks that table. CONTRIBUTING.md shows how to add a field and a record. */
#pragma once

#include "record/kind.h"

struct row;

struct field {
	const char *name;
	const struct kind *kind;
	const char *label; /* "English|中文" */
	size_t offset; /* in the record's struct */
	bool need; /* must be given and not null */
	bool private; /* sealed in the store, masked on the way out */
	bool find; /* found by q= */
	bool order; /* sort= works, with an index */
	bool filter; /* an indexed filter (any field but private ones filters; these do so by index) */
	bool dated; /* has a value from a day on (days.h) */
	bool fixed; /* set when made, never changed */
	bool system; /* set by muster itself: refused from outside */
	bool hidden; /* never written out, not even masked */
	bool either; /* one of the record's fields so marked must be given: its check says which */
	bool both; /* a text that holds both languages, "English|中文": pages show the reader's half */
	bool halves; /* a text that people write in one language, and muster itself as above in both: forms ask for one, pages show the reader's half */
	int64_t min, max; /* of a number; of a text `max` characters (0: 200, long text 4,000) */
	int scale; /* of a whole number its decimal places, 0 or 1: with 1 kept, and in JSON, in tenths; people type and read 36.5 */
	const char *picks; /* "code=English|中文, code=English|中文" */
	const char *link; /* kinds link, links: the record's name */
	const char *choices; /* of a text: it is the code of a row of this record, an administrator's list; shown by that row's title */
	const char *unit; /* "people|人" */
	const char *hint; /* "English|中文": help below the field */
	/* Other headings of a sheet that mean this field, the best first: "身份证, 身份证号码"; compared without spaces, brackets and case. Of a pick
	 * "code=heading" is a question, where a yes says that code ("!code": a no), and a no to all of them the code "none". */
	const char *heads;
};

/* A step of a workflow: from one of the states `from` to `to` ("" keeps the state). */
struct step {
	const char *name;
	const char *label;
	const char *from; /* "open,assigned" */
	const char *to;
	const char *fields; /* what it may set, comma separated */
	const char *needs; /* those of them that must be given */
	const char *
		when; /* "extension=asked", "heard_next", "!signed_at": offered only while the field has this value, any, or none; several by commas; NULL always. The rule decides */
	const char *next; /* the states in which it is what is usually done next; NULL none */
	int right;
	/* Checks and completes `row`, which already carries the given fields and the new state. May be NULL. */
	enum status (*rule)(struct work *work, const struct row *old, struct row *row);
};

/* What is odd about a row and yet allowed: shown beside it, never refused. */
struct warning {
	const char *field;
	const char *detail; /* in the asker's language */
	struct id other; /* the row that it is about, within the asker's reach; no id: none */
	const char *name; /* its title; NULL: none */
};
struct warnings {
	struct warning *list;
	size_t count, space;
};
/* Adds a warning; `format` as for fail(). */
void warn(struct work *work, struct warnings *warnings, const char *field, struct id other, const char *name, const char *format, ...);

/* Days at which what a row counts for may change. */
struct breaks {
	struct arena *arena;
	int64_t *days;
	size_t count;
	size_t space;
};
void breaks_add(struct breaks *breaks, int64_t day);
/* Of what holds from a day up to the day `after` its last one; DAY_FAR: no end. */
void breaks_span(struct breaks *breaks, int64_t from, int64_t after);

/* Something counted (tally.h). `value` tells how much the row, as it was on that day, counts for: a STOCK the level on that day, a FLOW what
 * happened on that day; `cell` in between, `by` names the fields whose values tell its parts. */
enum measure_type { STOCK, FLOW };
struct measure {
	const char *name;
	const char *label;
	enum measure_type type;
	const char *by; /* up to four fields, comma separated: picks, texts, flags ("1" where set), links (the id); "" none */
	const char *unit;
	int scale; /* as of a field */
	int64_t (*value)(struct work *work, const struct row *row, int64_t day);
};

enum { TOUCHED = 2 };
struct record {
	const char *name;
	const char *plural; /* in routes; also the table */
	const char *label;
	const char *doc;
	size_t size;
	const struct field *fields;
	size_t field_count;
	const struct step *steps;
	size_t step_count;
	const struct measure *measures;
	size_t measure_count;
	bool open; /* read by everyone signed in, wherever they are */
	const char *
		shown; /* of an open one with states: those in which everyone reads a row; in others whoever may write it there. NULL: all */
	bool shared; /* few rows that every place looks at: on a cluster a copy on each machine */
	bool lasting; /* not of one incident: sealed under the lasting key, kept when an incident ends */
	bool inner; /* no REST routes of its own */
	bool appended; /* rows are never changed */
	bool early; /* its check asks the store for settings only: it may run before the writer's turn, too */
	bool beside; /* a new row changes nothing that a rule of another write looks at: several servers may write such rows at once (db_beside) */
	bool named; /* its titles show wherever a row that one may read names them: those who deal with it */
	int read, write; /* rights (app/rights.def) */
	int reveal; /* the right to see private values in clear */
	const char *follows; /* the link field through which a row has its place ("site", "check"); NULL: its area field */
	const char *title; /* the field that names a row to people */
	const char *stands; /* states in which a row is no longer changed or taken out by hand; its check refuses it in words; NULL none */
	const char *rank; /* the small number field by which what is searched for comes first (an area's level); NULL: newest first */
	const char *wide; /* columns of an index <plural>_wide over what is not voided, for a query by hand; NULL: none */
	/* Checks what a walk over fields cannot and completes `row`; `old` is NULL for a new row. May be NULL. */
	enum status (*check)(struct work *work, const struct row *old, struct row *row);
	/* Adds what is odd about a row (stored, or about to be). Reads only. May be NULL. */
	void (*warn)(struct work *work, const struct row *row, struct warnings *warnings);
	/* Runs inside the transaction after a new row is written; changes no rows and nothing that is counted, so that many new rows stay quick. May be NULL. */
	enum status (*made)(struct work *work, const struct row *row);
	/* Runs inside the transaction after the row is written. May be NULL. */
	enum status (*saved)(struct work *work, const struct row *old, const struct row *row);
	/* As `saved`, but of stored rows that change alone: new ones are written without it. May be NULL. */
	enum status (*changed)(struct work *work, const struct row *old, const struct row *row);
	/* A further filter of its list by name, such as mine=1: adds " AND (…)" and gives the field whose index leads into it ("": none); NULL
	 * where there is no such name. May be NULL. */
	const char *views; /* those names, as picks: "mine=Mine|我的" */
	const char *(*view)(struct work *work, const char *name, struct sql *sql);
	/* Adds to the row's JSON what is worked out when it is read: an overdue mark, the text of an item. May be NULL. */
	void (*show)(struct work *work, const struct row *row, struct json *json);
	const char *extra; /* whole numbers among those, which lists and sheets offer as columns, as picks: "filled=Filled|在岗人数" */
	/* Adds the days at which the measures of the row may change (its dated fields' days are added by themselves). */
	void (*breaks)(struct work *work, const struct row *row, struct breaks *breaks);
	/* The rows of another record that this one's measures count, where that is not itself: gives the subject's record and id. */
	const struct record *subject;
	struct id (*subject_of)(const struct row *row);
	/* Further rows that count otherwise because of this one (a link: its liaison), as the store now has them; at most TOUCHED. May be NULL. */
	size_t (*touches)(struct work *work, const struct row *row, const struct row *touched[TOUCHED]);
};

/* What every row carries beside its fields. */
struct row {
	const struct record *record;
	struct id id;
	int64_t version; /* 1 when made; 0: not yet stored */
	struct id incident;
	int64_t home; /* number of the county where it was born: the shard key */
	const char *path; /* of its area now: what rights and areas are held against; "" the whole tree */
	int64_t made_at, changed_at;
	struct id made_by;
	int64_t voided_at; /* 0: lives */
	int64_t since; /* the day from which it counts (records with dated fields or measures) */
	const char *days; /* JSON: values of dated fields by day; NULL: as they are now since `since` */
	int64_t next_day; /* the next day on which a dated field changes by itself; DAY_FAR: none */
	const struct told *told; /* its entry in the history, written ahead; NULL: it was not (history.h) */
	struct sealed *sealed; /* by field: private values as they were sealed; NULL: none were (rows.h) */
	uint64_t *has; /* bits: fields that are carried at all */
	uint64_t *null; /* bits: fields carried as null */
};

/* Every record, by name and by plural; NULL where there is none. */
extern const struct record *const records[];
extern const size_t record_count;
const struct record *record_named(const char *name);
const struct record *record_plural(const char *plural);
size_t record_index(const struct record *record); /* its place in records */
const struct field *record_field(const struct record *record, const char *name);
const struct step *record_step(const struct record *record, const char *name);

/* An empty row with no field carried and no id. In the arena. */
struct row *row_new(struct arena *arena, const struct record *record);
/* A copy that shares texts with the original. */
struct row *row_copy(struct arena *arena, const struct row *row);

bool row_has(const struct row *row, const struct field *field); /* carried, null included */
bool row_null(const struct row *row, const struct field *field); /* not carried, or null */
struct value row_get(const struct row *row, const struct field *field); /* VALUE_NULL where row_null */
void row_set(struct row *row, const struct field *field, struct value value); /* VALUE_NULL sets null */
void row_drop(struct row *row, const struct field *field); /* carried no more */
bool value_same(struct value one, struct value other);

/* By the constant of a declared field: HAS(need, need, due), GIVEN: carried and not null; SET(need, need, due, V(day)) */
#define FIELD_OF(thing, name) (&thing##_record.fields[thing##_at_##name])
#define HAS(row_, thing, name) row_has(&(row_)->row, FIELD_OF(thing, name))
#define GIVEN(row_, thing, name) (!row_null(&(row_)->row, FIELD_OF(thing, name)))
#define SET(row_, thing, name, value_) row_set(&(row_)->row, FIELD_OF(thing, name), (value_))
