/** The tables of `npm run validate-theory`, read once, when something on the page has to stand beside them. */
import { useEffect } from 'react';
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { MeasuredTable } from '../../../experiment/measured.ts';
import { loadMeasured } from './load.ts';

interface Results {
  readonly tables: readonly MeasuredTable[];
  readonly state: 'not asked' | 'reading' | 'read';
}

const results = createStore<Results>()(() => ({ tables: [], state: 'not asked' }));

function read(): void {
  if (results.getState().state !== 'not asked') return;
  results.setState({ state: 'reading' });
  loadMeasured(import.meta.env.BASE_URL, new AbortController().signal).then(
    (documents) => results.setState({ state: 'read', tables: documents.flatMap(({ tables, quick }) => (quick ? [] : tables)) }),
    // Without a network it is tried again when it is next asked for.
    () => results.setState({ state: 'not asked' }),
  );
}

/** All tables; none before they are read, or where they can't be. */
export function useMeasuredTables(): Results {
  const found = useZustand(results);
  useEffect(read, []);
  return found;
}
