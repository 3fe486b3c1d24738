/* The bodies of files from a folder into a database. */
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/file.h"

static unsigned char *read_whole(struct arena *arena, const char *path, size_t *size)
{
	struct stat about;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (file < 0 || fstat(file, &about) != 0) {
		if (file >= 0)
			close(file);
		return NULL;
	}
	unsigned char *bytes = arena_alloc(arena, (size_t)about.st_size + 1);
	ssize_t got = 1;
	for (*size = 0; got > 0 && *size<(size_t)about.st_size; *size += got> 0 ? (size_t)got : 0)
		got = read(file, bytes + *size, (size_t)about.st_size - *size);
	close(file);
	return *size == (size_t)about.st_size ? bytes : NULL;
}

static bool is_same(const unsigned char *bytes, size_t size, const char *known)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof hash + 1];
	crypto_hash_sha256(hash, bytes, size);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return known && strcmp(hex, known) == 0;
}

enum status file_move(struct work *work, struct db *to, void (*tell)(const char *what, int64_t done, int64_t total), int64_t *done)
{
	struct arena *kept = work->arena, *scratch = arena_new();
	int64_t total = db_get(work->db, 0, "SELECT count(*) FROM files", NOTHING);
	char id_text[ID_TEXT];
	db_begin(to);
	struct query *query = db_walk(work->db, "SELECT id, hash FROM files", NOTHING);
	db_fill_begin(to, kept, "file_bodies", "id, body");
	while (work->status == OK && db_next(query)) {
		size_t size = 0;
		struct id id = db_id(query, 0);
		work->arena = scratch;
		const unsigned char *bytes = read_whole(scratch, file_path(work, id), &size);
		work->arena = kept;
		if (!bytes || !is_same(bytes, size, db_text(query, 1)))
			fail(work, BROKEN, NULL, "The file %s is gone or is not what it was|文件 %s 已丢失或已损坏", id_print(id, id_text));
		else
			db_fill_row(to, BIND(V(id), value_bytes(bytes, size)));
		arena_reset(scratch);
		if (++*done % 100 == 0)
			tell("files", *done, total);
	}
	db_done(query);
	db_fill_end(to);
	arena_free(scratch);
	if (work->status != OK) {
		db_rollback(to);
		return work->status;
	}
	enum status status = db_commit(to);
	return status == OK ? OK : fail(work, status, NULL, NULL);
}
