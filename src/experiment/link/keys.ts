/**
 * The keys of the link: how the value of each is read into an experiment and how it is written, from the settings'
 * declarations.
 */
import type { Experiment, ModelSize, PlanStage, StepSize } from '../experiment.ts';
import { SIZE_NAMES, SIZE_ROWS } from '../declared/sizes.ts';
import { say } from './complaints.ts';
import { isLater } from './later.ts';
import { LIMITS } from '../limits.ts';
import { formatPlan, parsePlan } from '../plan/plan.ts';
import { planSize } from '../plan/plan-size.ts';
import { presetOf } from '../presets/presets.ts';
import { SETTING_LIST, type SettingName, SIZES } from '../settings/registry.ts';
import type { ListType, NumberType, Setting, SizesType, StepSizeType, TextType } from '../settings/setting.ts';
import { type Reading, readEdge, readNumber, readStepSize, spellStepSize } from './spelling.ts';

/** An experiment under construction. */
export type Draft = { -readonly [K in keyof Experiment]: Experiment[K] };

export interface LinkKey {
  readonly key: string;
  /** Its values may hold commas (`gradient-flow,modified-flow`): a list of such values is divided by `|`. */
  readonly holdsCommas?: true;
  /**
   * Puts the value into the draft if there is one to put; returns the complaint, if any, as the end of the sentence
   * "key=text …".
   */
  read(text: string, draft: Draft): string | undefined;
  /** The value as a link says it; `null` where this experiment has no such key (`edge` when `h` is a constant). */
  write(experiment: Experiment): string | null;
}

/** The text for a value that is missing in the experiment. */
const ABSENT = Symbol('absent');

function key<T>(
  name: string,
  setting: SettingName,
  read: (text: string) => Reading<T | typeof ABSENT>,
  write: (experiment: Experiment) => string | null,
): LinkKey {
  return {
    key: name,
    read(text, draft) {
      const { value, complaint } = read(text);
      if (value === ABSENT) delete (draft as Partial<Draft>)[setting];
      else if (value !== undefined) Object.assign(draft, { [setting]: value });
      return complaint;
    },
    write,
  };
}

/** One of some words. */
export function oneOf<T extends string>(name: string, words: readonly T[], what: string): (text: string) => Reading<T> {
  return (text) => {
    const value = words.find((word) => word === text);
    if (value !== undefined) return { value };
    if (isLater(name, text)) return { complaint: say.notBuilt };
    return { complaint: say.isNot(what, words.join(', ')) };
  };
}

/** A comma list without repeats, in the canonical order; `off` is the empty one. */
function listOf(name: string, { words, mayBeEmpty }: ListType, what: string): (text: string) => Reading<readonly string[]> {
  const read = oneOf(name, words, what);
  return (text) => {
    if (mayBeEmpty && (text === 'off' || text === '')) return { value: [] };
    const found = new Set<string>();
    const complaints: string[] = [];
    const items = text.split(',');
    for (const item of items) {
      const { value, complaint } = read(item);
      if (value !== undefined) found.add(value);
      if (complaint !== undefined && complaints.length < 3)
        complaints.push(items.length === 1 ? complaint : say.sentence(item === '' ? say.emptyWord : item, complaint));
    }
    const value = words.filter((word) => found.has(word));
    const complaint = complaints.length === 0 ? undefined : `${items.length === 1 ? '' : ': '}${complaints.join('; ')}`;
    return { ...(value.length === 0 ? {} : { value }), ...(complaint === undefined ? {} : { complaint }) };
  };
}

/** A number in its range, or the one word that may stand in its place. */
function numberOf(
  { whole, instead, ...range }: NumberType,
  what: string,
): (text: string) => Reading<number | string | null | typeof ABSENT> {
  return (text) => {
    if (instead === undefined) return readNumber(text, range, what, whole);
    if (text === instead.word) return { value: instead.value === undefined ? ABSENT : instead.value };
    return readNumber(text, range, say.orWord(what, instead.word), whole);
  };
}

/** A text of a certain form; `off`: there is none. */
function textOf({ form, example }: TextType, what: string): (text: string) => Reading<string | typeof ABSENT> {
  return (text) => (text === 'off' ? { value: ABSENT } : form.test(text) ? { value: text } : { complaint: say.isNot(what, example) });
}

function flagOf(name: string, what: string): (text: string) => Reading<true | typeof ABSENT> {
  const read = oneOf(name, ['1', '0'], what);
  return (text) => {
    const { value, complaint } = read(text);
    return { ...(value === undefined ? {} : { value: value === '1' ? true : ABSENT }), ...(complaint === undefined ? {} : { complaint }) };
  };
}

/** Sets five sizes at once; a link says them one by one, so that what they mean never changes. */
const SIZE_KEY: LinkKey = {
  key: 'size',
  read(text, draft) {
    const { value, complaint } = oneOf('size', SIZE_NAMES, say.aSize)(text);
    if (value !== undefined) draft.model = SIZE_ROWS[value];
    return complaint;
  },
  write: () => null,
};

