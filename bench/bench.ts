/**
 * `npm run bench`: a training step of ours beside stock tfjs (and other peers), same weights, same batch, each in a
 * fresh Chromium. Prints tables with ratios and writes them to `bench/results/latest.md` and `latest.json`; with
 * `--record` also to `recorded.md`, which is kept with the project: for a quiet machine only.
 *
 *   npm run bench -- [--configs nano,micro] [--devices wasm,webgpu] [--steps 20] [--repeat 3] [--peer name=module.mjs] [--no-scaling] [--record]
 *
 * `webgpu` is whatever adapter the browser has (a software one where there is no GPU).
 */
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stepFlops } from '../src/experiment/cost/cost.ts';
import { BrowserCells } from './lib/browser-cells.ts';
import { adapterOf, goalsTable } from './lib/goals.ts';
import { SIZES } from './lib/job.ts';
import { median } from './lib/median.ts';
import { writeResult } from './lib/results.ts';
import type { CellResult } from './lib/stopwatch.ts';
import type { StopwatchSizes } from './lib/stopwatch-session.ts';

const { values: options } = parseArgs({
  options: {
    configs: { type: 'string', default: 'nano,micro' },
    devices: { type: 'string', default: 'wasm,webgpu' },
    steps: { type: 'string', default: '20' },
    repeat: { type: 'string', default: '3' },
    peer: { type: 'string', multiple: true, default: [] },
    'no-scaling': { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});

/** One size grown at a time. */
const SCALING: readonly StopwatchSizes[] = [
  ...[32, 64, 128, 256].map((D) => ({ V: 512, D, F: 2 * D, H: D / 16, K: 16, L: 2, B: 8, S: 32, T: 16 })),
  ...[4, 6].map((L) => ({ V: 512, D: 64, F: 128, H: 4, K: 16, L, B: 8, S: 32, T: 16 })),
  ...[16, 32, 64].map((B) => ({ V: 512, D: 64, F: 128, H: 4, K: 16, L: 2, B, S: 32, T: 16 })),
];
/** Seconds after which a cell is given up. */
const LIMIT = 180;

interface Row {
  readonly config: string;
  readonly device: string;
  readonly contestant: string;
  readonly results: readonly CellResult[];
  readonly error: string | undefined;
}

const flops = ({ V, D, F, H, K, L, B, S, T }: StopwatchSizes): number =>
  stepFlops(
    { d: D, ff: F, heads: H, dkv: K, layers: L },
    { vocabulary: V, sourceLength: S, targetLength: T, buckets: 32, gated: true, tied: false },
    B,
    'adam',
  );
const of = (row: Row, key: 'ms' | 'minMs' | 'firstMs' | 'blockedMs'): number => median(row.results.map((result) => result[key]));
const ms = (value: number): string => (Number.isNaN(value) ? '–' : value < 10 ? value.toFixed(2) : value.toFixed(1));

async function sideBySide(cells: BrowserCells, contestants: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const config of options.configs.split(',')) {
    for (const device of options.devices.split(',')) {
      const found = new Map(contestants.map((name) => [name, { results: [] as CellResult[], error: undefined as string | undefined }]));
      // Repeats interleaved, so that a slow minute of the machine meets everyone.
      for (let i = 0; i < Number(options.repeat); i++) {
        for (const [contestant, entry] of found) {
          if (entry.error !== undefined) continue;
          try {
            entry.results.push(await cells.time(contestant, { device, sizes: config, steps: Number(options.steps), warmup: 2 }, LIMIT));
          } catch (error) {
            entry.error = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
          }
          console.error(`${config} ${device} ${contestant}: ${entry.error ?? `${ms(entry.results.at(-1)?.ms ?? Number.NaN)} ms`}`);
        }
      }
      for (const [contestant, entry] of found) rows.push({ config, device, contestant, ...entry });
    }
  }
  return rows;
}

function sideBySideTable(rows: readonly Row[]): string[] {
  const lines = [
    '| config | device | contestant | first step ms | ms a step (fastest) | thread blocked ms | dispatches / submits | first loss | × stock, median (fastest) |',
    '|---|---|---|---:|---:|---:|---:|---:|---:|',
  ];
  for (const row of rows) {
    const head = `| ${row.config} | ${row.device} | ${row.contestant} |`;
    const first = row.results[0];
    if (!first) {
      lines.push(`${head} failed: ${row.error} ||||||`);
      continue;
    }
    const stock = rows.find((other) => other.config === row.config && other.device === row.device && other.contestant === 'stock');
    const fastest = (other: Row): number => Math.min(...other.results.map((result) => result.minMs));
    const ratio =
      stock && stock.results.length > 0 && row !== stock
        ? `${(of(stock, 'ms') / of(row, 'ms')).toFixed(1)} (${(fastest(stock) / fastest(row)).toFixed(1)})`
        : '';
    const commands = first.submits > 0 ? `${first.dispatches} / ${first.submits}` : '–';
    lines.push(
      `${head} ${ms(of(row, 'firstMs'))} | ${ms(of(row, 'ms'))} (${ms(fastest(row))}) | ${ms(of(row, 'blockedMs'))} | ${commands} | ${first.losses[0]?.toFixed(6)} | ${ratio} |`,
    );
  }
  return lines;
}

async function scalingTable(cells: BrowserCells): Promise<string[]> {
  const lines: string[] = [];
  for (const device of options.devices.split(',')) {
    lines.push(
      '',
      `Ours on ${device}, one size grown at a time:`,
      '',
      '| d | layers | batch | MFLOP a step | fastest ms | GFLOP/s | peak of a 512³ product | share |',
      '|---:|---:|---:|---:|---:|---:|---:|---:|',
    );
    for (const sizes of SCALING) {
      const label = `| ${sizes.D} | ${sizes.L} + ${sizes.L} | ${sizes.B} | ${(flops(sizes) / 1e6).toFixed(0)} |`;
      try {
        const result = await cells.time('ours', { device, sizes, steps: device === 'wasm' ? 40 : 10, warmup: 3, peak: true }, LIMIT);
        const rate = flops(sizes) / result.minMs / 1e6;
        lines.push(
          `${label} ${ms(result.minMs)} | ${rate.toFixed(1)} | ${result.peak?.toFixed(1)} | ${((100 * rate) / (result.peak ?? Number.NaN)).toFixed(0)} % |`,
        );
      } catch (error) {
        lines.push(`${label} failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)} ||||`);
      }
      console.error(lines.at(-1));
    }
  }
  return lines;
}

for (const config of options.configs.split(','))
  if (!SIZES[config]) throw new Error(`--configs ${config}: there are ${Object.keys(SIZES).join(', ')}`);
const peers = new Map(
  options.peer.map((text) => {
    const [name, path] = text.split('=');
    if (!name || !path) throw new Error(`--peer ${text}: it must be name=module.mjs`);
    return [name, resolve(path)];
  }),
);
/** Processes that wanted to run, on average over the last minute. */
const load = (): string => (loadavg()[0] ?? Number.NaN).toFixed(1);
const loadBefore = load();
const cells = await BrowserCells.start(peers);
try {
  const rows = await sideBySide(cells, ['stock', ...peers.keys(), 'ours']);
  const ours = (config: string, device: string): readonly CellResult[] | undefined =>
    rows.find((row) => row.contestant === 'ours' && row.config === config && row.device === device)?.results;
  const adapters = new Set(rows.flatMap((row) => (row.contestant === 'ours' ? [adapterOf(row.results) ?? 'none'] : [])));
  const title = `${new Date().toISOString().slice(0, 10)}; Chromium ${cells.version}; ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}; adapters: ${[...adapters].join(', ')}; median of ${options.repeat} × ${options.steps} steps. Load of the machine before and after: ${loadBefore}, ${load()}.`;
  const lines = ['# A training step (forward, backward, Adam)', '', title, '', ...sideBySideTable(rows)];
  lines.push('', 'Ours beside what we want of it:', '', ...goalsTable(ours, median));
  if (!options['no-scaling']) lines.push(...(await scalingTable(cells)));
  const text = `${lines.join('\n')}\n`;
  console.log(text);
  writeResult('latest.md', text);
  writeResult('latest.json', `${JSON.stringify({ title, rows }, null, 1)}\n`);
  if (options.record) writeResult('recorded.md', text);
} finally {
  cells.stop();
}
