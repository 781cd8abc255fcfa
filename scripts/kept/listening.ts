/** What is heard of a page's training worker, and what is said to it: functions that run in the page. */
import type { BrowserContext } from 'playwright';
import type { KeptEntry } from '../../src/keep/reports.ts';
import type { Command, Event } from '../../src/session/protocol.ts';

/** What the worker has said since the page was opened. */
export interface Heard {
  /** Whether it has said what is kept on this device. */
  told: boolean;
  /** The run that it offers to go on with. */
  offer: { readonly id: string; readonly step: number } | null;
  /** The run that it writes, and the step at which it was kept last; −1: not yet. */
  present: string | null;
  kept: number;
  /** What it could not keep, by kind. */
  problem: string | null;
  phase: string;
  step: number;
  /** Kept runs that may be deleted, as the page offers them. */
  free: readonly string[];
  /** All that are kept. */
  entries: readonly Pick<KeptEntry, 'id' | 'state' | 'starred' | 'changed' | 'bytes'>[];
  /** Bytes of storage that are in use. */
  used: number;
  /** Milliseconds for which keeping the run has held it up. */
  took: number;
  /** How far each prediction is. */
  flows: Record<string, 'running' | 'done' | 'cancelled' | 'waiting'>;
}

interface Listening {
  heard: Heard;
  workers: Worker[];
}

/** Before the page's own scripts. */
function listen(): void {
  const heard: Heard = {
    told: false,
    offer: null,
    present: null,
    kept: -1,
    problem: null,
    phase: '',
    step: 0,
    free: [],
    entries: [],
    used: 0,
    took: 0,
    flows: {},
  };
  const workers: Worker[] = [];
  Object.assign(globalThis, { heard, workers });
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      if (args[1]?.name !== 'training') return;
      workers.push(this);
      this.addEventListener('message', ({ data }: MessageEvent<Event>) => {
        if (data.type === 'kept') {
          heard.told = true;
          heard.offer = data.offer ?? heard.offer;
          heard.present = data.present;
          heard.kept = data.entries.find(({ id }) => id === data.present)?.step ?? -1;
          heard.problem = data.problem?.kind ?? null;
          heard.free = data.problem?.kind === 'full' ? data.problem.free : [];
          heard.entries = data.entries.map(({ id, state, starred, changed, bytes }) => ({ id, state, starred, changed, bytes }));
          heard.used = data.room?.used ?? 0;
          heard.took = data.took ?? 0;
        }
        if (data.type === 'phase') [heard.phase, heard.step] = [data.phase, data.step];
        if (data.type === 'prediction-state') heard.flows[JSON.stringify(data.key)] = data.cost.state;
        if (data.type === 'ready') heard.flows = {};
        if (data.type === 'rewound') heard.step = data.step;
        if (data.type === 'measured') heard.step = Math.max(heard.step, data.steps.at(-1) ?? 0);
      });
    }
  };
}

/** What was heard so far. */
export const heardSoFar = (): Heard => (globalThis as unknown as Listening).heard;

/** Says something to the worker, as the page would. */
export function command(said: Command): void {
  (globalThis as unknown as Listening).workers.at(-1)?.postMessage(said);
}

/** Ends the worker as a crash of it does: at once, in the midst of whatever it does, and the page hears of an error. */
export function endWorker(): void {
  const { heard, workers } = globalThis as unknown as Listening;
  const worker = workers.at(-1);
  worker?.terminate();
  Object.assign(heard, { told: false, offer: null, present: null, kept: -1, phase: '', step: 0, flows: {} });
  worker?.dispatchEvent(new ErrorEvent('error', { message: 'it was killed' }));
}

/** Bytes that page and workers hold, once what nobody needs is collected. */
export async function memory(): Promise<number> {
  const { measureUserAgentSpecificMemory } = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}

/** What came out of a run: its curves, number by number, and a hash of every file of weights. */
export type Outcome = Readonly<Record<string, string>>;

/** Asks the worker for the files of the run, and makes of them what two runs are compared by. */
export async function outcome(): Promise<Outcome> {
  const worker = (globalThis as unknown as Listening).workers.at(-1);
  if (!worker) throw new Error('there is no worker');
  const files = await new Promise<Extract<Event, { type: 'files' }>['files']>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Event>) => {
      if (data.type === 'files') resolve(data.files);
    });
    worker.postMessage({ type: 'export' } satisfies Command);
  });
  const found: Record<string, string> = {};
  for (const { path, bytes } of files) {
    if (path.endsWith('.safetensors')) {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      found[path] = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    if (path !== 'result.json') continue;
    const { curves } = JSON.parse(new TextDecoder().decode(bytes)) as {
      curves: { model: string; kind: string; from?: number; step: number[]; loss: (number | null)[] }[];
    };
    // JSON writes every digit that tells a number from its neighbours.
    for (const { model, kind, from, step, loss } of curves)
      found[`${kind} ${model}${from === undefined ? '' : ` from ${from}`}`] = JSON.stringify([step, loss]);
  }
  return found;
}

/** All of this in every page that is opened in a context. */
export async function prepare(context: BrowserContext): Promise<void> {
  // What esbuild calls to give functions their names is not there in the page.
  await context.addInitScript('globalThis.__name ??= (named) => named;');
  await context.addInitScript(listen);
}
