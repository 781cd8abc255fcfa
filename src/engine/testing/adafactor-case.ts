/** Adafactor on random pools of several tensors: for the tests of its bodies. */
import type { Device } from '../device.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { adafactorTable } from '../operations/adafactor-table.ts';
import { MAX_GROUPS, stepValues, VALUES_LENGTH } from '../operations/step-values.ts';
import type { PoolRole } from '../tensor.ts';
import { Numbers } from './one-operation.ts';

export const ADAFACTOR_CASES = [
  { scaled: false, grouped: false },
  { scaled: true, grouped: false },
  { scaled: true, grouped: true },
] as const;

const SHAPES: ReadonlyMap<string, readonly number[]> = new Map([
  ['matrix', [7, 5]],
  ['wide', [2, 70]],
  ['vector', [9]],
  ['column', [33, 1]],
  ['row', [1, 6]],
  ['one', [1]],
]);

/** Three steps; the pools' values, one list a role, over the tensors' own elements. */
export async function runAdafactor(
  device: Device,
  { scaled, grouped }: (typeof ADAFACTOR_CASES)[number],
  seed: number,
): Promise<Map<PoolRole, Float32Array>> {
  // 'wide' and 'matrix' are no pack, but stand behind padding: what lies between tensors must stay as it is.
  const layout = makeLayout(SHAPES);
  const random = new Numbers(seed);
  const roles: readonly PoolRole[] = ['parameters', 'gradients', 'slot1', 'slot2', ...(grouped ? (['groups'] as const) : [])];
  const pools = new Map(
    roles.map((role) => {
      const pool = device.createPool(layout);
      const data = new Float32Array(layout.size);
      for (const { offset, size } of layout.slices.values()) {
        // One group a tensor: of the tensor's first element.
        const group = Math.floor(random.unit() * 6);
        for (let i = 0; i < size; i++)
          data[offset + i] = role === 'groups' ? group : role.startsWith('slot') ? 0.1 + random.unit() : random.normal();
      }
      device.write(pool, data);
      return [role, pool] as const;
    }),
  );
  const graph = new Graph(layout);
  const [parameters, rowMeans, columnMeans] = [graph.wholePool('parameters'), graph.wholePool('slot1'), graph.wholePool('slot2')];
  const gradients = graph.wholePool('gradients');
  const groups = grouped ? graph.wholePool('groups') : undefined;
  const inputs = { parameters, gradients, rowMeans, columnMeans, groups };
  const values = graph.input('values', [VALUES_LENGTH], 'float32');
  const outputs = { parameters, rowMeans, columnMeans };
  graph.push('adafactor', { ...inputs, values, table: adafactorTable(graph) }, outputs, { scaled });
  const program = await device.compile(graph, Object.fromEntries(pools));
  for (let step = 1; step <= 3; step++) {
    const decays = Array.from({ length: MAX_GROUPS }, (_, group) => ({ beta2: 1 - (step + group) ** -0.8 }));
    const numbers = { stepSize: 0.05, threshold: 1, epsilon1: 1e-30, epsilon2: 1e-3 };
    program.setInput('values', stepValues('adafactor', numbers, decays));
    program.run();
  }
  const results = new Map<PoolRole, Float32Array>();
  for (const [role, pool] of pools) {
    const flat = await device.read(pool);
    results.set(role, flat);
    device.disposePool(pool);
  }
  program.dispose();
  return results;
}
