/**
 * The view, which is all that a link asks of the page beside the experiment: how it is shown, and no number of the run.
 * A row a key, in the order in which they are written behind the settings; what is long comes last, so that a link
 * stays readable. A new key is a member of `LinkView` and a row of `ROWS`: link.ts reads it, and the page's link, Share
 * and docs/settings.md carry it.
 */
import { say } from './complaints.ts';
import { linkKey, oneOf } from './keys.ts';
import { LANGUAGE_TAGS, type LanguageTag } from './languages.ts';
import { type GuessPoints, type LessonPlace, LESSONS, readGuess, readLesson, writeGuess, writeLesson } from './lesson-keys.ts';
import type { Reading } from './spelling.ts';

/** Names of all that may be hidden: parts of the page, its tabs, and controls. */
export const PARTS = [
  'presets',
  'run',
  'fuse',
  'step',
  'reset',
  'share',
  'present',
  'theme',
  'keys',
  'sentence',
  'axes',
  'conclusion',
  'inspector',
  'setup',
  'growth',
  'theory',
  'dock',
  'error',
  'samples',
  'attention',
  'sharpness',
  'cost',
  'map',
  'runs',
  'log',
  'status',
] as const;
export type Part = (typeof PARTS)[number];

const VIEWS = ['present', 'chart'] as const;
type PageView = (typeof VIEWS)[number];

export interface LinkView {
  /** The language of the page; `null`: the browser's, if it is there. */
  readonly lang: LanguageTag | null;
  /** `present`: for a projector; `chart`: a figure in somebody's text; `null`: the whole page. */
  readonly view: PageView | null;
  readonly hide: readonly Part[];
  /** Keys of settings that are shown and can't be changed; `preset` among them. */
  readonly lock: readonly string[];
  /** The lesson that is open, and its step. */
  readonly lesson: LessonPlace | null;
  /** A curve that the reader drew before seeing it. */
  readonly guess: GuessPoints | null;
  /** Curves that somebody measured, packed (app/plot/packed/ knows how); `null`: none. */
  readonly ghost: string | null;
}

export const WHOLE_PAGE: LinkView = { lang: null, view: null, hide: [], lock: [], lesson: null, guess: null, ghost: null };

interface Row<T> {
  /** Its text in docs/settings.md. */
  readonly help: string;
  read(text: string): Reading<T>;
  /** `null` where the page is as it always is. */
  write(value: T): string | null;
}

/** A comma list in which every word must be known; the known ones are used. */
function words<T extends string>(known: (word: string) => word is T, isNot: string): Pick<Row<readonly T[]>, 'read' | 'write'> {
  return {
    read(text) {
      const all = [...new Set(text.split(',').filter((word) => word !== ''))];
      const value = all.filter(known);
      const [wrong] = all.filter((word) => !known(word));
      if (all.length === 0) return { complaint: say.namesNothing };
      if (wrong === undefined) return { value };
      const complaint = all.length === 1 ? isNot : say.hasOne(wrong.slice(0, 40), isNot);
      return value.length === 0 ? { complaint } : { value, complaint };
    },
    write: (value) => (value.length === 0 ? null : value.join(',')),
  };
}

const isPart = (word: string): word is Part => PARTS.some((part) => part === word);
const isLockable = (word: string): word is string => word === 'preset' || linkKey(word) !== undefined;

/** Characters a packed curve may have: with the settings it still fits into what chats and scanners take. */
export const GHOST_LIMIT = 1500;

export const ROWS: { readonly [Key in keyof LinkView]: Row<LinkView[Key]> } = {
  lang: {
    help: 'language of the page: `en` or `de`; without it the browser’s, if the page has it',
    read(text) {
      const value = LANGUAGE_TAGS.find((tag) => tag === text);
      return value === undefined ? { complaint: say.notALanguage } : { value };
    },
    write: (value) => value,
  },
  view: {
    help: '`present` for a projector, `chart` for a figure in a text of your own',
    read: oneOf('view', VIEWS, say.aView),
    write: (value) => value,
  },
  hide: {
    help: `parts of the page that are left away: ${PARTS.map((part) => `\`${part}\``).join(', ')}`,
    ...words(isPart, say.notAPart(PARTS)),
  },
  lock: {
    help: 'settings that are shown and can’t be changed, by their keys: `h,seed`, also `preset`',
    ...words(isLockable, say.notLockable),
  },
  lesson: {
    help: `a lesson, or a step of one as in \`${LESSONS[0]}:3\`: ${LESSONS.map((name) => `\`${name}\``).join(', ')}`,
    read: readLesson,
    write: (value) => (value === null ? null : writeLesson(value)),
  },
  guess: {
    help: 'the points of a curve that was drawn before the run, as in `100:2.1,140:1.5`: steps with their losses',
    read: readGuess,
    write: (value) => (value === null ? null : writeGuess(value)),
  },
  ghost: {
    help: 'a measured curve that rides along, packed by Share',
    read: (text) => (text.length <= GHOST_LIMIT && /^[\w-]+$/.test(text) ? { value: text } : { complaint: say.notPacked(GHOST_LIMIT) }),
    write: (value) => value,
  },
};

export const VIEW_KEYS = Object.keys(ROWS) as readonly (keyof LinkView)[];
export const isViewKey = (key: string): key is keyof LinkView => Object.hasOwn(ROWS, key);

/**
 * The view of a link. @param tell is told of each key with something wrong, and of the value that is used
 * instead (`null`: none)
 */
export function readView(
  said: ReadonlyMap<string, string>,
  tell: (key: keyof LinkView, complaint: string, used: string | null) => void,
): LinkView {
  const one = <Key extends keyof LinkView>(key: Key): Partial<LinkView> => {
    const text = said.get(key);
    if (text === undefined) return {};
    const { read, write }: Row<LinkView[Key]> = ROWS[key];
    const { value, complaint } = read(text);
    if (complaint !== undefined) tell(key, complaint, value === undefined ? null : write(value));
    return value === undefined ? {} : { [key]: value };
  };
  return VIEW_KEYS.reduce<LinkView>((view, key) => ({ ...view, ...one(key) }), WHOLE_PAGE);
}

/** The text of the view behind the settings of a link, with its `&`; nothing for the whole page. */
export function formatView(view: Partial<LinkView>): string {
  const one = <Key extends keyof LinkView>(key: Key): string => {
    const value: LinkView[Key] | undefined = view[key];
    const { write }: Row<LinkView[Key]> = ROWS[key];
    const text = value === undefined ? null : write(value);
    return text === null ? '' : `&${key}=${text}`;
  };
  return VIEW_KEYS.map((key) => one(key)).join('');
}
