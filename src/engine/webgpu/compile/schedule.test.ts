/** The list of dispatches: order kept where it matters, limits kept, shaders that do not depend on sizes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Graph } from '../../graph.ts';
import { makeLayout } from '../../layout.ts';
import type { Tensor } from '../../tensor.ts';
import { expand, placeOf, schedule, scheduleGraph, type ScheduleOptions } from './schedule.ts';
import { shaderOf } from './shader.ts';
import type { Task } from './task.ts';

const OPTIONS: ScheduleOptions = { hardware: false, quads: true, workgroupSize: 16, maxBindings: 8 };

const layout = makeLayout(new Map(['a', 'b', 'c', 'd'].map((name) => [name, [8, 8]])));

/**
 * Products of 8 × 8 matrices (weight and input gradients, accumulating or not) and norms' gradients, over few tensors.
 */
function randomGraph(choices: readonly (readonly [number, number, number, number])[]): Graph {
  const graph = new Graph(layout);
  const tensors: Tensor[] = ['a', 'b', 'c', 'd'].map((name) => graph.pooled('gradients', name));
  tensors.push(graph.output('x', [8, 8]), graph.input('y', [8, 8], 'float32'));
  const ofIndex = (i: number): Tensor => tensors[i % tensors.length] as Tensor;
  for (const [kind, first, second, target] of choices) {
    const [a, b, c] = [ofIndex(first), ofIndex(second), ofIndex(target)];
    // A product in place is not an operation: its output differs from its inputs.
    if (a === c || b === c) continue;
    if (kind < 2) graph.push('matmul', { a, b }, { c }, { transposeA: kind === 0, accumulate: kind === 0 });
    else {
      const fresh = graph.scratch([8, 8]);
      graph.push('matmul', { a, b }, { c: fresh }, { transposeA: kind === 2 });
      tensors.push(fresh);
    }
  }
  return graph;
}

const touches = (task: Task, other: Task): boolean =>
  task.operands.some((x) =>
    other.operands.some((y) => {
      const [p, q] = [placeOf(x.tensor), placeOf(y.tensor)];
      return (x.write || y.write) && p.space === q.space && p.start < q.end && q.start < p.end;
    }),
  );

const choices = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat(9), fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 14 });

test('tasks of which one writes what the other touches keep their order, and never share a dispatch', () => {
  let shared = 0;
  fc.assert(
    fc.property(choices, (list) => {
      const graph = randomGraph(list);
      const text = graph.toString();
      const tasks = expand(graph.nodes, OPTIONS);
      const dispatches = schedule(graph.nodes, OPTIONS);
      // Tasks are made anew by every expansion: they are found again by what they bind.
      const left = new Map(tasks.map((task, i) => [i, JSON.stringify([task.key, task.operands])]));
      const turn = new Map<number, number>();
      dispatches.forEach((dispatch, at) => {
        if (dispatch.tasks.length > 1) shared++;
        for (const task of dispatch.tasks) {
          const found = [...left].find(([, text]) => text === JSON.stringify([task.key, task.operands]));
          expect(found, `a task that was not in the graph, or twice:\n${text}`).toBeDefined();
          left.delete(found?.[0] as number);
          turn.set(found?.[0] as number, at);
        }
      });
      expect(left.size).toBe(0);
      tasks.forEach((task, i) =>
        tasks.slice(0, i).forEach((earlier, j) => {
          if (touches(task, earlier))
            expect(turn.get(j), `${earlier.op} before ${task.op} of\n${text}`).toBeLessThan(turn.get(i) as number);
        }),
      );
    }),
    { seed: 11, numRuns: 300 },
  );
  expect(shared).toBeGreaterThan(100);
});

test('no dispatch is of both sides of a seam, and each side is scheduled as if it were alone (10.18)', () => {
  fc.assert(
    fc.property(choices, fc.nat(14), (list, at) => {
      const graph = randomGraph(list);
      graph.seam = Math.min(at, graph.nodes.length);
      const { dispatches, seam } = scheduleGraph(graph, OPTIONS);
      const keys = (some: typeof dispatches): string[][] => some.map(({ tasks }) => tasks.map(({ key }) => key));
      expect(keys(dispatches.slice(0, seam))).toEqual(keys(schedule(graph.nodes.slice(0, graph.seam), OPTIONS)));
      expect(keys(dispatches.slice(seam))).toEqual(keys(schedule(graph.nodes.slice(graph.seam), OPTIONS)));
    }),
    { seed: 13, numRuns: 100 },
  );
});

describe('limits', () => {
  test('a dispatch binds no more than the adapter allows', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 3, max: 8 }), (list, maxBindings) => {
        for (const dispatch of schedule(randomGraph(list).nodes, { ...OPTIONS, maxBindings })) {
          expect(shaderOf(dispatch, 16).bindings.length).toBeLessThanOrEqual(maxBindings);
        }
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  test('an operation that needs more is refused by name', () => {
    expect(() => schedule(randomGraph([[0, 0, 1, 2]]).nodes, { ...OPTIONS, maxBindings: 2 })).toThrow(
      'matmul TN binds 3 buffers; this adapter allows 2',
    );
  });

  test('more workgroups than one dimension holds go on in the second', () => {
    const graph = new Graph(makeLayout(new Map()));
    const size = [4, 1_500_001];
    graph.push('add', { a: graph.input('a', size, 'float32'), b: graph.input('b', size, 'float32') }, { c: graph.output('c', size) });
    const [dispatch] = schedule(graph.nodes, OPTIONS);
    const { workgroups } = shaderOf(dispatch as NonNullable<typeof dispatch>, 16);
    expect(workgroups).toEqual([65535, 2]);
  });
});

test('the shader of an operation does not depend on its sizes', () => {
  const textOf = (m: number, n: number, k: number): string => {
    const graph = new Graph(makeLayout(new Map()));
    const [a, b] = [graph.input('a', [m, k], 'float32'), graph.input('b', [n, k], 'float32')];
    graph.push('matmul', { a, b }, { c: graph.output('c', [m, n]) }, { transposeB: true });
    return schedule(graph.nodes, OPTIONS)
      .map((dispatch) => shaderOf(dispatch, 16).text)
      .join();
  };
  expect(textOf(32, 64, 16)).toBe(textOf(128, 512, 64));
  expect(textOf(32, 64, 15)).not.toBe(textOf(32, 64, 16));
});
