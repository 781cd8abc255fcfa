/** fusion-*: fused weights, logits under both norms, losses, gaps and gradient norms. */
import { stream } from '../../data/random.ts';
import { averageLogits, lossOfAverage } from '../../fusion/look/gap.ts';
import type { Growth } from '../../fusion/operators/operator.ts';
import { growthOperator } from '../../fusion/operators/registry.ts';
import { writeConfig } from '../../model/config.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import { normFactors } from '../../training/norm-calibration.ts';
import { type CaseKind, Comparison, type GoldenCase } from './golden-case.ts';
import { forwardOf, gradientOf, lossOf } from './t5-runner.ts';

interface FusionSources {
  /** Each source once: a self-fusion has one. */
  readonly sources: readonly Checkpoint[];
  /** One for every part of the fused model. */
  readonly parts: readonly Checkpoint[];
  /** @param normFactors constants of compensated norms */
  grow(norm: 'shared' | 'grouped', normFactors?: ReadonlyMap<string, readonly number[]>): Growth;
}

/** Sources of a case; the same folder named k times is a self-fusion. */
function fusionSources(golden: GoldenCase, folders: readonly string[]): FusionSources {
  const self = folders.every((folder) => folder === folders[0]);
  const sources = (self ? folders.slice(0, 1) : folders).map((folder) => golden.model(folder));
  const parts = folders.map((folder) => sources[self ? 0 : folders.indexOf(folder)] ?? golden.model(folder));
  return {
    sources,
    parts,
    // Off-diagonals are zero in all goldens: nothing is drawn.
    grow: (norm, factors) =>
      growthOperator(self ? 'self' : 'fuse').grow(
        sources,
        { norm, offDiagonal: 'zero', sigma: 0, copies: folders.length, ...(factors ? { normFactors: factors } : {}) },
        stream(0, 'golden'),
      ),
  };
}

/** Fused weights and configuration against the folder `fused/`. */
export function compareFused(result: Comparison, golden: GoldenCase, growth: Growth, tolerance: number): void {
  const fused = golden.model('fused');
  result.tensors('fused', growth.parameters, fused.parameters, tolerance);
  const fields = (json: Record<string, unknown>): string[] => Object.entries(json).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  result.same('fused config', fields(writeConfig(growth.config)), fields(writeConfig(fused.config)));
}

export const fusionCase: CaseKind = {
  name: 'fusion',
  matches: ({ json, files }) => files.has('fused') && json.has('sources') && json.has('output_factor'),
  async compare(golden, device) {
    const result = new Comparison();
    const folders = golden.json
      .get('sources')
      .list()
      .map((folder) => folder.text());
    const { parts, grow } = fusionSources(golden, folders);
    const shared = grow('shared');
    const grouped = grow('grouped');
    compareFused(result, golden, shared, golden.tolerance('fused_tensors'));
    result.same('groups', grouped.config.norm_groups, golden.json.get('groups').numbers());

    const batch = golden.batch(shared.config);
    const outputs = golden.json.get('outputs');
    const logitsOf = async (checkpoint: Checkpoint): Promise<Float32Array> =>
      (await forwardOf(device, checkpoint, batch, ['logits'])).get('logits') ?? new Float32Array();
    const tolerance = golden.tolerance('logits');
    const lossTolerance = golden.tolerance('loss');
    const logits: Float32Array[] = [];
    for (const part of parts) logits.push(await logitsOf(part));
    const losses = outputs.get('loss_of_sources').numbers();
    for (const [m, part] of parts.entries()) {
      const wanted = golden.tensors.get(`logits_source_${m}`);
      if (wanted !== undefined) result.arrays(`logits of source ${m}`, logits[m] ?? [], wanted.data, tolerance);
      result.number(`loss of source ${m}`, await lossOf(device, part, batch), losses[m] ?? Number.NaN, lossTolerance);
    }
    result.arrays('average logits', averageLogits(logits), golden.tensor('logits_average'), tolerance);
    const average = lossOfAverage(logits, batch.labels, shared.config.vocab_size);
    result.number('loss of the average', average, outputs.get('loss_of_average_logits').number(), lossTolerance);

    for (const [norm, growth] of [
      ['shared', shared],
      ['grouped', grouped],
    ] as const) {
      result.arrays(`logits, ${norm} norm`, await logitsOf(growth), golden.tensor(`logits_${norm}`), tolerance);
      const { loss, gradients } = await gradientOf(device, growth, batch);
      const wanted = outputs.get(`loss_${norm}`).number();
      result.number(`loss, ${norm} norm`, loss, wanted, lossTolerance);
      // The gap may be zero: its error counts against the losses it is the difference of.
      result.check(`gap, ${norm} norm`, Math.abs(loss - average - outputs.get(`loss_gap_${norm}`).number()) / wanted, 2 * lossTolerance);
      const norms = outputs.maybe(`gradient_norm_${norm}`);
      for (const name of norms?.keys() ?? []) {
        const gradient = gradients.get(name);
        result.number(
          `gradient norm of ${name}, ${norm} norm`,
          Math.sqrt(gradient?.data.reduce((sum, g) => sum + g * g, 0) ?? Number.NaN),
          norms?.get(name).number() ?? Number.NaN,
          golden.tolerance('gradient_norm'),
        );
      }
    }
    if (golden.tensors.has('logits_compensated')) {
      const factors = await normFactors(device, parts, batch);
      for (const [norm, { data }] of golden.tensorsBelow('compensation.'))
        result.arrays(`constants of ${norm}`, factors.get(norm) ?? factors.get(`${norm}.weight`) ?? [], data, tolerance);
      // Copies of one model have constants of 1 up to rounding, and are no fusion of several.
      const logitsCompensated = await logitsOf(parts.every((part) => part === parts[0]) ? shared : grow('shared', factors));
      result.arrays('logits, compensated norm', logitsCompensated, golden.tensor('logits_compensated'), 2 * tolerance);
    }
    return result;
  },
};
