/**
 * A step of a lesson as it is played: asked, covered, done, and answered with the numbers of the run. The run's state
 * is put in by hand.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { advance, allFacts, answer, entryOf, leave, play, playing, stop } from './control.ts';
import type { Lesson } from './lesson.ts';
import { verdictOf } from './verdict.ts';
import { isCovered } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import { connect, setState, store } from '../../state/store.ts';
import { WHOLE_PAGE } from '../../../experiment/link/view.ts';

const step = {
  id: 'end',
  title: '',
  text: () => [],
  ask: {
    kind: 'choice',
    question: () => 'Where will it end?',
    options: [
      { id: 'low', words: 'below 1' },
      { id: 'high', words: 'above 1.' },
    ],
    truth: ({ end = NaN }) => (end < 1 ? 'low' : 'high'),
  },
  cover: 10,
  waitFor: [{ kind: 'end' }],
  measure: () => ({ end: 0.5 }),
  reveal: ({ end }) => [String(end)],
} satisfies Lesson['steps'][number];
const lesson: Lesson = {
  name: 'two-become-one',
  title: '',
  idea: '',
  minutes: 1,
  steps: [step],
  next: null,
  paper: { further: [], misconceptions: [] },
};

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  setState({ phase: 'paused', step: 0, loaded: store.getState().experiment });
  play(lesson, 0);
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

const found = () => {
  const entry = entryOf(playing.getState());
  return entry.facts ? verdictOf(step, entry, entry.facts, allFacts(playing.getState())) : null;
};

it.each([
  ['low', { right: true, words: 'As you said.' }],
  ['high', { right: false, words: 'You said “above 1”. This run says otherwise.' }],
])('a lesson covers until “%s” is answered, and then says whether this run agrees', (said, verdict) => {
  expect(store.getState().covered).toBe(10);
  answer(said, false);
  expect(store.getState().covered).toBeNull();
  expect(found()).toBeNull();
  setState({ phase: 'finished', step: 20 });
  expect(found()).toEqual(verdict);
  // Once it is shown, the answer stands, also on another visit.
  answer('other', false);
  stop();
  play(lesson, 0);
  expect(entryOf(playing.getState()).answer).toBe(said);
  expect(found()).toEqual(verdict);
});

it('where panels would tell the answer they are closed until it is handed in, and the curves are left alone', () => {
  play({ ...lesson, steps: [{ ...step, id: 'panels', cover: 'panels' }] }, 0);
  setState({ step: 15 });
  answer('low', false);
  expect(store.getState().covered).toBe(Infinity);
  expect(isCovered({ covered: Infinity, step: 15, growth: { step: 10 } as State['growth'] })).toBe(false);
  answer('high', true);
  expect(store.getState().covered).toBeNull();
  answer('low', true);
  expect(entryOf(playing.getState()).answer).toBe('high');
});

it('a clicker does what the step waits for once it is answered, goes on when it is done, and back', () => {
  vi.stubGlobal('location', { href: '#', pathname: '/', hash: '' });
  vi.stubGlobal('history', { replaceState: () => undefined, pushState: () => undefined });
  const { ask: _, ...told } = step;
  const two = { ...lesson, steps: [step, { ...told, id: 'after' }] };
  play(two, 0);
  const sent: string[] = [];
  connect(({ type }) => sent.push(type));
  const { experiment } = store.getState();
  setState({ running: experiment, started: true, runsWhenReady: false });
  advance(1);
  expect([sent, store.getState().runsWhenReady]).toEqual([[], false]);
  answer('low', false);
  advance(1);
  expect(store.getState().runsWhenReady).toBe(true);
  setState({ phase: 'finished', step: 20, runsWhenReady: false });
  advance(1);
  expect(playing.getState().index).toBe(1);
  advance(-1);
  expect(playing.getState().index).toBe(0);
  connect(() => undefined);
});

it('goes on where only the room for it changes, with its run and its question, and is over once the page has left it', () => {
  setState({ view: { ...WHOLE_PAGE, lesson: { name: lesson.name, step: 1 } }, step: 4 });
  leave();
  expect(store.getState().covered).toBe(10);
  play(lesson, 0);
  expect(store.getState()).toMatchObject({ phase: 'paused', step: 4 });
  setState({ view: WHOLE_PAGE });
  leave();
  expect(store.getState().covered).toBeNull();
  expect(playing.getState().lesson).toBeNull();
});

it('pauses at a growth, also where that is heard of while the networks are still being made', () => {
  const sent: string[] = [];
  connect(({ type }) => sent.push(type));
  const { ask: _, ...told } = step;
  play({ ...lesson, steps: [{ ...told, waitFor: [{ kind: 'growth' }] }] }, 0);
  setState({ phase: 'growing', step: 5, growth: { step: 5 } as State['growth'] });
  expect(sent).toEqual(['pause']);
  setState({ growth: null });
  connect(() => undefined);
});

it('a run that ends before the answer shows nothing of what was asked', () => {
  setState({ phase: 'finished', step: 20 });
  expect(store.getState().covered).toBe(10);
  expect(found()).toBeNull();
  answer('high', true);
  expect(store.getState().covered).toBeNull();
  expect(found()).toMatchObject({ right: false });
});
