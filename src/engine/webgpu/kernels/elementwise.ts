/** Operations in which every element stands for itself: add, and the optimizers' steps over whole pools. */
import { flag, real } from '../../operations/attributes.ts';
import {
  floatWord,
  groupsFor,
  inputOf,
  lanes,
  outputOf,
  read,
  vectorType,
  write,
  type ElementType,
  type Kernel,
  type Names,
  type Operand,
} from '../task.ts';

interface Elementwise {
  readonly op: string;
  readonly size: number;
  /** Element type of the large operands. */
  readonly type: ElementType;
  readonly key?: string;
  readonly operands: readonly Operand[];
  readonly words?: readonly number[];
  /** Body for element `i`. */
  readonly body: (names: Names) => string;
}

function elementwise(context: Parameters<Kernel>[1], task: Elementwise): ReturnType<Kernel> {
  const items = task.size / lanes(task.type);
  return [
    {
      op: task.op,
      key: `${task.op}${task.key ?? ''}/${task.type}`,
      operands: task.operands,
      words: [items, ...(task.words ?? [])],
      workgroups: groupsFor(items, context),
      body: (names) => `let i = gid;\nif (i >= ${names.word(0)}) { return; }\n${task.body(names)}`,
    },
  ];
}

/** c = a + b */
export const add: Kernel = (node, context) => {
  const [a, b, c] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const type = vectorType(c.size);
  return elementwise(context, {
    op: 'add',
    size: c.size,
    type,
    operands: [read(a, type), read(b, type), write(c, type)],
    body: ({ tensor }) => `${tensor(2)}[i] = ${tensor(0)}[i] + ${tensor(1)}[i];`,
  });
};

/** c = w·a + (1 − w)·b */
export const mix: Kernel = (node, context) => {
  const [a, b, weight, c] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), outputOf(node, 0)];
  const type = vectorType(c.size);
  return elementwise(context, {
    op: 'mix',
    size: c.size,
    type,
    operands: [read(a, type), read(b, type), read(weight), write(c, type)],
    body: ({ tensor }) => `let w = ${tensor(2)}[0];\n${tensor(3)}[i] = w * ${tensor(0)}[i] + (1.0 - w) * ${tensor(1)}[i];`,
  });
};

/** The part of a gradient that goes to `a`, or with `rest` to `b`, of a mix. */
export const mixGrad: Kernel = (node, context) => {
  const [gradient, weight, out] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const type = vectorType(out.size);
  const rest = flag(node.attributes, 'rest');
  return elementwise(context, {
    op: 'mix_grad',
    key: rest ? '/rest' : '',
    size: out.size,
    type,
    operands: [read(gradient, type), read(weight), write(out, type)],
    body: ({ tensor }) => `${tensor(2)}[i] = ${rest ? `(1.0 - ${tensor(1)}[0])` : `${tensor(1)}[0]`} * ${tensor(0)}[i];`,
  });
};

/** θ −= lr·g */
export const sgd: Kernel = (node, context) => {
  const [theta, gradient, values] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)];
  const type = vectorType(theta.size);
  return elementwise(context, {
    op: 'sgd',
    size: theta.size,
    type,
    operands: [write(theta, type), read(gradient, type), read(values)],
    body: ({ tensor }) => `${tensor(0)}[i] = ${tensor(0)}[i] - ${tensor(2)}[0] * ${tensor(1)}[i];`,
  });
};

/** x *= min(1, norm / (√squares + 1e-6)) */
export const clip: Kernel = (node, context) => {
  const [x, squares] = [inputOf(node, 0), inputOf(node, 1)];
  const type = vectorType(x.size);
  return elementwise(context, {
    op: 'clip',
    size: x.size,
    type,
    words: [floatWord(real(node.attributes, 'norm'))],
    operands: [write(x, type), read(squares)],
    body: ({ tensor, float }) => `${tensor(0)}[i] = min(1.0, ${float(1)} / (sqrt(${tensor(1)}[0]) + 1e-6)) * ${tensor(0)}[i];`,
  });
};

