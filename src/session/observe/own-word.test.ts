import { describe, expect, it } from 'vitest';
import { loadTaskData } from '../../data/task-data.ts';
import { prepared } from '../../data/testing/prepared.ts';
import { askWord } from './own-word.ts';

const noRead = (path: string): Promise<string> => Promise.reject(new Error(`nothing should be read, but ${path} was`));
const reverse = await loadTaskData({ task: 'reverse', examples: 8, probe: 8, batch: 'full', seed: 3 }, noRead);
const files = prepared({
  'data/pronounce-short.train.txt': 'cat\tK AE T\ndog\tD AO G\n',
  'data/pronounce-short.validation.txt': 'hat\tHH AE T\n',
});
const pronounce = await loadTaskData({ task: 'pronounce', examples: 2, probe: 1, batch: 1, seed: 3 }, files);

describe('a word of the reader’s own (10.14)', () => {
  it('has its right answer where the task can say it', () => {
    expect(askWord(' abc ', reverse)).toMatchObject({
      report: { source: 'abc', target: 'cba', unknown: [], trained: false, problem: null },
      example: { sourceIds: reverse.encodeSource('abc') },
    });
    expect(askWord('Cat', pronounce)?.report).toMatchObject({ source: 'Cat', target: 'K AE T', trained: true });
    expect(askWord('hat', pronounce)?.report).toMatchObject({ target: 'HH AE T', trained: false });
    expect(askWord('mat', pronounce)?.report).toMatchObject({ target: null, trained: false });
  });

  it('that is a text is known again without its prefix, and in other capital letters', async () => {
    const who = await loadTaskData({ task: 'who', examples: 4, probe: 2, batch: 2, seed: 3 }, noRead);
    const [learnt, unseen] = [who.train[1], who.probe[0]].map((example) => example?.source.slice('who: '.length).toUpperCase() ?? '');
    expect(askWord(learnt ?? '', who)?.report).toMatchObject({ target: who.train[1]?.target, trained: true });
    expect(askWord(unseen ?? '', who)?.report).toMatchObject({ target: who.probe[0]?.target, trained: false });
  });

  it('names letters that the networks do not know, each once', () => {
    expect(askWord('zebza', reverse)?.report).toMatchObject({ unknown: ['z'], target: null, problem: null });
    expect(askWord('né!', pronounce)?.report.unknown).toEqual(['é', '!']);
  });

  it('says why a word can’t be taken, and asks nothing for an empty one', () => {
    const long = askWord('abcdefghij', reverse);
    expect(long?.example).toBeNull();
    expect(long?.report.problem?.message).toContain('at most 8');
    expect(askWord('  ', reverse)).toBeNull();
  });
});
