/* Reading XLSX: what cells can be, and files made to do harm. */
#include "sheet_help.h"

static void reads(const char *rows, const char *expected)
{
	struct sheet_error error;
	struct bytes book = make_book(rows);
	char *text = read_all(book.at, book.size, NULL, &error);
	if (!text)
		fail_msg("%s", error.text);
	assert_string_equal(text, expected);
	free(book.at);
}

static void refuses_bytes(struct bytes book, const struct sheet_options *options, const char *says)
{
	struct sheet_error error;
	assert_null(read_all(book.at, book.size, options, &error));
	if (!strstr(error.text, says) || !strchr(error.text, '|'))
		fail_msg("%s", error.text);
	free(book.at);
}

static void refuses(const char *rows, const char *says)
{
	refuses_bytes(make_book(rows), NULL, says);
}

static void texts(void **state)
{
	(void)state;
	reads("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>",
		"1:名称/甲 乙/a\rb_x0041_\n");
	reads("<row r=\"3\"><c r=\"C3\" t=\"inlineStr\"><is><t>丙</t><rPh><t>bing</t></rPh></is></c><c r=\"A3\" t=\"str\"><f>1</f><v>x&amp;y</v></c></row>",
		"3:x&y=//丙\n");
	reads("<row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c><c><v>1</v></c></row><row/><row><c s=\"1\"/></row>"
	      "<row><c t=\"str\"><v>=1+1</v></c></row>",
		"1:ab/1#\n4:=1+1\n");
	refuses("<row r=\"2\"><c r=\"D2\" t=\"s\"><v>3</v></c></row>", "shared text that is not there");
	refuses("<row><c t=\"s\"><v>-1</v></c></row>", "shared text that is not there");
	refuses("<row><c t=\"s\"><v></v></c></row>", "shared text that is not there");
}

static void numbers(void **state)
{
	(void)state;
	reads("<row><c><v>3</v></c><c><v>3.0</v></c><c><v>1.3800010001E10</v></c><c><v>0.10000000000000001</v></c><c><v>-5</v></c>"
	      "<c><v>1E-3</v></c><c><v>-0.0</v></c><c><v>1234567.89</v></c><c><v>9.1350100000000004E+17</v></c><c><v>431302199001011234</v></c></row>",
		"1:3#/3#/13800010001#/0.1#/-5#/0.001#/0#/1234567.89#/913501000000000000#%/431302199001011234#%\n");
	reads("<row><c><v>nan</v></c><c><v>0x10</v></c><c><v>1e999</v></c><c><v>1e</v></c><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>",
		"1:nan!/0x10!/1e999!/1e!/TRUE?/FALSE?\n");
}

static void days(void **state)
{
	(void)state;
	reads("<row><c s=\"1\"><v>43895</v></c><c s=\"2\"><v>43895.75</v></c><c s=\"3\"><v>43895</v></c><c s=\"4\"><v>43895.75</v></c>"
	      "<c s=\"4\"><v>43895.999999999</v></c><c s=\"5\"><v>1.5</v></c><c s=\"6\"><v>0.354166666666667</v></c></row>",
		"1:2020-03-05#~/2020-03-05#~/43895#/2020-03-05 18:00#~/2020-03-06#~/36:00#~/08:30#~\n");
	reads("<row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c><c s=\"1\"><v>2958465</v></c>"
	      "<c s=\"1\"><v>2958466</v></c><c s=\"1\"><v>-1</v></c><c s=\"99\"><v>7</v></c></row>",
		"1:1900-01-01#~/1900-02-28#~/60#/1900-03-01#~/9999-12-31#~/2958466#/-1#/7#\n");
	reads("<row><c t=\"d\"><v>2020-03-05T00:00:00.000</v></c><c t=\"d\"><v>2020-03-05T08:30:00</v></c><c t=\"d\"><v>2020-03-05</v></c></row>",
		"1:2020-03-05~/2020-03-05 08:30~/2020-03-05~\n");
}

static void formulas(void **state)
{
	(void)state;
	reads("<row><c><f>A2+1</f><v>7</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c t=\"e\"><v>#N/A</v></c><c><f>NOW()</f></c>"
	      "<c><f>X</f><v></v></c><c t=\"str\"><f>\"\"</f><v></v></c><c><v>1</v></c></row>",
		"1:7#=/#DIV/0!=!/#N/A!/=!/=!/=/1#\n");
}

