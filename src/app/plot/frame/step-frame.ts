/** The frame of a small chart along the steps, in line with the chart above it. */
import { stepAxis } from './axis.ts';
import type { ChartFrame } from './frame.ts';
import { metricsOf, widthOfTicks } from './metrics.ts';

interface StepFrame {
  readonly width: number;
  /** Last step of the run, and the steps that are looked at; `null`: all. */
  readonly steps: number;
  readonly zoom: readonly [number, number] | null;
  readonly yDomain: readonly [number, number];
  /** The longest figures of its other axis: where they need more room than usual, it gets it. */
  readonly figures: readonly string[];
}

/** Pixels above the plot. */
export const TOP = 14;

export function stepFrame({ width, steps, zoom, yDomain, figures }: StepFrame): ChartFrame {
  const usual = metricsOf(width, false);
  const metrics = { ...usual, planTop: 0, left: widthOfTicks(figures, usual) };
  return { axis: stepAxis(steps), metrics, xDomain: zoom ?? [0, steps], yDomain, scale: 'linear', width, steps };
}
