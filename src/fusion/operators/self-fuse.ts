/**
 * Self-fusion (arXiv 2306.11903): k copies of one model, fused. Exact under either norm, because
 * concatenating equal parts leaves the RMS unchanged. With zero off-diagonals the copies stay twins for
 * ever under full-batch training and no capacity is gained (symmetry.ts): noise on the off-diagonals, or on
 * the diagonal copies, breaks the symmetry.
 */
import { parameterShapes, type T5Config } from '../../model/config.ts';
import { blockLayout, fusedConfig } from '../block-layout.ts';
import { addDiagonalNoise, fillNewBlocks } from '../new-weights.ts';
import { checkParameters, type GrowthOperator } from './operator.ts';
import { inherit } from '../provenance.ts';

export const selfFuse: GrowthOperator = {
  name: 'self',
  grow(sources, options, random) {
    const [source] = sources;
    if (source === undefined || sources.length !== 1)
      throw new Error(`A self-fusion copies 1 model; ${sources.length} given. To fuse different models, use fuse.`);
    const k = options.copies ?? 2;
    if (!Number.isInteger(k) || k < 2) throw new Error(`A self-fusion needs at least 2 copies; ${k} asked for.`);
    checkParameters(source, 0);
    const configs: readonly [T5Config, ...T5Config[]] = [source.config, ...Array.from({ length: k - 1 }, () => source.config)];
    const config = fusedConfig(configs, options.norm);
    const provenance = blockLayout(
      configs.map((each) => ({ config: each, origin: 0 })),
      config,
    );
    const parameters = inherit(parameterShapes(config), provenance, [source.parameters]);
    fillNewBlocks(parameters, provenance, config, options, random);
    addDiagonalNoise(parameters, provenance, options.diagonalSigma ?? 0, random);
    return { config, parameters, provenance };
  },
};