/** m = β·m + g; θ −= lr·m */
export const momentum: Kernel = (node, context) => {
  const [theta, gradient, moment, values] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3)];
  const type = vectorType(theta.size);
  return elementwise(context, {
    op: 'momentum',
    size: theta.size,
    type,
    operands: [write(theta, type), read(gradient, type), write(moment, type), read(values)],
    body: ({ tensor }) => `let m = ${tensor(3)}[1] * ${tensor(2)}[i] + ${tensor(1)}[i];
${tensor(2)}[i] = m;
${tensor(0)}[i] = ${tensor(0)}[i] - ${tensor(3)}[0] * m;`,
  });
};

/** Adam (Kingma & Ba 2015, arXiv 1412.6980) in PyTorch's form; `grouped`: each element has the step count of its group. */
export const adam: Kernel = (node, context) => {
  const grouped = flag(node.attributes, 'grouped');
  const decay = real(node.attributes, 'decay', 0);
  const [theta, gradient, m, v] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3)];
  const values = inputOf(node, grouped ? 5 : 4);
  const type = vectorType(theta.size);
  const correction = (names: Names, first: number): string => {
    const list = names.tensor(4);
    if (!grouped) return `${list}[${first}]`;
    const of = (lane: string): string => `${list}[${first}u + 2u * u32(group${lane})]`;
    return type === 'f32' ? of('') : `vec4<f32>(${['.x', '.y', '.z', '.w'].map(of).join(', ')})`;
  };
  return elementwise(context, {
    op: 'adam',
    key: `${grouped ? '/grouped' : ''}${decay > 0 ? '/decay' : ''}`,
    size: theta.size,
    type,
    words: [floatWord(decay)],
    operands: [
      write(theta, type),
      read(gradient, type),
      write(m, type),
      write(v, type),
      read(values),
      ...(grouped ? [read(inputOf(node, 4), type)] : []),
    ],
    body: (names) => {
      const { tensor } = names;
      const list = tensor(4);
      const kept = decay > 0 ? `(1.0 - ${list}[0] * ${names.float(1)}) * ` : '';
      return `${grouped ? `let group = ${tensor(5)}[i];` : ''}
let g = ${tensor(1)}[i];
let m = ${list}[1] * ${tensor(2)}[i] + (1.0 - ${list}[1]) * g;
let v = ${list}[2] * ${tensor(3)}[i] + (1.0 - ${list}[2]) * g * g;
${tensor(2)}[i] = m;
${tensor(3)}[i] = v;
${tensor(0)}[i] = ${kept}${tensor(0)}[i] - ${list}[0] * (m / ${correction(names, 4)}) / (sqrt(v / ${correction(names, 5)}) + ${list}[3]);`;
    },
  });
};

/** y += a·x, with a in `values[0]`: not an operation of graphs, the device's own. */
export const axpy: Kernel = (node, context) => {
  const [x, values, y] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0)];
  const type = vectorType(y.size);
  return elementwise(context, {
    op: 'axpy',
    size: y.size,
    type,
    operands: [read(x, type), read(values), write(y, type)],
    body: ({ tensor }) => `${tensor(2)}[i] = ${tensor(2)}[i] + ${tensor(1)}[0] * ${tensor(0)}[i];`,
  });
};

/** x = a·x */
export const scale: Kernel = (node, context) => {
  const [values, x] = [inputOf(node, 0), outputOf(node, 0)];
  const type = vectorType(x.size);
  return elementwise(context, {
    op: 'scale',
    size: x.size,
    type,
    operands: [read(values), write(x, type)],
    body: ({ tensor }) => `${tensor(1)}[i] = ${tensor(0)}[0] * ${tensor(1)}[i];`,
  });
};
