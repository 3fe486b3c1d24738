/* bench/load: a load generator over HTTP/1.1. One thread, epoll, kept connections, each with one request in flight; a histogram of latencies.
 * load key=value…
 *   port=N           of 127.0.0.1
 *   token=T          sent as Authorization: Bearer
 *   connections=N    (1)    seconds=S (5) or requests=N     warm=S (0) seconds that are not counted
 *   method=POST      path=/api/v1/health_records
 *   pairs=FILE       lines "site person": bodies are made-up health records of them; without it the body is body=TEXT
 *   rows=N           rows a request (0: one object)         day=YYYY-MM-DD  days=N (1): records spread over the days before it
 *   header=TEXT      one more header
 *   sources=N        connections come from N addresses of 127.0.0.0/8 (1); a '#' of the body is a digit by chance, other ones each time
 * Prints one line of JSON: what was answered, how fast, by how much of this program's own processor time. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUCKETS = 64 * 32, EVENTS = 256, PAIR = 2 * 37 };

struct line {
	int socket;
	char *out;
	size_t out_size, out_space, sent;
	char *in;
	size_t in_size, in_space;
	int64_t begun;
	int status;
	bool asked;
};

struct plan {
	int port, connections, rows, days, sources;
	double seconds, warm;
	int64_t requests;
	const char *token, *method, *path, *pairs, *body, *header, *day;
};

static struct plan plan = {.port = 8080, .connections = 1, .seconds = 5, .method = "POST", .path = "/api/v1/health_records", .body = "", .days = 1,
	.token = "", .header = NULL, .day = "2020-03-05"};
static char *pairs;
static size_t pair_count;
static uint64_t buckets[BUCKETS], statuses[600], rows_good, rows_bad, bytes_in, counted, begun_count, lost;
static int64_t slowest;
static uint64_t chance = 0x9e3779b97f4a7c15u;

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static uint64_t random_bits(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance;
}

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* 32 buckets a doubling: 3% wide. */
static int bucket_of(int64_t us)
{
	uint64_t value = us < 1 ? 1 : (uint64_t)us;
	int power = 63 - __builtin_clzll(value);
	int part = power >= 5 ? (int)(value >> (power - 5) & 31) : (int)((value << (5 - power)) & 31);
	return power * 32 + part;
}

static int64_t bucket_us(int bucket)
{
	int power = bucket / 32;
	return (int64_t)((32.0 + bucket % 32 + 0.5) / 32 * (double)(UINT64_C(1) << power));
}

static int64_t quantile(double part)
{
	uint64_t want = (uint64_t)((double)counted * part), sum = 0;
	for (int i = 0; i < BUCKETS; i++)
		if ((sum += buckets[i]) > want)
			return bucket_us(i);
	return slowest;
}

static void put(struct line *line, const char *text, size_t size)
{
	if (line->out_size + size > line->out_space) {
		line->out_space = (line->out_size + size) * 2;
		line->out = realloc(line->out, line->out_space);
		if (!line->out)
			die("memory");
	}
	memcpy(line->out + line->out_size, text, size);
	line->out_size += size;
}

static void __attribute__((format(printf, 2, 3))) print(struct line *line, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	put(line, text, (size_t)size);
}

static void put_id(struct line *line)
{
	static const char hex[] = "0123456789abcdef";
	static uint64_t last;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	uint64_t stamp = ((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000) << 12;
	last = stamp > last ? stamp : last + 1;
	uint64_t high = last >> 12 << 16 | 0x7000 | (last & 0xfff), low = (random_bits() >> 2) | UINT64_C(1) << 63;
	char text[36];
	int at = 0;
	for (int i = 0; i < 32; i++) {
		if (i == 8 || i == 12 || i == 16 || i == 20)
			text[at++] = '-';
		text[at++] = hex[(i < 16 ? high >> (60 - 4 * i) : low >> (60 - 4 * (i - 16))) & 15];
	}
	put(line, text, 36);
}

/* Days since 1970 of the last day, and a day as text (Hinnant's civil from days). */
static int64_t last_day;
static void day_text(int64_t days, char text[11])
{
	days += 719468;
	int64_t era = days / 146097, doe = days - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;
	snprintf(text, 11, "%04u-%02u-%02u", (unsigned)((yoe + era * 400 + (month <= 2)) % 10000), (unsigned)(month % 100),
		(unsigned)((doy - (153 * mp + 2) / 5 + 1) % 100));
}

static void put_record(struct line *line)
{
	static const char *const symptoms[] = {"none", "none", "none", "none", "none", "none", "none", "cough"};
	const char *pair = pairs + (random_bits() % pair_count) * PAIR;
	char day[11];
	day_text(last_day - (int64_t)(random_bits() % (uint64_t)plan.days), day);
	put(line, "{\"id\":\"", 7);
	put_id(line);
	put(line, "\",\"site\":\"", 10);
	put(line, pair, 36);
	put(line, "\",\"person\":\"", 12);
	put(line, pair + 37, 36);
	print(line, "\",\"day\":\"%s\",\"temperature\":%d,\"symptoms\":\"%s\",\"result\":\"%s\"}", day,
		random_bits() % 500 ? 360 + (int)(random_bits() % 12) : 373 + (int)(random_bits() % 20), symptoms[random_bits() % 8],
		random_bits() % 50 ? "negative" : "pending");
}

static void make_body(struct line *line)
{
	if (!pairs) {
		size_t begin = line->out_size;
		put(line, plan.body, strlen(plan.body));
		for (size_t i = begin; i < line->out_size; i++)
			line->out[i] = line->out[i] == '#' ? (char)('0' + random_bits() % 10) : line->out[i];
		return;
	}
	if (!plan.rows) {
		put_record(line);
		return;
	}
	put(line, "{\"rows\":[", 9);
	for (int i = 0; i < plan.rows; i++) {
		if (i)
			put(line, ",", 1);
		put_record(line);
	}
	put(line, "]}", 2);
}

/* The body is made before its length is known: head and body are put together at the end. */
static void make_request(struct line *line)
{
	char head[1024] = "";
	line->out_size = line->sent = 0;
	put(line, head, sizeof head);
	make_body(line);
	size_t size = line->out_size - sizeof head;
	int length = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%s%s%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
		plan.method, plan.path, *plan.token ? "Authorization: Bearer " : "", plan.token, *plan.token ? "\r\n" : "",
		plan.header ? plan.header : "", plan.header ? "\r\n" : "", size);
	line->sent = sizeof head - (size_t)length;
	memcpy(line->out + line->sent, head, (size_t)length);
}

