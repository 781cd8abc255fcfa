/** Operations in which every element stands for itself: add and mix, and the optimizers' steps over whole pools. */
import type { UpdateName } from '../../operations/catalogue.ts';
import { GROUP_STRIDE, placeOfGroupValue, placeOfValue, type GroupValue, type StepValue } from '../../operations/step-values.ts';
import type { Tensor } from '../../tensor.ts';
import {
  groupsFor,
  lanes,
  read,
  task,
  vectorType,
  write,
  type ElementType,
  type Kernel,
  type KernelContext,
  type Operand,
  type Task,
  type TaskParts,
  type Word,
} from '../compile/task.ts';

interface Elementwise<Operands, Words> extends Pick<TaskParts<Operands, Words>, 'op' | 'operands'> {
  readonly size: number;
  /** Element type of the large operands. */
  readonly type: ElementType;
  readonly key?: string;
  readonly words: Words;
  /** WGSL for element `i`. */
  readonly body: TaskParts<Operands, Words & { readonly items: number }>['body'];
}

function elementwise<Operands extends Readonly<Record<string, Operand | undefined>>, Words extends Readonly<Record<string, Word>>>(
  context: KernelContext,
  { op, size, type, key = '', operands, words, body }: Elementwise<Operands, Words>,
): Task[] {
  const items = size / lanes(type);
  return [
    task<Operands, Words & { readonly items: number }>({
      op,
      key: `${op}${key}/${type}`,
      operands,
      words: { items, ...words },
      workgroups: groupsFor(items, context),
      body: (t, w, shared) => `let i = gid;\nif (i >= ${w.items}) { return; }\n${body(t, w, shared)}`,
    }),
  ];
}

/** c = a + b */
export const add: Kernel<'add'> = ({ inputs: { a, b }, outputs: { c } }, context) => {
  const type = vectorType(c.size);
  return elementwise(context, {
    op: 'add',
    size: c.size,
    type,
    operands: { a: read(a, type), b: read(b, type), c: write(c, type) },
    words: {},
    body: (t) => `${t.c}[i] = ${t.a}[i] + ${t.b}[i];`,
  });
};

/** c = w·a + (1 − w)·b */
export const mix: Kernel<'mix'> = ({ inputs: { a, b, weight }, outputs: { c } }, context) => {
  const type = vectorType(c.size);
  return elementwise(context, {
    op: 'mix',
    size: c.size,
    type,
    operands: { a: read(a, type), b: read(b, type), weight: read(weight), c: write(c, type) },
    words: {},
    body: (t) => `let w = ${t.weight}[0];\n${t.c}[i] = w * ${t.a}[i] + (1.0 - w) * ${t.b}[i];`,
  });
};

/** The part of a gradient that goes to `a`, or with `rest` to `b`, of a mix. */
export const mixGrad: Kernel<'mix_grad'> = ({ inputs: { dc, weight }, outputs: { dpart }, attributes: { rest } }, context) => {
  const type = vectorType(dpart.size);
  return elementwise(context, {
    op: 'mix_grad',
    key: rest ? '/rest' : '',
    size: dpart.size,
    type,
    operands: { dc: read(dc, type), weight: read(weight), dpart: write(dpart, type) },
    words: {},
    body: (t) => `${t.dpart}[i] = ${rest ? `(1.0 - ${t.weight}[0])` : `${t.weight}[0]`} * ${t.dc}[i];`,
  });
};

/** WGSL of a number of the optimizer's step. @param values name of the array */
const stepValue = <Op extends UpdateName>(op: Op, values: string, name: StepValue<Op>): string => `${values}[${placeOfValue(op, name)}]`;

/** x *= min(1, norm / (√squares + 1e-6)) */
export const clip: Kernel<'clip'> = ({ inputs: { x, squares }, attributes: { norm } }, context) => {
  const type = vectorType(x.size);
  return elementwise(context, {
    op: 'clip',
    size: x.size,
    type,
    words: { norm: { float: norm } },
    operands: { x: write(x, type), squares: read(squares) },
    body: (t, w) => `${t.x}[i] = min(1.0, ${w.norm} / (sqrt(${t.squares}[0]) + 1e-6)) * ${t.x}[i];`,
  });
};

/** θ −= h·g */
export const sgd: Kernel<'sgd'> = ({ inputs: { parameters, gradients, values } }, context) => {
  const type = vectorType(parameters.size);
  return elementwise(context, {
    op: 'sgd',
    size: parameters.size,
    type,
    operands: { theta: write(parameters, type), g: read(gradients, type), values: read(values) },
    words: {},
    body: (t) => `${t.theta}[i] = ${t.theta}[i] - ${stepValue('sgd', t.values, 'stepSize')} * ${t.g}[i];`,
  });
};

