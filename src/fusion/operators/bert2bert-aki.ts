/**
 * Advanced knowledge initialization of bert2BERT (Chen et al., arXiv 2110.07143): as its function-preserving
 * initialization, but the added output units of a matrix come from the next layer up of the same stack. The
 * function is not kept; the copies are no twins, so nothing is trapped in a symmetry. The top layer, the
 * embedding, norms and position biases are widened as in bert2bert-fpi.ts.
 *
 * The optimizer's state of the added units is carried over from the layer that they come from, with the
 * factors of a copy: a choice of ours, there is no exact one.
 */
import { axesOf } from '../../model/axes.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import { grownConfig, onlySource, refuseBlockOptions } from './grown-config.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { inherit } from '../provenance.ts';
import { widening } from './widen.ts';

export const bert2bertAki: GrowthOperator = {
  name: 'bert2bert-aki',
  grow(sources, options, random) {
    const source = onlySource('bert2bert-aki', sources);
    refuseBlockOptions('bert2bert-aki', options);
    checkParameters(source, 0);
    const config = grownConfig(sources, options);
    const provenance = widening(source.config, config, random, (name) => nextLayerUp(name, source.config));
    return { config, parameters: inherit(parameterShapes(config), provenance, [source.parameters]), provenance };
  },
};

/** The same matrix one layer up; the tensor itself at the top of a stack and where it is no matrix between units. */
export function nextLayerUp(name: string, config: T5Config): string {
  const parts = /^(encoder|decoder)\.block\.(\d+)\.(.*)$/.exec(name);
  if (parts === null || axesOf(name).length < 2) return name;
  const [, stack = '', layer = '', rest = ''] = parts;
  const up = `${stack}.block.${Number(layer) + 1}.${rest}`;
  return parameterShapes(config).has(up) ? up : name;
}
