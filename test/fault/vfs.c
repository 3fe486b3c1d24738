/* A disk that fails, for the fault tests: linked into a muster of their own (build/fault/muster), it stands between SQLite and its files.
 * FAULT_CONTROL names a file of 32-bit numbers, mapped, which the test writes while the program runs:
 *   0  1: what was written stays in memory until it is synced, so that a kill loses what a power cut would lose;
 *      2: the same, but half of the writes reach the file early, at random, as a disk may choose
 *   1  1: the disk is full: a write that makes a file longer is refused
 *   2  so many syncs from now on fail; what they should have synced is never written, as on Linux
 *   3  so many writes from now on fail
 * The program counts back: 4 syncs, 5 refused for want of room, 6 failed syncs, 7 failed writes.
 * FAULT_SYNC=off lets every connection run with synchronous=OFF, whatever the program says. */
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HOLD, FULL_DISK, SYNC_FAILS, WRITE_FAILS, SYNCS, FULLS, FAILED_SYNCS, FAILED_WRITES, CONTROLS };

static _Atomic int32_t *control;
static bool sync_off;
static sqlite3_vfs *below; /* the real one */
static sqlite3_vfs above;

/* One write that is not synced yet. */
struct piece {
	sqlite3_int64 at;
	int size;
	bool lost; /* its sync failed: readers see it, the disk never will */
	struct piece *next;
	unsigned char bytes[];
};

/* A file that is open at least once. */
struct shadow {
	char *path;
	int open;
	struct piece *first, **last;
	struct shadow *next;
};

struct file {
	sqlite3_file base;
	struct shadow *shadow; /* NULL: a temporary file, which no power cut concerns */
	sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct shadow *shadows;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

static struct shadow *shadow_of(const char *path)
{
	struct shadow *shadow = shadows;
	while (shadow && strcmp(shadow->path, path) != 0)
		shadow = shadow->next;
	if (!shadow) {
		shadow = calloc(1, sizeof *shadow);
		shadow->path = strdup(path);
		shadow->last = &shadow->first;
		shadow->next = shadows;
		shadows = shadow;
	}
	return shadow;
}

static void forget(struct shadow *shadow)
{
	for (struct piece *piece = shadow->first, *next; piece; piece = next) {
		next = piece->next;
		free(piece);
	}
	shadow->first = NULL;
	shadow->last = &shadow->first;
}

/* Takes one from a number of the control that is above zero. */
static bool take(int which)
{
	int32_t left = atomic_load(&control[which]);
	while (left > 0)
		if (atomic_compare_exchange_weak(&control[which], &left, left - 1))
			return true;
	return false;
}

/* Where two pieces overlap, the bytes of `from` go into `into`. */
static void overlay(unsigned char *into, sqlite3_int64 at, sqlite3_int64 size, const struct piece *from)
{
	sqlite3_int64 begin = from->at > at ? from->at : at, end = from->at + from->size < at + size ? from->at + from->size : at + size;
	if (begin < end)
		memcpy(into + (begin - at), from->bytes + (begin - from->at), (size_t)(end - begin));
}

/* Writes what is held to the file, but what is lost; readers see what is written over that. */
static int put_down(struct file *file)
{
	int code = SQLITE_OK;
	struct piece *kept = NULL, **last = &kept;
	for (struct piece *piece = file->shadow->first, *next; piece; piece = next) {
		next = piece->next;
		piece->next = NULL;
		if (piece->lost) {
			*last = piece;
			last = &piece->next;
			continue;
		}
		if (code == SQLITE_OK)
			code = file->real->pMethods->xWrite(file->real, piece->bytes, piece->size, piece->at);
		for (struct piece *lost = kept; lost; lost = lost->next)
			overlay(lost->bytes, lost->at, lost->size, piece);
		free(piece);
	}
	file->shadow->first = kept;
	file->shadow->last = kept ? last : &file->shadow->first;
	return code;
}

static int size_of(struct file *file, sqlite3_int64 *size)
{
	int code = file->real->pMethods->xFileSize(file->real, size);
	for (const struct piece *piece = file->shadow ? file->shadow->first : NULL; piece; piece = piece->next)
		if (piece->at + piece->size > *size)
			*size = piece->at + piece->size;
	return code;
}

static int on_close(sqlite3_file *base)
{
	struct file *file = (struct file *)base;
	pthread_mutex_lock(&lock);
	if (file->shadow && --file->shadow->open == 0) {
		put_down(file);
		forget(file->shadow);
	}
	pthread_mutex_unlock(&lock);
	return file->real->pMethods->xClose(file->real);
}

static int on_read(sqlite3_file *base, void *into, int size, sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	pthread_mutex_lock(&lock);
	int code = file->real->pMethods->xRead(file->real, into, size, at);
	sqlite3_int64 end = 0;
	for (const struct piece *piece = file->shadow ? file->shadow->first : NULL; piece; piece = piece->next) {
		overlay(into, at, size, piece);
		if (piece->at + piece->size > end)
			end = piece->at + piece->size;
	}
	if (code == SQLITE_IOERR_SHORT_READ && end >= at + size)
		code = SQLITE_OK;
	pthread_mutex_unlock(&lock);
	return code;
}

static int hold(struct file *file, const void *bytes, int size, sqlite3_int64 at)
{
	struct piece *piece = malloc(sizeof *piece + (size_t)size);
	if (!piece)
		return SQLITE_IOERR_NOMEM;
	*piece = (struct piece){.at = at, .size = size};
	memcpy(piece->bytes, bytes, (size_t)size);
	*file->shadow->last = piece;
	file->shadow->last = &piece->next;
	return SQLITE_OK;
}

static int on_write(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 at)
{
	struct file *file = (struct file *)base;
	if (!file->shadow)
		return file->real->pMethods->xWrite(file->real, bytes, size, at);
	int code = SQLITE_OK;
	sqlite3_int64 there = 0;
	pthread_mutex_lock(&lock);
	size_of(file, &there);
	if (control[FULL_DISK] && at + size > there) {
		control[FULLS]++;
		code = SQLITE_FULL;
	} else if (take(WRITE_FAILS)) {
		control[FAILED_WRITES]++;
		code = SQLITE_IOERR_WRITE;
	} else if (control[HOLD]) {
		code = hold(file, bytes, size, at);
		/* early: the file has it too, and a cut may leave it there */
		if (code == SQLITE_OK && control[HOLD] == 2 && rand() % 2)
			code = file->real->pMethods->xWrite(file->real, bytes, size, at);
	} else {
		code = file->real->pMethods->xWrite(file->real, bytes, size, at);
	}
	pthread_mutex_unlock(&lock);
	return code;
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *file = (struct file *)base;
	pthread_mutex_lock(&lock);
	int code = SQLITE_OK;
	if (file->shadow) {
		code = put_down(file);
		forget(file->shadow);
	}
	if (code == SQLITE_OK)
		code = file->real->pMethods->xTruncate(file->real, size);
	pthread_mutex_unlock(&lock);
	return code;
}

static int on_sync(sqlite3_file *base, int flags)
{
	struct file *file = (struct file *)base;
	if (!file->shadow)
		return file->real->pMethods->xSync(file->real, flags);
	int code = SQLITE_OK;
	pthread_mutex_lock(&lock);
	control[SYNCS]++;
	if (take(SYNC_FAILS)) {
		control[FAILED_SYNCS]++;
		for (struct piece *piece = file->shadow->first; piece; piece = piece->next)
			piece->lost = true;
		code = SQLITE_IOERR_FSYNC;
	} else if (control[HOLD]) {
		/* only this process ends: what the file has, it keeps */
		code = put_down(file);
	} else {
		code = file->real->pMethods->xSync(file->real, flags);
	}
	pthread_mutex_unlock(&lock);
	return code;
}

static int on_size(sqlite3_file *base, sqlite3_int64 *size)
{
	pthread_mutex_lock(&lock);
	int code = size_of((struct file *)base, size);
	pthread_mutex_unlock(&lock);
	return code;
}

static int on_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int on_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int on_check(sqlite3_file *file, int *held)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}

