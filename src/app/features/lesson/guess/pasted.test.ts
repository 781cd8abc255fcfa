import { expect, it } from 'vitest';
import { guessesIn } from './pasted.ts';

it('guesses of a class are numbered by the lines that they were pasted in, also behind a line that has none', () => {
  const found = guessesIn('#guess=0:2,60:1\n\nno link\n  https://page.example/#v=2&guess=0:3,60:0.5  ');
  expect(found.without).toEqual([3]);
  expect(found.guesses).toEqual([
    {
      line: 1,
      points: [
        [0, 2],
        [60, 1],
      ],
    },
    {
      line: 4,
      points: [
        [0, 3],
        [60, 0.5],
      ],
    },
  ]);
});
