/** The paper's first comparison, in small: ways to make one large network out of trained small ones, at equal steps. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { meanOf, over } from '../measure/document.ts';
import { best, curveOf, train, type LossCurve } from '../measure/train.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { lowestWords, meanWords } from '../measure/lowest.ts';
import { commandOf, linkTo, plain, type Scale } from './scale.ts';

const METHODS: readonly (readonly [label: string, changes: Partial<Experiment>])[] = [
  ['Fused (A + B), off-diagonals zero', { operator: 'fuse', offDiagonal: 'zero' }],
  ['Fused (A + B), noise 0.3', { operator: 'fuse', offDiagonal: 'noise', sigma: 0.3 }],
  ['Fused (A + B), random', { operator: 'fuse', offDiagonal: 'random', sigma: 1 }],
  ['Fused (A + B), optimizer state reset', { operator: 'fuse', offDiagonal: 'zero', moments: 'reset' }],
  ['Fused (A + B), optimizer state filled', { operator: 'fuse', offDiagonal: 'zero', moments: 'fill' }],
  ['Fused (A + B), naive zero moments', { operator: 'fuse', offDiagonal: 'zero', moments: 'naive' }],
  ['Fused (A + B), a norm for each source', { operator: 'fuse', offDiagonal: 'zero', norm: 'grouped' }],
  ['Fused (A + B), norms compensated', { operator: 'fuse', offDiagonal: 'zero', norm: 'compensated' }],
  ['Self-fused (A + A), noise 0.3', { operator: 'self', offDiagonal: 'noise', sigma: 0.3 }],
  ['Self-fused (A + A), off-diagonals zero', { operator: 'self', offDiagonal: 'zero' }],
  ['Net2Net', { operator: 'net2net', offDiagonal: 'noise', sigma: 0.01 }],
  ['bert2BERT, function preserving', { operator: 'bert2bert-fpi', offDiagonal: 'zero' }],
  ['bert2BERT, advanced knowledge', { operator: 'bert2bert-aki', offDiagonal: 'zero' }],
  ['Stacked (A on A)', { operator: 'stack', offDiagonal: 'zero' }],
  ['A in a corner of a random network', { operator: 'random', offDiagonal: 'random', sigma: 1 }],
  ['Large, from random weights at the growth', { operator: 'scratch', offDiagonal: 'zero' }],
];

const GROW = 500;
const AFTER = [0, 50, 200, 1000] as const;

export async function methods(scale: Scale): Promise<MeasuredTable> {
  const { device, seeds, steps } = scale;
  const small = presetExperiment('fusing-wins').model;
  // Two layers a stack: the advanced knowledge of bert2BERT comes from the layer above.
  const base = plain({
    model: { ...small, layers: 2 },
    examples: 8500,
    probe: 500,
    grow: steps(GROW),
    steps: steps(GROW) + steps(AFTER.at(-1) ?? 0),
  });
  const rows: MeasuredRow[] = [];
  for (const [label, changes] of METHODS) {
    const curves: LossCurve[] = [];
    for (const seed of seeds) {
      scale.note(`methods: ${label}, seed ${seed}`);
      const trained = await train(device, { ...base, ...changes, seed }, scale.quick ? 2 : 25);
      curves.push(curveOf(trained, 'M'));
    }
    const cells = AFTER.map(
      (after) => [`after${after}`, over(curves.map((curve) => lossAt(curve, steps(GROW) + (after === 0 ? 0 : steps(after)))))] as const,
    );
    rows.push({
      label,
      link: linkTo({ ...base, ...changes, seed: seeds[0] ?? base.seed }),
      cells: { ...Object.fromEntries(cells), best: over(curves.map((curve) => best(curve).loss)) },
    });
  }
  return {
    id: 'methods',
    title: 'Ways to grow, at equal steps',
    setting: `Pronounce words of 3–5 letters; small networks of width 16 and two layers a stack, trained for ${GROW} steps, made into one of width 32 (stacking: twice as deep), which trains on; Adam, step size 0.003, mini-batches of 32. Held-out loss so many steps after the growth, and the lowest.`,
    findings: findings(rows),
    command: commandOf({ ...base, grow: GROW, steps: GROW + 1000 }),
    seeds,
    columns: [
      ...AFTER.map((after) => ({
        key: `after${after}`,
        label: after === 0 ? 'at the growth' : `after ${after.toLocaleString('en-US')}`,
        decimals: 3,
      })),
      { key: 'best', label: 'lowest', decimals: 3 },
    ],
    rows,
  };
}

function findings(rows: readonly MeasuredRow[]): string[] {
  const highest = rows.toSorted((a, b) => meanOf(b.cells['best']) - meanOf(a.cells['best']))[0];
  return [
    `Lowest held-out loss: ${lowestWords(rows, 'best')}; highest: “${highest?.label}” ${meanWords(highest?.cells['best'])}.`,
    'A + B has cost two small networks, everything else one: equal steps are not equal compute.',
  ];
}

/** The loss at the last measurement not after a step. */
function lossAt({ steps, losses }: LossCurve, step: number): number | null {
  const index = steps.findLastIndex((each) => each <= step);
  return losses[index] ?? null;
}
