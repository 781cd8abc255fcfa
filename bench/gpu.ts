/**
 * `npm run bench:gpu`: what a training step costs on the WebGPU adapter that Dawn finds under Node, without a browser:
 * waiting for every loss, and with the steps queued; dispatches, waits of the host, and the share of what the card
 * itself reaches in a product of square matrices. Written to `bench/results/gpu-<adapter>.md`.
 *
 *   npm run bench:gpu -- [--profile] [--rows nano,d512] [--seconds 80] [--products 512,1024] [--hardware] [--kernels hardware]
 *
 * `--profile` adds where the time goes, by kernel; `--seconds` is about how long the whole may take, rows that do not
 * fit are named; `--hardware` refuses to measure a software adapter; `--kernels hardware` runs the kernels meant for
 * hardware on any adapter. A software adapter is never called hardware: its file is called `gpu-software-…`.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { dawnGpu } from '../src/cli/command/dawn.ts';
import { Graph } from '../src/engine/graph.ts';
import { makeLayout } from '../src/engine/layout.ts';
import { type Gpu, probeGpu } from '../src/engine/webgpu/gpu.ts';
import { createWebGPUDevice, type WebGPUDevice } from '../src/engine/webgpu/webgpu-device.ts';
import type { WebGPUProgram } from '../src/engine/webgpu/webgpu-program.ts';
import { flopsOf, GPU_ROWS } from './lib/gpu-rows.ts';
import { stopwatchJob } from './lib/job.ts';
import { median } from './lib/median.ts';
import { writeResult } from './lib/results.ts';
import { StopwatchSession, type StopwatchSizes } from './lib/stopwatch-session.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: Object.keys(GPU_ROWS).join(',') },
    products: { type: 'string', default: '512,1024,2048,4096' },
    seconds: { type: 'string', default: '80' },
    profile: { type: 'boolean', default: false },
    hardware: { type: 'boolean', default: false },
    kernels: { type: 'string', default: 'auto' },
  },
});
const until = performance.now() + 1000 * Number(options.seconds);
const secondsLeft = (): number => (until - performance.now()) / 1000;
const message = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));

/** Timestamps as they are: Dawn rounds them to 0.1 ms else. */
const TOGGLES = ['disable-dawn-features=timestamp_quantization'];

async function openGpu(): Promise<Gpu> {
  const dawn = await dawnGpu(!options.hardware, TOGGLES);
  if ('reason' in dawn) throw new Error(`no WebGPU: ${dawn.reason.message}`);
  const probe = await probeGpu(dawn.gpu);
  if ('reason' in probe) throw new Error(`no WebGPU: ${probe.reason.message}`);
  if (options.hardware && probe.gpu.software)
    throw new Error(`--hardware: ${probe.gpu.description} is a software adapter, its figures say nothing of a GPU`);
  return probe.gpu;
}

/** All that the adapter says of itself. */
const nameOf = ({ info, description }: Gpu): string =>
  [...new Set([info.device, description, info.vendor, info.architecture])].filter((word) => word !== '').join(' · ');
const slugOf = (gpu: Gpu): string =>
  `gpu-${gpu.software ? 'software-' : ''}${(gpu.info.device || gpu.description)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)}`;

/** Milliseconds that a call takes until what it queued is done. */
async function finished(device: WebGPUDevice, call: () => void): Promise<number> {
  const before = performance.now();
  call();
  await device.finish();
  return performance.now() - before;
}

