/**
 * The actions of the page, each once: buttons, the menu of a narrow bar, the keyboard and its list read it here. A new
 * action is an entry in this table; who shows it names it.
 */
import { say } from '../../text/en/screen/actions.ts';
import type { ReactElement } from 'react';
import type { Part } from '../../../experiment/link/view.ts';
import { hasChanges, hides, isPresenting, waitsBeside } from '../../state/derived/derive.ts';
import { runState } from '../../state/derived/run-state.ts';
import { offersLessons } from '../../state/derived/locked.ts';
import { toggleTheme } from '../../state/preferences.ts';
import { click } from '../../state/control/clicker.ts';
import { fuse, oneStep, present, reset, toggleRun } from '../../state/control/run-control.ts';
import type { State } from '../../state/state.ts';
import { ask, store } from '../../state/store.ts';
import { KeyboardIcon, LessonIcon, MoonIcon, OpenIcon, PresentIcon, ResetIcon, ShareIcon, StepIcon, SunIcon } from '../../ui/icons.tsx';
import { chooseFiles, openFiles } from '../open/open-file.ts';

/** The parts of the page around it that an action may open. */
export interface Page {
  readonly openTab: (tab: 'setup' | 'growth' | 'theory' | 'log') => void;
  readonly openShare: () => void;
  readonly openKeys: () => void;
  readonly openLessons: () => void;
}

interface Look {
  /** On a button, and in a menu. */
  readonly label: string;
  /** Made once. */
  readonly icon: ReactElement;
}

export interface Action {
  /** How it looks where it has a button of its own or an entry in a menu. */
  readonly look?: (state: State) => Look;
  /** The name of a button without words, if it is not the label. */
  readonly spoken?: string;
  /** The hint of its button, if it is not label and key. */
  readonly hint?: string;
  /** Keys that do it, as they are written on a keyboard; `Space` and `Esc` by name. */
  readonly keys?: readonly string[];
  /** Their line in the list of keys. */
  readonly words?: string;
  /** The name by which a link hides it: then neither button nor key does it. */
  readonly part?: Part;
  /** Whether the page has it at all, beside what a link hides. */
  readonly offered?: (state: Pick<State, 'view'>) => boolean;
  /** Whether it can be done now; a button that can't stays where it is. */
  readonly enabled?: (state: State) => boolean;
  /** Absent where a control of its own listens for its keys. */
  readonly perform?: (page: Page, key: string) => void;
}

const alwaysAs = (label: string, icon: ReactElement) => (): Look => ({ label, icon });

const LIGHT: Look = { label: say.lightColours, icon: <SunIcon /> };
const DARK: Look = { label: say.darkColours, icon: <MoonIcon /> };

/** A run that stands still for good, or for now, takes no single step. */
const STILL: ReadonlySet<State['phase']> = new Set<State['phase']>(['loading', 'growing', 'failed', 'finished', 'diverged']);

const INSPECTOR_KEYS = { 1: 'setup', 2: 'growth', 3: 'theory' } as const;

/** Puts a what-if back, else leaves presenting. */
function leave(): void {
  const state = store.getState();
  if (state.asked) ask(null);
  else if (isPresenting(state)) present(false);
}

/** In the order of the list of keys. */
export const ACTIONS = {
  run: { part: 'run', keys: ['Space'], words: say.runOrPause, enabled: (state) => runState(state).enabled, perform: toggleRun },
  step: {
    part: 'step',
    look: alwaysAs(say.step, <StepIcon />),
    hint: say.oneStepThenPause,
    keys: ['.'],
    words: say.oneStep,
    enabled: (state) => !STILL.has(state.phase) && (!hasChanges(state) || waitsBeside(state)),
    perform: oneStep,
  },
  fuse: { part: 'fuse', keys: ['F'], words: say.fuse, perform: fuse },
  growthLine: {
    keys: ['G'],
    words: say.growthLineThenMoveItEnter,
    perform: () => document.querySelector<HTMLElement>('[data-part=growth-step]')?.focus(),
  },
  zoom: { keys: ['+', '−'], words: say.onTheChartACloserLook },
  inspect: {
    keys: ['1', '2', '3'],
    words: say.setupGrowthTheory,
    perform: ({ openTab }, key) => openTab(INSPECTOR_KEYS[key as '1' | '2' | '3']),
  },
  log: { keys: ['L'], words: say.log, perform: ({ openTab }) => openTab('log') },
  present: {
    part: 'present',
    look: alwaysAs(say.present, <PresentIcon />),
    keys: ['P'],
    words: say.toPresent,
    perform: () => present(),
  },
  share: {
    part: 'share',
    look: alwaysAs(say.share, <ShareIcon />),
    keys: ['S'],
    words: say.toShare,
    perform: ({ openShare }) => openShare(),
  },
  clicker: {
    keys: ['PgDn', 'PgUp'],
    words: say.clicker,
    // Elsewhere these keys scroll.
    enabled: isPresenting,
    perform: (_page, key) => click(key === 'PgDn' ? 1 : -1),
  },
  leave: { keys: ['Esc'], words: say.leavePresentingPutAWhatIf, perform: leave },
  keys: {
    part: 'keys',
    look: alwaysAs(say.keyboard, <KeyboardIcon />),
    spoken: say.keyboardShortcuts,
    keys: ['?'],
    words: say.thisList,
    perform: ({ openKeys }) => openKeys(),
  },
  reset: { part: 'reset', look: alwaysAs(say.reset, <ResetIcon />), hint: say.backToStep0, perform: reset },
  open: { look: alwaysAs(say.openAFile, <OpenIcon />), perform: () => chooseFiles((files) => void openFiles(files)) },
  lessons: {
    part: 'presets',
    look: alwaysAs(say.lessons, <LessonIcon />),
    // A lesson brings settings of its own: no way round what a link holds fast.
    offered: offersLessons,
    perform: ({ openLessons }) => openLessons(),
  },
  theme: {
    part: 'theme',
    look: ({ theme }) => (theme === 'dark' ? LIGHT : DARK),
    perform: toggleTheme,
  },
} as const satisfies Readonly<Record<string, Action>>;

export type ActionId = keyof typeof ACTIONS;
/** An action, with what every action may have. */
export const actionOf = (id: ActionId): Action => ACTIONS[id];
/** Whether the page's link leaves it away. */
export const isHidden = (state: Pick<State, 'view'>, { part, offered }: Action): boolean =>
  (part !== undefined && hides(state, part)) || offered?.(state) === false;
/** Actions that have a look: they can be a button, or stand in a menu. */
export type ShownAction = { [Id in ActionId]: (typeof ACTIONS)[Id] extends { readonly look: unknown } ? Id : never }[ActionId];

/** Keys that are written otherwise than browsers call them. */
const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Escape: 'Esc', PageDown: 'PgDn', PageUp: 'PgUp' };

/** The action of a key as the browser names it, letters in either case; null where there is none. */
export function actionOfKey(key: string): { readonly action: Action; readonly key: string } | null {
  const written = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const action = Object.values<Action>(ACTIONS).find(({ keys, perform }) => perform !== undefined && keys?.includes(written) === true);
  return action === undefined ? null : { action, key: written };
}
