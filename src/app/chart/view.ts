/** What the reader does with the chart and nobody else needs to know: the range of the axis that is looked at. */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface View {
  /** Steps of the plan at the left and right edge; `null`: the whole run. */
  readonly zoom: readonly [number, number] | null;
  readonly lossLine: LossLine;
}

/** The loss at which costs are compared. */
export interface LossLine {
  readonly shown: boolean;
  /** Chosen by the reader; `null`: the lowest that the run and a baseline both reached. */
  readonly loss: number | null;
}

export const view = createStore<View>()(() => ({ zoom: null, lossLine: { shown: false, loss: null } }));

export function useZoom(): View['zoom'] {
  return useZustand(view, (state) => state.zoom);
}

export function setZoom(zoom: View['zoom']): void {
  view.setState({ zoom });
}

export function useLossLine(): LossLine {
  return useZustand(view, (state) => state.lossLine);
}

export function setLossLine(patch: Partial<LossLine>): void {
  view.setState(({ lossLine }) => ({ lossLine: { ...lossLine, ...patch } }));
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
