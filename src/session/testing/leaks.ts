/** Work that a session may do over and over without holding more afterwards; the same on every device. */
import type { Experiment } from '../../experiment/experiment.ts';
import { tiny, type Driver } from './driver.ts';

/** As small as a network gets: what counts here is how often, not how large. */
export const tiniest: Experiment = {
  ...tiny,
  examples: 4,
  probe: 4,
  model: { d: 4, ff: 4, heads: 1, dkv: 4, layers: 1 },
  h: { kind: 'constant', value: 0.02 },
  grow: 2,
  steps: 4,
};

/** A reset, two steps, a fusion by hand, two more steps. */
export async function fuseAndReset(driver: Driver): Promise<void> {
  await driver.until('ready', { type: 'reset' });
  await driver.until('paused', { type: 'step' });
  await driver.until('paused', { type: 'fuse' });
  await driver.until('finished', { type: 'run' });
}

/**
 * From a finished run: a what-if looked at and dropped, another one run as a branch with other step sizes, back to a
 * checkpoint, on to the end.
 */
export async function changeOfMind(driver: Driver, round: number): Promise<void> {
  const grow = 1 + (round % 3);
  driver.send({ type: 'what-if', change: { grow } });
  driver.send({ type: 'show-weights', name: 'shared.weight' });
  driver.send({ type: 'what-if', change: null });
  driver.send({ type: 'what-if', change: { h2: { kind: 'constant', value: 0.01 + 0.01 * (round % 2) } } });
  await driver.until('finished', { type: 'run-branch', change: { grow, h2: { kind: 'constant', value: 0.01 + 0.01 * (round % 2) } } });
  await driver.until('finished', { type: 'go-back', step: grow - 1, stepSize: 0.015 });
}

/** Resolves once every prediction of the plan has come to an end. */
export async function predicted(driver: Driver, experiment: Experiment): Promise<void> {
  const expected = experiment.predict.length * experiment.from.length;
  const states = (): Map<string, string> => {
    const found = new Map<string, string>();
    for (const { key, cost } of driver.of('prediction-state')) if (key.of === 'plan') found.set(`${key.flow} ${key.from}`, cost.state);
    return found;
  };
  while (states().size < expected || [...states().values()].some((state) => state !== 'done'))
    await driver.event((event) => event.type === 'prediction-state');
}
