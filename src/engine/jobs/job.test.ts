/** Work in slices: stepped, made to wait, ended early; and what is taken of a device with an owner. */
import { describe, expect, it } from 'vitest';
import { Job, toEnd, WAITING, within } from './job.ts';
import { Resources } from './resources.ts';

let held = 0;
const taken = (): { dispose(): void } => {
  held++;
  return { dispose: () => held-- };
};

/** Three slices that hold something, and a result. */
async function* three(): AsyncGenerator<number, string, undefined> {
  using own = new Resources();
  own.use(taken());
  for (let slice = 1; slice <= 3; slice++) yield slice;
  return 'three';
}

/** The same in other work, which holds something as well. */
async function* around(): AsyncGenerator<string, string, undefined> {
  using own = new Resources();
  own.use(taken());
  return yield* within(three(), (slice) => `slice ${slice}`);
}

describe('a job', () => {
  it('tells its slices and its result, and is over then', async () => {
    const told: unknown[] = [];
    const job = new Job(three(), { each: (slice) => told.push(slice), ended: (result) => told.push(result) });
    expect(await job.advance(Number.POSITIVE_INFINITY)).toBe('done');
    expect(told).toEqual([1, 2, 3, 'three']);
    expect(await job.step()).toEqual({ state: 'cancelled' });
    expect(held).toBe(0);
  });

  it.each([0, 1, 2, 3, 4])('ended after %i slices leaves nothing, of the work within it neither', async (slices) => {
    const job = new Job(around());
    for (let i = 0; i < slices; i++) await job.step();
    await job.cancel();
    expect(held).toBe(0);
    expect(job.state).toBe(slices > 3 ? 'done' : 'cancelled');
  });

  it('that is ended during a slice tells nothing more', async () => {
    const told: unknown[] = [];
    const job = new Job(three(), { each: (slice) => told.push(slice) });
    await job.step();
    const under = job.step();
    await job.cancel();
    expect(await under).toEqual({ state: 'cancelled' });
    expect(told).toEqual([1]);
    expect(held).toBe(0);
  });

  it('does at least a slice, stops where enough is done, and waits where its work says so', async () => {
    const job = new Job(three());
    expect(await job.advance(0)).toBe('running');
    let slices = 1;
    await job.advance(Number.POSITIVE_INFINITY, () => ++slices === 3);
    expect(await job.step()).toEqual({ state: 'done', result: 'three' });
    const known: string[] = [];
    const waits = new Job(
      (async function* () {
        for (;;) {
          const value = known.pop();
          if (value !== undefined) return value;
          yield WAITING;
        }
      })(),
    );
    expect(await waits.advance(Number.POSITIVE_INFINITY)).toBe('waiting');
    known.push('known');
    expect(await waits.step()).toEqual({ state: 'done', result: 'known' });
  });

  it('that fails is over, gives back what it held, and says why', async () => {
    const job = new Job(
      (async function* () {
        yield* around();
        throw new Error('a test fails');
      })(),
    );
    await expect(job.advance(Number.POSITIVE_INFINITY)).rejects.toThrow('a test fails');
    expect(job.state).toBe('cancelled');
    expect(held).toBe(0);
  });

  it('worked to its end says so where it would wait for ever', async () => {
    expect(await toEnd(around())).toBe('three');
    const waits = (async function* () {
      using own = new Resources();
      own.use(taken());
      yield WAITING;
    })();
    await expect(toEnd(waits)).rejects.toThrow('the work is waiting, and nothing else goes on that could change that');
    expect(held).toBe(0);
  });
});

describe('what is taken', () => {
  it('is given back last first where the block ends, and lives on where it was moved out of it', () => {
    const order: string[] = [];
    const take = (name: string, fails = false): Resources => {
      using own = new Resources();
      own.defer(() => order.push(`${name} 1`));
      own.adopt(`${name} 2`, (given) => order.push(given));
      if (fails) throw new Error('no memory');
      return own.move();
    };
    expect(() => take('a', true)).toThrow('no memory');
    expect(order).toEqual(['a 2', 'a 1']);
    const kept = take('b');
    expect(order).toHaveLength(2);
    kept.dispose();
    kept.dispose();
    expect(order.slice(2)).toEqual(['b 2', 'b 1']);
  });
});
