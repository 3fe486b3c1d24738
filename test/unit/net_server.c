/* One request at a time: what the server makes of it. */
#include "net_client.h"

#include <sys/stat.h>
#include <zlib.h>

static struct server *server;
static uint16_t port;
static char folder[] = "/tmp/muster-net-XXXXXX";
static char note[64];
static atomic_int done_count, done_status;

static void handle_args(struct request *request)
{
	struct buf buf = {.arena = request->arena};
	buf_print(&buf, "%s %s", request->method, request->path);
	for (size_t i = 0; i < request->argument_count; i++)
		buf_print(&buf, " [%s=%s]", request->arguments[i].name, request->arguments[i].value);
	const char *field = request_field(request, "f"), *cookie = request_cookie(request, "muster");
	buf_print(&buf, " from %s lang %d cookie %s field %s", request->address, request_language(request), cookie ? cookie : "-",
		field ? field : "-");
	response_body(request, 200, "text/plain; charset=utf-8", buf_end(&buf), buf.size);
}

static void *finish_later(void *argument)
{
	struct request *request = argument;
	nap(20);
	const char *big = request_argument(request, "big");
	size_t size = big ? 50000 : 5;
	char *text = arena_alloc(request->arena, size + 1);
	memset(text, 'd', size);
	response_body(request, 201, "text/plain", text, size);
	request_finish(request);
	return NULL;
}

static void *try_again(void *argument)
{
	nap(5);
	request_again(argument, true);
	return NULL;
}

static bool is_brief(void *context, const struct request *request)
{
	(void)context;
	return text_starts(request->path, "/brief");
}

static void handle(struct request *request)
{
	const char *path = request->path;
	struct arena *arena = request->arena;
	if (text_starts(path, "/args")) {
		handle_args(request);
	} else if (text_same(path, "/echo")) {
		const char *text = arena_print(arena, "%s %zu %08x %s", request->method, request->size,
			hash_of(request->body, request->size), request->file >= 0 ? "file" : "memory");
		response_body(request, 200, "text/plain", text, strlen(text));
	} else if (text_same(path, "/big")) {
		struct buf buf = {.arena = arena};
		for (int i = 0; i < 5000; i++)
			buf_print(&buf, "{\"row\":%d},", i);
		response_body(request, 200, "application/json", buf_end(&buf), buf.size);
	} else if (text_same(path, "/file")) {
		if (!response_file(request, note, "text/plain"))
			response_problem(request, 404, "absent", "Absent|没有", NULL);
	} else if (text_same(path, "/folder")) {
		assert_false(response_file(request, folder, "text/plain"));
		response_problem(request, 404, "absent", "Absent|没有", NULL);
	} else if (text_starts(path, "/brief")) {
		/* tried on the poller; moved from there, or answered later, tried again */
		bool brief = request_brief(request);
		if (text_same(path, "/brief/moved") && brief) {
			request_move(request);
			return;
		}
		if (text_same(path, "/brief/later") && !request->own) {
			request->own = (void *)path;
			request_defer(request);
			pthread_t thread;
			assert_int_equal(pthread_create(&thread, NULL, try_again, request), 0);
			pthread_detach(thread);
			return;
		}
		size_t size = text_same(path, "/brief/big") ? 5000 : 0;
		char *text = arena_alloc(arena, size + 16);
		memset(text, 'b', size);
		strcpy(text + size, brief ? "poller" : "worker");
		response_body(request, 200, "text/plain", text, strlen(text));
	} else if (text_same(path, "/same")) {
		response_header(request, "ETag", "\"1\"");
		response_header(request, "Cache-Control", "private");
		response_body(request, 304, NULL, NULL, 0);
	} else if (text_same(path, "/later")) {
		pthread_t thread;
		request_defer(request);
		pthread_create(&thread, NULL, finish_later, request);
		pthread_detach(thread);
	}
}

static size_t limit(void *context, const char *method, const char *path)
{
	(void)context, (void)method;
	return text_same(path, "/echo") ? 4 * 1024 * 1024 : 1000;
}

