/** Shares, turns and priorities of what a session works on. */
import { describe, expect, it } from 'vitest';
import { Scheduler, type WorkKind } from './scheduler.ts';

/**
 * A scheduler over workers that have something to do as long as they are among `busy`, and what was worked on so far.
 */
function scheduler(busy: ReadonlySet<WorkKind>): { readonly scheduler: Scheduler; readonly done: [WorkKind, number][] } {
  const done: [WorkKind, number][] = [];
  const worker = (kind: WorkKind) => (milliseconds: number) => {
    if (busy.has(kind)) done.push([kind, milliseconds]);
    return Promise.resolve(busy.has(kind));
  };
  const kinds = ['training', 'growth-study', 'orders', 'prediction', 'map', 'looks'] as const;
  const workers = Object.fromEntries(kinds.map((kind) => [kind, worker(kind)])) as Record<WorkKind, (ms: number) => Promise<boolean>>;
  return { scheduler: new Scheduler(workers), done };
}
const all = new Set<WorkKind>(['training', 'growth-study', 'orders', 'prediction', 'map', 'looks']);

describe('the work of a session', () => {
  it('is done a share a lane in every round, and lanes without a share have none', async () => {
    const { scheduler: one, done } = scheduler(all);
    expect(await one.round((lane) => ({ training: 14, beside: 28, looks: 0 })[lane])).toBe(true);
    expect(done).toEqual([
      ['training', 14],
      ['growth-study', 28],
    ]);
  });

  it('takes turns between predictions and the map, and the one is not held up by the other', async () => {
    const busy = new Set<WorkKind>(['prediction', 'map']);
    const { scheduler: one, done } = scheduler(busy);
    for (let i = 0; i < 4; i++) await one.round(() => 10);
    busy.delete('prediction');
    for (let i = 0; i < 2; i++) await one.round(() => 10);
    expect(done.map(([kind]) => kind)).toEqual(['prediction', 'map', 'prediction', 'map', 'map', 'map']);
  });

  it('looks at a growth before the orders, and at both before it predicts', async () => {
    const busy = new Set<WorkKind>(['growth-study', 'orders', 'prediction']);
    const { scheduler: one, done } = scheduler(busy);
    for (const kind of ['growth-study', 'orders', 'prediction'] as const) {
      await one.round(() => 10);
      busy.delete(kind);
    }
    expect(done.map(([kind]) => kind)).toEqual(['growth-study', 'orders', 'prediction']);
    expect(await one.round(() => 10)).toBe(false);
  });
});
