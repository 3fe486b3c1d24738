#include "base/codes.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

bool code_clean(const char *text, char *out, size_t room)
{
	size_t size = 0;
	for (const char *at = text; *at;) {
		uint32_t code = text_next(&at);
		if (code == ' ' || (code >= '\t' && code <= '\r') || code == 0x3000 || code == 0xa0 || code == 0x200b || code == 0xfeff)
			continue;
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xff01 - '!';
		if (code >= 'a' && code <= 'z')
			code -= 'a' - 'A';
		char piece[4];
		size_t more = text_put(piece, code);
		if (size + more >= room) {
			*out = '\0';
			return false;
		}
		memcpy(out + size, piece, more);
		size += more;
	}
	out[size] = '\0';
	return true;
}

const char *code_fault_text(enum code_fault fault)
{
	switch (fault) {
	case CODE_FINE: return "";
	case CODE_SHAPE: return "wrong length or characters|长度或字符不对";
	case CODE_DATE: return "the date of birth in it does not exist|其中的出生日期不存在";
	case CODE_CHECK: return "the check character does not fit; look for a typing error|校验码不符，请核对是否输错";
	case CODE_INNER: return "the organisation code in it (characters 9-17) does not check|其中的组织机构代码（第 9-17 位）校验不符";
	}
	return "";
}

