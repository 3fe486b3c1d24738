#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sheet_inner.h"

/* Of the XML of one part. A cell nests seven deep; a token is a tag with its attributes, texts come in pieces. */
enum { CHUNK = 32 * 1024, DEEPEST = 64, LONGEST_TOKEN = 1024 * 1024 };

static bool damaged(struct sheet_pack *pack, const char *why)
{
	return sheet_fail(pack->error, 0, 0, "the XLSX file is damaged or cut off (%s)|XLSX 文件已损坏或不完整（%s）", why);
}

/*
 * libzip holds all entries of the directory in memory, so their number is looked at before it does: in every place that
 * could be the end record, for it is libzip that chooses among them.
 */
static bool entries_bounded(const struct sheet_pack *pack, const unsigned char *bytes, size_t size)
{
	size_t from = size > 66 * 1024 ? size - 66 * 1024 : 0;
	for (size_t at = from; at + 12 <= size; at++)
		if (!memcmp(bytes + at, "PK\5\6", 4) && (unsigned)(bytes[at + 10] | bytes[at + 11] << 8) > pack->limits->entries)
			return false;
	return true;
}

bool sheet_pack_open(struct sheet_pack *pack, const char *bytes, size_t size)
{
	if (!entries_bounded(pack, (const unsigned char *)bytes, size))
		return sheet_fail(
			pack->error, 0, 0, "the XLSX file has more than %u parts|XLSX 文件的组成部分超过 %u 个", pack->limits->entries);
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &why);
	if (source)
		pack->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (!pack->zip) {
		damaged(pack, zip_error_strerror(&why));
		zip_source_free(source);
	} else if (zip_get_num_entries(pack->zip, 0) > (zip_int64_t)pack->limits->entries) {
		sheet_fail(pack->error, 0, 0, "the XLSX file has more than %u parts|XLSX 文件的组成部分超过 %u 个", pack->limits->entries);
	}
	zip_error_fini(&why);
	return !pack->error->text[0];
}

bool sheet_pack_has(struct sheet_pack *pack, const char *name)
{
	return zip_name_locate(pack->zip, name, 0) >= 0;
}

void sheet_pack_close(struct sheet_pack *pack)
{
	if (pack->zip)
		zip_discard(pack->zip);
	pack->zip = NULL;
}

static const char *without_prefix(const char *name)
{
	const char *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

const char *sheet_attribute(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2)
		if (!strcmp(without_prefix(attributes[0]), name))
			return attributes[1];
	return NULL;
}

void sheet_part_stop(struct sheet_part *part)
{
	XML_StopParser(part->parser, XML_FALSE);
}

/* expat may call a handler or two more after it was told to stop. */
static bool refused(const struct sheet_part *part)
{
	return part->pack->error->text[0];
}

static void on_start(void *data, const char *element, const char **attributes)
{
	struct sheet_part *part = data;
	if (refused(part))
		return;
	if (++part->depth > DEEPEST) {
		sheet_fail(part->pack->error, 0, 0, "%s nests deeper than %d|%s 的嵌套超过 %d 层", part->name, DEEPEST);
		sheet_part_stop(part);
	} else if (part->start) {
		part->start(part, without_prefix(element), attributes);
	}
}

static void on_end(void *data, const char *element)
{
	struct sheet_part *part = data;
	part->depth--;
	if (part->end && !refused(part))
		part->end(part, without_prefix(element));
}

static void on_text(void *data, const char *text, int size)
{
	struct sheet_part *part = data;
	if (part->text && !refused(part))
		part->text(part, text, size);
}

static void on_doctype(void *data, const char *name, const char *system, const char *public, int inner)
{
	struct sheet_part *part = data;
	(void)name;
	(void)system;
	(void)public;
	(void)inner;
	sheet_fail(part->pack->error, 0, 0, "%s has a DOCTYPE, which no spreadsheet has|%s 含有 DOCTYPE 声明，表格文件不允许", part->name);
	sheet_part_stop(part);
}

