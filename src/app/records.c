/* Every record that muster knows. A new one is added here. */
#include "app/area.h"
#include "app/area_level.h"
#include "app/check.h"
#include "app/daily.h"
#include "app/file.h"
#include "app/link.h"
#include "app/org.h"
#include "app/person.h"
#include "app/site.h"
#include "app/user.h"

const struct record *const records[] = {
	&area_record,
	&level_record,
	&user_record,
	&grant_record,
	&org_record,
	&person_record,
	&site_record,
	&link_record,
	&check_record,
	&daily_record,
	&file_record,
};
const size_t record_count = sizeof records / sizeof *records;
