#include "app/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/area.h"
#include "app/file_type.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/log.h"
#include "record/history.h"
#include "record/rows.h"
#include "record/shape.h"

#define DEF "app/file.def"
#include "record/table.h"

enum { MOST_NAME = 120, MEGABYTE = 1024 * 1024 };

const char *file_path(struct work *work, struct id id)
{
	char text[ID_TEXT];
	id_print(id, text);
	/* the last two digits are random, also where many ids are made in one moment */
	return arena_print(work->arena, "%s/files/%s/%s", work->store->place, text + 34, text);
}

/* --- where it belongs */

/* The place where the user's own right to add files begins: an area, else a site. */
static const struct grant_reach *own_place(const struct who *who)
{
	const struct grant_reach *found = NULL;
	for (size_t i = 0; i < who->grant_count; i++) {
		const struct grant_reach *grant = &who->grants[i];
		if (!rights_hold(&grant->rights, RIGHT_file_write))
			continue;
		if (!found || (grant->path && (!found->path || strlen(grant->path) < strlen(found->path))))
			found = grant;
	}
	return found;
}

static enum status place_at_site(struct work *work, struct file *file, struct id id)
{
	const struct site *site = (const struct site *)row_load(work, &site_record, id);
	if (!site || site->row.voided_at || !who_reaches(work->who, RIGHT_file_write, site->row.path, id))
		return fail(work, BAD_FIELD, "site", "names nothing that is there|所指不存在");
	SET(file, file, site, V(id));
	return OK;
}

static enum status place_at_area(struct work *work, struct file *file, const char *text)
{
	const struct area *area = area_find(work, text);
	if (!area || !who_reaches(work->who, RIGHT_file_write, area->row.path, (struct id){{0}}))
		return fail(work, BAD_FIELD, "area", "names nothing that is there|所指不存在");
	SET(file, file, area, V(area->row.id));
	return OK;
}

static enum status place_file(struct work *work, struct file *file, const struct upload *upload)
{
	struct id id;
	if (upload->site) {
		if (!id_parse(upload->site, &id))
			return fail(work, BAD_FIELD, "site", "must be an id of 36 characters|须为 36 位标识");
		return place_at_site(work, file, id);
	}
	if (upload->area)
		return place_at_area(work, file, upload->area);
	const struct grant_reach *own = own_place(work->who);
	if (!own)
		return fail(work, NO_RIGHT, NULL, NULL);
	if (!own->path)
		return place_at_site(work, file, own->site);
	struct query *query = db_query(work->db, "SELECT id FROM areas WHERE path = ?", BIND(V(own->path)));
	if (!db_next(query))
		return fail(work, NO_RIGHT, NULL, NULL);
	SET(file, file, area, V(db_id(query, 0)));
	db_done(query);
	return OK;
}

/* --- what it is */

/* A name that is safe to show and to save under: no path, no control characters, not too long. */
static const char *clean_name(struct arena *arena, const char *given)
{
	struct buf name = {.arena = arena};
	size_t length = 0;
	if (!given || !text_valid(given, strlen(given)))
		given = "";
	for (const char *at = given; *at && length < MOST_NAME; length++) {
		const char *begin = at;
		uint32_t code = text_next(&at);
		if (code < 0x20 || code == 0x7f || strchr("/\\\"<>:|?*", (int)(code < 0x80 ? code : 'a')))
			buf_char(&name, '_');
		else
			buf_add(&name, begin, (size_t)(at - begin));
	}
	return *buf_end(&name) ? buf_end(&name) : "file";
}

static const char *hash_of(struct arena *arena, const unsigned char *bytes, size_t size)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *hex = arena_alloc(arena, 2 * sizeof hash + 1);
	crypto_hash_sha256(hash, bytes, size);
	return sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
}

static enum status describe(struct work *work, struct file *file, const struct upload *upload, const unsigned char **bytes, size_t *size)
{
	int64_t most = settings_number(work, "file_megabytes");
	if (upload->size > (size_t)most * MEGABYTE)
		return fail(work, TOO_LARGE, NULL, "A file may have %lld MiB at most|文件最大 %lld MiB", (long long)most);
	if (!upload->size)
		return fail(work, BAD_REQUEST, NULL, "The file is empty|文件为空");
	const char *type = file_type(upload->type, upload->bytes, upload->size);
	if (!type)
		return fail(work, BAD_TYPE, NULL,
			"Only JPEG, PNG, WebP, PDF, XLSX, DOCX, CSV and plain text are taken, and the bytes must be what the type says|"
			"仅接受 JPEG、PNG、WebP、PDF、XLSX、DOCX、CSV 和纯文本，且内容须与所报类型相符");
	*size = upload->size;
	*bytes = file_strip(work->arena, type, upload->bytes, size);
	if (!*bytes)
		return fail(work, BAD_TYPE, NULL, "The photo is broken|照片已损坏");
	SET(file, file, name, V(clean_name(work->arena, upload->name)));
	SET(file, file, type, V(type));
	SET(file, file, size, V((int64_t)*size));
	SET(file, file, hash, V(hash_of(work->arena, *bytes, *size)));
	return OK;
}

