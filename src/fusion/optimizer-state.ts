/**
 * The optimizer's state at a growth: moments are averages of gradients, so they are carried over by the same
 * blocks as the weights, times the factor between the grown model's gradient and the source's.
 *
 * The factor. Let the grown model consist of k parts with weights c·θ (c: the block's `factor`), and let
 * L(θ₁, …, θ_k) be its loss as a function of the parts' θ.
 * - Self-fusion: L(θ, …, θ) = L_source(θ). Differentiate: Σ over parts of ∂L/∂θ_m = ∇L_source. The parts can
 *   be exchanged without changing the loss, so the k terms are equal: ∂L/∂θ_m = ∇L_source / k. With respect
 *   to the stored weight w = c·θ: ∂L/∂w = ∇L_source / (c·k). Hence the untied head (c = 1/k) keeps its
 *   gradient; the tied model's final decoder norm (c = k^-½) has k^-½ of it; everything else (c = 1) 1/k.
 * - Different sources: the output is the mean of the sources' outputs, so ∂output/∂θ_m = (1/k)·∂output_m/∂θ_m,
 *   the same 1/(c·k), up to the loss being differentiated at the average output instead of the source's own.
 * - An off-diagonal block of a self-fusion reads the units of another copy, whose activations are the same
 *   at the moment of growth: its gradient equals that of the diagonal block in its row.
 * The first moment is linear in the gradient (× factor), the second quadratic (× factor²). Under plain
 * gradient descent the same factors act as layer-wise step sizes, see `equivalentStepFactors` in symmetry.ts.
 *
 * New blocks that start with zero moments need a step count of their own: with the run's count the bias
 * correction is over, and the first updates would be (1-β₁ⁿ)/√(1-β₂ⁿ) times too large.
 */
import { sizeOf, type HostTensor, type NamedTensors } from '../engine/named-tensors.ts';
import { parameterShapes, type T5Config } from '../model/config.ts';
import { blocksOf, copyBlock, extent, forEachIndex, isInherited, sourceTensor, type Provenance, type ProvenanceBlock, type Rectangle, type SourcePlace } from './provenance.ts';

/**
 * `reset`: all moments zero, step count zero. `transfer`: inherited blocks carried over, new ones start at
 * zero with a step count of their own. `fill`: new blocks get their twin's moments (self-fusion), or m = 0
 * and the mean v of the layer's inherited blocks (different sources), and share the run's step count.
 */
export type GrownMomentsPolicy = 'reset' | 'transfer' | 'fill';

/** An optimizer's state: a first moment (or velocity) and a second, as far as the optimizer has them. */
export interface Moments {
  readonly m?: NamedTensors;
  readonly v?: NamedTensors;
  /** Which entry of `counts` an element goes by; absent: all go by entry 0. */
  readonly group?: ReadonlyMap<string, Uint8Array>;
  /** Updates made so far, by group. */
  readonly counts: readonly number[];
}

export interface GrownMoments {
  readonly m?: Map<string, HostTensor>;
  readonly v?: Map<string, HostTensor>;
  /** Per element of every tensor, an index into `counts`. */
  readonly group: Map<string, Uint8Array>;
  /** Updates made so far, by group: carried-over counts first, then 0 for what is born at this growth. */
  readonly counts: readonly number[];
}

export interface GrowthConfigs {
  readonly sources: readonly T5Config[];
  readonly target: T5Config;
}

/**
 * Moments for the grown model. `sources` and `configs.sources` stand in the order that the provenance
 * counts. Throws if the sources don't hold the same moments.
 */
export function growMoments(policy: GrownMomentsPolicy, sources: readonly Moments[], provenance: Provenance, configs: GrowthConfigs): GrownMoments {
  const shapes = parameterShapes(configs.target);
  const first = momentsOf(sources, 'm');
  const second = momentsOf(sources, 'v');
  const steps = stepGroups(policy, sources, provenance, configs);
  const grown = (moments: readonly NamedTensors[] | null, power: 1 | 2): Map<string, HostTensor> | null =>
    moments === null ? null : new Map([...shapes].map(([name, shape]) => [name, grownTensor(policy, shape, blocksOf(provenance, name), moments, power)]));
  const m = grown(first, 1);
  const v = grown(second, 2);
  return { ...steps, ...(m === null ? {} : { m }), ...(v === null ? {} : { v }) };
}

