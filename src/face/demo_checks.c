/* The checks of the demonstration, and what became of what they found. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "face/demo.h"

void demo_check(struct demo *demo, int firm, const char *liaison, int64_t day)
{
	(void)demo, (void)firm, (void)liaison, (void)day;
}

void demo_findings(struct demo *demo, int64_t day)
{
	(void)demo, (void)day;
}
