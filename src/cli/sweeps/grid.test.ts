import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../command/arguments.ts';
import { BASELINES, PREDICTIONS, PREDICTION_STARTS } from '../../experiment/experiment.ts';
import { LINK_KEYS } from '../../experiment/link/keys.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { cells, parseAxis, shellQuote } from './grid.ts';

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
    // It is refused: nothing is used in its place.
    expect(() => cells('#v=1', [parseAxis('seed=1,x')])).toThrow(/^seed=x is not a seed \(0 to 2,147,483,584\)$/);
    expect(() => cells('#v=1&examples=100', [parseAxis('probe=50,100')])).toThrow(
      /the probe set is the training set; probe=100|the probe set is the training set$/,
    );
    expect(() => cells('#v=1', [parseAxis('seed=1'), parseAxis('seed=2')])).toThrow('--over seed is given twice');
  });

  it('quotes so that a shell gives back the very same text', () => {
    const text = `#v=1&plan=A:2,A+A>M:3 "$HOME" it's \\ \``;
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('divides by | the values of every setting that can hold commas, so that a list is one cell (10.21)', () => {
    expect(parseAxis('baseline=scratch,alone')).toEqual({ key: 'baseline', values: ['scratch,alone'] });
    expect(parseAxis('baseline=scratch,alone|off').values).toEqual(['scratch,alone', 'off']);
    expect(cells('#v=1', [parseAxis('baseline=scratch,alone')]).map(({ link }) => link)).toEqual([
      '#v=1&preset=first-fusion&baseline=scratch,alone',
    ]);
    const full = { ...presetExperiment('first-fusion'), predict: PREDICTIONS, from: PREDICTION_STARTS, baseline: BASELINES };
    for (const { key, write, holdsCommas } of LINK_KEYS) if (write(full)?.includes(',')) expect([key, holdsCommas]).toEqual([key, true]);
  });

  it('names the value that is spelt twice, however it is spelt (10.21)', () => {
    expect(() => parseAxis('h2=0.1,0.10,.1')).toThrow('--over h2=0.1,0.10,.1 has a value twice (0.1 and 0.10)');
    expect(() => parseAxis('h2=1e-1,0.2,0.1')).toThrow('has a value twice (1e-1 and 0.1)');
    expect(() => parseAxis('grow=1,1')).toThrow('has a value twice (1)');
    expect(() => parseAxis('predict=gradient-flow,modified-flow|modified-flow,gradient-flow')).toThrow('has a value twice');
    expect(() => parseAxis('h=0:0.5,10:.1|0:.5,10:0.10')).toThrow('has a value twice');
    expect(() => parseAxis('h=1,2')).not.toThrow();
    // Two settings may say the same between them.
    expect(() => cells('#v=1&preset=first-fusion&h=0.1', [parseAxis('h2=same,0.1')])).not.toThrow();
  });

  it('shortens names that are too long for a file system, each to a name of its own (10.21)', () => {
    const table = (last: string): string => Array.from({ length: 40 }, (_, i) => `${i}:0.0${i + 10}`).join(',') + last;
    const grid = cells('#v=1&preset=first-fusion', [parseAxis(`h=0:0.1|${table('')}|${table(',45:0.2')}`)]);
    for (const { name } of grid) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(new Set(grid.map(({ name }) => name)).size).toBe(3);
    expect(grid[0]?.name).toBe('h-0_0.1');
    expect(grid[1]?.name).toMatch(/^h-0_0\.010_1_0\.011.*-[0-9a-f]{12}$/);
    // The name of a cell does not hang on the cells beside it.
    expect(cells('#v=1&preset=first-fusion', [parseAxis(`h=${table('')}`)])[0]?.name).toBe(grid[1]?.name);
  });

  it('gives cells that would share a folder one each (10.21)', () => {
    const names = cells('#v=1', [parseAxis('plan=Aa:2|AA:2')]).map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(2);
  });
});
