/* Files and photos: bytes on disk before the row that names them is stored. */
#pragma once

#define DEF "app/file.def"
#include "record/struct.h"

/* What somebody uploads. `area` and `site` say where it belongs; with neither, it belongs where the user's own rights begin. */
struct upload {
	struct id id; /* made by the sender, so that a retry is harmless; none: a new one */
	const char *name; /* as the sender calls it; NULL: none */
	const char *type; /* Content-Type; NULL: none */
	const unsigned char *bytes;
	size_t size;
	const char *area; /* id or code; NULL: not said */
	const char *site; /* id; NULL: not said */
};

/* Checks the bytes (the declared type against the first bytes; the size against the setting file_megabytes), takes out of a photo what tells where
 * it was made, writes the file to disk and syncs it, then stores its row. The same id with the same bytes answers as the first time. BAD_TYPE,
 * TOO_LARGE, CONFLICT (the id is taken by other bytes), NO_RIGHT, BAD_FIELD. Neither inside store_read nor store_write. */
enum status file_keep(struct work *work, const struct upload *upload, struct file **file);
/* The file by id where work->who may see it: who uploaded it, and whoever may see the site, its checks or its needs there. NOT_FOUND else. Needs work->db. */
enum status file_find(struct work *work, struct id id, struct file **file);
/* Where its bytes are, in a store that is a folder. In the arena. */
const char *file_path(struct work *work, struct id id);
/* Its bytes, in a store that is a database; NULL where they are gone. In the arena. */
const void *file_body(struct work *work, struct id id, size_t *size);
/* Puts the bodies of all files of the store in work->db, which is a folder, into a database that has their rows; BROKEN where one is gone or is not
 * what it was. */
enum status file_move(struct work *work, struct db *to, void (*tell)(const char *what, int64_t done, int64_t total), int64_t *done);
/* Removes what an upload that was cut off has left. Before the server starts. */
void file_sweep(struct work *work);

/* For rows of a site that name photos. `photos` is a JSON list of ids. Each must be a live photo that belongs to the site, or that work->who uploaded;
 * else BAD_FIELD on `field`, whose detail begins with `item` ("" none). Ids that `known` (JSON text, may be NULL) holds already are not asked again. */
struct json_t;
enum status file_photos(struct work *work, struct id site, const struct json_t *photos, const char *known, const char *field);
/* Gives photos that were uploaded before anybody knew their site to the site of the row that now names them. Inside store_write. */
void file_settle(struct work *work, const struct row *row, struct id site, const struct json_t *photos);
