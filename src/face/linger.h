/* Answers to those who ask too often are held back for a second: a flood of requests then comes at the pace of its connections, and costs those who work next to nothing. No thread
 * waits meanwhile. */
#pragma once

#include <stdbool.h>

struct linger;
struct request;

struct linger *linger_start(void);
/* Sends the finished answer of a deferred request in a second. False where too many wait already, or it ends: then the caller sends it. Any thread. */
bool linger_add(struct linger *linger, struct request *request);
/* Sends all at once; takes no more. Before server_stop. */
void linger_stop(struct linger *linger);
void linger_free(struct linger *linger);
