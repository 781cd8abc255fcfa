/** What is declared of the operations is what the types, the documentation and the checks at run time say. */
import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import type { Body as ReferenceBody } from '../reference/body.ts';
import type { Tensor } from '../tensor.ts';
import type { Body as WasmBody } from '../wasm/bodies.ts';
import type { Kernel } from '../webgpu/compile/task.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName } from './catalogue.ts';
import type { GradientRule } from './gradient-rules.ts';
import type { NodeOf } from './node.ts';

function emptyGraph(): { readonly graph: Graph; readonly x: Tensor; readonly scale: Tensor; readonly y: Tensor; readonly r: Tensor } {
  const graph = new Graph(makeLayout(new Map()));
  return {
    graph,
    x: graph.input('x', [2, 4], 'float32'),
    scale: graph.input('scale', [4], 'float32'),
    y: graph.output('y', [2, 4]),
    r: graph.output('r', [2, 1]),
  };
}
const norm = { epsilon: 1e-6, groups: [4] };

describe('a node is checked against the declaration of its operation', () => {
  test('a missing operand, an unknown one, and an unknown operation are refused by type and by name (11.4)', () => {
    const { graph, x, scale, y, r } = emptyGraph();
    // @ts-expect-error -- the scale is missing
    expect(() => graph.push('rms_norm', { x }, { y, r }, norm)).toThrow('rms_norm needs its input scale; it takes x, scale');
    // @ts-expect-error -- there is no bias
    expect(() => graph.push('rms_norm', { x, scale, bias: x }, { y, r }, norm)).toThrow('rms_norm has no input bias; there are x, scale');
    // @ts-expect-error -- the output is called r
    expect(() => graph.push('rms_norm', { x, scale }, { y, inverse: r }, norm)).toThrow('rms_norm has no output inverse; there are y, r');
    // @ts-expect-error -- there is no such operation
    expect(() => graph.push('layer_norm', { x }, { y })).toThrow('no operation is named layer_norm; there are embed, ');
    expect(graph.nodes).toEqual([]);
  });

  test('an attribute that is missing, unknown or of the wrong kind is refused by type and by name (11.4)', () => {
    const { graph, x, scale, y, r } = emptyGraph();
    // @ts-expect-error -- the attributes are missing
    expect(() => graph.push('rms_norm', { x, scale }, { y, r })).toThrow(
      'the attribute epsilon of rms_norm is undefined; it must be a number',
    );
    // @ts-expect-error -- a list is wanted
    expect(() => graph.push('rms_norm', { x, scale }, { y, r }, { ...norm, groups: 4 })).toThrow('it must be a list of whole numbers');
    // @ts-expect-error -- there is no such attribute
    expect(() => graph.push('rms_norm', { x, scale }, { y, r }, { ...norm, eps: 0 })).toThrow('rms_norm has no attribute eps');
    // @ts-expect-error -- no such activation
    expect(() => graph.push('feed_forward_activation', { u: x }, { y }, { kind: 'swish' })).toThrow(
      'must be one of relu, gelu_new, gelu, silu',
    );
  });

  test('what may be left out has its default, and operands stand in the declared order (11.4)', () => {
    const { graph, x, scale, y } = emptyGraph();
    graph.push('matmul', { b: scale, add: undefined, a: x }, { c: y }, { transposeB: true });
    expect(graph.nodes[0]).toMatchObject({ attributes: { transposeA: false, transposeB: true, alpha: 1, accumulate: false } });
    expect(graph.nodes[0]?.reads).toEqual([x, scale]);
    expect(Object.keys(graph.nodes[0]?.inputs ?? {})).toEqual(['a', 'b']);
  });
});

describe('a backend without a body, and a rule that takes what is not there, do not compile', () => {
  type Complete<Body> = {
    readonly [Op in OperationName]: Body extends 'reference' ? ReferenceBody<Op> : Body extends 'wasm' ? WasmBody<Op> : Kernel<Op>;
  };

  test.each(['reference', 'wasm', 'webgpu'] as const)('%s (11.4)', () => {
    const lacksMatmul = {} as Omit<Complete<'reference'>, 'matmul'>;
    // @ts-expect-error -- one body is missing
    const reference: Complete<'reference'> = lacksMatmul;
    // @ts-expect-error -- one body is missing
    const wasm: Complete<'wasm'> = {} as Omit<Complete<'wasm'>, 'adam'>;
    // @ts-expect-error -- one kernel is missing
    const webgpu: Complete<'webgpu'> = {} as Omit<Complete<'webgpu'>, 'embed'>;
    expect([reference, wasm, webgpu]).toHaveLength(3);
  });

  test('operands and attributes of a node have their types (11.4)', () => {
    expectTypeOf<NodeOf<'matmul'>['inputs']>().toEqualTypeOf<{
      readonly a: Tensor;
      readonly b: Tensor;
      readonly add?: Tensor | undefined;
    }>();
    expectTypeOf<NodeOf<'attention'>['attributes']['causal']>().toEqualTypeOf<boolean>();
    // @ts-expect-error -- RMS norm reads no bias
    const rule: GradientRule<'rms_norm'> = (_graph, { inputs: { bias } }) => bias;
    expect(rule).toBeTypeOf('function');
  });
});

test('README.md lists every operation with the operands and attributes that are declared (11.4)', () => {
  const rows = readFileSync(new URL('README.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)` \| (.*?) → (.*?) \| (.*?) \|/gm);
  const documented = new Map([...rows].map(([, op, ...cells]) => [op, cells] as const));
  expect(new Set(documented.keys())).toEqual(new Set(OPERATION_NAMES));
  for (const name of OPERATION_NAMES) {
    const { inputs, outputs, attributes } = OPERATIONS[name];
    const [read = '', written = '', attributed = ''] = documented.get(name) ?? [];
    const names = (cell: string): string[] => [...cell.matchAll(/`(\w+\??)`/g)].map(([, word]) => word ?? '');
    expect([name, names(read), names(written), names(attributed)]).toEqual([name, [...inputs], [...outputs], Object.keys(attributes)]);
  }
});
