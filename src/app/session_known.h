/* Sessions and what their users may do where, remembered for a moment, so that a busy client is not looked up for every request. What is changed through
 * this server holds at once; what another one changed on the same store, within a second. */
#pragma once

#include "app/session.h"

struct session_memory;

struct session_memory *session_memory_new(void);
void session_memory_free(struct session_memory *memory);
/* As session_resume; borrows a reading connection by itself where it must look. */
bool session_known(struct session_memory *memory, struct work *work, const char *token, struct session *session);
