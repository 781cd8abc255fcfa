/** The runs that are kept on this device. It outlives every run. */
import type { KeptEntry, KeptEvent } from '../../../keep/reports.ts';

export interface StorageSlice {
  /** Null until the worker has said. */
  readonly storage: Extract<KeptEvent, { type: 'kept' }> | null;
  /** A run that was under way when the page was left, until the reader has answered. */
  readonly offer: KeptEntry | null;
}

export const UNKNOWN_STORAGE: StorageSlice = { storage: null, offer: null };

/** Notes on the store; a run is offered until this page goes on with it, or trains another. */
export function withKept(before: StorageSlice, told: Extract<KeptEvent, { type: 'kept' }>, started: boolean): StorageSlice {
  const offer = before.storage === null || !started ? (told.offer ?? before.offer) : before.offer;
  const stands = told.entries.some(({ id }) => id === offer?.id && id !== told.present);
  return { storage: told, offer: stands ? offer : null };
}
