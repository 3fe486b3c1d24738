/* Included with DEF naming a .def and HOOKS giving further members of the record: makes `<thing>_record`. No include guard. */
#include <stddef.h>

#ifndef HOOKS
#define HOOKS
#endif

#define RECORD(thing, ...) static const struct field thing##_field_table[] = {
#define FIELD(thing, member, of, ...) {.name = #member, .kind = &kind_##of, .offset = offsetof(struct thing, member), __VA_ARGS__},
#define STEP(...)
#define MEASURE(...)
#define END(thing) \
	} \
	;
#include DEF
#undef RECORD
#undef FIELD
#undef STEP
#undef END

/* an empty first entry, so that a record without steps is still C */
#define RECORD(thing, ...) static const struct step thing##_step_table[] = {{.name = NULL},
#define FIELD(...)
#define STEP(thing, deed, ...) {.name = #deed, __VA_ARGS__},
#define END(thing) \
	} \
	;
#include DEF
#undef RECORD
#undef STEP
#undef MEASURE
#undef END

#define RECORD(thing, ...) static const struct measure thing##_measure_table[] = {{.name = NULL},
#define STEP(...)
#define MEASURE(thing, counted, flows, ...) {.name = #counted, .type = flows, .value = measure_##counted, __VA_ARGS__},
#define END(thing) \
	} \
	;
#include DEF
#undef RECORD
#undef MEASURE
#undef END

#define MEASURE(...)
#define RECORD(thing, table, ...) \
	const struct record thing##_record = {.name = #thing, \
		.plural = #table, \
		.size = sizeof(struct thing), \
		.fields = thing##_field_table, \
		.field_count = sizeof thing##_field_table / sizeof *thing##_field_table, \
		.steps = thing##_step_table + 1, \
		.step_count = sizeof thing##_step_table / sizeof *thing##_step_table - 1, \
		.measures = thing##_measure_table + 1, \
		.measure_count = sizeof thing##_measure_table / sizeof *thing##_measure_table - 1, \
		HOOKS __VA_ARGS__};
#define END(thing)
#include DEF
#undef RECORD
#undef FIELD
#undef STEP
#undef MEASURE
#undef END
#undef DEF
#undef HOOKS
