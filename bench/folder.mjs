// bench/folder.mjs: where the stores and results of the benchmarks lie.
import { join } from 'node:path';
import { top } from '../test/harness.mjs';

export const folder = process.env.BENCH_FOLDER ?? join(top, 'build/bench');
