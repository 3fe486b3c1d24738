/* Many requests at once, clients that go, a server that stops: nothing may hang, leak or get lost. */
#include "net_client.h"

static atomic_int gate, handled, vanished;
static pthread_mutex_t pile_lock = PTHREAD_MUTEX_INITIALIZER;
static struct request *pile[1024];
static unsigned piled;

/* As the writer does: answers all that came meanwhile at once. */
static void *writer_run(void *argument)
{
	atomic_bool *ending = argument;
	while (!atomic_load(ending)) {
		struct request *batch[1024];
		nap(2);
		pthread_mutex_lock(&pile_lock);
		unsigned count = piled;
		memcpy(batch, pile, count * sizeof batch[0]);
		piled = 0;
		pthread_mutex_unlock(&pile_lock);
		for (unsigned i = 0; i < count; i++) {
			response_body(batch[i], 201, "text/plain", "written", 7);
			request_finish(batch[i]);
		}
	}
	return NULL;
}

static void handle(struct request *request)
{
	if (text_same(request->path, "/write")) {
		request_defer(request);
		pthread_mutex_lock(&pile_lock);
		pile[piled++] = request;
		pthread_mutex_unlock(&pile_lock);
		return;
	}
	if (text_same(request->path, "/gate"))
		while (!atomic_load(&gate))
			nap(1);
	else if (text_same(request->path, "/huge")) {
		size_t size = 32 * 1024 * 1024;
		response_body(request, 200, "application/octet-stream", arena_alloc(request->arena, size), size);
		return;
	} else
		nap(1);
	atomic_fetch_add(&handled, 1);
	response_body(request, 200, "text/plain", request->target, strlen(request->target));
}

static void done(void *context, const struct request *request, int status, uint64_t bytes, int64_t microseconds)
{
	(void)context, (void)bytes, (void)microseconds;
	if (text_same(request->path, "/gate") && status)
		atomic_fetch_add(&vanished, 1);
}

static struct server *start(struct server_plan plan)
{
	char error[SERVER_ERROR];
	plan.handle = handle;
	plan.done = done;
	atomic_store(&gate, 0);
	struct server *server = server_start(&plan, error);
	if (!server)
		fail_msg("%s", error);
	return server;
}

struct crowd {
	pthread_t thread;
	uint16_t port;
	int each;
	int good;
};

/* Requests one after the other on one connection, every third one to the writer. */
static void *crowd_run(void *argument)
{
	struct crowd *crowd = argument;
	struct client *client = client_new(crowd->port);
	for (int i = 0; i < crowd->each; i++) {
		struct answer answer;
		char text[200];
		int size = i % 3 == 2 ? sprintf(text, "POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
				      : sprintf(text, "GET /read?i=%d HTTP/1.1\r\nHost: x\r\n\r\n", i);
		if (!client_send(client, text, (size_t)size) || !client_read(client, &answer, true))
			break;
		sprintf(text, "/read?i=%d", i);
		crowd->good += i % 3 == 2 ? answer.status == 201 && !strcmp(answer.body, "written")
					  : answer.status == 200 && !strcmp(answer.body, text);
		free(answer.body);
	}
	client_free(client);
	return NULL;
}

static void crowd_start(struct crowd *crowd, int count, uint16_t port, int each)
{
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 256 * 1024);
	for (int i = 0; i < count; i++) {
		crowd[i] = (struct crowd){.port = port, .each = each};
		assert_int_equal(pthread_create(&crowd[i].thread, &small, crowd_run, &crowd[i]), 0);
	}
	pthread_attr_destroy(&small);
}

static int crowd_end(struct crowd *crowd, int count)
{
	int good = 0;
	for (int i = 0; i < count; i++) {
		pthread_join(crowd[i].thread, NULL);
		good += crowd[i].good;
	}
	return good;
}

/* The hard stall test: 200 connections, 20 requests each, through workers and writer, with one poller and with three. */
static void test_stall(void **state)
{
	(void)state;
	enum { COUNT = 200, EACH = 20 };
	static struct crowd crowd[COUNT];
	for (unsigned pollers = 1; pollers <= 3; pollers += 2) {
		struct server *server = start((struct server_plan){.workers = 8, .pollers = pollers, .connections = 300});
		pthread_t writer;
		atomic_bool ending = false;
		pthread_create(&writer, NULL, writer_run, &ending);
		crowd_start(crowd, COUNT, server_port(server), EACH);
		assert_int_equal(crowd_end(crowd, COUNT), COUNT * EACH);
		assert_true(server_stop(server, 5000));
		atomic_store(&ending, true);
		pthread_join(writer, NULL);
	}
}

