/** How much room there is. */
import { useSyncExternalStore } from 'react';

export type Layout = 'wide' | 'medium' | 'narrow' | 'phone';

const WIDE = matchMedia('(min-width: 1200px)');
const MEDIUM = matchMedia('(min-width: 900px)');
const NARROW = matchMedia('(min-width: 640px)');

function subscribe(onChange: () => void): () => void {
  for (const query of [WIDE, MEDIUM, NARROW]) query.addEventListener('change', onChange);
  return () => {
    for (const query of [WIDE, MEDIUM, NARROW]) query.removeEventListener('change', onChange);
  };
}

const layout = (): Layout => (WIDE.matches ? 'wide' : MEDIUM.matches ? 'medium' : NARROW.matches ? 'narrow' : 'phone');

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, layout);
}
