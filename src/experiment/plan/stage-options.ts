/**
 * The own settings of a stage of a plan, in parentheses behind it: `M:300(task=who,examples=200,h=0.001)`. What it
 * does not say is the experiment's.
 */
import type { Experiment, PlanStage } from '../experiment.ts';
import { MOST, TASKS, taskRow } from '../declared/tasks.ts';
import { CORPORA } from '../declared/texts.ts';
import { say } from './complaints.ts';
import { STEP_SIZES } from '../settings/step-size.ts';
import { stagesRead } from '../settings/data/stages-read.ts';
import type { StageOptions } from '../settings/values.ts';

interface Option {
  /** The right values, as the end of a sentence. */
  readonly right: string;
  /** Undefined where the text is none. */
  readonly read: (text: string) => string | number | undefined;
}

const number = (text: string, min: number, max: number): number | undefined => {
  const value = /^\d*\.?\d+(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
};

/** In the order in which a link says them. */
const OPTIONS: Readonly<Record<keyof StageOptions, Option>> = {
  task: { right: TASKS.join(', '), read: (text) => TASKS.find((task) => task === text) },
  corpus: { right: CORPORA.join(', '), read: (text) => CORPORA.find((corpus) => corpus === text) },
  examples: {
    right: say.wholeNumber(MOST.examples),
    read: (text) => (/^\d+$/.test(text) ? number(text, 1, MOST.examples) : undefined),
  },
  h: { right: say.stepSize(STEP_SIZES.min, STEP_SIZES.max), read: (text) => number(text, STEP_SIZES.min, STEP_SIZES.max) },
};
export const STAGE_OPTIONS = Object.keys(OPTIONS) as readonly (keyof StageOptions)[];
/** Known, and without a meaning today. */
const LATER = ['opt', 'batch', 'train'];

/** Reads `task=who,examples=200`. @throws an Error that names the option and what would be right */
export function readStageOptions(text: string): StageOptions {
  const options: Record<string, string | number> = {};
  for (const part of text.split(',')) {
    const [name = '', value = '', ...rest] = part.split('=').map((piece) => piece.trim());
    if (LATER.includes(name)) throw new Error(say.optionLater(name));
    if (!Object.hasOwn(OPTIONS, name) || rest.length > 0)
      throw new Error(say.noOption(part.slice(0, 40), STAGE_OPTIONS.map((each) => `${each}=…`).join(', ')));
    if (Object.hasOwn(options, name)) throw new Error(say.optionTwice(name));
    const { read, right } = OPTIONS[name as keyof StageOptions];
    const found = read(value);
    if (found === undefined) throw new Error(say.wrongOption(`${name}=${value.slice(0, 40)}`, right));
    options[name] = found;
  }
  return options as StageOptions;
}

export function formatStageOptions(stage: StageOptions): string {
  const said = STAGE_OPTIONS.flatMap((name) => (stage[name] === undefined ? [] : [`${name}=${stage[name]}`]));
  return said.length === 0 ? '' : `(${said.join(',')})`;
}

/** Whether it trains on data of its own. */
export const hasOwnData = ({ task, corpus, examples }: StageOptions): boolean =>
  task !== undefined || corpus !== undefined || examples !== undefined;

/** Whether it names a text where it reads none. */
export const namesTextInVain = (experiment: Pick<Experiment, 'task'>, { corpus, task = experiment.task }: StageOptions): boolean =>
  corpus !== undefined && task !== 'spans';

/** Whether any stage, or the experiment as it stands, is about texts whose words no list holds. */
export const needsLetters = ({ task, corpus }: Pick<Experiment, 'task' | 'corpus'>, plan?: readonly StageOptions[]): boolean =>
  stagesRead({ task, corpus, plan }).some(
    (stage) => taskRow(stage.task).real === true || (stage.task === 'spans' && stage.corpus !== 'world'),
  );

/** The experiment as a stage trains it. Where it has fewer examples than a batch, a batch is all of them. */
export function stageExperiment(experiment: Experiment, stage: StageOptions): Experiment {
  const { task = experiment.task, corpus = experiment.corpus, examples = experiment.examples } = stage;
  const { batch } = experiment;
  return {
    ...experiment,
    task,
    ...(corpus === undefined ? {} : { corpus }),
    examples,
    batch: batch === 'full' ? batch : Math.min(batch, examples),
    probe: batch === 'full' ? examples : Math.min(experiment.probe, taskRow(task).most(examples).probe),
  };
}

/**
 * Why the stages of a plan can't train on what they are to; null if they can. Networks of one plan have one vocabulary.
 */
export function whyNotTogether(experiment: Pick<Experiment, 'task'>, stages: readonly PlanStage[]): string | null {
  const tasks = [...new Set(stages.map(({ task = experiment.task }) => task))];
  const apart = tasks.find((task) => !taskRow(task).texts);
  if (tasks.length > 1 && apart !== undefined) return say.noSharedVocabulary(tasks, apart);
  const many = stages.find(({ task = experiment.task, examples = 1 }) => examples > taskRow(task).most(examples).examples);
  return many ? say.tooManyExamples(many.task ?? experiment.task) : null;
}
