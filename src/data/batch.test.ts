import { expect, test } from 'vitest';
import { batchOrder, makeBatch } from './batch.ts';

const shape = { vocabularySize: 9, sourceLength: 4, targetLength: 3 };
const example = (sourceIds: number[], targetIds: number[]) => ({ source: 'ab', target: 'x', sourceIds, targetIds });

test('a batch pads, masks, ignores and shifts', () => {
  const batch = makeBatch([example([3, 4, 1], [5, 1]), example([8, 1], [6, 7, 1])], shape);
  expect(batch).toEqual({
    batch: 2,
    sourceLength: 4,
    targetLength: 3,
    inputIds: Int32Array.of(3, 4, 1, 0, 8, 1, 0, 0),
    attentionMask: Int32Array.of(1, 1, 1, 0, 1, 1, 0, 0),
    labels: Int32Array.of(5, 1, -100, 6, 7, 1),
    decoderInputIds: Int32Array.of(0, 5, 1, 0, 6, 7),
    targetTokens: 5,
  });
});

test('a bad id, an empty or a long list is refused by name', () => {
  expect(() => makeBatch([example([3, 9, 1], [5, 1])], shape)).toThrow('source of "ab": token id 9 is outside the vocabulary of 0 … 8');
  expect(() => makeBatch([example([3, 1], [-1, 1])], shape)).toThrow('target of "ab": token id -1');
  expect(() => makeBatch([example([3, 1.5], [5, 1])], shape)).toThrow('token id 1.5');
  expect(() => makeBatch([example([3, 1], [5, 5, 5, 1])], shape)).toThrow('4 tokens; a batch takes 1 to 3');
  expect(() => makeBatch([example([], [5, 1])], shape)).toThrow('0 tokens');
  expect(() => makeBatch([], shape)).toThrow('at least one');
});

test('an epoch visits every example once, epochs differ, batches keep their size across the border', () => {
  const order = batchOrder(3, 10, 4);
  const visited = Array.from({ length: 10 }, (_, step) => order.indicesAt(step));
  expect(visited.every((batch) => batch.length === 4)).toBe(true);
  const flat = visited.flat();
  const epochs = [0, 1, 2, 3].map((epoch) => flat.slice(epoch * 10, epoch * 10 + 10));
  for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(epochs.map(String)).size).toBe(4);
});

test('random access gives what walking gives; seeds differ; frozen values', () => {
  const walked = batchOrder(3, 100, 8);
  const batches = Array.from({ length: 60 }, (_, step) => walked.indicesAt(step));
  const jumped = batchOrder(3, 100, 8);
  for (const step of [59, 0, 30, 12, 13, 58]) expect(jumped.indicesAt(step)).toEqual(batches[step]);
  expect(batchOrder(4, 100, 8).indicesAt(0)).not.toEqual(batches[0]);
  expect(batches[0]).toEqual([83, 63, 59, 31, 23, 19, 9, 92]);
});

test('full batch: all of them in their order; a batch that does not fit is refused', () => {
  expect(batchOrder(1, 5, 'full').indicesAt(7)).toEqual([0, 1, 2, 3, 4]);
  expect(() => batchOrder(1, 16, 32)).toThrow('batch: 32 does not fit 16 training examples; 1 to 16, or full');
  expect(() => batchOrder(1, 16, 8).indicesAt(-1)).toThrow('step -1');
});
