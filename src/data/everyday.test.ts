import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../experiment/presets/presets.ts';
import { everydayFirst, everydayRanks, ranksOf } from './everyday.ts';
import { loadTaskData } from './task-data.ts';

const example = (source: string) => ({ source, target: '', sourceIds: [1], targetIds: [1] });
const words = (examples: readonly { readonly source: string }[]) => examples.map(({ source }) => source);
const prepared = (path: string): Promise<string> => readFile(new URL(`../../public/${path}`, import.meta.url), 'utf8');

describe('which words are shown', () => {
  it('common words first, in the examples’ own order; what is not listed is not shown (10.14)', () => {
    const ranks = ranksOf(['about house', 'zebra about']);
    expect(words(everydayFirst(['allcock', 'zebra', 'house', 'aarti', 'about'].map(example), ranks))).toEqual(['house', 'about', 'zebra']);
  });

  it('nothing that a teacher would not read aloud: a word is shown only if it is on the list (10.14)', async () => {
    const ranks = await everydayRanks();
    expect(ranks.size).toBeGreaterThan(3000);
    expect(ranks.get('house') ?? ranks.get('about')).toBe(0);
    for (const word of ['allcock', 'kill', 'sex', 'suicide', 'drug', 'damn', 'tits', 'slave']) expect(ranks.has(word), word).toBe(false);
    for (const word of ranks.keys()) expect(word).toMatch(/^[a-z]{2,}$/);
  });

  it('every preset that pronounces words has four to show, and trains on what it always did (10.14)', async () => {
    for (const { name, experiment } of PRESETS.values()) {
      if (experiment.task !== 'pronounce') continue;
      const data = await loadTaskData(experiment, prepared);
      const shown = await data.samples();
      expect(shown.length, name).toBeGreaterThanOrEqual(4);
      expect(shown.every((each) => data.probe.includes(each))).toBe(true);
    }
  });
});
