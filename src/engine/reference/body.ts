/** The body of an operation in the reference. */
import type * as tf from '@tensorflow/tfjs';
import type { OperationName } from '../operations/catalogue.ts';
import type { InputsOf, NodeOf, OutputsOf } from '../operations/node.ts';

/** Values of the inputs → values of the outputs, flat or shaped. `accumulate` is the caller's. */
export type Body<Op extends OperationName> = (inputs: InputsOf<Op, tf.Tensor>, node: NodeOf<Op>) => OutputsOf<Op, tf.Tensor>;