static void done(void *context, const struct request *request, int status, uint64_t bytes, int64_t microseconds)
{
	(void)context, (void)request, (void)bytes;
	assert_true(microseconds >= 0);
	atomic_store(&done_status, status);
	atomic_fetch_add(&done_count, 1);
}

static int start(void **state)
{
	(void)state;
	char error[SERVER_ERROR];
	if (!mkdtemp(folder))
		return -1;
	struct server_plan plan = {.folder = folder,
		.handle = handle,
		.brief = is_brief,
		.limit = limit,
		.done = done,
		.idle = 2,
		.policy = "default-src 'self'"};
	server = server_start(&plan, error);
	if (!server)
		return -1;
	port = server_port(server);
	snprintf(note, sizeof note, "%s/note", folder);
	FILE *file = fopen(note, "w");
	fputs("a note", file);
	return fclose(file);
}

static int stop(void **state)
{
	(void)state;
	unlink(note);
	/* nothing may be left in the folder */
	return server_stop(server, 5000) && rmdir(folder) == 0 ? 0 : -1;
}

static void expect(const char *text, int status, const char *part)
{
	char *body;
	int got = ask(port, text, &body);
	if (got != status || (part && !strstr(body, part)))
		fail_msg("%.60s: %d %s", text, got, body);
	free(body);
}

static void test_plain(void **state)
{
	(void)state;
	expect("GET /args?a=1&b=%E5%A8%84+x&c HTTP/1.1\r\nHost: x\r\nCookie: a=1; bad{=}; muster=\"tok\" ; z=2\r\n\r\n", 200,
		"GET /args [a=1] [b=娄 x] [c=] from 127.0.0.1 lang 0 cookie tok field -");
	expect("GET http://h:1/args/%e5%a8%84%2Fb HTTP/1.1\r\nHost: x\r\nAccept-Language: fr, en-GB;q=0.5, zh\r\n\r\n", 200,
		"GET /args/娄/b from 127.0.0.1 lang 1");
}

static void test_form(void **state)
{
	(void)state;
	expect("POST /args HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: 11\r\n\r\ne=1&f=%2B+b",
		200, "field + b");
	/* a broken form has no fields */
	expect("POST /args HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nf=1&e=%E5+b",
		200, "field -");
}

