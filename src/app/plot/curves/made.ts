/** When a prediction on the chart was made: before the training got there, or after (curves/made-when.ts). */
import { type MadeWhen, madeWhen } from '../../../curves/made-when.ts';
import { say } from '../../text/en/chart/plot.ts';
import { count } from '../../text/numbers.ts';
import type { Course } from './growable.ts';

/** `said in advance`, of the prediction with this key; null where nothing is predicted yet. */
export function madeOf(chart: { readonly made?: ReadonlyMap<string, ReadonlyMap<string, Course>> }, key: string): string | null {
  const curves = [...(chart.made?.get(key)?.values() ?? [])];
  const when = madeWhen(curves.map(({ steps, values, length }) => ({ steps, madeAt: values, length })));
  return when && madeWords(when);
}

/** `said in advance`, `said afterwards`, `said in advance from step 40 on`. */
export function madeWords(when: MadeWhen): string {
  switch (when.kind) {
    case 'advance':
      return say.saidInAdvance;
    case 'afterwards':
      return say.saidAfterwards;
    case 'from':
      return say.saidInAdvanceFrom(count(when.step));
  }
}
