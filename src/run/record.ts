/** The record of a run: curves, growth, step sizes, checkpoints, events; and the result files made of it. */
import { madeWhen, type MadeWhen } from '../curves/made-when.ts';
import { trustBand, trustOf, type Compared, type Trust } from '../curves/trust.ts';
import { costTo, costUntil } from '../experiment/cost/cost.ts';
import { isBaseline, type ModelId } from '../experiment/experiment.ts';
import { FLOW_ROWS } from '../experiment/declared/flows.ts';
import { sentence } from '../experiment/describe.ts';
import { formatLink } from '../experiment/link/write-link.ts';
import { makeBatch } from '../data/batch.ts';
import { writeConfig } from '../model/config.ts';
import { meterOf } from '../model/work-meter.ts';
import { whyNoCheckpoint } from '../storage/checkpoint/checkpoint.ts';
import type { OutputFile } from '../storage/files.ts';
import type { ReadmeOf } from '../storage/readme.ts';
import { resultFiles } from '../storage/result-files.ts';
import { CHECKPOINTS, GROUPED_NORMS } from '../storage/result-names.ts';
import { stateFiles } from '../storage/state-files.ts';
import { tracedSet, type PredictedCurve, type ResultCurve, type Trace } from '../storage/results.ts';
import type { TrainerState } from '../training/trainer.ts';
import type { AdapterReport, PredictionKey } from './reports.ts';
import type { Run } from './run.ts';
import { isGrown, type Snapshot } from './snapshot.ts';
import { type MetricsState, RunMetrics } from './metrics/run-metrics.ts';
import { hasOtherData, type StageData, taskShape } from './setup/setup.ts';
import { runCosts } from './metrics/stage-costs.ts';
import { StepTimes } from './metrics/step-times.ts';

export interface RecordedCurve {
  readonly steps: number[];
  readonly losses: number[];
}

interface PredictedRecord extends RecordedCurve {
  /** The step that the training had come to when the point was made. */
  readonly madeAt: number[];
}

export interface RecordedPrediction {
  readonly key: PredictionKey;
  readonly curves: Map<ModelId, PredictedRecord>;
  gradients: number;
  /** Of what holds around the growth only: the first step past its window, null where it holds to its end. */
  window?: number | null;
}

/** A record as plain data, without the states of networks, which are kept each by itself. */
export interface RecordState {
  readonly measured: ReadonlyMap<ModelId, RecordedCurve>;
  readonly predictions: ReadonlyMap<string, RecordedPrediction>;
  readonly events: readonly { readonly step: number; readonly message: string }[];
  readonly seconds: number;
  readonly measuringSeconds: number;
  readonly metrics: MetricsState;
}

export const keyText = (key: PredictionKey): string => `${key.flow}|${key.from}|${key.of}`;

export class RunRecord {
  readonly measured = new Map<ModelId, RecordedCurve>();
  readonly predictions = new Map<string, RecordedPrediction>();
  readonly checkpoints = new Map<string, TrainerState>();
  readonly events: { step: number; message: string }[] = [];
  /** Of training. */
  seconds = 0;
  /** Of what was measured beside it, along the run. */
  measuringSeconds = 0;
  readonly times = new StepTimes();
  readonly metrics = new RunMetrics();

  /** The record as it is; it is read at once or not at all. */
  state(): RecordState {
    const { measured, predictions, events, seconds, measuringSeconds, metrics } = this;
    return { measured, predictions, events, seconds, measuringSeconds, metrics: metrics.state() };
  }

  /** The record of a run that was put away. The state is given away. */
  static restore(state: RecordState, checkpoints: ReadonlyMap<string, TrainerState>): RunRecord {
    const record = new RunRecord();
    for (const [model, curve] of state.measured) record.measured.set(model, curve);
    for (const [text, prediction] of state.predictions) record.predictions.set(text, prediction);
    for (const [name, each] of checkpoints) record.checkpoints.set(name, each);
    record.events.push(...state.events);
    record.seconds = state.seconds;
    record.measuringSeconds = state.measuringSeconds;
    record.metrics.restore(state.metrics);
    return record;
  }

  measure(model: ModelId, step: number, loss: number): void {
    const curve = this.measured.get(model) ?? { steps: [], losses: [] };
    this.measured.set(model, curve);
    if (curve.steps.at(-1) === step) curve.losses[curve.losses.length - 1] = loss;
    else {
      curve.steps.push(step);
      curve.losses.push(loss);
    }
  }

