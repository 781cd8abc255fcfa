/**
 * The map of a run: final losses over growth step × step size after it, predicted for less than the runs would cost,
 * and measured where branches were run. Worked on in slices, only when asked, with pools of its own; what was found
 * stays while branches of the same map are run. It claims no best growth step: the page shows how well each prediction
 * ranks the measured cells beside the total time alone.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell, tellError } from '../../experiment/messages/tell.ts';
import type { Device } from '../../engine/device.ts';
import { OutOfMemoryError } from '../../engine/faults.ts';
import { Job, within } from '../../engine/jobs/job.ts';
import {
  afterValue,
  equalCompute,
  type MapCosts,
  mapFamily,
  placeOnMap,
  type MapAxes,
  type MeasuredBranch,
  whyNoMap,
} from '../../experiment/map/growth-map.ts';
import { rescaledEnd } from '../../theory/growth/branch-rescaling.ts';
import { totalTime } from '../../theory/time-rescaling.ts';
import { lossAtTime } from '../../theory/integrate/chebyshev.ts';
import { SPECTRAL_VECTORS, SPECTRAL_WINDOW, spectralCurve } from '../../theory/curvature/gauss-newton.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';
import { growthOf, type MapRow, predictRow, type SourceState, sourcesAt, trainSources } from './map-row.ts';
import { MapStepSizes } from './map-step-sizes.ts';

import type { PredictionNotice, MapCell, MapForecast, MapReport } from '../reports.ts';
import type { RunRecord } from '../../run/record.ts';
import type { Run } from '../../run/run.ts';
import type { Snapshot } from '../../run/snapshot.ts';
import { Throttle } from '../throttle.ts';
import { unpredictable } from '../unpredictable.ts';

/** The plan of the map. */
export interface MapSource {
  readonly run: Run;
  readonly record: RunRecord;
  readonly checkpoints: Checkpoints<Snapshot>;
}

/** A measured run with what rescaling its time needs. */
interface KnownBranch {
  readonly family: string;
  readonly experiment: MeasuredBranch['experiment'];
  readonly measured: { readonly steps: readonly number[]; readonly losses: readonly number[] };
  readonly table: readonly (readonly [number, number])[];
}

const MOST_BRANCHES = 64;
/** Gradients that a look at the spectrum costs. */
const SPECTRUM_GRADIENTS = 1 + 2 * SPECTRAL_VECTORS;
/**
 * Before anything was forecast here: the gradients of one, for each step of the run's own size that it covers, and
 * those it begins with.
 */
const GRADIENTS_A_STEP = 0.6;
const GRADIENTS_A_ROW = 25;

export class GrowthMap {
  private readonly emit: (event: PredictionNotice) => void;
  private source: MapSource | null = null;
  private device: Device | null = null;
  private family = '';
  private axes: MapAxes | null = null;
  private rows = new Map<number, MapRow>();
  private branches: KnownBranch[] = [];
  private job: Job<number> | null = null;
  private gradients = 0;
  /** Time that was forecast, and what it cost: the next rows will be alike. */
  private forecast = { time: 0, gradients: 0 };
  private readonly throttle = new Throttle(300);

  constructor(emit: (event: PredictionNotice) => void) {
    this.emit = emit;
  }

  /**
   * Goes on with another run; what is known stays where that lies on the same map. Work under way has to be stopped
   * before.
   */
  adopt(source: MapSource): void {
    const family = mapFamily(source.run.experiment);
    if (family !== this.family) {
      this.rows = new Map();
      this.axes = null;
      this.gradients = 0;
      this.forecast = { time: 0, gradients: 0 };
    }
    // Its pools are gone with a lost device.
    if (source.run.device !== this.device) this.job = null;
    this.source = source;
    this.device = source.run.device;
    this.family = family;
    if (this.axes) this.tell();
  }

