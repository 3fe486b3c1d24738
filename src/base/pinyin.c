#include "base/pinyin.h"

#include <string.h>

#include "base/text.h"

/* A text being written: `length` is what the whole would take, `full` once a piece found no room. */
struct spelling {
	char *out;
	size_t size;
	size_t length;
	bool initials;
	bool full;
};

const char *pinyin_of(uint32_t code)
{
	if (code < PINYIN_FIRST || code > PINYIN_LAST)
		return NULL;
	const char *syllable = pinyin_syllables[pinyin_readings[code - PINYIN_FIRST]];
	return *syllable ? syllable : NULL;
}

const char *pinyin_of_surname(uint32_t code)
{
	for (size_t i = 0; pinyin_surnames[i][0] && pinyin_surnames[i][0] <= code; i++)
		if (pinyin_surnames[i][0] == code)
			return pinyin_syllables[pinyin_surnames[i][1]];
	return pinyin_of(code);
}

static void spell(struct spelling *spelling, const char *piece, size_t length)
{
	if (spelling->initials)
		length = 1;
	if (!spelling->full && spelling->length + length < spelling->size) {
		memcpy(spelling->out + spelling->length, piece, length);
		spelling->out[spelling->length + length] = '\0';
	} else {
		spelling->full = true;
	}
	spelling->length += length;
}

/* Letters and digits, the full-width ones (U+FF01..U+FF5E) brought down to ASCII; 0 for anything else. */
static char plain_letter(uint32_t code)
{
	if (code >= 0xFF01 && code <= 0xFF5E)
		code -= 0xFF01 - '!';
	if (code >= 'A' && code <= 'Z')
		return (char)(code - 'A' + 'a');
	return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') ? (char)code : 0;
}

/* The longest known word at the head of the text. */
static const struct pinyin_word *word_at(const char *text, bool surname)
{
	const struct pinyin_word *found = NULL;
	for (const struct pinyin_word *word = pinyin_words; word->utf8; word++) {
		/* In order of text, and UTF-8 keeps order by bytes: behind the first byte nothing can match. */
		if ((unsigned char)word->utf8[0] > (unsigned char)text[0])
			break;
		if (word->surname == surname && text_starts(text, word->utf8) && (!found || strlen(word->utf8) > strlen(found->utf8)))
			found = word;
	}
	return found;
}

static const char *spell_word(struct spelling *spelling, const struct pinyin_word *word, const char *text)
{
	for (int i = 0; i < PINYIN_WORD && word->syllables[i]; i++) {
		const char *syllable = pinyin_syllables[word->syllables[i]];
		spell(spelling, syllable, strlen(syllable));
	}
	return text + strlen(word->utf8);
}

static void spell_code(struct spelling *spelling, uint32_t code, bool surname)
{
	const char *syllable = surname ? pinyin_of_surname(code) : pinyin_of(code);
	char letter = plain_letter(code);
	if (syllable)
		spell(spelling, syllable, strlen(syllable));
	else if (letter)
		spell(spelling, &letter, 1);
}

static size_t spell_text(const char *utf8, char *out, size_t size, bool initials, bool person)
{
	struct spelling spelling = {.out = out, .size = size, .initials = initials};
	if (size)
		out[0] = '\0';
	if (!text_valid(utf8, strlen(utf8)))
		return 0;
	bool head = person;
	while (*utf8) {
		const struct pinyin_word *word = word_at(utf8, head);
		if (word && (head || !person)) {
			utf8 = spell_word(&spelling, word, utf8);
		} else {
			spell_code(&spelling, text_next(&utf8), head);
		}
		head = false;
	}
	return spelling.length;
}

size_t pinyin_full(const char *utf8, char *out, size_t size)
{
	return spell_text(utf8, out, size, false, false);
}

size_t pinyin_initials(const char *utf8, char *out, size_t size)
{
	return spell_text(utf8, out, size, true, false);
}

size_t pinyin_person_full(const char *utf8, char *out, size_t size)
{
	return spell_text(utf8, out, size, false, true);
}

size_t pinyin_person_initials(const char *utf8, char *out, size_t size)
{
	return spell_text(utf8, out, size, true, true);
}
