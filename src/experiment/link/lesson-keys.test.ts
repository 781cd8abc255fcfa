import { describe, expect, it } from 'vitest';
import { parseLink } from './link.ts';
import { LESSONS, readLesson, writeLesson } from './lesson-keys.ts';

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
