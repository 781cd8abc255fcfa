import { expect, it } from 'vitest';
import { curveOf } from '../../../plot/curves/curve.ts';
import { store } from '../../../state/store.ts';
import type { State } from '../../../state/state.ts';
import { lesson } from './read-then-answer.ts';

it('what reading brought is the last loss on its gaps, and not that of the questions which come behind it', () => {
  const now = store.getState();
  // A fast device measures every few steps; at step 800 it is asked questions already.
  const chart = { ...now.chart, measured: new Map([['A', curveOf([780, 790, 800], [0.6, 0.55, 12.9])]]) };
  const metrics = [
    { model: 'A', task: 'who', split: 'validation', name: 'exact match', step: 800, value: 0 },
  ] as unknown as State['metrics'];
  const read = lesson.steps.find(({ id }) => id === 'read');
  expect(read?.measure?.({ ...now, chart, metrics }, {})?.['loss']).toBeCloseTo(0.55, 6);
});
