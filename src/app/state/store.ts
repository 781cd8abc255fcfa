/**
 * The page's store. The worker's events go into typed arrays at once and into React at most eight times a second,
 * from one animation frame; what the reader waits for (a phase, a growth, a what-if) goes out with the next frame.
 * Where no frame comes (a hidden tab, a machine that is busy training) a timer does it.
 */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Command, Event } from '../../session/protocol.ts';
import type { WhatIf } from '../../experiment/plan/what-if.ts';
import { Absorber } from './heard/absorb.ts';
import { withoutLocked } from './derived/locked.ts';
import { emptyState } from './empty-state.ts';
import { keep } from './kept.ts';
import type { State } from './state.ts';

/** Milliseconds between two updates of the page while a run goes on. */
const PERIOD = 125;
/** Milliseconds after which what was heard is published without a frame. */
const LATE = 2 * PERIOD;

export const store = createStore<State>()(() => emptyState());
const absorber = new Absorber(undefined, keep);

export function useStore<T>(selector: (state: State) => T): T {
  return useZustand(store, selector);
}

/** Sets what the page itself decides. */
export function setState(patch: Partial<State>): void {
  store.setState(patch);
}

let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let urgent = false;
let lastFlush = 0;

/** Publishes what the events since the last time changed. */
function flush(): void {
  urgent = false;
  lastFlush = performance.now();
  const patch = absorber.drain();
  if (patch) store.setState(patch);
}

function onFrame(now: number): void {
  if (urgent || now - lastFlush >= PERIOD) publish();
  else frame = requestAnimationFrame(onFrame);
}

/** Publishes now what would be with the next frame, or late. */
function publish(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  clearTimeout(timer);
  flush();
}

/** Takes an event of the worker. */
export function receive(event: Event): void {
  if (absorber.absorb(event, store.getState())) urgent = true;
  if (frame !== 0) return;
  frame = requestAnimationFrame(onFrame);
  timer = setTimeout(publish, LATE);
}

/** The state with everything that was heard, painted or not: what a command is decided from. */
export function latest(): State {
  if (frame !== 0) publish();
  return store.getState();
}

/** Forgets the last run for the next one: called when an experiment is loaded. */
export function forget(next: Experiment): void {
  absorber.clear(next);
  flush();
}

let post: (command: Command) => void = () => {};

/** Who delivers commands; set once by the worker client. */
export function connect(deliver: (command: Command) => void): void {
  post = deliver;
}

export function send(command: Command): void {
  post(command);
}

let toAsk: WhatIf | null = null;
let askFrame = 0;

/**
 * Asks what a change would do, but for what the link holds fast (none, or an empty one: takes back what was asked). The
 * worker hears of it at most once a frame.
 */
export function ask(wanted: WhatIf | null, by: 'reader' | 'fuse' = 'reader'): void {
  const change = wanted === null || by === 'fuse' ? wanted : withoutLocked(wanted, store.getState());
  toAsk = change === null || Object.keys(change).length === 0 ? null : change;
  store.setState({ asked: toAsk === null ? null : { change: toAsk, by } });
  if (askFrame !== 0) return;
  askFrame = requestAnimationFrame(() => {
    askFrame = 0;
    const { asked } = store.getState();
    // A fusion or a branch has taken it up meanwhile: then there is nothing to ask.
    if (toAsk !== null && (asked?.change !== toAsk || asked.by === 'branch')) return;
    send({ type: 'what-if', change: toAsk });
  });
}
