/**
 * The small model's weights in a corner of the large one, the rest as at a random start (Hugging Face's init of
 * the large model): what growing without care gives, for comparison. The function is not kept.
 *
 * The corner's optimizer state is carried over unchanged, for want of an exact relation.
 */
import { parameterShapes } from '../../model/config.ts';
import { initialise } from '../../model/init.ts';
import { grownConfig, onlySource, refuseBlockOptions } from './grown-config.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { copyBlock, extent, isInherited, sourceTensor, type ProvenanceBlock } from '../provenance.ts';

export const randomCorner: GrowthOperator = {
  name: 'random',
  grow(sources, options, random) {
    const source = onlySource('random', sources);
    refuseBlockOptions('random', options);
    checkParameters(source, 0);
    const own = parameterShapes(source.config);
    const config = grownConfig(sources, {
      ...options,
      size: { ...options.size, num_layers: source.config.num_layers, num_decoder_layers: source.config.num_decoder_layers },
    });
    const parameters = (options.initial ?? initialise)(config, random);
    const provenance = new Map<string, readonly ProvenanceBlock[]>();
    for (const [name, shape] of parameterShapes(config)) {
      const { rows, columns } = extent(shape);
      const corner = extent(own.get(name) ?? []);
      const blocks: ProvenanceBlock[] = [
        { row: 0, column: 0, ...corner, origin: 0, sourceName: name, sourceRow: 0, sourceColumn: 0, factor: 1, gradientFactor: 1 },
      ];
      if (columns > corner.columns)
        blocks.push({ row: 0, column: corner.columns, rows: corner.rows, columns: columns - corner.columns, origin: 'new', twin: null });
      if (rows > corner.rows) blocks.push({ row: corner.rows, column: 0, rows: rows - corner.rows, columns, origin: 'new', twin: null });
      provenance.set(name, blocks);
      const tensor = parameters.get(name);
      for (const block of blocks)
        if (tensor && isInherited(block)) copyBlock(block, block, block.factor, sourceTensor([source.parameters], block), tensor);
    }
    return { config, parameters, provenance };
  },
};
