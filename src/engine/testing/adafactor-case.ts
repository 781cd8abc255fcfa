/** Adafactor on random pools of several tensors: for the tests of its bodies. */
import type { Device } from '../device.ts';
import { Graph, type PoolRole } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { adafactorTable } from '../operations/adafactor-table.ts';
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
  const roles: readonly PoolRole[] = ['parameters', 'gradients', 'moment1', 'moment2', ...(grouped ? (['groups'] as const) : [])];
  const pools = new Map(
    roles.map((role) => {
      const pool = device.createPool(layout);
      const data = new Float32Array(layout.size);
      for (const { offset, size } of layout.slices.values()) {
        // One group a tensor: of the tensor's first element.
        const group = Math.floor(random.unit() * 6);
        for (let i = 0; i < size; i++)
          data[offset + i] = role === 'groups' ? group : role.startsWith('moment') ? 0.1 + random.unit() : random.normal();
      }
      device.write(pool, data);
      return [role, pool] as const;
    }),
  );
  const graph = new Graph(layout);
  const tensors = roles.map((role) => graph.wholePool(role));
  const written = tensors.filter((_, i) => i !== 1 && roles[i] !== 'groups');
  graph.push('adafactor', [...tensors, graph.input('values', [16], 'float32'), adafactorTable(graph)], written, { grouped, scaled });
  const program = await device.compile(graph, Object.fromEntries(pools));
  for (let step = 1; step <= 3; step++) {
    const values = new Float32Array(16);
    values.set([0.05, 1, 1e-30, 1e-3]);
    for (let group = 0; group < 6; group++) values[4 + 2 * group] = 1 - (step + group) ** -0.8;
    program.setInput('values', values);
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
