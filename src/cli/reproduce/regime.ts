/**
 * When fusing wins and when it does not: the held-out loss at equal total compute, for small networks that have learnt
 * what they can, and for ones that are too small for the task. Everyone may choose among the same step sizes and
 * whether to decay them, in hindsight.
 */
import type { Experiment, ModelSize, StepSize } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { bestWithin, trial, type Trial, type Way } from '../measure/budget.ts';
import { over } from '../measure/document.ts';
import { lowestOf, lowestWords, meanWords } from '../measure/lowest.ts';
import { operationsOfStep } from '../measure/train.ts';
import { DECAY, decayed } from './decay.ts';
import { ensembles } from './ensembles.ts';
import { commandOf, count, doubled, leastOf, plain, type Scale, STEP_SIZES, single } from './scale.ts';

interface Regime {
  readonly id: string;
  readonly title: string;
  readonly model: ModelSize;
  readonly examples: number;
  /** Steps of each source before the growth. */
  readonly grow: number;
  /** In steps of the large model. */
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  /** Where a network that never grows may begin to decay its step size: small ones, the large one. */
  readonly decays: { readonly small: readonly number[]; readonly large: readonly number[] };
}

const MOST_SMALL = 4;
const FUSED_KEPT = 'Two small, fused, step size kept';
const FUSED = 'Two small, fused, step size decayed';

