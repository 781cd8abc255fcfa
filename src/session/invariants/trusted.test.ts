/** One rule of trust: what the page makes of a run's curves, and what the result file says. */
import { afterEach, describe, expect, it } from 'vitest';
import { Absorber } from '../../app/state/heard/absorb.ts';
import { emptyState } from '../../app/state/empty-state.ts';
import { hatchNow, trustOfFlow } from '../../app/state/derived/trust.ts';
import type { State } from '../../app/state/state.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { Bench } from '../testing/bench.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

describe('how far a prediction is trusted', () => {
  it('is the same step in chart, tables and result file, to the last measured point (10.2)', async () => {
    const { experiment } = parseLink(
      '#v=1&task=sort&examples=16&d=8&ff=16&heads=2&dkv=4&seed=3&pace=max&h=0.1&grow=24&steps=60&predict=gradient-flow,modified-flow,third-order-flow&from=0,growth',
    );
    const run = new Bench();
    bench = run;
    await run.until('ready', { type: 'load', experiment });
    await run.until('finished', { type: 'run' });
    const done = (): boolean =>
      experiment.from.every((from) =>
        experiment.predict.every((flow) =>
          run.of('prediction-state').some(({ key, cost }) => key.flow === flow && key.from === from && cost.state === 'done'),
        ),
      );
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
    const result = JSON.parse(new TextDecoder().decode(run.session.files(false).find(({ path }) => path === 'result.json')?.bytes)) as {
      curves: { kind: string; from?: number; trustedUntil?: number | null }[];
    };

    const absorber = new Absorber(() => 0);
    let state: State = { ...emptyState(experiment), running: experiment };
    for (const event of run.events) absorber.absorb(event, state);
    state = { ...state, ...absorber.drain() };
    const ofFile = (flow: string): (number | null)[] =>
      result.curves.filter(({ kind, from }) => kind === flow && from === 0).map(({ trustedUntil }) => trustedUntil ?? null);
    for (const flow of ['gradient-flow', 'modified-flow', 'third-order-flow'] as const) {
      const trust = trustOfFlow(state.chart, flow);
      expect(trust?.comparedTo, flow).toBe(60);
      expect(new Set(ofFile(flow)), flow).toEqual(new Set([trust?.until ?? null]));
    }
    // The control leaves the run early, so that the comparison is one of numbers.
    expect(trustOfFlow(state.chart, 'gradient-flow')?.until).toBeGreaterThan(0);
    expect(hatchNow(state)?.flow ?? 'third-order-flow').toBe('third-order-flow');
  });
});