  /**
   * Takes a predicted point. One that comes again with the same loss, because its curve was begun anew, was said when
   * it came first.
   * @param madeAt the step that the training has come to
   * @returns the step that the training had come to when the point was made
   */
  predict(key: PredictionKey, model: ModelId, step: number, loss: number, madeAt: number): number {
    const text = keyText(key);
    const prediction = this.predictions.get(text) ?? { key, curves: new Map<ModelId, PredictedRecord>(), gradients: 0 };
    this.predictions.set(text, prediction);
    const curve = prediction.curves.get(model) ?? { steps: [], losses: [], madeAt: [] };
    prediction.curves.set(model, curve);
    const at = curve.steps.findLastIndex((known) => known <= step);
    const known = curve.steps[at] === step;
    const first = known && Object.is(curve.losses[at], loss) ? (curve.madeAt[at] ?? madeAt) : madeAt;
    const place = known ? at : at + 1;
    curve.steps.splice(place, known ? 1 : 0, step);
    curve.losses.splice(place, known ? 1 : 0, loss);
    curve.madeAt.splice(place, known ? 1 : 0, first);
    return first;
  }

  /** Forgets what was predicted of the plan after a step, and of networks that it has no more. */
  voidPredictions(after: number, models: readonly ModelId[]): void {
    for (const { key, curves } of this.predictions.values()) {
      if (key.of !== 'plan') continue;
      for (const [model, curve] of curves) {
        truncate(curve, after);
        curve.madeAt.length = curve.steps.length;
        if (curve.steps.length === 0 || !models.includes(model)) curves.delete(model);
      }
    }
  }

  /** The prediction of the hypothetical becomes the run's own; it is run from this step. */
  keepAsked(from: number): void {
    this.forget('asked');
    for (const [text, prediction] of [...this.predictions]) {
      if (prediction.key.of !== 'what-if') continue;
      const key: PredictionKey = { ...prediction.key, of: 'asked' };
      this.predictions.delete(text);
      this.predictions.set(keyText(key), { ...prediction, key });
      for (const { madeAt } of prediction.curves.values()) madeAt.forEach((step, i) => (madeAt[i] = Math.min(step, from)));
    }
  }

  /** Whether the plan, or what was asked before it was run, is predicted past a step. */
  isPredictedPast(step: number): boolean {
    const told = [...this.predictions.values()].filter(({ key }) => key.of !== 'what-if');
    return told.some(({ curves }) => [...curves.values()].some(({ steps }) => (steps.at(-1) ?? step) > step));
  }

  forget(of: PredictionKey['of']): void {
    for (const [text, { key }] of [...this.predictions]) if (key.of === of) this.predictions.delete(text);
  }

  /**
   * Goes back to a state: forgets what was measured after it, and the networks of stages that ended or began there if
   * it is from before that.
   * @param end last step of the run that goes on from it: where that is over nothing is made anew, its networks stay
   */
  rewind(snapshot: Pick<Snapshot, 'step' | 'growths'>, end: number): void {
    const { step } = snapshot;
    const turned = step >= end || isGrown(snapshot);
    for (const [model, curve] of this.measured) {
      truncate(curve, step);
      if (curve.steps.length === 0 || (step > 0 && !turned && curve.steps[0] === step)) this.measured.delete(model);
    }
    this.metrics.rewind(step);
    for (const key of this.checkpoints.keys()) {
      const at = Number(key.split('-')[1]);
      if (at > step || (at === step && !turned)) this.checkpoints.delete(key);
    }
  }

  /** How far a prediction of the plan is trusted, by what was measured so far (curves/trust.ts). */
  trustOf(key: PredictionKey): Trust {
    const compared: Compared[] = [];
    for (const [model, predicted] of this.predictions.get(keyText(key))?.curves ?? []) {
      // Mini-batch flows are of the mean over shufflings, not of one run.
      const mean = this.predictions.get(keyText({ ...key, flow: 'shuffled-runs' }))?.curves.get(model);
      const measured = mean ?? this.measured.get(model);
      if (measured && measured !== predicted) compared.push({ measured, predicted });
    }
    const planned = [...this.measured].filter(([id]) => !isBaseline(id)).map(([, curve]) => curve);
    return trustOf(trustBand(planned), compared, FLOW_ROWS[key.flow].averaged);
  }

  /** Which models are no standard T5s, why, and where they are written; null if all are. */
  private notStandard(): string | null {
    const names: string[] = [];
    let why = '';
    for (const [name, { config }] of this.checkpoints) {
      const reason = whyNoCheckpoint(config);
      if (reason === null) continue;
      names.push(name);
      why = reason;
    }
    return names.length === 0 ? null : `${names.join(', ')} stand in ${GROUPED_NORMS}/, not in ${CHECKPOINTS}/: their ${why}.`;
  }

  /** The prediction's own first step, which its later models go on from. */
  private startOf(key: PredictionKey, model: ModelId): number {
    const curves = this.predictions.get(keyText(key))?.curves;
    const starts = key.from === '0' ? [...(curves?.values() ?? [])] : [curves?.get(model)];
    return Math.min(...starts.map((curve) => curve?.steps[0] ?? 0));
  }

