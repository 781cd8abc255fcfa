import { describe, expect, it } from 'vitest';
import { parseLink } from './link.ts';
import { LESSONS, readGuess, readLesson, writeGuess, writeLesson } from './lesson-keys.ts';

const messages = (hash: string): readonly string[] => parseLink(hash).problems.map(({ message }) => message);

describe('lesson= in a link', () => {
  it('opens a lesson at its beginning, or at a step, and changes no setting', () => {
    const plain = parseLink('#v=2&preset=edge&seed=7');
    const { view, problems, experiment } = parseLink('#v=2&preset=edge&seed=7&lesson=two-become-one:3');
    expect(view.lesson).toEqual({ name: 'two-become-one', step: 3 });
    expect(problems).toEqual([]);
    expect(experiment).toEqual(plain.experiment);
    expect(parseLink('#lesson=two-become-one').view.lesson).toEqual({ name: 'two-become-one', step: 1 });
    expect(plain.view.lesson).toBeNull();
  });

  it('is read as it is written', () => {
    for (const name of LESSONS)
      for (const step of [1, 2, 8]) expect(readLesson(writeLesson({ name, step }))).toEqual({ value: { name, step } });
  });

  it('says what would be right where there is no such lesson or step', () => {
    expect(messages('#lesson=fusion')).toEqual([`lesson=fusion is not a lesson (${LESSONS.join(', ')}), so it is left out`]);
    for (const step of ['0', '99', 'x', ''])
      expect(messages(`#lesson=two-become-one:${step}`)).toEqual([
        `lesson=two-become-one:${step} names no step of the lesson (two-become-one:1 is the first), so it is left out`,
      ]);
  });
});

describe('guess= in a link', () => {
  it('carries the points of a drawn curve', () => {
    const points = [
      [100, 2.1],
      [140, 1.52],
      [180, 0.034],
    ] as const;
    expect(writeGuess(points)).toBe('100:2.1,140:1.52,180:0.034');
    expect(parseLink(`#guess=${writeGuess(points)}`)).toMatchObject({ view: { guess: points }, problems: [] });
  });

  it('is left out, with a word, where it is none', () => {
    for (const text of ['', '100:2', '100:2,90:1', '100:2,100:1', '100:x,120:1', '100:0,120:1', '100:1e9,120:1', 'a:1,b:2', '1:1,2'])
      expect(readGuess(text)).toEqual({ complaint: expect.stringMatching(/^is not a drawn curve/) });
    expect(readGuess(Array.from({ length: 25 }, (_, i) => `${i}:1`).join(','))).toHaveProperty('complaint');
    expect(messages('#guess=100:2')).toEqual([expect.stringMatching(/^guess=100:2 is not a drawn curve .*, so it is left out$/)]);
  });
});
