/**
 * The paper's second comparison, in small: growth as a schedule, four small into two medium into one large, against the
 * large one from scratch.
 */
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import type { ModelSize } from '../../experiment/experiment.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { bestWithin, trial, type Trial, type Way } from '../measure/budget.ts';
import { meanOf, over } from '../measure/document.ts';
import { best, operationsOfStep } from '../measure/train.ts';
import { commandOf, count, doubled, leastOf, linkTo, loss, plain, type Scale, scratchWays, single } from './scale.ts';

const SMALL: ModelSize = { d: 16, ff: 32, heads: 2, dkv: 8, layers: 1 };
const STAGE = 400;
const LAST = 600;
const GRAPH = 'Four small → two medium → one large';
const SCRATCH = 'Large, from scratch (best of 3 step sizes)';

export async function graph(scale: Scale): Promise<MeasuredTable> {
  const { device, seeds, steps, every } = scale;
  const base = plain({ model: SMALL, examples: 8500, probe: 500 });
  const [n, last] = [steps(STAGE), steps(LAST)];
  const planned = withPlan(base, parsePlan(`A:${n},B:${n},C:${n},D:${n},A+B>M:${n},C+D>N:${n},M+N>L:${last}`));
  const large = doubled(doubled(SMALL));
  const unit = await operationsOfStep(base, large);
  const small = (await operationsOfStep(base, SMALL)) / unit;
  const medium = (await operationsOfStep(base, doubled(SMALL))) / unit;
  const total = 4 * n * small + 2 * n * medium + last;
  const path = n * small + n * medium + last;
  const ways: readonly (readonly [string, readonly Way[]])[] = [
    [GRAPH, [{ model: 'L', experiment: (seed) => ({ ...planned, seed }) }]],
    [SCRATCH, scratchWays(base, large, Math.ceil(total))],
    [
      'Two medium from scratch → one large',
      [
        {
          model: 'M',
          experiment: (seed) => ({
            ...base,
            model: doubled(SMALL),
            seed,
            grow: n,
            steps: n + Math.max(every, Math.ceil(total - 2 * n * medium)),
          }),
        },
      ],
    ],
    ['Small, alone', [{ model: 'A', experiment: (seed) => ({ ...single(base, SMALL, Math.ceil(total / small)), seed }) }]],
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, of] of ways) {
    const bySeed: Trial[][] = [];
    for (const seed of seeds) {
      scale.note(`graph: ${label}, seed ${seed}`);
      const trials: Trial[] = [];
      for (const way of of) trials.push(await trial(device, way, seed, every));
      bySeed.push(trials);
    }
    const [first] = of;
    rows.push({
      label,
      ...(first ? { link: linkTo(first.experiment(seeds[0] ?? base.seed)) } : {}),
      cells: {
        // The graph trains its branches side by side: the budget of its critical path is what its own curve shows at
        // its end.
        path: over(
          bySeed.map((trials) =>
            leastOf(trials, (each) =>
              label === GRAPH ? best(each.curve).loss : bestWithin({ ...each, total: each.criticalPath }, path * unit),
            ),
          ),
        ),
        total: over(bySeed.map((trials) => leastOf(trials, (each) => bestWithin(each, total * unit)))),
      },
    });
  }
  const mean = (row: MeasuredRow | undefined, key: string): number => meanOf(row?.cells[key]);
  const [grown, scratch, , alone] = rows;
  const order = (key: string): string => (mean(grown, key) < mean(scratch, key) ? 'below' : 'above');
  return {
    id: 'graph',
    title: 'Growth as a schedule: 4 → 2 → 1',
    setting: `Pronounce words of 3–5 letters; four networks of width 16 train ${STAGE} steps, the two of width 32 they become ${STAGE}, the one of width 64 ${LAST}; Adam, step size 0.003, mini-batches of 32. Lowest held-out loss with the graph’s critical path (${count(Math.round(path))} steps of the large network) and with all its compute (${count(Math.round(total))}).`,
    findings: [
      `At the graph’s critical path it is at ${loss(mean(grown, 'path'))}, ${order('path')} the large network from scratch (${loss(mean(scratch, 'path'))}); at its total compute ${loss(mean(grown, 'total'))}, ${order('total')} ${loss(mean(scratch, 'total'))}.`,
      `One small network alone, with the same total compute, is at ${loss(mean(alone, 'total'))}.`,
    ],
    command: commandOf(planned),
    seeds,
    columns: [
      { key: 'path', label: 'at equal critical path', decimals: 3 },
      { key: 'total', label: 'at equal total compute', decimals: 3 },
    ],
    rows,
  };
}
