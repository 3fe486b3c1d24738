#include "app/comment.h"

#include "app/need.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "base/text.h"

static enum status comment_check(struct work *work, const struct row *old, struct row *row);
static enum status comment_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/comment.def"
#define HOOKS .check = comment_check, .saved = comment_saved,
#include "record/table.h"

static const char *const commented[] = {"need", "need_part", "finding", "report"};

enum status comment_subject(struct work *work, const char *record, const char *about, struct row **row)
{
	struct id id;
	if (!about || !id_parse(about, &id))
		return fail(work, BAD_FIELD, "about", "must be an id of 36 characters|须为 36 位标识");
	for (size_t i = 0; i < sizeof commented / sizeof *commented; i++) {
		const struct record *of = record_named(commented[i]);
		if (!of || (record && !text_same(record, of->name)))
			continue;
		*row = row_load(work, of, id);
		if (*row && who_reaches(work->who, of->read, (*row)->path, row_site(*row)))
			return OK;
	}
	return fail(work, NOT_FOUND, NULL, NULL);
}

static enum status comment_check(struct work *work, const struct row *old, struct row *row)
{
	struct comment *comment = (struct comment *)row;
	struct row *about;
	if (old)
		return OK;
	if (comment_subject(work, comment->record, comment->about, &about) != OK)
		return work->status;
	if (!(GIVEN(comment, comment, text) && *comment->text) && !GIVEN(comment, comment, files))
		return fail(work, BAD_FIELD, "text", "must be given|必填");
	const struct field *area = record_field(about->record, "area");
	struct id site = row_site(about);
	if (!id_none(site))
		SET(comment, comment, site, V(site));
	else if (area)
		SET(comment, comment, area, row_get(about, area));
	if (!work->who->all)
		SET(comment, comment, by, V(work->who->id));
	return OK;
}

static enum status comment_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct comment *comment = (const struct comment *)row;
	struct id id;
	if (old || !text_same(comment->record, "need") || !id_parse(comment->about, &id))
		return OK;
	const struct need *need = (const struct need *)row_load(work, &need_record, id);
	struct notice_to to = need_concerned(work, need);
	notice_write(work, &to, &need->row, "need_commented", need->number);
	return OK;
}
