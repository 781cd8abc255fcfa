/**
 * The state of the page, by slices. All of it follows from the experiment that is edited, the worker's events and a few
 * choices of the reader. A part of the page reads by selectors (`useStore`), so that it is drawn anew only when what it
 * reads changes.
 */
import type { AskedSlice } from './slices/asked.ts';
import type { CurvesSlice } from './slices/curves.ts';
import type { DraftSlice } from './slices/draft.ts';
import type { GrowthSlice } from './slices/growth.ts';
import type { HealthSlice } from './slices/health.ts';
import type { RunSlice } from './slices/run.ts';
import type { StorageSlice } from './slices/storage.ts';
import type { UiSlice } from './slices/ui.ts';

export interface State extends DraftSlice, RunSlice, AskedSlice, CurvesSlice, GrowthSlice, HealthSlice, StorageSlice, UiSlice {}
