/** The page's state before anything has been heard: of a run, and of the page. */
import type { Experiment } from '../../experiment/experiment.ts';
import { DEFAULT_PRESET, presetExperiment } from '../../experiment/presets/presets.ts';
import { NOTHING_ASKED } from './slices/asked.ts';
import { noCurves } from './slices/curves.ts';
import { noGrowth } from './slices/growth.ts';
import { UNKNOWN_HEALTH } from './slices/health.ts';
import { noRun } from './slices/run.ts';
import { UNKNOWN_STORAGE } from './slices/storage.ts';
import { FIRST_UI } from './slices/ui.ts';
import type { State } from './state.ts';

/** The state of a run; reset when an experiment is loaded. */
export function emptyRun() {
  return { ...noRun(), ...NOTHING_ASKED, ...noCurves(), ...noGrowth(), hover: null } satisfies Partial<State>;
}

export function emptyState(experiment: Experiment = presetExperiment(DEFAULT_PRESET)): State {
  return {
    ...UNKNOWN_HEALTH,
    ...FIRST_UI,
    ...UNKNOWN_STORAGE,
    ...emptyRun(),
    phase: 'loading',
    branches: [],
    experiment,
    loaded: null,
    problems: [],
    problemsIn: 'link',
    told: [],
  };
}
