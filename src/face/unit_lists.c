/* A unit's list for an appeal, and how an appeal was answered: by unit, rank and wish. */
#include "app/unit_list.h"

#include "app/org.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "face/commands.h"
#include "record/rows.h"
#include "record/shape.h"

enum { MOST_ENTRIES = 2000 };

static enum status enter(struct call *call, int right, const struct appeal **appeal)
{
	struct row *row;
	if (call_row(call, &appeal_record, right, &row) != OK)
		return call->work.status;
	*appeal = (const struct appeal *)row;
	return row->voided_at ? fail(&call->work, NOT_FOUND, NULL, NULL) : OK;
}

/* --- the list */

struct listing {
	struct id appeal, org, post;
	const json_t *rows;
	bool preview;
	struct json out;
};

static void put_entry(struct work *work, struct json *json, const struct unit_entry *entry, enum status status)
{
	json_open(json, '{');
	json_put_whole(json, "status", status != OK ? status_http(status) : entry->signed_up || entry->preview ? 200 : 201);
	if (status == OK) {
		json_put_flag(json, "known", entry->known);
		json_put_flag(json, "signed_up", entry->signed_up);
		if (!id_none(entry->pledge))
			json_put_id(json, "id", entry->pledge);
		if (entry->known)
			json_put_named(json, "person", entry->person, shape_title(work, &person_record, entry->person));
	} else {
		json_put(json, "detail", work->detail ? work->detail : work_text(work, status_text(status)));
		json_put(json, "field", work->fault_count ? work->faults[0].field : NULL);
	}
	json_close(json, '}');
}

static enum status check_post(struct work *work, struct id id)
{
	const struct post *post = id_none(id) ? NULL : (const struct post *)row_load(work, &post_record, id);
	if (id_none(id))
		return OK;
	if (!post || post->row.voided_at || !who_reaches(work->who, RIGHT_post_read, post->row.path, row_site(&post->row)))
		return fail(work, BAD_FIELD, "post", "names nothing that is there|所指不存在");
	return GIVEN(post, post, ends) && post->ends < work->today ? fail(work, BAD_FIELD, "post", "is over|岗位已结束") : OK;
}

static enum status run_list(struct work *work, void *data)
{
	struct listing *listing = data;
	struct unit_entry all = {.preview = listing->preview, .post = listing->post};
	all.appeal = (const struct appeal *)row_load(work, &appeal_record, listing->appeal);
	all.org = row_load(work, &org_record, listing->org);
	const struct org *org = (const struct org *)all.org;
	/* a unit is seen by everybody; its list is signed up by whoever keeps the people where it is */
	if (!org || org->row.voided_at || !who_reaches(work->who, RIGHT_person_write, org->row.path, (struct id){{0}}))
		return fail(work, BAD_FIELD, "org", "is outside your area|不在您的管辖范围内");
	if (appeal_open(work, all.appeal, work->today) != OK || check_post(work, listing->post) != OK)
		return work->status;
	listing->out = json_new(work->arena);
	json_open(&listing->out, '[');
	for (size_t i = 0; i < json_array_size(listing->rows); i++) {
		struct unit_entry one = all;
		one.form = json_array_get(listing->rows, i);
		work->deed = (struct id){{0}};
		enum status status = listing->preview ? unit_list_add(work, &one) : store_try(work, unit_list_add, &one);
		put_entry(work, &listing->out, &one, status);
		work_forgive(work);
	}
	json_close(&listing->out, ']');
	return OK;
}

static enum status read_list(struct call *call, struct listing *listing)
{
	struct work *work = &call->work;
	const json_t *org = json_object_get(call->body, "org");
	const json_t *post = json_object_get(call->body, "post");
	if (post && !json_is_null(post) && (!json_is_string(post) || !id_parse(json_string_value(post), &listing->post)))
		return fail(work, BAD_FIELD, "post", "names nothing that is there|所指不存在");
	listing->rows = json_object_get(call->body, "rows");
	listing->preview = json_is_true(json_object_get(call->body, "preview"));
	if (!json_is_string(org) || !id_parse(json_string_value(org), &listing->org))
		return fail(work, BAD_FIELD, "org", "must be given|必填");
	if (!json_is_array(listing->rows) || !json_array_size(listing->rows))
		return fail(work, BAD_FIELD, "rows", "must be given|必填");
	if (json_array_size(listing->rows) > MOST_ENTRIES)
		return fail(work, TOO_LARGE, "rows", "takes %d rows at most|最多 %d 行", MOST_ENTRIES);
	return OK;
}

enum status command_unit_list(struct call *call)
{
	struct work *work = &call->work;
	struct listing listing = {0};
	const struct appeal *appeal = NULL;
	if (call_body(call) != OK || call_keys(call, "org,post,rows,preview") != OK || enter(call, RIGHT_post_read, &appeal) != OK ||
		read_list(call, &listing) != OK)
		return work->status;
	listing.appeal = appeal->row.id;
	if (listing.preview)
		run_list(work, &listing);
	else {
		store_release(work);
		store_write(work, run_list, &listing);
	}
	if (work->status != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end(&listing.out.buf));
	json_close(&call->out, '}');
	return OK;
}

/* --- how it was answered */

static void put_parts(struct json *json, const char *key, const struct appeal_part *parts, size_t count)
{
	json_key(json, key);
	json_open(json, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(json, '{');
		if (parts[i].code)
			json_put(json, "code", parts[i].code);
		else if (parts[i].name)
			json_put_named(json, "org", parts[i].org, parts[i].name);
		json_put_whole(json, "waiting", parts[i].waiting);
		json_put_whole(json, "approved", parts[i].approved);
		json_put_whole(json, "declined", parts[i].declined);
		json_put_whole(json, "withdrawn", parts[i].withdrawn);
		json_close(json, '}');
	}
	json_close(json, ']');
}

enum status command_appeal_parts(struct call *call)
{
	const struct appeal *appeal = NULL;
	struct json *json = &call->out;
	if (enter(call, RIGHT_person_read, &appeal) != OK)
		return call->work.status;
	struct appeal_parts parts = appeal_parts(&call->work, appeal);
	json_open(json, '{');
	put_parts(json, "units", parts.units, parts.unit_count);
	put_parts(json, "ranks", parts.ranks, parts.rank_count);
	put_parts(json, "wishes", parts.wishes, parts.wish_count);
	json_close(json, '}');
	return OK;
}
