/** From the worker's events to what the page knows: one exhaustive switch, no React, no timing. */
import { partsOf, wordsOf } from '../../text/messages.ts';
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import { withBranches } from '../../../experiment/map/growth-map.ts';
import type { Event } from '../../../session/protocol.ts';
import { type GrowthReport, type MetricReport, metricKey, type ModelReport } from '../../../run/reports.ts';
import { hasChanges, sameRun } from '../derived/derive.ts';
import { at, mapValues } from './maps.ts';
import { askedKey, keyOfEvent, PredictedCurves } from './predicted-curves.ts';
import { PREDICTED_SHARPNESS } from '../derived/trust.ts';
import { emptyRun } from '../empty-state.ts';
import { gapsOf } from './gaps.ts';
import { findsAt, withFind, findsOf } from './finds.ts';
import type { Finds } from '../slices/growth.ts';
import { type Course, Growable } from '../../plot/curves/growable.ts';
import type { State } from '../state.ts';
import { rateOf } from '../derived/estimate.ts';
import { withKept } from '../slices/storage.ts';
import { WeightCourses } from './weight-courses.ts';

const LOG_LIMIT = 500;

type Keep = (experiment: Experiment, models: readonly ModelReport[], data: State['chart'], metrics: State['metrics']) => void;

const grow = (): Growable => new Growable();
const course = (g: Growable): Course => ({ steps: g.steps, values: g.values, length: g.length });

/** The run's curves, and the changes that the page has not seen yet. */
export class Absorber {
  private measured = new Map<ModelId, Growable>();
  private readonly predictions = new PredictedCurves();
  private hLambda = new Map<ModelId, Growable>();
  private lambda = new Map<ModelId, Growable>();
  private sizes = new Map<ModelId, Growable>();
  private readonly origins = new WeightCourses();
  private clock = new Growable();
  private growths: GrowthReport[] = [];
  private metrics: readonly MetricReport[] = [];
  /** Seconds of training before `since`, and when (ms) the clock was started; `null` while it stands still. */
  private seconds = 0;
  private since: number | null = null;
  private patch: { -readonly [K in keyof State]?: State[K] } = {};
  private stale = { chart: false, sharpness: false, sizes: false, origins: false, clock: false };

  /** The quantity of the measured points. */
  private experiment: Experiment | null = null;
  private models: readonly ModelReport[] = [];
  /** A device has failed, and the worker goes back to a checkpoint by itself: what goes on is the same run. */
  private recovering = false;
  /** Milliseconds, injectable so that tests need not wait. */
  private readonly now: () => number;
  private readonly keep: Keep;

  /** @param keep takes the run that a branch, a restart or another experiment is about to replace */
  constructor(now: () => number = () => performance.now(), keep: Keep = () => {}) {
    this.now = now;
    this.keep = keep;
  }

  private leave(): void {
    if (this.experiment) this.keep(this.experiment, this.models, this.chart(), this.metrics);
  }

  private chart(): State['chart'] {
    return {
      measured: new Map([...this.measured].map(([id, g]) => [id, { ...g.asCurve(), ...gapsOf(this.experiment, id) }])),
      ...this.predictions.chart(),
    };
  }

  /** Forgets the run; another one begins. */
  clear(experiment: Experiment): void {
    this.leave();
    this.experiment = experiment;
    this.models = [];
    this.recovering = false;
    this.measured = new Map();
    this.predictions.clear();
    this.hLambda = new Map();
    this.lambda = new Map();
    this.sizes = new Map();
    this.origins.clear();
    this.clock = new Growable();
    this.growths = [];
    this.metrics = [];
    this.seconds = 0;
    this.since = null;
    // What is kept on this device outlives the run, also where it was heard and not yet published.
    const { storage, offer } = this.patch;
    this.patch = { ...emptyRun(), faults: [], ...(storage ? { storage, offer: offer ?? null } : {}) };
  }

  /** The changes since the last call as a patch, or `null` if there are none. */
  drain(): Partial<State> | null {
    const { patch, stale } = this;
    if (stale.chart) patch.chart = this.chart();
    if (stale.sharpness) {
      patch.sharpness = new Map(
        [...this.hLambda].map(([id, g]) => [
          id,
          { steps: g.steps, hLambda: g.values, lambda: at(this.lambda, id, grow).values, length: g.length, ...gapsOf(this.experiment, id) },
        ]),
      );
    }
    if (stale.sizes) patch.stepSizes = mapValues(this.sizes, course);
    if (stale.origins) patch.weightMeans = this.origins.means();
    if (stale.clock) patch.clock = course(this.clock);
    this.patch = {};
    this.stale = { chart: false, sharpness: false, sizes: false, origins: false, clock: false };
    return Object.keys(patch).length > 0 ? patch : null;
  }

