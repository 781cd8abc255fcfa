/**
 * When fusing wins and when it does not: the held-out loss at equal total compute, for small networks that have learnt
 * what they can, and for ones that are too small for the task.
 */
import type { Experiment, ModelSize } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { bestWithin, trial, type Trial, type Way } from '../measure/budget.ts';
import { meanOf, over } from '../measure/document.ts';
import { operationsOfStep } from '../measure/train.ts';
import { bare, commandOf, count, doubled, leastOf, loss, type Scale, scratchWays, single } from './scale.ts';

interface Regime {
  readonly id: string;
  readonly title: string;
  readonly model: ModelSize;
  readonly examples: number;
  /** Steps of each source before the growth. */
  readonly grow: number;
  /** In steps of the large model. */
  readonly budgets: readonly number[];
}

const SCRATCH = 'Large, from scratch (best of 3 step sizes)';
const ALONE = 'Small, alone';

/** The preset: few words, of which the small networks have learnt what they can. */
export const saturated = (scale: Scale): Promise<MeasuredTable> => {
  const { model, examples, grow } = presetExperiment('fusing-wins');
  return regime(scale, {
    id: 'fusing-wins',
    title: 'Few words: small networks that have learnt what they can, fused',
    model,
    examples,
    grow: grow ?? 1500,
    budgets: [500, 1000, 1500, 2000, 3000],
  });
};

/** More words: the large network from scratch overfits less, and catches up. */
export const manyWords = (scale: Scale): Promise<MeasuredTable> =>
  regime(scale, {
    id: 'fusing-even',
    title: 'Three times as many words',
    model: presetExperiment('fusing-wins').model,
    examples: 8500,
    grow: 2000,
    budgets: [1000, 2000, 3000, 4000, 6000],
  });

export const tooSmall = (scale: Scale): Promise<MeasuredTable> =>
  regime(scale, {
    id: 'fusing-too-small',
    title: 'Small networks that are too small for the task, fused',
    model: { d: 8, ff: 16, heads: 1, dkv: 8, layers: 1 },
    examples: 8500,
    grow: 2000,
    budgets: [1000, 2000, 3000, 4000, 6000],
  });

async function regime(scale: Scale, { id, title, model, examples, grow, budgets }: Regime): Promise<MeasuredTable> {
  const { device, seeds, steps, every } = scale;
  const base = bare('fusing-wins', { model, examples, probe: 500 });
  const unit = await operationsOfStep(base, doubled(model));
  /** What a step of the small model costs, in steps of the large one. */
  const share = (await operationsOfStep(base, model)) / unit;
  const most = steps(budgets.at(-1) ?? 0);
  const growing = (changes: Partial<Experiment>, sources: number, at: number): Way => ({
    model: 'M',
    experiment: (seed) => ({ ...base, ...changes, seed, grow: at, steps: at + Math.max(every, Math.ceil(most - sources * at * share)) }),
  });
  const ways: readonly (readonly [string, readonly Way[]])[] = [
    [SCRATCH, scratchWays(base, doubled(model), most)],
    [ALONE, [{ model: 'A', experiment: (seed) => ({ ...single(base, model, Math.ceil(most / share)), seed }) }]],
    [`Two small, fused after ${count(grow)} steps`, [growing({}, 2, steps(grow))]],
    [
      `One small, fused with itself after ${count(2 * grow)} (noise 0.3)`,
      [growing({ operator: 'self', offDiagonal: 'noise', sigma: 0.3 }, 1, steps(2 * grow))],
    ],
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, of] of ways) {
    const bySeed: Trial[][] = [];
    for (const seed of seeds) {
      scale.note(`${id}: ${label}, seed ${seed}`);
      const trials: Trial[] = [];
      for (const way of of) trials.push(await trial(device, way, seed, every));
      bySeed.push(trials);
    }
    const within = budgets.map(
      (budget) => [`at${budget}`, over(bySeed.map((trials) => leastOf(trials, (each) => bestWithin(each, steps(budget) * unit))))] as const,
    );
    const end = over(bySeed.map((trials) => leastOf(trials, ({ curve }) => curve.losses.at(-1) ?? null)));
    rows.push({ label, cells: { ...Object.fromEntries(within), end } });
  }
  return {
    id,
    title,
    setting: `Pronounce words of 3–5 letters, ${count(examples)} to learn from; width ${model.d} + ${model.d} into ${2 * model.d}; Adam, step size 0.003, mini-batches of 32. The lowest loss so far on 500 held-out words (early stopping) within a total compute, counted in steps of the large network, of which a small step costs ${share.toFixed(2)}. The last column is the loss at the end, without early stopping.`,
    findings: findings(rows, budgets),
    command: commandOf({ ...base, grow, steps: 2 * grow, baseline: ['scratch', 'alone'] }),
    seeds,
    columns: [
      ...budgets.map((budget) => ({ key: `at${budget}`, label: `within ${count(budget)}`, decimals: 3 })),
      { key: 'end', label: 'at the end', decimals: 3 },
    ],
    rows,
  };
}

/** Who is lowest, for how many budgets on end, and by how much at the last of them. */
function findings(rows: readonly MeasuredRow[], budgets: readonly number[]): string[] {
  const groups: { winner: string; budgets: string[]; last: string }[] = [];
  for (const budget of budgets) {
    const at = rows
      .map((row) => ({ label: row.label, mean: meanOf(row.cells[`at${budget}`]) }))
      .filter(({ mean }) => Number.isFinite(mean));
    const [first, second] = at.toSorted((a, b) => a.mean - b.mean);
    if (!first || !second) continue;
    const last = `${loss(first.mean)} within ${count(budget)}, and ${loss(second.mean)} for “${second.label}”`;
    const group = groups.at(-1);
    if (group?.winner === first.label) {
      group.budgets.push(count(budget));
      group.last = last;
    } else groups.push({ winner: first.label, budgets: [count(budget)], last });
  }
  return groups.map((group) => `Within ${group.budgets.join(', ')}: “${group.winner}” is lowest (${group.last}).`);
}
