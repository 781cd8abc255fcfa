/**
 * The experiment as a sentence in parts, so that the page can underline what may be edited: "Learn to reverse a word
 * with 2 small T5s, fused after 300 steps. Gradient descent, step size 0.10, batch 64, seed 7."
 */
import type { Experiment, OperatorName, OptimizerName, StageOptions, StepSize, TaskId } from './experiment.ts';
import { isFusion, OPERATOR_WORDS } from './declared/operators.ts';
import { OPTIMIZER_ROWS } from './declared/optimizers.ts';
import { ids } from './rows.ts';
import { TASK_ROWS, taskRow } from './declared/tasks.ts';
import { type CorpusId, CORPUS_ROWS } from './declared/texts.ts';
import { spoken } from './messages/language.ts';
import { spellWhole } from './messages/numbers.ts';
import { startingModels } from './plan/plan.ts';
import { showStepSize } from './link/spelling.ts';

type Editor = 'task' | 'model' | 'grow' | 'optimizer' | 'h' | 'h2' | 'batch' | 'seed';

/** Words of the sentence that a reader may ask about; what they mean is said elsewhere, by these names. */
export const SENTENCE_TERMS = [
  'T5',
  'gradient descent',
  'step size',
  'held sharpness',
  'full batch',
  'seed',
  'phonemes',
  'fusion',
  'growth',
] as const;
type SentenceTerm = (typeof SENTENCE_TERMS)[number];

export interface SentencePart {
  readonly text: string;
  /** Its meaning, for those who ask. */
  readonly term?: SentenceTerm;
  /** The setting whose editor a press on this part opens. */
  readonly edits?: Editor;
}

const wordsOf = <Id extends string>(rows: Readonly<Record<Id, { readonly words: string }>>): Readonly<Record<Id, string>> =>
  Object.fromEntries(ids(rows).map((id) => [id, rows[id].words])) as Record<Id, string>;
export const TASK_WORDS: Readonly<Record<TaskId, string>> = wordsOf(TASK_ROWS);
export const OPTIMIZER_WORDS: Readonly<Record<OptimizerName, string>> = wordsOf(OPTIMIZER_ROWS);

/** From the width of the T5 that its authors call small, nobody would call one of these small. */
const NOT_SMALL = 512;

/** The sentence's own words, between what is declared elsewhere. */
export const SENTENCE_WORDS = {
  learnTo: 'Learn to ',
  thenTo: ', then to ',
  gapsOf: (text: string) => `fill the gaps of ${text}`,
  with: ' with ',
  smallNetworks: (networks: number) => `${networks} small ${networks === 1 ? 'T5' : 'T5s'}`,
  networksOfWidth: (networks: number, width: string) => `${networks} ${networks === 1 ? 'T5' : 'T5s'} of width ${width}`,
  fusedOnce: 'fused once',
  fusedInPlaces: (places: number) => `fused in ${places} places`,
  within: (steps: string) => ` within ${steps}. `,
  whenYouSaySo: 'fused when you say so',
  after: ' after ',
  steps: (steps: string, one: boolean) => `${steps} ${one ? 'step' : 'steps'}`,
  stepSize: 'step size',
  thenStepSize: ', then ',
  batch: 'batch',
  seed: 'seed',
};
const say = spoken('sentence', SENTENCE_WORDS);

const modelWords = (sources: number, width: number): string =>
  width < NOT_SMALL ? say.smallNetworks(sources) : say.networksOfWidth(sources, spellWhole(width));

const steps = (n: number): string => say.steps(spellWhole(n), n === 1);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function growthParts(experiment: Experiment): readonly SentencePart[] {
  if (experiment.plan !== undefined) {
    const growths = experiment.plan.filter(({ sources }) => sources.length > 0).length;
    return [
      { text: ', ' },
      { text: growths === 1 ? say.fusedOnce : say.fusedInPlaces(growths), edits: 'grow', term: 'fusion' },
      { text: say.within(steps(experiment.steps)) },
    ];
  }
  if (experiment.grow === null) return [{ text: ', ' }, { text: say.whenYouSaySo, edits: 'grow', term: 'fusion' }, { text: '. ' }];
  return [
    { text: ', ' },
    { text: OPERATOR_WORDS[experiment.operator].verb, term: growthNoun(experiment.operator) },
    { text: say.after },
    { text: steps(experiment.grow), edits: 'grow' },
    { text: '. ' },
  ];
}

/** The word for a growth by this operator: a fusion is one kind of growth. */
export const growthNoun = (operator: OperatorName): 'fusion' | 'growth' => (isFusion(operator) ? 'fusion' : 'growth');

const sizeTerm = (h: StepSize): { readonly term?: SentenceTerm } => (h.kind === 'edge' ? { term: 'held sharpness' } : {});

/** The name of a task that reads a text: `fill the gaps of Moby Dick`. */
export function taskWords({ task, corpus = 'world' }: { readonly task: TaskId; readonly corpus?: CorpusId | undefined }): string {
  return task === 'spans' && corpus !== 'world' ? say.gapsOf(CORPUS_ROWS[corpus].words) : TASK_WORDS[task];
}

/** The tasks of a run, in words, in the order in which its stages come to them. */
function tasksInTurn(experiment: Experiment): readonly string[] {
  const stages: readonly StageOptions[] = experiment.plan ?? [{}];
  return [...new Set(stages.map((stage) => taskWords({ ...experiment, ...stage })))];
}

/** The sentence, part by part; joined it reads as plain text. */
export function describe(experiment: Experiment): readonly SentencePart[] {
  const { term } = taskRow(experiment.task);
  const sources = startingModels(experiment).length;
  const after: readonly SentencePart[] =
    experiment.h2 === null
      ? []
      : [{ text: say.thenStepSize }, { text: showStepSize(experiment.h2), edits: 'h2', ...sizeTerm(experiment.h2) }];
  return [
    { text: say.learnTo },
    {
      text: tasksInTurn(experiment).join(say.thenTo),
      edits: 'task',
      ...(term === undefined ? {} : { term }),
    },
    { text: say.with },
    { text: modelWords(sources, experiment.model.d), edits: 'model', term: 'T5' },
    ...growthParts(experiment),
    { text: capital(OPTIMIZER_WORDS[experiment.optimizer]), edits: 'optimizer', term: 'gradient descent' },
    { text: ', ' },
    { text: say.stepSize, term: 'step size' },
    { text: ' ' },
    { text: showStepSize(experiment.h), edits: 'h', ...sizeTerm(experiment.h) },
    ...after,
    { text: ', ' },
    { text: say.batch, term: 'full batch' },
    { text: ' ' },
    { text: spellWhole(experiment.batch === 'full' ? experiment.examples : experiment.batch), edits: 'batch' },
    { text: ', ' },
    { text: say.seed, term: 'seed' },
    { text: ' ' },
    { text: String(experiment.seed), edits: 'seed' },
    { text: '.' },
  ];
}

export function sentence(experiment: Experiment): string {
  return describe(experiment)
    .map(({ text }) => text)
    .join('');
}
