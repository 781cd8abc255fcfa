import { expect, it, vi } from 'vitest';
import { Placer } from '../../../plot/labels/placer.ts';
import { ghostLabel } from './Ghosts.tsx';

it('of two kept runs that a reader calls the same each is named, at its own curve', () => {
  // No canvas here: a letter's width is taken from its height.
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
  const plot = { x: 0, y: 0, width: 600, height: 300 };
  const at = (y: number) => [{ model: 'M', points: Float64Array.of(0, y, 300, y, 600, y) }];
  const runs = [
    { key: 'run 1', name: 'mine', curves: at(80) },
    { key: 'run 2', name: 'mine', curves: at(220) },
  ];
  const labels = runs.flatMap((run) => ghostLabel(run, plot, 12) ?? []);
  const placed = new Placer().place(labels, { plot, curves: [], hatch: null, taken: [] });
  expect(new Set(placed.map(({ label }) => label)).size).toBe(2);
  expect(new Set(placed.map(({ box }) => box.id)).size).toBe(2);
  vi.unstubAllGlobals();
});
