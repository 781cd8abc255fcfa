/**
 * Function-preserving initialization of bert2BERT (Chen et al., arXiv 2110.07143): Net2Net's widening, heads
 * copied whole. Exact on T5 where the residual stream grows by a whole factor; else the RMS norms leave a gap.
 */
import { parameterShapes } from '../../model/config.ts';
import { grownConfig, onlySource, refuseBlockOptions } from './grown-config.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { inherit } from '../provenance.ts';
import { widening } from './widen.ts';

export const bert2bertFpi: GrowthOperator = {
  name: 'bert2bert-fpi',
  grow(sources, options, random) {
    const source = onlySource('bert2bert-fpi', sources);
    refuseBlockOptions('bert2bert-fpi', options);
    checkParameters(source, 0);
    const config = grownConfig(sources, options);
    const provenance = widening(source.config, config, random);
    return { config, parameters: inherit(parameterShapes(config), provenance, [source.parameters]), provenance };
  },
};
