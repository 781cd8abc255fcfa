/** All that belongs to one experiment that is loaded, from its networks to the page's view of it. */
import { Theorist } from '../predict/theorist.ts';
import type { RunRecord } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import type { Snapshot } from '../run/snapshot.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import type { LookedAt } from './observe/looked-at.ts';
import { Measurements } from './observe/measurements.ts';
import { type LoopParts, TrainingLoop } from './training-loop.ts';
import { Watcher } from './observe/watcher.ts';

export interface Loaded {
  readonly run: Run;
  readonly record: RunRecord;
  readonly measurements: Measurements;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly theorist: Theorist;
  readonly watcher: Watcher;
  readonly loop: TrainingLoop;
}

/**
 * A run, with all that works on it. @param of `marks`: what was predicted of it so far, where it goes on another course
 */
export function loadedOf(
  of: Pick<LoopParts, 'run' | 'record' | 'checkpoints' | 'emit' | 'watched' | 'measures'> & {
    readonly lookedAt: LookedAt;
    readonly marks: Theorist | undefined;
  },
): Loaded {
  const { run, record, checkpoints, emit, watched, measures, lookedAt, marks } = of;
  const measurements = new Measurements(record, emit);
  const theorist = marks ?? new Theorist(run, { record, checkpoints, emit, watched, measures });
  theorist.adopt(run);
  const watcher = new Watcher(run, emit, lookedAt);
  const loop = new TrainingLoop({ run, record, measurements, checkpoints, theorist, watcher, emit, watched, measures });
  return { run, record, measurements, checkpoints, theorist, watcher, loop };
}
