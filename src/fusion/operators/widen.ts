/**
 * Widening by copying units: a unit's incoming weights are copied, its outgoing weights are split evenly
 * among the copies, so that what the next layer reads is unchanged. In T5 the RMS norms limit where this is
 * exact: the residual stream must be widened by a whole factor (every unit equally often); heads and
 * feed-forward units may be copied any number of times.
 *
 * Gradients. A source weight w between units u (out) and t (in) is stored n_u·n_t times as c·w. Copies can be
 * exchanged without changing the loss, so each stored weight has the same share of the source's gradient:
 * Σ c·∂L/∂stored = ∇L, hence ∂L/∂stored = ∇L / (c·n_u·n_t).
 */
import { childStreams } from '../../data/child-streams.ts';
import type { RandomStream } from '../../data/random.ts';
import { axesOf, axisLength, layerKind, type Axis } from '../../model/axes.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import type { Provenance, ProvenanceBlock } from '../provenance.ts';
import { byHead, cyclicMap, mapKey, randomMap, runs, unitMap, type Run, type UnitMap } from './unit-map.ts';

/** Where a tensor's added rows (its new output units) come from: the tensor itself, or another of the same shape. */
export type RowsFrom = (name: string) => string;

/** The provenance of a widening from `source` to `target`, which differ in widths only. */
export function widening(source: T5Config, target: T5Config, random: RandomStream, addedRowsFrom: RowsFrom = (name) => name): Provenance {
  for (const field of ['num_layers', 'num_decoder_layers'] as const) {
    if (source[field] !== target[field])
      throw new Error(`a widening keeps the depth; ${field} is ${source[field]} and can't become ${target[field]}.`);
  }
  const maps = unitMaps(source, target, random);
  const provenance = new Map<string, readonly ProvenanceBlock[]>();
  for (const name of parameterShapes(target).keys()) {
    const [rowAxis, columnAxis] = axesOf(name);
    const scale = outputScale(name, source, target);
    const blocks: ProvenanceBlock[] = [];
    for (const row of axisRuns(name, rowAxis, target, maps)) {
      for (const column of axisRuns(name, columnAxis, target, maps)) {
        const split = splitsColumns(name) ? column.copies : splitsRows(name, target) ? row.copies : 1;
        const factor = scale / split;
        blocks.push({
          row: row.start,
          column: column.start,
          rows: row.length,
          columns: column.length,
          origin: 0,
          sourceName: row.added ? addedRowsFrom(name) : name,
          sourceRow: row.source,
          sourceColumn: column.source,
          factor,
          gradientFactor: 1 / (factor * row.copies * column.copies),
        });
      }
    }
    provenance.set(name, blocks);
  }
  return provenance;
}

/** Matrices whose columns are units that they read; the embedding and the position bias give units, they read none. */
function splitsColumns(name: string): boolean {
  const kind = layerKind(name);
  return kind !== 'shared' && kind !== 'relative_attention_bias' && kind !== 'layer_norm' && kind !== 'final_layer_norm';
}

/** A tied head reads through the embedding, which must not be split: the decoder's final norm is, instead. */
function splitsRows(name: string, config: T5Config): boolean {
  return config.tied && name === 'decoder.final_layer_norm.weight';
}

/** A scaled head multiplies its input by the grown D^-½ where it was d^-½: √(D/d) makes up for it. */
function outputScale(name: string, source: T5Config, target: T5Config): number {
  const output = target.tied ? 'decoder.final_layer_norm.weight' : 'lm_head.weight';
  return target.scaled && name === output ? Math.sqrt(target.d_model / source.d_model) : 1;
}

/** All maps of a widening, drawn each from a stream of its own name. */
function unitMaps(source: T5Config, target: T5Config, random: RandomStream): ReadonlyMap<string, UnitMap> {
  const streamOf = childStreams(random);
  const maps = new Map<string, UnitMap>();
  for (const name of parameterShapes(target).keys()) {
    for (const axis of axesOf(name)) {
      const key = mapKey(name, axis);
      if (key === null || maps.has(key)) continue;
      const counted: Axis = axis === 'inner' ? 'heads' : axis;
      const [from, to] = [axisLength(source, counted), axisLength(target, counted)];
      maps.set(key, counted === 'd_model' ? cyclicMap(from, to) : randomMap(from, to, streamOf(key)));
    }
  }
  return maps;
}

function axisRuns(name: string, axis: Axis | undefined, target: T5Config, maps: ReadonlyMap<string, UnitMap>): readonly Run[] {
  if (axis === undefined) return [{ start: 0, length: 1, source: 0, copies: 1, added: false }];
  const map = maps.get(mapKey(name, axis) ?? '');
  if (map !== undefined) return runs(axis === 'inner' ? byHead(map, target.d_kv) : map);
  const length = axisLength(target, axis);
  return runs(
    unitMap(
      Array.from({ length }, (_, i) => i),
      length,
    ),
  );
}
