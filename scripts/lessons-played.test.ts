/** A step of a lesson as it is played: asked, covered, done, and answered with the numbers of the run. The run's state is put in by hand. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { allFacts, answer, entryOf, play, playing, stop } from '../src/app/features/lesson/control.ts';
import type { Lesson } from '../src/app/features/lesson/lesson.ts';
import { verdictOf } from '../src/app/features/lesson/verdict.ts';
import { setState, store } from '../src/app/state/store.ts';

const step = {
  id: 'end',
  title: '',
  text: () => [],
  ask: {
    question: 'Where will it end?',
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

it('a run that ends before the answer shows nothing of what was asked', () => {
  setState({ phase: 'finished', step: 20 });
  expect(store.getState().covered).toBe(10);
  expect(found()).toBeNull();
  answer('high', true);
  expect(store.getState().covered).toBeNull();
  expect(found()).toMatchObject({ right: false });
});