/** The preset: few words, of which the small networks have learnt what they can. */
export const saturated = (scale: Scale): Promise<MeasuredTable> => {
  const { model, examples, grow } = presetExperiment('fusing-wins');
  return regime(scale, {
    id: 'fusing-wins',
    title: 'Few words: small networks that have learnt what they can, fused',
    model,
    examples,
    grow: grow ?? 1500,
    budgets: [700, 900, 1100, 1300, 1700, 2500],
    seeds: scale.fresh,
    decays: { small: [1000, 1300, 1600], large: [600, 1000, 1400, 2200] },
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
    budgets: [1000, 2000, 3000, 4000],
    seeds: scale.seeds,
    decays: { small: [2000, 3000], large: [1700, 2700, 3700] },
  });

export const tooSmall = (scale: Scale): Promise<MeasuredTable> =>
  regime(scale, {
    id: 'fusing-too-small',
    title: 'Small networks that are too small for the task, fused',
    model: { d: 8, ff: 16, heads: 1, dkv: 8, layers: 1 },
    examples: 8500,
    grow: 2000,
    budgets: [1000, 2000, 3000, 4000],
    seeds: scale.seeds,
    decays: { small: [2000, 3000], large: [1700, 2700, 3700] },
  });

/** Trials of a row, for one seed. */
type Trials = (seed: number) => Promise<readonly Trial[]>;

async function regime(scale: Scale, { id, title, model, examples, grow, budgets, seeds, decays: all }: Regime): Promise<MeasuredTable> {
  const { device, steps, every } = scale;
  const base = plain({ model, examples, probe: 500 });
  const unit = await operationsOfStep(base, doubled(model));
  /** The cost of a step of the small model, in steps of the large one. */
  const share = (await operationsOfStep(base, model)) / unit;
  const most = steps(budgets.at(-1) ?? 0);
  const tail = steps(DECAY);
  // A smoke test needs one of each.
  const sizes = scale.quick ? STEP_SIZES.slice(1, 2) : STEP_SIZES;
  const few = (of: readonly number[]): readonly number[] => (scale.quick ? of.slice(0, 1) : of);
  const decays = { small: few(all.small), large: few(all.large) };
  const constant = (h: number): StepSize => ({ kind: 'constant', value: h });
  const falling = (h: number, at: number): StepSize => ({ kind: 'table', table: decayed(h, at) });

  /** One that grows at a step, its step size kept or decayed after it. */
  const growing =
    (changes: Partial<Experiment>, sources: number, at: number, decay: boolean): Trials =>
    async (seed) => {
      const left = Math.max(every, Math.ceil(most - sources * at * share));
      const ways = sizes.map((h): Way => {
        const h2 = decay ? falling(h, at + steps(100)) : null;
        return {
          model: 'M',
          experiment: () => ({
            ...base,
            ...changes,
            seed,
            h: constant(h),
            h2,
            grow: at,
            steps: at + (decay ? Math.min(left, 2 * tail) : left),
          }),
        };
      });
      return trials(ways, seed, decay);
    };
  /** One network of a size that never grows, with each step size kept and decayed. */
  const never =
    (size: ModelSize, length: number, at: readonly number[]): Trials =>
    async (seed) => {
      const way = (h: StepSize, n: number): Way => ({ model: 'A', experiment: () => ({ ...single(base, size, n), h, seed }) });
      const kept = sizes.map((h) => way(constant(h), length));
      const fallen = sizes.flatMap((h) => at.map((from) => way(falling(h, steps(from)), steps(from) + tail)));
      return [...(await trials(kept, seed, false)), ...(await trials(fallen, seed, true))];
    };
  const trials = async (ways: readonly Way[], seed: number, isOver: boolean): Promise<readonly Trial[]> => {
    const found: Trial[] = [];
    for (const way of ways) found.push({ ...(await trial(device, way, seed, every)), over: isOver });
    return found;
  };
  /** Small networks side by side: what the first of them and each ensemble of them come to, by seed. */
  const together = new Map<number, Map<number, Trial[]>>();
  const asked = async (seed: number): Promise<Map<number, Trial[]>> => {
    const known = together.get(seed);
    if (known) return known;
    const found = new Map<number, Trial[]>();
    together.set(seed, found);
    const longest = Math.max(every, Math.ceil(most / (2 * share)));
    const take = async (h: StepSize, length: number, isOver: boolean): Promise<void> => {
      for (const [networks, each] of await ensembles(device, { ...base, seed, h }, MOST_SMALL, length, every))
        found.set(networks, [...(found.get(networks) ?? []), { ...each, over: isOver }]);
    };
    for (const h of sizes) {
      await take(constant(h), Math.min(longest, steps(2 * grow)), false);
      for (const at of decays.small) await take(falling(h, steps(at)), steps(at) + tail, true);
    }
    return found;
  };

  const ways: readonly (readonly [string, Trials])[] = [
    ['Large, from scratch', never(doubled(model), most, decays.large)],
    [
      'One small, alone',
      async (seed) => [...(await never(model, Math.ceil(most / share), [])(seed)), ...((await asked(seed)).get(1) ?? [])],
    ],
    [FUSED_KEPT, growing({}, 2, steps(grow), false)],
    [FUSED, growing({}, 2, steps(grow), true)],
    [
      `One small, fused with itself after ${count(2 * grow)} (noise 0.3), step size decayed`,
      growing({ operator: 'self', offDiagonal: 'noise', sigma: 0.3 }, 1, steps(2 * grow), true),
    ],
    ...[2, 3, 4].map(
      (networks) =>
        [
          `${['Two', 'Three', 'Four'][networks - 2] ?? ''} small, averaged, not fused`,
          async (seed: number) => (await asked(seed)).get(networks) ?? [],
        ] as const,
    ),
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, of] of ways) {
    const bySeed: (readonly Trial[])[] = [];
    for (const seed of seeds) {
      scale.note(`${id}: ${label}, seed ${seed}`);
      bySeed.push(await of(seed));
    }
    const within = budgets.map(
      (budget) => [`at${budget}`, over(bySeed.map((each) => leastOf(each, (one) => bestWithin(one, steps(budget) * unit))))] as const,
    );
    rows.push({ label, cells: Object.fromEntries(within) });
  }
  return {
    id,
    title,
    setting: `Pronounce words of 3–5 letters, ${count(examples)} to learn from; width ${model.d} + ${model.d} into ${2 * model.d}, fused after ${count(grow)} steps; Adam, mini-batches of 32. Everyone has the best of the step sizes ${STEP_SIZES.join(', ')}, kept or decayed (to a third for 100 steps, then to a tenth; for the fused network 100 steps after the growth), chosen in hindsight. The lowest loss so far on 500 held-out words (early stopping) within a total compute, counted in steps of the large network, of which a small step costs ${share.toFixed(2)}. “Averaged” is the loss of the mean of the small networks’ logits; they cost what they cost apart.`,
    findings: findings(rows, budgets),
    command: commandOf({
      ...base,
      grow,
      h2: falling(0.003, grow + 100),
      steps: grow + 2 * DECAY,
      baseline: ['scratch', 'alone', 'ensemble'],
    }),
    seeds,
    columns: budgets.map((budget) => ({ key: `at${budget}`, label: `within ${count(budget)}`, decimals: 3 })),
    rows,
  };
}

/**
 * Who is lowest at each budget as far as the seeds can tell, and where the fused network is if it is not among them.
 */
function findings(rows: readonly MeasuredRow[], budgets: readonly number[]): string[] {
  return budgets.flatMap((budget) => {
    const key = `at${budget}`;
    const found = lowestOf(rows, key);
    if (!found) return [];
    const named = [found.row, ...found.level, ...found.above.slice(0, 1)];
    const fused = lowestOf(
      rows.filter(({ label }) => label === FUSED || label === FUSED_KEPT),
      key,
    )?.row;
    const own = fused && !named.includes(fused) ? `; “${fused.label}” ${meanWords(fused.cells[key])}` : '';
    return [`Within ${count(budget)}: ${lowestWords(rows, key)}${own}.`];
  });
}
