/**
 * The settings of the link, one entry a key: how its value is read into an experiment and how it is written.
 * The table in the contract, as data.
 */
import {
  ADAPTERS,
  BASELINES,
  type Experiment,
  MOMENTS,
  type ModelSize,
  NORMS,
  OFF_DIAGONALS,
  OPERATORS,
  OPTIMIZERS,
  type OptimizerSetting,
  type PlanStage,
  PREDICTIONS,
  PREDICTION_STARTS,
  type StepSize,
  TASKS,
} from '../experiment.ts';
import { isLater } from './later.ts';
import { LIMITS, type Range } from '../limits.ts';
import { formatPlan, parsePlan } from '../plan/plan.ts';
import { planSize } from '../plan/plan-size.ts';
import { presetOf } from '../presets/presets.ts';
import { type Reading, readEdge, readNumber, readStepSize, spellLimit, spellStepSize } from './spelling.ts';

/** An experiment under construction. */
export type Draft = { -readonly [K in keyof Experiment]: Experiment[K] };

export interface LinkKey {
  readonly key: string;
  /** Its values may hold commas (`gradient-flow,modified-flow`): a list of such values is divided by `|`. */
  readonly holdsCommas?: true;
  /** Puts the value into the draft if there is one to put; returns the complaint, if any, as the end of the sentence "key=text …". */
  read(text: string, draft: Draft): string | undefined;
  /** The value as a link says it; `null` where this experiment has no such key (`edge` when `h` is a constant). */
  write(experiment: Experiment): string | null;
}

function field<T>(
  key: string,
  read: (text: string) => Reading<T>,
  put: (draft: Draft, value: T) => void,
  write: (experiment: Experiment) => string | null,
): LinkKey {
  return {
    key,
    read(text, draft) {
      const { value, complaint } = read(text);
      if (value !== undefined) put(draft, value);
      return complaint;
    },
    write,
  };
}

function oneOf<T extends string>(key: string, words: readonly T[], what: string): (text: string) => Reading<T> {
  return (text) => {
    const value = words.find((word) => word === text);
    if (value !== undefined) return { value };
    if (isLater(key, text)) return { complaint: 'is not built yet' };
    return { complaint: `is not ${what} (${words.join(', ')})` };
  };
}

/** A comma list without repeats, in the canonical order; `off` is the empty one. */
function listOf<T extends string>(
  key: string,
  words: readonly T[],
  what: string,
  mayBeEmpty: boolean,
): (text: string) => Reading<readonly T[]> {
  const read = oneOf(key, words, what);
  return (text) => {
    if (mayBeEmpty && (text === 'off' || text === '')) return { value: [] };
    const found = new Set<T>();
    const complaints: string[] = [];
    const items = text.split(',');
    for (const item of items) {
      const { value, complaint } = read(item);
      if (value !== undefined) found.add(value);
      if (complaint !== undefined && complaints.length < 3)
        complaints.push(items.length === 1 ? complaint : `${item === '' ? 'an empty word' : item} ${complaint}`);
    }
    const value = words.filter((word) => found.has(word));
    const complaint = complaints.length === 0 ? undefined : `${items.length === 1 ? '' : ': '}${complaints.join('; ')}`;
    return { ...(value.length === 0 ? {} : { value }), ...(complaint === undefined ? {} : { complaint }) };
  };
}

/** A number in its range, or the one word that may stand in its place. */
function numberOr<W extends string>(range: Range, what: string, whole: boolean, word: W): (text: string) => Reading<number | W> {
  return (text) => {
    if (text === word) return { value: word };
    return readNumber(text, range, `${what} or ${word}`, whole);
  };
}

const size = (key: keyof ModelSize, what: string): LinkKey =>
  field(
    key,
    (text) => readNumber(text, LIMITS[key], what, true),
    (draft, value) => {
      draft.model = { ...draft.model, [key]: value };
    },
    (experiment) => String(experiment.model[key]),
  );

const whole = (key: 'examples' | 'probe' | 'seed' | 'steps' | 'k' | 'release', what: string): LinkKey =>
  field(
    key,
    (text) => readNumber(text, LIMITS[key], what, true),
    (draft, value) => {
      draft[key] = value;
    },
    (experiment) => String(experiment[key]),
  );

const setting = (key: string, name: OptimizerSetting, what: string): LinkKey =>
  field(
    key,
    (text) => readNumber(text, LIMITS[name], what, false),
    (draft, value) => {
      draft[name] = value;
    },
    (experiment) => String(experiment[name]),
  );

const held = (stepSize: StepSize | null): string | null => (stepSize?.kind === 'edge' ? spellStepSize(stepSize) : null);
const given = (stepSize: StepSize | null): string | null =>
  stepSize === null || stepSize.kind === 'edge' ? null : spellStepSize(stepSize);

