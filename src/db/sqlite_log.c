/* SQLite writes each page of its write-ahead log in two pieces, a system call each, dozens for a commit. Nobody reads them before the last page of a transaction is there:
 * so they are gathered here and written as one piece when it is, or when the log is read or synced. A page stands behind a head of 24 bytes; the head of the last one of a
 * transaction tells the size of the database, that of others is 0 there (SQLite's file format, 4.1). */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/engine.h"

enum { FRAME_HEAD = 24, ROOM = 120 * 1024 }; /* SQLite's own files take less than 128 KiB at once */

struct log_file {
	sqlite3_file base;
	sqlite3_file *below;
	sqlite3_int64 at; /* where in the file the bytes begin */
	int size;
	bool ends; /* the page that comes is the last of its transaction */
	char *bytes; /* ROOM */
};

static sqlite3_vfs *below;
static sqlite3_vfs above;

static struct log_file *self(sqlite3_file *file)
{
	return (struct log_file *)file;
}

static int write_down(struct log_file *log)
{
	int size = log->size;
	log->size = 0;
	return size ? log->below->pMethods->xWrite(log->below, log->bytes, size, log->at) : SQLITE_OK;
}

static int on_close(sqlite3_file *file)
{
	struct log_file *log = self(file);
	int code = write_down(log), closed = log->below->pMethods->xClose(log->below);
	free(log->bytes);
	return code ? code : closed;
}

static int on_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
	struct log_file *log = self(file);
	if (log->size && (at != log->at + log->size || log->size + size > ROOM)) {
		int code = write_down(log);
		if (code)
			return code;
	}
	if (size > ROOM)
		return log->below->pMethods->xWrite(log->below, bytes, size, at);
	if (!log->size)
		log->at = at;
	memcpy(log->bytes + log->size, bytes, (size_t)size);
	log->size += size;
	if (size == FRAME_HEAD)
		log->ends = memcmp((const char *)bytes + 4, "\0\0\0\0", 4) != 0;
	else if (log->ends)
		return write_down(log);
	return SQLITE_OK;
}

/* Everything else first writes down what waits. */
#define AFTER_WRITING(call) \
	struct log_file *log = self(file); \
	int code = write_down(log); \
	return code ? code : log->below->pMethods->call

static int on_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
	AFTER_WRITING(xRead)(log->below, bytes, size, at);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	AFTER_WRITING(xTruncate)(log->below, size);
}

static int on_sync(sqlite3_file *file, int flags)
{
	AFTER_WRITING(xSync)(log->below, flags);
}

static int on_size(sqlite3_file *file, sqlite3_int64 *size)
{
	AFTER_WRITING(xFileSize)(log->below, size);
}

static int on_lock(sqlite3_file *file, int lock)
{
	return self(file)->below->pMethods->xLock(self(file)->below, lock);
}

static int on_unlock(sqlite3_file *file, int lock)
{
	return self(file)->below->pMethods->xUnlock(self(file)->below, lock);
}

static int on_reserved(sqlite3_file *file, int *reserved)
{
	return self(file)->below->pMethods->xCheckReservedLock(self(file)->below, reserved);
}

static int on_control(sqlite3_file *file, int what, void *argument)
{
	return self(file)->below->pMethods->xFileControl(self(file)->below, what, argument);
}

static int on_sector(sqlite3_file *file)
{
	return self(file)->below->pMethods->xSectorSize(self(file)->below);
}

static int on_device(sqlite3_file *file)
{
	return self(file)->below->pMethods->xDeviceCharacteristics(self(file)->below);
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, /* a log is neither mapped nor shared by itself */
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_reserved,
	.xFileControl = on_control,
	.xSectorSize = on_sector,
	.xDeviceCharacteristics = on_device,
};

/* Files other than logs are those of the system below. */
static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	(void)vfs;
	if (!(flags & SQLITE_OPEN_WAL))
		return below->xOpen(below, name, file, flags, out);
	struct log_file *log = self(file);
	*log = (struct log_file){.below = (sqlite3_file *)(log + 1)};
	log->below->pMethods = NULL;
	int code = below->xOpen(below, name, log->below, flags, out);
	log->bytes = code ? NULL : malloc(ROOM);
	if (!code && !log->bytes)
		abort();
	log->base.pMethods = log->below->pMethods ? &methods : NULL;
	return code;
}

const char *sqlite_log_vfs(void)
{
	if (below)
		return above.zName;
	sqlite3_initialize();
	below = sqlite3_vfs_find(NULL);
	above = *below;
	above.pNext = NULL;
	above.zName = "muster-log";
	above.szOsFile = (int)sizeof(struct log_file) + below->szOsFile;
	above.xOpen = on_open;
	sqlite3_vfs_register(&above, 0);
	return above.zName;
}
