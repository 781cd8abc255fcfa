/** The configuration that a growth ends in, where the operator can reach any size. */
import type { T5Config } from '../../model/config.ts';
import { sourceName, type GrowthOptions, type GrowthSource } from './operator.ts';

const SIZES = ['d_model', 'd_ff', 'num_heads', 'num_layers', 'num_decoder_layers'] as const;
const WIDTHS: readonly string[] = ['d_model', 'd_ff', 'num_heads'];

/**
 * The sources' widths together (or `copies` times those of a single source), unless `size` says otherwise,
 * with one norm over the joint width. Throws if a size is smaller than the first source's.
 */
export function grownConfig(sources: readonly GrowthSource[], options: GrowthOptions): T5Config {
  const first = sources[0];
  if (first === undefined) throw new Error('There is nothing to grow: no source was given.');
  const copies = sources.length === 1 ? (options.copies ?? 2) : 1;
  if (!Number.isInteger(copies) || copies < 1) throw new Error(`A growth multiplies the width by a whole number; ${copies} asked for.`);
  const sizes = Object.fromEntries(
    SIZES.map((field) => {
      const own = first.config[field];
      const all = WIDTHS.includes(field) ? copies * sources.reduce((sum, { config }) => sum + config[field], 0) : own;
      const size = options.size?.[field] ?? all;
      if (!Number.isInteger(size) || size < own)
        throw new Error(`${field} can't become ${size}: ${sourceName(first, 0)} has ${own}, and a growth never shrinks.`);
      return [field, size];
    }),
  );
  const config = { ...first.config, ...sizes };
  return { ...config, norm_groups: [config.d_model] };
}

/** The only source of an operator that grows one model. */
export function onlySource(operator: string, sources: readonly GrowthSource[]): GrowthSource {
  const [source] = sources;
  if (source === undefined || sources.length !== 1) throw new Error(`${operator} grows 1 model; ${sources.length} given.`);
  if (source.config.norm_groups.length > 1)
    throw new Error(
      `${operator} can't grow ${sourceName(source, 0)}: its norms are grouped (${source.config.norm_groups.join(' + ')}); release them into one first.`,
    );
  return source;
}

/** Throws for options that an operator without off-diagonal blocks has no meaning for. */
export function refuseBlockOptions(operator: string, options: GrowthOptions): void {
  if (options.norm === 'grouped') throw new Error(`${operator} keeps one shared norm; grouped norms are for fusions.`);
}
