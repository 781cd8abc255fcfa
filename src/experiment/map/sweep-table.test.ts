import { describe, expect, it } from 'vitest';
import { readSweep } from './sweep-table.ts';

const HEAD = 'grow,h2,final_A,best_A,final_B,best_B,final_M,best_M,gap,flops,critical_path,seconds,steps,link';
const row = (grow: number, h2: string, final: string, steps: number | string = 300, link = `#v=1&preset=edge&grow=${grow}&h2=${h2}`) =>
  `${grow},${h2},2,2,2,2,${final},1,0,1,1,1,${steps},${/[",]/.test(link) ? `"${link}"` : link}`;

describe('a collected sweep', () => {
  it('is measured cells: the experiment of the link, and the last loss of the network the plan ends with', () => {
    const read = readSweep([HEAD, row(50, '0.02', '0.5'), row(100, '0.04', '0.25'), ''].join('\n'));
    expect(read.map(({ experiment, loss }) => [experiment.grow, experiment.h2, experiment.steps, loss])).toEqual([
      [50, { kind: 'constant', value: 0.02 }, 300, 0.5],
      [100, { kind: 'constant', value: 0.04 }, 300, 0.25],
    ]);
    // Values with commas are quoted, and lines may end as on Windows.
    const table = row(50, '0.02', '0.5', 300, '#v=1&preset=edge&h2=0:0.02,100:0.04');
    expect(readSweep(`\uFEFF${HEAD}\r\n${table}\r\n`)[0]?.experiment.h2).toMatchObject({ kind: 'table' });
  });

  it('counts a run that stopped early, or that has no loss, as diverged', () => {
    const read = readSweep([HEAD, row(50, '0.02', '73', 61), row(50, '0.03', '')].join('\n'));
    expect(read.map(({ loss }) => loss)).toEqual([null, null]);
    // Tables of before the column was there hold whole runs only.
    const [head, body] = [HEAD.replace(',steps', ''), row(50, '0.02', '0.5').replace(',300,#', ',#')];
    expect(readSweep(`${head}\n${body}`)[0]?.loss).toBe(0.5);
  });

  it('takes a blank cell for no loss, not for 0 (10.39)', () => {
    const read = readSweep([HEAD, row(50, '0.02', ' '), row(50, '0.03', '\t'), row(50, '0.04', ' 0.5 ', ' ')].join('\n'));
    expect(read.map(({ loss }) => loss)).toEqual([null, null, 0.5]);
  });

  it.each(['0x10', '-5', '1_000', '1e999', 'Infinity', '0b1'])('does not take %s for a loss (10.39)', (cell) => {
    expect(() => readSweep(`${HEAD}\n${row(50, '0.02', cell)}`)).toThrow(`Line 2: final_M is ${cell}, which is not a loss`);
    expect(() => readSweep(`${HEAD}\n${row(50, '0.02', '1', cell)}`)).toThrow(`Line 2: steps is ${cell}, which is not a number of steps`);
  });

  it.each([
    ['', 'names no column link'],
    ['{"schema":"deep-fusion/result/1"}', 'names no column link'],
    [HEAD, 'has no rows'],
    [`${HEAD}\n1,2,3`, 'Line 2 has 3 values, the first line 14'],
    [`${HEAD}\n${row(50, '0.02', '0.5')}\n${row(50, '0.02', 'low')}`, 'Line 3: final_M is low'],
    [`${HEAD}\n${row(50, '0.02', '0.5', 'all')}`, 'Line 2: steps is all'],
    [`${HEAD}\n${row(50, '0.02', '0.5', 300, '#v=1&preset=edge&seed=x')}`, 'Line 2: seed=x is not a seed (0 to 2,147,483,584).'],
    [`${HEAD.replace('final_M', 'final_N')}\n${row(50, '0.02', '0.5')}`, 'there is no column final_M'],
    [`${HEAD}\n"`, 'A quote is never closed'],
    [`${HEAD}\n${'1\n2\n'.repeat(1001)}`, 'more than 2,000 rows'],
    ['x'.repeat(4_000_001), 'too large'],
  ])('refuses %.40j in words', (text, message) => {
    expect(() => readSweep(text)).toThrow(message);
  });
});
