import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Graph } from './graph.ts';
import { makeLayout } from './layout.ts';
import { planMemory, type Access } from './memory-plan.ts';
import type { Tensor } from './tensor.ts';
import { Numbers } from './testing/one-operation.ts';

interface Steps {
  readonly nodes: readonly Access[];
  readonly seam: number | undefined;
}

/** Steps that read some of the tensors written so far and write one or two new ones, or write again into an old one. */
function randomSteps(seed: number, count: number): Steps {
  const random = new Numbers(seed);
  const graph = new Graph(makeLayout(new Map()));
  const nodes: Access[] = [];
  const written: Tensor[] = [];
  const pick = (): Tensor => written[Math.floor(random.unit() * written.length)] as Tensor;
  for (let i = 0; i < count; i++) {
    const reads =
      written.length === 0 ? [graph.input('x', [4], 'float32')] : Array.from({ length: 1 + Math.floor(random.unit() * 3) }, pick);
    const writes = Array.from({ length: 1 + Math.floor(random.unit() * 2) }, () => graph.scratch([1 + Math.floor(random.unit() * 400)]));
    if (written.length > 0 && random.unit() < 0.2) writes.push(pick());
    nodes.push({ op: 'any', reads, writes });
    written.push(...writes);
  }
  return { nodes, seam: undefined };
}

/** First and last node that touches each tensor. */
function lifetimes({ nodes }: Steps): Map<number, { from: number; to: number; size: number }> {
  const lives = new Map<number, { from: number; to: number; size: number }>();
  nodes.forEach((node, index) => {
    for (const tensor of [...node.reads, ...node.writes]) {
      if (tensor.storage.kind !== 'scratch') continue;
      const life = lives.get(tensor.id);
      if (life) life.to = index;
      else lives.set(tensor.id, { from: index, to: index, size: tensor.size });
    }
  });
  return lives;
}

test('tensors that live at the same time never overlap, and all lie inside the arena', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, count) => {
      const steps = randomSteps(seed, count);
      const plan = planMemory(steps);
      const placed = [...lifetimes(steps)].map(([id, life]) => ({ ...life, start: plan.offsets.get(id) as number }));
      for (const [i, a] of placed.entries()) {
        expect(a.start % 64).toBe(0);
        expect(a.start + a.size).toBeLessThanOrEqual(plan.size);
        for (const b of placed.slice(i + 1)) {
          const together = a.from <= b.to && b.from <= a.to;
          const overlap = a.start < b.start + b.size && b.start < a.start + a.size;
          if (together) expect(overlap, `${JSON.stringify(a)} and ${JSON.stringify(b)}`).toBe(false);
        }
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});

test('a chain of equal tensors needs room for two', () => {
  const graph = new Graph(makeLayout(new Map()));
  let x: Tensor = graph.input('x', [64], 'float32');
  for (let i = 0; i < 20; i++) {
    const y = graph.scratch([64]);
    graph.push('add', { a: x, b: x }, { c: y });
    x = y;
  }
  expect(planMemory(graph).size).toBe(128);
});

test('names an operation that reads what nothing wrote', () => {
  const graph = new Graph(makeLayout(new Map()));
  graph.push('sum', { x: graph.scratch([3]) }, { y: graph.output('y', [1]) });
  expect(() => planMemory(graph)).toThrow('sum');
});

test('what is read behind a seam is overwritten by nothing behind it, so that the nodes there can run again (10.18)', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 39 }), (seed, count, at) => {
      const { nodes } = randomSteps(seed, count);
      const seam = Math.min(at, count - 1);
      const plan = planMemory({ nodes, seam });
      const place = (tensor: Tensor): readonly [number, number] => {
        const start = plan.offsets.get(tensor.id) as number;
        return [start, start + tensor.size];
      };
      const scratch = (list: readonly Tensor[]): Tensor[] => list.filter((tensor) => tensor.storage.kind === 'scratch');
      const before = new Set(nodes.slice(0, seam).flatMap(({ writes }) => scratch(writes)));
      const behind = nodes.slice(seam);
      const kept = behind.flatMap(({ reads }) => scratch(reads)).filter((tensor) => before.has(tensor));
      for (const tensor of kept) {
        const [start, end] = place(tensor);
        for (const other of behind.flatMap(({ writes }) => scratch(writes))) {
          const [from, to] = place(other);
          expect(other === tensor || to <= start || end <= from).toBe(true);
        }
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});
