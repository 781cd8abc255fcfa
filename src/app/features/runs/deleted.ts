/**
 * The run that was deleted last: its delete can be undone for a while, also by a reader who has looked at another tab
 * meanwhile.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type KeptEntry, UNDONE_FOR } from '../../../keep/reports.ts';
import { askKept } from '../../state/control/kept-control.ts';

export const deleted = createStore<{ readonly entry: KeptEntry | null }>()(() => ({ entry: null }));

export const useDeleted = (): KeptEntry | null => useStore(deleted, ({ entry }) => entry);

let over: ReturnType<typeof setTimeout> | undefined;

function remember(entry: KeptEntry | null): void {
  clearTimeout(over);
  deleted.setState({ entry });
}

export function deleteKept(entry: KeptEntry): void {
  remember(entry);
  over = setTimeout(() => remember(null), UNDONE_FOR);
  askKept({ do: 'delete', ids: [entry.id] });
}

/** Brings back the run that was deleted last. */
export function undelete(): void {
  const { entry } = deleted.getState();
  if (entry) askKept({ do: 'undelete', ids: [entry.id] });
  remember(null);
}
