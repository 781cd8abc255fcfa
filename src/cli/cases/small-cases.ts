/** Single files: position buckets, forms of config.json, Adam's first updates, the tokenizer. */
import { sizeOf, type HostTensor } from '../../engine/named-tensors.ts';
import { parameterShapes, readConfig, writeConfig } from '../../model/config.ts';
import { positionBucket } from '../../model/position-buckets.ts';
import { readCheckpoint } from '../../storage/checkpoint.ts';
import { writeSafetensors } from '../../storage/safetensors.ts';
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
      const [bidirectional, buckets, most] = [table.get('bidirectional').flag(), table.get('num_buckets').number(), table.get('max_distance').number()];
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
  matches: ({ json }) => json.has('rows') && json.get('rows').list()[0]?.has('stored_head') === true,
  async compare(golden) {
    const result = new Comparison();
    for (const row of golden.json.get('rows').list()) {
      const stored = row.get('stored_head').text();
      const form = row.get('config').object();
      const what = `${JSON.stringify(form)}, head ${stored}`;
      const shapes = parameterShapes(readConfig({ ...TINY, ...form }, stored !== 'absent'));
      const tensors = new Map<string, HostTensor>([...shapes].map(([name, shape], t) => [name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => t + i / 64) }]));
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

/** Adam's update, in step sizes, under a constant gradient of 1, from the numbers the engine is given. */
function updates(beta1: number, beta2: number, epsilon: number, steps: number, countAtStart: number, m0: number): number[] {
  const optimizer = withConstants(adam, { beta1, beta2, epsilon });
  const all: number[] = [];
  let m = m0;
  let v = 0;
  for (let n = 1; n <= steps; n++) {
    m = beta1 * m + (1 - beta1);
    v = beta2 * v + (1 - beta2);
    const values = optimizer.values(1, [countAtStart + n]);
    const [c1 = Number.NaN, c2 = Number.NaN] = [values[4], values[5]];
    all.push(m / c1 / (Math.sqrt(v / c2) + epsilon));
  }
  return all;
}

export const firstUpdateCase: CaseKind = {
  name: 'first update',
  matches: ({ json }) => json.keys().some((key) => json.get(key).value !== null && typeof json.get(key).value === 'object' && !Array.isArray(json.get(key).value) && json.get(key).keys().some((inner) => inner.startsWith('beta1='))),
  async compare(golden) {
    const result = new Comparison();
    const outer = golden.json.keys().map((key) => golden.json.get(key)).find((json) => typeof json.value === 'object' && !Array.isArray(json.value) && json.keys().some((key) => key.startsWith('beta1=')));
    for (const name of outer?.keys() ?? []) {
      const [, beta1, beta2] = /^beta1=([\d.]+) beta2=([\d.]+)$/.exec(name) ?? [];
      const table = outer?.get(name);
      if (beta1 === undefined || beta2 === undefined || table === undefined) continue;
      const kinds = [['own_step_count', 0, 0], ['global_step_count', 1e6, 0], ['v_zero_but_m_transferred', 1e6, 1]] as const;
      for (const [kind, count, m0] of kinds) {
        const wanted = table.get(kind);
        const ours = updates(Number(beta1), Number(beta2), golden.json.maybe('eps')?.number() ?? 1e-8, 3000, count, m0);
        // The corrections reach the engine as float32.
        result.arrays(`${name}: ${kind}`, ours.slice(0, 10), wanted.get('first_ten').numbers(), 1e-5);
        result.number(`${name}: ${kind}, largest`, Math.max(...ours), wanted.get('largest').number(), 1e-5);
        result.number(`${name}: ${kind}, sum of 100`, ours.slice(0, 100).reduce((a, b) => a + b, 0), wanted.get('sum_of_first_100').number(), 1e-5);
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
