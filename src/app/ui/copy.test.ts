import { afterEach, describe, expect, it, vi } from 'vitest';
import { COPY_BY_HAND, copyText } from './copy.ts';

afterEach(() => vi.unstubAllGlobals());

describe('copying (10.24)', () => {
  it('says whether it could be done: not without a clipboard, and not where it is refused', async () => {
    vi.stubGlobal('navigator', {});
    expect(await copyText('#v=2')).toBe(false);
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } });
    expect(await copyText('#v=2')).toBe(false);
    const written: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } });
    expect(await copyText('#v=2')).toBe(true);
    expect(written).toEqual(['#v=2']);
  });

  it('by hand: what is selected is named, and the keys that copy it', () => {
    expect(COPY_BY_HAND.link).toContain('The link is selected: copy it with Ctrl C');
    expect(COPY_BY_HAND.details).toContain('The details are selected: copy them with Ctrl C');
  });
});
