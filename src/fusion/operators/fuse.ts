/**
 * Deep Fusion of k different models (arXiv 2306.11903). With `grouped` norms the fused logits are the
 * average of the sources' logits exactly; under one `shared` norm they differ by the fusion gap (gap.ts).
 */
import { parameterShapes, type T5Config } from '../../model/config.ts';
import { blockLayout, fusedConfig } from '../block-layout.ts';
import { checkCompatible } from '../compatibility.ts';
import { fillNewBlocks } from '../new-weights.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { inherit } from '../provenance.ts';

export const fuse: GrowthOperator = {
  name: 'fuse',
  grow(sources, options, random) {
    const [first, ...others] = sources;
    if (first === undefined || others.length === 0)
      throw new Error(`A fusion needs at least 2 sources; ${sources.length} given. To grow one model, use a self-fusion.`);
    checkCompatible(sources);
    sources.forEach(checkParameters);
    const configs: readonly [T5Config, ...T5Config[]] = [first.config, ...others.map((source) => source.config)];
    const config = fusedConfig(configs, options.norm);
    const provenance = blockLayout(
      configs.map((each, origin) => ({ config: each, origin })),
      config,
      options.normFactors,
    );
    const parameters = inherit(
      parameterShapes(config),
      provenance,
      sources.map((source) => source.parameters),
    );
    fillNewBlocks(parameters, provenance, config, options, random);
    return { config, parameters, provenance };
  },
};
