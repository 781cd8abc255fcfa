/** Steps of optimizers on random pools, to compare two devices on them. */
import type { Device } from '../device.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import type { UpdateName } from '../operations/catalogue.ts';
import { MAX_GROUPS, stepValues, VALUES_LENGTH } from '../operations/step-values.ts';
import type { PoolRole, Tensor } from '../tensor.ts';
import { Numbers } from './one-operation.ts';

/** Optimizers write whole pools in place: their roles in the order of their inputs. */
export const OPTIMIZER_CASES = [
  { op: 'sgd', roles: ['parameters', 'gradients'], grouped: false },
  { op: 'momentum', roles: ['parameters', 'gradients', 'slot1'], grouped: false },
  { op: 'adam', roles: ['parameters', 'gradients', 'slot1', 'slot2'], grouped: false },
  { op: 'adam', roles: ['parameters', 'gradients', 'slot1', 'slot2', 'groups'], grouped: true },
  { op: 'adam', roles: ['parameters', 'gradients', 'slot1', 'slot2', 'groups'], grouped: true, decay: 0.1 },
] as const satisfies readonly { op: UpdateName; roles: readonly PoolRole[]; grouped: boolean; decay?: number }[];
type OptimizerCase = (typeof OPTIMIZER_CASES)[number];

/** Appends the step of the case. */
function appendUpdate(graph: Graph, one: OptimizerCase): void {
  const pool = (role: PoolRole): Tensor => graph.wholePool(role);
  const [parameters, gradients] = [pool('parameters'), pool('gradients')];
  if (one.op === 'sgd') {
    graph.push('sgd', { parameters, gradients, values: valuesOf(graph) }, { parameters });
  } else if (one.op === 'momentum') {
    const velocity = pool('slot1');
    graph.push('momentum', { parameters, gradients, velocity, values: valuesOf(graph) }, { parameters, velocity });
  } else {
    const [moment1, moment2] = [pool('slot1'), pool('slot2')];
    const groups = one.grouped ? pool('groups') : undefined;
    const decay = 'decay' in one ? one.decay : undefined;
    const inputs = { parameters, gradients, moment1, moment2, groups, values: valuesOf(graph) };
    graph.push('adam', inputs, { parameters, moment1, moment2 }, { decay });
  }
}
const valuesOf = (graph: Graph): Tensor => graph.input('values', [VALUES_LENGTH], 'float32');

const values = (op: OptimizerCase['op'], random: Numbers): Float32Array => {
  const share = (): number => 0.05 + 0.9 * random.unit();
  const stepSize = 0.05 * random.unit();
  if (op === 'sgd') return stepValues('sgd', { stepSize });
  if (op === 'momentum') return stepValues('momentum', { stepSize, beta: 0.9 });
  const corrections = Array.from({ length: MAX_GROUPS }, () => ({ correction1: share(), correction2: share() }));
  return stepValues('adam', { stepSize, beta1: 0.9, beta2: 0.99, epsilon: 1e-6 }, corrections);
};

/** Three steps of an optimizer on random pools of n elements; returns every pool's values. */
export async function runOptimizer(
  device: Device,
  one: OptimizerCase,
  n: number,
  randomSeed: number,
): Promise<Map<PoolRole, Float32Array>> {
  const layout = makeLayout(new Map([['w', [n]]]));
  const random = new Numbers(randomSeed);
  const pools = new Map(
    one.roles.map((role: PoolRole) => {
      const pool = device.createPool(layout);
      const data = new Float32Array(layout.size);
      const operand = role === 'groups' ? random.integers([n], 0, 6) : role === 'slot2' ? random.positive([n]) : random.floats([n]);
      data.set(operand.data);
      device.write(pool, data);
      return [role, pool] as const;
    }),
  );
  const graph = new Graph(layout);
  appendUpdate(graph, one);
  const program = await device.compile(graph, Object.fromEntries(pools));
  for (let step = 0; step < 3; step++) {
    program.setInput('values', values(one.op, random));
    program.run();
  }
  const results = new Map<PoolRole, Float32Array>();
  for (const [role, pool] of pools) {
    results.set(role, (await device.read(pool)).subarray(0, n));
    device.disposePool(pool);
  }
  program.dispose();
  return results;
}
