import { describe, expect, it } from 'vitest';
import { splitOfWords } from './held-out.ts';
import { endsRight, solve } from './testing/solver.ts';
import { stories, worldExamples } from './world.ts';
import { PEOPLE, PLACES, textOf, THINGS, WORDS, WORLD_TASKS, wordsOf } from './words.ts';

/** Every person, place and thing that stand in a text together. */
function combinations(words: readonly string[]): string[] {
  const those = (all: readonly string[]): string[] => all.filter((word) => words.includes(word));
  return those(PEOPLE).flatMap((person) => those(PLACES).flatMap((place) => those(THINGS).map((thing) => `${person} ${place} ${thing}`)));
}

describe('the little world', () => {
  it.each(WORLD_TASKS)('1,250 labels of %s are those that another solver finds in the text alone', (task) => {
    const examples = worldExamples(task, 5, 'test', 1250, 'train');
    expect(examples.filter(({ source, target }) => solve(textOf(source)) !== textOf(target))).toEqual([]);
  });

  it.each(['validation', 'test'] as const)('so are those of the %s set', (split) => {
    for (const task of WORLD_TASKS)
      for (const { source, target } of worldExamples(task, 0, 'probe', 100, split)) expect(solve(textOf(source))).toBe(textOf(target));
  });

  it('10,000 stories end as they went, in three to six sentences', () => {
    const kinds = new Set<string>();
    for (const words of stories(3, 'test', 10_000, 'train')) {
      const text = textOf(words);
      const count = words.filter((word) => word === '.').length;
      if (!endsRight(text) || count < 3 || count > 6) expect.fail(text);
      kinds.add(/is (happy|sad)|(has) the|(is in) the \w+\.$/.exec(text)?.slice(1).find(Boolean) ?? '');
    }
    expect([...kinds].sort()).toEqual(['', 'happy', 'has', 'is in', 'sad']);
  });

  it('no combination of person, place and thing of the test is in training, nor one of the validation; nor one of the test in the validation', () => {
    const of = (split: 'train' | 'validation' | 'test', count: number): readonly string[][] =>
      WORLD_TASKS.map((task) => worldExamples(task, 7, 'split', count, split).flatMap(({ source }) => combinations(source))).concat(
        stories(7, 'split', count, split).map(combinations),
      );
    const train = new Set(of('train', 800).flat());
    const validation = new Set(of('validation', 200).flat());
    // In every text of the test there is a combination that no text of training has: those are held out.
    const heldOut = (split: 'validation' | 'test'): string[] =>
      PEOPLE.flatMap((a) => PLACES.flatMap((b) => THINGS.map((c) => [a, b, c])))
        .filter((three) => splitOfWords(three) === split)
        .map((three) => three.join(' '));
    expect([heldOut('validation').length, heldOut('test').length]).toEqual([31, 33]);
    for (const three of [...heldOut('test'), ...heldOut('validation')]) expect(train).not.toContain(three);
    for (const three of heldOut('test')) expect(validation).not.toContain(three);
    // A test that knows nothing of how they are held out: what the test has beyond its training is in every one of its
    // texts.
    for (const task of WORLD_TASKS)
      for (const { source } of worldExamples(task, 7, 'split', 200, 'test'))
        expect(combinations(source).some((three) => !train.has(three))).toBe(true);
    expect(train.size).toBe(640 - 31 - 33);
  });

  it('texts of every split are alike: as many people and things in them, and as many sentences', () => {
    const means = (['train', 'validation', 'test'] as const).map((split) => {
      const sources = worldExamples('who', 9, 'alike', 1500, split).map(({ source }) => source);
      const mean = (count: (source: readonly string[]) => number): number => sources.reduce((sum, each) => sum + count(each), 0) / 1500;
      const among = (all: readonly string[]) => (source: readonly string[]) => all.filter((word) => source.includes(word)).length;
      return [mean(among(PEOPLE)), mean(among(THINGS)), mean((source) => source.filter((word) => word === '.').length)];
    });
    for (const other of means.slice(1)) other.forEach((value, i) => expect(Math.abs(value - (means[0]?.[i] ?? 0))).toBeLessThan(0.1));
  });

  it('answers are balanced: nothing is won by saying the same every time', () => {
    for (const task of ['mood', 'true', 'ok', 'same'] as const) {
      const examples = worldExamples(task, 1, 'test', 2000, 'train');
      const first = examples.filter(({ target }) => target[0] === examples[0]?.target[0]).length;
      expect(first / 2000, task).toBeGreaterThan(0.45);
      expect(first / 2000, task).toBeLessThan(0.55);
    }
  });

  it('the same seed tells the same stories, another one others; asking for more only adds', () => {
    expect(stories(1, 'test', 20, 'train')).toEqual(stories(1, 'test', 30, 'train').slice(0, 20));
    expect(stories(2, 'test', 20, 'train')).not.toEqual(stories(1, 'test', 20, 'train'));
    const sources = worldExamples('who', 1, 'test', 500, 'train').map(({ source }) => textOf(source));
    expect(new Set(sources).size).toBe(500);
  });

  it('frozen: the words, in their order, and the first story', () => {
    expect(WORDS).toHaveLength(88);
    expect([WORDS[0], WORDS[3], WORDS[40], WORDS[87]]).toMatchInlineSnapshot(`
      [
        ".",
        "anna",
        "gives",
        "velu",
      ]
    `);
    expect(textOf(stories(1, 'training examples', 1, 'train')[0] ?? [])).toMatchInlineSnapshot(
      `"paul takes the ring. mia is in the kitchen. paul gives sara the ring. sara gives paul the ring. paul has the ring."`,
    );
    expect(textOf(worldExamples('who', 1, 'training examples', 1, 'train')[0]?.source ?? [])).toMatchInlineSnapshot(
      `"who: anna wants the drum. paul is in the tower. paul takes the drum. who has the drum?"`,
    );
  });

  it('a text becomes words and marks, and words a text', () => {
    expect(wordsOf('Who has  the ball?')).toEqual(['who', 'has', 'the', 'ball', '?']);
    expect(textOf(['who', ':', 'anna', 'goes', '.', '<extra_id_0>', '?'])).toBe('who: anna goes. <extra_id_0>?');
    expect(wordsOf('a <extra_id_12> b')).toEqual(['a', '<extra_id_12>', 'b']);
  });
});
