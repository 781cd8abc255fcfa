import { afterEach, describe, expect, it } from 'vitest';
import { parseLink } from '../../experiment/link/link.ts';
import { Bench } from '../../session/testing/bench.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const experimentOf = (link: string) => parseLink(`#v=1&task=sort&examples=16&d=8&ff=16&heads=2&dkv=4&seed=3&pace=max&${link}`).experiment;

async function heard(run: Bench, type: 'orders' | 'fault'): Promise<void> {
  while (run.of(type).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the error of one step from where a run is (10.27)', () => {
  it('falls as each flow’s order says when the step size is halved, and measuring it changes nothing', async () => {
    const run = new Bench();
    bench = run;
    await run.until('ready', { type: 'load', experiment: experimentOf('h=0.05&grow=off&steps=4&predict=modified-flow') });
    await run.until('finished', { type: 'run' });
    const before = run.curves();
    run.send({ type: 'measure-orders' });
    await heard(run, 'orders');
    const report = run.of('orders').at(-1)?.report;
    expect(report).toMatchObject({ model: 'A', step: 4, sizes: [0.05, 0.025, 0.0125], gradients: 433 });
    const falls = report?.rows.map(({ flow, errors }) => [flow, (errors[0] ?? 0) / (errors[1] ?? 1)] as const) ?? [];
    for (const [flow, should] of [
      ['gradient-flow', 4],
      ['modified-flow-exact', 8],
      ['modified-flow', 8],
      ['third-order-flow', 16],
    ] as const) {
      const fall = falls.find(([name]) => name === flow)?.[1] ?? 0;
      expect(fall, flow).toBeGreaterThan(0.75 * should);
      expect(fall, flow).toBeLessThan(1.25 * should);
    }
    // What is smaller than rounding says nothing, and is known as that.
    expect(report?.rounding).toBeGreaterThan(1e-7);
    expect(report?.rounding).toBeLessThan(report?.rows[3]?.errors[0] ?? 0);
    expect(run.curves()).toEqual(before);
  });

  it('is refused in words where the optimizer is another one', async () => {
    const run = new Bench();
    bench = run;
    await run.until('ready', { type: 'load', experiment: experimentOf('opt=momentum&h=0.01&grow=off&steps=4&predict=') });
    run.send({ type: 'measure-orders' });
    await heard(run, 'fault');
    expect(run.of('fault')[0]).toMatchObject({
      fatal: false,
      message: expect.stringContaining('gradient descent with a full batch') as string,
    });
  });
});
