/* Text messages to phones: codes, and what became of a sign-up. They wait in the table `messages`, sealed under the key of the incident, until the sender (job/sender.h)
 * has sent them; then they are gone. */
#pragma once

#include "base/work.h"

struct message {
	struct id id;
	const char *to, *text; /* NULL: its key is gone */
	int64_t tries; /* this one counted */
};

/* Puts a message on its way. Nothing is sent where the write does not end well. Inside store_write. */
enum status message_put(struct work *work, const char *phone, const char *text);
/* Whether any is due. Needs work->db. */
bool message_due(struct work *work);
/* One message that is due, kept from other servers for a minute, then two, then four; false where there is none. Drops those that are older than a day. Inside store_write. */
bool message_take(struct work *work, struct message *message);
/* It was sent, or will never be. Inside store_write. */
void message_end(struct work *work, struct id id);
