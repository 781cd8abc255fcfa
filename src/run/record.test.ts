import { expect, it } from 'vitest';
import type { TrainerState } from '../training/trainer.ts';
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
