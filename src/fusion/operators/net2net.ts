/**
 * Net2WiderNet (Chen, Goodfellow & Shlens, "Net2Net", arXiv 1511.05641): every added unit is a copy of a unit
 * drawn at random, outgoing weights are split, the function is kept. With `noise` the added weights get
 * N(0, 1)·σ·(RMS of the layer), the paper's way to break the symmetry of the copies.
 */
import { childStreams } from '../../data/child-streams.ts';
import type { RandomStream } from '../../data/random.ts';
import type { HostTensor } from '../../engine/named-tensors.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import { grownConfig, onlySource, refuseBlockOptions } from './grown-config.ts';
import { checkScale } from '../new-weights.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { extent, inherit } from '../provenance.ts';
import { widening } from './widen.ts';

export const net2net: GrowthOperator = {
  name: 'net2net',
  grow(sources, options, random) {
    const source = onlySource('net2net', sources);
    refuseBlockOptions('net2net', options);
    if (options.offDiagonal === 'random') throw new Error('net2net has no random blocks; off can be zero or noise.');
    checkParameters(source, 0);
    const config = grownConfig(sources, options);
    const provenance = widening(source.config, config, random);
    const parameters = inherit(parameterShapes(config), provenance, [source.parameters]);
    if (options.offDiagonal === 'noise') perturbAdded(parameters, source.config, options.sigma, random);
    return { config, parameters, provenance };
  },
};

/** Adds noise to the weights outside the source's own corner, tensor by tensor from a stream of its own name. */
function perturbAdded(parameters: ReadonlyMap<string, HostTensor>, source: T5Config, sigma: number, random: RandomStream): void {
  checkScale('sigma', sigma);
  const streamOf = childStreams(random);
  const shapes = parameterShapes(source);
  for (const [name, tensor] of parameters) {
    const own = extent(shapes.get(name) ?? []);
    const { columns } = extent(tensor.shape);
    const deviation = sigma * Math.sqrt(tensor.data.reduce((sum, value) => sum + value ** 2, 0) / tensor.data.length);
    const stream = streamOf(name);
    tensor.data.forEach((value, i) => {
      if (Math.floor(i / columns) >= own.rows || i % columns >= own.columns) tensor.data[i] = value + deviation * stream.normal();
    });
  }
}
