/** Where the words of a thin line stand. */
import { expect, it, vi } from 'vitest';
import { metricsOf } from '../../../plot/frame/metrics.ts';
import { referenceLines } from './References.tsx';

it('the words of a guess stand beside the line of a growth, wherever it is, and in the plot', () => {
  // No canvas here: a letter's width is taken from its height.
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
  const plot = { x: 40, y: 0, width: 600, height: 300 };
  const metrics = metricsOf(700, false);
  for (let share = 0; share <= 1; share += 0.05) {
    const growth = { x: plot.x + share * plot.width - 3, y: 0, width: 6, height: 300 };
    const [line] = referenceLines([{ of: 'chance', value: 4 }], plot, () => 100, String, metrics, [growth]);
    const { words } = line!;
    expect(words.x + words.width <= growth.x || growth.x + growth.width <= words.x, String(share)).toBe(true);
    expect(words.x >= plot.x && words.x + words.width <= plot.x + plot.width).toBe(true);
  }
});
