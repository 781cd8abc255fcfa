/**
 * Work on rows whose sum or maximum is needed: on a CPU one invocation takes a whole row (no barriers); on
 * hardware 16 invocations share a row and combine their parts through workgroup memory, in a fixed order.
 */
import type { KernelContext, Shared } from '../compile/task.ts';

export interface Rows {
  /** Invocations that share a row. */
  readonly lanes: number;
  /** Workgroups for `n` rows. */
  readonly workgroups: (n: number) => number;
  /** Declares `row`, `lane` and `exists` (whether the row exists; `row` is clamped). */
  readonly head: (count: string) => string;
  /** Combines `variable` over the row's lanes; every lane then holds the result. Must be reached by all invocations. */
  readonly combine: (shared: Shared, variable: string, how: 'sum' | 'max') => string;
  readonly key: string;
}

export function rowsOf(context: KernelContext): Rows {
  const lanes = context.hardware ? 16 : 1;
  const perGroup = context.workgroupSize / lanes;
  return {
    lanes,
    key: lanes > 1 ? '/shared' : '',
    workgroups: (n) => Math.ceil(n / perGroup),
    head: (count) => `let lane = lid % ${lanes}u;
let wanted = wid * ${perGroup}u + lid / ${lanes}u;
let exists = wanted < ${count};
let row = min(wanted, ${count} - 1u);`,
    combine: (shared, variable, how) => {
      if (lanes === 1) return '';
      const part = shared('row_part', `array<f32, ${context.workgroupSize}>`);
      const next = `${part}[lid - lane + j]`;
      return `workgroupBarrier();
${part}[lid] = ${variable};
workgroupBarrier();
${variable} = ${part}[lid - lane];
for (var j = 1u; j < ${lanes}u; j++) { ${variable} = ${how === 'sum' ? `${variable} + ${next}` : `max(${variable}, ${next})`}; }`;
    },
  };
}