static int value_in(const char *alphabet, char c)
{
	const char *at = c ? strchr(alphabet, c) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

static bool organisation_checks(const char *code)
{
	static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	for (int i = 0; i < 8; i++)
		sum += weights[i] * value_in("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", code[i]);
	return code[8] == "0X987654321"[sum % 11];
}

enum code_fault uscc_check(const char *code)
{
	static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
	const char *alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	if (strlen(code) != 18 || strspn(code + 2, "0123456789") < 6)
		return CODE_SHAPE;
	int sum = 0;
	for (int i = 0; i < 18; i++) {
		int value = value_in(alphabet, code[i]);
		if (value < 0)
			return CODE_SHAPE;
		sum += i < 17 ? weights[i] * value : 0;
	}
	if (code[17] != alphabet[(31 - sum % 31) % 31])
		return CODE_CHECK;
	return organisation_checks(code + 8) ? CODE_FINE : CODE_INNER;
}

static int digits_at(const char *text, int count)
{
	int number = 0;
	while (count-- > 0)
		number = number * 10 + (*text++ - '0');
	return number;
}

enum code_fault idno_check(const char *code, int64_t today, struct idno_facts *facts)
{
	static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	if (facts)
		*facts = (struct idno_facts){SEX_UNKNOWN, 0};
	if (strlen(code) != 18 || strspn(code, "0123456789") < 17 || code[0] == '0' || value_in("0123456789X", code[17]) < 0)
		return CODE_SHAPE;
	int year = digits_at(code + 6, 4), month = digits_at(code + 10, 2), day = digits_at(code + 12, 2), y, m, d;
	if (year < 1800 || month < 1 || month > 12 || day < 1 || day > 31)
		return CODE_DATE;
	int64_t birth = day_of(year, month, day);
	day_split(birth, &y, &m, &d);
	if (y != year || m != month || d != day || birth > today)
		return CODE_DATE;
	if (facts)
		*facts = (struct idno_facts){(code[16] - '0') % 2 ? SEX_MALE : SEX_FEMALE, birth};
	int sum = 0;
	for (int i = 0; i < 17; i++)
		sum += weights[i] * (code[i] - '0');
	return code[17] == "10X98765432"[sum % 11] ? CODE_FINE : CODE_CHECK;
}

/* The digits of a number, its leading + and the place where an extension begins (or -1). */
struct dialled {
	char digits[24];
	size_t count;
	bool plus;
	size_t extension; /* digits before it; 0: none */
};

static bool read_dialled(const char *text, struct dialled *dialled)
{
	*dialled = (struct dialled){0};
	char clean[64];
	if (!code_clean(text, clean, sizeof clean))
		return false;
	const char *at = clean;
	if (*at == '+') {
		dialled->plus = true;
		at++;
	}
	for (bool hyphen = false; *at; hyphen = *at == '-', at++) {
		if (*at >= '0' && *at <= '9') {
			/* A hyphen behind a whole number begins an extension; 0738-8312345 has its own before. */
			if (hyphen && dialled->count >= 10 && !dialled->extension)
				dialled->extension = dialled->count;
			if (dialled->count >= sizeof dialled->digits - 1)
				return false;
			dialled->digits[dialled->count++] = *at;
		} else if (!strncmp(at, "转", 3) && !dialled->extension) {
			dialled->extension = dialled->count;
			at += 2;
		} else if (!strchr("-()./", *at)) {
			return false;
		}
	}
	return true;
}

/* The length of the area code that `digits` (without the 0 before it) begin with. */
static size_t area_code(const char *digits)
{
	if (digits[0] == '1')
		return digits[1] == '0' ? 2 : 0;
	return digits[0] == '2' ? 2 : digits[0] >= '3' && digits[0] <= '9' ? 3 : 0;
}

static enum phone_kind landline(const char *digits, size_t count, const char *extension, char out[PHONE_TEXT])
{
	size_t area = area_code(digits), extra = strlen(extension);
	if (!area || count < area + 7 || count > area + 8 || digits[area] < '2' || extra > 6)
		return PHONE_NONE;
	char *at = out;
	*at++ = '0';
	memcpy(at, digits, area);
	at += area;
	*at++ = '-';
	memcpy(at, digits + area, count - area);
	at += count - area;
	if (extra) {
		*at++ = '-';
		memcpy(at, extension, extra);
		at += extra;
	}
	*at = '\0';
	return PHONE_LANDLINE;
}

static bool service_number(const char *digits, size_t count)
{
	if (count == 10)
		return !strncmp(digits, "400", 3) || !strncmp(digits, "800", 3);
	return (count == 3 && digits[0] == '1') || (count == 5 && (digits[0] == '1' || !strncmp(digits, "95", 2))) ||
		(count == 6 && !strncmp(digits, "95", 2));
}

enum phone_kind phone_clean(const char *text, char out[PHONE_TEXT])
{
	struct dialled dialled;
	*out = '\0';
	if (!read_dialled(text, &dialled))
		return PHONE_NONE;
	const char *digits = dialled.digits, *extension = "";
	size_t count = dialled.count;
	char number[sizeof dialled.digits];
	if (dialled.extension) {
		extension = digits + dialled.extension;
		count = dialled.extension;
	}
	bool abroad = dialled.plus || (count > 4 && !strncmp(digits, "00", 2));
	size_t skip = abroad && !dialled.plus ? 2 : 0;
	bool home = !strncmp(digits + skip, "86", 2) && count >= skip + 11;
	if (abroad && !home)
		return PHONE_NONE;
	if (home && (abroad || (count == 13 && digits[2] == '1')))
		skip += 2;
	else
		home = false;
	memcpy(number, digits + skip, count - skip);
	count -= skip;
	number[count] = '\0';
	if (count == 11 && number[0] == '1' && number[1] >= '3' && !*extension) {
		strcpy(out, number);
		return PHONE_MOBILE;
	}
	if (number[0] == '0')
		return landline(number + 1, count - 1, extension, out);
	if (home)
		return landline(number, count, extension, out);
	if (!service_number(number, count) || *extension)
		return PHONE_NONE;
	strcpy(out, number);
	return PHONE_SERVICE;
}

char *mask_name(struct arena *arena, const char *name)
{
	const char *rest = name;
	text_next(&rest);
	return *rest ? arena_print(arena, "%.*s**", (int)(rest - name), name) : arena_copy(arena, *name ? "**" : "");
}

/* Keeps `head` and `tail` bytes of an ASCII text and hides the rest. */
static char *mask_middle(struct arena *arena, const char *text, size_t head, size_t tail)
{
	size_t size = strlen(text);
	if (size < head + tail + 4 || strspn(text, "0123456789Xx-+ ") < size)
		return arena_copy(arena, size ? "****" : "");
	char *out = arena_text(arena, text, size);
	memset(out + head, '*', size - head - tail);
	return out;
}

char *mask_phone(struct arena *arena, const char *phone)
{
	return mask_middle(arena, phone, 3, 4);
}

char *mask_idno(struct arena *arena, const char *idno)
{
	return mask_middle(arena, idno, 4, 4);
}

char *mask_address(struct arena *arena, const char *address)
{
	size_t keep = text_length(address) / 2;
	const char *at = address;
	for (keep = keep > 6 ? 6 : keep; keep; keep--)
		text_next(&at);
	return *address ? arena_print(arena, "%.*s***", (int)(at - address), address) : arena_copy(arena, "");
}
