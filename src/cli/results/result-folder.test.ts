import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink, parseLink } from '../../experiment/link/link.ts';
import { type OutputFile, textFile } from '../../storage/files.ts';
import { RESULT_SCHEMA } from '../../storage/results.ts';
import { ResultFolder } from './result-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'folder-'));
afterAll(() => rmSync(base, { recursive: true }));
let count = 0;
let folder: string;
beforeEach(() => {
  folder = join(base, String(count++));
});

const experiment = parseLink('#preset=edge&steps=20&grow=10').experiment;
const other = parseLink('#preset=edge&steps=20&grow=10&seed=99').experiment;
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
const put = (name: string, content = 'mine'): void => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
};
/** All files below the folder. */
const all = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

function resultOf(of: Experiment, names: readonly string[]): readonly OutputFile[] {
  const files = ['result.json', ...names];
  const result = { schema: RESULT_SCHEMA, link: formatLink(of), curves: [], growth: [], cost: {}, files };
  return [textFile('result.json', JSON.stringify(result)), ...names.map((name) => textFile(name, `of ${of.seed}`))];
}
function write(of: Experiment, names: readonly string[], force = false): void {
  const place = new ResultFolder(folder, { experiment: of, trace: false, force });
  place.write(resultOf(of, names));
  place.close();
}
const open = (of = experiment, force = false): void => new ResultFolder(folder, { experiment: of, trace: false, force }).close();

describe('a folder of results', () => {
  it('loses only what a former result names (10.37)', () => {
    put('checkpoints/mine/weights.bin');
    put('notes.txt');
    write(experiment, ['curves.csv', 'data.json', 'checkpoints/A-10/config.json', 'checkpoints/A-10/model.safetensors']);
    put('checkpoints/A-10/notes.txt');
    put('curves.csv.bak');
    write(experiment, ['curves.csv', 'checkpoints/B-10/config.json']);
    expect(all()).toEqual([
      'checkpoints/A-10/notes.txt',
      'checkpoints/B-10/config.json',
      'checkpoints/mine/weights.bin',
      'curves.csv',
      'curves.csv.bak',
      'notes.txt',
      'result.json',
    ]);
    expect(text('checkpoints/mine/weights.bin')).toBe('mine');
  });

  it('is refused where it holds another experiment’s result, unless it may be replaced (10.37)', () => {
    write(experiment, ['curves.csv']);
    expect(() => open(other)).toThrow(/holds the result of another experiment \(#v=\d.*\): --force replaces it, or choose another folder/);
    expect(text('curves.csv')).toBe(`of ${experiment.seed}`);
    write(other, ['curves.csv'], true);
    expect(text('curves.csv')).toBe('of 99');
    // The pace is for those who watch, and where any adapter will do, so does a result of each.
    expect(() => open({ ...other, pace: 3 })).not.toThrow();
    write({ ...other, adapter: 'wasm' }, ['curves.csv'], true);
    expect(() => open(other)).not.toThrow();
    expect(() => open({ ...other, adapter: 'webgpu' })).toThrow('another experiment');
  });

  it('is refused where files that no result names are in the way (10.37)', () => {
    put('curves.csv');
    expect(() => open()).toThrow('already holds curves.csv, which no result of this program names: --force replaces it');
    put('checkpoints/A-10/config.json');
    expect(() => open()).toThrow('curves.csv, checkpoints/A-10/config.json, which no result of this program names: --force replaces them');
    put('result.json', '{"schema": "of another program"}');
    expect(() => open()).toThrow('result.json is no result of this program');
    expect(all()).toEqual(['checkpoints/A-10/config.json', 'curves.csv', 'result.json']);
    write(experiment, ['curves.csv'], true);
    expect(text('curves.csv')).toBe(`of ${experiment.seed}`);
    expect(text('checkpoints/A-10/config.json')).toBe('mine');
  });

  it('is never left by the names in a file that calls itself a result (10.37)', () => {
    const outside = join(base, `outside-${count}`);
    writeFileSync(outside, 'mine');
    put(
      'result.json',
      JSON.stringify({
        schema: RESULT_SCHEMA,
        link: formatLink(experiment),
        curves: [],
        growth: [],
        cost: {},
        files: [`../outside-${count}`, outside, 'checkpoints/../../x', '.', '', 7, 'notes/../notes.txt'],
      }),
    );
    put('notes.txt');
    write(experiment, ['curves.csv']);
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(text('notes.txt')).toBe('mine');
  });

  it('with a damaged result is used again, and the damaged file kept (10.37)', () => {
    put('result.json', '{"schema": "deep-fusion/res');
    put('curves.csv', 'old');
    write(experiment, ['curves.csv']);
    expect(all()).toEqual(['curves.csv', 'result.broken.json', 'result.json']);
    put('result.json', '');
    write(experiment, ['curves.csv']);
    expect(all()).toEqual(['curves.csv', 'result.broken-2.json', 'result.broken.json', 'result.json']);
  });

  it('knows what a run that was killed as it wrote has left', () => {
    const [result, ...files] = resultOf(other, ['curves.csv', 'checkpoints/A-10/config.json']);
    // The list of names is always there first; one file was in its place already.
    put('result.json.partial', new TextDecoder().decode(result?.bytes));
    put('curves.csv', 'half of a run');
    put('checkpoints/A-10/config.json.partial', 'half of a run');
    expect(files).toHaveLength(2);
    write(experiment, ['curves.csv']);
    expect(all()).toEqual(['curves.csv', 'result.json']);
  });

  it('with a folder in the place of a file is refused, whatever is asked for', () => {
    put('curves.csv/x');
    expect(() => open(experiment, true)).toThrow(/curves\.csv is a folder: choose another folder/);
    rmSync(at('curves.csv'), { recursive: true });
    put('checkpoints');
    expect(() => open(experiment, true)).toThrow(/checkpoints is no folder/);
  });

  it.runIf(existsSync('/dev/full'))('stays as it is when the disk is full, and the file is named (10.39)', () => {
    write(experiment, ['curves.csv']);
    const place = new ResultFolder(folder, { experiment, trace: false, force: false });
    symlinkSync('/dev/full', at('curves.csv.partial'));
    expect(() => place.write(resultOf(experiment, ['data.json', 'curves.csv']))).toThrow(
      `${at('curves.csv')} can't be written: the disk is full`,
    );
    place.close();
    expect(all()).toEqual(['curves.csv', 'result.json']);
    expect(text('curves.csv')).toBe(`of ${experiment.seed}`);
  });
});
