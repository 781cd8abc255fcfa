/**
 * A growth operator: from trained source models to the larger model that training goes on with. One file
 * an operator; registry.ts finds them by name.
 */
import type { RandomStream } from '../../data/random.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import type { OffDiagonal } from '../../experiment/experiment.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import type { Provenance } from '../provenance.ts';

export interface GrowthSource {
  /** Name for messages, e.g. the model's letter. Default: A, B, C … by position. */
  readonly name?: string;
  readonly config: T5Config;
  readonly parameters: NamedTensors;
}

export interface GrowthOptions {
  /** `shared`: one RMS over the joint width (standard T5). `grouped`: one RMS a source, exact averaging. */
  readonly norm: 'shared' | 'grouped';
  /** Factors on the parts of norm scales (compensation.ts), by norm: one a source. */
  readonly normFactors?: ReadonlyMap<string, readonly number[]>;
  /** Init of the blocks that no source fills. */
  readonly offDiagonal: OffDiagonal;
  /**
   * Scale of `noise` (relative to the RMS of the layer's inherited blocks) or of `random` (relative to the layer's own
   * init).
   */
  readonly sigma: number;
  /** Number of copies, for operators that copy one source. Default 2. */
  readonly copies?: number;
  /** Self-fusion: noise on the diagonal copies too, relative to their RMS. Default 0. */
  readonly diagonalSigma?: number;
  /** How a model starts at random, for operators that need one. Default: Hugging Face's init (model/init.ts). */
  readonly initial?: (config: T5Config, random: RandomStream) => Map<string, HostTensor>;
  /**
   * Size of the grown model, for operators that can reach any. Default: the sources' widths together, or `copies` times
   * those of one.
   */
  readonly size?: Partial<Pick<T5Config, 'd_model' | 'd_ff' | 'num_heads' | 'num_layers' | 'num_decoder_layers'>>;
}

export interface Growth {
  readonly config: T5Config;
  readonly parameters: Map<string, HostTensor>;
  readonly provenance: Provenance;
}

export interface GrowthOperator {
  readonly name: string;
  /**
   * Deterministic: the same sources, options and stream give the same bits. Throws an Error that names what doesn't
   * fit.
   */
  grow(sources: readonly GrowthSource[], options: GrowthOptions, random: RandomStream): Growth;
}

/** The name of a source in messages. */
export function sourceName(source: GrowthSource, index: number): string {
  return source.name ?? String.fromCharCode(65 + index);
}

/** Throws unless the source holds exactly the tensors its configuration promises, in their shapes. */
export function checkParameters(source: GrowthSource, index: number): void {
  for (const [name, shape] of parameterShapes(source.config)) {
    const tensor = source.parameters.get(name);
    if (tensor === undefined)
      throw new Error(
        `${sourceName(source, index)} has no tensor ${name}, but its configuration asks for one of shape [${shape.join(', ')}].`,
      );
    if (tensor.shape.join() !== shape.join())
      throw new Error(
        `${name} of ${sourceName(source, index)} has shape [${tensor.shape.join(', ')}]; its configuration asks for [${shape.join(', ')}].`,
      );
  }
}
