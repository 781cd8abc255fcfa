/**
 * All work that a session does in slices, each kind on a run as small as they get: how it is begun, taken a slice
 * further, and left. The tables are exhaustive by type: a new kind of work, a flow or an optimizer's kind of flow
 * without a row does not compile.
 */
import { loadTaskData } from '../../data/task-data.ts';
import type { Device } from '../../engine/device.ts';
import type { Experiment, IntegratedFlow } from '../../experiment/experiment.ts';
import { GrowthMap } from '../../predict/map/map.ts';
import type { FlowReport } from '../../predict/reports.ts';
import { Theorist } from '../../predict/theorist.ts';
import { RunRecord } from '../../run/record.ts';
import type { PredictionKey } from '../../run/reports.ts';
import { Run } from '../../run/run.ts';
import { runData } from '../../run/setup/setup.ts';
import { runCheckpoints, type Snapshot } from '../../run/snapshot.ts';
import { trainHere, type TrainerMaker } from '../../run/setup/trainer-maker.ts';
import { ADAPTIVE_WINDOW } from '../../theory/flows/adaptive-window.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';
import { Measurements } from '../observe/measurements.ts';
import { RemoteTrainer } from '../parallel/remote-trainer.ts';
import { PortHere } from '../parallel/testing/here.ts';
import { TrainerLink } from '../parallel/trainer-link.ts';
import type { Event } from '../protocol.ts';
import type { WorkKind } from '../scheduler.ts';
import { TrainingLoop } from '../training-loop.ts';
import { Watcher } from '../observe/watcher.ts';
import { tiniest } from './leaks.ts';

/** A run on a device, which it gives back. */
export interface Stage {
  readonly run: Run;
  readonly checkpoints: Checkpoints<Snapshot>;
  readonly events: Event[];
}

/** Work under way. */
interface Work {
  /** A slice of it; whether there is more to do. */
  step(): Promise<boolean>;
  /** Ends it where it is, as the session does. */
  leave(): Promise<void>;
}

export interface WorkRow {
  readonly experiment: Experiment;
  /** The step at which it begins; by default the run's end. */
  readonly at?: number;
  begin(stage: Stage): Promise<Work>;
}

const NO_FILES = (path: string): Promise<never> => Promise.reject(new Error(`${path} is not needed here`));

/** A run that has come to a step, with every state on the way. */
export async function stageAt(device: Device, experiment: Experiment, at = Number.POSITIVE_INFINITY): Promise<Stage> {
  const run = await Run.create(device, experiment, runData(experiment, await loadTaskData(experiment, NO_FILES)));
  const checkpoints = runCheckpoints();
  for (;;) {
    checkpoints.put(run.step, await run.snapshot());
    if (run.step >= Math.min(at, run.end)) return { run, checkpoints, events: [] };
    if (run.needsTurn()) await run.turn();
    await Promise.all((await run.advance(() => undefined)).losses.values());
  }
}

/** Work that predicts or looks at something beside a run. */
function beside({ run, checkpoints, events }: Stage): Theorist {
  const emit = (event: Event): void => void events.push(event);
  return new Theorist(run, { record: new RunRecord(), checkpoints, emit, watched: true, measures: true });
}

/** A growth after one step, and two more. */
const PREDICTED: Experiment = { ...tiniest, h: { kind: 'constant', value: 0.05 }, grow: 1, steps: 3, from: ['0', 'growth'] };

/**
 * The predictions of one flow, through the growth and from it on. @param begun what has to happen once they were
 * started
 */
function predictionOf(
  change: Partial<Experiment>,
  at?: number,
  begun: (theorist: Theorist, stage: Stage) => Promise<void> = async () => {},
): WorkRow {
  return {
    experiment: { ...PREDICTED, ...change },
    ...(at === undefined ? {} : { at }),
    async begin(stage) {
      const theorist = beside(stage);
      await theorist.startPlan(0);
      await begun(theorist, stage);
      return { step: () => theorist.predict(0), leave: () => theorist.dispose() };
    },
  };
}

const predicting = (flow: IntegratedFlow, change: Partial<Experiment> = {}): WorkRow => predictionOf({ predict: [flow], ...change });

/** Every flow that gradient descent has. */
const FLOWS: Readonly<Record<IntegratedFlow, WorkRow>> = {
  'gradient-flow': predicting('gradient-flow'),
  'modified-flow': predicting('modified-flow'),
  'modified-flow-exact': predicting('modified-flow-exact'),
  'self-held': predicting('self-held', { h: { kind: 'edge', edge: 0.5 } }),
  'third-order-flow': predicting('third-order-flow'),
  'principal-flow': predicting('principal-flow'),
  'central-flow': predicting('central-flow'),
};

