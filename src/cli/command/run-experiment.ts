/** Drives the page's own session without a page: the same commands, the same events, the same files. */
import { spellLoss } from '../../experiment/messages/numbers.ts';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Experiment, isIntegrated } from '../../experiment/experiment.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import type { OutputFile } from '../../storage/files.ts';
import { type AdapterReport, type MetricReport, metricKey, type PredictionKey } from '../../run/reports.ts';
import type { AnsweredText } from '../../run/metrics/answer-texts.ts';
import type { Event } from '../../session/protocol.ts';
import type { PredictionCost } from '../../predict/reports.ts';
import { startThread } from '../../session/parallel/node.ts';
import { keyText } from '../../run/record.ts';
import { Session } from '../../session/session.ts';
import { type Asked, answersFile } from './answers-file.ts';
import type { NetworkFile } from '../../storage/checkpoint/network-file.ts';
import type { RunState } from '../results/run-state.ts';
import { openDevice } from './devices.ts';
import type { Progress } from './progress.ts';

/** Prepared data (`npm run data`), as the page finds it below its own address. */
const PUBLIC = fileURLToPath(new URL('../../../public/', import.meta.url));

export interface Outcome {
  readonly phase: 'finished' | 'diverged' | 'failed';
  /** Why it failed or diverged; empty if it finished. */
  readonly reason: string;
  readonly adapter: AdapterReport | null;
  /** The step of what was kept of it, at which it went on; null: it began at step 0. */
  readonly from: number | null;
  /** Last measured loss of every model. */
  readonly losses: ReadonlyMap<string, { readonly step: number; readonly loss: number }>;
  readonly gaps: readonly { readonly step: number; readonly gap: number }[];
  /** How good the answers of every model are, the last that was measured. */
  readonly metrics: readonly MetricReport[];
  readonly files: readonly OutputFile[];
  /** The networks' answers at the end, where they were asked. */
  readonly answered: readonly AnsweredText[];
  /** Why they could not be asked, e.g. for want of memory; null where they could, or nothing was asked. */
  readonly unanswered: string | null;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(join(PUBLIC, path), 'utf8');
  } catch (error) {
    throw new Error(`${path} is missing; npm run data prepares it`, { cause: error });
  }
}

/** The content of a run's events, as far as a command line needs it. */
class Listener {
  adapter: AdapterReport | null = null;
  readonly losses = new Map<string, { step: number; loss: number }>();
  readonly gaps: { step: number; gap: number }[] = [];
  readonly metrics = new Map<string, MetricReport>();
  /** Last fault that was told. */
  fault = '';
  diverged = '';
  private readonly predictions = new Map<string, PredictionCost>();
  private readonly progress: Progress;
  private readonly experiment: Experiment;
  private readonly steps: number;
  private unavailable = false;
  private planned: readonly PredictionKey[] = [];
  private step = 0;

  constructor(experiment: Experiment, progress: Progress) {
    this.experiment = experiment;
    this.steps = experiment.steps;
    this.progress = progress;
  }

  files: readonly OutputFile[] | null = null;
  /** Told when the files have come, or can't be made. */
  onFiles: (() => void) | null = null;

  /** Every prediction that the experiment asks for, and that there can be, has come to an end. */
  get predicted(): boolean {
    if (this.unavailable) return true;
    const atGrowth = this.gaps.length > 0 ? this.experiment.predict.filter((flow) => !isIntegrated(flow)) : [];
    const expected = [...this.planned, ...atGrowth.map((flow): PredictionKey => ({ flow, from: 'growth', of: 'plan' }))];
    return expected.every((key) => {
      const state = this.predictions.get(keyText(key))?.state;
      return state === 'done' || state === 'cancelled';
    });
  }

  hear(event: Event): void {
    switch (event.type) {
      case 'ready':
        this.adapter = event.adapter;
        if (event.adapter.reason) this.progress.note(event.adapter.reason.message);
        return;
      case 'measured': {
        const step = event.steps.at(-1);
        const loss = event.losses.at(-1);
        if (step === undefined || loss === undefined) return;
        this.losses.set(event.model, { step, loss });
        this.step = Math.max(this.step, step);
        return this.draw();
      }
      case 'growth':
        this.gaps.push({ step: event.report.step, gap: event.report.gap });
        return;
      case 'task-metrics':
        for (const each of event.metrics) this.metrics.set(metricKey(each), each);
        return;
      case 'prediction-state':
        this.predictions.set(keyText(event.key), event.cost);
        return this.draw();
      case 'flow':
        this.planned = event.planned;
        return;
      case 'prediction-unavailable':
        this.unavailable = true;
        return this.progress.note(`Not predicted: ${event.reason.message}`);
      case 'log':
        // It says what becomes of the tokens of networks from files.
        if (event.said.code.startsWith('network-')) this.progress.note(event.message);
        return;
      case 'fault':
        this.fault = event.message;
        this.onFiles?.();
        return this.progress.note(event.message);
      case 'files':
        this.files = event.files;
        return this.onFiles?.();
      case 'diverged':
        this.diverged = `Training diverged at step ${event.step}: loss ${event.loss.toPrecision(3)}, step size ${event.stepSize.toPrecision(3)}`;
        return;
      default:
    }
  }

  /** Predictions that will be made, as far as that is known by now. */
  private get expected(): number {
    if (this.unavailable) return 0;
    const { predict, grow } = this.experiment;
    return Math.max(
      this.planned.length + (grow === null ? 0 : predict.filter((flow) => !isIntegrated(flow)).length),
      this.predictions.size,
    );
  }

