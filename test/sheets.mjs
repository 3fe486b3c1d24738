// Sheets for tests: small XLSX files made by hand, good and hostile; CSV; imports followed to their end.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { until } from './harness.mjs';

const crc_table = Int32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const crc_of = crc32 ?? ((bytes) => {
  let crc = -1;
  for (const byte of bytes) crc = crc_table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
});

/** A zip file of {name: text or bytes}, deflated. */
export function zip(parts) {
  const files = [];
  const central = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc_of(bytes) >>> 0, 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    files.push(head, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, list, end]);
}

const ns = 'http://schemas.openxmlformats.org';
const escape = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letter = (column) => (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') + String.fromCharCode(65 + (column % 26));

/** An XLSX file of rows of texts and numbers; `sheet` in place of the rows' own XML. */
export function xlsx(rows, sheet) {
  const cell = (value, row, column) =>
    value === undefined || value === null || value === '' ? ''
      : typeof value === 'number' ? `<c r="${letter(column)}${row}"><v>${value}</v></c>`
      : `<c r="${letter(column)}${row}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
  const data = sheet ?? rows.map((row, i) => `<row r="${i + 1}">${row.map((value, j) => cell(value, i + 1, j)).join('')}</row>`).join('');
  return zip({
    '[Content_Types].xml': `<Types xmlns="${ns}/package/2006/content-types"/>`,
    '_rels/.rels': `<Relationships xmlns="${ns}/package/2006/relationships"><Relationship Id="r1" Type="${ns}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${ns}/spreadsheetml/2006/main" xmlns:r="${ns}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${ns}/package/2006/relationships"><Relationship Id="r1" Type="${ns}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${ns}/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`,
  });
}

/** The texts of a part of a zip file. */
export function unzip(bytes, wanted) {
  for (let at = bytes.length - 22; at >= 0; at--) {
    if (bytes.readUInt32LE(at) !== 0x06054b50) continue;
    let entry = bytes.readUInt32LE(at + 16);
    for (let i = bytes.readUInt16LE(at + 10); i > 0; i--) {
      const name = bytes.toString('utf8', entry + 46, entry + 46 + bytes.readUInt16LE(entry + 28));
      const local = bytes.readUInt32LE(entry + 42);
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      if (name === wanted) return inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(entry + 20))).toString('utf8');
      entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
    }
    break;
  }
  return null;
}

/** All that a sheet tells: its cells and its shared texts. */
export const sheet_text = (bytes) => ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'].map((part) => unzip(bytes, part) ?? '').join('');

/** CSV of rows. */
export const csv = (rows) => rows.map((row) => row.map((value) => (/[",\n]/.test(String(value ?? '')) ? `"${String(value).replaceAll('"', '""')}"` : value ?? '')).join(',')).join('\r\n') + '\r\n';

/** Sends a file and follows the job to its end: {state, result, problem, …}. */
export async function send_sheet(client, plural, bytes, query = {}, options = {}) {
  const { job } = await client.post(`/api/v1/${plural}:import`, bytes, { query, type: 'application/octet-stream', ...options });
  return until(async () => {
    const state = await client.get(`/api/v1/jobs/${job}`);
    return state.state === 'running' ? null : state;
  }, { ms: 60_000, every: 20, what: 'the import' });
}