static int on_control(sqlite3_file *file, int what, void *argument)
{
	char **pragma = argument;
	/* swallowed: the connection keeps what it was given when it was opened */
	if (sync_off && what == SQLITE_FCNTL_PRAGMA && sqlite3_stricmp(pragma[1], "synchronous") == 0 && pragma[2] &&
		sqlite3_stricmp(pragma[2], "OFF") != 0)
		return SQLITE_OK;
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int on_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int on_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int on_map(sqlite3_file *file, int page, int size, int extend, void volatile **into)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, into);
}

static int on_shared_lock(sqlite3_file *file, int from, int count, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), from, count, flags);
}

static void on_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int on_unmap(sqlite3_file *file, int gone)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), gone);
}

/* Version 2: no mapped reading, which would pass by what is held. */
static const sqlite3_io_methods methods = {2, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock, on_unlock, on_check,
	on_control, on_sector, on_traits, on_map, on_shared_lock, on_barrier, on_unmap, NULL, NULL};

static int on_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags, int *given)
{
	(void)vfs;
	struct file *file = (struct file *)base;
	*file = (struct file){.real = (sqlite3_file *)(file + 1)};
	int code = below->xOpen(below, name, file->real, flags, given);
	if (!file->real->pMethods)
		return code;
	file->base.pMethods = &methods;
	if (name && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) {
		pthread_mutex_lock(&lock);
		file->shadow = shadow_of(name);
		file->shadow->open++;
		pthread_mutex_unlock(&lock);
	}
	return code;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	pthread_mutex_lock(&lock);
	forget(shadow_of(name));
	pthread_mutex_unlock(&lock);
	return below->xDelete(below, name, sync);
}

static int without_sync(sqlite3 *db, const char **problem, const struct sqlite3_api_routines *api)
{
	(void)problem;
	(void)api;
	return sqlite3_exec(db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("FAULT_CONTROL"), *sync = getenv("FAULT_SYNC");
	int file = path ? open(path, O_RDWR) : -1;
	void *map = file < 0 ? MAP_FAILED : mmap(NULL, CONTROLS * sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (map == MAP_FAILED)
		return; /* an ordinary muster */
	control = map;
	sync_off = sync && strcmp(sync, "off") == 0;
	srand((unsigned)getpid());
	below = sqlite3_vfs_find(NULL);
	above = *below;
	above.zName = "fault";
	above.szOsFile += (int)sizeof(struct file);
	above.xOpen = on_open;
	above.xDelete = on_delete;
	sqlite3_vfs_register(&above, 1);
	if (sync_off)
		sqlite3_auto_extension((void (*)(void))without_sync);
}
