/**
 * Graphs as text, one line an operation: what it writes, what it reads by name, its attributes.
 *
 *     %7: f32[32,16], %8: f32[32,1] = rms_norm(x: %5, scale: parameters.norm.weight) {epsilon: 0.000001, groups: [16]}
 *
 * A percent sign stands before scratch tensors, whose numbers are their ids; `+=` is an operation that adds to its
 * output.
 */
import type { Layout, Slice } from '../layout.ts';
import type { Tensor } from '../tensor.ts';
import type { AttributeValue, AttributeWithDefault } from './attributes.ts';
import { OPERATIONS, type Operation } from './catalogue.ts';
import { accumulates, type Node } from './node.ts';

const typeOf = ({ dtype, shape }: Tensor): string => `${dtype === 'int32' ? 'i32' : 'f32'}[${shape.join(',')}]`;

/** The tensor at this place of a pool, the largest first: a pack begins where its first tensor does. */
function sliceAt(layout: Layout, offset: number, size: number): Slice | undefined {
  return [...layout.packs.values(), ...layout.slices.values()].find((slice) => slice.offset === offset && slice.size === size);
}

function nameOf(tensor: Tensor, layout: Layout): string {
  const { storage } = tensor;
  switch (storage.kind) {
    case 'input':
    case 'output':
      return storage.name;
    case 'scratch':
      return `%${tensor.id}`;
    case 'constant':
      return `constant ${typeOf(tensor)}`;
    case 'pool': {
      if (tensor.size === layout.size) return storage.role;
      return `${storage.role}.${sliceAt(layout, storage.offset, tensor.size)?.name ?? `${storage.offset}`}`;
    }
  }
}

const valueText = (value: AttributeValue): string => (typeof value === 'object' ? `[${value.join(', ')}]` : `${value}`);

/** Attributes that are not what they would be if left out. */
function attributesText(node: Node): string {
  const declared: Operation['attributes'] = OPERATIONS[node.op].attributes;
  const said = Object.entries<AttributeValue>(node.attributes).filter(([name, value]) => {
    const { default: otherwise } = declared[name] as Partial<AttributeWithDefault<AttributeValue>>;
    return name !== 'accumulate' && value !== otherwise;
  });
  return said.length === 0 ? '' : ` {${said.map(([name, value]) => `${name}: ${valueText(value)}`).join(', ')}}`;
}

function printNode(node: Node, layout: Layout): string {
  const written = node.writes.map((tensor) => `${nameOf(tensor, layout)}: ${typeOf(tensor)}`);
  const read = Object.entries<Tensor>(node.inputs as Record<string, Tensor>).map(([name, tensor]) => `${name}: ${nameOf(tensor, layout)}`);
  return `${written.join(', ')} ${accumulates(node) ? '+=' : '='} ${node.op}(${read.join(', ')})${attributesText(node)}`;
}

/** All nodes, and a line of dashes at the seam, where there is one. */
export function printGraph(graph: { readonly nodes: readonly Node[]; readonly seam: number | undefined; readonly layout: Layout }): string {
  const lines = graph.nodes.map((node) => printNode(node, graph.layout));
  if (graph.seam !== undefined) lines.splice(graph.seam, 0, '---');
  return lines.join('\n');
}
