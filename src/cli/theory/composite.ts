/**
 * Two stages of training as one flow, on T5 itself in float32: the orders of its error with the metric forgotten,
 * without the bracket and with it; and how many steps its window holds.
 */
import type { Pool } from '../../engine/device.ts';
import type { MeasuredTable } from '../../experiment/measured.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { inherit } from '../../fusion/provenance.ts';
import { parameterShapes } from '../../model/config.ts';
import {
  type CompositeTerms,
  compositeFlowFromProducts,
  COMPOSITE_WINDOW,
  growthBracket,
  type TwoStages,
} from '../../theory/growth/composite.ts';
import { displaced, displacedProduct } from '../../theory/curvature/displaced.ts';
import { growthCoordinates } from '../../theory/growth/growth-coordinates.ts';
import { fixedSubsteps } from '../../theory/integrate/integrators.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { meanOf, over } from '../measure/document.ts';
import { descend, laboratory, type Laboratory } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

const WITH: CompositeTerms = { modified: true, bracket: true };
const WITHOUT: CompositeTerms = { modified: true, bracket: false };
const VARIANTS = [
  { label: 'Metric forgotten (theory: 1)', terms: WITH, metric: false },
  { label: 'Without bracket (theory: 2)', terms: WITHOUT, metric: true },
  { label: 'With bracket (theory: 3)', terms: WITH, metric: true },
] as const;
/** Steps before the two stages begin, and their step size. */
const WARM_UP = 20;
const WARM_STEP = 0.02;
/** Step sizes of the orders; after the growth 0.7 of them. */
const SIZES = [0.004, 0.002, 0.001] as const;
const AFTER = 0.7;
/** Steps of each stage. */
const STEPS = { before: 3, after: 2 } as const;
const WINDOWS = [1, 4, 16, 32] as const;
const WINDOW_STEP = 0.02;

interface Grown {
  readonly stages: TwoStages<Pool>;
  /** ‖the composite's end - the run's end‖ for each variant, for so many steps of these sizes. */
  errors(
    n1: number,
    n2: number,
    h1: number,
    variants: readonly { readonly terms: CompositeTerms; readonly metric: boolean }[],
  ): Promise<number[]>;
  bracket(n: number, h: number): Promise<{ readonly effect: number; readonly drop: number; readonly nhl: number }>;
}

async function grownLaboratory({ small, large, starts, grow }: Laboratory): Promise<Grown> {
  const thetas = starts();
  for (const theta of thetas) await descend(small, theta, WARM_STEP, WARM_UP);
  const growth = await grow(thetas);
  const { space } = large;
  const theta = space.fromTensors(growth.parameters);
  const coordinates = growthCoordinates({ provenance: growth.provenance, space, sources: thetas.map(() => small) });
  // As displacements from the growth point: in float32 orders would drown in the rounding of θ.
  const stages: TwoStages<Pool> = { ...coordinates, before: displaced(coordinates.before, theta), after: displaced(large, theta) };
  const products = { before: displacedProduct(coordinates.before, theta), after: displacedProduct(large, theta) };
  return {
    stages,
    async errors(n1, n2, h1, variants) {
      const h2 = AFTER * h1;
      const displacements = [];
      for (const start of thetas) {
        const [moved, gradient, objective] = [small.space.create(), small.space.create(), displaced(small, start)];
        small.space.scale(0, moved);
        for (let i = 0; i < n1; i++) {
          await objective.lossAndGradient(moved, gradient);
          small.space.axpy(-h1, gradient, moved);
        }
        displacements.push(await small.space.toTensors(moved));
        for (const pool of [moved, gradient]) small.space.dispose(pool);
      }
      const run = space.fromTensors(inherit(parameterShapes(growth.config), growth.provenance, displacements));
      const gradient = space.create();
      for (let i = 0; i < n2; i++) {
        await stages.after.lossAndGradient(run, gradient);
        space.axpy(-h2, gradient, run);
      }
      const found: number[] = [];
      for (const { terms, metric } of variants) {
        const flow = compositeFlowFromProducts(
          { ...stages, metric: metric ? coordinates.metric : (): void => {} },
          { a: n1 * h1, b: n2 * h2, h1, h2 },
          products,
          terms,
        );
        const moved = space.create();
        space.scale(0, moved);
        for await (const _spent of fixedSubsteps(space, 1).step(flow, moved, 1));
        space.axpy(-1, run, moved);
        found.push(Math.sqrt(await space.dot(moved, moved)));
        flow.dispose();
        space.dispose(moved);
      }
      space.dispose(run);
      space.dispose(gradient);
      return found;
    },
    async bracket(n, h) {
      const { lambda } = await new SharpnessProbe(large).measure(theta);
      const times = { a: n * h, b: n * AFTER * h, h1: h, h2: AFTER * h };
      const { effectOnLoss, firstOrderChange, timeTimesLambda } = await growthBracket({
        ...coordinates,
        after: large,
        theta,
        lambda,
        ...times,
      });
      return { effect: effectOnLoss, drop: -firstOrderChange, nhl: timeTimesLambda };
    },
  };
}

