/** How much room there is. */
import { useSyncExternalStore } from 'react';

export type Layout = 'wide' | 'medium' | 'narrow' | 'phone';

/** Least width of each, in pixels; below all of them: a phone. */
const WIDTHS: readonly (readonly [Layout, number])[] = [
  ['wide', 1200],
  ['medium', 900],
  ['narrow', 640],
];

/** A window this low has no room for chart and dock at once: the dock folds to its tabs. */
const LOW = '(max-height: 719px) and (min-width: 900px)';

/**
 * The layout that follows from the size of the window, as it changes. Printing asks the same questions of the paper:
 * then nothing changes.
 */
class Watched<T> {
  private readonly queries: readonly string[];
  private readonly read: (matches: readonly boolean[]) => T;
  private lists: readonly MediaQueryList[] | null = null;
  private last: T | null = null;

  constructor(queries: readonly string[], read: (matches: readonly boolean[]) => T) {
    this.queries = queries;
    this.read = read;
  }

  /** Made when first asked for, so that what reads the layout can be tested without a window. */
  private get all(): readonly MediaQueryList[] {
    this.lists ??= this.queries.map((query) => matchMedia(query));
    return this.lists;
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    for (const list of this.all) list.addEventListener('change', onChange);
    return () => {
      for (const list of this.all) list.removeEventListener('change', onChange);
    };
  };

  readonly value = (): T => {
    if (this.last === null || !matchMedia('print').matches) this.last = this.read(this.all.map(({ matches }) => matches));
    return this.last;
  };
}

const layout = new Watched<Layout>(
  WIDTHS.map(([, width]) => `(min-width: ${width}px)`),
  (matches) => WIDTHS.find((_, i) => matches[i])?.[0] ?? 'phone',
);
const low = new Watched<boolean>([LOW], ([matches]) => matches === true);

export function useLayout(): Layout {
  return useSyncExternalStore(layout.subscribe, layout.value);
}

export function useLow(): boolean {
  return useSyncExternalStore(low.subscribe, low.value);
}
