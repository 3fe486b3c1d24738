/* Included with DEF naming a .def: makes `struct <thing>`, the numbers of its fields, and declares its table. No include guard. */
#include "record/record.h"

#define STEP(...)
#define MEASURE(...)

/* the numbers */
#define RECORD(thing, ...) enum {
#define FIELD(thing, name, kind, ...) thing##_at_##name,
#define END(thing) \
	thing##_fields \
	} \
	;
#include DEF
#undef RECORD
#undef FIELD
#undef END

/* the struct */
#define KIND_text const char *
#define KIND_longtext const char *
#define KIND_pick const char *
#define KIND_whole int64_t
#define KIND_amount int64_t
#define KIND_flag int64_t
#define KIND_day int64_t
#define KIND_stamp int64_t
#define KIND_area struct id
#define KIND_link struct id
#define KIND_links const char *
#define KIND_person const char *
#define KIND_phone const char *
#define KIND_idno const char *
#define KIND_uscc const char *
#define KIND_place const char *
#define KIND_file struct id
#define KIND_files const char *
#define KIND_json const char *
#define RECORD(thing, ...) \
	extern const struct record thing##_record; \
	struct thing { \
		struct row row;
#define FIELD(thing, name, kind, ...) KIND_##kind name;
#define END(thing) \
	} \
	;
#include DEF
#undef RECORD
#undef FIELD
#undef END
#undef STEP
#undef MEASURE
#undef DEF
