#include "job/sender.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/message.h"
#include "app/session.h"
#include "base/child.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "net/client.h"
#include "record/store.h"

enum { EVERY_MS = 500, PATIENCE = 20 };

struct sender {
	struct store *store;
	struct sender_plan plan;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	_Atomic bool end;
};

static bool run_program(const char *program, const struct buf *body)
{
	char *const arguments[] = {(char *)program, NULL};
	FILE *in = tmpfile();
	if (!in)
		return false;
	fwrite(body->text, 1, body->size, in);
	int code = fflush(in) || fseek(in, 0, SEEK_SET) ? CHILD_FAILED : child_run(program, arguments, in, NULL, PATIENCE);
	fclose(in);
	return code == 0;
}

static bool post(const struct sender_plan *plan, struct arena *arena, const struct buf *body)
{
	struct client *client = client_new(plan->way);
	struct client_answer answer = client_send(client, arena, "POST", "", plan->token, "application/json", body->text, body->size);
	client_close(client);
	return answer.status >= 200 && answer.status < 300;
}

static bool send_one(const struct sender_plan *plan, struct arena *arena, const struct message *message)
{
	struct json json = json_new(arena);
	json_open(&json, '{');
	json_put(&json, "to", message->to);
	json_put(&json, "text", message->text);
	json_close(&json, '}');
	buf_end(&json.buf);
	return text_starts(plan->way, "http") ? post(plan, arena, &json.buf) : run_program(plan->way, &json.buf);
}

struct taking {
	struct message message;
	bool taken;
};

static enum status take(struct work *work, void *data)
{
	struct taking *taking = data;
	taking->taken = message_take(work, &taking->message);
	return OK;
}

static enum status end(struct work *work, void *data)
{
	message_end(work, *(struct id *)data);
	return OK;
}

/* Sends one message; false where none waits. */
static bool send_next(struct sender *sender)
{
	struct taking taking = {.taken = false};
	struct arena *arena = arena_new();
	struct work work = work_new(arena, sender->store);
	work.who = who_program();
	store_read(&work);
	bool due = message_due(&work);
	store_release(&work);
	if (due && store_write(&work, take, &taking) == OK && taking.taken) {
		bool sent = taking.message.to && send_one(&sender->plan, arena, &taking.message);
		if (sent || !taking.message.to)
			store_write(&work, end, &taking.message.id);
		else
			log_event(LOG_ERROR, "message", ",\"sent\":false,\"tries\":%lld", (long long)taking.message.tries);
	}
	arena_free(arena);
	return taking.taken;
}

/* With the lock held; true where the sender shall end. */
static bool rest(struct sender *sender)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += EVERY_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (!sender->end)
		pthread_cond_timedwait(&sender->ended, &sender->lock, &until);
	return sender->end;
}

static void *run(void *data)
{
	struct sender *sender = data;
	pthread_mutex_lock(&sender->lock);
	while (!rest(sender)) {
		pthread_mutex_unlock(&sender->lock);
		while (send_next(sender) && !sender->end)
			;
		pthread_mutex_lock(&sender->lock);
	}
	pthread_mutex_unlock(&sender->lock);
	return NULL;
}

struct sender *sender_start(struct store *store, const struct sender_plan *plan)
{
	struct sender *sender = calloc(1, sizeof *sender);
	if (!sender)
		abort();
	sender->store = store;
	sender->plan = *plan;
	pthread_mutex_init(&sender->lock, NULL);
	pthread_cond_init(&sender->ended, NULL);
	if (pthread_create(&sender->thread, NULL, run, sender) != 0)
		abort();
	return sender;
}

void sender_stop(struct sender *sender)
{
	if (!sender)
		return;
	pthread_mutex_lock(&sender->lock);
	sender->end = true;
	pthread_cond_signal(&sender->ended);
	pthread_mutex_unlock(&sender->lock);
	pthread_join(sender->thread, NULL);
	pthread_cond_destroy(&sender->ended);
	pthread_mutex_destroy(&sender->lock);
	free(sender);
}
