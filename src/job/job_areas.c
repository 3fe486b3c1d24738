/* Moves of areas whose day has come. */
#include "app/area_move.h"
#include "job/job.h"
#include "record/store.h"

enum status job_areas(struct work *work, int64_t *done);

enum status job_areas(struct work *work, int64_t *done)
{
	/* asked on a reader: the writer is not woken for nothing */
	store_read(work);
	bool due = area_roll_due(work);
	store_release(work);
	*done = due;
	return due ? store_write(work, area_roll, NULL) : OK;
}
