/**
 * How much a way costs until it reaches a loss: in total, and on its critical path (sources side by side count once).
 */
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { costToLoss, trial, type Trial, type Way } from '../measure/budget.ts';
import { meanOf, over } from '../measure/document.ts';
import { operationsOfStep } from '../measure/train.ts';
import { bare, commandOf, doubled, leastOf, linkTo, type Scale, scratchWays, single } from './scale.ts';

const LOSSES = [0.2, 0.1] as const;

export async function fast(scale: Scale): Promise<MeasuredTable> {
  const { device, seeds, steps } = scale;
  const base = bare('fusing-fast');
  const grow = base.grow ?? 200;
  const { model } = base;
  const unit = await operationsOfStep(base, doubled(model));
  const every = 5;
  const ways: readonly (readonly [string, readonly Way[]])[] = [
    ['Large, from scratch (best of 3 step sizes)', scratchWays(base, doubled(model), steps(600))],
    [
      `Two small, fused after ${grow} steps`,
      [{ model: 'M', experiment: (seed) => ({ ...base, seed, grow: steps(grow), steps: steps(grow) + steps(400) }) }],
    ],
    ['Small, alone', [{ model: 'A', experiment: (seed) => ({ ...single(base, model, steps(1200)), seed }) }]],
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, of] of ways) {
    const bySeed: Trial[][] = [];
    for (const seed of seeds) {
      scale.note(`fusing-fast: ${label}, seed ${seed}`);
      const trials: Trial[] = [];
      for (const way of of) trials.push(await trial(device, way, seed, every));
      bySeed.push(trials);
    }
    const cell = (target: number, of: 'total' | 'criticalPath') =>
      over(
        bySeed.map((trials) =>
          leastOf(trials, (each) => {
            const cost = costToLoss(each, target);
            return cost === null ? null : cost[of] / unit;
          }),
        ),
      );
    const [first] = of;
    rows.push({
      label,
      ...(first ? { link: linkTo(first.experiment(seeds[0] ?? base.seed)) } : {}),
      cells: Object.fromEntries(
        LOSSES.flatMap((target) => [
          [`total${target}`, cell(target, 'total')] as const,
          [`path${target}`, cell(target, 'criticalPath')] as const,
        ]),
      ),
    });
  }
  const [scratch, fused, alone] = rows;
  const times = (key: string, of: MeasuredRow | undefined): string => (meanOf(scratch?.cells[key]) / meanOf(of?.cells[key])).toFixed(1);
  return {
    id: 'fusing-fast',
    title: 'How soon a loss is reached',
    setting: `Reverse words of 8 letters out of 10; width ${model.d} + ${model.d} into ${2 * model.d}; Adam, step size 0.003, mini-batches of 32. Compute to reach a held-out loss, in steps of the large network: all of it, and the critical path, on which the two small networks train side by side.`,
    findings: LOSSES.map(
      (target) =>
        `To ${target}: against the large network from scratch, fusing takes ${times(`total${target}`, fused)} times less compute and a critical path ${times(`path${target}`, fused)} times shorter; the small network alone takes ${times(`total${target}`, alone)} times less.`,
    ),
    command: commandOf({ ...base, baseline: ['scratch', 'alone'] }),
    seeds,
    columns: LOSSES.flatMap((target) => [
      { key: `total${target}`, label: `to ${target}: total`, decimals: 0 },
      { key: `path${target}`, label: `to ${target}: critical path`, decimals: 0 },
    ]),
    rows,
  };
}
