/* bench/ceiling: what muster is held against, on the same disk.
 * ceiling rows STORE PAIRS COUNT PER DAYS   bare SQLite inserting what muster writes for COUNT health records (row, indexes, history, tallies), PER a
 *                                           transaction, the tallies of a transaction added up first. STORE is a store that muster made.
 * ceiling append FILE COUNT                 one 4 KiB append and fdatasync after another
 * ceiling http                              a bare epoll loop that answers every request with an empty object; prints its port, ends with its input
 * Each prints one line of JSON. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
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

enum { PAIR = 2 * 37, DEEP = 8, CELLS = 1 << 18, MONTH = 30 };

static uint64_t chance = 0x9e3779b97f4a7c15u;

static uint64_t random_bits(void)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return chance;
}

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static double processor_seconds(void)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return (double)use.ru_utime.tv_sec + (double)use.ru_stime.tv_sec + ((double)use.ru_utime.tv_usec + (double)use.ru_stime.tv_usec) / 1e6;
}

static void die(const char *what)
{
	fprintf(stderr, "ceiling: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* --- rows */

static sqlite3 *db;

static void must(int code, const char *what)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
		fprintf(stderr, "ceiling: %s: %s\n", what, sqlite3_errmsg(db));
		exit(2);
	}
}

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *statement;
	must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
	return statement;
}

static void run(sqlite3_stmt *statement)
{
	must(sqlite3_step(statement), sqlite3_sql(statement));
	sqlite3_reset(statement);
}

struct pair {
	unsigned char site[16], person[16];
	char path[64];
	int64_t home;
	int64_t areas[DEEP];
	int area_count;
};

static struct pair *pairs;
static size_t pair_count;

static void read_id(const char *text, unsigned char id[16])
{
	for (int i = 0; i < 16; i++) {
		while (*text == '-')
			text++;
		unsigned byte;
		sscanf(text, "%2x", &byte);
		id[i] = (unsigned char)byte;
		text += 2;
	}
}

static void read_pairs(const char *file)
{
	FILE *in = fopen(file, "r");
	char text[128];
	size_t space = 0;
	sqlite3_stmt *find = prepare("SELECT path, home FROM sites WHERE id = ?");
	if (!in)
		die(file);
	while (fgets(text, sizeof text, in)) {
		if (strlen(text) < PAIR - 1)
			continue;
		if (pair_count == space)
			pairs = realloc(pairs, (space = space ? space * 2 : 1024) * sizeof *pairs);
		struct pair *pair = &pairs[pair_count++];
		memset(pair, 0, sizeof *pair);
		read_id(text, pair->site);
		read_id(text + 37, pair->person);
		sqlite3_bind_blob(find, 1, pair->site, 16, SQLITE_STATIC);
		if (sqlite3_step(find) == SQLITE_ROW) {
			snprintf(pair->path, sizeof pair->path, "%s", (const char *)sqlite3_column_text(find, 0));
			pair->home = sqlite3_column_int64(find, 1);
		}
		sqlite3_reset(find);
		for (const char *at = pair->path; *at && pair->area_count < DEEP; at += 5) {
			char step[6] = "";
			memcpy(step, at, 5);
			pair->areas[pair->area_count++] = strtoll(step, NULL, 36);
		}
	}
	sqlite3_finalize(find);
	fclose(in);
}

struct cell {
	int64_t area, day, n;
	const char *measure, *name;
	int span;
	bool used;
};
static struct cell *cells;
static uint32_t touched[CELLS];
static size_t touched_count;

static void tally(int64_t area, const char *measure, int span, const char *name, int64_t day)
{
	uint64_t hash = ((uint64_t)area * 31 + (uint64_t)(uintptr_t)measure * 7 + (uint64_t)(uintptr_t)name * 3 + (uint64_t)day * 131 + (uint64_t)span) *
		0x9e3779b97f4a7c15u;
	uint32_t at = (uint32_t)(hash >> 40) & (CELLS - 1);
	for (;; at = (at + 1) & (CELLS - 1)) {
		struct cell *cell = &cells[at];
		if (!cell->used) {
			*cell = (struct cell){.area = area, .day = day, .n = 1, .measure = measure, .name = name, .span = span, .used = true};
			touched[touched_count++] = at;
			return;
		}
		if (cell->area == area && cell->measure == measure && cell->name == name && cell->day == day && cell->span == span) {
			cell->n++;
			return;
		}
	}
}

