/**
 * The claim that the demonstration does not show: that fusing is cheap. The preset `first-fusion` with everything
 * beside it that the page can train, and what each has spent when it is as low as the fused network at its end.
 */
import { ALONE_ID, ENSEMBLE_ID, FUSED_ID, type ModelId, SCRATCH_ID } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { costToLoss } from '../measure/budget.ts';
import { bySeed } from '../measure/by-seed.ts';
import { over, valuesOf } from '../measure/document.ts';
import { curveOf, operationsOfStep, train } from '../measure/train.ts';
import { median } from '../../curves/median.ts';
import { bare, commandOf, doubled, type Scale } from './scale.ts';

const WAYS: readonly (readonly [string, ModelId])[] = [
  ['Two small, fused', FUSED_ID],
  ['Large, from scratch', SCRATCH_ID],
  ['Small, alone, beyond the growth', ALONE_ID],
  ['The two averaged, not fused', ENSEMBLE_ID],
];

export async function firstFusion(scale: Scale): Promise<MeasuredTable> {
  const { device, steps } = scale;
  const seeds = scale.several;
  const base = bare('first-fusion', { baseline: ['scratch', 'alone', 'ensemble'] });
  const grow = steps(base.grow ?? 100);
  const planned = { ...base, grow, steps: grow + steps(80) };
  const unit = await operationsOfStep(base, doubled(base.model));
  const costs = new Map<ModelId, (number | null)[]>();
  const finals = new Map<ModelId, (number | null)[]>();
  for (const seed of seeds) {
    scale.note(`first-fusion-cost, seed ${seed}`);
    const trained = await train(device, { ...planned, seed }, 1);
    const target = curveOf(trained, FUSED_ID).losses.at(-1) ?? Number.NaN;
    for (const [, model] of WAYS) {
      const curve = curveOf(trained, model);
      const cost = (step: number) => trained.cost(model, step);
      const way = { curve, total: (step: number) => cost(step).total, criticalPath: (step: number) => cost(step).criticalPath };
      const reached = model === FUSED_ID ? way.total(trained.experiment.steps) : (costToLoss(way, target)?.total ?? null);
      costs.set(model, [...(costs.get(model) ?? []), reached === null ? null : reached / unit]);
      finals.set(model, [...(finals.get(model) ?? []), curve.losses.at(-1) ?? null]);
    }
  }
  const rows = WAYS.map(
    ([label, model]): MeasuredRow => ({ label, cells: { cost: over(costs.get(model) ?? []), final: over(finals.get(model) ?? []) } }),
  );
  return {
    id: 'first-fusion-cost',
    title: 'What the first fusion costs',
    setting: `The preset first-fusion with its baselines: pronounce 64 words, full batch, gradient descent at a step size of 1.2 / λ, each network held to its own sharpness. Compute spent until the training loss that the fused network ends with is reached, in steps of the large network, and the loss after all ${planned.steps} steps.`,
    findings: findings(rows),
    command: commandOf(base),
    seeds,
    columns: [
      { key: 'cost', label: 'compute to that loss', decimals: 0 },
      { key: 'final', label: 'last loss', decimals: 3 },
    ],
    rows,
  };
}

function findings(rows: readonly MeasuredRow[]): string[] {
  const [fused, ...others] = rows;
  const own = valuesOf(fused?.cells['cost']);
  return others.map(({ label, cells }) => {
    const ratios = bySeed(fused?.cells['cost'], cells['cost'], (fusion, other) => fusion / other);
    if (ratios.length === 0) return `“${label}” never gets that low.`;
    const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((value) => value.toFixed(1));
    return `“${label}” gets there in ${ratios.length} of ${own.length} seeds; the fusion takes ${median(ratios).toFixed(1)} times its compute (median; from ${low} to ${high}).`;
  });
}