function readPlan(text: string): Reading<readonly PlanStage[] | 'off'> {
  if (text === 'off') return { value: 'off' };
  try {
    const value = parsePlan(text);
    const size = planSize(value);
    if (size.lastStep > LIMITS.steps.max) return { complaint: `takes ${size.lastStep} steps (${spellLimit(LIMITS.steps.max)} at most)` };
    if (size.lastStep < LIMITS.steps.min) return { complaint: 'trains no step (A:200,B:200,A+B>M:400)' };
    if (size.width > LIMITS.k.max) return { complaint: `grows a model ${size.width} times as wide as a source (${LIMITS.k.max} at most)` };
    return { value };
  } catch (error) {
    return { complaint: `is not a plan: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** A plan says these itself. */
const unlessPlanned = (entry: LinkKey): LinkKey => ({
  ...entry,
  write: (experiment) => (experiment.plan === undefined ? entry.write(experiment) : null),
});

const withCommas = (entry: LinkKey): LinkKey => ({ ...entry, holdsCommas: true });

/** In the order in which a link is written. `v`, `preset` and `op` are read first, see link.ts. */
export const LINK_KEYS: readonly LinkKey[] = [
  field(
    'task',
    oneOf('task', TASKS, 'a task'),
    (draft, value) => (draft.task = value),
    (e) => e.task,
  ),
  whole('examples', 'a number of examples'),
  { ...whole('probe', 'a number of probe examples'), write: (e) => (e.batch === 'full' ? null : String(e.probe)) },
  size('d', 'a model width'),
  size('ff', 'a feed-forward width'),
  size('heads', 'a number of heads'),
  size('dkv', 'a head width'),
  size('layers', 'a number of layers'),
  whole('seed', 'a seed'),
  field(
    'opt',
    oneOf('opt', OPTIMIZERS, 'an optimizer'),
    (draft, value) => (draft.optimizer = value),
    (e) => e.optimizer,
  ),
  setting('beta1', 'beta1', 'a decay of the average of gradients'),
  setting('beta2', 'beta2', 'a decay of the average of squared gradients'),
  setting('eps', 'epsilon', 'what is added to the root'),
  field(
    'h',
    readStepSize,
    (draft, value) => (draft.h = value),
    (e) => given(e.h),
  ),
  field(
    'edge',
    readEdge,
    (draft, value) => (draft.h = value),
    (e) => held(e.h),
  ),
  field(
    'h2',
    (text): Reading<StepSize | null> => (text === 'same' ? { value: null } : readStepSize(text)),
    (draft, value) => (draft.h2 = value),
    (e) => (e.h2 === null ? 'same' : given(e.h2)),
  ),
  field(
    'edge2',
    readEdge,
    (draft, value) => (draft.h2 = value),
    (e) => held(e.h2),
  ),
  field(
    'batch',
    numberOr(LIMITS.batch, 'a batch size', true, 'full'),
    (draft, value) => (draft.batch = value),
    (e) => String(e.batch),
  ),
  withCommas(
    field(
      'plan',
      readPlan,
      (draft, value) => {
        if (value === 'off') delete draft.plan;
        else draft.plan = value;
      },
      (e) => (e.plan !== undefined ? formatPlan(e.plan) : presetOf(e).plan === undefined ? null : 'off'),
    ),
  ),
  field(
    'grow',
    numberOr(LIMITS.grow, 'a growth step', true, 'off'),
    (draft, value) => (draft.grow = value === 'off' ? null : value),
    (e) => (e.plan !== undefined ? null : e.grow === null ? 'off' : String(e.grow)),
  ),
  unlessPlanned(whole('steps', 'a last step')),
  field(
    'op',
    oneOf('op', OPERATORS, 'a growth operator'),
    (draft, value) => (draft.operator = value),
    // Of a plan, `fuse` and `self` are read off its growths.
    (e) => (e.plan !== undefined && (e.operator === 'fuse' || e.operator === 'self') ? null : e.operator),
  ),
  unlessPlanned(whole('k', 'a number of sources')),
  field(
    'off',
    oneOf('off', OFF_DIAGONALS, 'an off-diagonal init'),
    (draft, value) => (draft.offDiagonal = value),
    (e) => e.offDiagonal,
  ),
  field(
    'sigma',
    (text) => readNumber(text, LIMITS.sigma, 'a scale', false),
    (draft, value) => (draft.sigma = value),
    (e) => String(e.sigma),
  ),
  field(
    'diagonal',
    (text) => readNumber(text, LIMITS.sigma, 'a scale', false),
    (draft, value) => (draft.diagonal = value),
    (e) => String(e.diagonal),
  ),
  field(
    'norm',
    oneOf('norm', NORMS, 'a norm'),
    (draft, value) => (draft.norm = value),
    (e) => e.norm,
  ),
  whole('release', 'a number of steps'),
  field(
    'moments',
    oneOf('moments', MOMENTS, 'a way to treat the optimizer state'),
    (draft, value) => (draft.moments = value),
    (e) => e.moments,
  ),
  withCommas(
    field(
      'predict',
      listOf('predict', PREDICTIONS, 'a prediction', true),
      (draft, value) => (draft.predict = value),
      (e) => e.predict.join(',') || 'off',
    ),
  ),
  withCommas(
    field(
      'from',
      listOf('from', PREDICTION_STARTS, 'a start of predictions', false),
      (draft, value) => (draft.from = value),
      (e) => e.from.join(','),
    ),
  ),
  field(
    'wait',
    oneOf('wait', ['1', '0'] as const, 'whether to wait for the prediction'),
    (draft, value) => {
      if (value === '1') draft.wait = true;
      else delete draft.wait;
    },
    (e) => (e.wait === true ? '1' : '0'),
  ),
  withCommas(
    field(
      'baseline',
      listOf('baseline', BASELINES, 'a baseline', true),
      (draft, value) => (draft.baseline = value),
      (e) => e.baseline.join(',') || 'off',
    ),
  ),
  field(
    'adapter',
    oneOf('adapter', ADAPTERS, 'an adapter'),
    (draft, value) => (draft.adapter = value),
    (e) => e.adapter,
  ),
  field(
    'pace',
    numberOr(LIMITS.pace, 'a pace in steps a second', false, 'max'),
    (draft, value) => (draft.pace = value),
    (e) => String(e.pace),
  ),
];

export function linkKey(name: string): LinkKey | undefined {
  return LINK_KEYS.find(({ key }) => key === name);
}
