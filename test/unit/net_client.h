/* A bare HTTP client and a server to try it on, for the tests of src/net. */
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/server.h"

enum { CLIENT_ROOM = 256 * 1024, WAIT_MS = 20000 };

/* A connection with what was read ahead on it. */
struct client {
	int socket;
	size_t have;
	char bytes[CLIENT_ROOM];
};

/* One answer; head and body are the client's until the next read. */
struct answer {
	int status;
	char head[4096];
	char *body;
	size_t size;
};

static inline int dial(uint16_t port)
{
	int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	assert_true(made >= 0);
	assert_int_equal(connect(made, (struct sockaddr *)&address, sizeof address), 0);
	return made;
}

static inline struct client *client_new(uint16_t port)
{
	struct client *client = calloc(1, sizeof *client);
	client->socket = dial(port);
	return client;
}

static inline void client_free(struct client *client)
{
	close(client->socket);
	free(client);
}

/* Sends all; false where the peer is gone. */
static inline bool client_send(struct client *client, const void *bytes, size_t size)
{
	const char *at = bytes;
	while (size) {
		ssize_t sent = send(client->socket, at, size, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		at += sent;
		size -= (size_t)sent;
	}
	return true;
}

static inline bool client_say(struct client *client, const char *text)
{
	return client_send(client, text, strlen(text));
}

/* Reads more; false at the end or after WAIT_MS. */
static inline bool client_more(struct client *client)
{
	struct pollfd wait = {.fd = client->socket, .events = POLLIN};
	if (client->have == CLIENT_ROOM - 1 || poll(&wait, 1, WAIT_MS) != 1)
		return false;
	ssize_t got = recv(client->socket, client->bytes + client->have, CLIENT_ROOM - 1 - client->have, 0);
	if (got <= 0)
		return false;
	client->have += (size_t)got;
	client->bytes[client->have] = '\0';
	return true;
}

/* The value of a header, or NULL. */
static inline const char *answer_header(const struct answer *answer, const char *name)
{
	static _Thread_local char value[512];
	size_t size = strlen(name);
	for (const char *line = strstr(answer->head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
		if (strncasecmp(line + 2, name, size) == 0 && line[2 + size] == ':') {
			const char *from = line + 3 + size + strspn(line + 3 + size, " ");
			snprintf(value, sizeof value, "%.*s", (int)strcspn(from, "\r"), from);
			return value;
		}
	}
	return NULL;
}

/* Reads one answer (`bodied` false: to HEAD); the caller frees answer->body. False: the connection ended before. */
static inline bool client_read(struct client *client, struct answer *answer, bool bodied)
{
	char *end;
	memset(answer, 0, sizeof *answer);
	while (!client->have || !(end = strstr(client->bytes, "\r\n\r\n")))
		if (!client_more(client))
			return false;
	size_t head = (size_t)(end - client->bytes) + 4;
	assert_true(head < sizeof answer->head);
	memcpy(answer->head, client->bytes, head);
	answer->status = atoi(answer->head + 9);
	client->have -= head;
	memmove(client->bytes, client->bytes + head, client->have + 1);
	if (answer->status == 100)
		return client_read(client, answer, bodied);
	const char *length = answer_header(answer, "Content-Length");
	size_t size = length && bodied && answer->status != 304 ? (size_t)atoll(length) : 0;
	answer->body = calloc(1, size + 1);
	while (answer->size < size) {
		if (!client->have && !client_more(client)) {
			free(answer->body);
			answer->body = NULL;
			return false;
		}
		size_t part = client->have < size - answer->size ? client->have : size - answer->size;
		memcpy(answer->body + answer->size, client->bytes, part);
		answer->size += part;
		client->have -= part;
		memmove(client->bytes, client->bytes + part, client->have);
		client->bytes[client->have] = '\0';
	}
	return true;
}

/* One request on a connection of its own: the status; the body goes to `body` (freed by the caller) where it is not NULL. */
static inline int ask(uint16_t port, const char *text, char **body)
{
	struct client *client = client_new(port);
	struct answer answer;
	client_say(client, text);
	bool got = client_read(client, &answer, strncmp(text, "HEAD", 4) != 0);
	client_free(client);
	if (body)
		*body = answer.body;
	else
		free(answer.body);
	return got ? answer.status : 0;
}

static inline void nap(unsigned milliseconds)
{
	struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
	while (nanosleep(&time, &time) != 0)
		;
}

/* FNV-1a, to compare large bodies. */
static inline unsigned hash_of(const unsigned char *bytes, size_t size)
{
	unsigned hash = 2166136261u;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	return hash;
}
