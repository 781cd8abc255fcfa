/**
 * An optimizer as the rest of the program sees it: which state it keeps, the node it appends to a training
 * step's graph, the numbers it needs at each step, and what the theory may say of it.
 */
import type { Graph } from '../../engine/graph.ts';
import { VALUES_LENGTH } from '../../engine/operations/step-values.ts';
import type { OptimizerName } from '../../experiment/experiment.ts';
import type { ModifiedFlowDescription } from '../modified-flow.ts';

export type StateRole = 'slot1' | 'slot2';

export interface Optimizer {
  readonly name: OptimizerName;
  /** In words, as the page says it: "Gradient descent". */
  readonly title: string;
  /** The pools of its state. What they hold is its own matter: moments, a velocity, means over rows and columns. */
  readonly state: readonly StateRole[];
  /**
   * How second moments are kept, which a growth has to know: one an element in `slot2`, or as means over the rows
   * (`slot1`, first column of each tensor) and over the columns (`slot2`, first row).
   */
  readonly secondMoments: 'elementwise' | 'factored';
  /** Appends the update behind the gradient; `grouped`: elements have step counts by group (after a growth). */
  append(graph: Graph, grouped: boolean): void;
  /**
   * The `values` of one update.
   * @param stepSize learning rate of this update
   * @param counts for each step-count group, how many updates it has had, this one included (1 at the first)
   */
  values(stepSize: number, counts: readonly number[]): Float32Array;
  readonly modifiedFlow: ModifiedFlowDescription;
}

/** Input of the graph that holds the numbers that change by step. */
export const valuesInput = (graph: Graph) => graph.input('values', [VALUES_LENGTH], 'float32');
