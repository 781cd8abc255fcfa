import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { taskRow } from '../../experiment/declared/tasks.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { plannedCost, TYPICAL_SHAPE } from '../../experiment/cost/cost.ts';
import { READ_AT_ONCE, readAtOnce } from '../../experiment/declared/texts.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { loadTaskData } from '../task-data.ts';
import type { TaskId } from '../../experiment/experiment.ts';
import { runData } from '../../run/setup/setup.ts';
import { fittingLengths } from '../spans/segmentation.ts';
import { prepared } from '../testing/prepared.ts';
import { WORLD_TASKS } from '../world/words.ts';

const none = (path: string): Promise<string> => Promise.reject(new Error(`${path} was read`));
const choice = { ...presetExperiment('fusing-fast'), examples: 60, probe: 40, batch: 16 };
const load = (task: TaskId, more = {}) => loadTaskData({ ...choice, task, ...more }, none);

describe('tasks of texts', () => {
  it('share one vocabulary, and every example fits the lengths of its task', async () => {
    const tokens = (await load('spans')).tokens;
    expect(tokens).toHaveLength(3 + 88 + 16);
    expect([tokens[106], tokens[105]]).toEqual(['<extra_id_0>', '<extra_id_1>']);
    for (const task of ['spans', ...WORLD_TASKS] as const) {
      const data = await load(task, { examples: 300 });
      expect(data.tokens).toEqual(tokens);
      for (const { sourceIds, targetIds } of [...data.train, ...data.probe, ...(data.test ?? [])]) {
        expect(sourceIds.length).toBeLessThanOrEqual(data.sourceLength);
        expect(targetIds.length).toBeLessThanOrEqual(data.targetLength);
        expect([...sourceIds, ...targetIds]).not.toContain(2);
      }
      expect(new Set([...data.train, ...data.probe, ...(data.test ?? [])].map(({ source }) => source)).size).toBe(300 + 2 * 40);
    }
  });

  it('gaps are drawn anew each epoch, and the same again whenever they are asked for', async () => {
    const data = await load('spans');
    const at = (index: number, epoch: number) => data.exampleAt?.(index, epoch);
    expect(at(3, 0)).toEqual(data.train[3]);
    expect(at(3, 1)).toEqual((await load('spans')).exampleAt?.(3, 1));
    const drawn = new Set(Array.from({ length: 12 }, (_, epoch) => at(3, epoch)?.source));
    expect(drawn.size).toBeGreaterThan(5);
    const filled = (source: string, target: string): string => {
      const spans = target.split(/<extra_id_\d+>/).slice(1);
      return source.replaceAll(/<extra_id_(\d+)>/g, (_, id: string) => spans[Number(id)]?.trim() ?? '').replaceAll(/ ([.?:])/g, '$1');
    };
    const texts = Array.from({ length: 12 }, (_, epoch) => filled(at(3, epoch)?.source ?? '', at(3, epoch)?.target ?? ''));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^[a-z .]+\.$/);
  });

  it('a run is given another drawing of the same story in another epoch', async () => {
    const experiment = { ...choice, task: 'spans' as const, examples: 16, batch: 16 };
    const { source } = runData(experiment, await loadTaskData(experiment, none));
    const [first, again, second] = [source.at?.(0), source.at?.(0), source.at?.(1)];
    expect(first?.inputIds).toEqual(again?.inputIds);
    expect(first?.inputIds).not.toEqual(second?.inputIds);
    // With what belongs in the gaps it is the same sixteen stories.
    const words = (batch: typeof first): number =>
      [...(batch?.inputIds ?? []), ...(batch?.labels ?? [])].filter((id) => id > 2 && id < 91).length;
    expect(words(first)).toBe(words(second));
  });

  it('a full batch trains on one drawing, which is its probe set; the test set is apart', async () => {
    const data = await load('spans', { batch: 'full', probe: 60 });
    expect(data.probe).toBe(data.train);
    expect(data.test?.length).toBe(60);
  });

  it('takes a story and a question that somebody types, with and without the prefix, and gaps as ___', async () => {
    const who = await load('who');
    const ids = who.encodeSource('Anna takes the ball. Who has the ball?');
    expect(ids).toEqual(who.encodeSource('who: anna takes the ball. who has the ball?'));
    expect(ids.at(-1)).toBe(1);
    expect(who.symbolsOf?.('anna sleeps')).toEqual(['who', ':', 'anna', 'sleeps']);
    expect(who.encodeSource('anna sleeps')[3]).toBe(2);
    expect(who.answerTo(who.train[0]?.source ?? '')).toBe(who.train[0]?.target);
    expect(who.answerTo('who has the ball?')).toBe(null);
    const spans = await load('spans');
    expect(spans.encodeSource('anna ___ the ball. ___ has the ball.').filter((id) => id > 90)).toEqual([106, 105]);
    expect(spans.decode([106, 7, 105, 8, 1])).toMatch(/^<extra_id_0> \w+ <extra_id_1> \w+$/);
    expect(() => who.encodeSource('the '.repeat(60))).toThrow('this text has 62 words and marks; who takes at most 33');
  });

  it('seeds draw other examples; the probe and test sets are the same for all', async () => {
    const [one, two] = [await load('who', { seed: 1 }), await load('who', { seed: 2 })];
    expect(one.train).not.toEqual(two.train);
    expect(one.probe).toEqual(two.probe);
    expect(one.test).toEqual(two.test);
    expect((await load('who', { seed: 1, examples: 80 })).train.slice(0, 60)).toEqual(one.train);
  });

  it('of a long text are windows that begin with a word, spelled in characters or in pieces', async () => {
    const pages = (word: string): string => Array.from({ length: 400 }, (_, i) => `${word}${i} of the book.`).join('\n\n');
    const read = prepared({
      'data/moby.train.txt': pages('Sea'),
      'data/moby.validation.txt': pages('Hill'),
      'data/moby.test.txt': pages('Town'),
      'data/vocabulary-512.json': readFileSync(new URL('../../../fixtures/tokenizer/unigram/tokenizer.json', import.meta.url), 'utf8'),
    });
    for (const vocab of ['characters', '512'] as const) {
      const data = await loadTaskData({ ...choice, task: 'spans', corpus: 'moby', vocab, examples: 200 }, read);
      expect([data.sourceLength, data.targetLength]).toEqual([64, 14]);
      const all = [...data.train, ...data.probe, ...(data.test ?? [])];
      for (const { sourceIds, targetIds } of all) expect([sourceIds.length, targetIds.length]).toEqual([64, 14]);
      expect(new Set(all.map(({ source }) => source)).size).toBe(280);
      expect(data.exampleAt?.(3, 0)).toEqual(data.train[3]);
      expect(data.exampleAt?.(3, 1)?.source).not.toBe(data.train[3]?.source);
      if (vocab === 'characters') {
        expect(data.train[0]?.source).toMatch(/^(?:Sea\d+|of|the|book\.)/);
        expect(data.tokens).toHaveLength(144);
        // Held-out windows are of the held-out parts.
        for (const [examples, word] of [
          [data.train, 'Sea'],
          [data.probe, 'Hill'],
          [data.test ?? [], 'Town'],
        ] as const)
          expect(new Set(examples.flatMap(({ source }) => source.match(/Sea|Hill|Town/g) ?? []))).toEqual(new Set([word]));
      }
      expect(data.encodeSource('The ___ sat').at(-1)).toBe(1);
      await expect(loadTaskData({ ...choice, task: 'spans', corpus: 'moby', vocab, examples: 5000 }, read)).rejects.toThrow(
        '5000 parts of this text are asked for',
      );
    }
  });

  it('of the little world can be spelled in characters and in pieces as well, and all of them fit', async () => {
    const read = prepared({
      'data/vocabulary-1024.json': readFileSync(new URL('../../../public/data/vocabulary-1024.json', import.meta.url), 'utf8'),
    });
    for (const vocab of ['characters', '1024'] as const)
      for (const task of ['spans', ...WORLD_TASKS] as const) {
        const data = await loadTaskData({ ...choice, task, vocab, examples: 20, probe: 20 }, read);
        expect(data.train).toHaveLength(20);
        for (const { source, target, sourceIds, targetIds } of [...data.train, ...data.probe]) {
          expect(sourceIds.length).toBeLessThanOrEqual(data.sourceLength);
          expect(targetIds.length).toBeLessThanOrEqual(data.targetLength);
          expect([...sourceIds, ...targetIds]).not.toContain(2);
          expect([data.decode(sourceIds), data.decode(targetIds)]).toEqual([source, target]);
          if (task !== 'spans') expect(data.encodeSource(source)).toEqual(sourceIds);
        }
        // No story has a capital letter: whoever types one means the small one.
        const [first] = data.train;
        if (task !== 'spans') expect(data.encodeSource(first?.source.toUpperCase() ?? '')).toEqual(first?.sourceIds);
        else expect(data.encodeSource('Anna takes ___.')).toEqual(data.encodeSource('anna takes ___.'));
      }
  });

  it('lengths of what is read at once are those of a window whose gaps just fit', () => {
    expect(fittingLengths(READ_AT_ONCE.sourceLength).targets).toBe(READ_AT_ONCE.targetLength);
    expect(readAtOnce(READ_AT_ONCE.sourceLength)).toEqual(READ_AT_ONCE);
    for (let length = 16; length <= 256; length++)
      expect(readAtOnce(length).targetLength, `${length}`).toBe(fittingLengths(length).targets);
  });

  it('a long text is read in parts as long as is asked for, whose gaps and targets just fit', async () => {
    const read = prepared(
      Object.fromEntries(
        ['train', 'validation', 'test'].map((split) => [
          `data/moby.${split}.txt`,
          Array.from({ length: 900 }, (_, i) => `Sea${i} of it.`).join(' '),
        ]),
      ),
    );
    const link = '#preset=fusing-fast&task=spans&corpus=moby&vocab=characters&examples=40&probe=20';
    for (const [asked, source, target] of [
      ['', 64, 14],
      ['&sourceLength=256', 256, 58],
    ] as const) {
      const { experiment, problems } = parseLink(`${link}${asked}`);
      expect(problems).toEqual([]);
      const data = await loadTaskData({ ...experiment, batch: 20 }, read);
      expect([data.sourceLength, data.targetLength]).toEqual([source, target]);
      for (const { sourceIds, targetIds } of [...data.train, ...data.probe])
        expect([sourceIds.length, targetIds.length]).toEqual([source, target]);
      expect(plannedCost(experiment, { ...TYPICAL_SHAPE, ...taskRow('spans').shape(40, experiment) }).total).toBeGreaterThan(0);
    }
    expect(parseLink(`${link}&sourceLength=300`).problems[0]?.message).toContain('sourceLength=300 is too large');
    expect(parseLink('#preset=fusing-fast&task=who&sourceLength=128').problems[0]?.message).toContain('no long text is read');
  });

  it('of real sentences and words are drawn from prepared files, and all of them fit in every vocabulary', async () => {
    const files = ['era', 'acceptable', 'rhyme', 'kind', 'translate'].flatMap((task) =>
      ['train', 'validation', 'test'].map((split) => `data/${task}.${split}.txt`),
    );
    const paths = [...files, 'data/vocabulary-512.json', 'data/vocabulary-1024.json'];
    const read = prepared(
      Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(`../../../public/${path}`, import.meta.url), 'utf8')])),
    );
    for (const vocab of ['characters', '512', '1024'] as const)
      for (const task of ['era', 'acceptable', 'rhyme', 'kind', 'translate'] as const) {
        const most = taskRow(task).most(1);
        const data = await loadTaskData({ ...choice, task, vocab, ...most }, read);
        const all = [...data.train, ...data.probe, ...(data.test ?? [])];
        expect(all).toHaveLength(most.examples + 2 * most.probe);
        expect(Math.max(...all.map(({ sourceIds }) => sourceIds.length))).toBe(data.sourceLength);
        expect(Math.max(...all.map(({ targetIds }) => targetIds.length))).toBe(data.targetLength);
        expect(all.some(({ sourceIds, targetIds }) => [...sourceIds, ...targetIds].includes(2))).toBe(false);
        const prefix = task === 'translate' ? 'translate ' : `${task}: `;
        const typed = all[0]?.source.slice(prefix.length) ?? '';
        expect(data.encodeSource(typed)).toEqual(all[0]?.sourceIds);
        expect(data.encodeSource(`${prefix.toUpperCase()}${typed}`)).toEqual(all[0]?.sourceIds);
        expect(data.measures).toEqual(task === 'translate' ? ['exact match', 'character F1'] : ['accuracy', 'matthews']);
      }
    expect(parseLink('#preset=fusing-fast&task=era').experiment).toMatchObject({ task: 'era', vocab: 'characters', examples: 6_000 });
  });
});
