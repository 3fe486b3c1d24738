/* Multipart bodies: proper ones are read, all others refused as a whole. */
#include "net_client.h"

static uint16_t port;

static void handle(struct request *request)
{
	struct buf buf = {.arena = request->arena};
	size_t count;
	const struct part *parts = request_parts(request, &count);
	if (!parts) {
		response_body(request, 422, "text/plain", "broken", 6);
		return;
	}
	for (size_t i = 0; i < count; i++)
		buf_print(&buf, "[%s|%s|%s|%zu|%.*s]", parts[i].name, parts[i].filename ? parts[i].filename : "-", parts[i].type,
			parts[i].size, parts[i].size < 40 ? (int)parts[i].size : 0, (const char *)parts[i].bytes);
	struct part part;
	buf_text(&buf, request_part(request, "file", &part) == PART_FOUND ? "file" : "none");
	assert_true(request_part(request, "no such", &part) == PART_ABSENT);
	response_body(request, 200, "text/plain; charset=utf-8", buf_end(&buf), buf.size);
}

static void expect_type(const char *type, const char *text, size_t size, int status, const char *body)
{
	struct client *client = client_new(port);
	struct answer answer;
	char head[400];
	sprintf(head, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, size);
	client_say(client, head);
	client_send(client, text, size);
	assert_true(client_read(client, &answer, true));
	assert_int_equal(answer.status, status);
	if (body)
		assert_string_equal(answer.body, body);
	free(answer.body);
	client_free(client);
}

static void expect(const char *text, const char *body)
{
	expect_type("multipart/form-data; boundary=XY", text, strlen(text), body ? 200 : 422, body);
}

#define FORM "Content-Disposition: form-data; name="

static void test_proper(void **state)
{
	(void)state;
	expect("--XY\r\n" FORM "\"file\"; filename=\"花名册.xlsx\"\r\nContent-Type: a/b\r\n\r\nab\r\n-\r\n--X\r\n--XY\r\n" FORM
	       "mode\r\n\r\n\r\n--XY--\r\n",
		"[file|花名册.xlsx|a/b|10|ab\r\n-\r\n--X][mode|-|text/plain|0|]file");
	expect("--XY\r\n" FORM "\"a%22b\"; filename=\"C:\\\\x\\a\\\"b%.txt\"\r\n\r\nx\r\n--XY--", "[a\"b|a\"b%.txt|text/plain|1|x]none");
	expect("--XY\r\n" FORM "\"file\"; filename=\"x\"; filename*=UTF-8''%e8%a1%a8.csv\r\n\r\nx\r\n--XY--\r\n",
		"[file|表.csv|text/plain|1|x]file");
	expect("--XY\r\ncontent-disposition:FORM-DATA;name=\"f;g\" ; filename=\"\"\r\nX-Y: z\r\n\r\n1\r\n--XY--\r\n",
		"[f;g||text/plain|1|1]none");
	expect("--XY--\r\n", "none");
	const char quoted[] = "--a b'(:)\r\n" FORM "z\r\n\r\n\0\r\n--a b'(:)--\r\n";
	expect_type("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b'(:)\"", quoted, sizeof quoted - 1, 200, "[z|-|text/plain|1|]none");
}

static void test_broken(void **state)
{
	(void)state;
	const char *good = "--XY\r\n" FORM "a\r\n\r\nx\r\n--XY--\r\n";
	expect(good, "[a|-|text/plain|1|x]none");
	/* cut off anywhere it is refused; the last CR LF is optional */
	for (size_t size = 0; size < strlen(good) - 2; size++)
		expect_type("multipart/form-data; boundary=XY", good, size, 422, "broken");
	expect_type("multipart/form-data", good, strlen(good), 422, NULL);
	expect_type("multipart/form-data; boundary=", good, strlen(good), 422, NULL);
	expect_type("multipart/form-data; boundary=\"XY", good, strlen(good), 422, NULL);
	expect_type("multipart/form-data; boundary=\"X\\\"\"", good, strlen(good), 422, NULL);
	expect_type("multipart/mixed; boundary=XY", good, strlen(good), 422, NULL);
	expect("preamble\r\n--XY\r\n" FORM "a\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a\r\n\r\nx\r\n--XY--\r\nmore", NULL);
	expect("--XY\r\n" FORM "a\r\n\r\nx\r\n--XYZ--\r\n", NULL);
	expect("--XY\n" FORM "a\n\nx\n--XY--\n", NULL);
	expect("--XY\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "\"a\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "\"\xff\"\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a; filename*=UTF-8''%ff\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a; filename=\"a%0Db\"\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a\r\n" FORM "b\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a\r\nno colon\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--XY--\r\n", NULL);
	expect("--XY\r\n" FORM "a\r\n\r\n--XY--\r\n", NULL);
}

static void test_bounds(void **state)
{
	(void)state;
	size_t room = 2 * 1024 * 1024, size = 0;
	char *text = malloc(room);
	for (int count = 64; count <= 65; count++) {
		size = 0;
		for (int i = 0; i < count; i++)
			size += (size_t)sprintf(text + size, "--XY\r\n" FORM "a%d\r\n\r\nx\r\n", i);
		size += (size_t)sprintf(text + size, "--XY--\r\n");
		expect_type("multipart/form-data; boundary=XY", text, size, count == 64 ? 200 : 422, NULL);
	}
	size = (size_t)sprintf(text, "--XY\r\n" FORM "a\r\nX: ");
	memset(text + size, 'x', 5000);
	size += 5000;
	size += (size_t)sprintf(text + size, "\r\n\r\nx\r\n--XY--\r\n");
	expect_type("multipart/form-data; boundary=XY", text, size, 422, NULL);
	/* large enough to be mapped from a file */
	size = (size_t)sprintf(text, "--XY\r\n" FORM "\"file\"; filename=\"big\"\r\n\r\n");
	memset(text + size, '\n', 1500000);
	size += 1500000;
	size += (size_t)sprintf(text + size, "\r\n--XY--\r\n");
	expect_type("multipart/form-data; boundary=XY", text, size, 200, "[file|big|text/plain|1500000|]file");
	free(text);
}

static size_t limit(void *context, const char *method, const char *path)
{
	(void)context, (void)method, (void)path;
	return 4 * 1024 * 1024;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_proper),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_bounds),
	};
	char error[SERVER_ERROR];
	struct server_plan plan = {.handle = handle, .limit = limit};
	struct server *server = server_start(&plan, error);
	if (!server)
		return 1;
	port = server_port(server);
	alarm(120);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	return server_stop(server, 5000) ? failed : 1;
}
