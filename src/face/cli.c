#include "face/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/session.h"
#include "app/settings.h"
#include "record/store.h"

enum { READERS = 8 };

struct word {
	const char *name;
	int (*run)(const struct settings *settings);
	const char *use;
	const char *doc;
};

#define WORD(name, function, use, doc) {#name, function, use, doc},
static const struct word words[] = {
#include "face/cli.def"
};
#undef WORD
enum { WORDS = sizeof words / sizeof *words };

static enum language shell_language(void)
{
	const char *locale = getenv("LC_ALL");
	if (!locale || !*locale)
		locale = getenv("LANG");
	return locale && strncmp(locale, "zh", 2) == 0 ? CHINESE : ENGLISH;
}

static void print_words(FILE *file, struct arena *arena)
{
	fputs("muster WORD [OPTIONS]\n\n", file);
	for (int i = 0; i < WORDS; i++)
		fprintf(file, "  %-10s %s\n", words[i].name, text_in(arena, words[i].doc, shell_language()));
	fputs("\nmuster WORD --help tells more. Every option may also stand in muster.conf or as MUSTER_OPTION.\n", file);
}

int cli_run(int count, char **arguments)
{
	struct arena *arena = arena_new();
	struct settings settings = {.arena = arena, .count = count > 2 ? count - 2 : 0, .arguments = arguments + (count > 2 ? 2 : 0)};
	const char *name = count > 1 ? arguments[1] : "--help";
	int code = 2;
	bool help = strcmp(name, "--help") == 0 || strcmp(name, "help") == 0, known = help;
	if (help) {
		print_words(stdout, arena);
		code = 0;
	}
	for (int i = 0; i < WORDS && !known; i++) {
		if (strcmp(words[i].name, name) != 0)
			continue;
		known = true;
		if (setting_flag(&settings, "help")) {
			printf("muster %s\n\n%s\n", words[i].use, text_in(arena, words[i].doc, shell_language()));
			code = 0;
		} else {
			code = words[i].run(&settings);
		}
	}
	if (!known) {
		fprintf(stderr, "muster: no such word: %s\n\n", name);
		print_words(stderr, arena);
	}
	arena_free(arena);
	return code;
}

/* Where the key of a database lies: a file of its name in the user's own configuration. */
static const char *database_key(struct arena *arena, const char *name, bool make)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (!config || !*config)
		config = arena_print(arena, "%s/.config", home && *home ? home : "");
	const char *folder = arena_print(arena, "%s/muster", config);
	if (make) {
		mkdir(config, 0700);
		mkdir(folder, 0700);
	}
	return arena_print(arena, "%s/%s.key", folder, name);
}

/* Where what is sent is kept while a request lasts, for a store that is no folder. */
static const char *database_spool(struct arena *arena)
{
	const char *temporary = getenv("TMPDIR");
	return temporary && *temporary ? arena_copy(arena, temporary) : "/tmp";
}

const char *cli_key(const struct settings *settings, const char *place, bool make)
{
	const char *name = db_place_name(place, settings->arena);
	return name ? database_key(settings->arena, name, make) : arena_print(settings->arena, "%s.key", place);
}

struct work *cli_open(const struct settings *settings, bool make)
{
	return cli_open_at(settings, setting(settings, "store", "muster-store"), make);
}

struct work *cli_open_at(const struct settings *settings, const char *place, bool make)
{
	struct arena *kept = settings->arena;
	const char *problem = NULL, *name = db_place_name(place, kept);
	const char *key = setting(settings, "key", cli_key(settings, place, make));
	if (!make && access(key, R_OK) != 0) {
		/* an address may hold a password: its name does not */
		fprintf(stderr, "muster: there is no store at %s%s%s (muster init makes one)\n", name ? name : place,
			name ? ", or its key is not at " : "", name ? key : "");
		return NULL;
	}
	struct store_plan plan = {.place = place,
		.spool = setting(settings, "spool", name ? database_spool(kept) : place),
		.key_file = key,
		.readers = READERS,
		.make = make};
	struct store *store = store_open(&plan, &problem);
	if (!store) {
		fprintf(stderr, "muster: %s\n", text_in(settings->arena, problem, shell_language()));
		return NULL;
	}
	struct arena *arena = arena_new();
	struct work *work = arena_alloc(arena, sizeof *work);
	*work = work_new(arena, store);
	work->language = shell_language();
	work->who = who_program();
	work->today = store_today(store, work->now);
	settings_load(work);
	return work;
}

void cli_close(struct work *work)
{
	store_close(work->store);
	arena_free(work->arena);
}

int cli_problem(const struct work *work)
{
	fprintf(stderr, "muster: %s\n", work->detail ? work->detail : work_text(work, status_text(work->status)));
	for (size_t i = 0; i < work->fault_count; i++)
		fprintf(stderr, "  %s: %s\n", work->faults[i].field, work->faults[i].detail);
	return status_exit(work->status);
}

void cli_progress(const char *what, int64_t done, int64_t total)
{
	if (!isatty(STDERR_FILENO) || total <= 0)
		return;
	int filled = (int)(done * 40 / total);
	fprintf(stderr, "\r%s [%.*s%*s] %lld/%lld%s", what, filled, "########################################", 40 - filled, "",
		(long long)done, (long long)total, done >= total ? "\n" : "");
}
