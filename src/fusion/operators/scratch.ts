/**
 * The large model from random init: what every growth is compared with. Takes nothing from the sources but their size.
 */
import { parameterShapes } from '../../model/config.ts';
import { initialise } from '../../model/init.ts';
import { grownConfig } from './grown-config.ts';
import type { GrowthOperator } from './operator.ts';
import { extent, type ProvenanceBlock } from '../provenance.ts';

export const scratch: GrowthOperator = {
  name: 'scratch',
  grow(sources, options, random) {
    const config = grownConfig(sources, options);
    const provenance = new Map(
      [...parameterShapes(config)].map(([name, shape]): [string, readonly ProvenanceBlock[]] => [
        name,
        [{ row: 0, column: 0, ...extent(shape), origin: 'new', twin: null }],
      ]),
    );
    return { config, parameters: (options.initial ?? initialise)(config, random), provenance };
  },
};
