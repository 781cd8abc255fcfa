/**
 * Values of the weights that no source gives. Draw order, fixed for ever: the off-diagonals take the first
 * number of the growth's stream as their seed, the noise on diagonal copies the second. Each tensor has a
 * child stream of its own name; blocks are drawn in row-major order of their corners, elements row by row.
 */
import { childStreams } from '../data/child-streams.ts';
import type { RandomStream } from '../data/random.ts';
import type { HostTensor } from '../engine/named-tensors.ts';
import type { T5Config } from '../model/config.ts';
import { initialDeviation } from '../model/init.ts';
import type { GrowthOptions } from './operators/operator.ts';
import { extent, forEachIndex, isInherited, type Provenance, type ProvenanceBlock, type Rectangle } from './provenance.ts';

/** Throws if a scale of noise is not a number ≥ 0. */
export function checkScale(name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) throw new Error(`${name} is ${value}; it must be a number of at least 0, e.g. 0.3.`);
}

/**
 * Fills the new blocks in place: `zero`; `noise`, N(0, 1) · σ · (mean of the RMS of the layer's inherited
 * blocks); `random`, the grown layer's own init (model/init.ts) times σ.
 */
export function fillNewBlocks(
  parameters: ReadonlyMap<string, HostTensor>,
  provenance: Provenance,
  config: T5Config,
  options: Pick<GrowthOptions, 'offDiagonal' | 'sigma'>,
  random: RandomStream,
): void {
  checkScale('sigma', options.sigma);
  const streamOf = childStreams(random);
  if (options.offDiagonal === 'zero') return;
  for (const [name, blocks] of provenance) {
    const tensor = parameters.get(name);
    const fresh = blocks.filter((block) => !isInherited(block));
    if (tensor === undefined || fresh.length === 0) continue;
    const deviation = options.sigma * (options.offDiagonal === 'noise' ? meanRms(tensor, blocks) : initialDeviation(config, name));
    const stream = streamOf(name);
    const { columns } = extent(tensor.shape);
    for (const block of fresh) forEachIndex(block, columns, (index) => (tensor.data[index] = deviation * stream.normal()));
  }
}

/**
 * Adds N(0, 1) · σ · RMS (as above) to the inherited blocks of the tensors that also have new ones, i.e. the
 * block-diagonal ones.
 */
export function addDiagonalNoise(
  parameters: ReadonlyMap<string, HostTensor>,
  provenance: Provenance,
  sigma: number,
  random: RandomStream,
): void {
  checkScale('diagonalSigma', sigma);
  if (sigma === 0) return;
  const streamOf = childStreams(random);
  for (const [name, blocks] of provenance) {
    const tensor = parameters.get(name);
    if (tensor === undefined || blocks.every(isInherited)) continue;
    const deviation = sigma * meanRms(tensor, blocks);
    const stream = streamOf(name);
    const { columns } = extent(tensor.shape);
    for (const block of blocks.filter(isInherited)) {
      forEachIndex(block, columns, (index) => (tensor.data[index] = (tensor.data[index] ?? 0) + deviation * stream.normal()));
    }
  }
}

/** Mean over the inherited blocks of the RMS of their weights; 0 if there is none. */
function meanRms(tensor: HostTensor, blocks: readonly ProvenanceBlock[]): number {
  const inherited = blocks.filter(isInherited);
  return inherited.length === 0 ? 0 : inherited.reduce((sum, block) => sum + rms(tensor, block), 0) / inherited.length;
}

function rms(tensor: HostTensor, block: Rectangle): number {
  let squares = 0;
  forEachIndex(block, extent(tensor.shape).columns, (index) => (squares += (tensor.data[index] ?? 0) ** 2));
  return Math.sqrt(squares / (block.rows * block.columns));
}
