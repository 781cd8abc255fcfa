/** Random cases of the tangent operations, beside those of one-operation.ts. */
import fc from 'fast-check';
import type { Attributes } from '../graph.ts';
import { CASES, Numbers, type Case, type Operand } from './one-operation.ts';

/** The case of an operation from its seed on, with the changes of some of its inputs; cases are drawn through that of the operation itself. */
const after = (op: string, make: (one: Case, random: Numbers) => Omit<Case, 'op'> & { readonly op?: string }): fc.Arbitrary<Case> =>
  fc
    .tuple(CASES[op] as fc.Arbitrary<Case>, fc.integer({ min: 0, max: 1e9 }))
    .map(([one, seed]) => ({ op: `${op}_tangent`, ...make(one, new Numbers(seed)) }));

const at = (one: Case, index: number): Operand => one.inputs[index] as Operand;
const like = (random: Numbers, operand: Operand): Operand => random.floats(operand.shape);
const factorsOf = (attributes: Attributes): 1 | 2 => (attributes['packed'] === 'qkv' ? 1 : 2);

/** 1/RMS of the groups of x, with an eps of 0.01. */
function inverseRms(x: Operand, groups: readonly number[]): Operand {
  const [rows, d] = x.shape as readonly [number, number];
  const r = new Float32Array(rows * groups.length);
  for (let n = 0; n < rows; n++) {
    let start = 0;
    groups.forEach((width, g) => {
      let total = 0;
      for (let c = start; c < start + width; c++) total += (x.data[n * d + c] as number) ** 2;
      r[n * groups.length + g] = 1 / Math.sqrt(total / width + 0.01);
      start += width;
    });
  }
  return { shape: [rows, groups.length], dtype: 'float32', data: r };
}

export const TANGENT_CASES: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  rms_norm_tangent: after('rms_norm', (one, random) => {
    const groups = one.attributes['groups'] as readonly number[];
    const [x, scale] = [at(one, 0), at(one, 1)];
    return {
      inputs: [x, scale, inverseRms(x, groups), like(random, x), like(random, scale)],
      outputs: one.outputs,
      attributes: { groups },
    };
  }),
  rms_norm_grad_tangent: after('rms_norm_grad', (one, random) => {
    const [x, scale, r, dy] = [0, 1, 2, 3].map((i) => at(one, i)) as [Operand, Operand, Operand, Operand];
    const add = one.inputs.slice(4);
    return { inputs: [x, scale, r, dy, like(random, x), like(random, dy), ...add], outputs: one.outputs, attributes: one.attributes };
  }),
  feed_forward_activation_tangent: after('feed_forward_activation', (one, random) => ({
    inputs: [at(one, 0), like(random, at(one, 0))],
    outputs: one.outputs,
    attributes: one.attributes,
  })),
  feed_forward_activation_grad_tangent: after('feed_forward_activation_grad', (one, random) => ({
    inputs: [...one.inputs, ...one.inputs.map((operand) => like(random, operand))],
    outputs: one.outputs,
    attributes: one.attributes,
  })),
  attention_tangent: after('attention_grad', (one, random) => {
    const count = factorsOf(one.attributes);
    const [factors, probs] = [one.inputs.slice(0, count), at(one, count)];
    const hasBias = random.flag();
    return {
      op: 'attention_tangent',
      inputs: [
        ...factors,
        probs,
        ...factors.map((factor) => like(random, factor)),
        ...(hasBias ? [random.floats(probs.shape.slice(1))] : []),
      ],
      outputs: [at(one, count + 1).shape, probs.shape],
      attributes: { ...one.attributes, hasBias },
    };
  }),
  attention_grad_tangent: after('attention_grad', (one, random) => ({
    inputs: [...one.inputs, ...one.inputs.map((operand) => like(random, operand))],
    outputs: one.outputs,
    attributes: one.attributes,
  })),
  cross_entropy_grad_tangent: after('cross_entropy_grad', (one, random) => ({
    inputs: [...one.inputs, like(random, at(one, 0))],
    outputs: one.outputs,
    attributes: one.attributes,
  })),
};

/** Every operation that does not write in place. */
export const ALL_CASES: Readonly<Record<string, fc.Arbitrary<Case>>> = { ...CASES, ...TANGENT_CASES };