  /** Takes an event; `true` if the reader waits for it. */
  absorb(event: Event, state: State): boolean {
    const { patch, stale } = this;
    const pick = <K extends keyof State>(key: K): State[K] => (key in patch ? (patch[key] as State[K]) : state[key]);
    switch (event.type) {
      case 'phase':
        this.runClock(event.phase === 'training');
        this.recovering = false;
        patch.phase = event.phase;
        patch.step = event.step;
        if (event.phase === 'training') {
          patch.started = true;
          patch.visited = true;
          patch.diverged = null;
        }
        if (event.phase !== 'loading') patch.loading = null;
        return true;
      case 'experiment':
        this.run(event.experiment, { experiment: pick('experiment'), running: pick('running'), loaded: pick('loaded') });
        if (pick('asked')?.by === 'branch') patch.asked = null;
        return true;
      case 'loading':
        patch.loading = { what: event.what, done: event.done, total: event.total };
        return true;
      case 'ready':
        patch.adapter = event.adapter;
        patch.models = event.models;
        this.models = event.models;
        patch.megaflopsPerStep = event.megaflopsPerStep;
        patch.loading = null;
        return true;
      case 'measured': {
        at(this.measured, event.model, grow).append(event.steps, event.losses);
        const last = event.steps[event.steps.length - 1];
        if (last !== undefined) {
          if (last > pick('step')) patch.step = last;
          this.tick(last);
        }
        stale.chart = true;
        return false;
      }
      case 'rewound':
        this.rewind(event.step, findsOf(pick));
        return true;
      case 'rates':
        patch.rates = { stepsPerSecond: event.stepsPerSecond, tokensPerSecond: event.tokensPerSecond, megabytes: event.megabytes };
        return false;
      case 'times':
        patch.stepSeconds = new Map([...pick('stepSeconds'), ...Object.entries(event.secondsPerStep)]);
        // While something is predicted the device is timed at that (`calibrated`), which is more of one kind of work.
        if (![...pick('predictionCosts').values()].some(({ state }) => state === 'running'))
          patch.flopsPerSecond = rateOf(pick('models'), event.secondsPerStep) ?? pick('flopsPerSecond');
        return false;
      case 'calibrated':
        patch.flopsPerSecond = event.flopsPerSecond;
        return false;
      case 'spent-beside':
        patch.spentBeside = event.flops;
        return false;
      case 'step-size':
        at(this.sizes, event.model, grow).append([event.step], [event.value]);
        stale.sizes = true;
        return false;
      case 'sharpness':
      case 'predicted-sharpness': {
        const of = event.type === 'sharpness' ? event.model : PREDICTED_SHARPNESS;
        at(this.hLambda, of, grow).append([event.step], [event.hLambda]);
        at(this.lambda, of, grow).append([event.step], [event.lambda]);
        stale.sharpness = true;
        return false;
      }
      case 'gradient-norm':
        patch.gradientNorms = new Map(pick('gradientNorms')).set(event.model, event);
        return false;
      case 'growth':
        patch.growth = event.report;
        patch.models = event.models;
        this.models = event.models;
        // Several networks may grow at one step.
        this.growths = [
          ...this.growths.filter(({ step, target }) => step <= event.report.step && target !== event.report.target),
          event.report,
        ];
        patch.growths = this.growths;
        return true;
      case 'predicted': {
        this.predictions.add(event);
        stale.chart = true;
        return event.key.of === 'what-if';
      }
      case 'growth-spectrum':
      case 'growth-bracket':
      case 'growth-composite':
      case 'parameter-distance':
      case 'orders':
        Object.assign(patch, withFind(findsOf(pick), event));
        return event.type === 'growth-spectrum';
      case 'prediction-state':
        patch.predictionCosts = new Map(pick('predictionCosts')).set(keyOfEvent(event.key), event.cost);
        patch.unavailable = null;
        return false;
      case 'prediction-cleared': {
        this.predictions.forget(event.of);
        patch.predictionCosts = new Map([...pick('predictionCosts')].filter(([key]) => !key.endsWith(`|${event.of}`)));
        stale.chart = true;
        return true;
      }
      case 'prediction-void':
        this.predictions.voidAfter(event.after, event.models);
        stale.chart = true;
        return true;
      case 'prediction-kept':
        this.predictions.keepAsked(event.step);
        patch.predictionCosts = new Map([...pick('predictionCosts')].map(([key, cost]) => [askedKey(key), cost]));
        stale.chart = true;
        return true;
      case 'holding':
        patch.holding = event.progress;
        return true;
      case 'flow':
        patch.flow = event.flow;
        patch.flowNotes = event.notes.map(wordsOf);
        patch.whatIfs = event.whatIfs;
        return true;
      case 'prediction-unavailable':
        patch.unavailable = wordsOf(event.reason);
        return true;
      case 'map':
        patch.map = event.report;
        return true;
      case 'branch':
        patch.branches = withBranches(pick('branches'), [event.branch]);
        return true;
      case 'samples':
        patch[event.moment === 'now' ? 'samples' : 'samplesBefore'] = {
          task: event.task,
          rows: event.rows,
          own: event.own,
          exact: event.exact,
          of: event.of,
          step: event.step,
        };
        return false;
      case 'own-token': {
        const before = pick('ownTokens').get(event.model) ?? [];
        patch.ownTokens = new Map(pick('ownTokens')).set(event.model, [...before.slice(0, event.position), event.token]);
        return true;
      }
      case 'attention':
        patch.attention = event.report;
        return false;
      case 'weights':
        patch.weights = event.picture;
        this.origins.add(event.picture, event.step);
        stale.origins = true;
        return false;
      case 'symmetry':
        patch.symmetry = { step: event.step, total: event.total, offDiagonal: event.offDiagonal };
        return false;
      case 'checkpoints':
        patch.checkpoints = event.steps;
        return false;
      case 'diverged':
        patch.diverged = event;
        return true;
      case 'fault':
        if (event.goesBack) this.recovering = true;
        // A branch that can't be run is only asked about, as before.
        if (event.kind === 'refused' && pick('asked')?.by === 'branch') patch.asked = withReader(pick('asked'));
        // Until the next one is ready.
        if (event.kind === 'device-lost') patch.adapter = null;
        patch.faults = [
          ...pick('faults').filter((f) => f.kind !== event.kind),
          { kind: event.kind, ...partsOf(event), fatal: event.fatal, step: pick('step') },
        ];
        return true;
      case 'log':
        patch.log = [...pick('log').slice(1 - LOG_LIMIT), { step: event.step, message: wordsOf(event) }];
        return false;
      case 'task-metrics':
        // One that comes again, of the same step, takes the place of the one before.
        this.metrics = [...this.metrics.filter((known) => !event.metrics.some((each) => sameMetric(known, each))), ...event.metrics];
        patch.metrics = this.metrics;
        return false;
      case 'kept':
        Object.assign(patch, withKept({ storage: pick('storage'), offer: pick('offer') }, event, pick('started')));
        return true;
      case 'kept-curves':
      case 'kept-file':
      case 'files':
      case 'networks':
      case 'own':
      case 'begun':
      case 'pong':
        return false;
      default:
        return neverEvent(event);
    }
  }

