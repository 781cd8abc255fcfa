import { expect, it } from 'vitest';
import { dataTable } from './data-table.ts';
import { readingsAt } from './readout.ts';

const curve = {
  steps: Float64Array.from([0, 10, 20, 30]),
  losses: Float32Array.from([1, 0.5, 3, 2]),
  length: 4,
  gaps: [[19, 20]] as const,
};
const series = [{ key: 'M', kind: 'fused', model: 'M', curve, prediction: '', until: null, said: null }] as const;

it('where a network goes over to another task nothing is read between the two, nor does the table say anything', () => {
  expect(readingsAt(series, 15)).toEqual([]);
  expect(readingsAt(series, 20)).toMatchObject([{ loss: 3 }]);
  expect(dataTable(series, 30, 6).rows.map(({ step, cells: [loss] }) => `${step}: ${loss}`)).not.toContainEqual(
    expect.stringMatching(/^15:/),
  );
  expect(dataTable(series, 30, 6).rows).toContainEqual({ step: '20', cells: ['3.00'] });
});