  /** Training and predictions are half of the way each. */
  private draw(): void {
    const { step, steps, expected } = this;
    const all = [...this.predictions.values()];
    const trained = Math.min(step / steps, 1);
    const predicted = expected === 0 ? 1 : all.reduce((sum, { progress }) => sum + progress, 0) / expected;
    const share = expected === 0 ? trained : (trained + predicted) / 2;
    const losses = [...this.losses].map(([model, { loss }]) => `${model} ${spellLoss(loss, 3)}`).join(' · ');
    const gradients = all.reduce((sum, cost) => sum + cost.gradients, 0).toLocaleString('en-US');
    const told = [
      `step ${step} of ${steps}${step < steps ? `, loss ${losses}` : ''}`,
      ...(expected === 0 ? [] : [`predictions ${Math.floor(predicted * 100)} %, ${gradients} gradients`]),
    ];
    this.progress.show(share, told.join('; '));
  }
}

/** Runs the experiment to its end, with its predictions. */
export async function runExperiment(
  experiment: Experiment,
  options: {
    readonly trace: boolean;
    readonly files: boolean;
    /** Whether sharpness, gradient norms and distances from the flows are measured along the run. */
    readonly metrics: boolean;
    readonly progress: Progress;
    /** The answers are among the files. */
    readonly asked?: Asked | undefined;
    /** Networks from files that the experiment names. */
    readonly networks?: readonly NetworkFile[];
    /** Texts of one's own that the experiment names. */
    readonly own?: readonly string[];
    /** Where the state is kept as it trains, and what is gone on with; absent: it is not kept. */
    readonly state?: RunState | undefined;
  },
): Promise<Outcome> {
  let listener = new Listener(experiment, options.progress);
  let ended: ((phase: Outcome['phase']) => void) | undefined;
  let loaded: (() => void) | undefined;
  let phase: Outcome['phase'] | null = null;
  const { state } = options;
  const kept = state?.entry ?? null;
  /** Until it is known whether what was kept is gone on with, nothing that it says is the end. */
  let settled = kept === null;
  const done = new Promise<Outcome['phase']>((resolve) => (ended = resolve));
  const endIfOver = (): void => {
    // A run that ended early never decides the step sizes that its predictions wait for.
    if (settled && phase !== null && (phase !== 'finished' || listener.predicted)) ended?.(phase);
  };
  const session = new Session({
    watched: false,
    measures: options.metrics,
    readText,
    createDevice: (choice, onCompile) => openDevice(choice, onCompile),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
    startTrainer: startThread,
    cores: availableParallelism(),
    ...(state ? { openStore: () => Promise.resolve(state.store) } : {}),
    emit(event) {
      listener.hear(event);
      if (event.type === 'phase') {
        if (event.phase === 'finished' || event.phase === 'diverged' || event.phase === 'failed') phase = event.phase;
        if (event.phase !== 'loading') loaded?.();
      }
      endIfOver();
    },
  });
  for (const network of options.networks ?? []) session.networks.take(network);
  for (const text of options.own ?? []) await session.own.take(text);
  /** Until it is loaded, or can't be. @returns how it has ended, if it has */
  const load = async (id: string | null): Promise<Outcome['phase'] | null> => {
    phase = null;
    const ready = new Promise<void>((resolve) => (loaded = resolve));
    session.handle(id === null ? { type: 'load', experiment } : { type: 'take-up', kept: id });
    await ready;
    return phase;
  };
  const goesOn = kept !== null && (await load(kept.id)) !== 'failed' && listener.adapter?.kind === kept.adapter;
  settled = true;
  if (goesOn) {
    options.progress.note(`It goes on at step ${kept.step} of ${kept.end}.`);
    endIfOver();
  } else {
    // What can't be gone on with, or not with the same bits, as on another adapter, begins again: nothing of it counts.
    listener = new Listener(experiment, options.progress);
    await load(null);
    // Only now: the session writes the state of what it puts away once more.
    state?.clear();
  }
  // As fast as it goes: nobody watches. Not part of the experiment, which keeps its pace in the result.
  session.handle({ type: 'set-pace', pace: 'max' });
  session.handle({ type: 'run' });
  const end = await done;
  options.progress.clear();
  const reason = end === 'finished' ? '' : end === 'diverged' ? listener.diverged : listener.fault;
  const { asked } = options;
  let answered: readonly AnsweredText[] = [];
  let unanswered: string | null = null;
  try {
    if (asked && end === 'finished') answered = await session.answer(asked.texts);
  } catch (error) {
    // The result is written all the same: only the answers are missing.
    unanswered = tellError(error).message;
  }
  const besides = asked && answered.length > 0 ? [answersFile(answered, asked.form)] : [];
  const files = options.files && listener.adapter !== null ? await filesOf(session, listener, options.trace, besides) : [];
  session.close();
  await session.ended;
  return {
    phase: end,
    reason,
    adapter: listener.adapter,
    from: goesOn ? kept.step : null,
    losses: listener.losses,
    gaps: listener.gaps,
    metrics: [...listener.metrics.values()],
    files,
    answered,
    unanswered,
  };
}

/** The result files; none where there is no run to make them of any more. */
async function filesOf(
  session: Session,
  listener: Listener,
  trace: boolean,
  besides: readonly OutputFile[],
): Promise<readonly OutputFile[]> {
  const answered = new Promise<void>((resolve) => (listener.onFiles = resolve));
  session.handle({ type: 'export', trace, besides });
  await answered;
  return listener.files ?? [];
}
