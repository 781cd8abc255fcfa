/**
 * The control of fusing: small networks trained side by side and never fused, whose logits are averaged. One training
 * of several networks gives the ensembles of the first, of the first two, and so on.
 */
import type { Device } from '../../engine/device.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { Run } from '../../run/run.ts';
import { runData } from '../../run/setup/setup.ts';
import type { Trial } from '../measure/budget.ts';
import { type LossCurve, operationsOfStep, taskDataOf } from '../measure/train.ts';

const LETTERS = 'ABCDEFGH';

/**
 * @param experiment its step size `h` is that of the networks; its seed the first one's
 * @param most networks of the largest ensemble
 * @returns by number of networks, 1 to `most`; a step of k networks costs k steps of one
 */
export async function ensembles(
  device: Device,
  experiment: Experiment,
  most: number,
  steps: number,
  every: number,
): Promise<ReadonlyMap<number, Trial>> {
  const plan = parsePlan([...LETTERS.slice(0, most)].map((id) => `${id}:${steps}`).join(','));
  const alone: Experiment = { ...experiment, plan, steps, grow: null, baseline: [], predict: [] };
  const data = runData(alone, await taskDataOf(alone));
  const run = await Run.create(device, alone, data);
  const curves = Array.from({ length: most }, (): LossCurve => ({ steps: [], losses: [] }));
  const measure = async (): Promise<void> => {
    const losses = await run.ensemble.losses([...run.trainers.values()]);
    losses.forEach((loss, i) => {
      curves[i]?.steps.push(run.step);
      curves[i]?.losses.push(loss);
    });
  };
  try {
    while (run.step < run.end) {
      if (run.step % every === 0) await measure();
      const { losses } = await run.advance(() => undefined);
      await Promise.all(losses.values());
    }
    await measure();
  } finally {
    await run.dispose();
  }
  const small = await operationsOfStep(experiment, experiment.model);
  return new Map(
    curves.map((curve, i) => [
      i + 1,
      { curve, total: (step: number) => (i + 1) * small * step, criticalPath: (step: number) => small * step },
    ]),
  );
}
