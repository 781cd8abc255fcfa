/**
 * The composite of two stages on the golden T5s, in float32 on the wasm device: norms, effects, and the orders 1, 2 and
 * 3.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import type { Pool } from '../../engine/device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { WasmDevice } from '../../engine/wasm/wasm-device.ts';
import { fuse } from '../../fusion/operators/fuse.ts';
import type { Growth, GrowthOptions } from '../../fusion/operators/operator.ts';
import { inherit } from '../../fusion/provenance.ts';
import { growthOperator } from '../../fusion/operators/registry.ts';
import { selfFuse } from '../../fusion/operators/self-fuse.ts';
import { goldenCase, goldenModel } from '../../fusion/testing/golden.ts';
import { type Inputs, toBatch } from '../../fusion/testing/on-device.ts';
import { parameterShapes } from '../../model/config.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import {
  type CompositeTerms,
  compositeFlow,
  compositeFlowFromProducts,
  growthBracket,
  type SplitNorm,
  type TwoStages,
} from './composite.ts';
import { type GrowthCoordinates, growthCoordinates, splitNorm } from './growth-coordinates.ts';
import type { Flow } from '../flows/flows.ts';
import { fixedSubsteps } from '../integrate/integrators.ts';
import { orders } from '../testing/analytic.ts';
import { displaced, displacedProduct } from '../curvature/displaced.ts';

interface Norms extends SplitNorm {
  readonly first_order_effect_on_L2_per_ab_half?: number;
}
type Variant = 'euclidean_all_terms' | 'plain' | 'modified' | 'bracket_only' | 'modified_and_bracket';
interface CompositeCase extends Readonly<Record<'g1' | 'g2' | 'bracket_with_metric', Norms>> {
  readonly inputs: Inputs;
  readonly loss_L1: number;
  readonly loss_L2: number;
  readonly composite: {
    readonly n1: number;
    readonly n2: number;
    readonly rows: readonly (Readonly<Record<'h1' | 'h2', number>> & {
      readonly error: Readonly<Record<Variant, number>>;
      readonly error_new_coordinates: Readonly<Record<Variant, number>>;
    })[];
  };
  readonly tolerance: { readonly losses: number; readonly norms: number };
}

const OPTIONS: GrowthOptions = { norm: 'shared', offDiagonal: 'zero', sigma: 0 };
const PLAIN: CompositeTerms = { modified: false, bracket: false };
const TERMS: Readonly<Record<Variant, CompositeTerms>> = {
  euclidean_all_terms: { modified: true, bracket: true },
  plain: PLAIN,
  modified: { ...PLAIN, modified: true },
  bracket_only: { ...PLAIN, bracket: true },
  modified_and_bracket: { modified: true, bracket: true },
};

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

interface Laboratory {
  readonly golden: CompositeCase;
  readonly growth: Growth;
  readonly sources: readonly T5Objective[];
  readonly starts: readonly Pool[];
  readonly large: T5Objective;
  readonly theta: Pool;
  readonly coordinates: GrowthCoordinates;
}

async function laboratory(name: string, operator: 'fuse' | 'self' = 'fuse'): Promise<Laboratory> {
  const golden = goldenCase<CompositeCase>(name);
  const models = (operator === 'fuse' ? ['source-0', 'source-1'] : ['source-0']).map((folder) => goldenModel(`${name}/${folder}`));
  const growth = (operator === 'fuse' ? fuse : selfFuse).grow(models, OPTIONS, stream(0, 'test'));
  const batch = toBatch(golden.inputs);
  const sources: T5Objective[] = [];
  for (const { config } of models) sources.push(await T5Objective.create(device, config, batch));
  const large = await T5Objective.create(device, growth.config, batch);
  return {
    golden,
    growth,
    sources,
    starts: models.map(({ parameters }, m) => sources[m]!.space.fromTensors(parameters)),
    large,
    theta: large.space.fromTensors(growth.parameters),
    coordinates: growthCoordinates({ provenance: growth.provenance, space: large.space, sources }),
  };
}

describe.each(['theory-t5-composite', 'theory-t5-composite-self'])('%s', (name) => {
  let t5: Laboratory;
  beforeAll(async () => {
    t5 = await laboratory(name);
  });

  it('has the reference losses, norms, and effect of the bracket', async () => {
    const { golden, large, coordinates, theta } = t5;
    // The reference has the mean of the sources' losses for L1, here it is their sum: P·g1 and P·H1·g2 are the same.
    expect(Math.abs((await coordinates.before.loss(theta)) / 2 / golden.loss_L1 - 1)).toBeLessThan(golden.tolerance.losses);
    expect(Math.abs((await large.loss(theta)) / golden.loss_L2 - 1)).toBeLessThan(golden.tolerance.losses);
    const report = await growthBracket({ ...coordinates, after: large, theta, a: 0.006, b: 0.0028, h1: 0.002, h2: 0.0014, lambda: 20 });
    const check = (ours: SplitNorm, wanted: Norms, scale = 1): void => {
      for (const part of ['old', 'new', 'total'] as const)
        expect(Math.abs(ours[part] / scale - wanted[part]), part).toBeLessThan(golden.tolerance.norms * (wanted[part] || wanted.total));
    };
    check(report.g1, golden.g1, 2);
    check(report.g2, golden.g2);
    check(report.bracket, golden.bracket_with_metric);
    const effect = ((0.006 * 0.0028) / 2) * golden.bracket_with_metric.first_order_effect_on_L2_per_ab_half!;
    expect(Math.abs(report.effectOnLoss / effect - 1)).toBeLessThan(golden.tolerance.norms);
  });

  it('is off by the reference errors, of the orders 1, 2 and 3', async () => {
    const { golden, growth, sources, starts, large, theta, coordinates } = t5;
    const { n1, n2, rows } = golden.composite;
    const { space } = large;
    const stages: TwoStages<Pool> = {
      ...coordinates,
      before: displaced(coordinates.before, theta),
      after: displaced(large, theta),
    };
    const products = { before: displacedProduct(coordinates.before, theta), after: displacedProduct(large, theta) };
    const errors = new Map<string, { old: number; new: number; total: number }[]>();
    for (const { h1, h2 } of rows) {
      const displacements = [];
      for (const [m, source] of sources.entries()) {
        const moved = source.space.create();
        const [objective, gradient] = [displaced(source, starts[m]!), source.space.create()];
        for (let i = 0; i < n1; i++) {
          await objective.lossAndGradient(moved, gradient);
          source.space.axpy(-h1, gradient, moved);
        }
        displacements.push(await source.space.toTensors(moved));
      }
      const run = space.fromTensors(inherit(parameterShapes(growth.config), growth.provenance, displacements));
      const gradient = space.create();
      for (let i = 0; i < n2; i++) {
        await stages.after.lossAndGradient(run, gradient);
        space.axpy(-h2, gradient, run);
      }
      const times = { a: n1 * h1, b: n2 * h2, h1, h2 };
      const flows: Record<string, Flow<Pool>> = { four_gradients: compositeFlow(stages, times) };
      for (const [variant, terms] of Object.entries(TERMS)) {
        const metric = variant === 'euclidean_all_terms' ? (): void => {} : coordinates.metric;
        flows[variant] = compositeFlowFromProducts({ ...stages, metric }, times, products, terms);
      }
      for (const [variant, flow] of Object.entries(flows)) {
        const moved = space.create();
        for await (const _spent of fixedSubsteps(space, 1).step(flow, moved, 1));
        space.axpy(-1, run, moved);
        const list = errors.get(variant) ?? [];
        errors.set(variant, list);
        list.push(splitNorm(await space.toTensors(moved), growth.provenance));
        flow.dispose();
      }
    }
    // Metric forgotten: 1. A term of second order forgotten: 2. All of them: 3, also from four gradients, and on the
    // new weights.
    const expected = {
      euclidean_all_terms: 1,
      plain: 2,
      modified: 2,
      bracket_only: 2,
      modified_and_bracket: 3,
      four_gradients: 3,
    } as const;
    for (const [variant, order] of Object.entries(expected)) {
      const ours = errors.get(variant)!;
      for (const found of orders(ours.map(({ total }) => total))) expect(Math.abs(found - order), variant).toBeLessThan(0.1);
      if (variant === 'four_gradients') continue;
      for (const [i, row] of rows.entries()) {
        // The smallest, 5e-8 of ‖θ‖ = 30, is near the rounding of the gradients.
        const tolerance = variant === 'modified_and_bracket' ? 0.04 : 2e-3;
        expect(Math.abs(ours[i]!.total / row.error[variant as Variant] - 1), `${variant} ${row.h1}`).toBeLessThan(tolerance);
        expect(Math.abs(ours[i]!.new / row.error_new_coordinates[variant as Variant] - 1), `${variant} ${row.h1}, new`).toBeLessThan(
          4 * tolerance,
        );
      }
    }
  });
});

describe('growth coordinates', () => {
  it('of a self-fusion are those of a fusion of a model with itself', async () => {
    const [self, twice] = [await laboratory('theory-t5-composite-self', 'self'), await laboratory('theory-t5-composite-self')];
    const at = { a: 0.006, b: 0.0028, h1: 0.002, h2: 0.0014, lambda: 20 };
    const ours = await growthBracket({ ...self.coordinates, after: self.large, theta: self.theta, ...at });
    const other = await growthBracket({ ...twice.coordinates, after: twice.large, theta: twice.theta, ...at });
    expect(ours).toEqual(other);
    expect(ours.g1.new).toBe(0);
  });

  it('refuse a growth that is no fusion, and give their pools back', async () => {
    const t5 = await laboratory('theory-t5-composite-self', 'self');
    const before = device.bytes();
    growthCoordinates({ provenance: t5.growth.provenance, space: t5.large.space, sources: t5.sources }).dispose();
    expect(device.bytes()).toBe(before);
    const source = goldenModel('theory-t5-composite-self/source-0');
    const net2net = growthOperator('net2net').grow([source], OPTIONS, stream(0, 'test'));
    expect(() => growthCoordinates({ provenance: net2net.provenance, space: t5.large.space, sources: t5.sources })).toThrow(
      'the composite is known for fusions only',
    );
  });
});
