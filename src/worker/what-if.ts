/** A change of mind about a run: the experiment that it makes, and the step sizes that it would have. */
import type { Pool } from '../engine/device.ts';
import { recordedTables } from '../experiment/recordedTables.ts';
import { stepSizeAfter, type Experiment, type ModelId, type StepSize } from '../experiment/experiment.ts';
import { planOf, schedule, type ScheduledStage } from '../experiment/plan.ts';
import { withGrowthAt } from '../experiment/plan-edit.ts';
import { SharpnessProbe } from '../theory/sharpness.ts';
import type { NamedState } from '../theory/trajectory.ts';
import type { Checkpoints } from '../training/checkpoints.ts';
import type { WhatIf } from './protocol.ts';
import type { Run } from './run.ts';
import type { Snapshot } from './snapshot.ts';
import { StepSizes } from './step-sizes.ts';

/** Step sizes of a what-if: the run's own where they are known, else as the hypothetical plan says; a held sharpness is measured on the predicted models. */
export class HypotheticalStepSizes {
  private readonly run: Run;
  private readonly plan: readonly ScheduledStage[];
  private readonly experiment: Experiment;
  private readonly sizes = new Map<string, StepSizes>();
  private readonly from: number;
  private readonly probes = new Map<Pool, SharpnessProbe<Pool>>();

  constructor(run: Run, experiment: Experiment, snapshot: Snapshot) {
    this.run = run;
    this.experiment = experiment;
    this.plan = schedule(planOf(experiment));
    this.from = snapshot.step;
  }

  private sizesOf(model: ModelId, step: number): StepSizes {
    const stage = this.plan.find((each) => each.model === model && each.from <= step && step < each.to);
    if (!stage) throw new Error(`no stage of the hypothetical plan trains ${model} at step ${step}`);
    const grown = this.plan.some((each) => each.model === model && each.sources.length > 0);
    const key = `${grown} ${stage.from}`;
    const known = this.sizes.get(key);
    if (known) return known;
    const spec: StepSize = grown ? stepSizeAfter(this.experiment) : this.experiment.h;
    const ran = this.run.stages.find((each) => each.model === stage.model && each.from === stage.from);
    const same = ran !== undefined && this.run.sizesOf(ran).specAt(Math.max(stage.from, this.from));
    const tables = recordedTables(this.experiment);
    const sizes =
      ran && JSON.stringify(same) === JSON.stringify(spec)
        ? StepSizes.restore(this.run.sizesOf(ran).state())
        : new StepSizes(spec, Math.max(stage.from, grown ? stage.from : this.from), grown ? tables?.after : tables?.before);
    this.sizes.set(key, sizes);
    return sizes;
  }

  /** One for each of the models; those that share a held sharpness are asked together. */
  async at(step: number, models: readonly NamedState<Pool>[]): Promise<readonly number[]> {
    const each = models.map((state) => ({ ...state, sizes: this.sizesOf(state.model, step) }));
    for (const sizes of new Set(each.map((state) => state.sizes))) {
      if (!sizes.needsSharpness(step)) continue;
      const lambdas: number[] = [];
      for (const { objective, theta } of each.filter((state) => state.sizes === sizes)) {
        let probe = this.probes.get(theta);
        if (!probe) {
          // A rough sharpness is enough for a hypothetical, and each iteration costs two gradients.
          probe = new SharpnessProbe(objective, { tolerance: 0.03 });
          this.probes.set(theta, probe);
        }
        lambdas.push((await probe.measure(theta)).lambda);
      }
      sizes.refresh(step, lambdas);
    }
    return each.map(({ sizes }) => sizes.at(step) ?? Number.NaN);
  }

  dispose(): void {
    for (const probe of this.probes.values()) probe.dispose();
    this.probes.clear();
  }
}

/** The experiment with a change of mind applied. In a general plan the growth step is that of the first growth. */
export function applyWhatIf(experiment: Experiment, change: WhatIf): Experiment {
  return {
    ...experiment,
    ...(change.grow === undefined ? {} : withGrowthAt(experiment, Math.max(1, change.grow))),
    ...(change.h === undefined ? {} : { h: change.h }),
    ...(change.h2 === undefined ? {} : { h2: change.h2 }),
  };
}

/** The nearest state from which a change of mind can be carried out. */
export async function snapshotFor(
  { run, checkpoints }: { readonly run: Run; readonly checkpoints: Checkpoints<Snapshot> },
  change: WhatIf,
): Promise<Snapshot> {
  const grownAt = run.growths[0]?.report.step ?? null;
  const earliest = Math.min(run.step, change.h === undefined ? (change.grow ?? grownAt ?? run.step) : 0, grownAt ?? run.step);
  if (earliest === run.step && grownAt === null) return run.snapshot();
  const found = checkpoints.nearestAtOrBefore(earliest);
  if (!found) throw new Error(`no checkpoint at or before step ${earliest} is in memory`);
  return found.snapshot;
}
