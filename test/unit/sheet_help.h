/* Makes XLSX files in memory, part by part, good ones and hostile ones. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

#include "base/sheet.h"

struct bytes {
	char *at;
	size_t size;
};

struct part {
	const char *name;
	const char *text;
	size_t size; /* 0: strlen */
};

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const struct part part_types = {
	"[Content_Types].xml", XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 0};
static const struct part part_top = {"_rels/.rels",
	RELATIONS "<Relationship Id=\"r1\" Type=\"" RELATION_NS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", 0};
static const struct part part_relations = {"xl/_rels/workbook.xml.rels",
	RELATIONS "<Relationship Id=\"r1\" Type=\"" RELATION_NS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
		  "<Relationship Id=\"r2\" Type=\"" RELATION_NS "/worksheet\" Target=\"/xl/worksheets/../worksheets/sheet2.xml\"/>"
		  "<Relationship Id=\"r3\" Type=\"" RELATION_NS "/styles\" Target=\"styles.xml\"/>"
		  "<Relationship Id=\"r4\" Type=\"" RELATION_NS "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
	0};
static const struct part part_book = {"xl/workbook.xml",
	XML_HEAD "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" RELATION_NS "\"><sheets>"
		 "<sheet name=\"藏\" sheetId=\"1\" state=\"hidden\" r:id=\"r2\"/>"
		 "<sheet name=\"企业\" sheetId=\"2\" r:id=\"r1\"/></sheets></workbook>",
	0};
static const struct part part_styles = {"xl/styles.xml",
	XML_HEAD
	"<styleSheet xmlns=\"" MAIN_NS
	"\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
	"<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot;days&quot;\"/><numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/></numFmts>"
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
	"<xf numFmtId=\"165\"/><xf numFmtId=\"22\"/><xf numFmtId=\"166\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>",
	0};
static const struct part part_shared = {"xl/sharedStrings.xml",
	XML_HEAD "<sst xmlns=\"" MAIN_NS "\"><si><t>名称</t></si><si><r><t>甲</t></r><r><t xml:space=\"preserve\"> 乙</t></r>"
		 "<rPh sb=\"0\" eb=\"1\"><t>jia</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>",
	0};

static inline struct bytes make_zip(const struct part *parts, size_t count, int method)
{
	zip_error_t error;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	assert_non_null(zip);
	zip_source_keep(source);
	for (size_t i = 0; i < count; i++) {
		size_t size = parts[i].size ? parts[i].size : strlen(parts[i].text);
		zip_int64_t index = zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].text, size, 0), ZIP_FL_ENC_UTF_8);
		assert_true(index >= 0);
		zip_set_file_compression(zip, (zip_uint64_t)index, method, 0);
	}
	assert_int_equal(zip_close(zip), 0);
	struct bytes bytes = {NULL, 0};
	zip_stat_t stat;
	assert_int_equal(zip_source_stat(source, &stat), 0);
	bytes.size = stat.size;
	bytes.at = malloc(bytes.size);
	zip_source_open(source);
	assert_int_equal(zip_source_read(source, bytes.at, bytes.size), (zip_int64_t)bytes.size);
	zip_source_close(source);
	zip_source_free(source);
	return bytes;
}

/* A whole workbook around the rows of its first sheet. */
static inline struct bytes make_book(const char *rows)
{
	size_t room = strlen(rows) + 400;
	char *sheet = malloc(room);
	snprintf(sheet, room, XML_HEAD "<worksheet xmlns=\"" MAIN_NS "\"><cols><col/></cols><sheetData>%s</sheetData></worksheet>", rows);
	struct part parts[] = {part_types, part_top, part_relations, part_book, part_styles, part_shared,
		{"xl/worksheets/sheet1.xml", sheet, 0},
		{"xl/worksheets/sheet2.xml",
			"<x:worksheet xmlns:x=\"" MAIN_NS
			"\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>秘</x:t></x:is></x:c></x:row>"
			"</x:sheetData></x:worksheet>",
			0}};
	struct bytes bytes = make_zip(parts, sizeof parts / sizeof *parts, ZIP_CM_DEFLATE);
	free(sheet);
	return bytes;
}

/* Reads all rows into one text: "row:cell/cell\n", with the flags of a cell behind it as letters. */
static inline char *read_all(const void *bytes, size_t size, const struct sheet_options *options, struct sheet_error *error)
{
	static char out[65536];
	size_t used = 0;
	out[0] = '\0';
	struct sheet_reader *reader = sheet_reader_open(bytes, size, options, error);
	if (!reader)
		return NULL;
	struct sheet_row row;
	enum sheet_step step;
	while ((step = sheet_reader_next(reader, &row)) == SHEET_ROW) {
		used += (size_t)snprintf(out + used, used < sizeof out ? sizeof out - used : 0, "%lld:", (long long)row.number);
		for (int i = 0; i < row.count && used < sizeof out; i++) {
			unsigned flags = row.cells[i].flags;
			assert_int_equal(strlen(row.cells[i].text), row.cells[i].size);
			used += (size_t)snprintf(out + used, sizeof out - used, "%s%s%s%s%s%s%s%s", i ? "/" : "", row.cells[i].text,
				flags & SHEET_NUMBER ? "#" : "", flags & SHEET_DAY ? "~" : "", flags & SHEET_FORMULA ? "=" : "",
				flags & SHEET_ERROR ? "!" : "", flags & SHEET_BOOLEAN ? "?" : "", flags & SHEET_LOSSY ? "%" : "");
		}
		if (used + 1 < sizeof out)
			out[used++] = '\n', out[used] = '\0';
	}
	*error = *sheet_reader_error(reader);
	assert_true((step == SHEET_FAILED) == (error->text[0] != 0));
	assert_int_equal(sheet_reader_next(reader, &row), step);
	sheet_reader_close(reader);
	return step == SHEET_FAILED ? NULL : out;
}