/** Orders of the error, as the step sizes are halved. */
export async function compositeOrders(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('composite');
  const bySeed: number[][][] = [];
  for (const seed of seeds) {
    scale.note(`composite, seed ${seed}`);
    const lab = await laboratory(scale.device, { ...presetExperiment('edge'), seed });
    const { errors } = await grownLaboratory(lab);
    const rows: number[][] = [];
    for (const h of SIZES) rows.push(await errors(STEPS.before, STEPS.after, h, VARIANTS));
    bySeed.push(rows);
    lab.dispose();
  }
  const order = (rows: readonly number[][], i: number, variant: number): number =>
    Math.log2((rows[i]?.[variant] ?? Number.NaN) / (rows[i + 1]?.[variant] ?? Number.NaN));
  const rows = VARIANTS.map(({ label }, variant) => ({
    label,
    cells: Object.fromEntries(SIZES.slice(1).map((h, i) => [`h${h}`, over(bySeed.map((each) => order(each, i, variant)))])),
  }));
  return {
    id: 'composite',
    title: 'Growth as one flow: orders',
    setting: `Sort, two networks after ${WARM_UP} steps of ${WARM_STEP}: ${STEPS.before} more steps, the fusion, ${STEPS.after} steps with ${AFTER} of the step size, against one flow of both stages. The order is how many times the distance halves when the step sizes are halved.`,
    findings: [
      `At the smallest step sizes: ${rows.map(({ label, cells }) => `${label} ${meanOf(cells[`h${SIZES.at(-1)}`]).toFixed(2)}`).join(', ')}.`,
    ],
    command: 'npm run validate-theory -- --only composite',
    link: formatLink({ ...presetExperiment('edge'), predict: ['composite'] }),
    seeds,
    columns: SIZES.slice(1).map((h, i) => ({ key: `h${h}`, label: `${SIZES[i]} to ${h}`, decimals: 2 })),
    rows,
  };
}

/** Where the bracket improves the prediction, and where it makes it worse. */
export async function compositeWindow(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('composite-window');
  const values = WINDOWS.map(() => ({ nhl: [] as number[], without: [] as number[], with: [] as number[], effect: [] as number[] }));
  for (const seed of seeds) {
    scale.note(`composite, its window, seed ${seed}`);
    const lab = await laboratory(scale.device, { ...presetExperiment('edge'), seed });
    const { errors, bracket } = await grownLaboratory(lab);
    for (const [i, n] of WINDOWS.entries()) {
      const [without, withIt] = await errors(n, n, WINDOW_STEP, [
        { terms: WITHOUT, metric: true },
        { terms: WITH, metric: true },
      ]);
      const { effect, nhl } = await bracket(n, WINDOW_STEP);
      values[i]?.nhl.push(nhl);
      values[i]?.without.push(without ?? Number.NaN);
      values[i]?.with.push(withIt ?? Number.NaN);
      values[i]?.effect.push(effect);
    }
    lab.dispose();
  }
  const rows = WINDOWS.map((n, i) => {
    const value = values[i] ?? { nhl: [], without: [], with: [], effect: [] };
    return {
      label: `${n} + ${n} steps`,
      cells: { nhl: over(value.nhl), without: over(value.without), with: over(value.with), effect: over(value.effect) },
    };
  });
  const better = rows.filter(({ cells }) => meanOf(cells.with) < meanOf(cells.without));
  return {
    id: 'composite-window',
    title: 'Growth as one flow: its window',
    setting: `The same networks, n steps of ${WINDOW_STEP} before and n after the fusion. Distance of the flow’s end from the run’s, in the weights; the bracket’s effect on the loss to first order. The page shows numbers up to n·h·λ = ${COMPOSITE_WINDOW}.`,
    findings: [
      `With the bracket the flow is closer for ${better.length === 0 ? 'none of these' : better.map(({ label }) => label).join(', ')}; ${better.length === rows.length ? 'its window was not left' : 'beyond, it makes things worse'}.`,
    ],
    command: 'npm run validate-theory -- --only composite-window',
    link: formatLink({ ...presetExperiment('edge'), predict: ['composite'] }),
    seeds,
    columns: [
      { key: 'nhl', label: 'n·h·λ', decimals: 2 },
      { key: 'without', label: 'off by, without bracket' },
      { key: 'with', label: 'off by, with bracket' },
      { key: 'effect', label: 'effect on the loss' },
    ],
    rows,
  };
}
