/**
 * `npm run bench:kernels`: GFLOP/s of our wasm matmul beside tf.matMul of the stock wasm backend, one thread each,
 * for the shapes a small T5 has.
 */
import * as tf from '@tensorflow/tfjs';
import type { Program } from '../src/engine/device.ts';
import { Graph } from '../src/engine/graph.ts';
import { makeLayout } from '../src/engine/layout.ts';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';

/** M, N, K and the form: n = plain, t = transposed, for a then b. */
const SHAPES: readonly (readonly [M: number, N: number, K: number, form: 'nn' | 'nt' | 'tn'])[] = [
  [256, 192, 64, 'nt'],
  [256, 64, 192, 'nn'],
  [192, 64, 256, 'tn'],
  [256, 128, 64, 'nt'],
  [256, 64, 128, 'nn'],
  [64, 64, 256, 'tn'],
  [128, 512, 64, 'nt'],
  [128, 64, 512, 'nn'],
  [512, 64, 128, 'tn'],
  [448, 16, 16, 'nt'],
  [448, 16, 16, 'nn'],
  [16, 16, 448, 'tn'],
  [448, 96, 32, 'nt'],
  [448, 32, 96, 'nn'],
  [96, 32, 448, 'tn'],
  [512, 512, 512, 'nn'],
];

/** Best of several timings, seconds a call. */
function time(call: () => void): number {
  call();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round++) {
    const count = 20;
    const start = performance.now();
    for (let i = 0; i < count; i++) call();
    best = Math.min(best, (performance.now() - start) / count / 1000);
  }
  return best;
}

const device = await nodeWasmDevice();
await tf.setBackend('wasm');
console.log('form   M × N × K          ours      stock    ratio   (GFLOP/s)');
for (const [M, N, K, form] of SHAPES) {
  const [transposeA, transposeB] = [form[0] === 't', form[1] === 't'];
  const graph = new Graph(makeLayout(new Map()));
  const shapes = [transposeA ? [K, M] : [M, K], transposeB ? [N, K] : [K, N]] as const;
  const [a, b] = [graph.input('a', shapes[0], 'float32'), graph.input('b', shapes[1], 'float32')];
  graph.push('matmul', { a, b }, { c: graph.output('c', [M, N]) }, { transposeA, transposeB });
  const program: Program = await device.compile(graph, {});
  program.setInput(
    'a',
    Float32Array.from({ length: M * K }, (_, i) => Math.sin(i)),
  );
  program.setInput(
    'b',
    Float32Array.from({ length: N * K }, (_, i) => Math.cos(i)),
  );
  const ours = time(() => program.run());
  const [x, y] = [tf.randomNormal(shapes[0] as [number, number]), tf.randomNormal(shapes[1] as [number, number])];
  const stock = time(() => tf.matMul(x, y, transposeA, transposeB).dispose());
  const rate = (seconds: number): string => ((2 * M * N * K) / seconds / 1e9).toFixed(1).padStart(8);
  console.log(`${form}   ${`${M} × ${N} × ${K}`.padEnd(16)} ${rate(ours)}  ${rate(stock)}  ${(stock / ours).toFixed(2).padStart(6)}`);
  program.dispose();
  tf.dispose([x, y]);
}
device.dispose();
