/** The recorded step sizes of a preset that holds its sharpness (recordedTables.ts). */
import type { ModelId, StepSizeTable } from '../experiment.ts';

/** A table and the networks that were held to it together: nobody else takes it. */
export interface RecordedTable {
  readonly models: readonly ModelId[];
  readonly table: StepSizeTable;
}

export interface RecordedTables {
  readonly before: RecordedTable;
  readonly after: RecordedTable;
}
