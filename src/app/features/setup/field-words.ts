/**
 * The rows of Setup by the settings in them, and the words of their fields. Kind, range and order of a field are its
 * setting's (experiment/settings/); a setting that declares a field of its own needs no entry here.
 */
import { capital } from '../../../experiment/describe.ts';
import { type Experiment, growsOneSource, TASKS } from '../../../experiment/experiment.ts';
import { FLOW_ROWS, flowsIn, PREDICTIONS } from '../../../experiment/declared/flows.ts';
import { OPTIMIZERS, optimizerRow } from '../../../experiment/declared/optimizers.ts';
import { SETTING_LIST, type SettingName, SETTINGS } from '../../../experiment/settings/registry.ts';
import type { SetupRow } from '../../../experiment/settings/setting.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import { CORPORA, CORPUS_ROWS, VOCABULARIES, VOCABULARY_ROWS } from '../../../experiment/declared/texts.ts';
import { needsLetters } from '../../../experiment/plan/stage-options.ts';
import { say } from '../../text/en/setup/editors.ts';
import { offeredBaselines } from './offered-baselines.ts';

export interface Option {
  readonly value: string;
  readonly title: string;
  readonly note?: string;
}

export interface FieldWords {
  readonly label: string;
  /** A sentence below it. */
  readonly note?: string;
  readonly unit?: string;
  /** Of a number that a word may stand for: the box before it, and which of the two a check in it means. */
  readonly box?: { readonly label: string; readonly note?: string; readonly means: 'word' | 'number' };
  /** The number that it begins with where the word stood. */
  readonly start?: (experiment: Experiment) => number;
  /** The largest number here and now, where that is less than there may ever be. */
  readonly most?: (experiment: Experiment) => number;
  /** The choices, as they are shown. */
  readonly options?: (experiment: Experiment) => readonly Option[];
  /** The names of several sizes, in the order in which they are shown. */
  readonly sizes?: Readonly<Partial<Record<keyof Experiment['model'], string>>>;
  /** Where it is shown, if not everywhere. */
  readonly when?: (experiment: Experiment) => boolean;
}

const planned = ({ plan }: Experiment): boolean => plan !== undefined;

/** Tasks of the world first, then those that are made up. */
const TASK_OPTIONS = TASKS.toSorted((a, b) => Number(taskRow(b).files) - Number(taskRow(a).files)).map((value) => {
  const { words, note } = taskRow(value);
  return { value, title: capital(words), note };
});
/** Whether any stage reads a text, and whether any is about texts at all. */
const reads = (experiment: Experiment): boolean => SETTINGS.corpus.needs?.when(experiment) === true;
const aboutTexts = (experiment: Experiment): boolean => SETTINGS.vocab.needs?.when(experiment) === true;
const OPTIMIZER_OPTIONS = OPTIMIZERS.map((value) => {
  const { words, note } = optimizerRow(value);
  return { value, title: capital(words), note };
});
/** The ladder first, from the control up. */
const FLOW_OPTIONS = flowsIn('setup').flatMap((flow) =>
  PREDICTIONS.some((name) => name === flow) ? [{ value: flow, title: FLOW_ROWS[flow].title, note: FLOW_ROWS[flow].explains }] : [],
);

const BASELINE_OPTIONS = [
  { value: 'scratch', title: say.theLargeNetworkFromScratch, note: say.theDottedCurve },
  { value: 'unread', title: say.theLargeNetworkWithoutReading, note: say.theLastTaskFromTheFirst },
  { value: 'alone', title: say.aSmallNetworkAlone, note: say.aTrainedOnWithoutAFusion },
  { value: 'ensemble', title: say.allSmallNetworksNotFused, note: say.theirOutputsAveragedWhat },
] as const;

