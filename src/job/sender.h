/* The thread that sends text messages (app/message.h) by the way that the operator chose. */
#pragma once

struct store;
struct sender;

/* How messages are sent. The texts outlive the sender. */
struct sender_plan {
	const char *
		way; /* a program ("/usr/local/bin/send-sms"), run once a message with {"to","text"} on its standard input, 0 is sent; or an address
	                    ("https://…"), which is sent the same by POST, 2xx is sent */
	const char *token; /* for an address: sent as Authorization: Bearer; NULL: none */
};

/* Looks every half second for what waits. What could not be sent is tried again after one, two, four … minutes, for a day. */
struct sender *sender_start(struct store *store, const struct sender_plan *plan);
/* Waits for the message under way. NULL is allowed. */
void sender_stop(struct sender *sender);
