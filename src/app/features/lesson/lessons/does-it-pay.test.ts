import { expect, it } from 'vitest';
import { presetExperiment } from '../../../../experiment/presets/presets.ts';
import type { State } from '../../../state/state.ts';
import { store } from '../../../state/store.ts';
import { lesson } from './does-it-pay.ts';

const open = lesson.steps.find(({ id }) => id === 'open');

it('a run of the reader’s own that never fused has nothing to compare, and is done nevertheless', () => {
  const state: State = { ...store.getState(), loaded: presetExperiment('first-fusion'), growth: null };
  const facts = open?.measure?.(state, {});
  expect(facts).toEqual({});
  expect(open?.reveal(facts ?? {}, {})[0]).toContain('no loss that both have reached');
});

it('costs are waited for while the networks beside a fused run are still measured', () => {
  const state: State = { ...store.getState(), loaded: presetExperiment('first-fusion'), growth: { step: 60 } as State['growth'] };
  expect(open?.measure?.(state, {})).toBeNull();
});
