import { describe, expect, it } from 'vitest';
import { asked, filled } from './gaps.ts';

describe('a text with gaps', () => {
  const source = 'anna <extra_id_0> the ball. tom goes to <extra_id_1>';
  const target = '<extra_id_0> takes <extra_id_1> the park. <extra_id_2>';

  it('is filled in with what was said for each gap, beside what is right', () => {
    expect(filled(source, '<extra_id_0> takes <extra_id_1> the tower. <extra_id_2>', target)).toEqual([
      { text: 'anna' },
      { given: 'takes', right: 'takes' },
      { text: 'the ball. tom goes to' },
      { given: 'the tower.', right: 'the park.' },
    ]);
  });

  it('shows nothing for a gap that was left out, and the first of what was said twice', () => {
    expect(filled(source, '<extra_id_1> a <extra_id_1> b', target).filter((piece) => 'given' in piece)).toEqual([
      { given: '', right: 'takes' },
      { given: 'a', right: 'the park.' },
    ]);
    expect(filled(source, 'tom tom', target).filter((piece) => 'given' in piece && piece.given !== '')).toEqual([]);
  });
});

describe('a story with a question', () => {
  it('has them apart, without the name of the task', () => {
    expect(asked('who: anna takes the ball. tom goes to the park. who has the ball?')).toEqual({
      story: 'anna takes the ball. tom goes to the park.',
      question: 'who has the ball?',
    });
    expect(asked('anna takes the ball. who has it?').question).toBe('who has it?');
    expect(asked('turn: anna takes the ball.')).toEqual({ story: 'anna takes the ball.', question: '' });
  });
});
