/* What the index is asked. */
#include <ctype.h>
#include <string.h>

#include "record/list_inner.h"
#include "record/search_inner.h"
#include "record/tally.h"

enum { WHOLE_NUMBER = 11, RARE = 200 };

static void add_typed_secret(struct work *work, struct buf *query, const char *word)
{
	struct buf pairs = {.arena = work->arena}, whole = {.arena = work->arena}, spelled = {.arena = work->arena};
	word = search_lowered(work->arena, word);
	search_token(work, &whole, "whole", word, strlen(word));
	search_token(work, &spelled, "spelled", word, strlen(word));
	buf_print(query, " OR secrets : \"%s\" OR secrets : \"%s\"", buf_end(&whole), buf_end(&spelled));
	/* a whole number is found by its whole hash; its pairs are among the commonest there are */
	bool number = strspn(word, "0123456789x") == strlen(word) && strlen(word) >= WHOLE_NUMBER;
	if (!number && search_secret_pairs(work, &pairs, word))
		buf_print(query, " OR secrets : \"%s\"", buf_end(&pairs));
}

static void add_places(struct buf *query, const char *const *paths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(paths[i]) <= PATH_STEP)
			return; /* the whole tree, or its root */
	for (size_t i = 0; i < count; i++)
		buf_print(query, "%s\"" PLACE_MARK "%s\"", i ? " OR " : " AND places : (", paths[i] + strlen(paths[i]) - PATH_STEP);
	if (count)
		buf_char(query, ')');
}

/* Two letters at least: the words that begin with one are too many to be gathered. */
static bool is_beginning(const char *word)
{
	const char *at = word;
	while (isalpha((unsigned char)*at))
		at++;
	return !*at && at - word >= 2;
}

/* How many ideographs a word has, where it has nothing else; 0 otherwise. */
static size_t ideographs(const char *word)
{
	size_t count = 0;
	for (uint32_t code; (code = text_next(&word)) != 0; count++)
		if (!text_ideograph(code))
			return 0;
	return count;
}

/* The rarest of several pairs, as long as it is rare; NULL where all of them are common. For a phrase the index walks through every row of each of its
 * words: one rare pair, and the few rows that have it held against the whole, costs far less than eleven common ones. */
static const char *rare_pair(struct work *work, const struct record *record, char *pairs)
{
	const char *rarest = NULL;
	char *rest = NULL;
	int64_t fewest = RARE;
	for (char *pair = strtok_r(pairs, " ", &rest); pair && fewest; pair = strtok_r(NULL, " ", &rest)) {
		int64_t rows =
			db_words_count(work->db, work->arena, record->plural, arena_print(work->arena, "pairs : \"%s\"", pair), fewest);
		if (rows < fewest) {
			fewest = rows;
			rarest = pair;
		}
	}
	return rarest;
}

/* Adds one word; returns whether the index is asked for a part of it only. */
static bool add_word(struct work *work, const struct list_ask *ask, struct buf *match, const char *word, bool secrets)
{
	struct buf words = {.arena = work->arena}, pairs = {.arena = work->arena};
	size_t run = ideographs(word);
	search_words(&words, word);
	search_pairs(&pairs, word);
	const char *spaced = text_trim(work->arena, buf_end(&words));
	const char *phrase = text_trim(work->arena, buf_end(&pairs));
	if (!*spaced)
		return false;
	const char *rare = run > 2 ? rare_pair(work, ask->record, arena_copy(work->arena, phrase)) : NULL;
	buf_text(match, match->size ? " AND ((" : "((");
	if (run > 1)
		buf_print(match, "pairs : \"%s\"", rare ? rare : phrase);
	else
		buf_print(match, "words : \"%s\"%s", spaced, is_beginning(spaced) ? " *" : "");
	buf_char(match, ')');
	if (secrets)
		add_typed_secret(work, match, word);
	buf_char(match, ')');
	return rare != NULL;
}

static bool answers(const struct list_ask *ask, const struct list_filter *filter)
{
	return search_facet(filter->field) && !list_later(ask, filter->field) && !strstr(filter->text, "..");
}

size_t search_facets(const struct list_ask *ask)
{
	size_t count = 0;
	for (size_t i = 0; i < ask->filter_count && search_has(ask->record); i++)
		count += answers(ask, &ask->filters[i]);
	return count;
}

static void add_facet(struct work *work, struct buf *match, const struct list_filter *filter)
{
	buf_text(match, match->size ? " AND places : (" : "places : (");
	for (const char *at = filter->text; at;) {
		const char *end = strchr(at, ','), *word = arena_text(work->arena, at, end ? (size_t)(end - at) : strlen(at));
		struct value value = value_null();
		if (*word && filter->field->kind->read(work, filter->field, word, &value) != OK)
			return;
		buf_text(match, at == filter->text ? "\"" : " OR \"");
		search_facet_token(match, filter->field, value);
		buf_char(match, '"');
		at = end ? end + 1 : NULL;
	}
	buf_char(match, ')');
}

struct search search_ask(struct work *work, const struct list_ask *ask, const char *const *paths, size_t path_count, bool secrets)
{
	struct search search = {.secrets = secrets};
	struct buf match = {.arena = work->arena};
	const char *typed = ask->typed ? ask->typed : "", **held = arena_alloc(work->arena, (strlen(typed) / 2 + 1) * sizeof *held);
	bool any = false;
	search.held = held;
	if (!search_has(ask->record))
		return search;
	for (const char *at = typed; *at;) {
		size_t gap = strspn(at, " \t"), size = strcspn(at + gap, " \t");
		const char *word = arena_text(work->arena, at + gap, size);
		at += gap + size;
		if (add_word(work, ask, &match, word, secrets))
			held[search.held_count++] = word;
	}
	any = match.size > 0 || !*text_trim(work->arena, typed);
	for (size_t i = 0; i < ask->filter_count; i++)
		if (answers(ask, &ask->filters[i]))
			add_facet(work, &match, &ask->filters[i]);
	if (!any || !match.size || work->status != OK)
		return search;
	add_places(&match, paths, path_count);
	search.match = buf_end(&match);
	return search;
}

static bool holds(struct work *work, const struct search *search, const struct row *row, const char *run)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = field->find ? row_get(row, field) : value_null();
		struct buf letters = {.arena = work->arena};
		if (value.type != VALUE_TEXT || (field->private && !search->secrets))
			continue;
		search_letters(&letters, value.text);
		if (strstr(buf_end(&letters), run))
			return true;
	}
	return false;
}

bool search_fits(struct work *work, const struct search *search, const struct row *row)
{
	for (size_t i = 0; i < search->held_count; i++)
		if (!holds(work, search, row, search->held[i]))
			return false;
	return true;
}
