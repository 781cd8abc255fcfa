/** The differences of two runs, as their tables say them. */
import { type Difference, differences } from '../../../experiment/differences.ts';
import type { Experiment } from '../../../experiment/experiment.ts';

/** Settings that change no number of a run. */
const SILENT: ReadonlySet<string> = new Set(['pace', 'adapter', 'predict', 'from']);

/** A table of step sizes is no reading matter. */
const short = (value: string, most: number): string => (value.length > most + 4 ? `${value.slice(0, most)} …` : value);

/**
 * Settings of `b` that are not those of `a`, but for those that change no number.
 * @param most signs that are left of a value that is cut
 */
export const differing = (a: Experiment, b: Experiment, most: number): readonly Pick<Difference, 'key' | 'words' | 'from' | 'to'>[] =>
  differences(a, b)
    .filter(({ key }) => !SILENT.has(key))
    .map(({ key, words, from, to }) => ({ key, words, from: short(from, most), to: short(to, most) }));
