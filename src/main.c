#include <malloc.h>

#include "face/cli.h"

/* Every request takes some memory and gives it back. Given back to the system each time, it would be cleared and mapped anew for the next
 * one; kept in a pool for each thread, it would be there many times over. */
static void memory_settle(void)
{
	mallopt(M_ARENA_MAX, 3);
	mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
	mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
	mallopt(M_TOP_PAD, 512 * 1024);
}

int main(int count, char **arguments)
{
	memory_settle();
	return cli_run(count, arguments);
}
