/**
 * How much of the gradient lies along the sharpest direction, along the run of `first-fusion`: there hλ is held at 1.2,
 * where the series in hλ of which the flows are the first terms does not converge.
 */
import { formatLink } from '../../experiment/link/link.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { isRefresh } from '../../experiment/cost/sharpness-steps.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { Run } from '../../run/run.ts';
import { runData } from '../../run/setup/setup.ts';
import { meanOf, over } from '../measure/document.ts';
import { taskDataOf } from '../measure/train.ts';
import type { TheoryScale } from './scale.ts';

/**
 * (g·u)²/‖g‖² with the top eigenvector u, the largest over the networks in training, at the steps at which λ is
 * measured.
 */
async function sharesAlong(scale: TheoryScale, experiment: Experiment): Promise<ReadonlyMap<number, number>> {
  const run = await Run.create(scale.device, experiment, runData(experiment, await taskDataOf(experiment)));
  const shares = new Map<number, number>();
  try {
    while (run.step < run.end) {
      if (run.needsTurn()) await run.turn();
      const { step } = run;
      const from = Math.max(...run.stagesAt(step).map((stage) => stage.from));
      if (isRefresh(from, step))
        for (const trainer of run.trainers.values()) {
          const { config, parameters } = await trainer.state();
          const objective = await run.objective(config);
          const { space } = objective;
          const [theta, gradient, probe] = [space.fromTensors(parameters), space.create(), new SharpnessProbe(objective)];
          await probe.measure(theta);
          await objective.lossAndGradient(theta, gradient);
          const along = await space.dot(gradient, probe.eigenvector);
          const share = along ** 2 / (await space.dot(gradient, gradient));
          shares.set(step, Math.max(share, shares.get(step) ?? 0));
          probe.dispose();
          for (const pool of [theta, gradient]) space.dispose(pool);
        }
      const { losses } = await run.advance(() => undefined);
      await Promise.all(losses.values());
    }
  } finally {
    await run.dispose();
  }
  return shares;
}

export async function sharpestDirection(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('sharpest-direction');
  const base = presetExperiment('first-fusion');
  const grow = scale.steps(base.grow ?? 100);
  const experiment: Experiment = { ...base, predict: [], baseline: [], grow, steps: scale.steps(base.steps) };
  const found: ReadonlyMap<number, number>[] = [];
  for (const seed of seeds) {
    scale.note(`sharpest direction, seed ${seed}`);
    found.push(await sharesAlong(scale, { ...experiment, seed }));
  }
  const largest = (of: ReadonlyMap<number, number>, from: number, to: number): number | null => {
    const inside = [...of].filter(([step]) => step >= from && step < to).map(([, share]) => share);
    return inside.length === 0 ? null : Math.max(...inside);
  };
  const row = (label: string, from: number, to: number): MeasuredRow => ({
    label,
    cells: { share: over(found.map((of) => largest(of, from, to))) },
  });
  const rows = [
    row('At step 0', 0, 1),
    row('From step 2 to the growth, the largest', 2, grow),
    row('At the growth', grow, grow + 1),
    row('From 2 steps after it on, the largest', grow + 2, Number.POSITIVE_INFINITY),
  ];
  const percent = (at: number): string => `${(100 * meanOf(rows[at]?.cells['share'])).toPrecision(2)} %`;
  return {
    id: 'sharpest-direction',
    title: 'The gradient along the sharpest direction',
    setting:
      'First fusion, hλ held at 1.2 along the sharpest direction. Share of ‖g‖² that lies along it, the largest over the networks in training.',
    findings: [
      `Where training begins ${percent(0)} of ‖g‖² lie along the sharpest direction, at the growth ${percent(2)}; two steps later never more than ${percent(1)} and ${percent(3)}. A step multiplies what is there by 1 − 1.2 = −0.2, the first order by exp(−1.2 − 0.72) = 0.15: neither leaves much.`,
    ],
    command: `npm run experiment -- "${formatLink({ ...base, seed: seeds[0] ?? base.seed })}" --out DIR`,
    seeds,
    columns: [{ key: 'share', label: 'share of ‖g‖²' }],
    rows,
  };
}