  /** The result files. */
  files(
    run: Run,
    adapter: AdapterReport,
    { trace, readme, besides = [] }: { readonly trace: boolean; readonly readme: boolean; readonly besides?: readonly OutputFile[] },
  ): readonly OutputFile[] {
    const { experiment } = run;
    const curves: ResultCurve[] = [...this.measured].map(([model, { steps, losses }]) => ({
      model,
      kind: 'measured',
      step: steps,
      loss: losses,
    }));
    for (const { key, curves: byModel, gradients, window } of this.predictions.values()) {
      if (key.of === 'what-if') continue;
      const when = madeWhen([...byModel.values()].map((curve) => ({ ...curve, length: curve.steps.length })));
      const trustedUntil = window === undefined ? this.trustOf(key).until : window;
      for (const [model, { steps, losses, madeAt }] of byModel) {
        const from = this.startOf(key, model);
        const said = { of: key.of, madeAt, inAdvance: when?.kind === 'advance', inAdvanceFrom: inAdvanceFrom(when, from) } as const;
        curves.push({ model, kind: key.flow, step: steps, loss: losses, from, trustedUntil, gradients, ...said } satisfies PredictedCurve);
      }
    }
    const models = run.models();
    const notStandard = this.notStandard();
    const shape = taskShape(run.data);
    const perStep = runCosts(experiment, run.stages, run.data);
    const cost = {
      ...costUntil(experiment, run.stages, shape, run.step, perStep),
      perStep: Object.fromEntries(perStep),
      beside: meterOf(run.device).flops,
      seconds: this.seconds,
      secondsPerStep: this.times.medians(),
    };
    const result = {
      link: formatLink(experiment),
      experiment,
      adapter: { kind: adapter.kind, description: adapter.description },
      models: models.map(({ id, parameters, parents, from, to }) => ({
        id,
        config: writeConfig(run.trainers.get(id)?.config ?? run.configOf(id)),
        parameters,
        parents,
        from,
        to: Math.min(to, run.step),
      })),
      curves,
      growth: run.growths.map(({ report: { step, operator, sources, target, loss, gap, logitsError, norms } }) => ({
        step,
        operator,
        sources,
        target,
        loss,
        gap,
        logitsError,
        norms,
      })),
      stepSize: Object.fromEntries(models.map(({ id }) => [id, run.usedStepSizes(id)])),
      stepSizeShared: run.sharedStepSizes(),
      cost,
      metrics: this.metrics.entries(({ flow, from, model }) => this.startOf({ flow, from, of: 'plan' }, model)),
      events: [...this.events, ...(notStandard === null ? [] : [{ step: run.step, message: notStandard }])],
    };
    const grown = new Set(run.stages.filter(({ sources }) => sources.length > 0).map(({ model, from }) => `${model}-${from}`));
    const states = [...this.checkpoints].flatMap(([name, state]) => stateFiles(name, state, run.data.task, grown.has(name)));
    const more = [...states, ...besides];
    const stages = [...run.stages, ...run.baselines];
    const flopsAt = (model: ModelId, step: number): number | undefined =>
      stages.some((stage) => stage.model === model) ? costTo(stages, perStep, model, step).total : undefined;
    return resultFiles(result, flopsAt, { trace: trace ? traceOf(run) : undefined, more, readme: readme ? readmeOf(run) : undefined });
  }
}

/** First step from which on a prediction was said in advance; null: its end was not. */
function inAdvanceFrom(when: MadeWhen | null, from: number): number | null {
  if (when?.kind === 'from') return when.step;
  return when?.kind === 'advance' ? from + 1 : null;
}

function truncate(curve: RecordedCurve, step: number): void {
  while ((curve.steps.at(-1) ?? -1) > step) {
    curve.steps.pop();
    curve.losses.pop();
  }
}

function traceOf(run: Run): Trace {
  const { data } = run;
  const { task, probe } = data;
  const order = run.fullBatch ? [] : Array.from({ length: run.step }, (_, step) => data.indicesAt(step));
  const whole = { train: tracedSet(makeBatch(task.train, task)), probe: tracedSet(probe), order };
  if (!hasOtherData(data) && (task.exampleAt === undefined || run.fullBatch)) return whole;
  const begun = run.stages.filter(({ from }) => from < run.step);
  return {
    ...whole,
    stages: begun.map((stage) => ({ model: stage.model, ...tracedStage(data.of(stage), stage.from, Math.min(stage.to, run.step)) })),
  };
}

/** The data of a stage in its steps so far. */
function tracedStage(
  { task, probe, source, examplesAt }: StageData,
  from: number,
  to: number,
): Omit<Trace, 'stages'> & { from: number; to: number } {
  const steps = source.at === undefined ? [] : Array.from({ length: to - from }, (_, i) => examplesAt(from + i));
  const train = steps.length === 0 ? task.train : steps.flat();
  let next = 0;
  const order = steps.map((examples) => examples.map(() => next++));
  return { from, to, train: tracedSet(makeBatch(train, task)), probe: tracedSet(probe), order };
}

function readmeOf(run: Run): Pick<ReadmeOf, 'sentence' | 'example'> {
  const [example] = run.data.task.train;
  return { sentence: sentence(run.experiment), example: { source: example?.source ?? '', target: example?.target ?? '' } };
}