/** GFLOP/s of an n³ product in float32, the fastest of several rounds. */
async function productRate(device: WebGPUDevice, n: number): Promise<number> {
  const graph = new Graph(makeLayout(new Map()));
  const [a, b] = [graph.input('a', [n, n], 'float32'), graph.input('b', [n, n], 'float32')];
  graph.push('matmul', { a, b }, { c: graph.output('c', [n, n]) }, { transposeA: false, transposeB: false });
  const program = await device.compile(graph, {});
  try {
    program.setInput('a', new Float32Array(n * n).fill(0.5));
    program.setInput('b', new Float32Array(n * n).fill(0.25));
    const first = await finished(device, () => program.run());
    const once = await finished(device, () => program.run());
    const count = Math.max(1, Math.min(50, Math.floor(150 / Math.min(first, once))));
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3 && secondsLeft() > 0; round++) {
      const ms = await finished(device, () => {
        for (let i = 0; i < count; i++) program.run();
      });
      best = Math.min(best, ms / count);
    }
    return (2 * n ** 3) / Math.min(best, once) / 1e6;
  } finally {
    program.dispose();
  }
}

interface Row {
  readonly name: string;
  /** Milliseconds until the first step is done, its shaders compiled. */
  readonly first: number;
  /** Milliseconds a step, each loss waited for. */
  readonly waited: number;
  /** Milliseconds a step, nothing waited for but the last. */
  readonly queued: number;
  /** Milliseconds of JavaScript a queued step. */
  readonly encoding: number;
  readonly dispatches: number;
  /** Waits of the host a step where each loss is read. */
  readonly waits: number;
  readonly gflops: number;
  readonly loss: number;
  readonly profile: readonly string[];
}

async function timeRow(device: WebGPUDevice, name: string, sizes: StopwatchSizes): Promise<Row> {
  const start = performance.now();
  const session = await StopwatchSession.create(device, stopwatchJob('webgpu', sizes));
  try {
    const loss = await session.read(await session.step());
    const first = performance.now() - start;
    for (let i = 0; i < 2; i++) await session.step();
    const once = await finished(device, () => session.queue());
    const steps = Math.max(3, Math.min(200, Math.floor(600 / once)));
    const waitsBefore = device.waits;
    const times: number[] = [];
    for (let i = 0; i < steps; i++) {
      const before = performance.now();
      await session.step();
      times.push(performance.now() - before);
    }
    const waits = (device.waits - waitsBefore) / steps;
    const rounds: { readonly queued: number; readonly encoding: number }[] = [];
    for (let round = 0; round < 3; round++) {
      let encoding = 0;
      const ms = await finished(device, () => {
        const before = performance.now();
        for (let i = 0; i < steps; i++) session.queue();
        encoding = performance.now() - before;
      });
      rounds.push({ queued: ms / steps, encoding: encoding / steps });
      if (secondsLeft() < 0) break;
    }
    const queued = median(rounds.map((round) => round.queued));
    return {
      name,
      first,
      waited: median(times),
      queued,
      encoding: median(rounds.map((round) => round.encoding)),
      dispatches: session.program.calls,
      waits,
      gflops: flopsOf(sizes) / queued / 1e6,
      loss,
      profile: options.profile ? await profileOf(name, session.program as WebGPUProgram) : [],
    };
  } finally {
    session.release();
  }
}

/** Where the time of a step goes: each dispatch a pass of its own, of each the fastest of some runs. */
async function profileOf(name: string, program: WebGPUProgram): Promise<string[]> {
  const fastest: { readonly label: string; nanoseconds: number }[] = [];
  for (let run = 0; run < 5 && (run === 0 || secondsLeft() > 0); run++) {
    (await program.profile()).forEach(({ label, nanoseconds }, index) => {
      const known = fastest[index];
      if (known) known.nanoseconds = Math.min(known.nanoseconds, nanoseconds);
      else fastest.push({ label, nanoseconds });
    });
  }
  const kernels = new Map<string, { microseconds: number; count: number }>();
  for (const { label, nanoseconds } of fastest) {
    const known = kernels.get(label) ?? { microseconds: 0, count: 0 };
    kernels.set(label, { microseconds: known.microseconds + nanoseconds / 1000, count: known.count + 1 });
  }
  const total = [...kernels.values()].reduce((sum, { microseconds }) => sum + microseconds, 0);
  const lines = [...kernels]
    .toSorted(([, a], [, b]) => b.microseconds - a.microseconds)
    .map(
      ([label, { microseconds, count }]) =>
        `${microseconds.toFixed(0).padStart(9)} ${`${count} ×`.padStart(6)} ${(microseconds / count).toFixed(1).padStart(8)}  ${label}`,
    );
  return [
    `### ${name}: ${(total / 1000).toFixed(2)} ms in ${fastest.length} dispatches`,
    '',
    '```',
    'µs in all  count  µs each  kernel',
    ...lines,
    '```',
    '',
  ];
}

