/** Drives the page's own session without a page: the same commands, the same events, the same files. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Experiment, isIntegrated } from '../experiment/experiment.ts';
import type { OutputFile } from '../storage/files.ts';
import type { AdapterReport, Event, PredictionCost, PredictionKey } from '../worker/protocol.ts';
import { startThread } from '../worker/parallel/node.ts';
import { keyText } from '../worker/record.ts';
import { Session } from '../worker/session.ts';
import { openDevice } from './devices.ts';
import type { Progress } from './progress.ts';

/** Prepared data (`npm run data`), as the page finds it below its own address. */
const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));

export interface Outcome {
  readonly phase: 'finished' | 'diverged' | 'failed';
  /** Why it failed or diverged; empty if it finished. */
  readonly reason: string;
  readonly adapter: AdapterReport | null;
  /** Last measured loss of every model. */
  readonly losses: ReadonlyMap<string, { readonly step: number; readonly loss: number }>;
  readonly gaps: readonly { readonly step: number; readonly gap: number }[];
  readonly files: readonly OutputFile[];
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(join(PUBLIC, path), 'utf8');
  } catch (error) {
    throw new Error(`${path} is missing; npm run data prepares it`, { cause: error });
  }
}

/** What the events of a run say, as far as a command line needs it. */
class Listener {
  adapter: AdapterReport | null = null;
  readonly losses = new Map<string, { step: number; loss: number }>();
  readonly gaps: { step: number; gap: number }[] = [];
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

  take(event: Event): void {
    switch (event.type) {
      case 'ready':
        this.adapter = event.adapter;
        this.progress.note(event.adapter.reason);
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
      case 'prediction-state':
        this.predictions.set(keyText(event.key), event.cost);
        return this.draw();
      case 'flow':
        this.planned = event.planned;
        return;
      case 'prediction-unavailable':
        this.unavailable = true;
        return this.progress.note(`Not predicted: ${event.reason}`);
      case 'fault':
        this.fault = event.message;
        return this.progress.note(event.message);
      case 'diverged':
        this.diverged = `Training diverged at step ${event.step}: loss ${event.loss.toPrecision(3)}, step size ${event.stepSize.toPrecision(3)}`;
        return;
      default:
    }
  }

  private draw(): void {
    if (this.step < this.steps) {
      const losses = [...this.losses].map(([model, { loss }]) => `${model} ${loss.toFixed(3)}`).join(' · ');
      return this.progress.show(this.step / this.steps, `step ${this.step} of ${this.steps}, loss ${losses}`);
    }
    const all = [...this.predictions.values()];
    if (all.length === 0) return this.progress.show(1, `step ${this.step} of ${this.steps}`);
    const share = all.reduce((sum, { progress }) => sum + progress / all.length, 0);
    this.progress.show(share, `predictions, ${all.reduce((sum, { gradients }) => sum + gradients, 0).toLocaleString('en-US')} gradients`);
  }
}

/** Runs the experiment to its end, with its predictions. */
export async function runExperiment(
  experiment: Experiment,
  options: { readonly trace: boolean; readonly files: boolean; readonly progress: Progress },
): Promise<Outcome> {
  const listener = new Listener(experiment, options.progress);
  let ended: ((phase: Outcome['phase']) => void) | undefined;
  let loaded: (() => void) | undefined;
  let phase: Outcome['phase'] | null = null;
  const ready = new Promise<void>((resolve) => (loaded = resolve));
  const done = new Promise<Outcome['phase']>((resolve) => (ended = resolve));
  const session = new Session({
    watched: false,
    readText,
    createDevice: (choice, onCompile) => openDevice(choice, onCompile),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
    startTrainer: startThread,
    cores: availableParallelism(),
    emit(event) {
      listener.take(event);
      if (event.type === 'phase' && event.phase === 'ready') loaded?.();
      if (event.type === 'phase' && (event.phase === 'finished' || event.phase === 'diverged' || event.phase === 'failed'))
        phase = event.phase;
      // A run that ended early never decides the step sizes that its predictions wait for.
      if (phase !== null && (phase !== 'finished' || listener.predicted)) ended?.(phase);
    },
  });
  session.handle({ type: 'load', experiment });
  await Promise.race([ready, done]);
  // As fast as it goes: nobody watches. Not part of the experiment, which keeps its pace in the result.
  session.handle({ type: 'set-pace', pace: 'max' });
  session.handle({ type: 'run' });
  const end = await done;
  options.progress.clear();
  const files = options.files && listener.adapter !== null ? session.files(options.trace) : [];
  session.close();
  await session.ended;
  const reason = end === 'finished' ? '' : end === 'diverged' ? listener.diverged : listener.fault;
  return { phase: end, reason, adapter: listener.adapter, losses: listener.losses, gaps: listener.gaps, files };
}