/* --- on disk */

static bool sync_folder(const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = folder >= 0 && fsync(folder) == 0;
	if (folder >= 0)
		close(folder);
	return done;
}

/* Makes a folder where it is missing; what holds it is synced, so that it is there after a power cut. */
static bool make_folder(struct arena *arena, const char *path)
{
	if (mkdir(path, 0700) != 0)
		return errno == EEXIST;
	return sync_folder(arena_text(arena, path, (size_t)(strrchr(path, '/') - path)));
}

static bool write_all(int file, const unsigned char *bytes, size_t size)
{
	while (size) {
		ssize_t wrote = write(file, bytes, size);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return fsync(file) == 0;
}

/* Whether a file holds exactly these bytes. */
static bool holds(const char *path, const unsigned char *bytes, size_t size)
{
	unsigned char part[65536];
	size_t at = 0;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got = file < 0 ? -1 : 0;
	while (got >= 0 && (got = read(file, part, sizeof part)) > 0) {
		if ((size_t)got > size - at || memcmp(part, bytes + at, (size_t)got) != 0)
			break;
		at += (size_t)got;
	}
	if (file >= 0)
		close(file);
	return got == 0 && at == size;
}

static enum status no_room(struct work *work)
{
	return fail(work, errno == ENOSPC || errno == EDQUOT ? FULL : BROKEN, NULL, NULL);
}

/* A link, not a rename: two uploads under one id must not write over each other. */
static enum status put_in_place(struct work *work, const char *path, const char *temporary, const unsigned char *bytes, size_t size)
{
	if (link(temporary, path) == 0)
		return OK;
	if (errno == EEXIST)
		return holds(path, bytes, size) ? OK : fail(work, CONFLICT, "id", "is taken by another file|该标识已被占用");
	return no_room(work);
}

static enum status write_file(struct work *work, struct id id, const unsigned char *bytes, size_t size)
{
	char word[ID_TEXT];
	const char *path = file_path(work, id), *folder = arena_text(work->arena, path, (size_t)(strrchr(path, '/') - path));
	const char *files = arena_print(work->arena, "%s/files", work->store->place), *new = arena_print(work->arena, "%s/new", files);
	const char *temporary = arena_print(work->arena, "%s/%s", new, id_print(id_new(), word));
	if (!make_folder(work->arena, files) || !make_folder(work->arena, new) || !make_folder(work->arena, folder))
		return no_room(work);
	int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		return no_room(work);
	enum status status = write_all(file, bytes, size) ? OK : no_room(work);
	close(file);
	if (status == OK)
		status = put_in_place(work, path, temporary, bytes, size);
	unlink(temporary);
	if (status == OK && !sync_folder(folder))
		status = no_room(work);
	return status;
}

void file_sweep(struct work *work)
{
	if (!work->store->place)
		return;
	const char *folder = arena_print(work->arena, "%s/files/new", work->store->place);
	int64_t swept = 0;
	DIR *entries = opendir(folder);
	for (struct dirent *entry; entries && (entry = readdir(entries));)
		if (entry->d_name[0] != '.' && unlink(arena_print(work->arena, "%s/%s", folder, entry->d_name)) == 0)
			swept++;
	if (entries)
		closedir(entries);
	if (swept)
		log_event(LOG_INFO, "swept uploads", ",\"files\":%lld", (long long)swept);
}

/* --- its row */

struct keeping {
	struct row *row;
	struct id body;
	const unsigned char *bytes;
	size_t size;
};

static enum status write_row(struct work *work, void *data)
{
	struct keeping *keeping = data;
	struct row *row = row_copy(work->arena, keeping->row);
	bool again = row_load(work, &file_record, row->id) != NULL;
	enum status status = row_insert(work, &row, &keeping->body);
	if (status != OK)
		return status;
	if (!work->store->place && !again)
		db_run(work->db, "INSERT INTO file_bodies (id, body) VALUES (?, ?)",
			BIND(V(row->id), value_bytes(keeping->bytes, keeping->size)));
	keeping->row = row;
	return OK;
}

/* Whether the id is taken already: by the same bytes of the same user it is a retry. */
static enum status find_again(struct work *work, const struct upload *upload, struct id body, struct file **again)
{
	*again = id_none(upload->id) ? NULL : (struct file *)row_load(work, &file_record, upload->id);
	if (!*again)
		return OK;
	if (!id_same((*again)->row.made_by, work->who->id))
		return fail(work, NOT_FOUND, NULL, NULL);
	return id_same(history_body(work, upload->id), body) ? OK : fail(work, CONFLICT, "id", "is taken by another file|该标识已被占用");
}

enum status file_keep(struct work *work, const struct upload *upload, struct file **into)
{
	struct file *file = (struct file *)row_new(work->arena, &file_record), *again;
	const unsigned char *bytes = NULL;
	size_t size = 0;
	struct keeping keeping = {.row = &file->row, .body = shape_hash((const char *)upload->bytes, upload->size)};
	file->row.id = id_none(upload->id) ? id_new() : upload->id;
	store_read(work);
	if (find_again(work, upload, keeping.body, &again) == OK && !again && place_file(work, file, upload) == OK)
		describe(work, file, upload, &bytes, &size);
	store_release(work);
	*into = again;
	if (work->status != OK || again)
		return work->status;
	keeping.bytes = bytes;
	keeping.size = size;
	if (work->store->place && write_file(work, file->row.id, bytes, size) != OK)
		return work->status;
	if (store_write(work, write_row, &keeping) != OK)
		return work->status;
	*into = (struct file *)keeping.row;
	return OK;
}

const void *file_body(struct work *work, struct id id, size_t *size)
{
	struct query *query = db_query(work->db, "SELECT body FROM file_bodies WHERE id = ?", BIND(V(id)));
	if (!db_next(query))
		return NULL;
	const void *bytes = db_bytes(query, 0, size);
	char *copy = arena_text(work->arena, bytes, *size);
	db_done(query);
	return copy;
}

enum status file_find(struct work *work, struct id id, struct file **into)
{
	static const int sees[] = {RIGHT_check_read, RIGHT_need_read, RIGHT_site_read};
	struct file *file = (struct file *)row_load(work, &file_record, id);
	if (!file || file->row.voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	bool seen = id_same(file->row.made_by, work->who->id);
	for (size_t i = 0; i < sizeof sees / sizeof *sees && !seen; i++)
		seen = who_reaches(work->who, sees[i], file->row.path, file->site);
	*into = file;
	return seen ? OK : fail(work, NOT_FOUND, NULL, NULL);
}

/* --- named by other rows */

static enum status check_photo(struct work *work, struct id site, const char *text, const char *field)
{
	struct id id;
	if (!text || !id_parse(text, &id))
		return fail(work, BAD_FIELD, field, "must be a list of ids of photos|须为照片标识列表");
	const struct file *file = (const struct file *)row_load(work, &file_record, id);
	if (!file || file->row.voided_at || !(id_same(file->row.made_by, work->who->id) || id_same(file->site, site)))
		return fail(work, BAD_FIELD, field, "names a photo that is not there|所指照片不存在");
	if (!file_is_photo(file->type))
		return fail(work, BAD_FIELD, field, "names a file that is no photo|所指文件不是照片");
	return OK;
}

enum status file_photos(struct work *work, struct id site, const struct json_t *photos, const char *known, const char *field)
{
	enum { MOST_PHOTOS = 20 };
	if (!json_is_array(photos) || json_array_size(photos) > MOST_PHOTOS)
		return fail(work, BAD_FIELD, field, "must be a list of at most %d photos|须为照片列表，最多 %d 张", MOST_PHOTOS);
	for (size_t i = 0; i < json_array_size(photos); i++) {
		const char *text = json_string_value(json_array_get(photos, i));
		if (text && known && strlen(text) == ID_TEXT - 1 && strstr(known, text))
			continue;
		if (check_photo(work, site, text, field) != OK)
			return work->status;
	}
	return OK;
}

void file_settle(struct work *work, const struct row *row, struct id site, const struct json_t *photos)
{
	for (size_t i = 0; i < json_array_size(photos); i++) {
		struct id id;
		const char *text = json_string_value(json_array_get(photos, i));
		if (text && id_parse(text, &id))
			db_run(work->db, "UPDATE files SET site = ?, path = ? WHERE id = ? AND site IS NULL AND made_by = ?",
				BIND(V(site), V(row->path), V(id), V(work->who->id)));
	}
}
