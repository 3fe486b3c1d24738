/* Worrying health records told outside the daily round. */
#include "app/health_mark.h"
#include "job/job.h"
#include "record/store.h"

enum status job_alarms(struct work *work, int64_t *done);

static enum status take(struct work *work, void *count)
{
	return health_marks_take(work, count);
}

enum status job_alarms(struct work *work, int64_t *done)
{
	int64_t count = 0;
	enum status status = OK;
	/* asked on a reader: the writer is not woken for nothing */
	store_read(work);
	bool any = health_marks_any(work);
	store_release(work);
	while (any && status == OK) {
		status = store_write(work, take, &count);
		any = count >= HEALTH_MARKS_PIECE; /* what came meanwhile has its own turn */
		*done += status == OK ? count : 0;
	}
	return status;
}