static void watch(int poller, struct line *line, int how, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = line};
	if (epoll_ctl(poller, how, line->socket, &event) != 0)
		die("epoll_ctl");
}

static void connect_line(int poller, struct line *line, int source)
{
	int one = 1;
	struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 0x10000u + (uint32_t)source)};
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)plan.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	line->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (line->socket < 0 || (plan.sources && bind(line->socket, (struct sockaddr *)&from, sizeof from) != 0) || connect(line->socket, (struct sockaddr *)&address, sizeof address) != 0)
		die("connect");
	setsockopt(line->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	fcntl(line->socket, F_SETFL, O_NONBLOCK);
	watch(poller, line, EPOLL_CTL_ADD, EPOLLIN);
}

static bool flush(int poller, struct line *line)
{
	while (line->sent < line->out_size) {
		ssize_t wrote = send(line->socket, line->out + line->sent, line->out_size - line->sent, MSG_NOSIGNAL);
		if (wrote < 0 && errno == EAGAIN) {
			watch(poller, line, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
			return true;
		}
		if (wrote <= 0)
			return false;
		line->sent += (size_t)wrote;
	}
	return true;
}

static void ask(int poller, struct line *line)
{
	make_request(line);
	line->in_size = 0;
	line->begun = now_us();
	line->asked = true;
	begun_count++;
	flush(poller, line);
}

static void count_rows(const char *body, size_t size)
{
	const char *end = body + size;
	for (const char *at = body; (at = memmem(at, (size_t)(end - at), "\"status\":", 9)); at += 9)
		*(strncmp(at + 9, "201", 3) == 0 ? &rows_good : &rows_bad) += 1;
}

/* Whether a whole answer is there. */
static bool complete(struct line *line, const char **body, size_t *size)
{
	const char *end = memmem(line->in, line->in_size, "\r\n\r\n", 4);
	if (!end)
		return false;
	const char *length = strcasestr(line->in, "\r\nContent-Length:");
	*size = length && length < end ? strtoull(length + 17, NULL, 10) : 0;
	*body = end + 4;
	line->status = atoi(line->in + 9);
	return line->in_size >= (size_t)(*body - line->in) + *size;
}

static bool take(struct line *line, bool counting)
{
	for (;;) {
		if (line->in_space - line->in_size < 4096) {
			line->in_space = line->in_space ? line->in_space * 2 : 8192;
			line->in = realloc(line->in, line->in_space);
		}
		ssize_t got = recv(line->socket, line->in + line->in_size, line->in_space - line->in_size - 1, 0);
		if (got < 0 && errno == EAGAIN)
			return true;
		if (got <= 0)
			return false;
		line->in_size += (size_t)got;
		line->in[line->in_size] = '\0';
		const char *body;
		size_t size;
		if (!complete(line, &body, &size))
			continue;
		line->asked = false;
		if (!counting)
			return true;
		int64_t us = now_us() - line->begun;
		buckets[bucket_of(us)]++;
		slowest = us > slowest ? us : slowest;
		counted++;
		bytes_in += line->in_size;
		statuses[line->status < 600 ? line->status : 0]++;
		if (plan.rows)
			count_rows(body, size);
		else if (line->status == 201)
			rows_good++;
		return true;
	}
}

static void read_pairs(const char *file)
{
	FILE *in = fopen(file, "r");
	char text[128];
	size_t space = 0;
	if (!in)
		die(file);
	while (fgets(text, sizeof text, in)) {
		if (strlen(text) < PAIR - 1)
			continue;
		if (pair_count == space) {
			space = space ? space * 2 : 1024;
			pairs = realloc(pairs, space * PAIR);
		}
		memcpy(pairs + pair_count++ * PAIR, text, PAIR);
	}
	fclose(in);
	if (!pair_count)
		die("no pairs");
}

static void read_plan(int count, char **words)
{
	for (int i = 1; i < count; i++) {
		char *value = strchr(words[i], '=');
		if (!value)
			continue;
		*value++ = '\0';
		const char *name = words[i];
		if (strcmp(name, "port") == 0)
			plan.port = atoi(value);
		else if (strcmp(name, "connections") == 0)
			plan.connections = atoi(value);
		else if (strcmp(name, "seconds") == 0)
			plan.seconds = atof(value);
		else if (strcmp(name, "warm") == 0)
			plan.warm = atof(value);
		else if (strcmp(name, "requests") == 0)
			plan.requests = atoll(value);
		else if (strcmp(name, "rows") == 0)
			plan.rows = atoi(value);
		else if (strcmp(name, "sources") == 0)
			plan.sources = atoi(value);
		else if (strcmp(name, "days") == 0)
			plan.days = atoi(value);
		else if (strcmp(name, "day") == 0)
			plan.day = value;
		else if (strcmp(name, "token") == 0)
			plan.token = value;
		else if (strcmp(name, "method") == 0)
			plan.method = value;
		else if (strcmp(name, "path") == 0)
			plan.path = value;
		else if (strcmp(name, "pairs") == 0)
			plan.pairs = value;
		else if (strcmp(name, "body") == 0)
			plan.body = value;
		else if (strcmp(name, "header") == 0)
			plan.header = value;
		else {
			fprintf(stderr, "load: what is %s?\n", name);
			exit(2);
		}
	}
	struct tm day = {0};
	strptime(plan.day, "%Y-%m-%d", &day);
	last_day = timegm(&day) / 86400;
}

static double processor_seconds(void)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return (double)use.ru_utime.tv_sec + (double)use.ru_stime.tv_sec + ((double)use.ru_utime.tv_usec + (double)use.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **words)
{
	read_plan(count, words);
	struct timespec seed;
	clock_gettime(CLOCK_REALTIME, &seed);
	chance ^= (uint64_t)seed.tv_nsec * 0x2545f4914f6cdd1du ^ (uint64_t)getpid() << 32;
	if (plan.pairs)
		read_pairs(plan.pairs);
	int poller = epoll_create1(0);
	struct line *lines = calloc((size_t)plan.connections, sizeof *lines);
	for (int i = 0; i < plan.connections; i++)
		connect_line(poller, &lines[i], plan.sources ? i % plan.sources : 0);
	int64_t start = now_us(), from = start + (int64_t)(plan.warm * 1e6), until = from + (int64_t)(plan.seconds * 1e6), now = start;
	for (int i = 0; i < plan.connections; i++)
		ask(poller, &lines[i]);
	uint64_t waiting = (uint64_t)plan.connections;
	while (waiting) {
		struct epoll_event events[EVENTS];
		int got = epoll_wait(poller, events, EVENTS, 1000);
		now = now_us();
		if (now > until + 60 * INT64_C(1000000))
			break;
		for (int i = 0; i < got; i++) {
			struct line *line = events[i].data.ptr;
			if (events[i].events & EPOLLOUT && flush(poller, line) && line->sent == line->out_size)
				watch(poller, line, EPOLL_CTL_MOD, EPOLLIN);
			if (!(events[i].events & ~(uint32_t)EPOLLOUT))
				continue;
			if (!take(line, now >= from)) {
				lost += line->asked;
				close(line->socket);
				waiting--;
				continue;
			}
			if (line->asked)
				continue;
			bool more = plan.requests ? (int64_t)begun_count < plan.requests : now < until;
			if (more)
				ask(poller, line);
			else
				waiting--;
		}
	}
	/* to the last answer: what was under way at the end counts with the time that it took */
	double seconds = (double)(now_us() - from) / 1e6;
	printf("{\"connections\":%d,\"seconds\":%.3f,\"requests\":%llu,\"per_second\":%.1f,\"rows\":%llu,\"rows_per_second\":%.1f,\"bad_rows\":%llu,"
	       "\"p50_us\":%lld,\"p90_us\":%lld,\"p99_us\":%lld,\"max_us\":%lld,\"lost\":%llu,\"unanswered\":%llu,\"bytes\":%llu,\"own_seconds\":%.3f,\"statuses\":{",
		plan.connections, seconds, (unsigned long long)counted, (double)counted / seconds, (unsigned long long)rows_good,
		(double)rows_good / seconds, (unsigned long long)rows_bad, (long long)quantile(0.5), (long long)quantile(0.9),
		(long long)quantile(0.99), (long long)slowest, (unsigned long long)lost, (unsigned long long)waiting, (unsigned long long)bytes_in,
		processor_seconds());
	const char *comma = "";
	for (int i = 0; i < 600; i++)
		if (statuses[i]) {
			printf("%s\"%d\":%llu", comma, i, (unsigned long long)statuses[i]);
			comma = ",";
		}
	puts("}}");
	return lost || waiting ? 1 : 0;
}
