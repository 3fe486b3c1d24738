#include "record/search.h"

#include <ctype.h>
#include <string.h>

#include "base/pinyin.h"
#include "record/tally.h"

bool search_has(const struct record *record)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (record->fields[i].find)
			return true;
	return false;
}

/* A text with every ideograph set apart and everything that is no word turned into a space. */
static void add_words(struct buf *buf, const char *text)
{
	char bytes[4];
	for (uint32_t code; (code = text_next(&text)) != 0;) {
		bool word = code >= 0x80 || isalnum((int)code);
		size_t size = text_put(bytes, code < 0x80 ? (uint32_t)tolower((int)code) : code);
		if (text_ideograph(code))
			buf_char(buf, ' ');
		buf_add(buf, word ? bytes : " ", word ? size : 1);
		if (text_ideograph(code))
			buf_char(buf, ' ');
	}
	buf_char(buf, ' ');
}

/* Hashes and places begin with a letter that nobody types, so that the words beginning with "a" are words. 13 letters are 65 bits. */
#define SECRET_MARK "\u10d0"
#define PLACE_MARK "\u10d1"

static void add_token(struct work *work, struct buf *buf, const char *kind, const char *text, size_t size)
{
	char token[SECRET_TOKEN];
	buf_text(buf, SECRET_MARK);
	buf_add(buf, secret_token(work->store->keys, kind, text, size, token), 13);
	buf_char(buf, ' ');
}

/* Hashes of each pair of neighbouring characters, in order, so that a part of the value is a phrase. */
static size_t add_pairs(struct work *work, struct buf *buf, const char *text)
{
	size_t pairs = 0;
	for (const char *at = text, *next; *at; at = next) {
		next = at;
		text_next(&next);
		const char *end = next;
		if (!text_next(&end))
			break;
		add_token(work, buf, "pair", at, (size_t)(end - at));
		pairs++;
	}
	return pairs;
}

static const char *lowered(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text);
	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

static void add_secret(struct work *work, struct buf *buf, const struct field *field, const char *text)
{
	char spelled[256];
	text = lowered(work->arena, text);
	add_pairs(work, buf, text);
	add_token(work, buf, "whole", text, strlen(text));
	if (field->kind != &kind_person)
		return;
	if (pinyin_person_full(text, spelled, sizeof spelled))
		add_token(work, buf, "spelled", spelled, strlen(spelled));
	if (pinyin_person_initials(text, spelled, sizeof spelled))
		add_token(work, buf, "spelled", spelled, strlen(spelled));
}

struct words {
	struct buf open, secret, places;
};

static struct words words_of(struct work *work, const struct row *row)
{
	struct words words = {{.arena = work->arena}, {.arena = work->arena}, {.arena = work->arena}};
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = field->find ? row_get(row, field) : value_null();
		/* a number is a word with its name: level3 */
		if (value.type == VALUE_WHOLE)
			buf_print(&words.open, "%s%lld ", field->name, (long long)value.whole);
		if (value.type != VALUE_TEXT)
			continue;
		if (field->private)
			add_secret(work, &words.secret, field, value.text);
		else
			add_words(&words.open, value.text);
	}
	for (const char *at = row->path; *at; at += 5)
		buf_print(&words.places, PLACE_MARK "%.5s ", at);
	return words;
}

void search_update(struct work *work, const struct row *old, const struct row *row)
{
	/* a row that was taken out and stays out is in no index */
	if (!old && !row)
		return;
	const struct record *record = row ? row->record : old->record;
	if (!search_has(record))
		return;
	struct words before = {0}, after = {0};
	if (old)
		before = words_of(work, old);
	if (row)
		after = words_of(work, row);
	if (old && row && text_same(buf_end(&before.open), buf_end(&after.open)) &&
		text_same(buf_end(&before.secret), buf_end(&after.secret)) && text_same(buf_end(&before.places), buf_end(&after.places)))
		return;
	if (old)
		db_run(work->db,
			arena_print(work->arena,
				"INSERT INTO %s_find (%s_find, rowid, words, secrets, places) SELECT 'delete', serial, ?, ?, ? FROM %s WHERE id = ?",
				record->plural, record->plural, record->plural),
			BIND(V(buf_end(&before.open)), V(buf_end(&before.secret)), V(buf_end(&before.places)), V(old->id)));
	if (row)
		db_run(work->db,
			arena_print(work->arena,
				"INSERT INTO %s_find (rowid, words, secrets, places) SELECT serial, ?, ?, ? FROM %s WHERE id = ?",
				record->plural, record->plural),
			BIND(V(buf_end(&after.open)), V(buf_end(&after.secret)), V(buf_end(&after.places)), V(row->id)));
}

void search_add(struct work *work, const struct row *row, int64_t serial)
{
	struct words words = words_of(work, row);
	db_run(work->db,
		arena_print(work->arena, "INSERT INTO %s_find (rowid, words, secrets, places) VALUES (?, ?, ?, ?)", row->record->plural),
		BIND(V(serial), V(buf_end(&words.open)), V(buf_end(&words.secret)), V(buf_end(&words.places))));
}

enum { WHOLE_NUMBER = 11 };

static void add_typed_secret(struct work *work, struct buf *query, const char *word)
{
	struct buf pairs = {.arena = work->arena}, whole = {.arena = work->arena}, spelled = {.arena = work->arena};
	word = lowered(work->arena, word);
	add_token(work, &whole, "whole", word, strlen(word));
	add_token(work, &spelled, "spelled", word, strlen(word));
	buf_print(query, " OR secrets : \"%s\" OR secrets : \"%s\"", buf_end(&whole), buf_end(&spelled));
	/* a whole number is found by its whole hash; its pairs are among the commonest there are */
	bool number = strspn(word, "0123456789x") == strlen(word) && strlen(word) >= WHOLE_NUMBER;
	if (!number && add_pairs(work, &pairs, word))
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

const char *search_query(
	struct work *work, const struct record *record, const char *typed, const char *const *paths, size_t path_count, bool secrets)
{
	struct buf query = {.arena = work->arena};
	if (!search_has(record))
		return NULL;
	for (const char *at = typed; *at;) {
		size_t gap = strspn(at, " \t"), size = strcspn(at + gap, " \t");
		const char *word = arena_text(work->arena, at + gap, size);
		struct buf words = {.arena = work->arena};
		at += gap + size;
		add_words(&words, word);
		const char *spaced = text_trim(work->arena, buf_end(&words));
		if (!*spaced)
			continue;
		bool prefix = is_beginning(spaced);
		buf_print(&query, "%s((words : \"%s\"%s)", query.size ? " AND " : "", spaced, prefix ? " *" : "");
		if (secrets)
			add_typed_secret(work, &query, word);
		buf_char(&query, ')');
	}
	if (!query.size)
		return NULL;
	add_places(&query, paths, path_count);
	return buf_end(&query);
}
