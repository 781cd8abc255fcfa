import { expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { Bench } from '../testing/bench.ts';

it.each([
  ['sort', 'symbol error rate'],
  ['who', 'exact match'],
] as const)('%s is asked with its own measures; what is no text is asked where stages end', async (task, name) => {
  const bench = new Bench();
  const experiment = {
    ...presetExperiment('fusing-fast'),
    task,
    model: { d: 8, ff: 8, heads: 1, dkv: 4, layers: 1 },
    examples: 32,
    probe: 16,
    batch: 8,
    grow: 2,
    steps: 4,
    predict: [],
    baseline: [],
  };
  await bench.until('ready', { type: 'load', experiment });
  await bench.until('finished', { type: 'run' });
  const metrics = bench.events.flatMap((event) => (event.type === 'task-metrics' ? event.metrics : []));
  const held = metrics.filter((metric) => metric.name === name && metric.split === 'validation');
  const steps = new Set(held.map(({ model, step }) => `${model} ${step}`));
  expect([...steps].filter((each) => each !== 'A 0' && each !== 'B 0' && each !== 'M 2').sort()).toEqual(['A 2', 'B 2', 'M 4']);
  expect(steps.has('A 0')).toBe(task === 'who');
  for (const { value, chance, bayes } of held) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(chance).toBeGreaterThan(0);
    // Naive Bayes where there is a choice between few answers.
    expect(bayes !== undefined).toBe(task === 'who');
  }
  await bench.close();
});
