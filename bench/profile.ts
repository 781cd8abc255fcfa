/**
 * `npm run bench:profile -- [nano|micro]`: where the time of a training step on wasm goes, by kernel.
 * Of each call the fastest of all steps is taken, so that other work on the machine hardly shows; the timer itself
 * costs about 0.1 µs a call.
 */
import type { Kernels } from '../src/engine/wasm/kernels.ts';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';
import { SIZES, stopwatchJob } from './lib/job.ts';
import { StopwatchSession } from './lib/stopwatch-session.ts';

const name = process.argv[2] ?? 'micro';
const sizes = SIZES[name];
if (!sizes) throw new Error(`${name} is no configuration; there are ${Object.keys(SIZES).join(', ')}`);

const device = await nodeWasmDevice();
/** Calls of a step in order, with the fastest time of each in milliseconds. */
const fastest: { label: string; ms: number }[] = [];
let position = 0;
const holder = device as unknown as { kernels: Kernels };
const plain = holder.kernels as unknown as Record<string, (...values: number[]) => number>;
let timing = false;
holder.kernels = Object.fromEntries(
  Object.entries(plain).map(([kernel, call]) => [
    kernel,
    (...values: number[]) => {
      if (!timing) return call(...values);
      const label =
        kernel === 'matmul' ? `matmul ${values[7] ? 't' : 'n'}${values[8] ? 't' : 'n'} ${values[4]}×${values[5]}×${values[6]}` : kernel;
      const start = performance.now();
      const result = call(...values);
      const ms = performance.now() - start;
      const entry = fastest[position++];
      if (!entry) fastest.push({ label, ms });
      else entry.ms = Math.min(entry.ms, ms);
      return result;
    },
  ]),
) as unknown as Kernels;

const session = await StopwatchSession.create(device, stopwatchJob('wasm', sizes));
const losses: number[] = [];
for (let i = 0; i < 20; i++) losses.push(await session.read(session.step()));
let best = Number.POSITIVE_INFINITY;
for (let i = 0; i < 60; i++) {
  const start = performance.now();
  await session.read(session.step());
  best = Math.min(best, performance.now() - start);
}
timing = true;
for (let i = 0; i < 60; i++) {
  position = 0;
  await session.read(session.step());
}
const spent = new Map<string, { ms: number; calls: number }>();
for (const { label, ms } of fastest) {
  const entry = spent.get(label) ?? { ms: 0, calls: 0 };
  spent.set(label, { ms: entry.ms + ms, calls: entry.calls + 1 });
}
console.log(
  `${name}: best step ${best.toFixed(2)} ms, ${session.info.calls} calls; losses ${losses
    .slice(0, 3)
    .map((x) => x.toFixed(6))
    .join(' ')} … ${losses.at(-1)?.toFixed(4)}`,
);
const rows = [...spent].map(([label, entry]) => ({ label, ...entry })).sort((x, y) => y.ms - x.ms);
console.log(
  `${rows
    .reduce((total, row) => total + row.ms, 0)
    .toFixed(3)
    .padStart(8)} ms in all calls`,
);
for (const { label, ms, calls } of rows) {
  const sizesOf = /(\d+)×(\d+)×(\d+)/.exec(label);
  const rate = sizesOf
    ? `${((2 * Number(sizesOf[1]) * Number(sizesOf[2]) * Number(sizesOf[3]) * calls) / ms / 1e6).toFixed(1)} GFLOP/s`
    : '';
  console.log(`${ms.toFixed(3).padStart(8)} ms  ${String(calls).padStart(4)} ×  ${label.padEnd(26)} ${rate}`);
}
session.dispose();
