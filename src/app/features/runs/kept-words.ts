/** How a kept run is spoken of. */
import { PRESETS } from '../../../experiment/presets/presets.ts';
import type { KeptEntry } from '../../../keep/reports.ts';
import { say } from '../../text/en/runs/kept.ts';
import { count, figures } from '../../text/numbers.ts';

/** Its name, else that of its preset with the seed. */
export function wordsOfRun({ name, experiment: { preset, seed } }: Pick<KeptEntry, 'name' | 'experiment'>): string {
  return name === '' ? say.unnamed(PRESETS.get(preset)?.title ?? preset, seed) : name;
}

/** Two digits are enough to choose by; of hundreds each is said, so that a limit reads as what it is. */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return value < 100 ? figures(value, 2) : count(Math.ceil(value));
}