/** The command that was typed, so that its figures can be had again. */
const command = ['npm run bench:gpu', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));

if (!['auto', 'hardware'].includes(options.kernels)) throw new Error(`--kernels ${options.kernels}: it must be auto or hardware`);
const names = options.rows.split(',').filter((name) => name !== '');
for (const name of names) if (!GPU_ROWS[name]) throw new Error(`--rows ${name}: there are ${Object.keys(GPU_ROWS).join(', ')}`);
const gpu = await openGpu();
const device = await createWebGPUDevice(gpu, options.kernels === 'hardware' ? { hardwareKernels: true } : {});
console.error(`${nameOf(gpu)}${gpu.software ? ' (software, no GPU)' : ''}`);

const left: string[] = [];
const products: { readonly n: number; readonly rate: number }[] = [];
for (const n of options.products
  .split(',')
  .filter((text) => text !== '')
  .map(Number)) {
  if (secondsLeft() < 0) {
    left.push(`the product of ${n}`);
    continue;
  }
  try {
    products.push({ n, rate: await productRate(device, n) });
    console.error(`${n}³: ${products.at(-1)?.rate.toFixed(0)} GFLOP/s`);
  } catch (error) {
    left.push(`the product of ${n} (${message(error)})`);
  }
}
const peak = Math.max(...products.map(({ rate }) => rate));
const rows: Row[] = [];
for (const name of names) {
  if (secondsLeft() < 0) {
    left.push(name);
    continue;
  }
  try {
    const row = await timeRow(device, name, GPU_ROWS[name] as StopwatchSizes);
    rows.push(row);
    console.error(
      `${name}: ${ms(row.waited)} ms waited for, ${ms(row.queued)} queued (${ms(row.encoding)} of JavaScript), ${row.dispatches} dispatches`,
    );
  } catch (error) {
    left.push(`${name} (${message(error)})`);
    console.error(left.at(-1));
  }
}

const lines = [
  `# A training step on ${gpu.software ? 'a software adapter, no GPU' : 'a GPU'}: ${nameOf(gpu)}`,
  '',
  `${new Date().toISOString().slice(0, 10)}; Dawn under Node ${process.version}; host: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}${options.kernels === 'hardware' && gpu.software ? '; kernels meant for hardware' : ''}. \`${command}\`.`,
  '',
  '| n³ product in float32 | GFLOP/s |',
  '|---:|---:|',
  ...products.map(({ n, rate }) => `| ${n} | ${rate.toFixed(0)} |`),
  '',
  'A step is forward, backward and Adam. Waited: each loss read before the next step; queued: none is.',
  '',
  '| model | waited ms | queued ms | of it JavaScript | dispatches | waits a step | GFLOP/s | of the best product | first step ms | first loss |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...rows.map(
    (row) =>
      `| ${row.name} | ${ms(row.waited)} | ${ms(row.queued)} | ${ms(row.encoding)} | ${row.dispatches} | ${row.waits} | ${row.gflops.toFixed(row.gflops < 100 ? 1 : 0)} | ${((100 * row.gflops) / peak).toFixed(0)} % | ${row.first.toFixed(0)} | ${row.loss.toFixed(6)} |`,
  ),
  '',
  ...(left.length > 0 ? [`Left out: ${left.join('; ')}.`, ''] : []),
  ...rows.flatMap(({ profile }) => profile),
];
const text = `${lines.join('\n').trimEnd()}\n`;
console.log(text);
writeResult(`${slugOf(gpu)}.md`, text);
device.dispose();
process.exit(0);
