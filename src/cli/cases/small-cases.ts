/** Single files: position buckets, forms of config.json, Adam's first updates, the tokenizer. */
import { sizeOf, type HostTensor } from '../../engine/named-tensors.ts';
import { parameterShapes, writeConfig } from '../../model/config.ts';
import { readConfig } from '../../model/read-config.ts';
import { positionBucket } from '../../model/position-buckets.ts';
import { readCheckpoint } from '../../storage/checkpoint/read-checkpoint.ts';
import { writeSafetensors } from '../../storage/checkpoint/safetensors.ts';
import { adam } from '../../training/optimizers/adam.ts';
import { type CaseKind, type CaseResult, Comparison } from './golden-case.ts';
import { withConstants } from './optimizers-case.ts';

export const bucketsCase: CaseKind = {
  name: 'position buckets',
  matches: ({ json }) => json.has('tables') && json.has('first_distance'),
  async compare(golden) {
    const result = new Comparison();
    const first = golden.json.get('first_distance').number();
    for (const table of golden.json.get('tables').list()) {
      const [bidirectional, buckets, most] = [
        table.get('bidirectional').flag(),
        table.get('num_buckets').number(),
        table.get('max_distance').number(),
      ];
      const wanted = table.get('buckets').numbers();
      const ours = wanted.map((_, i) => positionBucket(first + i, bidirectional, buckets, most));
      result.same(`${buckets}/${most}${bidirectional ? ', both directions' : ''}`, ours, wanted);
    }
    return result;
  },
};

/** A tiny model with this config and head, written and read back. */
const TINY = { vocab_size: 5, d_model: 8, d_kv: 4, d_ff: 6, num_layers: 1, num_decoder_layers: 1, num_heads: 2, feed_forward_proj: 'relu' };

export const configFormsCase: CaseKind = {
  name: 'config forms',
  matches: ({ json }) =>
    json.has('rows') && Array.isArray(json.get('rows').value) && json.get('rows').list()[0]?.has('stored_head') === true,
  async compare(golden) {
    const result = new Comparison();
    for (const row of golden.json.get('rows').list()) {
      const stored = row.get('stored_head').text();
      const form = row.get('config').object();
      const what = `${JSON.stringify(form)}, head ${stored}`;
      const shapes = parameterShapes(readConfig({ ...TINY, ...form }, stored !== 'absent'));
      const tensors = new Map<string, HostTensor>(
        [...shapes].map(([name, shape], t) => [name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => t + i / 64) }]),
      );
      const embedding = tensors.get('shared.weight');
      if (stored.startsWith('equal') && embedding !== undefined) tensors.set('lm_head.weight', embedding);
      const { config } = readCheckpoint(JSON.stringify({ ...TINY, ...form }), writeSafetensors(tensors));
      result.same(`${what}: tied`, [config.tied], [row.get('head_tied').flag()]);
      result.same(`${what}: scaled`, [config.scaled], [row.get('scaled').flag()]);
      // What we write must be read back as the same model.
      const again = readConfig(writeConfig(config), !config.tied);
      result.same(`${what}: written and read`, [again.tied, again.scaled], [config.tied, config.scaled]);
    }
    return result;
  },
};

/** The gradient, ε and step of the reference. */
const FIRST_UPDATE = { gradient: 0.37, epsilon: 1e-8, runStep: 5000 };

/**
 * Adam's updates in step sizes under a constant gradient, from the numbers the engine is given. `transferred`: m starts
 * at the gradient.
 */
function updates(beta1: number, beta2: number, steps: number, countAtStart: number, transferred: boolean): number[] {
  const { gradient, epsilon } = FIRST_UPDATE;
  const optimizer = withConstants(adam, { beta1, beta2, epsilon });
  const all: number[] = [];
  let m = transferred ? gradient : 0;
  let v = 0;
  for (let n = 1; n <= steps; n++) {
    const [, b1 = Number.NaN, b2 = Number.NaN, eps = Number.NaN, c1 = Number.NaN, c2 = Number.NaN] = optimizer.values(1, [
      countAtStart + n,
    ]);
    m = b1 * m + (1 - b1) * gradient;
    v = b2 * v + (1 - b2) * gradient ** 2;
    all.push(m / c1 / (Math.sqrt(v / c2) + eps));
  }
  return all;
}

const FIRST_UPDATE_KEY = /^beta1=([\d.]+) beta2=([\d.]+)$/;

export const firstUpdateCase: CaseKind = {
  name: 'first update',
  matches: ({ json }) =>
    json.has('rows') &&
    !Array.isArray(json.get('rows').value) &&
    json
      .get('rows')
      .keys()
      .some((key) => FIRST_UPDATE_KEY.test(key)),
  async compare(golden) {
    const result = new Comparison();
    const rows = golden.json.get('rows');
    for (const name of rows.keys()) {
      const [, beta1, beta2] = FIRST_UPDATE_KEY.exec(name) ?? [];
      if (beta1 === undefined || beta2 === undefined) throw new Error(`${name} is not of the form beta1=0.9 beta2=0.999`);
      for (const [kind, count, transferred] of [
        ['own_step_count', 0, false],
        ['global_step_count', FIRST_UPDATE.runStep, false],
        ['v_zero_but_m_transferred', FIRST_UPDATE.runStep, true],
      ] as const) {
        const wanted = rows.get(name).get(kind);
        const ours = updates(Number(beta1), Number(beta2), 3000, count, transferred);
        // The engine's β are float32: 1 − β₂ is off by up to 1.3e-5 at .999, its root by half of that.
        const tolerance = 1e-5;
        result.arrays(`${name}: ${kind}`, ours.slice(0, 10), wanted.get('first_ten').numbers(), tolerance);
        result.number(`${name}: ${kind}, largest`, Math.max(...ours), wanted.get('largest').number(), tolerance);
        result.number(
          `${name}: ${kind}, sum of 100`,
          ours.slice(0, 100).reduce((a, b) => a + b, 0),
          wanted.get('sum_of_first_100').number(),
          tolerance,
        );
        result.number(`${name}: ${kind}, update 1000`, ours[999] ?? Number.NaN, wanted.get('step_1000').number(), tolerance);
      }
    }
    return result;
  },
};

export const tokenizerCase: CaseKind = {
  name: 'tokenizer',
  matches: ({ files }) => files.has('tokenizer.json'),
  compare: (): Promise<CaseResult> => Promise.resolve({ checks: [], notes: ['Unigram tokenizers: not built yet'] }),
};