const WORDS: Readonly<Partial<Record<SettingName, FieldWords>>> = {
  task: { label: say.task, options: () => TASK_OPTIONS },
  corpus: {
    label: say.textToRead,
    when: reads,
    options: () => CORPORA.map((value) => ({ value, title: CORPUS_ROWS[value].title, note: CORPUS_ROWS[value].note })),
  },
  vocab: {
    label: say.spelledWith,
    when: aboutTexts,
    options: (experiment) =>
      VOCABULARIES.filter((value) => value !== 'words' || !needsLetters(experiment, experiment.plan)).map((value) => {
        const { words, note } = VOCABULARY_ROWS[value];
        return { value, title: capital(words), note };
      }),
  },
  examples: { label: say.trainingExamples },
  probe: { label: say.heldOutExamplesThatTheLoss, when: ({ batch }) => batch !== 'full' },
  k: { label: say.networks, when: ({ operator }) => !growsOneSource(operator) },
  model: {
    label: '',
    sizes: { layers: say.layers, d: say.widthDModel, ff: say.feedForwardDFf, heads: say.heads, dkv: say.headWidthDKv },
  },
  optimizer: { label: say.optimizer, options: () => OPTIMIZER_OPTIONS },
  h: { label: say.stepSize },
  h2: { label: say.stepSize, box: { label: say.asBeforeTheGrowth, means: 'word' } },
  batch: {
    label: say.examplesAStep,
    box: { label: say.fullBatch, note: say.everyStepSeesEveryTraining, means: 'word' },
    start: ({ examples }) => Math.min(32, examples),
    most: ({ examples }) => examples,
  },
  plan: { label: '' },
  grow: {
    label: say.growthStep,
    unit: say.unitSteps,
    box: { label: say.growAtASetStep, note: say.withoutItYouPressFuseNow, means: 'number' },
    start: ({ steps }) => Math.round(steps / 2),
    most: ({ steps }) => steps,
  },
  predict: { label: '', options: () => FLOW_OPTIONS },
  from: {
    label: '',
    options: () => [
      { value: '0', title: say.fromStep0ThroughTheGrowth },
      { value: 'growth', title: say.fromTheGrowthOn },
    ],
  },
  wait: { label: say.waitForThePrediction, note: say.theTrainingWaitsAtAGrowth },
  baseline: {
    label: '',
    options: (experiment) => {
      const offered = offeredBaselines(experiment);
      return BASELINE_OPTIONS.filter(({ value }) => offered.includes(value));
    },
  },
  pace: { label: say.atMost, unit: say.stepsS, box: { label: say.asFastAsItGoes, means: 'word' }, start: () => 10 },
  adapter: {
    label: say.whereItTrains,
    options: () => [
      { value: 'auto', title: say.theBestThereIsTitle, note: say.theGpuElseWebassembly },
      { value: 'webgpu', title: 'WebGPU', note: say.alsoWithoutAGpuInSoftware },
      { value: 'wasm', title: 'WebAssembly', note: say.onTheProcessor },
    ],
  },
};

/**
 * A setting may stand in more than one row: examples are asked for with the task, and with the batch that is taken of
 * them.
 */
const ROWS: Readonly<Partial<Record<SetupRow, readonly SettingName[]>>> = {
  task: ['task', 'corpus', 'vocab', 'examples', 'probe'],
  model: ['k', 'model'],
  optimizer: ['optimizer'],
  h: ['h'],
  h2: ['h2'],
  batch: ['batch', 'examples'],
  grow: ['grow', 'steps'],
  predict: ['predict', 'from', 'wait'],
  baseline: ['baseline'],
  pace: ['pace'],
  adapter: ['adapter'],
};

/** Settings of a row: those that it is of, then those that declare to stand in it. */
export function settingsIn(
  row: SetupRow,
  experiment: Experiment,
): { readonly own: readonly SettingName[]; readonly declared: readonly SettingName[] } {
  // A general plan says both when it grows and how long it is.
  const own = row === 'grow' && planned(experiment) ? (['plan'] as const) : (ROWS[row] ?? []);
  return { own, declared: SETTING_LIST.flatMap(([name, { field }]) => (field?.row === row ? [name] : [])) };
}

/** The words of a setting's field; null where it has none, or none in this experiment. */
export function fieldWords(name: SettingName, experiment: Experiment): FieldWords | null {
  const { field, needs, type } = SETTINGS[name];
  const words = WORDS[name];
  if (words) return words.when?.(experiment) === false ? null : words;
  if (field === undefined || needs?.when(experiment) === false) return null;
  const { label, note, unit, start } = field;
  const more = { ...(note === undefined ? {} : { note }), ...(unit === undefined ? {} : { unit }) };
  if (type.is !== 'number' || type.instead === undefined) return { label, ...more };
  const box = { label, means: 'number' as const, ...(note === undefined ? {} : { note }) };
  return { label, ...(unit === undefined ? {} : { unit }), box, start: () => start ?? type.min };
}
