/*
 * Any bytes as one part of an XLSX file whose other parts are good: what compression and checksums of a zip file keep a
 * fuzzer from reaching. The first byte chooses the part.
 */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/sheet.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char *const parts[][2] = {
	{"[Content_Types].xml", "<Types/>"},
	{"_rels/.rels", "<Relationships><Relationship Id='a' Type='" TYPE "officeDocument' Target='xl/w.xml'/></Relationships>"},
	{"xl/_rels/w.xml.rels",
		"<Relationships><Relationship Id='a' Type='" TYPE "worksheet' Target='s.xml'/><Relationship Id='b' Type='" TYPE
		"styles' Target='/xl/t.xml'/><Relationship Id='c' Type='" TYPE "sharedStrings' Target='h.xml'/></Relationships>"},
	{"xl/w.xml", "<workbook xmlns:r='r'><sheets><sheet name='1' r:id='a'/></sheets></workbook>"},
	{"xl/t.xml",
		"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy-mm-dd hh:mm'/></numFmts><cellXfs><xf numFmtId='0'/>"
		"<xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='20'/></cellXfs></styleSheet>"},
	{"xl/h.xml", "<sst><si><t>x_x000D_</t></si><si><r><t>y</t></r></si></sst>"},
	{"xl/s.xml",
		"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' s='1'><v>43895.5</v></c></row></sheetData></worksheet>"},
};

enum { PARTS = sizeof parts / sizeof *parts };

static char *pack(const uint8_t *bytes, size_t size, size_t chosen, size_t *packed)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	zip_source_keep(source);
	for (size_t i = 0; i < PARTS; i++) {
		const void *text = i == chosen ? (const void *)bytes : parts[i][1];
		zip_int64_t index = zip_file_add(zip, parts[i][0], zip_source_buffer(zip, text, i == chosen ? size : strlen(text), 0), 0);
		zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
	}
	zip_stat_t stat;
	if (zip_close(zip) != 0 || zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
		abort();
	char *out = malloc(stat.size);
	*packed = stat.size;
	if (zip_source_read(source, out, stat.size) != (zip_int64_t)stat.size)
		abort();
	zip_source_close(source);
	zip_source_free(source);
	return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 1)
		return 0;
	size_t packed;
	char *file = pack(bytes + 1, size - 1, PARTS - 1 - *bytes % PARTS, &packed);
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(file, packed, NULL, &error);
	struct sheet_row row;
	while (reader && sheet_reader_next(reader, &row) == SHEET_ROW)
		for (int i = 0; i < row.count; i++)
			if (row.cells[i].text[row.cells[i].size] || !text_valid(row.cells[i].text, row.cells[i].size))
				abort();
	sheet_reader_close(reader);
	free(file);
	return 0;
}
