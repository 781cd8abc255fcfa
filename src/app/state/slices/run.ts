/** The run, as the worker tells it: what trains, and how far it has come. */
import type { WorkBeside } from '../../../experiment/cost/cost.ts';
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import type { MeasuredBranch } from '../../../experiment/map/growth-map.ts';
import type { ModelReport } from '../../../run/reports.ts';
import type { Event, Phase } from '../../../session/protocol.ts';
import { type Course, emptyCourse } from '../../plot/curves/growable.ts';

interface LogEntry {
  readonly step: number;
  readonly message: string;
}

export interface RunSlice {
  /**
   * The experiment that the worker runs, with what was changed by hand meanwhile (a fusion, a branch), as its event
   * `experiment` says: nothing else writes it. `null` until it has said.
   */
  readonly running: Experiment | null;
  readonly phase: Phase;
  readonly step: number;
  /** Whether Run was pressed since the experiment was loaded. */
  readonly started: boolean;
  /** It runs as soon as the worker is ready: Run was pressed while it was loading, or the link said so. */
  readonly runsWhenReady: boolean;
  readonly loading: { readonly what: Extract<Event, { type: 'loading' }>['what']; readonly done: number; readonly total: number } | null;
  readonly models: readonly ModelReport[];
  readonly rates: { readonly stepsPerSecond: number; readonly tokensPerSecond: number; readonly megabytes: number } | null;
  /** Seconds of training that had passed at a step (pauses left out). */
  readonly clock: Course;
  /** Seconds of a training step of each network by itself, on this device. */
  readonly stepSeconds: ReadonlyMap<ModelId, number>;
  /** Operations spent on what is no training, by what for; null before any is known. */
  readonly spentBeside: WorkBeside | null;
  readonly checkpoints: readonly number[];
  /** The training waits at a growth for the prediction, of which this share is drawn; `null`: it does not wait. */
  readonly holding: number | null;
  readonly diverged: Extract<Event, { type: 'diverged' }> | null;
  readonly log: readonly LogEntry[];
  /** Runs that came to their end since the page was opened, the newest of each experiment: measured cells of maps. */
  readonly branches: readonly MeasuredBranch[];
}

/** Before a run. Its phase is the worker's, and finished branches outlive it. */
export const noRun = (): Omit<RunSlice, 'phase' | 'branches'> => ({
  running: null,
  step: 0,
  started: false,
  runsWhenReady: false,
  loading: null,
  models: [],
  rates: null,
  clock: emptyCourse(),
  stepSeconds: new Map(),
  spentBeside: null,
  checkpoints: [],
  holding: null,
  diverged: null,
  log: [],
});
