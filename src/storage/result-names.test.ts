import { describe, expect, it } from 'vitest';
import { parseLink } from '../experiment/link/link.ts';
import { namedFiles, plannedFiles } from './result-names.ts';

describe('names of result files', () => {
  it('are those that a result names, and of the kinds there are (10.37)', () => {
    const files = ['result.json', 'curves.csv', 'checkpoints/M-300/model.safetensors', 'grouped-norms/M-300/config.json'];
    expect(namedFiles({ files })).toEqual(['result.json', ...files]);
    const strange = ['../x', '/etc/passwd', 'checkpoints/../x', 'checkpoints/mine/weights.bin', 'notes.txt', 'checkpoints', 7, null];
    expect(namedFiles({ files: strange })).toEqual(['result.json']);
  });

  it('are known of a result of before it named them', () => {
    const names = namedFiles({ models: [{ id: 'A', from: 0, to: 300 }] });
    expect(names).toContain('data.json');
    expect(names).toContain('checkpoints/A-300/tokenizer.json');
    expect(namedFiles({ models: [{ id: '../../x', from: 0, to: 1 }, 'x'] as unknown[] })).toEqual([
      'result.json',
      'curves.csv',
      'data.json',
    ]);
  });

  it('are known of a run before it is trained', () => {
    const of = (link: string, trace = false): readonly string[] => plannedFiles(parseLink(link).experiment, trace);
    const plain = of('#preset=edge&grow=10&steps=20');
    expect(plain).toContain('checkpoints/M-10/model.safetensors');
    expect(plain).not.toContain('data.json');
    expect(plain.some((name) => name.startsWith('grouped-norms/'))).toBe(false);
    expect(of('#preset=edge&grow=10&steps=20', true)).toContain('data.json');
    expect(of('#preset=edge&grow=10&steps=20&norm=grouped')).toContain('grouped-norms/M-10/parameters.safetensors');
    expect(of('#preset=edge&grow=10&steps=20&baseline=scratch')).toContain('checkpoints/S-20/config.json');
  });
});
