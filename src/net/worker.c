#include "net/inner.h"

#include <assert.h>
#include <sched.h>
#include <stdlib.h>

enum { LOOKS = 4, LOOKS_FROM = 16 };

bool queue_reserve(struct server *server, bool waits)
{
	pthread_mutex_lock(&server->lock);
	bool free = !server->closed && server->waiting < server->plan.queue;
	if (free) {
		server->waiting += waits;
		server->handling++;
	} else if (!server->closed) {
		server->refused++;
	}
	pthread_mutex_unlock(&server->lock);
	return free;
}

/* With the lock held. Waking a thread costs more than most requests do. */
static void wake(struct server *server)
{
	if (!server->looking)
		pthread_cond_signal(&server->work);
}

void queue_push(struct exchange *exchange)
{
	struct server *server = exchange->server;
	exchange->next = NULL;
	pthread_mutex_lock(&server->lock);
	if (server->final)
		server->final->next = exchange;
	else
		server->first = exchange;
	server->final = exchange;
	wake(server);
	pthread_mutex_unlock(&server->lock);
}

static void queue_return(struct exchange *exchange)
{
	struct server *server = exchange->server;
	pthread_mutex_lock(&server->lock);
	exchange->next = NULL;
	if (server->back)
		server->back_final->next = exchange;
	else
		server->back = exchange;
	server->back_final = exchange;
	wake(server);
	pthread_mutex_unlock(&server->lock);
}

/* One worker lets the others run a few times before it sleeps: under load the next request is there by then. Where few requests are under way, whoever
 * comes next would only wait for this one's turn. */
static void look(struct server *server)
{
	if (server->looking || server->handling < LOOKS_FROM)
		return;
	server->looking = true;
	for (int i = 0; i < LOOKS && !server->first && !server->back && !server->ending; i++) {
		pthread_mutex_unlock(&server->lock);
		sched_yield();
		pthread_mutex_lock(&server->lock);
	}
	server->looking = false;
}

/* The next exchange, or NULL when the workers shall end. */
static struct exchange *queue_take(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	look(server);
	while (!server->first && !server->back && !server->ending)
		pthread_cond_wait(&server->work, &server->lock);
	/* whoever else is needed was not told while this one looked */
	if ((server->first && server->first->next) || (server->first && server->back))
		pthread_cond_signal(&server->work);
	struct exchange *exchange = server->back ? server->back : server->first;
	if (server->back) {
		server->back = exchange->next;
	} else if (exchange) {
		server->first = exchange->next;
		if (!server->first)
			server->final = NULL;
		server->waiting--;
	}
	pthread_mutex_unlock(&server->lock);
	return exchange;
}

static void count_out(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	if (--server->handling == 0)
		pthread_cond_broadcast(&server->quiet);
	pthread_mutex_unlock(&server->lock);
}

/* Gives the answered exchange back to its poller, which may free it at once. */
static void release(struct exchange *exchange)
{
	struct server *server = exchange->server;
	exchange->stage = STAGE_ANSWERED;
	MHD_resume_connection(exchange->connection);
	count_out(server);
}

void request_defer(struct request *request)
{
	struct exchange *exchange = (struct exchange *)request;
	struct worker *worker = exchange->worker;
	assert(worker);
	if (worker->brief)
		MHD_suspend_connection(exchange->connection);
	worker->deferred = true;
	exchange->worker = NULL;
}

bool request_brief(const struct request *request)
{
	const struct exchange *exchange = (const struct exchange *)request;
	return exchange->worker && exchange->worker->brief;
}

void request_move(struct request *request)
{
	struct exchange *exchange = (struct exchange *)request;
	assert(request_brief(request));
	exchange->worker->moved = true;
}

void request_finish(struct request *request)
{
	struct exchange *exchange = (struct exchange *)request;
	assert(exchange->handled && exchange->stage == STAGE_HANDLING && !exchange->worker);
	if (response_packs(exchange)) {
		queue_return(exchange);
		return;
	}
	response_build(exchange, NULL);
	release(exchange);
}

void request_again(struct request *request, bool brief)
{
	struct exchange *exchange = (struct exchange *)request;
	assert(exchange->handled && exchange->stage == STAGE_HANDLING && !exchange->worker);
	exchange->again = true;
	if (!brief) {
		queue_return(exchange);
		return;
	}
	exchange->stage = STAGE_AGAIN;
	MHD_resume_connection(exchange->connection);
}

bool worker_brief(struct exchange *exchange)
{
	struct worker here = {.server = exchange->server, .brief = true};
	exchange->stage = STAGE_HANDLING;
	exchange->handled = true;
	exchange->again = false;
	exchange->worker = &here;
	here.server->plan.handle(&exchange->request);
	if (here.deferred)
		return false;
	exchange->worker = NULL;
	exchange->again = here.moved;
	if (here.moved || response_packs(exchange)) {
		MHD_suspend_connection(exchange->connection);
		queue_return(exchange);
		return false;
	}
	response_build(exchange, NULL);
	exchange->stage = STAGE_ANSWERED;
	count_out(here.server);
	return true;
}

static void *worker_run(void *argument)
{
	struct worker *worker = argument;
	struct exchange *exchange;
	while ((exchange = queue_take(worker->server))) {
		if (!exchange->handled || exchange->again) {
			exchange->handled = true;
			exchange->again = false;
			exchange->worker = worker;
			worker->deferred = false;
			worker->server->plan.handle(&exchange->request);
			/* once deferred it may be answered and freed by now */
			if (worker->deferred)
				continue;
		}
		response_build(exchange, worker);
		release(exchange);
	}
	if (worker->packing)
		deflateEnd(&worker->pack);
	return NULL;
}

bool workers_start(struct server *server)
{
	server->workers = calloc(server->plan.workers, sizeof *server->workers);
	if (!server->workers)
		return false;
	for (; server->worker_count < server->plan.workers; server->worker_count++) {
		struct worker *worker = &server->workers[server->worker_count];
		worker->server = server;
		if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0)
			return false;
		pthread_setname_np(worker->thread, "muster-worker");
	}
	return true;
}

void workers_stop(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	server->ending = true;
	pthread_cond_broadcast(&server->work);
	pthread_mutex_unlock(&server->lock);
	for (unsigned i = 0; i < server->worker_count; i++)
		pthread_join(server->workers[i].thread, NULL);
	free(server->workers);
}
