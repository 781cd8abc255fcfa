/**
 * The training of the sources seen in the coordinates of the model that they grow into, for the composite of two stages
 * (composite.ts). Every inherited block of the large model is factor × the source's block, so with L1 = Σ over the
 * sources of L_m, as a function of these blocks:
 *     ∂L1/∂block = ∂L_m/∂source / factor,
 *     a step -h·∇L_m of a source is a step -h·P·g1 of its blocks, P = factor²
 * (1/k² on the untied head of a fusion of k, 1 elsewhere); L1 does not depend on the new coordinates. A self-fusion has
 * one such part a copy, all trained alike.
 */
import type { Pool } from '../../engine/device.ts';
import { sizeOf, type HostTensor, type NamedTensors } from '../../engine/named-tensors.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type HessianProduct, type Objective } from '../../engine/vector-space.ts';
import { blocksOf, copyBlock, extent, forEachIndex, isInherited, type InheritedBlock, type Provenance } from '../../fusion/provenance.ts';
import type { PoolSpace, T5Objective } from '../../training/t5-objective.ts';
import type { SplitNorm, TwoStages } from './composite.ts';

/** A trained model that the large one is made of: one a source, or one a copy. */
interface GrowthPart {
  readonly origin: number;
  /** By name of the large model's tensor. */
  readonly blocks: Map<string, InheritedBlock>;
}

/** Parts by source and copy. Throws where the large model is not made of whole sources side by side. */
function partsOf(provenance: Provenance, sources: readonly T5Objective[]): GrowthPart[] {
  const parts: GrowthPart[] = [];
  for (const [name, blocks] of provenance) {
    const seen = new Map<number, number>();
    for (const block of blocks.filter(isInherited)) {
      const copy = seen.get(block.origin) ?? 0;
      seen.set(block.origin, copy + 1);
      const layout = sources[block.origin]?.space.layout.slices.get(block.sourceName);
      const whole = layout !== undefined && block.sourceRow === 0 && block.sourceColumn === 0 && block.rows * block.columns === layout.size;
      if (!whole || block.sourceName !== name)
        throw new Error(
          `the composite is known for fusions only, in which every source stands whole; ${name} holds a part of source ${block.origin}'s ${block.sourceName}`,
        );
      let part = parts.filter(({ origin }) => origin === block.origin)[copy];
      if (part === undefined) parts.push((part = { origin: block.origin, blocks: new Map() }));
      part.blocks.set(name, block);
    }
  }
  const incomplete = parts.find(({ origin, blocks }) => blocks.size !== sources[origin]!.space.layout.slices.size);
  if (parts.length < 2 || incomplete !== undefined)
    throw new Error('the composite is known for fusions only, in which two or more sources stand whole, block by block');
  return parts;
}

/** L1 at a point of the large model's space: its gradient goes into a pool, if one is given. */
interface Evaluation {
  readonly theta: Pool;
  readonly gradient: Pool | null;
  readonly wantLoss: boolean;
}

/**
 * L1, P, and the split into inherited and new coordinates. `dispose` gives back what was made here; the sources'
 * objectives stay the caller's.
 */
export interface GrowthCoordinates extends Omit<TwoStages<Pool>, 'after'> {
  readonly before: Objective<Pool>;
  metric(vector: Pool): Promise<void>;
  split(vector: Pool): Promise<SplitNorm>;
  dispose(): void;
}

export interface GrowthSpaces {
  readonly provenance: Provenance;
  /** Of the large model. */
  readonly space: PoolSpace;
  /** The objectives of the sources, in the order that the provenance counts. */
  readonly sources: readonly T5Objective[];
}

/**
 * Vectors go through host memory: for a few evaluations at a growth, not for long trajectories.
 */
