/**
 * From steps and losses to pixels. Both axes are affine once the loss is (or is not) taken in logarithm, so a
 * projection is four numbers: 10,000 points cost 10,000 multiplications and no call into the chart library.
 */

export type LossScale = 'log' | 'linear';

export interface Projection {
  readonly x: (value: number) => number;
  readonly y: (loss: number) => number;
  /** Value under a pixel. */
  readonly valueAt: (x: number) => number;
  /** Loss under a pixel. */
  readonly lossAt: (y: number) => number;
  readonly pixelsPerUnit: number;
}

/** A place in the data of a path, to a tenth of a pixel: no number that anybody reads. */
export const tenths = (pixels: number): number => Math.round(pixels * 10) / 10;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param plot the plot area in pixels, y downwards
 * @param xDomain values at its left and right edge
 * @param yDomain losses at its bottom and top edge; both > 0 for `log`
 */
export function projectionOf(
  plot: Box,
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
  scale: LossScale,
): Projection {
  const span = xDomain[1] - xDomain[0] || 1;
  const pixelsPerUnit = plot.width / span;
  const bottom = plot.y + plot.height;
  const low = scale === 'log' ? Math.log(yDomain[0]) : yDomain[0];
  const high = scale === 'log' ? Math.log(yDomain[1]) : yDomain[1];
  const perLoss = plot.height / (high - low || 1);
  return {
    x: (value) => plot.x + (value - xDomain[0]) * pixelsPerUnit,
    y:
      scale === 'log'
        ? (loss) => bottom - (Math.log(loss > 0 ? loss : Number.MIN_VALUE) - low) * perLoss
        : (loss) => bottom - (loss - low) * perLoss,
    valueAt: (x) => xDomain[0] + (x - plot.x) / pixelsPerUnit,
    lossAt: (y) => {
      const share = (bottom - y) / plot.height;
      return scale === 'log' ? yDomain[0] * (yDomain[1] / yDomain[0]) ** share : yDomain[0] + share * (yDomain[1] - yDomain[0]);
    },
    pixelsPerUnit,
  };
}
