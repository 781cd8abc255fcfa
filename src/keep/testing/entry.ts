/** A kept run for tests, finished; `change` says what it is otherwise. */
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { KEPT_FORMAT, type KeptEntry } from '../reports.ts';

export const keptEntry = (id: string, change: Partial<KeptEntry> = {}): KeptEntry => ({
  id,
  format: KEPT_FORMAT,
  experiment: presetExperiment('first-fusion'),
  adapter: 'wasm',
  name: '',
  note: '',
  starred: false,
  created: 0,
  changed: 0,
  step: 10,
  end: 10,
  state: 'finished',
  final: null,
  bytes: 1,
  ...change,
});
