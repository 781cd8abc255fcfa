/**
 * The step size of one stage of a run: what was asked for (constant, table, held to the sharpness), changes of mind
 * while it runs, and the table of what was really used, which predictions and result files read.
 */
import { shortestSingle } from '../../experiment/link/spelling.ts';
import { tableAt, type StepSize, type StepSizeTable } from '../../experiment/experiment.ts';
import { HeldSharpness } from '../../theory/curvature/held-sharpness.ts';

interface Segment {
  readonly from: number;
  readonly spec: StepSize;
  readonly held: HeldSharpness | null;
}

export interface StepSizesState {
  readonly segments: readonly { readonly from: number; readonly spec: StepSize; readonly known: StepSizeTable }[];
  readonly recorded: boolean;
  readonly used: StepSizeTable;
  readonly lastStep: number;
}

const segment = (from: number, spec: StepSize, known: StepSizeTable = []): Segment => ({
  from,
  spec,
  held: spec.kind === 'edge' ? new HeldSharpness({ edge: spec.edge, from, known }) : null,
});

export class StepSizes {
  readonly from: number;
  /** Held to a sharpness that was measured before this run. */
  private readonly recorded: boolean;
  private segments: Segment[];
  private readonly taken: [step: number, size: number][] = [];
  private lastTaken = -1;

  /** @param known a preset's recorded table for a held sharpness, used as it is */
  constructor(spec: StepSize, from: number, known: StepSizeTable = [], recorded = known.length > 0) {
    this.from = from;
    this.recorded = recorded;
    this.segments = [segment(from, spec, known)];
  }

  static restore(state: StepSizesState): StepSizes {
    const first = state.segments[0];
    if (!first) throw new Error('step sizes: nothing to restore');
    const sizes = new StepSizes(first.spec, first.from, first.known, state.recorded);
    sizes.segments = state.segments.map(({ from, spec, known }) => segment(from, spec, known));
    sizes.taken.push(...state.used.map(([step, size]): [number, number] => [step, size]));
    sizes.lastTaken = state.lastStep;
    return sizes;
  }

  state(): StepSizesState {
    return {
      segments: this.segments.map(({ from, spec, held }) => ({ from, spec, known: held?.table ?? [] })),
      recorded: this.recorded,
      used: this.used,
      lastStep: this.lastTaken,
    };
  }

  private segmentAt(step: number): Segment {
    const found = this.segments.findLast((each) => each.from <= step) ?? this.segments[0];
    if (!found) throw new Error('step sizes: no segment');
    return found;
  }

  /** Another step size from `step` on. */
  change(step: number, spec: StepSize): void {
    this.segments = [...this.segments.filter((each) => each.from < step), segment(step, spec)];
  }

  specAt(step: number): StepSize {
    return this.segmentAt(step).spec;
  }

  /**
   * Step size at a step: as it was used, else as it is known; undefined while a held sharpness has to be measured
   * first.
   */
  at(step: number): number | undefined {
    if (step <= this.lastTaken) return tableAt(this.taken, step);
    const { spec, held } = this.segmentAt(step);
    switch (spec.kind) {
      case 'constant':
        return spec.value;
      case 'table':
        return tableAt(spec.table, step);
      case 'edge':
        return held?.at(step);
    }
  }

  /** Whether the sharpness must be measured to know the step size. */
  needsSharpness(step: number): boolean {
    return this.at(step) === undefined;
  }

  /** Whether what is asked for now is a step size held to the sharpness. */
  get isHeld(): boolean {
    return this.segments.at(-1)?.spec.kind === 'edge';
  }

  /** Whether the run measures the sharpness for itself, to hold it. */
  measures(step: number): boolean {
    return this.specAt(step).kind === 'edge' && !this.recorded;
  }

  /** Takes the sharpness of the models at a step. */
  refresh(step: number, lambdas: readonly number[]): void {
    this.segmentAt(step).held?.refresh(step, lambdas);
  }

  /** Whether the step size at a step is held, at the largest there is, to a sharpness that asks for more. */
  isBounded(step: number): boolean {
    return this.segmentAt(step).held?.isBounded(step) ?? false;
  }

  /** The step size of an update that is being made; kept in the table of what was used. */
  use(step: number): number {
    const size = this.at(step);
    if (size === undefined) throw new Error(`the step size at step ${step} is held to the sharpness, which was not measured`);
    const last = this.taken.at(-1);
    if (!last || last[1] !== size) this.taken.push([step, size]);
    this.lastTaken = step;
    return size;
  }

  /** The step sizes that were used so far. */
  get used(): StepSizeTable {
    return this.taken.map(([step, size]) => [step, size] as const);
  }

  /** Last step for which a size was taken; −1 before the first. */
  get lastStep(): number {
    return this.lastTaken;
  }
}

/**
 * The step sizes that were used up to a step and another value from there on, as one table, in the shortest numbers
 * that give the same steps. A held sharpness can't be part of a table: it stands for all of it.
 */
export function joined(used: StepSizeTable, step: number, value: StepSize): StepSize {
  const before = used.filter(([at]) => at < step);
  if (before.length === 0 || value.kind === 'edge') return value;
  const after: StepSizeTable =
    value.kind === 'constant' ? [[step, value.value]] : [[step, tableAt(value.table, step)], ...value.table.filter(([at]) => at > step)];
  const short = before.map(([at, size]) => [at, shortestSingle(size)] as const);
  const table = [...short, ...after];
  return { kind: 'table', table: table.filter(([, size], i) => size !== table[i - 1]?.[1]) };
}