function sizeKeys({ of }: SizesType): readonly LinkKey[] {
  const each = (Object.keys(of) as (keyof ModelSize)[]).map((size) => ({
    key: size,
    read(text: string, draft: Draft) {
      const { value, complaint } = readNumber(text, of[size], of[size].what, true);
      if (value !== undefined) draft.model = { ...draft.model, [size]: value };
      return complaint;
    },
    write: (experiment: Experiment) => String(experiment.model[size]),
  }));
  // First, so that a single size said beside it is what holds.
  return [SIZE_KEY, ...each];
}

const held = (stepSize: StepSize | null): string | null => (stepSize?.kind === 'edge' ? spellStepSize(stepSize) : null);
const given = (stepSize: StepSize | null): string | null =>
  stepSize === null || stepSize.kind === 'edge' ? null : spellStepSize(stepSize);

function readPlan(text: string): Reading<readonly PlanStage[] | typeof ABSENT> {
  if (text === 'off') return { value: ABSENT };
  try {
    const value = parsePlan(text);
    const size = planSize(value);
    if (size.lastStep > LIMITS.steps.max) return { complaint: say.planTooLong(size.lastStep, LIMITS.steps.max) };
    if (size.lastStep < LIMITS.steps.min) return { complaint: say.planTooShort };
    if (size.width > LIMITS.k.max) return { complaint: say.planTooWide(size.width, LIMITS.k.max) };
    return { value };
  } catch (error) {
    return { complaint: say.notAPlan(error instanceof Error ? error.message : String(error)) };
  }
}

/** A step size has two keys: one for its value, one for the sharpness that it is held to. */
function stepSizeKeys(name: 'h' | 'h2', { same, edgeKey }: StepSizeType): readonly LinkKey[] {
  return [
    key(
      name,
      name,
      (text): Reading<StepSize | null> => (same && text === 'same' ? { value: null } : readStepSize(text)),
      (experiment) => (experiment[name] === null ? 'same' : given(experiment[name])),
    ),
    key(edgeKey, name, readEdge, (experiment) => held(experiment[name])),
  ];
}

const spelled = (value: unknown, { type, neutral }: Setting): string => {
  if (value === undefined && neutral !== undefined) return String(neutral);
  switch (type.is) {
    case 'number':
      return typeof value === 'number' || !type.instead ? String(value) : type.instead.word;
    case 'list':
      return (value as readonly string[]).join(',') || 'off';
    case 'flag':
      return value === true ? '1' : '0';
    case 'text':
      return typeof value === 'string' ? value : 'off';
    default:
      return String(value);
  }
};

function keysOf(name: SettingName, setting: Setting): readonly LinkKey[] {
  const { type, what } = setting;
  const own = setting.key ?? name;
  const plain = (read: (text: string) => Reading<unknown>): LinkKey =>
    key(own, name, read, (experiment) => (setting.unsaid?.(experiment) === true ? null : spelled(experiment[name], setting)));
  switch (type.is) {
    case 'number':
      return [plain(numberOf(type, what))];
    case 'choice':
      return [plain(oneOf(own, type.words, what))];
    case 'list':
      return [{ ...plain(listOf(own, type, what)), holdsCommas: true }];
    case 'flag':
      return [plain(flagOf(own, what))];
    case 'text':
      return [{ ...plain(textOf(type, what)), holdsCommas: true }];
    case 'step-size':
      return stepSizeKeys(name as 'h' | 'h2', type);
    case 'sizes':
      return sizeKeys(type);
    case 'plan':
      return [
        {
          ...key(own, name, readPlan, (e) => (e.plan !== undefined ? formatPlan(e.plan) : presetOf(e).plan === undefined ? null : 'off')),
          holdsCommas: true,
        },
      ];
  }
}

/** The keys under which a link says a setting. */
export const KEYS_OF = Object.fromEntries(SETTING_LIST.map(([name, setting]) => [name, keysOf(name, setting)])) as Readonly<
  Record<SettingName, readonly LinkKey[]>
>;

/** In the order in which a link is written. `v`, `preset` and `op` are read first, see link.ts. */
export const LINK_KEYS: readonly LinkKey[] = SETTING_LIST.flatMap(([name]) => KEYS_OF[name]);

/** The name of a key in a sentence. */
export const KEY_WORDS: ReadonlyMap<string, string> = new Map([
  ...SETTING_LIST.flatMap(([name, { key: own, words }]) => (words === undefined ? [] : [[own ?? name, words] as const])),
  ...Object.entries(SIZES).flatMap(([size, { words }]) => (words === undefined ? [] : [[size, words] as const])),
]);

/** The text of a setting's neutral value: a link that says it asks for nothing. */
export const NEUTRAL: ReadonlyMap<string, string> = new Map(
  SETTING_LIST.flatMap(([name, setting]) => {
    const own = setting.key ?? name;
    if (setting.neutral !== undefined) return [[own, String(setting.neutral)] as const];
    return setting.optional === true ? [[own, setting.type.is === 'plan' ? 'off' : spelled(undefined, setting)] as const] : [];
  }),
);

export function linkKey(name: string): LinkKey | undefined {
  return LINK_KEYS.find(({ key }) => key === name);
}
