/* Writing spreadsheets and reading them back: nothing may change on the way. */
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "sheet_help.h"

static char folder[] = "/tmp/muster-sheet-XXXXXX";

static char *path_of(const char *name)
{
	static char path[100];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static struct bytes slurp(const char *path)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	struct bytes bytes = {NULL, (size_t)ftell(file)};
	rewind(file);
	bytes.at = malloc(bytes.size + 1);
	assert_int_equal(fread(bytes.at, 1, bytes.size, file), bytes.size);
	fclose(file);
	return bytes;
}

static const char *const texts[] = {
	"=SUM(A1)",
	"+86 138",
	"-x",
	"@x",
	"\tx",
	"\rx",
	"'=x",
	"''+x",
	"'x",
	"'",
	"-",
	"a,b;c\td",
	"say \"ja\"",
	"two\nlines",
	" 空 格 ",
	"𠮷",
	"_x000D_",
	"_x005F_x000D_",
	"a\rb",
	"<&>\"'",
	"0012",
	"TRUE",
	"1e5",
	"#N/A",
	"_x12",
	"_xzzzz_",
	"\x01\x1f",
	"\xef\xbf\xbf",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static struct sheet_writer *begin(enum sheet_format format)
{
	struct sheet_error error;
	struct sheet_writer *writer = sheet_writer_open(path_of("out"), format, "企业[1]/'甲", folder, &error);
	assert_non_null(writer);
	return writer;
}

static void finish(struct sheet_writer *writer)
{
	struct sheet_error error;
	if (!sheet_writer_finish(writer, &error))
		fail_msg("%s", error.text);
}

static void round_trip(enum sheet_format format)
{
	struct sheet_writer *writer = begin(format);
	for (size_t i = 0; i < TEXTS; i++)
		sheet_put_text(writer, texts[i]);
	sheet_end_row(writer);
	for (size_t i = 0; i < TEXTS; i++)
		sheet_put_text(writer, texts[TEXTS - 1 - i]);
	sheet_end_row(writer);
	assert_int_equal(sheet_writer_rows(writer), 2);
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(bytes.at, bytes.size, NULL, &error);
	assert_non_null(reader);
	assert_int_equal(sheet_reader_format(reader), format);
	struct sheet_row row;
	for (int64_t number = 1; number <= 2; number++) {
		if (sheet_reader_next(reader, &row) != SHEET_ROW)
			fail_msg("%s", sheet_reader_error(reader)->text);
		assert_int_equal(row.number, number);
		assert_int_equal(row.count, TEXTS);
		for (size_t i = 0; i < TEXTS; i++)
			assert_string_equal(row.cells[i].text, texts[number == 1 ? i : TEXTS - 1 - i]);
	}
	assert_int_equal(sheet_reader_next(reader, &row), SHEET_END);
	sheet_reader_close(reader);
	free(bytes.at);
}

static void round_trips(void **state)
{
	(void)state;
	round_trip(SHEET_CSV);
	round_trip(SHEET_XLSX);
}

static void kinds(enum sheet_format format, const char *expected)
{
	struct sheet_writer *writer = begin(format);
	sheet_put_text(writer, "标题");
	sheet_end_row(writer);
	sheet_put_whole(writer, -5);
	sheet_put_whole(writer, 999999999999999);
	sheet_put_whole(writer, 1000000000000001);
	sheet_put_whole(writer, INT64_MIN);
	sheet_put_amount(writer, 1708000001);
	sheet_put_amount(writer, -5);
	sheet_put_day(writer, day_of(2020, 3, 5));
	sheet_put_day(writer, day_of(1900, 2, 28));
	sheet_put_none(writer);
	sheet_put_text(writer, "末");
	sheet_end_row(writer);
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	struct sheet_error error;
	assert_string_equal(read_all(bytes.at, bytes.size, NULL, &error), expected);
	free(bytes.at);
}

static void values(void **state)
{
	(void)state;
	kinds(SHEET_CSV,
		"1:标题\n2:-5/999999999999999/1000000000000001/-9223372036854775808/17080000.01/-0.05/2020-03-05/1900-02-28//末\n");
	kinds(SHEET_XLSX,
		"1:标题\n2:-5#/999999999999999#/1000000000000001/-9223372036854775808/17080000.01#/-0.05#/2020-03-05#~/1900-02-28//末\n");
}

static void csv_bytes(void **state)
{
	(void)state;
	struct sheet_writer *writer = begin(SHEET_CSV);
	sheet_put_text(writer, "=1");
	sheet_put_whole(writer, -5);
	sheet_put_text(writer, "a\"b");
	sheet_end_row(writer);
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	assert_int_equal(bytes.size, 20);
	assert_memory_equal(bytes.at, "\xef\xbb\xbf\"'=1\",-5,\"a\"\"b\"\r\n", 20);
	free(bytes.at);
}

static void long_texts(void **state)
{
	(void)state;
	char *text = malloc(120000);
	size_t size = 0;
	for (int i = 0; i < 32767; i++)
		size += (size_t)sprintf(text + size, "汉");
	struct sheet_writer *writer = begin(SHEET_XLSX);
	sheet_put_text(writer, text);
	assert_int_equal(sheet_writer_cut(writer), 0);
	strcpy(text + size, "字");
	sheet_put_text(writer, text);
	assert_int_equal(sheet_writer_cut(writer), 1);
	sheet_end_row(writer);
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(bytes.at, bytes.size, NULL, &error);
	struct sheet_row row;
	assert_int_equal(sheet_reader_next(reader, &row), SHEET_ROW);
	assert_int_equal(row.cells[0].size, size);
	assert_int_equal(row.cells[1].size, size);
	assert_string_equal(row.cells[1].text + size - 6, "汉…");
	sheet_reader_close(reader);
	free(bytes.at);
	free(text);
}

static long resident_kib(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void many_rows(enum sheet_format format, int64_t rows)
{
	struct sheet_writer *writer = begin(format);
	for (int column = 0; column < 10; column++)
		sheet_put_text(writer, "字段");
	sheet_end_row(writer);
	for (int64_t i = 1; i < rows; i++) {
		char name[40];
		snprintf(name, sizeof name, "演示企业%lld", (long long)i);
		for (int column = 0; column < 7; column++)
			sheet_put_text(writer, name);
		sheet_put_whole(writer, i);
		sheet_put_day(writer, 18326);
		sheet_put_amount(writer, i * 100);
		sheet_end_row(writer);
	}
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(bytes.at, bytes.size, NULL, &error);
	struct sheet_row row;
	int64_t count = 0;
	for (; sheet_reader_next(reader, &row) == SHEET_ROW; count++)
		assert_int_equal(row.count, 10);
	assert_int_equal(count, rows);
	assert_int_equal(sheet_reader_error(reader)->text[0], 0);
	sheet_reader_close(reader);
	free(bytes.at);
}

/* Ten times the rows must not take more memory than the file itself does. */
static void streams(void **state)
{
	(void)state;
	for (enum sheet_format format = SHEET_CSV; format <= SHEET_XLSX; format++) {
		many_rows(format, 10000);
		long before = resident_kib();
		many_rows(format, 100001);
		struct bytes bytes = slurp(path_of("out"));
		long more = resident_kib() - before - (long)(bytes.size / 1024);
		free(bytes.at);
#ifndef __SANITIZE_ADDRESS__
		if (more > 8 * 1024)
			fail_msg("%ld KiB more for 100,000 rows", more);
#endif
		(void)more;
	}
}

/* A second sheet begins where the first one is full, with the heading again. */
static void second_sheet(void **state)
{
	(void)state;
	struct sheet_writer *writer = begin(SHEET_XLSX);
	sheet_put_text(writer, "甲");
	sheet_end_row(writer);
	for (int64_t i = 1; i < SHEET_ROWS + 5; i++) {
		sheet_put_whole(writer, i);
		sheet_end_row(writer);
	}
	finish(writer);
	struct bytes bytes = slurp(path_of("out"));
	struct sheet_options options = {.sheet = "企业 1   甲 (2)"};
	struct sheet_error error;
	assert_string_equal(
		read_all(bytes.at, bytes.size, &options, &error), "1:甲\n2:1048576#\n3:1048577#\n4:1048578#\n5:1048579#\n6:1048580#\n");
	free(bytes.at);
}

/* A file that may not grow stands for a full disk. */
static void full_disk(void **state)
{
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit before, little;
	getrlimit(RLIMIT_FSIZE, &before);
	rlim_t sizes[] = {1, 4096, 20000, 100000, 150000};
	for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
		struct sheet_error error;
		little = before;
		little.rlim_cur = sizes[i / 2];
		setrlimit(RLIMIT_FSIZE, &little);
		struct sheet_writer *writer = sheet_writer_open(path_of("full"), i % 2 ? SHEET_XLSX : SHEET_CSV, NULL, folder, &error);
		for (int row = 0; writer && row < 5000; row++) {
			char text[60];
			snprintf(text, sizeof text, "%d-%d", row * 7919 % 10007, row);
			for (int column = 0; column < 5; column++)
				sheet_put_text(writer, text);
			sheet_end_row(writer);
		}
		bool fine = writer && sheet_writer_finish(writer, &error);
		setrlimit(RLIMIT_FSIZE, &before);
		if (fine)
			fail_msg("wrote into a full disk: %zu", i);
		assert_non_null(strchr(error.text, '|'));
		assert_int_not_equal(access(path_of("full"), F_OK), 0);
	}
}

static void refusals(void **state)
{
	(void)state;
	struct sheet_error error;
	assert_null(sheet_writer_open("/nowhere/out", SHEET_CSV, NULL, NULL, &error));
	assert_non_null(strstr(error.text, "cannot be made"));
	assert_null(sheet_writer_open("/nowhere/out", SHEET_XLSX, NULL, NULL, &error));
	sheet_writer_drop(NULL);
	struct sheet_writer *writer = begin(SHEET_XLSX);
	sheet_put_text(writer, "x");
	sheet_writer_drop(writer);
	assert_int_not_equal(access(path_of("out"), F_OK), 0);
	/* More columns than the format has. */
	writer = begin(SHEET_XLSX);
	for (int i = 0; i <= SHEET_COLUMNS; i++)
		sheet_put_whole(writer, i);
	sheet_end_row(writer);
	assert_false(sheet_writer_finish(writer, &error));
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path_of("out"));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(values),
		cmocka_unit_test(csv_bytes),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(streams),
		cmocka_unit_test(second_sheet),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(refusals),
	};
	return cmocka_run_group_tests_name("sheet_write", tests, make_folder, remove_folder);
}
