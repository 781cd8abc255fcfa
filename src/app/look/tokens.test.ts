import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** Colours of one theme, by their names. */
function tokens(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const from = css.indexOf(`[data-mantine-color-scheme="${theme}"]`);
  const block = css.slice(from, css.indexOf('}', from));
  return new Map([...block.matchAll(/--([\w-]+): (#[\da-f]{6});/gi)].map(([, name = '', value = '']) => [name, value]));
}

/** Relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: 'light' | 'dark', one: string, other: string): number {
  const colours = tokens(theme);
  const [low = 0, high = 0] = [one, other].map((name) => luminance(colours.get(name) ?? '')).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe('colours', () => {
  test('grid lines are seen in the dark as well, and stay behind the axis (10.12)', () => {
    // Dark surfaces swallow fine lines: there they need more.
    expect(contrast('light', 'grid', 'card')).toBeGreaterThanOrEqual(1.18);
    expect(contrast('dark', 'grid', 'card')).toBeGreaterThanOrEqual(1.6);
    for (const theme of ['light', 'dark'] as const) expect(contrast(theme, 'grid', 'card')).toBeLessThan(contrast(theme, 'line2', 'card'));
  });

  test.each(['light', 'dark'] as const)('words can be read on their cards: %s', (theme) => {
    for (const name of ['text', 'mut', 'faint', 'series-A-text', 'series-B-text', 'series-M-text', 'series-U-text', 'ok', 'bad', 'warn'])
      expect([name, contrast(theme, name, 'card') >= 4.5]).toEqual([name, true]);
  });
});
