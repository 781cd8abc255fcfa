import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { UsageError } from './arguments.ts';
import { cells, collectCsv, parseAxis, shellQuote } from './grid.ts';

describe('a sweep', () => {
  it('is every combination, the last axis fastest, each in a folder of its own', () => {
    const grid = cells('#v=1&preset=edge&grow=7', [parseAxis('grow=50,100'), parseAxis('h2=0.02,0.05')]);
    expect(grid.map(({ name, link }) => [name, link])).toEqual([
      ['grow-50_h2-0.02', '#v=1&preset=edge&h2=0.02&grow=50'],
      ['grow-50_h2-0.05', '#v=1&preset=edge&h2=0.05&grow=50'],
      ['grow-100_h2-0.02', '#v=1&preset=edge&h2=0.02'],
      ['grow-100_h2-0.05', '#v=1&preset=edge&h2=0.05'],
    ]);
  });

  it('takes over from another spelling of the same setting, and from another preset', () => {
    expect(cells('#v=1&preset=first-fusion&edge=1.1', [parseAxis('h=0.1,0.2')]).map(({ link }) => link)).toEqual([
      '#v=1&preset=first-fusion&h=0.1',
      '#v=1&preset=first-fusion&h=0.2',
    ]);
    expect(cells('#v=1&preset=edge', [parseAxis('preset=edge,first-fusion')]).map(({ link }) => link)).toEqual([
      '#v=1&preset=edge',
      '#v=1&preset=first-fusion',
    ]);
  });

  it('divides values that hold commas by |', () => {
    expect(parseAxis('h=0:0.5,10:0.1|0:0.3')).toEqual({ key: 'h', values: ['0:0.5,10:0.1', '0:0.3'] });
    expect(parseAxis('plan=A:2,A+A>M:3|A:5')).toEqual({ key: 'plan', values: ['A:2,A+A>M:3', 'A:5'] });
    expect(parseAxis('predict=gradient-flow,modified-flow|off').values).toHaveLength(2);
    expect(cells('#v=1', [parseAxis('plan=A:2,A+A>M:3|A:5')]).map(({ link }) => decodeURIComponent(link))).toEqual([
      '#v=1&preset=first-fusion&plan=A:2,A+A>M:3',
      '#v=1&preset=first-fusion&plan=A:5',
    ]);
  });

  it('refuses what can not be used, before anything is trained', () => {
    expect(() => parseAxis('colour=1,2')).toThrow('--over colour=1,2 names no setting');
    expect(() => parseAxis('grow')).toThrow(UsageError);
    expect(() => parseAxis('grow=1,,2')).toThrow('has an empty value');
    expect(() => parseAxis('grow=1,1')).toThrow('has a value twice');
    expect(() => cells('#v=1', [parseAxis('seed=1,x')])).toThrow('seed=x is not a seed');
    expect(() => cells('#v=1', [parseAxis('seed=1'), parseAxis('seed=2')])).toThrow('--over seed is given twice');
  });

  it('quotes so that a shell gives back the very same text', () => {
    const text = `#v=1&plan=A:2,A+A>M:3 "$HOME" it's \\ \``;
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('collects one row a result', () => {
    const result = {
      link: '#v=1&preset=edge',
      curves: [
        { model: 'M', kind: 'measured', step: [0, 1, 2], loss: [3, 1, 2] },
        { model: 'M', kind: 'gradient-flow', step: [0], loss: [0], from: 0, trustedUntil: null, gradients: 1 },
      ],
      growth: [
        { step: 1, operator: 'fuse', sources: ['A', 'B'], target: 'M', loss: { sources: [1, 1], average: 1, fused: 1.5 }, gap: 0.5 },
      ],
      cost: { flops: { M: 10 }, total: 10, criticalPath: 8, seconds: 2 },
    };
    const axis = parseAxis('h=0:0.5,10:0.1|0.3');
    expect(collectCsv([axis], [{ cell: { name: 'x', link: result.link, values: ['0:0.5,10:0.1'] }, result }])).toBe(
      'h,final_M,best_M,gap,flops,critical_path,seconds,steps,link\n"0:0.5,10:0.1",2,1,0.5,10,8,2,2,#v=1&preset=edge\n',
    );
  });
});