static void places(void **state)
{
	(void)state;
	reads("<row r=\"5\"><c r=\"C5\"><v>3</v></c><c r=\"A5\"><v>1</v></c><c><v>2</v></c></row><row r=\"2\"><c r=\"XFD2\"/><c r=\"A2\"><v>4</v></c></row>"
	      "<row><c r=\"A9\"><v>5</v></c></row><row r=\"1048576\"><c><v>6</v></c></row>",
		"5:1#/2#/3#\n2:4#\n3:5#\n1048576:6#\n");
}

static void bad_places(void **state)
{
	(void)state;
	refuses("<row r=\"5\"><c r=\"XFE5\"><v>3</v></c></row>", "cell XFE5 is outside");
	refuses("<row r=\"5\"><c r=\"A\"><v>3</v></c></row>", "cell A is outside");
	refuses("<row r=\"5\"><c r=\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1\"><v>3</v></c></row>", "outside");
	refuses("<row r=\"5\"><c r=\"\"/></row>", "outside");
	refuses("<row r=\"0\"><c r=\"A1\"/></row>", "row number 0 is not one");
	refuses("<row r=\"1048577\"><c/></row>", "row number 1048577");
	refuses("<row r=\"1048576\"/><row/>", "row number 1048577");
}

static void sheets(void **state)
{
	(void)state;
	struct sheet_error error;
	struct bytes book = make_book("<row><c><v>1</v></c></row>");
	struct sheet_options hidden = {.sheet = "藏"}, missing = {.sheet = "无"};
	assert_string_equal(read_all(book.at, book.size, &hidden, &error), "1:秘\n");
	refuses_bytes(book, &missing, "no sheet called 无");
}

static struct bytes with_part(struct part part)
{
	struct part parts[] = {part_types, part_top, part_relations, part_book, part_styles, part_shared,
		{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", 0}};
	size_t count = sizeof parts / sizeof *parts;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(parts[i].name, part.name))
			parts[i] = part;
	return make_zip(parts, count, ZIP_CM_DEFLATE);
}

/* No part may define entities, wherever it is. */
static void doctypes(void **state)
{
	(void)state;
	const char *names[] = {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml",
		"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};
	const char *laughs =
		"<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
		"<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><sst><si><t>&d;</t></si></sst>";
	const char *outside = "<!DOCTYPE l SYSTEM \"file:///etc/passwd\"><l/>";
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		refuses_bytes(with_part((struct part){names[i], laughs, 0}), NULL, "DOCTYPE");
		refuses_bytes(with_part((struct part){names[i], outside, 0}), NULL, "DOCTYPE");
	}
	refuses_bytes(
		with_part((struct part){"xl/sharedStrings.xml", "<sst><si><t>&nothing;</t></si></sst>", 0}), NULL, "undefined entity");
}

static char *repeat(const char *head, const char *middle, size_t times, const char *tail)
{
	size_t size = strlen(middle), at = strlen(head);
	char *text = malloc(at + size * times + strlen(tail) + 1);
	memcpy(text, head, at);
	for (size_t i = 0; i < times; i++, at += size)
		memcpy(text + at, middle, size);
	strcpy(text + at, tail);
	return text;
}

static void bombs(void **state)
{
	(void)state;
	struct {
		const char *part, *head, *middle, *tail, *says;
		size_t times;
	} cases[] = {
		{"xl/worksheets/sheet1.xml", "<worksheet>", "                                                                ",
			"</worksheet>", "unfolds to too much", 400000},
		{"xl/worksheets/sheet1.xml", "", "<a>", "", "nests deeper", 1000},
		{"xl/worksheets/sheet1.xml", "<a b=\"", "0123456789", "\"/>", "tag that is too long", 400000},
		{"xl/worksheets/sheet1.xml", "<a><!--", "0123456789abcde\n", "--></a>", "tag that is too long", 400000},
		{"xl/worksheets/sheet1.xml", "<sheetData><row><c t=\"str\"><v>", "0123456789", "</v></c></row></sheetData>", "262144 bytes",
			30000},
		{"xl/worksheets/sheet1.xml", "<sheetData><row>",
			"<c t=\"inlineStr\"><is><t>0123456789012345678901234567890123456789</t></is></c>", "</row></sheetData>",
			"16384 columns", 16385},
		{"xl/sharedStrings.xml", "<sst>", "<si><t>0123456789abcdef0123456789abcdef</t></si>", "</sst>", "too many shared texts",
			60},
		{"xl/sharedStrings.xml", "<sst><si><t>", "0123456789", "</t></si></sst>", "shared texts of the XLSX file are too large",
			30000},
	};
	struct sheet_limits limits = sheet_limits_default;
	limits.shared_texts = 50;
	struct sheet_options options = {.limits = &limits};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = repeat(cases[i].head, cases[i].middle, cases[i].times, cases[i].tail);
		refuses_bytes(with_part((struct part){cases[i].part, text, 0}), &options, cases[i].says);
		free(text);
	}
}

