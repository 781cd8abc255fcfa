/**
 * The presets about a growth itself, over several seeds: the leap of new weights that start without moments
 * late in training (`naive-moments`), and the symmetry of a network fused with itself (`self-fusion`,
 * `broken-symmetry`).
 */
import { ALONE_ID, FUSED_ID, type MomentsPolicy } from '../../experiment/experiment.ts';
import type { MeasuredCell, MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { MOMENTS_WORDS } from '../../experiment/declared/norms.ts';
import { twinDistance } from '../../fusion/look/symmetry.ts';
import { lowerWords } from '../measure/by-seed.ts';
import { meanOf, over } from '../measure/document.ts';
import { curveOf, type LossCurve, train, type Trained } from '../measure/train.ts';
import { bare, commandOf, count, linkTo, loss, type Scale } from './scale.ts';

/** Steps after the growth within which the loss is looked at one by one. */
const SOON = 50;

const lossAt = ({ losses }: LossCurve, index: number): number => losses.at(index) ?? Number.NaN;
const lasting = (trained: Trained): number => lossAt(curveOf(trained, FUSED_ID), -1);

/** Every policy for the moments of new weights, late in training with Adam. */
export async function naiveMoments(scale: Scale): Promise<MeasuredTable> {
  const { device, seeds, steps } = scale;
  const base = bare('naive-moments');
  const grow = steps(base.grow ?? 1500);
  const end = grow + steps(300);
  const policies: readonly MomentsPolicy[] = ['naive', 'reset', 'transfer', 'fill'];
  const rows: MeasuredRow[] = [];
  for (const moments of policies) {
    const [leaps, after, last]: number[][] = [[], [], []];
    for (const seed of seeds) {
      scale.note(`naive-moments: ${moments}, seed ${seed}`);
      const soon = (step: number): boolean => step >= grow && step <= grow + SOON;
      const trained = await train(device, { ...base, seed, moments, grow, steps: end }, soon);
      const curve = curveOf(trained, FUSED_ID);
      const start = lossAt(curve, 0);
      const worst = Math.max(...curve.losses.filter((_, i) => soon(curve.steps[i] ?? 0)));
      leaps?.push(worst - start);
      after?.push(start);
      last?.push(lasting(trained));
    }
    rows.push({
      label: MOMENTS_WORDS[moments].title,
      link: linkTo({ ...base, moments }),
      cells: { start: over(after ?? []), leap: over(leaps ?? []), end: over(last ?? []) },
    });
  }
  const leap = (index: number): number => meanOf(rows[index]?.cells['leap']);
  const calm = rows.slice(1);
  const most = Math.max(...calm.map(({ cells }) => meanOf(cells['leap'])));
  return {
    id: 'naive-moments',
    title: 'New weights without moments, late in training',
    setting: `Pronounce words of 3–5 letters; Adam, step size 0.003, mini-batches of 32; two small networks fused after ${count(grow)} steps. The held-out loss at the growth, the most it rises above that within ${SOON} steps, and the loss ${count(end - grow)} steps later, by what becomes of the optimizer's state.`,
    findings: [
      `With zero moments under the old step count the loss rises by ${loss(leap(0))} at most, in the mean of ${seeds.length} seeds; with the other policies by ${loss(Math.min(...calm.map(({ cells }) => meanOf(cells['leap']))))} to ${loss(most)}.`,
      `After ${count(end - grow)} steps the four are at ${rows.map(({ cells }) => loss(meanOf(cells['end']))).join(', ')}.`,
    ],
    command: commandOf({ ...base, pace: 'max' }),
    seeds,
    columns: [
      { key: 'start', label: 'loss at the growth', decimals: 3 },
      { key: 'leap', label: `most it rises in ${SOON} steps`, decimals: 3 },
      { key: 'end', label: `loss after ${count(end - grow)}`, decimals: 3 },
    ],
    rows,
  };
}

/** A network fused with itself, with and without noise between the copies, beside the small one trained on. */
export async function symmetry(scale: Scale): Promise<MeasuredTable> {
  const { device, steps } = scale;
  const seeds = scale.several;
  const presets = ['self-fusion', 'broken-symmetry'] as const;
  const rows: MeasuredRow[] = [];
  for (const preset of presets) {
    const base = bare(preset, { baseline: ['alone'] });
    const grow = steps(base.grow ?? 100);
    const [apart, fused, alone]: number[][] = [[], [], []];
    for (const seed of seeds) {
      scale.note(`symmetry: ${preset}, seed ${seed}`);
      const trained = await train(device, { ...base, seed, grow, steps: grow + steps(200) }, scale.every);
      const parameters = trained.finals.get(FUSED_ID)?.parameters;
      if (!parameters) throw new Error(`${preset} ended without ${FUSED_ID}`);
      apart?.push(twinDistance(parameters, base.k).total);
      fused?.push(lasting(trained));
      alone?.push(lossAt(curveOf(trained, ALONE_ID), -1));
    }
    rows.push({
      label: base.offDiagonal === 'zero' ? 'Exact copies, zero between them' : `Noise of ${base.sigma} between the copies`,
      link: linkTo(base),
      cells: { apart: over(apart ?? []), fused: over(fused ?? []), alone: over(alone ?? []) },
    });
  }
  return {
    id: 'symmetry',
    title: 'The symmetry trap, and noise against it',
    setting: `Pronounce 64 words, full batch, gradient descent at a step size of 1.2 / λ; one small network fused with its copy after 100 steps of 300. How far apart the halves are at the end, relative to their size, the training loss there, and that of the small network trained on alone.`,
    findings: symmetryFindings(rows),
    command: commandOf(bare('self-fusion', { baseline: ['alone'] })),
    seeds,
    columns: [
      { key: 'apart', label: 'halves apart' },
      { key: 'fused', label: 'loss, fused', decimals: 3 },
      { key: 'alone', label: 'loss, small alone', decimals: 3 },
    ],
    rows,
  };
}

function symmetryFindings(rows: readonly MeasuredRow[]): string[] {
  const [trapped, free] = rows.map(({ cells }) => cells);
  const mean = (cell: MeasuredCell | undefined): string => loss(meanOf(cell));
  return [
    `Exact copies are ${meanOf(trapped?.['apart']).toPrecision(1)} apart at the end; noise leaves them ${meanOf(free?.['apart']).toFixed(2)} apart.`,
    `At the end, in the mean: exact copies at ${mean(trapped?.['fused'])}, with noise at ${mean(free?.['fused'])}, the small one alone at ${mean(trapped?.['alone'])}.`,
    `Exact copies, which train like the small network with other step sizes for its embedding and head, end ${lowerWords(trapped?.['fused'], trapped?.['alone'])} than the small one alone.`,
    `Noise ends ${lowerWords(free?.['fused'], trapped?.['fused'])} than exact copies.`,
  ];
}
