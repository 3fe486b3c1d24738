#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/sheet_inner.h"

/* Days of the two calendars of spreadsheets at 1970-01-01; serial 60 of the first one is 1900-02-29, a day that never was. */
enum { EPOCH_1900 = 25569, EPOCH_1904 = 24107, FALSE_LEAP_DAY = 60, LAST_SERIAL = 2958465 };

enum sheet_look sheet_look(int number, const char *code)
{
	/* The builtin formats of ECMA-376 18.8.30, those of Chinese spreadsheets (27-36, 50-58) too. */
	if (number == 22)
		return LOOK_STAMP;
	if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || (number >= 45 && number <= 47) || number == 55 ||
		number == 56)
		return LOOK_TIME;
	if ((number >= 14 && number <= 17) || (number >= 27 && number <= 36) || (number >= 50 && number <= 58))
		return LOOK_DAY;
	if (number < 164 || !code || !strcmp(code, "General"))
		return LOOK_NUMBER;
	bool day = false, month = false, time = false;
	for (; *code && *code != ';'; code++) {
		if (*code == '"' || *code == '[') {
			const char *end = strchr(code + 1, *code == '"' ? '"' : ']');
			time = time || (*code == '[' && strchr("hHmMsS", code[1]) && code[1]);
			if (!end)
				break;
			code = end;
		} else if (strchr("\\_*", *code) && code[1]) {
			code++;
		} else {
			day = day || strchr("yYdD", *code);
			month = month || strchr("mM", *code);
			time = time || strchr("hHsS", *code);
		}
	}
	if (!time)
		return day || month ? LOOK_DAY : LOOK_NUMBER;
	return day ? LOOK_STAMP : LOOK_TIME;
}

struct looks_reading {
	struct sheet_looks *looks;
	struct arena *arena;
	struct own_look {
		int number;
		enum sheet_look look;
	} * own;
	size_t count, space;
	bool cell_styles;
};

static void styles_start(struct sheet_part *part, const char *element, const char **attributes)
{
	struct looks_reading *reading = part->owner;
	const char *number_text = sheet_attribute(attributes, "numFmtId");
	int number = number_text ? atoi(number_text) : 0;
	if (!strcmp(element, "cellXfs")) {
		reading->cell_styles = true;
	} else if (!strcmp(element, "numFmt") && reading->count < 65536) {
		struct own_look *own = ARENA_PUSH(reading->arena, reading->own, reading->count, reading->space);
		own->number = number;
		own->look = sheet_look(number, sheet_attribute(attributes, "formatCode"));
	} else if (!strcmp(element, "xf") && reading->cell_styles && reading->looks->count < 65536) {
		enum sheet_look look = sheet_look(number, NULL);
		for (size_t i = 0; i < reading->count; i++)
			if (reading->own[i].number == number)
				look = reading->own[i].look;
		struct sheet_looks *looks = reading->looks;
		*ARENA_PUSH(reading->arena, looks->looks, looks->count, looks->space) = (unsigned char)look;
	}
}

static void styles_end(struct sheet_part *part, const char *element)
{
	struct looks_reading *reading = part->owner;
	if (!strcmp(element, "cellXfs"))
		reading->cell_styles = false;
}

bool sheet_looks_read(struct sheet_looks *looks, struct sheet_pack *pack, const char *name)
{
	struct looks_reading reading = {.looks = looks, .arena = pack->arena};
	struct sheet_part part = {.owner = &reading, .start = styles_start, .end = styles_end};
	return sheet_part_read(&part, pack, name);
}

/* Whether `text` is a decimal number: strtod would also take "nan" and "0x10". */
static bool number_shape(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t before = strspn(text, "0123456789");
	text += before;
	size_t behind = 0;
	if (*text == '.') {
		behind = strspn(++text, "0123456789");
		text += behind;
	}
	if (before + behind == 0)
		return false;
	if (*text == 'e' || *text == 'E') {
		text++;
		text += *text == '-' || *text == '+';
		size_t exponent = strspn(text, "0123456789");
		if (!exponent)
			return false;
		text += exponent;
	}
	return !*text;
}

