/**
 * The stopwatch, the same code for every contestant, in the contestant's worker. A contestant is
 * `{ create(job) → session }`; `session.step()` starts one training step (forward, backward, Adam) and returns at
 * once, `session.read(handle)` resolves with its loss.
 */
import { SIZES, stopwatchJob } from './job.ts';
import type { StopwatchJob, StopwatchSizes } from './stopwatch-session.ts';

interface Session {
  step(): unknown;
  read(handle: unknown): Promise<number>;
  dispose?(): void;
  readonly info?: unknown;
}
export interface Contestant {
  create(job: StopwatchJob): Session | Promise<Session>;
  /** GFLOP/s of a large product on the device, for the table of scaling. */
  peak?(device: string): Promise<number>;
}
export interface Cell {
  /** Module of the contestant. */
  readonly module: string;
  readonly device: string;
  readonly sizes: StopwatchSizes | keyof typeof SIZES;
  readonly steps: number;
  readonly warmup: number;
  /** Also measure the peak. */
  readonly peak?: boolean;
}
export interface CellResult {
  readonly firstMs: number;
  readonly ms: number;
  readonly minMs: number;
  readonly blockedMs: number;
  readonly dispatches: number;
  readonly submits: number;
  readonly losses: readonly number[];
  readonly peak: number | undefined;
  readonly info: unknown;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Resolves with the moment at which this thread is back in its event loop. */
function nextTurn(): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      resolve(performance.now());
      port1.close();
    };
    port2.postMessage(0);
  });
}

/** Counts WebGPU commands of this thread while `body` runs. */
async function counting(body: () => Promise<unknown>): Promise<{ dispatches: number; submits: number }> {
  const counts = { dispatches: 0, submits: 0 };
  const undo: (() => void)[] = [];
  const count = (owner: string, method: string, key: keyof typeof counts): void => {
    const prototype = (
      globalThis as unknown as Record<string, { prototype: Record<string, (...values: unknown[]) => unknown> } | undefined>
    )[owner]?.prototype;
    const original = prototype?.[method];
    if (!prototype || !original) return;
    prototype[method] = function counted(this: unknown, ...values: unknown[]) {
      counts[key]++;
      return original.apply(this, values);
    };
    undo.push(() => {
      prototype[method] = original;
    });
  };
  count('GPUComputePassEncoder', 'dispatchWorkgroups', 'dispatches');
  count('GPUQueue', 'submit', 'submits');
  try {
    await body();
  } finally {
    for (const back of undo) back();
  }
  return counts;
}

export async function time(contestant: Contestant, cell: Cell): Promise<CellResult> {
  const sizes = typeof cell.sizes === 'string' ? SIZES[cell.sizes] : cell.sizes;
  if (!sizes) throw new Error(`no configuration is named ${JSON.stringify(cell.sizes)}`);
  const session = await contestant.create(stopwatchJob(cell.device, sizes));
  const losses: number[] = [];
  const one = async (): Promise<{ total: number; blocked: number }> => {
    const start = performance.now();
    const handle = session.step();
    const turn = nextTurn();
    losses.push(await session.read(await handle));
    const total = performance.now() - start;
    return { total, blocked: (await turn) - start };
  };
  const first = await one();
  for (let i = 0; i < cell.warmup; i++) await one();
  const timed: { total: number; blocked: number }[] = [];
  for (let i = 0; i < cell.steps; i++) timed.push(await one());
  const counts = await counting(one);
  session.dispose?.();
  const totals = timed.map(({ total }) => total);
  return {
    firstMs: first.total,
    ms: median(totals),
    minMs: Math.min(...totals),
    blockedMs: median(timed.map(({ blocked }) => blocked)),
    ...counts,
    losses,
    peak: cell.peak && contestant.peak ? await contestant.peak(cell.device) : undefined,
    info: session.info ?? null,
  };
}
