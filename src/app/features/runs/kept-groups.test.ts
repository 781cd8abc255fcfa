import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { KeptEntry } from '../../../keep/reports.ts';
import { keptEntry } from '../../../keep/testing/entry.ts';
import { deltaTo, found, groupsBySeed } from './kept-groups.ts';
import { megabytes } from './kept-words.ts';

const experiment = presetExperiment('first-fusion');
const run = (id: string, loss: number, change: Partial<Experiment> = {}, more: Partial<KeptEntry> = {}): KeptEntry =>
  keptEntry(id, { experiment: { ...experiment, ...change }, final: { model: 'M', loss }, ...more });

describe('kept runs', () => {
  it('that differ in nothing but the seed are a group with mean and spread, a run for each seed; one under way counts for none', () => {
    const runs = [
      run('again', 9, { seed: 1 }, { state: 'under-way' }),
      run('one', 1, { seed: 1, pace: 5 }),
      run('two', 2, { seed: 2 }),
      run('old', 7, { seed: 2 }),
      run('three', 3, { seed: 3 }),
      run('other', 5, { steps: 999 }),
    ];
    const groups = groupsBySeed(runs);
    expect(groups.map(({ entries }) => entries.map(({ id }) => id))).toEqual([['again', 'one', 'two', 'old', 'three'], ['other']]);
    expect(groups.map(({ over }) => over)).toEqual([{ runs: 3, mean: 2, spread: 1 }, null]);
  });

  it('with a star come first', () => {
    const groups = groupsBySeed([run('a', 1), run('b', 1, { steps: 999 }, { starred: true })]);
    expect(groups.map(({ entries }) => entries[0]?.id)).toEqual(['b', 'a']);
  });

  it('are found by every word of name, note and link', () => {
    const runs = [run('a', 1, {}, { name: 'My run', note: 'too fast' }), run('b', 1, { seed: 4711 })];
    expect(found(runs, ' FAST my').map(({ id }) => id)).toEqual(['a']);
    expect(found(runs, 'seed=4711').map(({ id }) => id)).toEqual(['b']);
    expect(found(runs, '')).toHaveLength(2);
  });

  it('take so many megabytes, and a limit of 256 is no 260', () => {
    expect([3_210_000, 256e6, 256_300_000, 12_345e6].map(megabytes)).toEqual(['3.2', '256', '257', '12,345']);
  });

  it('have a distance from the pinned one, but for that itself', () => {
    const [pinned, other] = [run('a', 1), run('b', 0.75)];
    expect([deltaTo(pinned, other), deltaTo(pinned, pinned), deltaTo(null, other)]).toEqual([-0.25, null, null]);
    expect(deltaTo(pinned, { ...other, final: null })).toBeNull();
  });
});
