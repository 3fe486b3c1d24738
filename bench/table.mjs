// bench/table.mjs: the one table, from what the parts left in results.json: build/bench.txt, and the same as JSON in build/bench.json. Fails where a floor
// is not reached.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../test/harness.mjs';
import { folder } from './folder.mjs';

const file = join(folder, 'results.json');
const all = existsSync(file) ? Object.values(JSON.parse(readFileSync(file, 'utf8'))) : [];
const meets = (line, limit) => limit === undefined || (line.at_most ? line.reached <= limit : line.reached >= limit);
const rows = all.map((line) => [line.what, line.against, line.goal ?? '-', line.floor ?? '-', `${line.reached}${line.unit ? ` ${line.unit}` : ''}`,
  !meets(line, line.floor) ? 'BELOW THE FLOOR' : !meets(line, line.goal) ? 'below the goal' : line.goal === undefined ? '' : 'reached', line.detail ?? '']);
const head = ['what', 'held against', 'goal', 'floor', 'reached', '', 'measured'];
const text = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
writeFileSync(join(top, 'build/bench.txt'), `${text}\n`);
writeFileSync(join(top, 'build/bench.json'), `${JSON.stringify(all.map((line) => ({ ...line, floor_reached: meets(line, line.floor), goal_reached: meets(line, line.goal) })), null, 1)}\n`);
console.log(`${text}\n\nin build/bench.txt, and as JSON in build/bench.json`);
process.exit(all.every((line) => meets(line, line.floor)) ? 0 : 1);
