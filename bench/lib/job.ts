/**
 * The jobs that the stopwatch (stopwatch.ts) times: configurations by name, with weights and a batch that are drawn
 * from a seed (mulberry32 and Box–Muller; a copy task), so that every contestant must come to the same first loss.
 */
import type { HostTensor } from '../../src/engine/named-tensors.ts';
import { parameterShapes } from '../../src/model/config.ts';
import { configOf, shortName, type StopwatchJob, type StopwatchSizes } from './stopwatch-session.ts';

export const SIZES: Readonly<Record<string, StopwatchSizes>> = {
  nano: { V: 64, D: 32, F: 64, H: 2, K: 16, L: 2, B: 8, S: 16, T: 16 },
  /** The page's first fusion: sources and the fused model, full batch. */
  'first-source': { V: 16, D: 16, F: 32, H: 2, K: 8, L: 1, B: 64, S: 7, T: 7 },
  'first-fused': { V: 16, D: 32, F: 64, H: 4, K: 8, L: 1, B: 64, S: 7, T: 7 },
  micro: { V: 512, D: 64, F: 128, H: 4, K: 16, L: 2, B: 8, S: 32, T: 16 },
};

/** Standard deviation of a parameter's initial values by its short name; undefined: all ones. */
function deviation(name: string, { D, F, H, K }: StopwatchSizes): number | undefined {
  const leaf = name.split('.').at(-1) as string;
  if (leaf === 'ln') return undefined;
  if (leaf === 'shared') return 1;
  if (leaf === 'relbias') return 0.5 / Math.sqrt(D);
  if (leaf === 'q') return (D * K) ** -0.5;
  if (leaf === 'o') return (H * K) ** -0.5;
  if (leaf === 'wo') return F ** -0.5;
  return D ** -0.5;
}

/**
 * The stopwatch draws its weights in this order: for each stack the bias table, the layers, the final norm; then the
 * head.
 */
function drawingOrder(sizes: StopwatchSizes): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const [name, shape] of parameterShapes(configOf(sizes))) shapes.set(shortName(name), shape);
  const ordered = new Map<string, readonly number[]>();
  const take = (name: string): void => {
    const shape = shapes.get(name);
    if (!shape) throw new Error(`no parameter is called ${name}`);
    ordered.set(name, shape);
  };
  take('shared');
  for (const stack of ['enc', 'dec']) {
    take(`${stack}.relbias`);
    for (let l = 0; l < sizes.L; l++) {
      for (const part of stack === 'enc' ? ['self'] : ['self', 'cross'])
        for (const leaf of ['q', 'k', 'v', 'o', 'ln']) take(`${stack}.${l}.${part}.${leaf}`);
      for (const leaf of ['wi0', 'wi1', 'wo', 'ln']) take(`${stack}.${l}.ff.${leaf}`);
    }
    take(`${stack}.ln`);
  }
  take('lm');
  return ordered;
}

function weightsOf(sizes: StopwatchSizes): Record<string, HostTensor> {
  let state = 1;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const weights: Record<string, HostTensor> = {};
  for (const [name, ours] of drawingOrder(sizes)) {
    // Matrices of linear layers are [in, out] there.
    const turned = ours.length === 2 && name !== 'shared' && !name.endsWith('relbias');
    const shape = turned ? [...ours].reverse() : ours;
    const std = deviation(name, sizes);
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (std === undefined ? 1 : std * normal()));
    weights[name] = { shape, data };
  }
  return weights;
}

/** The target is the first T tokens of the source; token 0 starts the decoder. */
function batchOf({ V, B, S, T }: StopwatchSizes): StopwatchJob['batch'] {
  let state = 12345;
  const uniform = (): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const src = Int32Array.from({ length: B * S }, () => Math.floor(uniform() * V * 0.2));
  const [labels, tgtIn] = [new Int32Array(B * T), new Int32Array(B * T)];
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      labels[b * T + t] = src[b * S + t] as number;
      if (t > 0) tgtIn[b * T + t] = labels[b * T + t - 1] as number;
    }
  }
  return { src, tgtIn, labels };
}

export function stopwatchJob(device: string, cfg: StopwatchSizes): StopwatchJob {
  return { device, cfg, hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-7 }, weights: weightsOf(cfg), batch: batchOf(cfg) };
}