  /**
   * The experiment that the worker runs now. The draft follows it, unless settings that were edited meanwhile wait for
   * a restart.
   */
  private run(experiment: Experiment, before: Pick<State, 'experiment' | 'running' | 'loaded'>): void {
    this.experiment = experiment;
    const draft = before.experiment;
    // The pace is the reader's, and what trains the same way is the same: a part of the page that reads it is not drawn
    // anew.
    if (sameRun(draft, experiment)) this.patch.running = draft;
    else {
      this.patch.running = experiment;
      if (!hasChanges(before)) this.patch.experiment = { ...experiment, pace: draft.pace };
    }
  }

  private runClock(running: boolean): void {
    if (running && this.since === null) this.since = this.now();
    else if (!running && this.since !== null) {
      this.seconds += (this.now() - this.since) / 1000;
      this.since = null;
    }
  }

  private tick(step: number): void {
    const seconds = this.seconds + (this.since === null ? 0 : (this.now() - this.since) / 1000);
    if (this.clock.length > 0 && (this.clock.steps[this.clock.length - 1] ?? 0) >= step) return;
    this.clock.append([step], [seconds]);
    this.stale.clock = true;
  }

  private rewind(step: number, finds: Finds): void {
    const loses = [...this.measured].some(([, g]) => g.length > 0 && (g.steps[g.length - 1] ?? 0) > step);
    if (loses && !this.recovering) this.leave();
    this.recovering = false;
    for (const map of [this.measured, this.hLambda, this.lambda, this.sizes]) {
      for (const [id, g] of [...map]) {
        g.truncateAfter(step);
        // A stage that begins at this very step has not begun yet: the state that a run goes back to is from before its
        // growth.
        if (g.length === 0 || (step > 0 && g.steps[0] === step)) map.delete(id);
      }
    }
    this.origins.truncateAfter(step);
    this.clock.truncateAfter(step);
    this.seconds = this.clock.last() ?? 0;
    if (this.since !== null) this.since = this.now();
    const { patch } = this;
    this.metrics = this.metrics.filter((each) => each.step <= step);
    patch.metrics = this.metrics;
    patch.step = Math.max(0, step);
    patch.diverged = null;
    if (step < 0) {
      this.predictions.clear();
      patch.predictionCosts = new Map();
      patch.samples = null;
      patch.ownTokens = new Map();
      patch.attention = null;
      patch.gradientNorms = new Map();
    }
    Object.assign(patch, findsAt(finds, step));
    const kept = this.growths.filter((growth) => growth.step <= step);
    if (kept.length < this.growths.length) {
      this.growths = kept;
      patch.growth = kept.at(-1) ?? null;
      patch.growths = kept;
      patch.samplesBefore = null;
      patch.symmetry = null;
      patch.weights = null;
      this.origins.clear();
    }
    this.stale = { chart: true, sharpness: true, sizes: true, origins: true, clock: true };
  }
}

const sameMetric = (a: MetricReport, b: MetricReport): boolean => a.step === b.step && metricKey(a) === metricKey(b);

const withReader = (asked: State['asked']): State['asked'] => (asked ? { ...asked, by: 'reader' } : null);

function neverEvent(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`);
}
