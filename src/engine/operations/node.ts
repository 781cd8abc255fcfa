/**
 * A node of a graph: an operation with its tensors and attributes by name, checked against its declaration
 * (catalogue.ts).
 */
import type { Tensor } from '../tensor.ts';
import type { Attribute, AttributeValue, AttributeWithDefault } from './attributes.ts';
import { OPERATIONS, OPERATION_NAMES, type Operation, type OperationName } from './catalogue.ts';

type Declared = typeof OPERATIONS;
type Flat<T> = { [K in keyof T]: T[K] };

type RequiredName<Name extends string> = Name extends `${string}?` ? never : Name;
type OptionalName<Name extends string> = Name extends `${infer Bare}?` ? Bare : never;
type ByName<Name extends string, T> = Flat<
  { readonly [N in RequiredName<Name>]: T } & { readonly [N in OptionalName<Name>]?: T | undefined }
>;

type ValueOf<A> = A extends Attribute<infer T> ? T : never;
type DefaultedKey<A> = { [K in keyof A]: A[K] extends AttributeWithDefault<AttributeValue> ? K : never }[keyof A];
type Given<A> = Flat<
  { readonly [K in Exclude<keyof A, DefaultedKey<A>>]: ValueOf<A[K]> } & {
    readonly [K in DefaultedKey<A>]?: ValueOf<A[K]> | undefined;
  }
>;

// Tables, so that a type for one of several operations is one of their types.
type InputTable<T> = { [Op in OperationName]: ByName<Declared[Op]['inputs'][number], T> };
type OutputTable<T> = { [Op in OperationName]: ByName<Declared[Op]['outputs'][number], T> };
type AttributeTable = {
  [Op in OperationName]: { readonly [K in keyof Declared[Op]['attributes']]: ValueOf<Declared[Op]['attributes'][K]> };
};
type GivenTable = { [Op in OperationName]: Given<Declared[Op]['attributes']> };

/** No attribute given. */
export type NoAttributes = GivenTable['embed'];

/** Something for each input of an operation, by name. */
export type InputsOf<Op extends OperationName, T = Tensor> = InputTable<T>[Op];
/** Something for each output of an operation, by name. */
export type OutputsOf<Op extends OperationName, T = Tensor> = OutputTable<T>[Op];
/** Attributes as a node has them: those left out have their defaults. */
export type AttributesOf<Op extends OperationName> = AttributeTable[Op];
/** Attributes as they are given. */
export type GivenAttributes<Op extends OperationName> = GivenTable[Op];

export interface NodeOf<Op extends OperationName> {
  readonly op: Op;
  readonly inputs: InputsOf<Op>;
  readonly outputs: OutputsOf<Op>;
  readonly attributes: AttributesOf<Op>;
  /** The inputs that there are, in the declared order. */
  readonly reads: readonly Tensor[];
  /** The outputs that there are, in the declared order. Updates write some of their inputs in place: those are both. */
  readonly writes: readonly Tensor[];
}
export type Node = { [Op in OperationName]: NodeOf<Op> }[OperationName];

/** Whether the node adds to its output instead of replacing it. */
export const accumulates = ({ attributes }: Node): boolean => 'accumulate' in attributes && attributes.accumulate;

function checkNames(op: OperationName, what: 'input' | 'output' | 'attribute', given: object, known: readonly string[]): void {
  const bare = known.map((name) => name.replace('?', ''));
  for (const name of Object.keys(given))
    if (!bare.includes(name)) throw new Error(`graph: ${op} has no ${what} ${name}; there are ${known.join(', ') || 'none'}`);
}

/** The tensors under their names in the declared order; those that are absent left out. */
function inOrder(op: OperationName, what: 'input' | 'output', given: object, names: readonly string[]): [string, Tensor][] {
  checkNames(op, what, given, names);
  const tensors = given as Readonly<Record<string, Tensor | undefined>>;
  return names.flatMap((declared) => {
    const name = declared.replace('?', '');
    const tensor = tensors[name];
    if (tensor) return [[name, tensor]];
    if (declared === name) throw new Error(`graph: ${op} needs its ${what} ${name}; it takes ${names.join(', ')}`);
    return [];
  });
}

function withDefaults(op: OperationName, given: object, declared: Operation['attributes']): Record<string, AttributeValue> {
  checkNames(op, 'attribute', given, Object.keys(declared));
  const values = given as Readonly<Record<string, AttributeValue | undefined>>;
  return Object.fromEntries(
    Object.entries(declared).map(([name, kind]) => {
      const value = values[name] ?? (kind as Partial<AttributeWithDefault<AttributeValue>>).default;
      if (!kind.is(value)) throw new Error(`graph: the attribute ${name} of ${op} is ${JSON.stringify(value)}; it must be ${kind.right}`);
      return [name, value];
    }),
  );
}

/** Throws where an operand is missing or an attribute is none of the operation's. */
export function makeNode<Op extends OperationName>(
  op: Op,
  inputs: InputsOf<Op>,
  outputs: OutputsOf<Op>,
  attributes: GivenAttributes<Op> | undefined,
): Node {
  const declared: Operation | undefined = OPERATIONS[op];
  if (!declared) throw new Error(`graph: no operation is named ${op}; there are ${OPERATION_NAMES.join(', ')}`);
  const [reads, writes] = [inOrder(op, 'input', inputs, declared.inputs), inOrder(op, 'output', outputs, declared.outputs)];
  const tensorsOf = (list: typeof reads): readonly Tensor[] => list.map(([, tensor]) => tensor);
  return {
    op,
    inputs: Object.fromEntries(reads),
    outputs: Object.fromEntries(writes),
    attributes: withDefaults(op, attributes ?? {}, declared.attributes),
    reads: tensorsOf(reads),
    writes: tensorsOf(writes),
  } as unknown as Node;
}
