import { describe, expect, it } from 'vitest';
import { readmeFiles } from './readme.ts';

const OF = {
  link: '#v=2&preset=first-fusion',
  sentence: 'Learn to pronounce a word.',
  example: { source: 'techy', target: 'T EH K IY' },
  optimizer: 'gd' as const,
};
const text = (paths: readonly string[], name: string): string | undefined => {
  const bytes = readmeFiles({ ...OF, paths }).find(({ path }) => path === name)?.bytes;
  return bytes && new TextDecoder().decode(bytes);
};
const PATHS = ['result.json', 'curves.csv', 'checkpoints/A-0/config.json', 'checkpoints/M-300/config.json'];

describe('the README of a download', () => {
  it('says what is there, and how a checkpoint is loaded (10.17)', () => {
    const readme = text(PATHS, 'README.md');
    expect(readme).toContain('    #v=2&preset=first-fusion\n');
    expect(readme).toContain('| `curves.csv` |');
    expect(readme).toContain('T5ForConditionalGeneration.from_pretrained("checkpoints/M-300")');
    expect(readme).toContain('python load_checkpoint.py checkpoints/M-300 techy');
    expect(text(PATHS, 'load_checkpoint.py')).toContain('else "checkpoints/M-300"');
    // Of what is not there it does not speak.
    expect(readme).not.toContain('data.json');
    expect(readme).not.toContain('grouped');
  });

  it('loads what grew, not what was trained beside it for comparison (10.17)', () => {
    const beside = ['S', 'alone'].map((model) => `checkpoints/${model}-300/config.json`);
    expect(text([...PATHS, ...beside], 'README.md')).toContain('from_pretrained("checkpoints/M-300")');
  });

  it('says how well a run with Adafactor is determined at all (10.30)', () => {
    const of = (optimizer: 'gd' | 'adafactor'): string =>
      new TextDecoder().decode(readmeFiles({ ...OF, optimizer, paths: PATHS })[0]?.bytes);
    expect(of('adafactor')).toContain('by 2e-3 at 0.03');
    expect(of('gd')).not.toContain('Adafactor');
  });

  it('says how grouped norms differ, where there are some (10.30)', () => {
    expect(text([...PATHS, 'grouped-norms/M-300/config.json'], 'README.md')).toContain('## Models with grouped norms');
  });
});
