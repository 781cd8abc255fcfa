/**
 * How far each flow is off after one step from where the run is, with its step size and with a half and a quarter of it
 * (theory/local-orders.ts). Worked on in slices, only when asked, in pools of its own.
 */
import { Job } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { LADDER, localErrors } from '../../theory/local-orders.ts';
import type { PredictionNotice, OrderReport } from '../reports.ts';
import type { Run } from '../../run/run.ts';

/** Shares of the run's step size. */
const SHARES = [1, 0.5, 0.25] as const;
/** Share of ‖θ‖ that a few hundred float32 operations on θ are off by. */
const ROUNDING = 3e-7;

export class OrderStudy {
  private readonly emit: (event: PredictionNotice) => void;
  private job: Job<number, OrderReport> | null = null;

  constructor(emit: (event: PredictionNotice) => void) {
    this.emit = emit;
  }

  /** Looks at the newest network of the run as it is now. */
  async ask(run: Run): Promise<void> {
    await this.cancel();
    let gradients = 0;
    this.job = new Job(study(run), {
      each: (spent) => (gradients += spent),
      ended: (report) => this.emit({ type: 'orders', report: { ...report, gradients } }),
    });
  }

  async cancel(): Promise<void> {
    await this.job?.cancel();
  }

  /** Works for about this long; false if there is nothing to do. */
  async advance(milliseconds: number): Promise<boolean> {
    if (!this.job || this.job.isOver) return false;
    await this.job.advance(milliseconds);
    return true;
  }
}

async function* study(run: Run): AsyncGenerator<number, OrderReport, undefined> {
  const { step } = run;
  const model = run.growth?.report.target ?? [...run.trainers.keys()][0] ?? 'A';
  const trainer = run.trainers.get(model) ?? [...run.trainers.values()][0];
  // After the last step there is none that is known: the last one that was taken stands in.
  const h = run.stepSizeOf(model, step) ?? run.usedStepSizes(model).at(-1)?.[1];
  if (!trainer || h === undefined) throw new Error(`no step size of ${model} is known at step ${step}: train a step first`);
  const { config, parameters } = await trainer.state();
  const objective = await run.objective(config);
  using own = new Resources();
  const theta = objective.space.fromTensors(parameters, own);
  const sizes = SHARES.map((share) => share * h);
  const rows = yield* localErrors(objective, theta, sizes, LADDER);
  const rounding = ROUNDING * Math.sqrt(await objective.space.dot(theta, theta));
  return { model, step, sizes, rows, rounding, gradients: 0 };
}
