/* What a firm's own words make urgent goes up at once: an urgent report of the firm and the day, or a follow-up where one is open; liaisons and firm are told. */
#pragma once

#include "record/rows.h"

struct alarm {
	struct id site;
	int64_t day;
	const char *mark; /* names the chain of reports: one of each kind of alarm, firm and day is open at once */
	const char *setting; /* the setting that names the kind of news */
	const char *text; /* "English|中文": it is read by many */
	int64_t people; /* 0: not said */
	const char *notice; /* a code of notice_words.def */
	const struct row *about; /* what they are told about where no report can be made */
	struct id report; /* out: the first report of the chain; none */
};
/* What people wrote, to be named in such a text: it must not divide the languages. */
const char *alarm_plain(struct work *work, const char *text);
/* Inside store_write; as something that the program does by itself, not as part of the deed. */
enum status alarm_raise(struct work *work, struct alarm *alarm);
