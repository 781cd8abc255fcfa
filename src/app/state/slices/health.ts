/** The device that trains, its speed, and its faults. Outlives a run, but for its faults. */
import type { OutOfSight } from '../out-of-sight.ts';
import type { AdapterReport, FaultKind } from '../../../run/reports.ts';

/** Something that went wrong, kept until it is dismissed or the run starts again. */
export interface Fault {
  readonly kind: FaultKind | 'silent';
  readonly message: string;
  /** Further words, below it. */
  readonly more?: string;
  readonly fatal: boolean;
  /** Of a worker that died or is silent: the run goes on from where it was kept, with the next one. */
  readonly goesOn?: boolean;
  readonly step: number;
}

export interface HealthSlice {
  readonly adapter: AdapterReport | null;
  readonly megaflopsPerStep: number;
  /** Operations a second of this device, as far as it is known. */
  readonly flopsPerSecond: number | null;
  readonly faults: readonly Fault[];
  /** It trained more slowly while the page was hidden, until the reader has seen that. */
  readonly outOfSight: OutOfSight | null;
}

export const UNKNOWN_HEALTH: HealthSlice = { adapter: null, megaflopsPerStep: 0, flopsPerSecond: null, faults: [], outOfSight: null };