  /** Shows a map; `fill`: works on the cells that are not known. */
  async ask(axes: MapAxes, fill: boolean): Promise<void> {
    const same = JSON.stringify(axes) === JSON.stringify(this.axes);
    if (!same || fill) await this.stop();
    this.axes = axes;
    if (fill && this.source && whyNoMap(this.source.run.experiment) === null && this.unpredicted(this.source) === null)
      this.job = new Job(this.fill(this.source), { each: (gradients) => (this.gradients += gradients) });
    this.tell();
  }

  /** Ends what is under way; what was found stays. */
  async stop(): Promise<void> {
    if (!this.isBusy) return;
    await this.job?.cancel();
    this.tell();
  }

  /** Whether there is something to work on. */
  get isBusy(): boolean {
    return this.job !== null && !this.job.isOver;
  }

  /** Works for about this long; false if there is nothing to do. */
  async advance(milliseconds: number): Promise<boolean> {
    const { job } = this;
    if (!job || !this.isBusy) return false;
    try {
      if ((await job.advance(milliseconds)) === 'cancelled') return true;
    } catch (error) {
      this.tell();
      if (!(error instanceof OutOfMemoryError)) throw error;
      this.emit({ type: 'fault', kind: 'out-of-memory', ...tell('map-stopped', { why: tellError(error) }), fatal: false });
    }
    if (job.isOver || this.throttle.ready()) this.tell();
    return true;
  }

  /** A run has come to its end, or diverged: a cell is measured. */
  measured(diverged: boolean): void {
    if (!this.source) return;
    const { run, record } = this.source;
    const { experiment } = run;
    const target = run.growth?.report.target;
    const curve = target === undefined ? undefined : record.measured.get(target);
    if (whyNoMap(experiment) !== null || target === undefined || curve === undefined) return;
    // A run that was cut short in another way than by diverging says nothing about its last step.
    if (!diverged && curve.steps.at(-1) !== experiment.steps) return;
    if (!diverged) {
      const branch: KnownBranch = {
        family: this.family,
        experiment,
        measured: { steps: [...curve.steps], losses: [...curve.losses] },
        table: run.usedStepSizes(target),
      };
      const others = this.branches.filter(({ family, experiment: other }) => family !== branch.family || !samePlace(other, experiment));
      this.branches = [...others, branch].slice(-MOST_BRANCHES);
    }
    this.emit({ type: 'branch', branch: { experiment, loss: diverged ? null : (curve.losses.at(-1) ?? null), curve: thinned(curve) } });
    if (this.axes) this.tell();
  }

  /** As the worker counts the operations of its networks. */
  private costs({ run }: MapSource): MapCosts {
    const { stage } = growthOf(run.experiment);
    const flops = new Map(run.models().map(({ id, flopsPerStep }) => [id, flopsPerStep]));
    const before = [...new Set(stage.sources)].reduce((sum, id) => sum + (flops.get(id) ?? 0), 0);
    return { before, after: flops.get(stage.model) ?? 0 };
  }

  private stepSizes({ run }: MapSource): MapStepSizes {
    const { plan, stage } = growthOf(run.experiment);
    const source = plan.find(({ sources }) => sources.length === 0) ?? stage;
    return new MapStepSizes(run, source, stage);
  }

  /** Why the run's step sizes or its optimizer leave no prediction. */
  private unpredicted(source: MapSource): Told | null {
    const { run } = source;
    const reason = unpredictable(run);
    if (reason !== null) return reason;
    if (!run.fullBatch) return tell('map-mini-batches');
    if (run.optimizer.modifiedFlow.kind !== 'gradient-descent') return tell('map-no-forecast', { optimizer: run.optimizer.title });
    const sizes = this.stepSizes(source);
    const held = this.axes?.held === true;
    if (sizes.before === null || (held && sizes.after(1, 1, true) === null)) return tell('map-needs-table');
    return null;
  }

  private end(): number {
    return this.source?.run.experiment.steps ?? 0;
  }

