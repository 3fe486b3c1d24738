#include "net/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int temporary_file(const char *folder)
{
	int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return file;
	/* some file systems know no unnamed files */
	char name[4096];
	int size = snprintf(name, sizeof name, "%s/muster-XXXXXX", folder);
	if (size < 0 || (size_t)size >= sizeof name) {
		errno = ENAMETOOLONG;
		return -1;
	}
	file = mkostemp(name, O_CLOEXEC);
	if (file >= 0)
		unlink(name);
	return file;
}

static bool write_all(int file, const char *data, size_t size)
{
	while (size) {
		ssize_t wrote = write(file, data, size);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		data += wrote;
		size -= (size_t)wrote;
	}
	return true;
}

static bool spill(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	request->file = temporary_file(exchange->server->plan.folder);
	if (request->file < 0 || !write_all(request->file, (const char *)exchange->memory, request->size))
		return false;
	free(exchange->memory);
	exchange->memory = NULL;
	exchange->space = 0;
	return true;
}

static bool grow(struct exchange *exchange, size_t need)
{
	if (need <= exchange->space)
		return true;
	/* by doubling, never at once by Content-Length: what a client announces costs nothing before it comes */
	size_t space = exchange->space ? exchange->space : 4096;
	while (space < need)
		space *= 2;
	unsigned char *memory = realloc(exchange->memory, space);
	if (!memory)
		return false;
	exchange->memory = memory;
	exchange->space = space;
	return true;
}

enum body_result body_add(struct exchange *exchange, const char *data, size_t size)
{
	struct request *request = &exchange->request;
	if (size > exchange->limit - request->size)
		return BODY_OVER;
	if (request->file < 0 && request->size + size > MEMORY_BODY && !spill(exchange))
		return BODY_FAILED;
	if (request->file >= 0) {
		if (!write_all(request->file, data, size))
			return BODY_FAILED;
	} else {
		if (!grow(exchange, request->size + size))
			return BODY_FAILED;
		memcpy(exchange->memory + request->size, data, size);
	}
	request->size += size;
	return BODY_TAKEN;
}

bool body_seal(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	request->body = exchange->memory;
	if (request->file < 0)
		return true;
	void *body = mmap(NULL, request->size, PROT_READ, MAP_PRIVATE, request->file, 0);
	if (body == MAP_FAILED)
		return false;
	request->body = body;
	exchange->mapped = request->size;
	return true;
}

void body_free(struct exchange *exchange)
{
	if (exchange->mapped)
		munmap((void *)(uintptr_t)exchange->request.body, exchange->mapped);
	if (exchange->request.file >= 0)
		close(exchange->request.file);
	free(exchange->memory);
}
