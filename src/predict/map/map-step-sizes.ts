/**
 * The step sizes of a cell of the map: before the growth those of the run, after it the cell's. Where they are held to
 * the sharpness the run's own table stands in, moved to the cell's growth and scaled by its c, and held beyond what is
 * known.
 */
import { type StepSizeTable, tableAt } from '../../experiment/experiment.ts';
import type { ScheduledStage } from '../../experiment/plan/plan.ts';
import type { Run } from '../../run/run.ts';
import type { StepSizes } from '../../run/step-sizes/step-sizes.ts';

/** The known step sizes of a stage from its first step on, as a table; null where its first is not known. */
function knownTable(sizes: StepSizes, from: number, to: number): StepSizeTable | null {
  const table: [number, number][] = [];
  for (let step = from; step <= to; step++) {
    const size = sizes.at(step);
    if (size === undefined) break;
    if (table.at(-1)?.[1] !== size) table.push([step, size]);
  }
  return table.length === 0 ? null : table;
}

export class MapStepSizes {
  private readonly beforeTable: StepSizeTable | null;
  private readonly afterTable: StepSizeTable | null;
  private readonly grownAt: number;
  /** The run's own c, where its step size after the growth is held. */
  private readonly c: number | null;

  constructor(run: Run, source: ScheduledStage, target: ScheduledStage) {
    this.grownAt = target.from;
    this.beforeTable = knownTable(run.sizesOf(source), source.from, source.to);
    const spec = run.sizesOf(target).specAt(target.from);
    this.c = spec.kind === 'edge' ? spec.edge : null;
    this.afterTable = this.c === null ? null : knownTable(run.sizesOf(target), target.from, target.to);
  }

  /** The sources' table, from step 0 on; null where it is not known yet. */
  get before(): StepSizeTable | null {
    return this.beforeTable;
  }

  /** The table of a cell from its growth on; null where it is not known yet. */
  after(grow: number, value: number, held: boolean): StepSizeTable | null {
    if (!held) return [[grow, value]];
    const { c, afterTable, grownAt } = this;
    if (c === null || afterTable === null) return null;
    return afterTable.map(([step, size]) => [step - grownAt + grow, (size * value) / c] as const);
  }

  /** Σh of the sources' steps before a growth. */
  timeBefore(grow: number): number | null {
    const { beforeTable } = this;
    if (beforeTable === null) return null;
    let time = 0;
    for (let step = 0; step < grow; step++) time += tableAt(beforeTable, step);
    return time;
  }
}
