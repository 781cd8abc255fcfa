/** Sizes of the chart in pixels: at a desk, in the hand, on a projector. */

export interface Metrics {
  /** Narrower than a tablet: fewer ticks and labels. */
  readonly compact: boolean;
  /** Factor on strokes and dashes. */
  readonly stroke: number;
  readonly axisFont: number;
  readonly labelFont: number;
  /** Label of the live network. */
  readonly liveFont: number;
  /** Width of the loss axis, and the margin at the right. */
  readonly left: number;
  readonly right: number;
  /** Height of the step axis. */
  readonly bottom: number;
  readonly planTop: number;
  readonly row: number;
  readonly rowGap: number;
  readonly pillWidth: number;
  readonly pillHeight: number;
  /** Between plan and pill, and between pill and plot. */
  readonly pillGap: number;
  readonly xSpacing: number;
}

/** @param rows of the plan: the more there are, the lower, so that the plot keeps its height */
export function metricsOf(width: number, presenting: boolean, rows = 2): Metrics {
  const compact = width < 560;
  const shared = { compact, planTop: 8, rowGap: 3, pillGap: 6 };
  if (presenting && !compact) {
    return {
      ...shared,
      stroke: 1.4,
      axisFont: 18,
      labelFont: 20,
      liveFont: 26,
      left: 62,
      right: 24,
      bottom: 36,
      row: rows > 3 ? 26 : 34,
      pillWidth: 176,
      pillHeight: 36,
      pillGap: 9,
      xSpacing: 120,
    };
  }
  return {
    ...shared,
    stroke: 1,
    axisFont: 13,
    labelFont: 14,
    liveFont: 16,
    left: compact ? 38 : 46,
    // Room for the + behind the plan.
    right: compact ? 32 : 38,
    bottom: 32,
    row: rows <= 3 ? 22 : rows <= 4 ? 18 : rows <= 6 ? 16 : 13,
    pillWidth: 126,
    pillHeight: 26,
    xSpacing: compact ? 84 : 96,
  };
}

/** Height of the plan, without what is around it. */
export function planHeight(rows: number, metrics: Metrics): number {
  return rows * metrics.row + (rows - 1) * metrics.rowGap;
}

/** Where the plot begins, below plan and pill. */
export function plotTop(rows: number, metrics: Metrics): number {
  return metrics.planTop + planHeight(rows, metrics) + 2 * metrics.pillGap + metrics.pillHeight;
}

/** Between the end of a tick's figures and the plot, and between the edge of the drawing and their beginning. */
const TICK_GAP = 10;
const TICK_MARGIN = 4;

/** Width of the loss axis, in pixels: as usual, or wider where its figures are. */
export function widthOfTicks(words: readonly string[], { left, axisFont }: Metrics): number {
  const widest = words.reduce((most, text) => Math.max(most, textWidth(text, axisFont, false)), 0);
  return Math.max(left, Math.ceil(widest) + TICK_GAP + TICK_MARGIN);
}

let family: string | undefined;
let context: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();

/** Width of a text in the page's font. */
export function textWidth(text: string, font: number, bold: boolean): number {
  const key = `${bold ? 'b' : 'r'}${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 2000) widths.clear();
  context ??= document.createElement('canvas').getContext('2d');
  let width = text.length * font * 0.56;
  if (context) {
    family ??= getComputedStyle(document.body).fontFamily;
    context.font = `${bold ? 700 : 400} ${font}px ${family}`;
    width = context.measureText(text).width;
  }
  widths.set(key, width);
  return width;
}
