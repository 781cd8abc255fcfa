/**
 * The chart once there is something to draw: axes, curves and what is read off them. Its code comes after
 * the page's.
 */
import type { ComponentProps, ReactNode } from 'react';
import { Axes } from '../../plot/frame/Axes.tsx';
import { Drawing } from './curves/Drawing.tsx';
import { Ghosts } from './curves/Ghosts.tsx';
import { LossLine } from './handles/LossLine.tsx';
import { Reading, ReadingMarks } from './reading/Reading.tsx';

interface LossPlotProps extends Omit<ComponentProps<typeof Axes>, 'children'> {
  /** Whether shares of answers are drawn in place of losses. */
  readonly answers: boolean;
  /** The plan and its growth line. */
  readonly plan: ReactNode;
  /** Lies over all. */
  readonly covers: ReactNode;
}

export function LossPlot({ answers, plan, covers, ...axes }: LossPlotProps) {
  return (
    <Axes {...axes}>
      {!answers && <Ghosts />}
      <Reading>
        <Drawing />
      </Reading>
      <ReadingMarks />
      {plan}
      {!answers && <LossLine />}
      {covers}
    </Axes>
  );
}
