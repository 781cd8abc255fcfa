import { describe, expect, it } from 'vitest';
import { parseLink } from '../link/link.ts';
import {
  alike,
  type Edited,
  freshName,
  leaves,
  networksBefore,
  tryPlan,
  withGrowthAt,
  withOptions,
  withoutStage,
  withSources,
  withSteps,
} from './plan-edit.ts';
import { formatPlan, parsePlan, planOf } from './plan.ts';
import { presetExperiment } from '../presets/presets.ts';

const first = { ...presetExperiment('first-fusion'), grow: 100, steps: 180 };
const four = presetExperiment('four-to-one');
const patch = (edited: Edited): object => ('patch' in edited ? edited.patch : { refused: edited.refused });

describe('a plan, edited', () => {
  it('stays grow and steps where they can say it', () => {
    const plan = planOf(first);
    expect(patch(tryPlan(first, withSteps(plan, alike(plan, 0), 120)))).toEqual({ grow: 120, steps: 200, k: 2 });
    expect(patch(tryPlan(first, withSteps(plan, [2], 50)))).toEqual({ grow: 100, steps: 150, k: 2 });
    expect(patch(tryPlan(first, parsePlan('A:60,B:60,C:60,A+B+C>M:10')))).toEqual({ grow: 60, steps: 70, k: 3 });
    expect(patch(tryPlan(first, parsePlan('A:60,A+A>M:10')))).toEqual({ grow: 60, steps: 70, k: 2, operator: 'self' });
    // What a rival grows, it goes on growing.
    expect(patch(tryPlan({ ...first, operator: 'net2net' }, parsePlan('A:60,A+A>M:10')))).toEqual({ grow: 60, steps: 70, k: 2 });
    expect(patch(tryPlan(first, parsePlan('A:60')))).toEqual({ grow: null, steps: 60, k: 2 });
  });

  it('is a plan where they cannot', () => {
    const plan = planOf(first);
    const longer = withSteps(plan, [0], 120);
    expect(patch(tryPlan(first, longer))).toEqual({ plan: longer });
    expect(formatPlan(longer)).toBe('A:120,B:100,A+B>M:80');
    // There is a link for every one of them.
    expect(parseLink(`#plan=${formatPlan(longer)}`).problems).toEqual([]);
  });

  it('is refused in the words of the plan and of the limits', () => {
    const plan = planOf(first);
    expect(patch(tryPlan(first, withoutStage(plan, 0)))).toEqual({ refused: 'A+B>M uses A, which no earlier stage trains' });
    expect(patch(tryPlan(first, withSources(plan, 2, ['A'])))).toEqual({
      refused: 'A>M grows from one model; a fusion needs two or more, a self-fusion is A+A>M',
    });
    expect(patch(tryPlan(first, withSteps(plan, [2], 100_000)))).toEqual({ refused: 'This plan takes 100100 steps (100,000 at most)' });
    expect(patch(tryPlan({ ...first, operator: 'stack' }, parsePlan('A:9,B:9,A+A>M:9,M+B>L:9')))).toEqual({
      refused: "This plan is no plan for op=stack: M+B>L can't be fused: layers is 2 in M and 1 in B; it must be the same",
    });
    expect(
      patch(tryPlan({ ...first, model: { d: 512, ff: 2048, heads: 8, dkv: 64, layers: 4 } }, parsePlan('A:9,B:9,C:9,D:9,A+B+C+D>M:9'))),
    ).toMatchObject({ refused: expect.stringMatching(/^This plan makes a model and batch of about/) });
  });

  it('gives a stage a task, examples and a step size of its own, and takes them away again', () => {
    const reads = { ...first, task: 'spans' as const, batch: 32 };
    const plan = parsePlan('A:60,B:60,A+B>M:40,M:20');
    const own = withOptions(plan, [3], { task: 'who', examples: 200, h: 0.001 });
    expect(formatPlan(own)).toBe('A:60,B:60,A+B>M:40,M:20(task=who,examples=200,h=0.001)');
    expect(patch(tryPlan(reads, own))).toEqual({ plan: own });
    expect(formatPlan(withOptions(own, [3], { task: undefined, h: undefined }))).toBe('A:60,B:60,A+B>M:40,M:20(examples=200)');
    expect(formatPlan(withOptions(own, [0, 1], { h: 0.01 }))).toMatch(/^A:60\(h=0.01\),B:60\(h=0.01\),/);
    // Letters share no vocabulary with stories.
    expect(tryPlan(first, own)).toHaveProperty('refused');
  });

  it('knows what belongs together, and what is free', () => {
    const plan = four.plan ?? [];
    expect(alike(plan, 0)).toEqual([0, 1]);
    expect(alike(plan, 6)).toEqual([6]);
    expect(alike(withSteps(plan, [1], 30), 0)).toEqual([0]);
    expect(networksBefore(plan, 5)).toEqual(['A', 'B', 'C', 'D', 'M']);
    expect(leaves(plan)).toEqual(['L']);
    expect([freshName(plan, true), freshName(plan, false), freshName(planOf(first), true)]).toEqual(['O', 'E', 'N']);
    const taken = [...'ABCDEFGH'].map((model) => ({ model, steps: 1, sources: [] }));
    expect(freshName(taken, false)).toBe('A2');
  });
});

describe('the first growth of a plan at another step', () => {
  it('moves all growths of that step, and what comes after them', () => {
    const moved = withGrowthAt(four, 80);
    expect(formatPlan(moved.plan ?? [])).toBe('A:80,B:80,C:80,D:80,A+B>M:60,C+D>N:60,M+N>L:100');
    expect([moved.grow, moved.steps]).toEqual([80, 240]);
  });

  it('is `grow` without a plan', () => {
    expect(withGrowthAt(first, 300)).toEqual({ ...first, grow: 180 });
  });
});
