#include "app/number.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "record/store.h"

int64_t number_next(struct work *work, const char *kind, int64_t day, int *year)
{
	char incident[ID_TEXT];
	int month, day_of_month;
	day_split(day, year, &month, &day_of_month);
	const char *name = arena_print(work->arena, "%s.%s.%d", kind, id_print(work->store->incident, incident), *year);
	db_run(work->db, "INSERT INTO numbers (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = numbers.last + 1",
		BIND(V(name)));
	return db_get(work->db, 1, "SELECT last FROM numbers WHERE name = ?", BIND(V(name)));
}

const char *code_new(struct arena *arena, const char *letters, int size)
{
	char *code = arena_alloc(arena, (size_t)size + 1);
	for (int i = 0; i < size; i++)
		code[i] = letters[randombytes_uniform((uint32_t)strlen(letters))];
	code[size] = '\0';
	return code;
}
