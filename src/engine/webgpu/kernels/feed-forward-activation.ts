/**
 * relu(u), or GELU in its tanh form (`gelu_new`), or smooth-activation.ts, gated: act(u[:, :F])·u[:, F:]. And its
 * gradient, and how both change with u.
 */
import type { AttributesOf } from '../../operations/node.ts';
import type { Tensor } from '../../tensor.ts';
import { dimension, groupsFor, lanes, read, task, vectorType, write, type ElementType, type Kernel } from '../compile/task.ts';
import { isSmooth, smoothActivation } from './smooth-activation.ts';

type Activation = AttributesOf<'feed_forward_activation'>;

// tanh overflows for large arguments on some adapters; beyond ±15 it is ±1 in float32.
const INNER = '0.7978845608028654 * (x + 0.044715 * x * x * x)';
const tanh = (type: ElementType): string => `tanh(clamp(${INNER}, ${type}(-15.0), ${type}(15.0)))`;

/** `value` = act(x); with one derivative, `slope` = act′(x) as well; with two, `curve` = act″(x). */
function activation(kind: Activation['kind'], type: ElementType, derivatives: 0 | 1 | 2): string {
  if (kind === 'relu') {
    return `let value = max(x, ${type}(0.0));
${derivatives > 0 ? `let slope = select(${type}(0.0), ${type}(1.0), x > ${type}(0.0));` : ''}
${derivatives > 1 ? `let curve = ${type}(0.0);` : ''}`;
  }
  if (isSmooth(kind)) return smoothActivation(kind, type, derivatives);
  return `let th = ${tanh(type)};
let value = 0.5 * x * (1.0 + th);
${derivatives > 0 ? 'let slope = 0.5 * (1.0 + th) + 0.5 * x * (1.0 - th * th) * 0.7978845608028654 * (1.0 + 0.134145 * x * x);' : ''}
${
  derivatives > 1
    ? `let inner = 0.7978845608028654 * (1.0 + 0.134145 * x * x);
let curve = (1.0 - th * th) * (inner + 0.5 * x * (0.21406444881780076 * x - 2.0 * th * inner * inner));`
    : ''
}`;
}

/** The part that the four kernels share. @param narrow a tensor with the activation's width, [N, F] */
function shapeOf(narrow: Tensor): { readonly type: ElementType; readonly words: { readonly items: number; readonly width: number } } {
  const type = vectorType(dimension(narrow, 1));
  return { type, words: { items: narrow.size / lanes(type), width: dimension(narrow, 1) / lanes(type) } };
}
/** Returns where there is no element; declares `at`, where the element lies in u, and with a gate `width`. */
const head = (w: { readonly items: string; readonly width: string }, gated: boolean): string => `if (gid >= ${w.items}) { return; }
${gated ? `let width = ${w.width};\nlet at = gid + (gid / width) * width;` : 'let at = gid;'}`;

export const feedForwardActivation: Kernel<'feed_forward_activation'> = ({ inputs: { u }, outputs: { y }, attributes }, context) => {
  const { kind, gated } = attributes;
  const { type, words } = shapeOf(y);
  return [
    task({
      op: 'feed_forward_activation',
      key: `activation/${kind}/${gated}/${type}`,
      operands: { u: read(u, type), y: write(y, type) },
      words,
      workgroups: groupsFor(words.items, context),
      body: (t, w) => `${head(w, gated)}
let x = ${t.u}[at];
${activation(kind, type, 0)}
${t.y}[gid] = value${gated ? ` * ${t.u}[at + width]` : ''};`,
    }),
  ];
};

export const feedForwardActivationGrad: Kernel<'feed_forward_activation_grad'> = (
  { inputs: { u, dy }, outputs: { du }, attributes },
  context,
) => {
  const { kind, gated } = attributes;
  const { type, words } = shapeOf(dy);
  return [
    task({
      op: 'feed_forward_activation_grad',
      key: `activation_grad/${kind}/${gated}/${type}`,
      operands: { u: read(u, type), dy: read(dy, type), du: write(du, type) },
      words,
      workgroups: groupsFor(words.items, context),
      body: (t, w) => `${head(w, gated)}
let x = ${t.u}[at];
let d = ${t.dy}[gid];
${activation(kind, type, 1)}
${gated ? `${t.du}[at] = d * ${t.u}[at + width] * slope;\n${t.du}[at + width] = d * value;` : `${t.du}[at] = d * slope;`}`,
    }),
  ];
};

/** ty = act′(u)·tu, gated act′(u)·gate·tu + act(u)·tgate. */
export const feedForwardActivationTangent: Kernel<'feed_forward_activation_tangent'> = (
  { inputs: { u, tu }, outputs: { ty }, attributes },
  context,
) => {
  const { kind, gated } = attributes;
  const { type, words } = shapeOf(ty);
  return [
    task({
      op: 'feed_forward_activation_tangent',
      key: `activation_tangent/${kind}/${gated}/${type}`,
      operands: { u: read(u, type), tu: read(tu, type), ty: write(ty, type) },
      words,
      workgroups: groupsFor(words.items, context),
      body: (t, w) => `${head(w, gated)}
let x = ${t.u}[at];
${activation(kind, type, 1)}
let straight = slope * ${t.tu}[at];
${t.ty}[gid] = ${gated ? `straight * ${t.u}[at + width] + value * ${t.tu}[at + width]` : 'straight'};`,
    }),
  ];
};

/** The change of act′(u)·dy (gated: of act′(u)·gate·dy and of act(u)·dy) for the changes tu and tdy. */
export const feedForwardActivationGradTangent: Kernel<'feed_forward_activation_grad_tangent'> = (
  { inputs: { u, dy, tu, tdy }, outputs: { tdu }, attributes },
  context,
) => {
  const { kind, gated } = attributes;
  const { type, words } = shapeOf(dy);
  return [
    task({
      op: 'feed_forward_activation_grad_tangent',
      key: `activation_grad_tangent/${kind}/${gated}/${type}`,
      operands: { u: read(u, type), dy: read(dy, type), tu: read(tu, type), tdy: read(tdy, type), tdu: write(tdu, type) },
      words,
      workgroups: groupsFor(words.items, context),
      body: (t, w) => `${head(w, gated)}
let x = ${t.u}[at];
let d = ${t.dy}[gid];
let tx = ${t.tu}[at];
let td = ${t.tdy}[gid];
${activation(kind, type, 2)}
let bent = curve * tx * d;
${
  gated
    ? `let gate = ${t.u}[at + width];
${t.tdu}[at] = bent * gate + slope * (td * gate + d * ${t.tu}[at + width]);
${t.tdu}[at + width] = d * slope * tx + td * value;`
    : `${t.tdu}[at] = bent + slope * td;`
}`,
    }),
  ];
};
