/** The figures along the bottom of a chart, the last one spelled out: `180 steps`. */
import type { ChartFrame } from './frame.ts';
import { textWidth } from './metrics.ts';
import { stepTicks } from './ticks.ts';

/** Length in pixels of the mark at a figure, and the room between the two. */
export const TICK_MARK = 5;
export const TICK_MARGIN = 4;

export interface StepFigures {
  readonly ticks: readonly number[];
  readonly words: (value: number) => string;
  /** The last one ends where the plot ends. */
  readonly anchorOf: (value: number) => 'middle' | 'end';
}

export function stepFigures({ axis, metrics, xDomain, width }: ChartFrame): StepFigures {
  const last = xDomain[1];
  const lastWords = axis.formatEnd(last);
  const endRoom = textWidth(lastWords, metrics.axisFont, false) + 24;
  return {
    ticks: stepTicks(xDomain, width - metrics.left - metrics.right, metrics.xSpacing, endRoom),
    words: (value) => (value === last ? lastWords : axis.format(value)),
    anchorOf: (value) => (value === last ? 'end' : 'middle'),
  };
}
