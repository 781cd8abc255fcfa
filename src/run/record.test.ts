import { expect, it } from 'vitest';
import type { TrainerState } from '../training/trainer.ts';
import type { RunGrowth } from './growth/grow-stage.ts';
import { RunRecord } from './record.ts';

/** A record with the networks of two stages' ends. */
function recorded(): RunRecord {
  const record = new RunRecord();
  for (const name of ['A-0', 'A-4', 'M-8']) record.checkpoints.set(name, {} as TrainerState);
  return record;
}

it('a run that goes back to before a stage’s end forgets the networks there, and one that is over keeps its last ones', () => {
  const before = recorded();
  before.rewind({ step: 4, growths: [] }, 8);
  expect([...before.checkpoints.keys()]).toEqual(['A-0']);
  const over = recorded();
  over.rewind({ step: 8, growths: [] }, 8);
  expect([...over.checkpoints.keys()]).toEqual(['A-0', 'A-4', 'M-8']);
});

it('a run that goes back to right after a fusion keeps the fused curve’s first point, and to right before it does not', () => {
  const fused = { report: { step: 4 } } as RunGrowth;
  for (const [growths, kept] of [
    [[fused], [4]],
    [[], undefined],
  ] as const) {
    const record = recorded();
    for (const step of [0, 4]) record.measure('A', step, 1);
    for (const step of [4, 5]) record.measure('M', step, 1);
    record.rewind({ step: 4, growths }, 8);
    expect(record.measured.get('A')?.steps).toEqual([0, 4]);
    expect(record.measured.get('M')?.steps).toEqual(kept);
  }
});
