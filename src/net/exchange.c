#include "net/inner.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

void *exchange_begin(void *context, const char *target, struct MHD_Connection *connection)
{
	struct server *server = context;
	struct arena *arena = arena_new();
	struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
	struct request *request = &exchange->request;
	exchange->server = server;
	exchange->connection = connection;
	exchange->begun = clock_steady();
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	exchange->line = info ? info->socket_context : NULL;
	request->arena = arena;
	request->context = server->plan.context;
	request->target = arena_copy(arena, target);
	request->path = request->method = request->address = "";
	request->file = request->response.file = -1;
	pthread_mutex_lock(&server->lock);
	server->open++;
	pthread_mutex_unlock(&server->lock);
	return exchange;
}

static const char *peer(struct arena *arena, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	if (info && info->client_addr && info->client_addr->sa_family == AF_INET) {
		const struct sockaddr_in *address = (const void *)info->client_addr;
		inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
	} else if (info && info->client_addr && info->client_addr->sa_family == AF_INET6) {
		const struct sockaddr_in6 *address = (const void *)info->client_addr;
		if (IN6_IS_ADDR_V4MAPPED(&address->sin6_addr))
			inet_ntop(AF_INET, address->sin6_addr.s6_addr + 12, text, sizeof text);
		else
			inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof text);
	}
	return arena_copy(arena, text);
}

/* Hands the built answer to libmicrohttpd. */
static enum MHD_Result send_answer(struct exchange *exchange)
{
	if (!exchange->answer)
		return MHD_NO;
	exchange->status = exchange->request.response.status;
	exchange->bytes = exchange->request.head ? 0 : exchange->request.response.size;
	line_allow(exchange->line, clock_steady(), exchange->server->plan.idle, exchange->request.response.size);
	return MHD_queue_response(exchange->connection, (unsigned)exchange->status, exchange->answer);
}

static enum MHD_Result refuse_now(struct exchange *exchange, int status)
{
	exchange->stage = STAGE_REFUSED;
	refuse(exchange, status);
	response_build(exchange, NULL);
	return send_answer(exchange);
}

/* While a body comes in libmicrohttpd takes no answer, so it is written to the socket: nothing else is in flight there, and it is
 * shorter than any socket's buffer. The connection ends. */
static enum MHD_Result refuse_amid(struct exchange *exchange, int status)
{
	exchange->stage = STAGE_REFUSED;
	exchange->lingers = true;
	refuse(exchange, status);
	size_t size;
	const char *text = response_raw(exchange, &size);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info && send(info->connect_fd, text, size, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size) {
		exchange->status = status;
		exchange->bytes = exchange->request.response.size;
	}
	return MHD_NO;
}

/* The head is there. */
static enum MHD_Result head_taken(struct exchange *exchange, const char *method)
{
	struct server *server = exchange->server;
	struct request *request = &exchange->request;
	request->address = peer(request->arena, exchange->connection);
	const char *length = request_header(request, "Content-Length");
	uint64_t size = length ? strtoull(length, NULL, 10) : 0;
	const char *coding = request_header(request, "Transfer-Encoding");
	bool bodied = size || coding;
	/* a body whose end two readers could see in two places is how requests are smuggled through a proxy (RFC 9112, 6.3) */
	bool clear = !coding || (!length && strcasecmp(coding, "chunked") == 0);
	bool good = request_decode(exchange, method) && clear;
	exchange->lingers = bodied;
	if (!good)
		return refuse_now(exchange, 400);
	if (atomic_load(&server->stopping))
		return refuse_now(exchange, 503);
	exchange->limit = !bodied    ? 0
		: server->plan.limit ? server->plan.limit(server->plan.context, request->method, request->path)
				     : 1024 * 1024;
	if (size > exchange->limit)
		return refuse_now(exchange, 413);
	exchange->lingers = false;
	exchange->stage = STAGE_READING;
	line_allow(exchange->line, clock_steady(), server->plan.idle, 0);
	return MHD_YES;
}

/* The body is there, too. */
static enum MHD_Result body_taken(struct exchange *exchange)
{
	if (!body_seal(exchange))
		return refuse_now(exchange, 507);
	const struct server_plan *plan = &exchange->server->plan;
	bool brief = plan->brief && plan->brief(plan->context, &exchange->request);
	if (!queue_reserve(exchange->server, !brief))
		return refuse_now(exchange, 503);
	exchange->stage = STAGE_HANDLING;
	if (exchange->line)
		atomic_store(&exchange->line->deadline, 0);
	if (brief)
		return worker_brief(exchange) ? send_answer(exchange) : MHD_YES;
	/* before a worker sees it: it could be done with it before this function ends */
	MHD_suspend_connection(exchange->connection);
	queue_push(exchange);
	return MHD_YES;
}

enum MHD_Result exchange_step(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *size, void **state)
{
	(void)context, (void)connection, (void)url, (void)version;
	struct exchange *exchange = *state;
	switch (exchange->stage) {
	case STAGE_NEW: return head_taken(exchange, method);
	case STAGE_READING:
		if (*size == 0)
			return body_taken(exchange);
		switch (body_add(exchange, data, *size)) {
		case BODY_OVER: return refuse_amid(exchange, 413);
		case BODY_FAILED: return refuse_amid(exchange, 507);
		case BODY_TAKEN: break;
		}
		*size = 0;
		line_allow(exchange->line, exchange->begun, exchange->server->plan.idle, exchange->request.size);
		return MHD_YES;
	case STAGE_AGAIN: return worker_brief(exchange) ? send_answer(exchange) : MHD_YES;
	case STAGE_ANSWERED: return send_answer(exchange);
	default: *size = 0; return MHD_YES;
	}
}

void exchange_end(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
	struct server *server = context;
	struct exchange *exchange = *state;
	(void)code;
	if (!exchange)
		return;
	*state = NULL;
	if (exchange->lingers) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		if (info) {
			shutdown(info->connect_fd, SHUT_WR);
			watch_linger(&server->watch, info->connect_fd);
		}
	}
	line_allow(exchange->line, clock_steady(), server->plan.idle, 0);
	if (server->plan.done)
		server->plan.done(
			server->plan.context, &exchange->request, exchange->status, exchange->bytes, clock_steady() - exchange->begun);
	if (exchange->answer)
		MHD_destroy_response(exchange->answer);
	if (exchange->request.response.file >= 0)
		close(exchange->request.response.file);
	body_free(exchange);
	arena_free(exchange->request.arena);
	pthread_mutex_lock(&server->lock);
	if (--server->open == 0)
		pthread_cond_broadcast(&server->quiet);
	pthread_mutex_unlock(&server->lock);
}
