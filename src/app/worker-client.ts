/**
 * The page's end of the training worker: starts it, hands it commands, feeds its events to the store, notices when it
 * dies or falls silent, and starts another one.
 */
import type { Experiment } from '../experiment/experiment.ts';
import type { Command, Event } from '../worker/protocol.ts';
import { connect, forget, receive, setState, store } from './store.ts';

/** Milliseconds without a word before the page says so: first steps compile kernels, which takes a slow machine a while. */
const SILENCE = 45_000;
/** A worker that dies this often within a minute is not started again by itself. */
const DEATHS = 3;

type Files = Extract<Event, { type: 'files' }>['files'];

let worker: Worker | null = null;
let lastHeard = 0;
let deaths: number[] = [];
/** Run as soon as the worker is ready: Run was pressed while it was loading, or the link said so. */
let runWhenReady = false;
let waitingForFiles: ((files: Files) => void)[] = [];

function start(): Worker {
  const started = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'training' });
  started.addEventListener('message', (message: MessageEvent<Event>) => {
    if (started === worker) hear(message.data);
  });
  started.addEventListener('error', (event) => {
    event.preventDefault();
    if (started === worker) died(event.message || 'its script could not be loaded');
  });
  started.addEventListener('messageerror', () => {
    if (started === worker) died('it sent something unreadable');
  });
  lastHeard = performance.now();
  return started;
}

function hear(event: Event): void {
  lastHeard = performance.now();
  if (event.type === 'files') {
    for (const resolve of waitingForFiles) resolve(event.files);
    waitingForFiles = [];
  }
  receive(event);
  // A silence that has ended needs no banner.
  const { faults } = store.getState();
  if (faults.some((fault) => fault.kind === 'silent')) setState({ faults: faults.filter((fault) => fault.kind !== 'silent') });
  if (event.type === 'ready' && runWhenReady) {
    runWhenReady = false;
    deliver({ type: 'run' });
  }
  // Its run has ended on an error of its own; what is left of it is not to be trusted.
  if (event.type === 'fault' && event.kind === 'worker') died(event.message);
}

function deliver(command: Command): void {
  worker?.postMessage(command);
}

/** The page pretends nothing: the run is gone with its worker, a fresh one takes the same experiment. */
function died(reason: string): void {
  const { step, experiment, running } = store.getState();
  worker?.terminate();
  worker = null;
  runWhenReady = false;
  waitingForFiles = [];
  const now = performance.now();
  deaths = [...deaths.filter((time) => now - time < 60_000), now];
  const hopeless = deaths.length >= DEATHS;
  if (!hopeless) loadExperiment(running ?? experiment);
  else setState({ phase: 'failed', loading: null });
  setState({ experiment, faults: [{ kind: 'worker', message: reason.replace(/^Uncaught (Error: )?/, ''), fatal: hopeless, step }] });
}

/** Loads an experiment into the worker (a new one if there is none); `run`: start as soon as it is ready. */
export function loadExperiment(experiment: Experiment, options: { readonly run?: boolean } = {}): void {
  worker ??= start();
  runWhenReady = options.run === true;
  lastHeard = performance.now();
  forget(experiment);
  setState({
    experiment,
    running: experiment,
    loaded: experiment,
    phase: 'loading',
    started: runWhenReady,
    ...(runWhenReady ? { visited: true } : {}),
  });
  deliver({ type: 'load', experiment });
}

/** Starts anew with a fresh worker, whatever the old one is doing. */
export function restartWorker(): void {
  const { running, experiment } = store.getState();
  worker?.terminate();
  worker = null;
  deaths = [];
  loadExperiment(running ?? experiment);
}

/** Run as soon as it can. */
export function runSoon(): void {
  if (store.getState().phase === 'loading') {
    runWhenReady = true;
    setState({ started: true, visited: true });
  } else deliver({ type: 'run' });
}

/** The files of the run (contract.md); rejects after half a minute. */
export function exportFiles(): Promise<Files> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waitingForFiles = waitingForFiles.filter((other) => other !== done);
      reject(new Error('The worker did not write the files within 30 s.'));
    }, 30_000);
    const done = (files: Files): void => {
      clearTimeout(timer);
      resolve(files);
    };
    waitingForFiles.push(done);
    deliver({ type: 'export' });
  });
}

function watch(): void {
  const { phase, faults } = store.getState();
  const busy = phase === 'loading' || phase === 'training' || phase === 'growing';
  if (!busy || worker === null || document.hidden) {
    lastHeard = Math.max(lastHeard, performance.now() - SILENCE / 2);
    return;
  }
  if (performance.now() - lastHeard < SILENCE || faults.some((fault) => fault.kind === 'silent')) return;
  setState({
    faults: [
      ...faults,
      { kind: 'silent', message: `No word from it for ${Math.round(SILENCE / 1000)} s.`, fatal: false, step: store.getState().step },
    ],
  });
}

/** Connects store and worker; called once. */
export function startClient(): void {
  connect(deliver);
  setInterval(watch, 2000);
}
