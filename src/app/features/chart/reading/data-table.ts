/** The chart as rows of numbers, for those who don't see it: thinned to steps that are worth reading aloud. */
import { say } from '../../../text/en/chart/chart.ts';
import { lossAt } from '../../../plot/curves/curve.ts';
import { count, formatLoss } from '../../../text/numbers.ts';
import { BESIDE, isBeside } from '../../../plot/curves/beside.ts';
import { isTheory } from './readout.ts';
import { predictionName, type Series } from '../../../plot/curves/series.ts';
import { niceStep } from '../../../plot/frame/ticks.ts';

export interface DataTable {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly step: string; readonly cells: readonly string[] }[];
}

/**
 * At most about `limit` rows at round steps, and always the last step that was measured. A cell is empty where a curve
 * is not.
 */
export function dataTable(
  series: readonly Series[],
  steps: number,
  limit = 24,
  valueOf: (value: number) => string = formatLoss,
): DataTable {
  const heads = series.map((one) =>
    isBeside(one.kind)
      ? BESIDE[one.kind].head
      : isTheory(one.kind)
        ? say.curveOf(one.model, one.kind === 'what-if' ? say.whatIf : predictionName(one.prediction, true))
        : say.measuredOf(one.model),
  );
  const stride = Math.max(1, niceStep(steps / limit));
  const chosen = new Set<number>();
  for (let step = 0; step <= steps; step += stride) chosen.add(step);
  for (const one of series) {
    if (isTheory(one.kind)) continue;
    const first = one.curve.steps[0];
    const last = one.curve.steps[one.curve.length - 1];
    if (one.curve.length > 0 && first !== undefined && last !== undefined) chosen.add(first).add(last);
  }
  const rows = [...chosen]
    .sort((a, b) => a - b)
    .map((step) => ({
      step: count(step),
      cells: series.map((one) => {
        const loss = lossAt(one.curve, step);
        return loss === null ? '' : valueOf(loss);
      }),
    }))
    .filter((row) => row.cells.some((cell) => cell !== ''));
  return { heads, rows };
}
