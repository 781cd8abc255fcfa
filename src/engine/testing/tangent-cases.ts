/** Random cases of the tangent operations, beside those of one-operation.ts. */
import fc from 'fast-check';
import type { InPlaceName, OperationName, TangentName } from '../operations/catalogue.ts';
import { CASES, Numbers, type Case, type CaseOf, type Operand } from './one-operation.ts';

type Cases<Op extends OperationName> = fc.Arbitrary<CaseOf<Op>>;

/** A case of a tangent from one of the operation that it belongs to, and from random changes of some of its inputs. */
const after = <Op extends keyof typeof CASES, Tangent extends TangentName>(
  op: Op,
  make: (one: CaseOf<Op>, random: Numbers) => CaseOf<Tangent>,
): Cases<Tangent> => fc.tuple(CASES[op] as Cases<Op>, fc.integer({ min: 0, max: 1e9 })).map(([one, seed]) => make(one, new Numbers(seed)));

const like = (random: Numbers, operand: Operand): Operand => random.floats(operand.shape);
const likeIfThere = (random: Numbers, operand: Operand | undefined): Operand | undefined => operand && like(random, operand);

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

const TANGENT_CASES: { readonly [Op in TangentName]: Cases<Op> } = {
  rms_norm_tangent: after('rms_norm', ({ inputs: { x, scale }, outputs, attributes: { groups } }, random) => ({
    op: 'rms_norm_tangent',
    inputs: { x, scale, r: inverseRms(x, groups), tx: like(random, x), tscale: like(random, scale) },
    outputs: { ty: outputs.y, tr: outputs.r },
    attributes: { groups },
  })),
  rms_norm_grad_tangent: after('rms_norm_grad', ({ inputs: { x, scale, r, dy, add }, outputs, attributes }, random) => ({
    op: 'rms_norm_grad_tangent',
    inputs: { x, scale, r, dy, tx: like(random, x), tdy: like(random, dy), add },
    outputs: { tdx: outputs.dx },
    attributes,
  })),
  feed_forward_activation_tangent: after('feed_forward_activation', ({ inputs: { u }, outputs, attributes }, random) => ({
    op: 'feed_forward_activation_tangent',
    inputs: { u, tu: like(random, u) },
    outputs: { ty: outputs.y },
    attributes,
  })),
  feed_forward_activation_grad_tangent: after('feed_forward_activation_grad', ({ inputs: { u, dy }, outputs, attributes }, random) => ({
    op: 'feed_forward_activation_grad_tangent',
    inputs: { u, dy, tu: like(random, u), tdy: like(random, dy) },
    outputs: { tdu: outputs.du },
    attributes,
  })),
  attention_tangent: after('attention_grad', ({ inputs: { query, keyValue, probs, dout }, attributes }, random) => {
    const hasBias = random.flag();
    const changes = { tquery: like(random, query), tkeyValue: likeIfThere(random, keyValue) };
    return {
      op: 'attention_tangent',
      inputs: { query, keyValue, probs, ...changes, ...(hasBias ? { tbias: random.floats(probs.shape.slice(1)) } : {}) },
      outputs: { tout: dout.shape, tprobs: probs.shape },
      attributes,
    };
  }),
  attention_grad_tangent: after('attention_grad', ({ inputs: { query, keyValue, probs, dout }, outputs, attributes }, random) => ({
    op: 'attention_grad_tangent',
    inputs: {
      ...{ query, keyValue, probs, dout },
      tquery: like(random, query),
      tkeyValue: likeIfThere(random, keyValue),
      tprobs: like(random, probs),
      tdout: like(random, dout),
    },
    outputs: { tdquery: outputs.dquery, tdkeyValue: outputs.dkeyValue, tdscores: outputs.dscores },
    attributes,
  })),
  cross_entropy_grad_tangent: after('cross_entropy_grad', ({ inputs, outputs }, random) => ({
    op: 'cross_entropy_grad_tangent',
    inputs: { ...inputs, tlogits: like(random, inputs.logits) },
    outputs: { tdlogits: outputs.dlogits },
    attributes: {},
  })),
};

/** Every operation that does not write in place. */
const ALL_CASES: { readonly [Op in Exclude<OperationName, InPlaceName>]: Cases<Op> } = { ...CASES, ...TANGENT_CASES };

/** The same as a list. */
export const CASE_LIST = Object.entries(ALL_CASES) as readonly [op: string, cases: fc.Arbitrary<Case>][];
/** An accumulating case is run twice, so that the second run adds to the first. */
export const runsOf = ({ attributes }: Case): number => ('accumulate' in attributes && attributes.accumulate === true ? 2 : 1);
