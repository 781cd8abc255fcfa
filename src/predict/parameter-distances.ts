/**
 * ‖θ_run - θ_flow‖ at the steps at which both are held: the run's snapshots and copies of the predicted parameters,
 * which wait in host memory for the one that comes later.
 */
import type { Pool } from '../engine/device.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import type { ModelId } from '../experiment/experiment.ts';
import { flatten } from '../model/pool-tensors.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import type { PredictionNotice } from './reports.ts';
import type { PredictionKey } from '../run/reports.ts';
import { keyText } from '../run/record.ts';
import type { Run } from '../run/run.ts';
import { type Snapshot, snapshotEvery } from '../run/snapshot.ts';

interface Waiting {
  readonly key: PredictionKey;
  readonly model: ModelId;
  readonly step: number;
  readonly theta: Float32Array;
}

export type ParameterDistance = Extract<PredictionNotice, { type: 'parameter-distance' }>;

/** Bytes that waiting copies may take; what comes beyond is left out. */
const MOST_BYTES = 24e6;

export class ParameterDistances {
  private readonly checkpoints: Checkpoints<Snapshot>;
  private readonly emit: (event: ParameterDistance) => void;
  private readonly waiting = new Map<string, Waiting>();
  /** Step of every copy that was taken, by its name. */
  private readonly taken = new Map<string, number>();

  constructor(checkpoints: Checkpoints<Snapshot>, emit: (event: ParameterDistance) => void) {
    this.checkpoints = checkpoints;
    this.emit = emit;
  }

  /** Copies the predicted models of a step, if it is one of those that the run is held at. */
  async predicted(
    run: Run,
    key: PredictionKey,
    step: number,
    models: readonly { readonly model: ModelId; readonly theta: Pool }[],
  ): Promise<void> {
    if (step === 0 || step % snapshotEvery(run.end) !== 0) return;
    for (const { model, theta } of models) {
      const id = `${keyText(key)} ${model} ${step}`;
      // A stage that begins here begins from the run, or is grown after the snapshot.
      if (this.taken.has(id) || run.stages.some((stage) => stage.model === model && stage.from === step)) continue;
      this.taken.set(id, step);
      const bytes = [...this.waiting.values()].reduce((sum, each) => sum + each.theta.byteLength, 0);
      if (bytes > MOST_BYTES) return;
      this.waiting.set(id, { key, model, step, theta: Float32Array.from(await run.device.read(theta)) });
    }
  }

  /** Tells the distances of all steps that the run has left behind. */
  async compare(run: Run): Promise<void> {
    for (const [id, { key, model, step, theta }] of this.waiting) {
      if (step >= run.step) continue;
      const parameters = this.parametersAt(model, step);
      this.waiting.delete(id);
      if (!parameters) continue;
      const { layout } = (await run.objective(run.configOf(model))).space;
      const own = flatten(parameters, layout);
      const start = flatten(run.growths.find(({ report }) => report.target === model)?.fused ?? run.initial(model), layout);
      this.emit({ type: 'parameter-distance', key, model, step, distance: distance(own, theta), travelled: distance(own, start) });
    }
  }

  /** A run that goes on from this step makes other parameters. */
  forgetAfter(step: number): void {
    for (const [id, { step: at }] of this.waiting) if (at > step) this.waiting.delete(id);
    for (const [id, at] of this.taken) if (at > step) this.taken.delete(id);
  }

  private parametersAt(model: ModelId, step: number): NamedTensors | undefined {
    const held = this.checkpoints.nearestAtOrBefore(step);
    return held?.step === step ? held.snapshot.trainers.get(model)?.parameters : undefined;
  }
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