static void zips(void **state)
{
	(void)state;
	struct part other[] = {{"word/document.xml", "<w/>", 0}};
	refuses_bytes(make_zip(other, 1, ZIP_CM_DEFLATE), NULL, "not an XLSX");
	struct part some[] = {part_types, part_top};
	refuses_bytes(make_zip(some, 2, ZIP_CM_DEFLATE), NULL, "damaged");
	struct part target = {"_rels/.rels",
		RELATIONS "<Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"../../etc/passwd\"/></Relationships>", 0};
	refuses_bytes(with_part(target), NULL, "not an XLSX");
	struct part outer = {"_rels/.rels",
		RELATIONS
		"<Relationship Id=\"a\" Type=\"x/officeDocument\" TargetMode=\"External\" Target=\"xl/workbook.xml\"/></Relationships>",
		0};
	refuses_bytes(with_part(outer), NULL, "not an XLSX");
	struct part many[5000];
	char names[5000][8];
	for (size_t i = 0; i < 5000; i++) {
		sprintf(names[i], "%zu", i);
		many[i] = (struct part){names[i], "x", 1};
	}
	refuses_bytes(make_zip(many, 5000, ZIP_CM_STORE), NULL, "more than 4096 parts");
	struct bytes bzip = make_zip(&part_types, 1, ZIP_CM_BZIP2);
	refuses_bytes(bzip, NULL, "damaged");
}

static void passwords(void **state)
{
	(void)state;
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	zip_source_keep(source);
	zip_file_add(zip, part_types.name, zip_source_buffer(zip, part_types.text, strlen(part_types.text), 0), 0);
	if (zip_file_set_encryption(zip, 0, ZIP_EM_AES_128, "word") != 0) {
		zip_discard(zip);
		skip();
	}
	assert_int_equal(zip_close(zip), 0);
	zip_stat_t stat;
	zip_source_stat(source, &stat);
	struct bytes bytes = {malloc(stat.size), stat.size};
	zip_source_open(source);
	zip_source_read(source, bytes.at, bytes.size);
	zip_source_close(source);
	zip_source_free(source);
	refuses_bytes(bytes, NULL, "password");
}

/* Cut off anywhere, or one byte wrong anywhere: refused or read, never a crash. */
static void damage(void **state)
{
	(void)state;
	char rows[20000];
	size_t used = 0;
	for (unsigned i = 1; i <= 150; i++)
		used += (size_t)sprintf(rows + used, "<row r=\"%u\"><c r=\"A%u\" t=\"s\"><v>%u</v></c><c r=\"B%u\"><v>%u</v></c></row>", i,
			i, i % 3, i, i * 7919 % 1000);
	struct bytes book = make_book(rows);
	struct sheet_error error;
	assert_non_null(read_all(book.at, book.size, NULL, &error));
	for (size_t size = 100; size < book.size; size += 100) {
		char *cut = malloc(size); /* so that reading behind it is seen */
		memcpy(cut, book.at, size);
		char *text = read_all(cut, size, NULL, &error);
		if (text)
			fail_msg("cut at %zu: %s", size, text);
		free(cut);
	}
	for (size_t at = 0; at < book.size; at += 7) {
		char kept = book.at[at];
		book.at[at] = (char)(kept ^ 0x55);
		read_all(book.at, book.size, NULL, &error);
		book.at[at] = kept;
	}
	free(book.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(numbers),
		cmocka_unit_test(days),
		cmocka_unit_test(formulas),
		cmocka_unit_test(places),
		cmocka_unit_test(bad_places),
		cmocka_unit_test(sheets),
		cmocka_unit_test(doctypes),
		cmocka_unit_test(bombs),
		cmocka_unit_test(zips),
		cmocka_unit_test(passwords),
		cmocka_unit_test(damage),
	};
	return cmocka_run_group_tests_name("sheet_xlsx", tests, NULL, NULL);
}
