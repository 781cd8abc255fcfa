/**
 * Progressive stacking (Gong et al., "Efficient training of BERT by progressively stacking", ICML 2019): the
 * layers of each stack are copied on top of themselves, layer i of the grown model being layer i mod L of the
 * source. Depth grows, widths stay. The function is not kept. Block 0 keeps the stack's one position bias.
 *
 * The optimizer's state is carried over unchanged: a choice of ours, the gradients of a deeper model have no
 * exact relation to the source's.
 */
import { parameterShapes } from '../../model/config.ts';
import { grownConfig, onlySource, refuseBlockOptions } from './grown-config.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { extent, inherit, type ProvenanceBlock } from '../provenance.ts';

export const stack: GrowthOperator = {
  name: 'stack',
  grow(sources, options) {
    const source = onlySource('stack', sources);
    refuseBlockOptions('stack', options);
    checkParameters(source, 0);
    const { config: own, parameters } = source;
    const times = options.copies ?? 2;
    const widths = { d_model: own.d_model, d_ff: own.d_ff, num_heads: own.num_heads };
    const depths = {
      num_layers: options.size?.num_layers ?? own.num_layers * times,
      num_decoder_layers: options.size?.num_decoder_layers ?? own.num_decoder_layers * times,
    };
    for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
      const asked = options.size?.[field] ?? width;
      if (asked !== width) throw new Error(`stack grows in depth only; ${field} is ${width} and can't become ${asked}.`);
    }
    const config = grownConfig(sources, { ...options, size: { ...widths, ...depths } });
    const provenance = new Map<string, readonly ProvenanceBlock[]>();
    for (const [name, shape] of parameterShapes(config)) {
      const below = name.replace(
        /^(encoder|decoder)\.block\.(\d+)\./,
        (_, which: string, layer: string) =>
          `${which}.block.${Number(layer) % (which === 'encoder' ? own.num_layers : own.num_decoder_layers)}.`,
      );
      provenance.set(name, [
        { row: 0, column: 0, ...extent(shape), origin: 0, sourceName: below, sourceRow: 0, sourceColumn: 0, factor: 1, gradientFactor: 1 },
      ]);
    }
    return { config, parameters: inherit(parameterShapes(config), provenance, [parameters]), provenance };
  },
};
