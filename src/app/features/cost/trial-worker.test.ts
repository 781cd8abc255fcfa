import { expect, it, vi } from 'vitest';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { Command, Event } from '../../../session/protocol.ts';
import { train } from './trial-worker.ts';

it('the curves of a run beside the one on the screen break where a network goes over to another task', async () => {
  const told = [
    { type: 'measured', model: 'M', steps: [10, 20], losses: [0.2, 9] },
    { type: 'phase', phase: 'finished' },
  ] as unknown as readonly Event[];
  class Session extends EventTarget {
    postMessage({ type }: Command): void {
      if (type === 'load') for (const data of told) this.dispatchEvent(new MessageEvent('message', { data }));
    }
    terminate(): void {}
  }
  vi.stubGlobal('Worker', Session);
  const plan = parsePlan('A:10,B:10,A+B>M:10,M:10(task=who)');
  const experiment = { ...presetExperiment('read-then-answer'), plan, grow: 10, steps: 30 };
  const trial = await train(experiment, () => undefined, new AbortController().signal);
  expect(trial?.measured.get('M')?.gaps).toEqual([[19, 20]]);
  vi.unstubAllGlobals();
});
