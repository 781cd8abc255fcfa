/**
 * Kept runs put in order: searched, those that differ in nothing but their seeds together, and how far each is from the
 * one that is pinned.
 */
import { spread } from '../../../curves/spread.ts';
import { formatLink } from '../../../experiment/link/link.ts';
import type { KeptEntry } from '../../../keep/reports.ts';
import { wordsOfRun } from './kept-words.ts';

export interface KeptGroup {
  /** The newest first. */
  readonly entries: readonly KeptEntry[];
  /** Of the final losses of those that have finished; null for fewer than two of them. */
  readonly over: { readonly runs: number; readonly mean: number; readonly spread: number } | null;
}

/** Those whose name, note or link has every word of what is looked for. */
export function found(entries: readonly KeptEntry[], looked: string): readonly KeptEntry[] {
  const words = looked
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries.filter((entry) => {
    const text = `${wordsOfRun(entry)} ${entry.note} ${formatLink(entry.experiment)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * Runs of one experiment but for its seed, pace and adapter, in the order of the newest of each. Starred ones come
 * first.
 */
export function groupsBySeed(entries: readonly KeptEntry[]): readonly KeptGroup[] {
  const groups = new Map<string, KeptEntry[]>();
  for (const entry of entries.toSorted((a, b) => Number(b.starred) - Number(a.starred))) {
    const key = formatLink({ ...entry.experiment, seed: 0, pace: 'max', adapter: 'auto' });
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(entry);
  }
  return [...groups.values()].map((group) => ({ entries: group, over: overSeeds(group) }));
}

/** Mean and standard deviation (of a sample) of the final losses, a run for each seed: the newest. */
function overSeeds(group: readonly KeptEntry[]): KeptGroup['over'] {
  const bySeed = new Map<number, number>();
  for (const { state, final, experiment } of group)
    if (state === 'finished' && final && !bySeed.has(experiment.seed)) bySeed.set(experiment.seed, final.loss);
  const losses = [...bySeed.values()];
  if (losses.length === 0) return null;
  const { mean, sd } = spread(losses);
  return sd === null ? null : { runs: losses.length, mean, spread: sd };
}

/** How far a run's final loss lies above that of the pinned one; null where one of them has none. */
export function deltaTo(baseline: KeptEntry | null, { id, final }: KeptEntry): number | null {
  return baseline === null || baseline.id === id || !baseline.final || !final ? null : final.loss - baseline.final.loss;
}
