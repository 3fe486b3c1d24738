/* Reading CSV: encodings, delimiters, quotes, and what must be refused. */
#include "sheet_help.h"

static void reads(const char *bytes, size_t size, const char *expected)
{
	struct sheet_error error;
	char *text = read_all(bytes, size, NULL, &error);
	if (!text)
		fail_msg("%s", error.text);
	assert_string_equal(text, expected);
}

static void refuses(const char *bytes, size_t size, const char *english, const char *chinese)
{
	struct sheet_error error;
	char *text = read_all(bytes, size, NULL, &error);
	assert_null(text);
	if (!strstr(error.text, english) || !strstr(error.text, chinese) || !strchr(error.text, '|'))
		fail_msg("%s", error.text);
}

#define READS(text, expected) reads(text, sizeof(text) - 1, expected)
#define REFUSES(text, english, chinese) refuses(text, sizeof(text) - 1, english, chinese)

static void encodings(void **state)
{
	(void)state;
	READS("名称,人数\n甲,3\n", "1:名称/人数\n2:甲/3\n");
	READS("\xef\xbb\xbf名称,人数\r\n甲,3", "1:名称/人数\n2:甲/3\n");
	/* GB18030: 名称,人数 / 㐊 (four bytes) */
	READS("\xc3\xfb\xb3\xc6,\xc8\xcb\xca\xfd\n\x81\x39\xef\x39,3\n", "1:名称/人数\n2:㐊/3\n");
	READS("\xff\xfe\x0d\x54\t\0a\0\r\0\n\0", "1:名/a\n");
	READS("\xfe\xff\x54\x0d\0;\0b", "1:名/b\n");
	REFUSES("\xef\xbb\xbf名称\n\xc3\xfb", "line 2 is not valid UTF-8", "第 2 行");
	REFUSES("名称,a\n企业,b\n\xe4\xbd,c\n", "line 3 is not valid UTF-8", "第 3 行");
	REFUSES("a,b\n\xff\xff\xff,c\n", "neither UTF-8 nor GB18030", "既不是");
	REFUSES("a,b\n\xc3", "neither UTF-8 nor GB18030", "既不是");
	REFUSES("a,b\nc\0,d\n", "line 2 holds a zero byte", "第 2 行含有空字节");
	REFUSES("\xff\xfe"
		"a\0\0\0",
		"zero byte", "空字节");
	REFUSES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old .xls", "旧版");
	REFUSES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "password", "加密");
	REFUSES("", "empty", "空");
}

static void delimiters(void **state)
{
	(void)state;
	READS("a;b;c,d\n1;2;3\n", "1:a/b/c,d\n2:1/2/3\n");
	READS("a\tb\n1,5\t2\n", "1:a/b\n2:1,5/2\n");
	READS("\"x;y;z\",b\n1,2\n", "1:x;y;z/b\n2:1/2\n");
	READS("sep=;\r\na,b;c\n", "2:a,b/c\n");
	READS("one\na;b\n", "1:one\n2:a;b\n");
	READS("\n\n,,\n a,b \n\n", "4: a/b \n");
	READS("a,b\r1,2\r\r3,4", "1:a/b\n2:1/2\n4:3/4\n");
	READS("a,b\n1\n1,2,3\n", "1:a/b\n2:1\n3:1/2/3\n");
	READS("a,b\n,\n,x", "1:a/b\n3:/x\n");
}

static void quotes(void **state)
{
	(void)state;
	READS("a,b\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n3,\"\"\n", "1:a/b\n2:x, \"y\"/two\r\nlines\n3:3\n");
	READS("a,b\"c\n", "1:a/b\"c\n");
	REFUSES("a,b\n1,\"2\n3,4\n", "opened on line 2", "第 2 行的引号");
	REFUSES("a,\"b\nc\"\n\n\"", "opened on line 4", "第 4 行的引号");
	REFUSES("a\n\"b\"c\n", "line 2: text behind", "第 2 行：引号之后");
}

static void guards(void **state)
{
	(void)state;
	READS("'=1+1,'+86 138,'-x,'@y,''=z,'plain,-5,=2,'\n", "1:=1+1/+86 138/-x/@y/'=z/'plain/-5/=2/'\n");
	READS("\"'\tx\",\"'\rx\"\n", "1:\tx/\rx\n");
}

static void bounds(void **state)
{
	(void)state;
	struct sheet_limits limits = sheet_limits_default;
	limits.cell_bytes = 10;
	limits.row_bytes = 30;
	limits.columns = 5;
	limits.cells = 12;
	struct sheet_options options = {.limits = &limits};
	struct sheet_error error;
	struct {
		const char *text, *says;
		int64_t row;
	} cases[] = {
		{"a,b\n12345678901,2\n", "10 bytes", 2},
		{"a,b\n\"12345678901\",2\n", "never closed", 2},
		{"a\n123456789,123456789,123456789,1\n", "30 bytes", 2},
		{"a\n1,2,3,4,5,6\n", "5 columns", 2},
		{"1,2,3,4\n1,2,3,4\n1,2,3,4\n5\n", "too many cells", 4},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(read_all(cases[i].text, strlen(cases[i].text), &options, &error));
		if (!strstr(error.text, cases[i].says) || error.row != cases[i].row)
			fail_msg("%s, row %lld", error.text, (long long)error.row);
	}
}

/* Windows of the decoder end within characters, quotes and line ends. */
static void long_gb18030(void **state)
{
	(void)state;
	size_t rows = 40000, size = 0;
	char *bytes = malloc(rows * 24);
	for (size_t i = 0; i < rows; i++)
		size += (size_t)sprintf(bytes + size, "\xc3\xfb\xb3\xc6%zu,\"\xc8\xcb\xca\xfd\"\"\"\r\n", i);
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(bytes, size, NULL, &error);
	assert_non_null(reader);
	struct sheet_row row;
	size_t count = 0;
	for (; sheet_reader_next(reader, &row) == SHEET_ROW; count++) {
		char name[40];
		sprintf(name, "名称%zu", count);
		assert_int_equal(row.count, 2);
		assert_string_equal(row.cells[0].text, name);
		assert_string_equal(row.cells[1].text, "人数\"");
	}
	assert_int_equal(count, rows);
	assert_true(sheet_reader_progress(reader) > 0.99);
	sheet_reader_close(reader);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings),
		cmocka_unit_test(delimiters),
		cmocka_unit_test(quotes),
		cmocka_unit_test(guards),
		cmocka_unit_test(bounds),
		cmocka_unit_test(long_gb18030),
	};
	return cmocka_run_group_tests_name("sheet_csv", tests, NULL, NULL);
}
