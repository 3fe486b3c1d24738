#include "record/search_inner.h"

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

/* Neither punctuation nor a space: ASCII, Latin-1, general, CJK and full-width forms. */
static bool in_word(uint32_t code)
{
	if (code < 0x80)
		return isalnum((int)code);
	bool full = code >= 0xff00 && code <= 0xffef;
	bool full_word = (code >= 0xff10 && code <= 0xff19) || (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a) ||
		code >= 0xff66;
	return full ? full_word
		    : code > 0xbf && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f && code != 0x3007);
}

void search_words(struct buf *buf, const char *text)
{
	char bytes[4];
	for (uint32_t code; (code = text_next(&text)) != 0;) {
		bool word = in_word(code);
		size_t size = text_put(bytes, code < 0x80 ? (uint32_t)tolower((int)code) : code);
		if (text_ideograph(code))
			buf_char(buf, ' ');
		buf_add(buf, word ? bytes : " ", word ? size : 1);
		if (text_ideograph(code))
			buf_char(buf, ' ');
	}
	buf_char(buf, ' ');
}

void search_letters(struct buf *buf, const char *text)
{
	char bytes[4];
	for (uint32_t code; (code = text_next(&text)) != 0;)
		if (in_word(code))
			buf_add(buf, bytes, text_put(bytes, code));
}

void search_pairs(struct buf *buf, const char *text)
{
	char bytes[8];
	for (uint32_t before = 0, code; (code = text_next(&text)) != 0;) {
		if (!in_word(code))
			continue;
		if (text_ideograph(before) && text_ideograph(code)) {
			size_t size = text_put(bytes, before);
			buf_add(buf, bytes, size + text_put(bytes + size, code));
			buf_char(buf, ' ');
		}
		before = code;
	}
}

void search_token(struct work *work, struct buf *buf, const char *kind, const char *text, size_t size)
{
	char token[SECRET_TOKEN];
	buf_text(buf, SECRET_MARK);
	buf_add(buf, secret_token(work->store->keys, kind, text, size, token), 13);
	buf_char(buf, ' ');
}

size_t search_secret_pairs(struct work *work, struct buf *buf, const char *text)
{
	size_t pairs = 0;
	for (const char *at = text, *next; *at; at = next) {
		next = at;
		text_next(&next);
		const char *end = next;
		if (!text_next(&end))
			break;
		search_token(work, buf, "pair", at, (size_t)(end - at));
		pairs++;
	}
	return pairs;
}

const char *search_lowered(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text);
	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

static void add_secret(struct work *work, struct buf *buf, const struct field *field, const char *text)
{
	char spelled[256];
	text = search_lowered(work->arena, text);
	search_secret_pairs(work, buf, text);
	search_token(work, buf, "whole", text, strlen(text));
	if (field->kind != &kind_person)
		return;
	if (pinyin_person_full(text, spelled, sizeof spelled))
		search_token(work, buf, "spelled", spelled, strlen(spelled));
	if (pinyin_person_initials(text, spelled, sizeof spelled))
		search_token(work, buf, "spelled", spelled, strlen(spelled));
}

bool search_facet(const struct field *field)
{
	bool few = field->kind == &kind_pick || field->kind == &kind_flag || (field->kind == &kind_whole && field->find);
	return few && !field->private && (field->filter || field->order);
}

/* What is no letter or digit would end a word. */
static void add_letters(struct buf *buf, const char *text)
{
	for (; *text; text++) {
		if (isalnum((unsigned char)*text))
			buf_char(buf, *text);
		else
			buf_text(buf, FACET_MARK);
	}
}

void search_facet_token(struct buf *buf, const struct field *field, struct value value)
{
	buf_text(buf, FACET_MARK);
	add_letters(buf, field->name);
	buf_text(buf, FACET_MARK);
	if (value.type == VALUE_WHOLE)
		buf_print(buf, "%lld", (long long)value.whole);
	else if (value.type == VALUE_TEXT)
		add_letters(buf, value.text);
}

struct words {
	struct buf open, pairs, secret, places;
};

static struct words words_of(struct work *work, const struct row *row)
{
	struct words words = {{.arena = work->arena}, {.arena = work->arena}, {.arena = work->arena}, {.arena = work->arena}};
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (search_facet(field)) {
			search_facet_token(&words.places, field, row_get(row, field));
			buf_char(&words.places, ' ');
		}
		struct value value = field->find ? row_get(row, field) : value_null();
		if (value.type != VALUE_TEXT)
			continue;
		if (field->private) {
			add_secret(work, &words.secret, field, value.text);
		} else {
			search_words(&words.open, value.text);
			search_pairs(&words.pairs, value.text);
		}
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
		db_words_take(work->db, work->arena, record->plural, old->id,
			(const char *const[]){
				buf_end(&before.open), buf_end(&before.pairs), buf_end(&before.secret), buf_end(&before.places)});
	if (row)
		db_words_put(work->db, work->arena, record->plural, row->id, 0,
			(const char *const[]){buf_end(&after.open), buf_end(&after.pairs), buf_end(&after.secret), buf_end(&after.places)});
}

void search_add(struct work *work, const struct row *row, int64_t serial)
{
	struct words words = words_of(work, row);
	db_words_put(work->db, work->arena, row->record->plural, (struct id){{0}}, serial,
		(const char *const[]){buf_end(&words.open), buf_end(&words.pairs), buf_end(&words.secret), buf_end(&words.places)});
}

void search_texts(struct work *work, const struct row *row, const char *texts[4])
{
	struct words words = words_of(work, row);
	texts[0] = buf_end(&words.open);
	texts[1] = buf_end(&words.pairs);
	texts[2] = buf_end(&words.secret);
	texts[3] = buf_end(&words.places);
}
