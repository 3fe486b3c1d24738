#include "net/client.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct client {
	CURL *curl;
	char *base;
	int64_t match; /* 0: none */
};

void client_match(struct client *client, int64_t version)
{
	client->match = version;
}

struct client *client_new(const char *base)
{
	struct client *client = calloc(1, sizeof *client);
	if (!client || !(client->curl = curl_easy_init()) || !(client->base = strdup(base)))
		abort();
	return client;
}

void client_close(struct client *client)
{
	if (!client)
		return;
	curl_easy_cleanup(client->curl);
	free(client->base);
	free(client);
}

static size_t take(char *bytes, size_t one, size_t count, void *buf)
{
	buf_add(buf, bytes, one * count);
	return one * count;
}

static struct curl_slist *headers(struct arena *arena, const char *token, const char *type, int64_t match)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	if (token)
		list = curl_slist_append(list, arena_print(arena, "Authorization: Bearer %s", token));
	if (type)
		list = curl_slist_append(list, arena_print(arena, "Content-Type: %s", type));
	if (match)
		list = curl_slist_append(list, arena_print(arena, "If-Match: %lld", (long long)match));
	return list;
}

struct client_answer client_send(struct client *client, struct arena *arena, const char *method, const char *path, const char *token,
	const char *type, const void *body, size_t size)
{
	CURL *curl = client->curl;
	struct buf buf = {.arena = arena};
	struct curl_slist *list = headers(arena, token, type, client->match);
	long status = 0;
	client->match = 0;
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, arena_print(arena, "%s%s", client->base, path));
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &buf);
	if (body) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)size);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	}
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(list);
	if (code != CURLE_OK)
		return (struct client_answer){.text = curl_easy_strerror(code)};
	return (struct client_answer){.status = (int)status, .text = buf_end(&buf), .size = buf.size};
}
