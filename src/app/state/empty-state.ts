/** The page's state before anything has been heard: of a run, and of the page. */
import type { Experiment } from '../../experiment/experiment.ts';
import { DEFAULT_PRESET, presetExperiment } from '../../experiment/presets/presets.ts';
import { NO_FINDS } from './heard/finds.ts';
import type { Course } from '../plot/curves/growable.ts';
import type { State } from './state.ts';
import { NO_MEANS } from './heard/weight-courses.ts';

const emptyCourse = (): Course => ({ steps: new Float64Array(0), values: new Float32Array(0), length: 0 });

/** What a run leaves behind; reset when an experiment is loaded. */
export function emptyRun() {
  return {
    step: 0,
    loading: null,
    models: [],
    rates: null,
    chart: { measured: new Map(), predicted: new Map() },
    growth: null,
    growths: [],
    predictionCosts: new Map(),
    unavailable: null,
    map: null,
    flow: null,
    flowNotes: [],
    whatIfs: true,
    sharpness: new Map(),
    stepSizes: new Map(),
    gradientNorms: new Map(),
    ...NO_FINDS,
    clock: emptyCourse(),
    stepSeconds: new Map(),
    spentBeside: null,
    checkpoints: [],
    holding: null,
    samples: null,
    samplesBefore: null,
    weights: null,
    weightMeans: NO_MEANS,
    symmetry: null,
    diverged: null,
    log: [],
    whatIf: null,
    whatIfBy: null,
    hover: null,
    started: false,
  } satisfies Partial<State>;
}

export function emptyState(experiment: Experiment = presetExperiment(DEFAULT_PRESET)): State {
  return {
    ...emptyRun(),
    experiment,
    running: null,
    loaded: null,
    phase: 'loading',
    adapter: null,
    megaflopsPerStep: 0,
    flopsPerSecond: null,
    faults: [],
    problems: [],
    problemsIn: 'link',
    branches: [],
    scale: 'log',
    axis: 'steps',
    theme: 'light',
    presenting: false,
    visited: false,
    theoryOpen: false,
  };
}
