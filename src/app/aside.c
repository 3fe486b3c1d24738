#include "app/aside.h"

void aside_begin(struct work *work, struct aside *aside)
{
	aside->who = work->who;
	aside->deed = work->deed;
	aside->body = work->body;
	aside->own =
		(struct who){.id = work->who ? work->who->id : (struct id){{0}}, .name = work->who ? work->who->name : NULL, .all = true};
	work->deed = work->body = (struct id){{0}};
	work->who = &aside->own;
}

void aside_end(struct work *work, const struct aside *aside)
{
	work->who = aside->who;
	work->deed = aside->deed;
	work->body = aside->body;
}
