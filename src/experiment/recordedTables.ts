/**
 * Step-size tables that came out of held-sharpness presets, kept with the preset so that its prediction can be
 * drawn before the training reaches it. A changed experiment has another fingerprint and hence no table.
 */
import type { Experiment, StepSizeTable } from './experiment.ts';
import { fingerprint } from './fingerprint.ts';
import { RECORDED } from './recordedTables.data.ts';
import { RECORDED_1 } from './recordedTables.version-1.data.ts';

export interface RecordedTables {
  readonly before: StepSizeTable;
  readonly after: StepSizeTable;
}

export function recordedTables(experiment: Experiment): RecordedTables | undefined {
  const key = fingerprint(experiment);
  // A fingerprint carries the version where a sharpness is held, so a key stands in the tables of its own version alone.
  const tables = experiment.v === 1 ? RECORDED_1 : RECORDED;
  return Object.hasOwn(tables, key) ? tables[key] : undefined;
}
