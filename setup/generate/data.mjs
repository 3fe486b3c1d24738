// Writes the files of data/ as C: node data.mjs PATH. So the program carries what a new store begins with.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = process.argv[2]
if (!path) {
  console.error('data.mjs: tell the path of the C file to write')
  process.exit(2)
}

const folder = fileURLToPath(new URL('../../data/', import.meta.url))
const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')).sort()

const bytes = (name) => {
  // read and written again: no white space, and what is no JSON stops the build
  const text = Buffer.from(JSON.stringify(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))))
  return [...text, 0].join(',').replace(/(.{1,150}),/g, '$1,\n')
}

writeFileSync(
  path,
  `/* Written by setup/generate/data.mjs from data/. */
#include "base/data.h"

${names.map((name, i) => `static const unsigned char text_${i}[] = {\n${bytes(name)}};`).join('\n')}
const struct data_file data_files[] = {
${names.map((name, i) => `\t{"${name}", (const char *)text_${i}},`).join('\n')}
};
const size_t data_file_count = sizeof data_files / sizeof *data_files;
`,
)