/** Those of other optimizers and of mini-batches. */
const OTHER_FLOWS: Readonly<Record<Exclude<FlowReport['kind'], 'gradient-descent' | 'none'>, WorkRow>> = {
  inertial: predictionOf({ predict: ['gradient-flow', 'modified-flow'], optimizer: 'momentum' }),
  // It begins from the run's own state after a warm-up.
  adaptive: predictionOf(
    {
      predict: ['gradient-flow', 'modified-flow'],
      optimizer: 'adam',
      beta1: 0.9,
      beta2: 0.95,
      epsilon: 1e-2,
      grow: null,
      steps: ADAPTIVE_WINDOW.warmUp + 3,
      from: ['0'],
      h: { kind: 'constant', value: 1e-4 },
    },
    ADAPTIVE_WINDOW.warmUp,
    (theorist, { run }) => theorist.reached(run.step),
  ),
  'mini-batch': predictionOf({ predict: ['gradient-flow', 'modified-flow'], batch: 2 }),
};

/** Of what a prediction is. */
const OF: Readonly<Record<PredictionKey['of'], WorkRow>> = {
  plan: FLOWS['modified-flow'],
  'what-if': predictionOf({ predict: ['modified-flow'] }, undefined, (theorist, stage) =>
    theorist.startWhatIf({ grow: 2 }, firstOf(stage)),
  ),
  asked: predictionOf({ predict: ['modified-flow'] }, undefined, async (theorist, stage) => {
    await theorist.startWhatIf({ grow: 2 }, firstOf(stage));
    await theorist.keepAsked({ grow: 2 }, 2);
  }),
};

function firstOf({ checkpoints }: Stage): Snapshot {
  const first = checkpoints.nearestAtOrBefore(0);
  if (!first) throw new Error('there is no checkpoint at step 0');
  return first.snapshot;
}

/** A training from its first step on. @param maker where each source trains */
function training(change: Partial<Experiment>, maker: (device: Device) => TrainerMaker = () => trainHere): WorkRow {
  const experiment = { ...tiniest, ...change };
  return {
    experiment,
    at: 0,
    async begin({ run: { device, data }, events }) {
      const run = await Run.create(device, experiment, data, maker(device));
      const emit = (event: Event): void => void events.push(event);
      const record = new RunRecord();
      const checkpoints = runCheckpoints();
      const theorist = new Theorist(run, { record, checkpoints, emit, watched: false, measures: true });
      const watcher = new Watcher(run, emit);
      const measurements = new Measurements(record, emit);
      const loop = new TrainingLoop({ run, record, measurements, checkpoints, theorist, watcher, emit, watched: false, measures: true });
      return {
        async step() {
          if (run.step === 0 && record.measured.size === 0) {
            await loop.begin();
            loop.start();
            return true;
          }
          return (await loop.advance(0)) === 'worked';
        },
        async leave() {
          await loop.dispose();
          watcher.dispose();
          await theorist.dispose();
          await run.dispose();
        },
      };
    },
  };
}

/** Each source in a worker of its own, whose messages go round in this thread. */
function apart(device: Device): TrainerMaker {
  return {
    make: (request) => {
      const link = new TrainerLink(new PortHere(() => Promise.resolve(device)));
      return RemoteTrainer.create(link, () => undefined, request);
    },
  };
}

/** Work by the kind that the scheduler knows it by, and in each kind everything that it may be. */
export const WORK: Readonly<Record<WorkKind, Readonly<Record<string, WorkRow>>>> = {
  training: {
    'of two sources that merge': training({}),
    'held to the sharpness': training({ h: { kind: 'edge', edge: 0.5 } }),
    'with everything beside it for comparison': training({ baseline: ['scratch', 'alone'] }),
    'with sources in workers of their own': training({}, apart),
  },
  'growth-study': {
    'spectrum, bracket and composite': {
      experiment: { ...tiniest, predict: ['spectral', 'composite'] },
      async begin(stage) {
        const theorist = beside(stage);
        return { step: () => theorist.studyGrowth(0), leave: () => theorist.dispose() };
      },
    },
  },
  orders: {
    'of all flows at a step': {
      experiment: tiniest,
      async begin(stage) {
        const theorist = beside(stage);
        await theorist.measureOrders();
        return { step: () => theorist.findOrders(0), leave: () => theorist.dispose() };
      },
    },
  },
  prediction: {
    ...FLOWS,
    ...OTHER_FLOWS,
    'what was asked, before it is run': OF['what-if'],
    'what was asked, once it is run': OF.asked,
  },
  map: {
    'of three growth steps': {
      experiment: tiniest,
      async begin({ run, checkpoints, events }) {
        const map = new GrowthMap((event) => events.push(event));
        map.adopt({ run, record: new RunRecord(), checkpoints });
        await map.ask({ held: false, grow: [1, 2, 3], after: [0.02, 0.05] }, true);
        return { step: () => map.advance(0), leave: () => map.stop() };
      },
    },
  },
  looks: {
    'samples, exact answers, weights and symmetry': {
      experiment: { ...tiniest, grow: 10, steps: 24 },
      async begin({ run, events }) {
        const watcher = new Watcher(run, (event) => events.push(event));
        return { step: () => watcher.advance(true), leave: async () => watcher.dispose() };
      },
    },
  },
};