export function growthCoordinates({ provenance, space, sources }: GrowthSpaces): GrowthCoordinates {
  const parts = partsOf(provenance, sources);
  using own = new Resources();
  const scratch = sources.map(({ space: small }) => {
    const [theta, gradient] = createVectors(small, 2, own);
    return { theta, gradient };
  });
  const kept = own.move();

  const down = (large: NamedTensors, { origin, blocks }: GrowthPart): Map<string, HostTensor> =>
    new Map(
      [...blocks].map(([name, block]) => {
        const { shape } = sources[origin]!.space.layout.slices.get(name)!;
        const small: HostTensor = { shape, data: new Float32Array(sizeOf(shape)) };
        const place = { ...block, row: 0, column: 0, sourceRow: block.row, sourceColumn: block.column };
        copyBlock({ row: 0, column: 0, rows: block.rows, columns: block.columns }, place, 1 / block.factor, large.get(name)!, small);
        return [name, small];
      }),
    );
  const zeros = (): Map<string, HostTensor> =>
    new Map([...space.layout.slices].map(([name, { shape }]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }]));

  /** Σ of the sources' losses with `evaluate`, and their gradients as one of the large model if wanted. */
  const evaluate = async ({ theta, gradient, wantLoss }: Evaluation): Promise<number> => {
    const large = await space.toTensors(theta);
    const collected = zeros();
    let loss = 0;
    for (const part of parts) {
      const objective = sources[part.origin]!;
      const own = scratch[part.origin]!;
      objective.space.writeTensors(down(large, part), own.theta);
      if (gradient === null) loss += await objective.loss(own.theta);
      else {
        if (wantLoss) loss += await objective.lossAndGradient(own.theta, own.gradient);
        else objective.gradient(own.theta, own.gradient);
        const found = await objective.space.toTensors(own.gradient);
        for (const [name, block] of part.blocks) copyBlock(block, block, 1 / block.factor, found.get(name)!, collected.get(name)!);
      }
    }
    if (gradient !== null) space.writeTensors(collected, gradient);
    return loss;
  };

  /** Whether no other part is a copy of the same source. */
  const sole = ({ origin }: GrowthPart): boolean => parts.filter((part) => part.origin === origin).length === 1;
  /** Products with the second derivative of L1: each part's own, block by block. */
  const hessianProduct = (): HessianProduct<Pool> => {
    using taken = new Resources();
    const places = sources.map((source) => {
      const product = taken.use(source.hessianProduct());
      const [v, out] = createVectors(source.space, 2, taken);
      return { product, v, out };
    });
    const products = taken.move();
    return {
      gradientsPerProduct: places[0]!.product.gradientsPerProduct,
      async apply(theta, v, out, unmoved) {
        const [point, direction] = [await space.toTensors(theta), await space.toTensors(v)];
        const collected = zeros();
        for (const part of parts) {
          const objective = sources[part.origin]!;
          const place = places[part.origin]!;
          objective.space.writeTensors(down(point, part), scratch[part.origin]!.theta);
          objective.space.writeTensors(down(direction, part), place.v);
          await place.product.apply(scratch[part.origin]!.theta, place.v, place.out, unmoved && sole(part));
          const found = await objective.space.toTensors(place.out);
          for (const [name, block] of part.blocks) copyBlock(block, block, 1 / block.factor, found.get(name)!, collected.get(name)!);
        }
        space.writeTensors(collected, out);
      },
      dispose: () => products.dispose(),
    };
  };
  return {
    before: {
      space,
      hessianProduct,
      loss: (theta) => evaluate({ theta, gradient: null, wantLoss: true }),
      lossAndGradient: (theta, gradient) => evaluate({ theta, gradient, wantLoss: true }),
      async gradient(theta, gradient) {
        await evaluate({ theta, gradient, wantLoss: false });
      },
    },
    async metric(vector) {
      const tensors = await space.toTensors(vector);
      for (const { blocks } of parts) {
        for (const [name, block] of blocks) {
          if (block.factor === 1) continue;
          const { shape, data } = tensors.get(name)!;
          forEachIndex(block, extent(shape).columns, (index) => (data[index] = block.factor ** 2 * data[index]!));
        }
      }
      space.writeTensors(tensors, vector);
    },
    async split(vector) {
      return splitNorm(await space.toTensors(vector), provenance);
    },
    dispose: () => kept.dispose(),
  };
}

/** Norms of a vector of the large model on the inherited and on the new weights. */
export function splitNorm(vector: NamedTensors, provenance: Provenance): SplitNorm {
  const sums = { old: 0, new: 0 };
  for (const [name, { shape, data }] of vector) {
    for (const block of blocksOf(provenance, name))
      forEachIndex(block, extent(shape).columns, (index) => (sums[isInherited(block) ? 'old' : 'new'] += data[index]! ** 2));
  }
  return { old: Math.sqrt(sums.old), new: Math.sqrt(sums.new), total: Math.sqrt(sums.old + sums.new) };
}
