/** Two sources under a session in Node that nobody watches, in one thread or in a thread each. */
import { nodeWasmDevice } from '../../src/engine/wasm/node.ts';
import { startThread } from '../../src/session/parallel/node.ts';
import type { Event } from '../../src/session/protocol.ts';
import { Session } from '../../src/session/session.ts';
import { WARM, experimentOf, type ParallelRow, type ParallelTime } from './parallel-row.ts';

export async function inThreads(row: ParallelRow, apart: boolean): Promise<ParallelTime> {
  let hear: (event: Event) => void = () => undefined;
  const session = new Session({
    watched: false,
    ...(apart ? { startTrainer: startThread, cores: 8 } : {}),
    readText: (path) => Promise.reject(new Error(`${path} is not needed here`)),
    createDevice: async () => ({ device: await nodeWasmDevice(), report: { kind: 'wasm', description: '', reason: null } }),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
    emit: (event) => hear(event),
  });
  const events: Event[] = [];
  const phase = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      hear = (event) => {
        events.push(event);
        if (event.type === 'fault' || (event.type === 'log' && event.message.includes('worker'))) reject(new Error(event.message));
        if (event.type === 'phase' && event.phase === name) resolve();
      };
    });
  let reached = phase('ready');
  session.handle({ type: 'load', experiment: experimentOf(row) });
  await reached;
  for (let step = 0; step < WARM; step++) {
    reached = phase('paused');
    session.handle({ type: 'step' });
    await reached;
  }
  // The checkpoint of the fusion is told once both sources have made all their steps.
  let ended = Number.NaN;
  const finished = new Promise<void>((resolve) => {
    hear = (event) => {
      events.push(event);
      if (event.type === 'checkpoints' && event.steps.at(-1) === WARM + row.steps) ended = performance.now();
      if (event.type === 'phase' && event.phase === 'finished') resolve();
    };
  });
  const began = performance.now();
  session.handle({ type: 'run' });
  await finished;
  const milliseconds = (ended - began) / row.steps;
  session.close();
  await session.ended;
  const losses: Record<string, [step: number, loss: number][]> = {};
  for (const event of events) {
    if (event.type !== 'measured') continue;
    event.steps.forEach((step, i) => {
      if (step < WARM + row.steps) (losses[event.model] ??= []).push([step, event.losses[i] ?? Number.NaN]);
    });
  }
  const ready = events.find((event) => event.type === 'ready');
  return {
    milliseconds,
    megaflops: ready?.type === 'ready' ? (ready.models[0]?.flopsPerStep ?? 0) / 1e6 : 0,
    losses: JSON.stringify(losses),
  };
}
