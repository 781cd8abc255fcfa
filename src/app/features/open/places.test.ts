import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { NetworkReport } from '../../../run/reports.ts';
import { placesOf } from './places.ts';

const experiment = presetExperiment('first-fusion');
const network = (letter: string, d = experiment.model.d): NetworkReport => ({
  name: letter,
  mark: letter.repeat(16),
  model: { ...experiment.model, d },
  parameters: 1,
  vocabulary: 13,
  tokens: null,
  form: { activation: 'relu', gated: false, tied: true, scaled: true },
});
const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(16)}`);

describe('networks from files', () => {
  it('take the first places, at once or one after the other', () => {
    expect(placesOf(experiment, [network('a'), network('b')])?.source).toBe(`A:${A},B:${B}`);
    const one = placesOf(experiment, [network('a')])?.source ?? '';
    expect(one).toBe(`A:${A}`);
    expect(placesOf({ ...experiment, source: one }, [network('b')])?.source).toBe(`A:${A},B:${B}`);
  });
  it('begin anew where no place is free, or the size is another', () => {
    expect(placesOf({ ...experiment, source: `A:${A},B:${B}` }, [network('c')])?.source).toBe(`A:${C}`);
    expect(placesOf({ ...experiment, source: `A:${A}` }, [network('c', 8)])?.source).toBe(`A:${C}`);
  });
  it('take the places that a link names them for, where it waits for them', () => {
    const source = `A:${B},B:${A}`;
    const waiting = { ...experiment, source };
    expect(placesOf(waiting, [network('a'), network('b')], true)).toMatchObject({ source, taken: [{ id: 'A' }, { id: 'B' }] });
    expect(placesOf(waiting, [network('a')], true)).toMatchObject({ source, taken: [{ id: 'B' }] });
    // The same file once more beside itself.
    expect(placesOf({ ...experiment, source: `A:${A}` }, [network('a')])?.source).toBe(`A:${A},B:${A}`);
  });
  it('are too many where the plan starts fewer', () => {
    expect(placesOf(experiment, [network('a'), network('b'), network('c')])).toBeNull();
    // Its M is fused and goes on: it starts from no file.
    const goesOn = presetExperiment('read-then-answer');
    expect(placesOf(goesOn, [network('a'), network('b'), network('c')])).toBeNull();
  });
});
