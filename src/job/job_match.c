/* Policies against firms: what was published, and firms of which something changed. */
#include "app/delivery_match.h"
#include "job/job.h"

enum status job_match(struct work *work, int64_t *done);

enum status job_match(struct work *work, int64_t *done)
{
	return match_run(work, done);
}
