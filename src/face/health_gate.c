/* A gate thermometer's file over HTTP: looked at first, then taken. */
#include "app/health_gate.h"
#include "app/rights.h"
#include "face/commands.h"
#include "face/health_rounds.h"
#include "face/import.h"

struct taking {
	struct round_write write;
	struct gate_file file;
	bool preview;
};

static void put_faults(struct json *json, const char *key, const struct gate_fault *list, int64_t count)
{
	json_key(json, key);
	json_open(json, '[');
	for (int64_t i = 0; i < count && i < GATE_SHOWN; i++) {
		json_open(json, '{');
		json_put_whole(json, "row", list[i].row);
		json_put(json, "number", list[i].number);
		json_put(json, "name", list[i].name);
		json_put(json, "detail", list[i].detail);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_file(struct json *json, const struct taking *taking)
{
	const struct gate_file *file = &taking->file;
	json_put_flag(json, "preview", taking->preview);
	json_put_whole(json, "readings", file->readings);
	json_put_whole(json, "people", file->people);
	json_put_whole(json, "fresh", (int64_t)file->word_count);
	json_put_whole(json, "known", file->known);
	json_put_whole(json, "feverish", file->feverish);
	json_put_whole(json, "other_day", file->other_day);
	json_put_whole(json, "unmatched_count", file->unmatched_count);
	put_faults(json, "unmatched", file->unmatched, file->unmatched_count);
	json_put_whole(json, "bad_count", file->bad_count);
	put_faults(json, "bad", file->bad, file->bad_count);
}

static enum status answer(struct call *call)
{
	const struct taking *taking = call->data;
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	put_file(&call->out, taking);
	if (!taking->preview)
		round_answer(call, &taking->write);
	json_close(&call->out, '}');
	return OK;
}

enum status command_health_gate(struct call *call)
{
	struct work *work = &call->work;
	struct row *site;
	struct health_round round;
	const void *bytes;
	size_t size;
	const char *preview = request_argument(call->request, "preview");
	struct taking *taking = arena_alloc(work->arena, sizeof *taking);
	taking->preview = preview && !text_same(preview, "0");
	if (round_enter(call, RIGHT_health_tell, &site, &taking->write.day) != OK)
		return work->status;
	if (taking->write.day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (import_bytes(call, work->arena, &bytes, &size) != OK || round_read(work, site, taking->write.day, false, &round) != OK ||
		gate_read(work, &round, bytes, size, &taking->file) != OK)
		return work->status;
	call->data = taking;
	if (taking->preview)
		return answer(call);
	taking->write.site = site->id;
	taking->write.way = "gate";
	taking->write.words = taking->file.words;
	taking->write.count = taking->file.word_count;
	store_release(work);
	return call_write(call, round_tell, &taking->write, taking->write.count + 1, answer);
}