static int order(const void *one, const void *other)
{
	const struct cell *a = &cells[*(const uint32_t *)one], *b = &cells[*(const uint32_t *)other];
	if (a->area != b->area)
		return a->area < b->area ? -1 : 1;
	int name = strcmp(a->measure, b->measure);
	if (name || a->span != b->span)
		return name ? name : a->span - b->span;
	name = strcmp(a->name, b->name);
	return name ? name : a->day < b->day ? -1 : a->day > b->day;
}

static void flush(sqlite3_stmt *upsert)
{
	qsort(touched, touched_count, sizeof *touched, order);
	for (size_t i = 0; i < touched_count; i++) {
		struct cell *cell = &cells[touched[i]];
		sqlite3_bind_int64(upsert, 1, cell->area);
		sqlite3_bind_text(upsert, 2, cell->measure, -1, SQLITE_STATIC);
		sqlite3_bind_int(upsert, 3, cell->span);
		sqlite3_bind_text(upsert, 4, cell->name, -1, SQLITE_STATIC);
		sqlite3_bind_int64(upsert, 5, cell->day);
		sqlite3_bind_int64(upsert, 6, cell->n);
		run(upsert);
		cell->used = false;
	}
	touched_count = 0;
}

static void make_id(unsigned char id[16])
{
	static uint64_t last;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	uint64_t stamp = ((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000) << 12;
	last = stamp > last ? stamp : last + 1;
	uint64_t high = last >> 12 << 16 | 0x7000 | (last & 0xfff), low = (random_bits() >> 2) | UINT64_C(1) << 63;
	for (int i = 0; i < 8; i++) {
		id[i] = (unsigned char)(high >> (56 - 8 * i));
		id[8 + i] = (unsigned char)(low >> (56 - 8 * i));
	}
}

static const char *id_text(const unsigned char id[16], char text[37])
{
	static const char hex[] = "0123456789abcdef";
	char *at = text;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*at++ = '-';
		*at++ = hex[id[i] >> 4];
		*at++ = hex[id[i] & 15];
	}
	*at = '\0';
	return text;
}

/* Bytes like a sealed value of this many letters, and their base64: what they say does not matter, how long they are does. */
static void seal(unsigned char bytes[64], char text[96], int size)
{
	for (int i = 0; i < 40 + size; i += 8) {
		uint64_t bits = random_bits();
		memcpy(bytes + i, &bits, 8);
	}
	int count = (40 + size + 2) / 3 * 4;
	for (int i = 0; i < count; i++)
		text[i] = (char)('A' + (bytes[i % 40] & 15));
	text[count] = '\0';
}

struct statements {
	sqlite3_stmt *row, *history, *upsert;
};

static int64_t sequence;
static unsigned char who[16];

