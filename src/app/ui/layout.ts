/** How much room there is. */
import { useSyncExternalStore } from 'react';

export type Layout = 'wide' | 'medium' | 'narrow' | 'phone';

/** Least width of each, in pixels; below all of them: a phone. */
const WIDTHS: readonly (readonly [Layout, number])[] = [
  ['wide', 1200],
  ['medium', 900],
  ['narrow', 640],
];

let made: readonly (readonly [Layout, MediaQueryList])[] | null = null;
/** Made when first asked for, so that what reads the layout can be tested without a window. */
function queries(): readonly (readonly [Layout, MediaQueryList])[] {
  made ??= WIDTHS.map(([layout, width]) => [layout, matchMedia(`(min-width: ${width}px)`)]);
  return made;
}

function subscribe(onChange: () => void): () => void {
  for (const [, query] of queries()) query.addEventListener('change', onChange);
  return () => {
    for (const [, query] of queries()) query.removeEventListener('change', onChange);
  };
}

const layout = (): Layout => queries().find(([, query]) => query.matches)?.[0] ?? 'phone';

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, layout);
}

/** A window this low has no room for chart and dock at once: the dock folds to its tabs. */
const LOW = '(max-height: 719px) and (min-width: 900px)';

/** Calls back when a media query begins or ceases to match. */
function subscribeTo(query: string) {
  return (onChange: () => void): (() => void) => {
    const list = matchMedia(query);
    list.addEventListener('change', onChange);
    return () => list.removeEventListener('change', onChange);
  };
}

const subscribeToLow = subscribeTo(LOW);

export function useLow(): boolean {
  return useSyncExternalStore(subscribeToLow, () => matchMedia(LOW).matches);
}
