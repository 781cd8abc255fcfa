/**
 * `npm run bench:parallel`: two sources trained in one worker and in a worker each, on wasm: milliseconds a step of
 * both, and the gain. First the session alone, in threads of Node, then the built page (`npm run build` first) in
 * Chromium, where drawing, samples and the sharpness take their part. Workers are started whatever the number of cores.
 *
 *   npm run bench:parallel -- [--repeat 5] [--where node,page]
 *
 * Written to `bench/results/parallel.md`.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { FEWEST_CORES, FEWEST_FLOPS } from '../src/session/parallel/trainer-workers.ts';
import { median } from './lib/median.ts';
import { inPage } from './lib/parallel-page.ts';
import { inThreads } from './lib/parallel-threads.ts';
import type { ParallelRow, ParallelTime } from './lib/parallel-row.ts';
import { writeResult } from './lib/results.ts';

const { values: options } = parseArgs({
  options: { repeat: { type: 'string', default: '5' }, where: { type: 'string', default: 'node,page' } },
});

const model = (d: number) => ({ d, ff: 2 * d, heads: d / 16, dkv: 16, layers: 2 });
const ROWS: readonly ParallelRow[] = [
  { name: 'd 32, 2 + 2 layers, 64 examples, gd', model: model(32), batch: 'full', optimizer: 'gd', steps: 120 },
  { name: 'd 64, 2 + 2 layers, 64 examples, gd', model: model(64), batch: 'full', optimizer: 'gd', steps: 60 },
  { name: 'd 64, 2 + 2 layers, batch 64, Adam', model: model(64), batch: 64, optimizer: 'adam', steps: 60 },
  { name: 'd 128, 2 + 2 layers, batch 64, Adam', model: model(128), batch: 64, optimizer: 'adam', steps: 20 },
];

type Measure = (row: ParallelRow, apart: boolean) => Promise<ParallelTime>;

async function table(title: string, measure: Measure): Promise<string[]> {
  const lines = [
    `${title}:`,
    '',
    '| network | MFLOP a step | in one, ms a step | a worker each, ms a step | gain: median of pairs (least–most) | same bits |',
    '|---|---:|---:|---:|---:|---|',
  ];
  for (const row of ROWS) {
    const [one, each]: [ParallelTime[], ParallelTime[]] = [[], []];
    for (let round = 0; round < Number(options.repeat); round++) {
      // Turn and turn about, so that other load meets both.
      if (round % 2 === 0) one.push(await measure(row, false));
      each.push(await measure(row, true));
      if (round % 2 === 1) one.push(await measure(row, false));
    }
    const gains = one.map(({ milliseconds }, i) => milliseconds / (each[i]?.milliseconds ?? Number.NaN)).sort((a, b) => a - b);
    const of = (times: readonly ParallelTime[]): string => median(times.map(({ milliseconds }) => milliseconds)).toFixed(1);
    const same = new Set([...one, ...each].map(({ losses }) => losses)).size === 1;
    lines.push(
      `| ${row.name} | ${one[0]?.megaflops.toFixed(0)} | ${of(one)} | ${of(each)} | × ${median(gains).toFixed(2)} (${gains[0]?.toFixed(2)}–${gains.at(-1)?.toFixed(2)}) | ${same ? 'yes' : 'NO'} |`,
    );
    console.error(lines.at(-1));
  }
  return lines;
}

const where = options.where.split(',');
const stranger = where.find((place) => place !== 'node' && place !== 'page');
if (stranger !== undefined) throw new Error(`--where ${stranger}: there are node and page`);

const lines = [
  '# Two sources in one worker, and in a worker each',
  '',
  `WebAssembly, ${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}, ${new Date().toISOString().slice(0, 10)}; ${options.repeat} pairs, turn and turn about.`,
  `By itself a session does so from ${FEWEST_FLOPS / 1e6} MFLOP a step and ${FEWEST_CORES} threads on.`,
];
if (where.includes('node')) lines.push('', ...(await table('The session in Node', inThreads)));
if (where.includes('page')) {
  const page = await inPage();
  try {
    lines.push('', ...(await table(`The built page in Chromium ${page.version}`, page.measure)));
  } finally {
    await page.close();
  }
}
const text = `${lines.join('\n')}\n`;
console.log(text);
writeResult('parallel.md', text);
