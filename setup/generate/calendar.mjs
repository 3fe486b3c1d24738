// Writes the working calendar as C: node calendar.mjs PATH. Days off and made-up working days come from npm chinese-days.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const path = process.argv[2]
if (!path) {
  console.error('calendar.mjs: tell the path of the C file to write')
  process.exit(2)
}

const dist = dirname(createRequire(import.meta.url).resolve('chinese-days'))
const { holidays, workdays } = JSON.parse(readFileSync(join(dist, 'chinese-days.json'), 'utf8'))

const days = new Map()
const add = (dates, working) => {
  for (const date of Object.keys(dates)) {
    const stamp = Date.parse(`${date}T00:00:00Z`)
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(stamp)) throw new Error(`no day: ${date}`)
    if (days.has(date)) throw new Error(`a holiday and a working day: ${date}`)
    days.set(date, { day: stamp / 86400000, working })
  }
}
add(holidays, false)
add(workdays, true)

// A year counts as covered when its National Day is in: the notice of the State Council gives a year as a whole.
const years = [...new Set([...days.keys()].map((date) => Number(date.slice(0, 4))))].sort((a, b) => a - b)
const covered = years.filter((year) => days.has(`${year}-10-01`))
if (days.size < 700 || covered.at(-1) - covered[0] + 1 !== covered.length) throw new Error('chinese-days does not hold what it did')

const rows = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, { day, working }]) => `\t{ ${day}, ${working} }, /* ${date} */`)
writeFileSync(
  path,
  `/* Written by setup/generate/calendar.mjs from npm chinese-days (MIT). */
#include "base/calendar.h"

const int calendar_first_year = ${covered[0]}, calendar_last_year = ${covered.at(-1)};
const struct calendar_day calendar_table[] = {
${rows.join('\n')}
};
const size_t calendar_table_count = sizeof calendar_table / sizeof *calendar_table;
`,
)
