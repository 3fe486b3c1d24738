/* What batches of tests have told of one worker on a day: "batch=result,batch=result". Several may have tested the same worker, and each counts its own. */
#include <string.h>

#include "app/health_row.h"

enum { MOST = 12 };

static const char *list_of(const struct health *health)
{
	return GIVEN(health, health, tests) ? health->tests : "";
}

/* The result that a word of the list tells, where it is of this batch. */
static const char *told_by(const char *word, const char *batch)
{
	size_t length = strlen(batch);
	return !strncmp(word, batch, length) && word[length] == '=' ? word + length + 1 : NULL;
}

const char *health_test_of(struct work *work, const struct health *health, struct id batch)
{
	char id[ID_TEXT];
	const char *list = list_of(health), *word, *told = NULL;
	id_print(batch, id);
	while (!told && (word = text_word(work->arena, &list, ',')))
		told = told_by(word, id);
	return told;
}

static int weight(const char *result)
{
	return text_same(result, "positive") ? 3 : text_same(result, "pending") ? 2 : text_same(result, "negative") ? 1 : 0;
}

const char *health_tested(struct work *work, const struct health *health)
{
	const char *list = list_of(health), *word, *most = NULL;
	while ((word = text_word(work->arena, &list, ','))) {
		const char *told = strchr(word, '=');
		if (told && weight(told + 1) > weight(most))
			most = told + 1;
	}
	return most;
}

void health_test_put(struct work *work, struct health *health, struct id batch, const char *result)
{
	char id[ID_TEXT];
	struct buf left = {.arena = work->arena};
	const char *list = list_of(health), *word;
	int count = 0;
	bool positive = GIVEN(health, health, result) && text_same(health->result, "positive");
	/* told by no batch: whoever told it has to put it right */
	bool beside = positive && !text_same(health_tested(work, health), "positive");
	id_print(batch, id);
	buf_print(&left, "%s=%s", id, result);
	while ((word = text_word(work->arena, &list, ',')))
		if (*word && !told_by(word, id) && ++count < MOST)
			buf_print(&left, ",%s", word);
	SET(health, health, tests, V((const char *)buf_end(&left)));
	SET(health, health, result, V(beside ? "positive" : health_tested(work, health)));
}
