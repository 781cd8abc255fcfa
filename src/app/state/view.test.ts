import { describe, expect, test } from 'vitest';
import { forgetView, pointing, setLossLine, setZoom, view, zoomedAround, zoomedBy } from './view.ts';

describe('the range that is looked at', () => {
  test('keys halve and double it around a step, which keeps its place', () => {
    expect(zoomedAround(null, 50, 0.5, 100)).toEqual([25, 75]);
    expect(zoomedAround([20, 60], 30, 0.5, 100)).toEqual([25, 45]);
    // At the edges of the run it is moved, not cut.
    expect(zoomedAround(null, 100, 0.5, 100)).toEqual([50, 100]);
    expect(zoomedAround([25, 45], 30, 2, 100)).toEqual([20, 60]);
    expect(zoomedAround([20, 60], 30, 4, 100)).toBeNull();
    expect(zoomedAround([10, 12], 11, 0.5, 100)).toEqual([10, 12]);
  });

  test('two fingers keep the steps they came down on', () => {
    // 100 steps on 200 pixels: fingers on 25 and 75, then at the ends of the axis.
    expect(zoomedBy({ steps: [25, 75], pixels: [0, 200] }, 200, 100)).toEqual([25, 75]);
    expect(zoomedBy({ steps: [25, 75], pixels: [50, 150] }, 200, 100)).toBeNull();
    expect(zoomedBy({ steps: [25, 75], pixels: [60, 140] }, 200, 100)).toBeNull();
    // Crossed fingers say nothing.
    expect(zoomedBy({ steps: [25, 75], pixels: [150, 50] }, 200, 100)).toBeNull();
  });

  test('another experiment begins with the whole run and no loss chosen', () => {
    setZoom([3, 9]);
    setLossLine({ shown: true, loss: 0.4 });
    forgetView();
    expect(view.getState()).toEqual({
      zoom: null,
      lossLine: { shown: true, loss: null },
      lineAt: null,
      lines: { chance: true, smoothed: false, best: false },
      pointed: null,
    });
  });
});

test('a network is pointed at until the pointer leaves it, or what was under the pointer is taken away', () => {
  const { onPointerEnter, onPointerLeave, ref } = pointing('M');
  onPointerEnter();
  expect(view.getState().pointed).toBe('M');
  onPointerLeave();
  expect(view.getState().pointed).toBeNull();
  const takenAway = ref();
  onPointerEnter();
  takenAway();
  expect(view.getState().pointed).toBeNull();
  // A row that is drawn anew is the same row.
  expect(pointing('M')).toBe(pointing('M'));
  pointing('A').onPointerEnter();
  takenAway();
  expect(view.getState().pointed).toBe('A');
  pointing('A').onPointerLeave();
});
