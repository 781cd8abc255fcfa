import { expect, it } from 'vitest';
import { curveOf } from '../../../plot/curves/curve.ts';
import { classCsv, classMarkdown, classTable } from './class-table.ts';

const measured = curveOf([0, 10, 20], [4, 2, 1]);
const table = classTable(
  [
    {
      who: 'link 1',
      points: [
        [0, 4],
        [20, 1],
      ],
      distance: 0.0123456789,
    },
    {
      who: 'link 3',
      points: [
        [0, 3],
        [10, 2],
      ],
      distance: null,
    },
  ],
  measured,
);

it('guesses of a class are a table: each link, its distance and its losses, the measured ones below', () => {
  expect(table.steps).toEqual([0, 10, 20]);
  expect(table.rows.map(({ who, losses }) => [who, ...losses])).toEqual([
    ['link 1', 4, 2, 1],
    ['link 3', 3, 2, null],
    ['measured', 4, 2, 1],
  ]);
});

it('the table is CSV that programs read, and Markdown for a text', () => {
  expect(classCsv(table)).toBe(
    'who,mean_distance,loss_at_step_0,loss_at_step_10,loss_at_step_20\nlink 1,0.0123457,4,2,1\nlink 3,,3,2,\nmeasured,0,4,2,1\n',
  );
  expect(classMarkdown(table).split('\n')).toEqual([
    '| Who | Mean distance | Loss at step 0 | Loss at step 10 | Loss at step 20 |',
    '| --- | --: | --: | --: | --: |',
    '| link 1 | 0.012 | 4.00 | 2.00 | 1.00 |',
    '| link 3 | – | 3.00 | 2.00 | – |',
    '| measured | 0 | 4.00 | 2.00 | 1.00 |',
    '',
  ]);
});
