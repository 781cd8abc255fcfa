import { describe, expect, it } from 'vitest';
import { pairsOf, solveSemidefinite } from './semidefinite.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  };
}

describe('solveSemidefinite', () => {
  it('for k = 1 is max(0, -C/B)', () => {
    for (const [c, q] of [
      [-3, 4],
      [2, 4],
      [-1e-3, 50],
      [0, 1],
    ] as const) {
      const { X } = solveSemidefinite({ C: [[c]], Q: [[q]] });
      expect(X[0]![0]!).toBeCloseTo(Math.max(0, -c / (q / 2)), 8);
    }
  });

  it('X and the slack are positive semidefinite and complementary', () => {
    for (const k of [2, 3]) {
      for (let seed = 1; seed <= 12; seed++) {
        const next = noise(seed * 7919);
        const size = pairsOf(k).length;
        const T = Array.from({ length: size }, () => Array.from({ length: size + 2 }, next));
        const Q = T.map((a) => T.map((b) => a.reduce((sum, x, i) => sum + x * b[i]!, 0)));
        const raw = Array.from({ length: k }, () => Array.from({ length: k }, next));
        const C = raw.map((row, i) => row.map((x, j) => x + raw[j]![i]!));
        const { X, slack } = solveSemidefinite({ C, Q });
        const inner = X.reduce((sum, row, i) => sum + row.reduce((s, x, j) => s + x * slack[i]![j]!, 0), 0);
        expect(symmetricEigen(X).values[0]!).toBeGreaterThan(-1e-9);
        expect(symmetricEigen(slack).values[0]!).toBeGreaterThan(-1e-5);
        expect(Math.abs(inner)).toBeLessThan(1e-5);
      }
    }
  });

  it('the slack is C + B[X]', () => {
    const C = [
      [-1, 0.3],
      [0.3, 0.5],
    ];
    const Q = [
      [2, 0.1, 0.2],
      [0.1, 1, 0],
      [0.2, 0, 3],
    ];
    const { X, slack } = solveSemidefinite({ C, Q });
    const x = [X[0]![0]!, X[0]![1]!, X[1]![1]!];
    const B = Q.map((row) => 0.5 * (row[0]! * x[0]! + 2 * row[1]! * x[1]! + row[2]! * x[2]!));
    expect(slack[0]![0]!).toBeCloseTo(C[0]![0]! + B[0]!, 8);
    expect(slack[0]![1]!).toBeCloseTo(C[0]![1]! + B[1]!, 8);
    expect(slack[1]![1]!).toBeCloseTo(C[1]![1]! + B[2]!, 8);
    expect(x[0]!).toBeGreaterThan(0.5);
  });

  it('is zero where no third derivative can change anything', () => {
    expect(solveSemidefinite({ C: [[-1]], Q: [[0]] })).toEqual({ X: [Float64Array.of(0)], slack: [Float64Array.of(-1)] });
  });
});
