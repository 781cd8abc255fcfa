/** The reader's view of the chart, which nobody else needs to know: the range of the axis that is looked at. */
import { useStore as useZustand } from 'zustand';
import type { ModelId } from '../../experiment/experiment.ts';
import { createStore } from 'zustand/vanilla';

interface View {
  /** Steps of the plan at the left and right edge; `null`: the whole run. */
  readonly zoom: readonly [number, number] | null;
  readonly lossLine: LossLine;
  /** Where that line is drawn now; `null`: nowhere. */
  readonly lineAt: number | null;
  readonly lines: Lines;
  /** The network that is pointed at, in the plan or in a table: the others step back. */
  readonly pointed: ModelId | null;
}

/** The lines beside the curves themselves. */
export interface Lines {
  /** The loss of a guess without looking. */
  readonly chance: boolean;
  /** Curves smoothed, with the measured ones pale behind them. */
  readonly smoothed: boolean;
  readonly best: boolean;
}

/** The loss at which costs are compared. */
export interface LossLine {
  readonly shown: boolean;
  /** Chosen by the reader; `null`: the lowest that the run and a baseline both reached. */
  readonly loss: number | null;
}

export const view = createStore<View>()(() => ({
  zoom: null,
  lossLine: { shown: false, loss: null },
  lineAt: null,
  lines: { chance: true, smoothed: false, best: false },
  pointed: null,
}));

export function useZoom(): View['zoom'] {
  return useZustand(view, (state) => state.zoom);
}

export function setZoom(zoom: View['zoom']): void {
  view.setState({ zoom });
}

/** Narrower than this no range is looked at. */
const LEAST_RANGE = 2;

/**
 * The range twice as narrow (`by` 0.5) or as wide (2) around a step that stays where it is on the axis; `null` from the
 * whole run on.
 * @param steps of the whole run
 */
export function zoomedAround(zoom: View['zoom'], at: number, by: number, steps: number): View['zoom'] {
  const [from, to] = zoom ?? [0, steps];
  const width = Math.max(LEAST_RANGE, Math.round((to - from) * by));
  if (width >= steps) return null;
  const share = to > from ? (at - from) / (to - from) : 0.5;
  const first = Math.min(steps - width, Math.max(0, Math.round(at - share * width)));
  return [first, first + width];
}

/** Two fingers, each at a pixel of the axis, that hold the steps they came down on. */
export interface Pinch {
  readonly steps: readonly [number, number];
  readonly pixels: readonly [number, number];
}

/**
 * The range that keeps both steps under their fingers; `null`: the whole run, or nothing yet. Pixels count from the
 * axis' beginning.
 */
export function zoomedBy({ steps: [a, b], pixels: [x, y] }: Pinch, width: number, steps: number): View['zoom'] {
  const perPixel = (b - a) / (y - x);
  if (!(perPixel > 0) || !Number.isFinite(perPixel)) return null;
  const from = Math.round(Math.max(0, a - perPixel * x));
  const to = Math.round(Math.min(steps, a - perPixel * x + perPixel * width));
  return to - from < LEAST_RANGE || to - from >= steps ? null : [from, to];
}

/**
 * The view and the comparisons belong to an experiment: another one begins with the whole run and no loss chosen.
 */
export function forgetView(): void {
  view.setState(({ lossLine }) => ({ zoom: null, lossLine: { ...lossLine, loss: null } }));
}

export function useLossLine(): LossLine {
  return useZustand(view, (state) => state.lossLine);
}

export function setLossLine(patch: Partial<LossLine>): void {
  view.setState(({ lossLine }) => ({ lossLine: { ...lossLine, ...patch } }));
}

export function useLineAt(): number | null {
  return useZustand(view, (state) => state.lineAt);
}

export function setLineAt(lineAt: number | null): void {
  view.setState({ lineAt });
}

export function useLines(): Lines {
  return useZustand(view, (state) => state.lines);
}

export function setLines(patch: Partial<Lines>): void {
  view.setState(({ lines }) => ({ lines: { ...lines, ...patch } }));
}

export function usePointed(): ModelId | null {
  return useZustand(view, (state) => state.pointed);
}

const pointings = new Map<ModelId, ReturnType<typeof newPointing>>();

function newPointing(model: ModelId) {
  const leave = (): void => {
    if (view.getState().pointed === model) view.setState({ pointed: null });
  };
  return {
    onPointerEnter: () => view.setState({ pointed: model }),
    onPointerLeave: leave,
    // An element that is removed under the pointer (a stage, a tab) never hears that the pointer has left.
    ref: () => leave,
  };
}

/**
 * Properties of what stands for a network: pointing at it lets the others step back, in chart and plan alike. The same
 * for a network each time.
 */
export function pointing(model: ModelId): ReturnType<typeof newPointing> {
  const found = pointings.get(model) ?? newPointing(model);
  pointings.set(model, found);
  return found;
}

/** The last result again while the arguments are the same: for selectors that would otherwise scan every curve. */
export function remember<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | null = null;
  return (...args) => {
    if (last && last.args.length === args.length && last.args.every((arg, i) => Object.is(arg, args[i]))) return last.result;
    const result = compute(...args);
    last = { args, result };
    return result;
  };
}
