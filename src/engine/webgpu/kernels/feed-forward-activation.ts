/** relu(u), or GELU in its tanh form (`gelu_new`), or smooth-activation.ts, gated: act(u[:, :F])·u[:, F:]. And its gradient, and how both change with u. */
import { flag, word as wordAttribute } from '../../operations/attributes.ts';
import { isSmooth, smoothActivation } from './smooth-activation.ts';
import { dimension, groupsFor, inputOf, lanes, outputOf, read, vectorType, write, type ElementType, type Kernel } from '../task.ts';

// tanh overflows for large arguments on some adapters; beyond ±15 it is ±1 in float32.
const INNER = '0.7978845608028654 * (x + 0.044715 * x * x * x)';
const tanh = (type: ElementType): string => `tanh(clamp(${INNER}, ${type}(-15.0), ${type}(15.0)))`;

/** `value` = act(x); with one derivative, `slope` = act′(x) as well; with two, `curve` = act″(x). */
export function activation(kind: string, type: ElementType, derivatives: 0 | 1 | 2): string {
  if (kind === 'relu') {
    return `let value = max(x, ${type}(0.0));
${derivatives > 0 ? `let slope = select(${type}(0.0), ${type}(1.0), x > ${type}(0.0));` : ''}
${derivatives > 1 ? `let curve = ${type}(0.0);` : ''}`;
  }
  if (isSmooth(kind)) return smoothActivation(kind, type, derivatives);
  if (kind !== 'gelu_new') throw new Error(`webgpu: the activation ${kind} is not known; relu, gelu_new, gelu and silu are`);
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

export const feedForwardActivation: Kernel = (node, context) => {
  const [u, y] = [inputOf(node, 0), outputOf(node, 0)];
  const [kind, gated] = [wordAttribute(node.attributes, 'kind'), flag(node.attributes, 'gated')];
  const type = vectorType(dimension(y, 1));
  const width = dimension(y, 1) / lanes(type);
  const items = y.size / lanes(type);
  return [
    {
      op: 'feed_forward_activation',
      key: `activation/${kind}/${gated}/${type}`,
      operands: [read(u, type), write(y, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
${gated ? `let width = ${word(1)};\nlet at = gid + (gid / width) * width;` : 'let at = gid;'}
let x = ${tensor(0)}[at];
${activation(kind, type, 0)}
${tensor(1)}[gid] = value${gated ? ` * ${tensor(0)}[at + width]` : ''};`,
    },
  ];
};

export const feedForwardActivationGrad: Kernel = (node, context) => {
  const [u, dy, du] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const [kind, gated] = [wordAttribute(node.attributes, 'kind'), flag(node.attributes, 'gated')];
  const type = vectorType(dimension(dy, 1));
  const width = dimension(dy, 1) / lanes(type);
  const items = dy.size / lanes(type);
  return [
    {
      op: 'feed_forward_activation_grad',
      key: `activation_grad/${kind}/${gated}/${type}`,
      operands: [read(u, type), read(dy, type), write(du, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
${gated ? `let width = ${word(1)};\nlet at = gid + (gid / width) * width;` : 'let at = gid;'}
let x = ${tensor(0)}[at];
let d = ${tensor(1)}[gid];
${activation(kind, type, 1)}
${gated ? `${tensor(2)}[at] = d * ${tensor(0)}[at + width] * slope;\n${tensor(2)}[at + width] = d * value;` : `${tensor(2)}[at] = d * slope;`}`,
    },
  ];
};

/** ty = act′(u)·tu, gated act′(u)·gate·tu + act(u)·tgate. */
export const feedForwardActivationTangent: Kernel = (node, context) => {
  const [u, tu, ty] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const [kind, gated] = [wordAttribute(node.attributes, 'kind'), flag(node.attributes, 'gated')];
  const type = vectorType(dimension(ty, 1));
  const width = dimension(ty, 1) / lanes(type);
  const items = ty.size / lanes(type);
  return [
    {
      op: 'feed_forward_activation_tangent',
      key: `activation_tangent/${kind}/${gated}/${type}`,
      operands: [read(u, type), read(tu, type), write(ty, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
${gated ? `let width = ${word(1)};\nlet at = gid + (gid / width) * width;` : 'let at = gid;'}
let x = ${tensor(0)}[at];
${activation(kind, type, 1)}
let straight = slope * ${tensor(1)}[at];
${tensor(2)}[gid] = ${gated ? `straight * ${tensor(0)}[at + width] + value * ${tensor(1)}[at + width]` : 'straight'};`,
    },
  ];
};

/** The change of act′(u)·dy (gated: of act′(u)·gate·dy and of act(u)·dy) for the changes tu and tdy. */
export const feedForwardActivationGradTangent: Kernel = (node, context) => {
  const [u, dy, tu, tdy] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3)];
  const tdu = outputOf(node, 0);
  const [kind, gated] = [wordAttribute(node.attributes, 'kind'), flag(node.attributes, 'gated')];
  const type = vectorType(dimension(dy, 1));
  const width = dimension(dy, 1) / lanes(type);
  const items = dy.size / lanes(type);
  return [
    {
      op: 'feed_forward_activation_grad_tangent',
      key: `activation_grad_tangent/${kind}/${gated}/${type}`,
      operands: [read(u, type), read(dy, type), read(tu, type), read(tdy, type), write(tdu, type)],
      words: [items, width],
      workgroups: groupsFor(items, context),
      body: ({ tensor, word }) => `if (gid >= ${word(0)}) { return; }
${gated ? `let width = ${word(1)};\nlet at = gid + (gid / width) * width;` : 'let at = gid;'}
let x = ${tensor(0)}[at];
let d = ${tensor(1)}[gid];
let tx = ${tensor(2)}[at];
let td = ${tensor(3)}[gid];
${activation(kind, type, 2)}
let bent = curve * tx * d;
${
  gated
    ? `let gate = ${tensor(0)}[at + width];
${tensor(4)}[at] = bent * gate + slope * (td * gate + d * ${tensor(2)}[at + width]);
${tensor(4)}[at + width] = d * slope * tx + td * value;`
    : `${tensor(4)}[at] = bent + slope * td;`
}`,
    },
  ];
};
