import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { loadTaskData } from '../task-data.ts';
import { LEAST_WORDS, markOf, partsOfPairs, readOwn } from './own-text.ts';

const TEXT = Array.from({ length: 2_000 }, (_, i) => `Word${i}`).join(' ');
const PAIRS = Array.from({ length: 60 }, (_, i) => `in ${i}\tout ${i % 7}`).join('\n');
const both = { [markOf(TEXT)]: TEXT, [markOf(PAIRS)]: PAIRS };
const read = (path: string): Promise<string> => Promise.resolve(both[path.replace('own/', '')] ?? '');
const own = Object.keys(both).join(',');
const choice = { ...presetExperiment('fusing-fast'), vocab: 'characters' as const, own, examples: 40, probe: 30, batch: 8 };

describe('a text of one’s own', () => {
  it('is too short or long enough, and has one mark whichever line ends it has', () => {
    expect(() => readOwn('a few words')).toThrow(`your text has 3 words; at least ${LEAST_WORDS} are needed`);
    expect(readOwn(TEXT)).toMatchObject({ kind: 'text', words: { length: 2_000 } });
    expect(markOf('one\r\ntwo\r\n')).toBe(markOf('one\ntwo'));
    expect(markOf(TEXT)).toMatch(/^[0-9a-f]{16}$/);
    expect(markOf(`${TEXT}.`)).not.toBe(markOf(TEXT));
  });

  it('is read in windows, its last parts held out', async () => {
    const data = await loadTaskData({ ...choice, task: 'spans', corpus: 'own' }, read);
    const numbers = (examples: readonly { readonly source: string }[]): readonly number[] =>
      examples.flatMap(({ source }) => [...source.matchAll(/Word(\d{4})/g)].map(([, number]) => Number(number)));
    expect(data.train).toHaveLength(40);
    expect(Math.max(...numbers(data.train))).toBeLessThan(1_600);
    expect(Math.min(...numbers(data.probe))).toBeGreaterThanOrEqual(1_800);
    expect(Math.min(...numbers(data.test ?? []))).toBeGreaterThanOrEqual(1_600);
    await expect(loadTaskData({ ...choice, task: 'spans', corpus: 'own', examples: 5_000 }, read)).rejects.toThrow(
      '5000 parts of this text are asked for',
    );
  });
});

describe('pairs of one’s own', () => {
  it('are an input and an output a line; the line that is none is named', () => {
    expect(readOwn(PAIRS)).toMatchObject({ kind: 'pairs', pairs: { length: 60 } });
    expect(() => readOwn(`a\tb\nno tab here\n${PAIRS}`)).toThrow('line 2 of your pairs, "no tab here", is not an input and an output');
    expect(() => readOwn(`${PAIRS}\na\tb\tc`)).toThrow('line 61 of your pairs');
    expect(() => readOwn(`\r\n\r\n${PAIRS}\r\nnone`)).toThrow('line 63 of your pairs, "none"');
    expect(readOwn(`${TEXT}\t\n`)).toMatchObject({ kind: 'text' });
    expect(() => readOwn('a\tb\nc\td')).toThrow('your own pairs are 2; at least 20 are needed');
  });

  it('are learnt as they stand, and no input is in two parts', async () => {
    const data = await loadTaskData({ ...choice, task: 'own' }, read);
    expect([data.train.length, data.probe.length, data.test?.length]).toEqual([40, 6, 6]);
    const sources = [...data.train, ...data.probe, ...(data.test ?? [])].map(({ source }) => source);
    expect(new Set(sources).size).toBe(52);
    for (const { source, target, sourceIds } of data.train) {
      expect(Number(source.slice(3)) % 7).toBe(Number(target.slice(4)));
      expect(data.encodeSource(source)).toEqual(sourceIds);
    }
    expect(data.measures).toEqual(['exact match', 'character F1']);
    const twice = partsOfPairs([...Array.from({ length: 30 }, (_, i): [string, string] => [`${i % 10}`, `${i}`])]);
    const inputs = Object.values(twice).map((pairs) => new Set(pairs.map(([input]) => input)));
    expect(inputs.reduce((sum, { size }) => sum + size, 0)).toBe(10);
  });

  it('that do not suit are refused with what is wrong: too many asked for, too long, none given', async () => {
    await expect(loadTaskData({ ...choice, task: 'own', examples: 49 }, read)).rejects.toThrow(
      'examples=49 asks for more of your pairs than there are to train on; 48 are',
    );
    const long = PAIRS.replace('in 7\t', `${'x'.repeat(200)}\t`);
    await expect(loadTaskData({ ...choice, task: 'own', own: '0'.repeat(16), examples: 46 }, () => Promise.resolve(long))).rejects.toThrow(
      'has 201 tokens; at most 127 fit',
    );
    await expect(loadTaskData({ ...choice, task: 'own', own: markOf(TEXT) }, read)).rejects.toThrow('task=own reads pairs of your own');
    const { own: _, ...none } = choice;
    await expect(loadTaskData({ ...none, task: 'own' }, read)).rejects.toThrow('was not given here');
  });
});
