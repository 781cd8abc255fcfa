/**
 * Step-size tables that came out of held-sharpness presets, kept with the preset so that its prediction can be
 * drawn before the training reaches it. A changed experiment has another fingerprint and hence no table.
 */
import type { Experiment, ModelId, StepSizeTable } from '../experiment.ts';
import { fingerprint } from '../fingerprint.ts';
import type { RecordedTables } from './recorded-table.ts';
import { RECORDED } from './recordedTables.data.ts';
import { RECORDED_1 } from './recordedTables.version-1.data.ts';

export function recordedTables(experiment: Experiment): RecordedTables | undefined {
  const key = fingerprint(experiment);
  // A fingerprint carries the version where a sharpness is held, so a key stands in the tables of its own version
  // alone.
  const tables = experiment.v === 1 ? RECORDED_1 : RECORDED;
  return Object.hasOwn(tables, key) ? tables[key] : undefined;
}

/** The table that was recorded for this network before, or after, the growth; empty where there is none. */
export function recordedTableOf(experiment: Experiment, stage: keyof RecordedTables, model: ModelId): StepSizeTable {
  const recorded = recordedTables(experiment)?.[stage];
  return recorded?.models.includes(model) ? recorded.table : [];
}