  /** Longest time after a growth that the axes ask about, and whether some cell is within the spectrum's window. */
  private wanted(sizes: MapStepSizes, grow: number): { readonly duration: number; readonly withSpectrum: boolean } {
    const { axes } = this;
    if (!axes) return { duration: 0, withSpectrum: false };
    const times = axes.after.map((value) => {
      const table = sizes.after(grow, value, axes.held);
      return table === null ? 0 : totalTime(table, grow, this.end());
    });
    return { duration: Math.max(...times), withSpectrum: times.some((time) => time > 0 && time <= SPECTRAL_WINDOW * (1 + 1e-9)) };
  }

  /** Growth steps that are not known as far as the axes ask. */
  private missing(sizes: MapStepSizes): readonly number[] {
    return (this.axes?.grow ?? []).filter((grow) => {
      if (grow >= this.end()) return false;
      const { duration, withSpectrum } = this.wanted(sizes, grow);
      const row = this.rows.get(grow);
      return !row || row.done < duration * (1 - 1e-9) || (withSpectrum && row.spectrum === null);
    });
  }

  /** The state before the growth that is nearest to a step; undefined where none is in memory. */
  private nearest({ run, checkpoints }: MapSource, grow: number): Snapshot | undefined {
    let at = Math.min(grow, run.growth?.report.step ?? grow);
    for (;;) {
      const found = checkpoints.nearestAtOrBefore(at);
      if (!found || found.snapshot.growths.length === 0) return found?.snapshot;
      at = found.step - 1;
    }
  }

  private async *fill(source: MapSource): AsyncGenerator<number, void, undefined> {
    const { run } = source;
    const sizes = this.stepSizes(source);
    const { before } = sizes;
    if (before === null) return;
    let sources: SourceState | null = null;
    try {
      for (const grow of this.missing(sizes)) {
        const snapshot = this.nearest(source, grow);
        if (!snapshot) throw new Error(`no checkpoint at or before step ${grow} is in memory`);
        // The last row's sources may be farther on than any state that is kept.
        if (!sources || sources.step < snapshot.step) {
          sources?.dispose();
          sources = await sourcesAt(run, snapshot);
        }
        sources = yield* trainSources(run, sources, grow, before);
        const { duration, withSpectrum } = this.wanted(sizes, grow);
        const work = predictRow({ run, sources, duration, withSpectrum, onRow: (row) => this.rows.set(grow, row) });
        let spent = 0;
        yield* within(work, (gradients) => {
          spent += gradients;
          return gradients;
        });
        this.forecast = { time: this.forecast.time + duration, gradients: this.forecast.gradients + spent };
        this.tell();
      }
    } finally {
      sources?.dispose();
    }
  }

  /** Gradients that the missing rows will about take. */
  private estimate(source: MapSource, sizes: MapStepSizes, missing: readonly number[]): number {
    const { stage } = growthOf(source.run.experiment);
    const own = afterValue(source.run.experiment)?.value;
    let [sum, reached] = [0, -1];
    for (const grow of missing) {
      const from = Math.max(this.nearest(source, grow)?.step ?? 0, reached);
      sum += (grow - from) * new Set(stage.sources).size;
      reached = grow;
      const { duration, withSpectrum } = this.wanted(sizes, grow);
      const known = this.forecast.time > 0 ? this.forecast.gradients / this.forecast.time : null;
      const table = own === undefined ? null : sizes.after(grow, own, this.axes?.held === true);
      const steps = table === null ? this.end() - grow : (duration / totalTime(table, grow, this.end())) * (this.end() - grow);
      sum += known === null ? GRADIENTS_A_ROW + GRADIENTS_A_STEP * steps + (withSpectrum ? SPECTRUM_GRADIENTS : 0) : known * duration;
    }
    return Math.round(sum);
  }

  private cell(sizes: MapStepSizes, grow: number, after: number, within: number | undefined): MapCell {
    const cell = { grow, after, ...this.forecastOf(sizes, grow, after, this.end()) };
    return within === undefined ? cell : { ...cell, within: { step: within, ...this.forecastOf(sizes, grow, after, within) } };
  }

