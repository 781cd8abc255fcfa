import { expect, test } from 'vitest';
import { taskLimits } from '../experiment/limits.ts';
import { makeBatch } from './batch.ts';
import { loadTaskData, type DataChoice, type TaskData } from './task-data.ts';
import { prepared } from './testing/prepared.ts';
import { ALL_WORDS, SHORT_WORDS, wordSetFor } from './tasks/pronounce.ts';

const choice = (change: Partial<DataChoice>): DataChoice => ({ task: 'reverse', examples: 32, probe: 16, batch: 8, seed: 3, ...change });
const noRead = (path: string): Promise<string> => Promise.reject(new Error(`nothing should be read, but ${path} was`));
const sources = (examples: TaskData['train']): string[] => examples.map((example) => example.source);

/** Made-up words in the layout of the prepared files: `aaa`, `aab`, … → as many phonemes. */
const letters = 'abcdefghijklmnopqrstuvwxyz';
function words(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${prefix}${letters[Math.floor(i / 26) % 26]}${letters[i % 26]}\tAA B ZH\n`).join('');
}
const FILES: Record<string, string> = {
  'data/pronounce-short.train.txt': words('a', 300),
  'data/pronounce-short.validation.txt': words('b', 100),
  'data/pronounce.train.txt': `fusion\tF Y UW ZH AH N\n${Array.from({ length: 9000 }, (_, i) => `w${words('', 676).slice(0, 2)}${String(i).replaceAll(/\d/g, (d) => letters[Number(d)] as string)}\tAA\n`).join('')}`,
  'data/pronounce.validation.txt': words('c', 50),
};
const read = prepared(FILES);

test('reverse and sort are what they say, with ids that end with 1', async () => {
  const reverse = await loadTaskData(choice({}), noRead);
  for (const { source, target, sourceIds, targetIds } of reverse.train) {
    expect(target).toBe([...source].reverse().join(''));
    expect(source).toMatch(/^[a-j]{8}$/);
    expect(sourceIds).toEqual([...[...source].map((letter) => letter.charCodeAt(0) - 97 + 3), 1]);
    expect(targetIds.at(-1)).toBe(1);
    expect(reverse.decode([...targetIds, 5, 5])).toBe(target);
    expect(reverse.encodeSource(source)).toEqual(sourceIds);
  }
  expect([reverse.vocabularySize, reverse.sourceLength, reverse.targetLength]).toEqual([13, 9, 9]);
  const sort = await loadTaskData(choice({ task: 'sort' }), noRead);
  for (const { source, target } of sort.train) expect(target).toBe([...source].sort().join(''));
  expect([sort.vocabularySize, sort.sourceLength, sort.targetLength]).toEqual([9, 6, 6]);
});

test('frozen: the first examples of seed 3', async () => {
  expect(sources((await loadTaskData(choice({}), noRead)).train).slice(0, 2)).toEqual(['gdhbegjf', 'ajggcafc']);
  expect(sources((await loadTaskData(choice({}), noRead)).probe).slice(0, 2)).toEqual(['adjdgcfb', 'jachceie']);
});

test('training examples: no repetition, the seed decides them, more only adds, the probe changes nothing', async () => {
  const train = async (change: Partial<DataChoice>): Promise<string[]> =>
    sources((await loadTaskData(choice({ task: 'sort', ...change }), noRead)).train);
  const base = await train({});
  expect(new Set(base).size).toBe(32);
  expect((await train({ examples: 64 })).slice(0, 32)).toEqual(base);
  expect(await train({ probe: 500 })).toEqual(base);
  expect(await train({ batch: 'full' })).toEqual(base);
  expect(await train({ seed: 4 })).not.toEqual(base);
});

test('the probe set: the training set with a full batch, else held out where there is room', async () => {
  const full = await loadTaskData(choice({ batch: 'full' }), noRead);
  expect(full.probe).toBe(full.train);
  const apart = await loadTaskData(choice({ task: 'sort', examples: 7000, probe: 700 }), noRead);
  const trained = new Set(sources(apart.train));
  expect(apart.probe).toHaveLength(700);
  expect(sources(apart.probe).filter((source) => trained.has(source))).toEqual([]);
  const crowded = await loadTaskData(choice({ task: 'sort', examples: 7776, probe: 64 }), noRead);
  expect(new Set(sources(crowded.train)).size).toBe(7776);
  expect(new Set(sources(crowded.probe)).size).toBe(64);
});

test('pronounce: one token a letter, one a phoneme; held-out probe; lengths of the set', async () => {
  const data = await loadTaskData(choice({ task: 'pronounce' }), read);
  expect([data.vocabularySize, data.sourceLength, data.targetLength]).toEqual([68, 6, 7]);
  expect(data.tokens.slice(0, 5)).toEqual(['<pad>', '</s>', '<unk>', 'a', 'b']);
  expect(sources(data.train).every((source) => source.startsWith('a'))).toBe(true);
  expect(sources(data.probe).every((source) => source.startsWith('b'))).toBe(true);
  const [first] = data.train;
  expect(first?.targetIds).toHaveLength(4);
  expect(data.decode(first?.targetIds ?? [])).toBe('AA B ZH');
  expect(data.encodeSource(' Abé ')).toEqual([3, 4, 2, 1]);
  expect(() => data.encodeSource('abcdef')).toThrow('at most 5');
  makeBatch(data.train, data);
});

test('pronounce: the number of examples chooses the words', async () => {
  expect(wordSetFor(8500)).toBe(SHORT_WORDS);
  const all = await loadTaskData(choice({ task: 'pronounce', examples: 9000 }), read);
  expect([all.sourceLength, all.targetLength, all.train.length]).toEqual([13, 15, 9000]);
  makeBatch(all.train, all);
});

test('asking for more than there is names the field', async () => {
  await expect(loadTaskData(choice({ task: 'sort', examples: 8000 }), noRead)).rejects.toThrow('examples: 8000 is more than the 7776');
  await expect(loadTaskData(choice({ task: 'sort', probe: 8000 }), noRead)).rejects.toThrow('probe: 8000');
  await expect(loadTaskData(choice({ task: 'pronounce', probe: 101 }), read)).rejects.toThrow('probe: 101 is more than the 100 words');
  await expect(loadTaskData(choice({ examples: 0 }), noRead)).rejects.toThrow('examples: 0');
});

test('a line of a prepared file that is no source and target is named, whether it would be drawn or not', async () => {
  const broken = `${words('a', 300)}broken\n`;
  const made = prepared({ ...FILES, 'data/pronounce-short.train.txt': broken, 'data/rhyme.validation.txt': broken });
  const says = 'line 301: "broken" is not a source and its target with a tab between them';
  await expect(loadTaskData(choice({ task: 'pronounce', examples: 1 }), made)).rejects.toThrow(`data/pronounce-short.train.txt, ${says}`);
  await expect(loadTaskData(choice({ task: 'rhyme', vocab: 'characters', probe: 1 }), made)).rejects.toThrow(
    `data/rhyme.validation.txt, ${says}`,
  );
});

test('what the experiment’s limits allow is what there is', () => {
  for (const set of [SHORT_WORDS, ALL_WORDS]) {
    const { train, validation } = set.sizes;
    expect(wordSetFor(train)).toBe(set);
    expect(taskLimits('pronounce', train)).toEqual({ examples: ALL_WORDS.sizes.train, probe: validation });
  }
  expect(wordSetFor(SHORT_WORDS.sizes.train + 1)).toBe(ALL_WORDS);
  expect(taskLimits('pronounce', SHORT_WORDS.sizes.train + 1).probe).toBe(ALL_WORDS.sizes.validation);
  expect(taskLimits('sort', 1).examples).toBe(6 ** 5);
});

test('copy leaves out the distractor, whatever else there is, and knows the answer to a word of one’s own (11.3)', async () => {
  const data = await loadTaskData(choice({ task: 'copy', examples: 500, probe: 100 }), noRead);
  for (const { source, target, sourceIds, targetIds } of [...data.train, ...data.probe]) {
    expect(source).toMatch(/^[a-fx]{8}$/);
    expect(target).toBe(source.replaceAll('x', ''));
    expect([data.decode(sourceIds), data.decode(targetIds)]).toEqual([source, target]);
    expect(targetIds.length).toBeLessThanOrEqual(data.targetLength);
  }
  // Most sources have something to leave out, and not all of them.
  const distracted = data.train.filter(({ source }) => source.includes('x')).length;
  expect(distracted).toBeGreaterThan(250);
  expect(distracted).toBeLessThan(500);
  expect(data.answerTo('xaxb')).toBe('ab');
  expect(data.answerTo('xyz')).toBeNull();
  expect(data.encodeSource('abcdefxx')).toHaveLength(9);
  expect(() => data.encodeSource('abcdefxxa')).toThrow('at most 8');
});