static void test_queue_full(void **state)
{
	(void)state;
	struct server *server = start((struct server_plan){.workers = 1, .queue = 2});
	struct client *clients[6];
	for (int i = 0; i < 6; i++) {
		clients[i] = client_new(server_port(server));
		client_say(clients[i], "GET /gate HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n");
		/* one at a time, so that it is known who finds the queue full */
		for (int wait = 0; wait < 2000; wait++) {
			struct server_load load = server_load(server);
			if (load.handling + (unsigned)load.refused == (unsigned)i + 1 && load.handling - load.waiting == 1)
				break;
			nap(1);
		}
	}
	assert_int_equal(server_load(server).refused, 3);
	for (int i = 3; i < 6; i++) {
		struct answer answer;
		assert_true(client_read(clients[i], &answer, true));
		assert_int_equal(answer.status, 503);
		assert_string_equal(answer_header(&answer, "Retry-After"), "1");
		assert_string_equal(answer_header(&answer, "Content-Type"), "application/problem+json");
		assert_non_null(strstr(answer.body, "\"code\":\"busy\""));
		free(answer.body);
	}
	atomic_store(&gate, 1);
	for (int i = 0; i < 6; i++) {
		struct answer answer;
		/* a refused connection stays of use */
		if (i >= 3)
			client_say(clients[i], "GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
		assert_true(client_read(clients[i], &answer, true));
		assert_int_equal(answer.status, 200);
		free(answer.body);
	}
	for (int i = 0; i < 6; i++)
		client_free(clients[i]);
	assert_true(server_stop(server, 5000));
}

static void test_vanish(void **state)
{
	(void)state;
	struct server *server = start((struct server_plan){.workers = 4, .idle = 2});
	atomic_store(&handled, 0);
	/* while it is handled */
	for (int i = 0; i < 20; i++) {
		struct client *client = client_new(server_port(server));
		client_say(client, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
		client_free(client);
	}
	/* amid a body, amid a head, amid an answer */
	for (int i = 0; i < 20; i++) {
		struct client *client = client_new(server_port(server));
		client_say(client,
			i % 3 == 0           ? "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\nabc"
				: i % 3 == 1 ? "POST /read HTTP/1.1\r\nHo"
					     : "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
		nap(2);
		client_free(client);
	}
	nap(50);
	atomic_store(&gate, 1);
	for (int i = 0; i < 1000 && server_load(server).connections; i++)
		nap(10);
	struct server_load load = server_load(server);
	assert_int_equal(load.connections, 0);
	assert_int_equal(load.handling, 0);
	assert_int_equal(atomic_load(&handled), 20);
	assert_int_equal(ask(server_port(server), "GET /read HTTP/1.1\r\nHost: x\r\n\r\n", NULL), 200);
	assert_true(server_stop(server, 5000));
}

/* Clients that do not read, or say nothing, hold nobody else up and are closed in the end. */
static void test_slow(void **state)
{
	(void)state;
	struct server *server = start((struct server_plan){.workers = 2, .connections = 40, .idle = 1});
	struct client *clients[20];
	for (int i = 0; i < 20; i++) {
		clients[i] = client_new(server_port(server));
		if (i % 2)
			client_say(clients[i], "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
	}
	for (int i = 0; i < 50; i++)
		assert_int_equal(ask(server_port(server), "GET /read HTTP/1.1\r\nHost: x\r\n\r\n", NULL), 200);
	for (int i = 0; i < 1000 && server_load(server).connections; i++)
		nap(10);
	assert_int_equal(server_load(server).connections, 0);
	for (int i = 0; i < 20; i++)
		client_free(clients[i]);
	assert_true(server_stop(server, 1000));
}

/* More clients than connections: the rest wait their turn. */
static void test_limit(void **state)
{
	(void)state;
	static struct crowd crowd[60];
	struct server *server = start((struct server_plan){.workers = 4, .connections = 10});
	crowd_start(crowd, 60, server_port(server), 2);
	assert_int_equal(crowd_end(crowd, 60), 120);
	assert_true(server_stop(server, 5000));
}

/* Stopping: what runs gets its answer, what comes later is refused or finds no server. */
static void test_stop(void **state)
{
	(void)state;
	struct server *server = start((struct server_plan){.workers = 2});
	struct client *running = client_new(server_port(server)), *later = client_new(server_port(server));
	struct answer answer;
	client_say(later, "GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(client_read(later, &answer, true));
	free(answer.body);
	/* an answer may be read before its worker has put it down as done */
	while (server_load(server).handling)
		nap(1);
	client_say(running, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
	while (server_load(server).handling - server_load(server).waiting != 1)
		nap(1);
	assert_false(server_stop(server, 50));
	client_say(later, "GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(client_read(later, &answer, true));
	assert_int_equal(answer.status, 503);
	free(answer.body);
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons(server_port(server)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int refused = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(refused, (struct sockaddr *)&address, sizeof address), -1);
	close(refused);
	atomic_store(&gate, 1);
	assert_true(client_read(running, &answer, true));
	assert_int_equal(answer.status, 200);
	assert_string_equal(answer_header(&answer, "Connection"), "close");
	free(answer.body);
	/* a stop that did not come to its end may be asked for again */
	assert_true(server_stop(server, 5000));
	client_free(running);
	client_free(later);
}

static void test_stop_under_load(void **state)
{
	(void)state;
	for (int round = 0; round < 10; round++) {
		static struct crowd crowd[50];
		struct server *server = start((struct server_plan){.workers = 4, .pollers = round % 2 ? 2 : 1});
		pthread_t writer;
		atomic_bool ending = false;
		pthread_create(&writer, NULL, writer_run, &ending);
		crowd_start(crowd, 50, server_port(server), 100000);
		struct client *slow = client_new(server_port(server));
		client_say(slow, "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
		/* who has not come before the stop would find no server: that is another test */
		while (server_load(server).connections < 51)
			nap(1);
		nap(60 + (unsigned)round * 3);
		bool stopped = server_stop(server, round % 3 ? 500 : 100);
		for (int again = 0; !stopped && again < 10; again++)
			stopped = server_stop(server, 2000);
		assert_true(stopped);
		assert_true(crowd_end(crowd, 50) > 0);
		client_free(slow);
		atomic_store(&ending, true);
		pthread_join(writer, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stall),
		cmocka_unit_test(test_queue_full),
		cmocka_unit_test(test_vanish),
		cmocka_unit_test(test_slow),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_stop_under_load),
	};
	/* whatever hangs ends the program here, and the test has failed */
	alarm(240);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
