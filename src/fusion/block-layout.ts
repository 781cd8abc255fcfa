/**
 * Deep Fusion's layout (Mazzawi et al., "Deep Fusion", arXiv 2306.11903; constants derived for T5): units
 * are concatenated along every axis of width. A tensor with one such axis is a concatenation, one with two
 * is block diagonal, and its off-diagonal blocks are the new parameters. The output is the average of the
 * sources' outputs, so one tensor carries a factor.
 */
import { axesOf, axisLength, isWidth, type Axis } from '../model/axes.ts';
import { parameterShapes, type T5Config } from '../model/config.ts';
import type { Provenance, ProvenanceBlock, SourcePlace } from './provenance.ts';

const HEAD = 'lm_head.weight';
const FINAL_NORM = 'decoder.final_layer_norm.weight';

/** One part of the joint width: the configuration of the model that fills it, and which source that is. */
export interface Part {
  readonly config: T5Config;
  readonly origin: number;
}

/** The configuration of the fused model: widths add, everything else is the parts' own. */
export function fusedConfig(configs: readonly [T5Config, ...T5Config[]], norm: 'shared' | 'grouped'): T5Config {
  const sum = (field: 'd_model' | 'd_ff' | 'num_heads'): number => configs.reduce((total, config) => total + config[field], 0);
  const d = sum('d_model');
  return {
    ...configs[0],
    d_model: d,
    d_ff: sum('d_ff'),
    num_heads: sum('num_heads'),
    norm_groups: norm === 'grouped' ? configs.flatMap((config) => config.norm_groups) : [d],
  };
}

/**
 * The tensor that carries the averaging, and its factor for each of the k parts. D: fused width, d: the
 * part's. A scaled head multiplies its input by D^-½ where the source had d^-½, hence √(D/d). A tied head
 * shares the embedding, which must not be scaled, so the decoder's final norm carries the factor instead.
 */
export function outputFactors(parts: readonly Part[], fused: T5Config): { readonly tensor: string; readonly byPart: readonly number[] } {
  const k = parts.length;
  const byPart = parts.map(({ config }) => (fused.scaled ? Math.sqrt(fused.d_model / config.d_model) / k : 1 / k));
  return { tensor: fused.tied ? FINAL_NORM : HEAD, byPart };
}

/**
 * The provenance of a fusion. If all parts are copies of one model, an off-diagonal block's twin is its source's block.
 * @param factors further factors on the parts of some tensors, by name
 */
export function blockLayout(
  parts: readonly Part[],
  fused: T5Config,
  factors: ReadonlyMap<string, readonly number[]> = new Map(),
): Provenance {
  const copies = parts.every((part) => part.origin === parts[0]?.origin);
  const output = outputFactors(parts, fused);
  const provenance = new Map<string, readonly ProvenanceBlock[]>();
  for (const name of parameterShapes(fused).keys()) {
    const axes = axesOf(name);
    const rows = segments(parts, fused, axes[0]);
    const columns = segments(parts, fused, axes[1]);
    const blocks: ProvenanceBlock[] = [];
    for (const row of rows) {
      for (const column of columns) {
        const rectangle = { row: row.start, column: column.start, rows: row.length, columns: column.length };
        const index = row.part ?? column.part ?? 0;
        const inherited = row.part === null || column.part === null || row.part === column.part;
        const factor = (name === output.tensor ? (output.byPart[index] ?? 1) : 1) * (factors.get(name)?.[index] ?? 1);
        const place: SourcePlace = {
          origin: parts[index]?.origin ?? 0,
          sourceName: name,
          sourceRow: 0,
          sourceColumn: 0,
          gradientFactor: 1 / (parts.length * factor),
        };
        blocks.push(inherited ? { ...rectangle, ...place, factor } : { ...rectangle, origin: 'new', twin: copies ? place : null });
      }
    }
    provenance.set(name, blocks);
  }
  return provenance;
}

interface Segment {
  readonly start: number;
  readonly length: number;
  /** Index of the part; `null` where the axis doesn't grow. */
  readonly part: number | null;
}

/** An axis cut into the parts' own pieces; whole where it doesn't grow. */
function segments(parts: readonly Part[], fused: T5Config, axis: Axis | undefined): readonly Segment[] {
  if (axis === undefined) return [{ start: 0, length: 1, part: null }];
  if (!isWidth(axis)) return [{ start: 0, length: axisLength(fused, axis), part: null }];
  let start = 0;
  return parts.map(({ config }, part) => {
    const length = axisLength(config, axis);
    start += length;
    return { start: start - length, length, part };
  });
}
