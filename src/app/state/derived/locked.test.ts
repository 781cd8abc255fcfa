import { describe, expect, it } from 'vitest';
import { parseLink } from '../../../experiment/link/link.ts';
import { suggestions } from '../../features/conclusion/next.ts';
import { emptyState } from '../empty-state.ts';
import { isLocked, isSizeLocked, keepsLocked, withoutLocked } from './locked.ts';

const opened = (link: string) => {
  const { experiment, view } = parseLink(link);
  return { ...emptyState(experiment), view };
};

describe('what a link holds fast', () => {
  it('is left out of every change, and the rest of the change goes through', () => {
    const state = opened('#preset=first-fusion&lock=h,seed,d');
    const patch = { h: { kind: 'edge', edge: 1.2 }, seed: 5, steps: 400, model: { ...state.experiment.model, d: 64, ff: 64 } } as const;
    expect(withoutLocked(patch, state)).toEqual({ steps: 400, model: { ...state.experiment.model, ff: 64 } });
    expect(withoutLocked({ h: patch.h, h2: patch.h }, state)).toEqual({ h2: patch.h });
    expect(withoutLocked(patch, opened('#preset=first-fusion'))).toBe(patch);
  });

  it('is a setting by any of its keys, and a size by its own', () => {
    expect(isLocked(opened('#lock=edge'), 'h')).toBe(true);
    expect(isLocked(opened('#lock=h'), 'h2')).toBe(false);
    const sized = opened('#lock=d');
    expect([isSizeLocked(sized, 'd'), isSizeLocked(sized, 'ff'), isLocked(sized, 'model')]).toEqual([true, false, false]);
    const whole = opened('#lock=d,ff,heads,dkv,layers');
    expect(isLocked(whole, 'model')).toBe(true);
    const named = opened('#lock=size');
    expect([isLocked(named, 'model'), isSizeLocked(named, 'dkv'), isLocked(named, 'seed')]).toEqual([true, true, false]);
    const other = { ...named.experiment, model: { ...named.experiment.model, ff: 64 } };
    expect([keepsLocked(['size'], named.experiment, other), keepsLocked(['size'], other, other)]).toEqual([false, true]);
    expect(withoutLocked({ model: { ...whole.experiment.model, ff: 64 } }, whole)).toEqual({});
  });

  it('is the whole plan where the growth step is held, since whoever edits the one edits the other', () => {
    const plain = opened('#lock=grow');
    expect([isLocked(plain, 'grow'), isLocked(plain, 'plan'), isLocked(plain, 'steps')]).toEqual([true, true, false]);
    const planned = opened('#plan=A:20,B:20,A+B>M:40&lock=grow');
    expect(withoutLocked({ plan: [], grow: 5, steps: 9, seed: 3 }, planned)).toEqual({ seed: 3 });
    // Another experiment keeps it only with the same plan.
    const other = opened('#plan=A:30,B:30,A+B>M:50').experiment;
    expect(['grow', 'plan', 'seed'].map((key) => keepsLocked([key], planned.experiment, other))).toEqual([false, false, true]);
    expect(keepsLocked(['grow'], planned.experiment, { ...planned.experiment, seed: 3 })).toBe(true);
  });

  it('is in no suggestion of what to try next', () => {
    const { experiment, view } = opened('#preset=first-fusion&lock=seed,preset,grow');
    expect(keepsLocked(view.lock, experiment, { ...experiment, seed: 99 })).toBe(false);
    const at = (value: number) => ({ ...experiment, h: { kind: 'constant', value } as const });
    expect(['h', 'edge', 'h2'].map((key) => keepsLocked([key], at(0.1), at(0.2)))).toEqual([false, false, true]);
    const linked = suggestions(experiment, view.lock).map(({ link }) => parseLink(link).experiment);
    for (const next of linked) expect([next.seed, next.preset, next.grow]).toEqual([experiment.seed, experiment.preset, experiment.grow]);
    expect(linked.length).toBeLessThan(suggestions(experiment).length + 1);
  });
});
