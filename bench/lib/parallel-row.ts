/** The row that `npm run bench:parallel` times: two equal sources until they are fused. */
import type { Experiment, ModelSize } from '../../src/experiment/experiment.ts';
import { presetExperiment } from '../../src/experiment/presets/presets.ts';

export interface ParallelRow {
  readonly name: string;
  readonly model: ModelSize;
  readonly batch: Experiment['batch'];
  readonly optimizer: 'gd' | 'adam';
  /** Steps that are timed. */
  readonly steps: number;
}

export interface ParallelTime {
  readonly milliseconds: number;
  /** Of one step of one source, in millions. */
  readonly megaflops: number;
  /** Bits of all losses before the fusion, by model and step: both ways must agree. */
  readonly losses: string;
}

/** The first steps warm up. */
export const WARM = 5;

export function experimentOf({ model, batch, optimizer, steps }: ParallelRow): Experiment {
  return {
    ...presetExperiment('first-fusion'),
    task: 'sort',
    examples: batch === 'full' ? 64 : 512,
    probe: 64,
    batch,
    model,
    optimizer,
    h: { kind: 'constant', value: optimizer === 'gd' ? 0.01 : 0.001 },
    grow: WARM + steps,
    steps: WARM + steps + 1,
    predict: [],
    pace: 'max',
    adapter: 'wasm',
  };
}