/** One moment of all sources; `null` if the optimizer has none. */
function momentsOf(sources: readonly Moments[], which: 'm' | 'v'): readonly NamedTensors[] | null {
  const present = sources.flatMap((source) => source[which] ?? []);
  if (present.length === 0) return null;
  if (present.length !== sources.length) throw new Error(`${present.length} of ${sources.length} sources have a moment ${which}; all of them must have it, or none.`);
  return present;
}

function grownTensor(policy: GrownMomentsPolicy, shape: readonly number[], blocks: readonly ProvenanceBlock[], moments: readonly NamedTensors[], power: 1 | 2): HostTensor {
  const tensor: HostTensor = { shape, data: new Float32Array(sizeOf(shape)) };
  if (policy === 'reset') return tensor;
  for (const block of blocks) {
    if (isInherited(block)) copyBlock(block, block, block.gradientFactor ** power, sourceTensor(moments, block), tensor);
  }
  if (policy === 'transfer') return tensor;
  const { columns } = extent(shape);
  for (const block of blocks) {
    if (isInherited(block)) continue;
    if (block.twin !== null) {
      copyBlock(block, block.twin, block.twin.gradientFactor ** power, sourceTensor(moments, block.twin), tensor);
    } else if (power === 2) {
      const mean = meanOf(tensor, blocks.filter(isInherited), columns);
      forEachIndex(block, columns, (index) => (tensor.data[index] = mean));
    }
  }
  return tensor;
}

/** Mean over the blocks of each block's mean; 0 if there is none. */
function meanOf(tensor: HostTensor, blocks: readonly Rectangle[], columns: number): number {
  let mean = 0;
  for (const block of blocks) {
    let sum = 0;
    forEachIndex(block, columns, (index) => (sum += tensor.data[index] ?? 0));
    mean += sum / (block.rows * block.columns * blocks.length);
  }
  return mean;
}

/** Whose step count every element goes by. Sources with different counts keep them apart. */
function stepGroups(policy: GrownMomentsPolicy, sources: readonly Moments[], provenance: Provenance, configs: GrowthConfigs): { group: Map<string, Uint8Array>; counts: number[] } {
  const shapes = parameterShapes(configs.target);
  const group = new Map([...shapes].map(([name, shape]) => [name, new Uint8Array(sizeOf(shape))]));
  if (policy === 'reset') return { group, counts: [0] };
  const counts = [...new Set(sources.flatMap((source) => source.counts))];
  // `fill` gives new blocks moments as if they had always been there, so they go by the sources' count.
  const born = policy === 'transfer' ? counts.push(0) - 1 : 0;
  if (counts.length > 256) throw new Error(`an optimizer's state can tell 256 step counts apart; this growth would need ${counts.length}.`);
  for (const [name, marks] of group) {
    const { columns } = extent(shapes.get(name) ?? []);
    for (const block of blocksOf(provenance, name)) {
      const place = isInherited(block) ? block : policy === 'fill' ? block.twin : null;
      if (place === null) forEachIndex(block, columns, (index) => (marks[index] = born));
      else copyGroups(block, place, sources, configs, counts, marks, columns);
    }
  }
  return { group, counts };
}

/** Translates a source's group of each element of a block into the grown state's numbering. */
function copyGroups(block: Rectangle, place: SourcePlace, sources: readonly Moments[], configs: GrowthConfigs, counts: readonly number[], marks: Uint8Array, columns: number): void {
  const source = sources[place.origin];
  const config = configs.sources[place.origin];
  if (source === undefined || config === undefined) throw new Error(`the growth has no moments or no configuration of source ${place.origin}`);
  const translation = source.counts.map((count) => counts.indexOf(count));
  const from = source.group?.get(place.sourceName);
  const sourceColumns = extent(parameterShapes(config).get(place.sourceName) ?? []).columns;
  for (let i = 0; i < block.rows; i++) {
    for (let j = 0; j < block.columns; j++) {
      const group = from?.[(place.sourceRow + i) * sourceColumns + place.sourceColumn + j] ?? 0;
      marks[(block.row + i) * columns + block.column + j] = translation[group] ?? 0;
    }
  }
}