static bool open_file(struct sheet_part *part, zip_int64_t index)
{
	struct sheet_pack *pack = part->pack;
	zip_stat_t stat;
	zip_stat_init(&stat);
	if (zip_stat_index(pack->zip, (zip_uint64_t)index, 0, &stat) != 0)
		return damaged(pack, part->name);
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
		return sheet_fail(
			pack->error, 0, 0, "the file is protected with a password; save it without one|文件已加密，请取消密码后另存再上传");
	/* Other methods than these two are allowed nowhere in OPC, and some need much memory. */
	if ((stat.valid & ZIP_STAT_COMP_METHOD) && stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
		return damaged(pack, part->name);
	part->size = stat.size;
	part->folded = stat.comp_size;
	part->file = zip_fopen_index(pack->zip, (zip_uint64_t)index, 0);
	return part->file || damaged(pack, part->name);
}

bool sheet_part_open(struct sheet_part *part, struct sheet_pack *pack, const char *name)
{
	part->pack = pack;
	snprintf(part->name, sizeof part->name, "%s", name);
	zip_int64_t index = zip_name_locate(pack->zip, name, 0);
	if (index < 0)
		return damaged(pack, part->name);
	if (!open_file(part, index))
		return false;
	part->parser = XML_ParserCreate(NULL);
	if (!part->parser)
		abort();
	XML_SetUserData(part->parser, part);
	XML_SetElementHandler(part->parser, on_start, on_end);
	XML_SetCharacterDataHandler(part->parser, on_text);
	XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
	return true;
}

static bool count_unfolded(struct sheet_part *part, uint64_t more)
{
	const struct sheet_limits *limits = part->pack->limits;
	part->unfolded += more;
	part->pack->unfolded += more;
	if (part->pack->unfolded > limits->unfolded ||
		(part->unfolded > limits->ratio_from && part->unfolded / limits->ratio > part->folded))
		return sheet_fail(part->pack->error, 0, 0, "the XLSX file unfolds to too much (%s)|XLSX 文件解压后过大（%s）", part->name);
	return true;
}

static enum XML_Status feed(struct sheet_part *part)
{
	/* What expat has not told yet is one unfinished token, which it keeps in memory. Asked before XML_GetBuffer forgets it. */
	if (part->unfolded > LONGEST_TOKEN && (XML_Index)part->unfolded - XML_GetCurrentByteIndex(part->parser) > LONGEST_TOKEN) {
		sheet_fail(part->pack->error, 0, 0, "%s holds a tag that is too long|%s 含有过长的标签", part->name);
		return XML_STATUS_ERROR;
	}
	void *buffer = XML_GetBuffer(part->parser, CHUNK);
	if (!buffer)
		return XML_STATUS_ERROR;
	zip_int64_t size = zip_fread(part->file, buffer, CHUNK);
	if (size < 0) {
		damaged(part->pack, part->name);
		return XML_STATUS_ERROR;
	}
	if (!count_unfolded(part, (uint64_t)size))
		return XML_STATUS_ERROR;
	part->last = size == 0;
	return XML_ParseBuffer(part->parser, (int)size, part->last);
}

enum sheet_run sheet_part_run(struct sheet_part *part)
{
	enum XML_Status status = XML_STATUS_OK;
	if (part->paused) {
		part->paused = false;
		status = XML_ResumeParser(part->parser);
	}
	while (status == XML_STATUS_OK && !part->last)
		status = feed(part);
	if (part->pack->error->text[0])
		return PART_FAILED;
	if (status == XML_STATUS_SUSPENDED) {
		part->paused = true;
		return PART_PAUSED;
	}
	if (status == XML_STATUS_OK)
		return PART_DONE;
	char why[256];
	snprintf(why, sizeof why, "%.100s: %s", part->name, XML_ErrorString(XML_GetErrorCode(part->parser)));
	damaged(part->pack, why);
	return PART_FAILED;
}

void sheet_part_pause(struct sheet_part *part)
{
	XML_StopParser(part->parser, XML_TRUE);
}

void sheet_part_close(struct sheet_part *part)
{
	if (part->parser)
		XML_ParserFree(part->parser);
	if (part->file)
		zip_fclose(part->file);
	part->parser = NULL;
	part->file = NULL;
}

bool sheet_part_read(struct sheet_part *part, struct sheet_pack *pack, const char *name)
{
	bool fine = sheet_part_open(part, pack, name) && sheet_part_run(part) == PART_DONE;
	sheet_part_close(part);
	return fine;
}