static void test_targets(void **state)
{
	(void)state;
	expect("GET /a%FF HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_target");
	expect("GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_target");
	expect("GET /a%4 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "请求地址");
	expect("GET /args?x=%C0%AF HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n", 400, "\"title\":\"The address");
	expect("GET args HTTP/1.1\r\nHost: x\r\n\r\n", 400, NULL);
	expect("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, NULL);
	expect("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 400, NULL);
	expect("GET /unset HTTP/1.1\r\nHost: x\r\n\r\n", 500, "internal");
	char long_target[40000] = "GET /";
	memset(long_target + 5, 'a', sizeof long_target - 100);
	strcpy(long_target + sizeof long_target - 95, " HTTP/1.1\r\nHost: x\r\n\r\n");
	int status = ask(port, long_target, NULL);
	assert_true(status == 414 || status == 431);
}

static void test_headers(void **state)
{
	(void)state;
	struct client *client = client_new(port);
	struct answer answer;
	client_say(client, "GET /args HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(client_read(client, &answer, true));
	assert_string_equal(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
	assert_string_equal(answer_header(&answer, "Referrer-Policy"), "same-origin");
	assert_string_equal(answer_header(&answer, "X-Frame-Options"), "DENY");
	assert_string_equal(answer_header(&answer, "Cache-Control"), "no-store");
	assert_string_equal(answer_header(&answer, "Content-Security-Policy"), "default-src 'self'");
	assert_string_equal(answer_header(&answer, "Content-Type"), "text/plain; charset=utf-8");
	free(answer.body);
	client_say(client, "GET /same HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(client_read(client, &answer, true));
	assert_int_equal(answer.status, 304);
	assert_string_equal(answer_header(&answer, "Cache-Control"), "private");
	assert_null(answer_header(&answer, "Content-Type"));
	free(answer.body);
	client_free(client);
}

static void test_pipeline(void **state)
{
	(void)state;
	struct client *client = client_new(port);
	char text[4096] = "";
	for (int i = 0; i < 20; i++)
		sprintf(text + strlen(text),
			i % 3 ? "GET /args?i=%d HTTP/1.1\r\nHost: x\r\n\r\n"
			      : "POST /args?i=%d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
			i);
	assert_true(client_say(client, text));
	for (int i = 0; i < 20; i++) {
		struct answer answer;
		char part[20];
		assert_true(client_read(client, &answer, true));
		sprintf(part, "[i=%d]", i);
		assert_int_equal(answer.status, 200);
		assert_non_null(strstr(answer.body, part));
		free(answer.body);
	}
	client_free(client);
}

static void test_head(void **state)
{
	(void)state;
	struct client *client = client_new(port);
	struct answer answer;
	client_say(client, "HEAD /args HTTP/1.1\r\nHost: x\r\n\r\nGET /args HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(client_read(client, &answer, false));
	assert_int_equal(answer.status, 200);
	assert_true(atoi(answer_header(&answer, "Content-Length")) > 10);
	free(answer.body);
	assert_true(client_read(client, &answer, true));
	assert_memory_equal(answer.body, "GET /args", 9);
	free(answer.body);
	client_free(client);
}

static void test_chunked(void **state)
{
	(void)state;
	expect("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", 200,
		"POST 11 d58b3fa7 memory");
	expect("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world", 200, "POST 11 d58b3fa7 memory");
}

static void test_large(void **state)
{
	(void)state;
	size_t size = 3 * 1024 * 1024 + 17;
	unsigned char *bytes = malloc(size);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(i * 7 + i / 251);
	for (size_t some = size; some; some = some == size ? 256 * 1024 + 1 : some == 256 * 1024 + 1 ? 256 * 1024 : 0) {
		struct client *client = client_new(port);
		struct answer answer;
		char text[200];
		sprintf(text, "PUT /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %zu\r\n\r\n", some);
		client_say(client, text);
		assert_true(client_send(client, bytes, some));
		assert_true(client_read(client, &answer, true));
		sprintf(text, "PUT %zu %08x %s", some, hash_of(bytes, some), some > 256 * 1024 ? "file" : "memory");
		assert_string_equal(answer.body, text);
		free(answer.body);
		client_free(client);
	}
	free(bytes);
}

static void test_over(void **state)
{
	(void)state;
	expect("POST /args HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", 413, "1000");
	expect("POST /args HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n", 413, "too_large");
	/* a client that sends on before it reads still gets the answer */
	for (int chunked = 0; chunked < 2; chunked++) {
		struct client *client = client_new(port);
		struct answer answer;
		char chunk[2000 + 8] = "7d0\r\n";
		memset(chunk + 5, 'x', 2000);
		memcpy(chunk + 2005, "\r\n", 3);
		client_say(client,
			chunked ? "POST /args HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
				: "POST /args HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n");
		for (int i = 0; i < 200; i++) {
			assert_true(client_send(client, chunk, 2007));
			if (i % 50 == 0)
				nap(10);
		}
		assert_true(client_read(client, &answer, true));
		assert_int_equal(answer.status, 413);
		assert_string_equal(answer_header(&answer, "Content-Type"), "application/problem+json");
		assert_non_null(strstr(answer.body, "too_large"));
		assert_false(client_more(client));
		free(answer.body);
		client_free(client);
	}
}

static void unzip(const struct answer *answer, char *out, size_t *size)
{
	z_stream stream = {
		.next_in = (Bytef *)answer->body, .avail_in = (uInt)answer->size, .next_out = (Bytef *)out, .avail_out = (uInt)*size};
	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	*size = stream.total_out;
	inflateEnd(&stream);
}

static void test_gzip(void **state)
{
	(void)state;
	static char out[200000];
	const char *asks[] = {"gzip", "br, GZIP;q=0.5", "*", "gzip;q=0", "identity", "br"};
	for (int i = 0; i < 6; i++) {
		struct client *client = client_new(port);
		struct answer answer;
		char text[200];
		sprintf(text, "GET /%s HTTP/1.1\r\nHost: x\r\nAccept-Encoding: %s\r\n\r\n", i == 1 ? "later?big=1" : "big", asks[i]);
		client_say(client, text);
		assert_true(client_read(client, &answer, true));
		assert_string_equal(answer_header(&answer, "Vary"), "Accept-Encoding");
		const char *encoding = answer_header(&answer, "Content-Encoding");
		size_t size = sizeof out;
		if (i < 3) {
			assert_string_equal(encoding, "gzip");
			unzip(&answer, out, &size);
			assert_int_equal(size, i == 1 ? 50000 : 5000 * 9 + 4 * 4000 + 3 * 900 + 2 * 90 + 10);
		} else {
			assert_null(encoding);
			assert_memory_equal(answer.body, "{\"row\":0},", 10);
		}
		free(answer.body);
		client_free(client);
	}
}

static void test_file(void **state)
{
	(void)state;
	expect("GET /file HTTP/1.1\r\nHost: x\r\n\r\n", 200, "a note");
	expect("GET /folder HTTP/1.1\r\nHost: x\r\n\r\n", 404, "没有");
}

static void test_later(void **state)
{
	(void)state;
	struct client *clients[40];
	for (int i = 0; i < 40; i++) {
		clients[i] = client_new(port);
		client_say(clients[i], "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
	}
	for (int i = 0; i < 40; i++) {
		struct answer answer;
		assert_true(client_read(clients[i], &answer, true));
		assert_int_equal(answer.status, 201);
		assert_string_equal(answer.body, "ddddd");
		free(answer.body);
		client_free(clients[i]);
	}
}

/* A client that sends a byte now and then does not hold its connection for long. */
static void test_brief(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		expect("GET /brief HTTP/1.1\r\nHost: x\r\n\r\n", 200, "poller");
		expect("GET /brief/moved HTTP/1.1\r\nHost: x\r\n\r\n", 200, "worker");
		expect("GET /brief/later HTTP/1.1\r\nHost: x\r\n\r\n", 200, "poller");
	}
	/* what is to be compressed is built on a worker, with its stream */
	struct answer answer;
	struct client *client = client_new(port);
	client_say(client, "GET /brief/big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
	assert_true(client_read(client, &answer, true));
	assert_int_equal(answer.status, 200);
	assert_string_equal(answer_header(&answer, "Content-Encoding"), "gzip");
	free(answer.body);
	client_free(client);
	/* the last answer may be read before it is counted as given */
	struct server_load load = server_load(server);
	for (int i = 0; i < 200 && load.handling; i++) {
		nap(10);
		load = server_load(server);
	}
	assert_int_equal(load.handling, 0);
	assert_int_equal(load.waiting, 0);
}

static void test_trickle(void **state)
{
	(void)state;
	struct client *client = client_new(port);
	const char *text = "GET /args HTTP/1.1\r\nHost: x\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaa";
	int sent = 0;
	while (text[sent] && client_send(client, text + sent, 1)) {
		sent++;
		nap(200);
	}
	assert_true(sent < 20);
	client_free(client);
}

static void test_done(void **state)
{
	(void)state;
	int before = atomic_load(&done_count);
	expect("GET /args HTTP/1.1\r\nHost: x\r\n\r\n", 200, NULL);
	for (int i = 0; i < 100 && atomic_load(&done_count) == before; i++)
		nap(10);
	assert_int_equal(atomic_load(&done_count), before + 1);
	assert_int_equal(atomic_load(&done_status), 200);
	struct server_load load = server_load(server);
	assert_int_equal(load.handling, 0);
	assert_int_equal(load.waiting, 0);
}

static void test_taken_port(void **state)
{
	(void)state;
	char error[SERVER_ERROR];
	struct server_plan plan = {.folder = folder, .handle = handle, .port = port};
	assert_null(server_start(&plan, error));
	assert_non_null(strstr(error, "|"));
	plan.port = 0;
	plan.folder = "/nowhere/at/all";
	assert_null(server_start(&plan, error));
	plan.folder = folder;
	plan.address = "::1";
	struct server *other = server_start(&plan, error);
	if (other)
		assert_true(server_stop(other, 1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_pipeline),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_chunked),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_later),
		cmocka_unit_test(test_brief),
		cmocka_unit_test(test_trickle),
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_taken_port),
	};
	alarm(120);
	return cmocka_run_group_tests(tests, start, stop);
}
