/** What belongs to one experiment that is loaded, from its networks to the page's view of it. */
import type { Theorist } from '../predict/theorist.ts';
import type { RunRecord } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import type { Snapshot } from '../run/snapshot.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import type { Measurements } from './observe/measurements.ts';
import type { TrainingLoop } from './training-loop.ts';
import type { Watcher } from './observe/watcher.ts';

export interface Loaded {
  readonly run: Run;
  readonly record: RunRecord;
  readonly measurements: Measurements;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly theorist: Theorist;
  readonly watcher: Watcher;
  readonly loop: TrainingLoop;
}
