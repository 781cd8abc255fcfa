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
import { sizeOf, type HostTensor, type NamedTensors } from '../../engine/named-tensors.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import {
  blocksOf,
  copyBlock,
  extent,
  forEachIndex,
  isInherited,
  sourceTensor,
  type Provenance,
  type ProvenanceBlock,
  type Rectangle,
} from '../provenance.ts';

/**
 * `reset`: all moments zero, step count zero. `transfer`: inherited blocks carried over, new ones start at
 * zero with a step count of their own. `fill`: new blocks get their twin's moments (self-fusion), or m = 0
 * and the mean v of the layer's inherited blocks (different sources), and share the run's step count. `naive`: as
 * `transfer`, but new blocks go by the run's step count: what growing without care does, to be seen, not to be used.
 */
export type GrownMomentsPolicy = 'reset' | 'transfer' | 'fill' | 'naive';

/** `slot1`: first moment or velocity; `slot2`: second moment. As far as the optimizer has them. */
type Slot = 'slot1' | 'slot2';

/** An optimizer's state in host memory, with the configuration of the model that it belongs to. */
export interface OptimizerState {
  readonly config: T5Config;
  readonly slots: Readonly<Partial<Record<Slot, NamedTensors>>>;
  /** Which entry of `counts` each element goes by; undefined: all go by entry 0. */
  readonly groups: NamedTensors | undefined;
  /** Updates made so far, by group. */
  readonly counts: readonly number[];
}

/**
 * The optimizer's state of the grown model with configuration `target`; `sources` stand in the order that
 * the provenance counts. Carried-over step counts come first in `counts`, then 0 for what is born at this
 * growth. Throws if the sources don't hold the same slots.
 */
export function growSlots(
  policy: GrownMomentsPolicy,
  sources: readonly OptimizerState[],
  provenance: Provenance,
  target: T5Config,
): OptimizerState {
  const shapes = parameterShapes(target);
  const slots: Partial<Record<Slot, NamedTensors>> = {};
  for (const [slot, power] of [
    ['slot1', 1],
    ['slot2', 2],
  ] as const) {
    const present = sources.flatMap((source) => source.slots[slot] ?? []);
    if (present.length === 0) continue;
    if (present.length !== sources.length)
      throw new Error(`${present.length} of ${sources.length} sources have a ${slot}; all of them must have it, or none.`);
    slots[slot] = new Map(
      [...shapes].map(([name, shape]) => [name, grownTensor(policy, shape, blocksOf(provenance, name), present, power)]),
    );
  }
  return { config: target, slots, ...stepGroups(policy, sources, provenance, shapes) };
}

function grownTensor(
  policy: GrownMomentsPolicy,
  shape: readonly number[],
  blocks: readonly ProvenanceBlock[],
  moments: readonly NamedTensors[],
  power: 1 | 2,
): HostTensor {
  const tensor: HostTensor = { shape, data: new Float32Array(sizeOf(shape)) };
  if (policy === 'reset') return tensor;
  for (const block of blocks) {
    if (isInherited(block)) copyBlock(block, block, block.gradientFactor ** power, sourceTensor(moments, block), tensor);
  }
  if (policy !== 'fill') return tensor;
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
function stepGroups(
  policy: GrownMomentsPolicy,
  sources: readonly OptimizerState[],
  provenance: Provenance,
  shapes: ReadonlyMap<string, readonly number[]>,
): Pick<OptimizerState, 'groups' | 'counts'> {
  if (policy === 'reset') return { groups: undefined, counts: [0] };
  const counts = [...new Set(sources.flatMap((source) => source.counts))];
  // `fill` gives new blocks moments as if they had always been there, so they go by the sources' count; but where a
  // tensor inherits nothing there is nothing to fill it with.
  const whollyNew = (name: string): boolean => !blocksOf(provenance, name).some(isInherited);
  const zeros = policy === 'transfer' || (policy === 'fill' && [...shapes.keys()].some(whollyNew)) ? counts.push(0) - 1 : 0;
  const translated = sources.map((source) => translateGroups(source, counts));
  const groups = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const tensor: HostTensor = { shape, data: new Float32Array(sizeOf(shape)) };
    const born = policy === 'transfer' || (policy === 'fill' && whollyNew(name)) ? zeros : 0;
    for (const block of blocksOf(provenance, name)) {
      const place = isInherited(block) ? block : policy === 'fill' ? block.twin : null;
      if (place === null) forEachIndex(block, extent(shape).columns, (index) => (tensor.data[index] = born));
      else copyBlock(block, place, 1, sourceTensor(translated, place), tensor);
    }
    groups.set(name, tensor);
  }
  return { groups: counts.length > 1 ? groups : undefined, counts };
}

/** A source's groups in the numbering of the grown state's counts. */
function translateGroups(source: OptimizerState, counts: readonly number[]): NamedTensors {
  const translation = source.counts.map((count) => counts.indexOf(count));
  const translate = (group: number): number => translation[group] ?? 0;
  return new Map(
    [...parameterShapes(source.config)].map(([name, shape]) => {
      const groups = source.groups?.get(name);
      return [name, { shape, data: groups ? groups.data.map(translate) : new Float32Array(sizeOf(shape)).fill(translate(0)) }];
    }),
  );
}
