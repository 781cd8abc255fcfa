import { afterEach, describe, expect, it, vi } from 'vitest';
import { Progress } from './progress.ts';

afterEach(() => void vi.restoreAllMocks());

function written(draw: (progress: Progress) => void): string {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  draw(new Progress(false));
  return text;
}

describe('progress', () => {
  it('never goes back, whatever it is told and whatever is noted in between (10.17)', () => {
    const text = written((progress) => {
      for (const share of [0, 0.31, 0.12, 0.33, 0.5, 0.1, 0.52]) {
        progress.show(share, 'x');
        progress.note('noted');
      }
      progress.clear();
      progress.show(0.2, 'x');
      progress.show(1, 'x');
      progress.show(1, 'x');
    });
    expect(text.match(/\d+(?= %)/g)).toEqual(['0', '30', '50', '100']);
  });

  it('is silent where it is told to be', () => {
    const spy = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const progress = new Progress(true);
    progress.show(0.5, 'x');
    progress.note('x');
    expect(spy).not.toHaveBeenCalled();
  });
});
