import { expect, it } from 'vitest';
import { presetExperiment } from '../experiment/presets/presets.ts';
import type { Event } from './protocol.ts';
import { Bench } from './testing/bench.ts';

const PAIRS = Array.from({ length: 30 }, (_, i) => `in ${i}\tout ${i % 3}`).join('\n');
const experiment = {
  ...presetExperiment('fusing-fast'),
  task: 'own' as const,
  vocab: 'characters' as const,
  model: { d: 8, ff: 8, heads: 1, dkv: 4, layers: 1 },
  examples: 20,
  probe: 4,
  batch: 4,
  grow: 1,
  steps: 2,
  predict: [],
  baseline: [],
};

async function given(bench: Bench, text: string): Promise<Extract<Event, { type: 'own' }>> {
  const answer = bench.event(({ type }) => type === 'own');
  bench.send({ type: 'take-own', text });
  return (await answer) as Extract<Event, { type: 'own' }>;
}

it('a session trains on pairs of the reader’s own that it was given, says what is wrong with others, and asks for those that it lacks', async () => {
  const bench = new Bench();
  const { taken } = await given(bench, PAIRS);
  expect(taken).toMatchObject({ kind: 'pairs', size: 30, train: 24 });
  expect(await given(bench, 'a\tb')).toMatchObject({ taken: null, refused: { said: { code: 'own-few-pairs' } } });
  expect(await given(bench, 'some words')).toMatchObject({ taken: null, refused: { said: { code: 'own-too-short' } } });
  await bench.until('ready', { type: 'load', experiment: { ...experiment, own: taken?.mark ?? '' } });
  await bench.until('finished', { type: 'run' });
  await bench.until('failed', { type: 'load', experiment: { ...experiment, own: '0123456789abcdef' } });
  const faults = bench.events.flatMap((event) => (event.type === 'fault' ? [event.said] : []));
  expect(faults.at(-1)).toMatchObject({ code: 'own-missing', with: { mark: '0123456789abcdef' } });
  await bench.close();
});
