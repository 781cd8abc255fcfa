/**
 * Step-size tables that came out of held-sharpness presets, kept with the preset so that its prediction can be
 * drawn before the training reaches it. A changed experiment has another fingerprint and hence no table.
 */
import type { Experiment, StepSizeTable } from './experiment.ts';
import { fingerprint } from './fingerprint.ts';
import { RECORDED } from './recordedTables.data.ts';

export interface RecordedTables {
  readonly before: StepSizeTable;
  readonly after: StepSizeTable;
}

export function recordedTables(experiment: Experiment): RecordedTables | undefined {
  const key = fingerprint(experiment);
  return Object.hasOwn(RECORDED, key) ? RECORDED[key] : undefined;
}