static void insert(const struct statements *to, const struct pair *pair, int64_t day, int64_t stamp)
{
	static const int sizes[4] = {3, 4, 8, 1};
	unsigned char id[16], sealed[4][64], hash[32] = {1};
	char texts[4][96], site[37], person[37], change[1024];
	make_id(id);
	for (int i = 0; i < 4; i++)
		seal(sealed[i], texts[i], sizes[i]);
	sqlite3_stmt *row = to->row, *history = to->history;
	sqlite3_bind_blob(row, 1, id, 16, SQLITE_STATIC);
	sqlite3_bind_int(row, 2, 1);
	sqlite3_bind_blob(row, 3, who, 16, SQLITE_STATIC);
	sqlite3_bind_int64(row, 4, pair->home);
	sqlite3_bind_text(row, 5, pair->path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(row, 6, stamp);
	sqlite3_bind_blob(row, 7, who, 16, SQLITE_STATIC);
	sqlite3_bind_int64(row, 8, stamp);
	sqlite3_bind_int64(row, 9, day);
	sqlite3_bind_int64(row, 10, INT64_C(1000000));
	sqlite3_bind_blob(row, 11, pair->site, 16, SQLITE_STATIC);
	sqlite3_bind_blob(row, 12, pair->person, 16, SQLITE_STATIC);
	sqlite3_bind_int64(row, 13, day);
	for (int i = 0; i < 4; i++)
		sqlite3_bind_blob(row, 14 + i, sealed[i], 40 + sizes[i], SQLITE_STATIC);
	run(row);
	int size = snprintf(change, sizeof change,
		"{\"after\":{\"site\":\"%s\",\"person\":\"%s\",\"day\":\"2020-03-05\",\"temperature\":{\"sealed\":\"%s\"},\"symptoms\":{\"sealed\":\"%s\"},"
		"\"result\":{\"sealed\":\"%s\"},\"feverish\":{\"sealed\":\"%s\"}}}",
		id_text(pair->site, site), id_text(pair->person, person), texts[0], texts[1], texts[2], texts[3]);
	memcpy(hash, id, 16);
	sqlite3_bind_int64(history, 1, ++sequence);
	sqlite3_bind_int64(history, 2, stamp);
	sqlite3_bind_blob(history, 3, who, 16, SQLITE_STATIC);
	sqlite3_bind_blob(history, 4, id, 16, SQLITE_STATIC);
	sqlite3_bind_text(history, 5, pair->path, -1, SQLITE_STATIC);
	sqlite3_bind_blob(history, 6, id, 16, SQLITE_STATIC);
	sqlite3_bind_text(history, 7, change, size, SQLITE_STATIC);
	sqlite3_bind_blob(history, 8, id, 16, SQLITE_STATIC);
	sqlite3_bind_blob(history, 9, hash, 32, SQLITE_STATIC);
	sqlite3_bind_int64(history, 10, pair->home);
	run(history);
	const char *result = random_bits() % 50 ? "negative" : "pending";
	bool fever = random_bits() % 500 == 0;
	for (int i = 0; i < pair->area_count; i++)
		for (int span = 0; span < 2; span++) {
			int64_t on = span ? day - day % MONTH : day;
			tally(pair->areas[i], "health_checked", span, result, on);
			if (fever)
				tally(pair->areas[i], "health_feverish", span, "", on);
		}
}

static int rows(char **words)
{
	char path[4096];
	size_t count = strtoull(words[2], NULL, 10), per = strtoull(words[3], NULL, 10), days = strtoull(words[4], NULL, 10), kept = 0;
	snprintf(path, sizeof path, "%s/muster.db", words[0]);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), path);
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-131072", NULL, NULL, NULL),
		"settings");
	cells = calloc(CELLS, sizeof *cells);
	read_pairs(words[1]);
	sqlite3_stmt *last = prepare("SELECT coalesce(max(seq), 0) FROM history WHERE slot = 0"), *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
	sqlite3_step(last);
	sequence = sqlite3_column_int64(last, 0);
	sqlite3_finalize(last);
	struct statements to = {
		prepare("INSERT INTO health_records (id, version, incident, home, path, made_at, made_by, changed_at, since, next_day, site, person, day, temperature, "
			"symptoms, result, feverish) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
		prepare("INSERT INTO history (slot, seq, at, who, record, row, version, path, deed, action, change, body, hash, home) VALUES "
			"(0,?,?,?,'health',?,1,?,?,'made',?,?,?,?)"),
		prepare("INSERT INTO tallies (area, measure, span, cell, day, n) VALUES (?,?,?,?,?,?) ON CONFLICT (area, measure, span, cell, day) DO UPDATE SET n = "
			"tallies.n + excluded.n"),
	};
	double processor = processor_seconds();
	int64_t from = now_us();
	while (kept < count) {
		run(begin);
		for (size_t i = 0; i < per && kept < count; i++, kept++)
			insert(&to, &pairs[random_bits() % pair_count], 18326 - (int64_t)(random_bits() % days), INT64_C(1583373600000));
		flush(to.upsert);
		run(commit);
	}
	double seconds = (double)(now_us() - from) / 1e6;
	printf("{\"rows\":%zu,\"per\":%zu,\"seconds\":%.3f,\"rows_per_second\":%.1f,\"own_seconds\":%.3f}\n", kept, per, seconds, (double)kept / seconds,
		processor_seconds() - processor);
	return 0;
}