/** m = β·m + g; θ −= h·m */
export const momentum: Kernel<'momentum'> = ({ inputs: { parameters, gradients, velocity, values } }, context) => {
  const type = vectorType(parameters.size);
  return elementwise(context, {
    op: 'momentum',
    size: parameters.size,
    type,
    operands: { theta: write(parameters, type), g: read(gradients, type), velocity: write(velocity, type), values: read(values) },
    words: {},
    body: (t) => `let m = ${stepValue('momentum', t.values, 'beta')} * ${t.velocity}[i] + ${t.g}[i];
${t.velocity}[i] = m;
${t.theta}[i] = ${t.theta}[i] - ${stepValue('momentum', t.values, 'stepSize')} * m;`,
  });
};

/** WGSL of a bias correction, of each element's group where there are groups (then `group` is declared). */
function correction(values: string, name: GroupValue<'adam'>, type: ElementType, grouped: boolean): string {
  const first = placeOfGroupValue('adam', name);
  if (!grouped) return `${values}[${first}]`;
  const of = (lane: string): string => `${values}[${first}u + ${GROUP_STRIDE}u * u32(group${lane})]`;
  return type === 'f32' ? of('') : `vec4<f32>(${['.x', '.y', '.z', '.w'].map(of).join(', ')})`;
}

/**
 * Adam (Kingma & Ba 2015, arXiv 1412.6980) in PyTorch's form; with groups each element has the step count of its group.
 */
export const adam: Kernel<'adam'> = ({ inputs, attributes: { decay } }, context) => {
  const { parameters, gradients, moment1, moment2, groups, values } = inputs;
  const type = vectorType(parameters.size);
  return elementwise(context, {
    op: 'adam',
    key: `${groups ? '/grouped' : ''}${decay > 0 ? '/decay' : ''}`,
    size: parameters.size,
    type,
    words: { decay: { float: decay } },
    operands: {
      theta: write(parameters, type),
      g: read(gradients, type),
      moment1: write(moment1, type),
      moment2: write(moment2, type),
      values: read(values),
      groups: groups && read(groups, type),
    },
    body: (t, w) => {
      const value = (name: StepValue<'adam'>): string => stepValue('adam', t.values, name);
      const corrected = (name: GroupValue<'adam'>): string => correction(t.values, name, type, groups !== undefined);
      const kept = decay > 0 ? `(1.0 - ${value('stepSize')} * ${w.decay}) * ` : '';
      return `${t.groups ? `let group = ${t.groups}[i];` : ''}
let g = ${t.g}[i];
let m = ${value('beta1')} * ${t.moment1}[i] + (1.0 - ${value('beta1')}) * g;
let v = ${value('beta2')} * ${t.moment2}[i] + (1.0 - ${value('beta2')}) * g * g;
${t.moment1}[i] = m;
${t.moment2}[i] = v;
${t.theta}[i] = ${kept}${t.theta}[i] - ${value('stepSize')} * (m / ${corrected('correction1')}) / (sqrt(v / ${corrected('correction2')}) + ${value('epsilon')});`;
    },
  });
};

/** y += a·x, with a in `factor[0]`: not an operation of graphs, the device's own. */
export function axpy({ x, factor, y }: { x: Tensor; factor: Tensor; y: Tensor }, context: KernelContext): Task[] {
  const type = vectorType(y.size);
  return elementwise(context, {
    op: 'axpy',
    size: y.size,
    type,
    operands: { x: read(x, type), factor: read(factor), y: write(y, type) },
    words: {},
    body: (t) => `${t.y}[i] = ${t.y}[i] + ${t.factor}[0] * ${t.x}[i];`,
  });
}

/** x = a·x */
export function scale({ x, factor }: { x: Tensor; factor: Tensor }, context: KernelContext): Task[] {
  const type = vectorType(x.size);
  return elementwise(context, {
    op: 'scale',
    size: x.size,
    type,
    operands: { factor: read(factor), x: write(x, type) },
    words: {},
    body: (t) => `${t.x}[i] = ${t.factor}[0] * ${t.x}[i];`,
  });
}

/** y −= a·x, with a in `factor[0]`, which the device has found. */
export function subtract({ x, factor, y }: { x: Tensor; factor: Tensor; y: Tensor }, context: KernelContext): Task[] {
  const type = vectorType(y.size);
  return elementwise(context, {
    op: 'subtract',
    size: y.size,
    type,
    operands: { x: read(x, type), factor: read(factor), y: write(y, type) },
    words: {},
    body: (t) => `${t.y}[i] = ${t.y}[i] - ${t.factor}[0] * ${t.x}[i];`,
  });
}

/** x /= √a */
export function normalise({ x, factor }: { x: Tensor; factor: Tensor }, context: KernelContext): Task[] {
  const type = vectorType(x.size);
  return elementwise(context, {
    op: 'normalise',
    size: x.size,
    type,
    operands: { factor: read(factor), x: write(x, type) },
    words: {},
    body: (t) => `${t.x}[i] = ${t.x}[i] * (1.0 / sqrt(${t.factor}[0]));`,
  });
}