/* "1.38001380001e+10" as "13800138000.1". */
static void without_exponent(const char *scientific, char text[SHEET_NUMBER_TEXT])
{
	char digits[32];
	size_t count = 0;
	const char *at = scientific;
	char *out = text;
	if (*at == '-')
		*out++ = *at++;
	for (; *at && *at != 'e' && count < sizeof digits; at++)
		if (*at != '.')
			digits[count++] = *at;
	long point = 1 + strtol(at + 1, NULL, 10);
	while (count > 1 && digits[count - 1] == '0')
		count--;
	if (point <= 0) {
		*out++ = '0';
		*out++ = '.';
		for (; point < 0; point++)
			*out++ = '0';
		memcpy(out, digits, count);
		out[count] = '\0';
		return;
	}
	for (size_t i = 0; i < count || (long)i < point; i++) {
		if ((long)i == point)
			*out++ = '.';
		*out++ = i < count ? digits[i] : '0';
	}
	*out = '\0';
}

static void time_text(int64_t seconds, char *text, size_t room)
{
	long long hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
	if (second)
		snprintf(text, room, "%02lld:%02lld:%02lld", hour, minute, second);
	else
		snprintf(text, room, "%02lld:%02lld", hour, minute);
}

/* False where the number is no day or time that a spreadsheet shows. */
static bool moment_text(double value, enum sheet_look look, bool since_1904, char text[SHEET_NUMBER_TEXT])
{
	if (value < 0 || value >= LAST_SERIAL + 1.0)
		return false;
	double whole = floor(value);
	int64_t serial = (int64_t)whole, seconds = (int64_t)floor((value - whole) * 86400 + 0.5);
	if (look == LOOK_TIME) {
		time_text(serial * 86400 + seconds, text, SHEET_NUMBER_TEXT);
		return true;
	}
	if (seconds == 86400) {
		serial++;
		seconds = 0;
	}
	int64_t day = serial - (since_1904 ? EPOCH_1904 : serial < FALSE_LEAP_DAY ? EPOCH_1900 - 1 : EPOCH_1900);
	if ((!since_1904 && (serial == FALSE_LEAP_DAY || serial == 0)) || day > DAY_FAR)
		return false;
	day_print(day, text);
	if (look == LOOK_STAMP && seconds) {
		text[10] = ' ';
		time_text(seconds, text + 11, SHEET_NUMBER_TEXT - 11);
	}
	return true;
}

unsigned sheet_number_text(const char *value, enum sheet_look look, bool since_1904, char text[SHEET_NUMBER_TEXT])
{
	if (!number_shape(value) || strlen(value) >= SHEET_NUMBER_TEXT) {
		snprintf(text, SHEET_NUMBER_TEXT, "%s", value);
		return SHEET_ERROR;
	}
	double number = strtod(value, NULL);
	if (look != LOOK_NUMBER && moment_text(number, look, since_1904, text))
		return SHEET_NUMBER | SHEET_DAY;
	const char *digits = value + (*value == '-');
	size_t count = strspn(digits, "0123456789");
	if (count && !digits[count] && (digits[0] != '0' || count == 1)) {
		/* Whole digits are kept as they stand: some programs round them, others do not. */
		strcpy(text, value);
		return SHEET_NUMBER | (count > 15 ? SHEET_LOSSY : 0);
	}
	if (!isfinite(number)) {
		snprintf(text, SHEET_NUMBER_TEXT, "%s", value);
		return SHEET_ERROR;
	}
	/* 15 digits are what spreadsheets show; the file may hold 0.10000000000000001 for 0.1. */
	char scientific[40];
	snprintf(scientific, sizeof scientific, "%.14e", number == 0 ? 0.0 : number);
	without_exponent(scientific, text);
	return SHEET_NUMBER | (fabs(number) >= 1e15 ? SHEET_LOSSY : 0);
}