  /** The forecast of a run's loss at a step, before it is run. */
  private forecastOf(sizes: MapStepSizes, grow: number, after: number, end: number): MapForecast {
    const { axes } = this;
    const table = grow < end && axes ? sizes.after(grow, after, axes.held) : null;
    const before = sizes.timeBefore(grow);
    if (table === null || before === null || !axes) return { time: null, predicted: {} };
    const time = totalTime(table, grow, end);
    const predicted: { -readonly [K in keyof MapCell['predicted']]: number } = {};
    const row = this.rows.get(grow);
    const horizon = row?.curve.times.at(-1) ?? 0;
    // Rounding of a sum must not put the longest time beyond the forecast.
    const flow = row && time <= horizon * (1 + 1e-9) ? lossAtTime(row.curve, Math.min(time, horizon)) : Number.NaN;
    if (Number.isFinite(flow)) predicted['gradient-flow'] = flow;
    if (row?.spectrum) {
      const { losses, trustedUntil } = spectralCurve({ spectrum: row.spectrum, table, from: grow, to: end });
      const last = losses.at(-1);
      if (trustedUntil === null && last !== undefined && Number.isFinite(last)) predicted['spectral'] = last;
    }
    // A cell is no prediction of itself.
    const others = this.branches.filter(({ family, experiment }) => {
      const place = placeOnMap(experiment, axes.held);
      return family === this.family && place?.grow === grow && place.after !== after;
    });
    const rescaled = rescaledEnd(others, table, grow, end);
    if (rescaled !== null && Number.isFinite(rescaled)) predicted['time-rescaling'] = rescaled;
    return { time: before + time, predicted };
  }

  private tell(): void {
    const { axes, source } = this;
    if (!axes || !source) return;
    try {
      this.emit({ type: 'map', report: this.report(axes, source) });
    } catch (error) {
      // It is told from within the course of a run, which goes on without a map.
      this.emit({ type: 'fault', kind: 'refused', ...tell('map-not-shown', { why: tellError(error) }), fatal: false });
    }
  }

  private report(axes: MapAxes, source: MapSource): MapReport {
    const { experiment } = source.run;
    const reason = whyNoMap(experiment);
    const common = { axes, family: this.family, gradients: this.gradients, reason };
    if (reason !== null) return { ...common, cells: [], operations: 0, state: 'idle', estimate: 0, running: 0, unpredicted: null };
    const sizes = this.stepSizes(source);
    const { operations, last } = equalCompute(axes.grow, this.end(), this.costs(source));
    const cells = axes.grow.flatMap((grow) => axes.after.map((after) => this.cell(sizes, grow, after, last.get(grow))));
    const unpredicted = this.unpredicted(source);
    const missing = unpredicted === null ? this.missing(sizes) : [];
    const { stage } = growthOf(experiment);
    const grows = axes.grow.filter((grow) => grow < this.end());
    // The sources train once; every cell begins at a state of theirs.
    const running =
      Math.max(0, ...grows) * new Set(stage.sources).size + grows.reduce((sum, grow) => sum + axes.after.length * (this.end() - grow), 0);
    return {
      ...common,
      cells,
      operations,
      state: this.isBusy ? 'filling' : missing.length === 0 && unpredicted === null ? 'filled' : 'idle',
      estimate: missing.length === 0 ? 0 : this.estimate(source, sizes, missing),
      running,
      unpredicted,
    };
  }
}

function samePlace(a: MeasuredBranch['experiment'], b: MeasuredBranch['experiment']): boolean {
  const [p, q] = [afterValue(a), afterValue(b)];
  return a.grow === b.grow && p?.held === q?.held && p?.value === q?.value;
}

/** Points of a measured curve that the page gets at most. */
const MOST_POINTS = 1000;

/** A copy with fewer points, its first and last among them. */
function thinned({ steps, losses }: { readonly steps: readonly number[]; readonly losses: readonly number[] }) {
  const stride = Math.ceil(steps.length / MOST_POINTS);
  const kept = (values: readonly number[]): number[] => values.filter((_, i) => i % stride === 0 || i === values.length - 1);
  return { steps: kept(steps), losses: kept(losses) };
}