/* --- append */

static int compare(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

static int append(char **words)
{
	size_t count = strtoull(words[1], NULL, 10);
	int64_t *times = calloc(count, sizeof *times);
	static char page[4096];
	int file = open(words[0], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (file < 0)
		die(words[0]);
	for (size_t i = 0; i < count; i++) {
		int64_t from = now_us();
		if (write(file, page, sizeof page) != sizeof page || fdatasync(file) != 0)
			die("append");
		times[i] = now_us() - from;
	}
	close(file);
	unlink(words[0]);
	qsort(times, count, sizeof *times, compare);
	printf("{\"appends\":%zu,\"p50_us\":%lld,\"p99_us\":%lld}\n", count, (long long)times[count / 2], (long long)times[count * 99 / 100]);
	return 0;
}

/* --- http */

struct line {
	int socket;
	size_t size;
	char text[16 * 1024];
};

/* Bytes of the first whole request; 0: not yet there. */
static size_t request_size(const struct line *line)
{
	const char *end = memmem(line->text, line->size, "\r\n\r\n", 4);
	if (!end)
		return 0;
	const char *length = strcasestr(line->text, "\r\nContent-Length:");
	size_t whole = (size_t)(end - line->text) + 4 + (length && length < end ? strtoull(length + 17, NULL, 10) : 0);
	return whole <= line->size ? whole : 0;
}

static bool serve(struct line *line)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
	ssize_t got = recv(line->socket, line->text + line->size, sizeof line->text - 1 - line->size, 0);
	if (got <= 0)
		return got < 0 && errno == EAGAIN;
	line->size += (size_t)got;
	line->text[line->size] = '\0';
	for (size_t whole; (whole = request_size(line)) != 0;) {
		if (send(line->socket, answer, sizeof answer - 1, MSG_NOSIGNAL) != (ssize_t)sizeof answer - 1)
			return false;
		memmove(line->text, line->text + whole, line->size - whole + 1);
		line->size -= whole;
	}
	return line->size < sizeof line->text - 1;
}

static void greet(int poller, int listener)
{
	int one = 1, socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (socket < 0)
		return;
	setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	struct line *line = calloc(1, sizeof *line);
	line->socket = socket;
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = line};
	epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
}

static int http(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), poller = epoll_create1(EPOLL_CLOEXEC);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0)
		die("listen");
	getsockname(listener, (struct sockaddr *)&address, &size);
	printf("{\"port\":%d}\n", ntohs(address.sin_port));
	fflush(stdout);
	struct epoll_event listens = {.events = EPOLLIN, .data.ptr = NULL}, ends = {.events = EPOLLIN, .data.ptr = &size};
	epoll_ctl(poller, EPOLL_CTL_ADD, listener, &listens);
	epoll_ctl(poller, EPOLL_CTL_ADD, 0, &ends);
	for (;;) {
		struct epoll_event events[256];
		int got = epoll_wait(poller, events, 256, -1);
		for (int i = 0; i < got; i++) {
			if (events[i].data.ptr == &size)
				return 0;
			if (!events[i].data.ptr)
				greet(poller, listener);
			else if (!serve(events[i].data.ptr)) {
				close(((struct line *)events[i].data.ptr)->socket);
				free(events[i].data.ptr);
			}
		}
	}
}

int main(int count, char **words)
{
	struct timespec seed;
	clock_gettime(CLOCK_REALTIME, &seed);
	chance ^= (uint64_t)seed.tv_nsec * 0x2545f4914f6cdd1du;
	if (count == 7 && strcmp(words[1], "rows") == 0)
		return rows(words + 2);
	if (count == 4 && strcmp(words[1], "append") == 0)
		return append(words + 2);
	if (count == 2 && strcmp(words[1], "http") == 0)
		return http();
	fputs("ceiling rows STORE PAIRS COUNT PER DAYS | append FILE COUNT | http\n", stderr);
	return 2;
}
