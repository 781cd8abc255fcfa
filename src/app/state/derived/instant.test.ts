import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { SpectrumReport } from '../../../predict/reports.ts';
import { askedTable, instantCurves, type InstantParts, RESCALED_KEY, SPECTRAL_KEY } from './instant.ts';

const spectrum: SpectrumReport = {
  model: 'M',
  step: 10,
  values: Float64Array.of(4),
  weights: Float64Array.of(8),
  loss: 2,
  lambda: 4,
  sourceLambdas: [3, 5],
  lambdaGradients: 40,
  gradients: 21,
};
const steps = Float64Array.from({ length: 31 }, (_, i) => 10 + i);
const measured = { steps, losses: Float32Array.from(steps, (step) => 2 * 0.98 ** (step - 10)), length: 31 };
const parts: InstantParts = {
  experiment: { ...presetExperiment('first-fusion'), h: { kind: 'constant', value: 0.1 } },
  change: { h2: { kind: 'constant', value: 0.2 } },
  growth: { step: 10, target: 'M' },
  to: 40,
  measured,
  used: { steps: Float64Array.of(10), values: Float32Array.of(0.1), length: 1 },
  sharpness: undefined,
  spectrum,
};

describe('instant curves', () => {
  it('are the spectrum’s, to n·h = .5, and the measured branch twice as fast, to where it was measured', () => {
    const [spectral, rescaled] = instantCurves(parts);
    expect(spectral).toMatchObject({ key: SPECTRAL_KEY, model: 'M', until: 13 });
    // L = L0 - w(1 - r²)/(2λ), r = 1 - .2·4 a step.
    expect(spectral?.curve.losses[1]).toBeCloseTo(2 - (8 * (1 - 0.2 ** 2)) / 8, 6);
    expect(rescaled).toMatchObject({ key: RESCALED_KEY, until: 26 });
    expect(rescaled?.curve.losses[5]).toBeCloseTo(measured.losses[10] ?? 0, 6);
  });
  it('end at once where hλ is past 2', () => {
    const [spectral] = instantCurves({ ...parts, change: { h2: { kind: 'constant', value: 0.6 } } });
    expect(spectral?.until).toBe(10);
  });
  it('are none where the growth would be another one, or where nothing is asked', () => {
    expect(instantCurves({ ...parts, change: { ...parts.change, grow: 12 } })).toEqual([]);
    expect(instantCurves({ ...parts, change: { ...parts.change, h: { kind: 'constant', value: 0.2 } } })).toEqual([]);
    expect(instantCurves({ ...parts, change: null })).toEqual([]);
    expect(instantCurves({ ...parts, growth: null })).toEqual([]);
    expect(instantCurves({ ...parts, spectrum: { ...spectrum, step: 9 } }).map(({ key }) => key)).toEqual([RESCALED_KEY]);
  });
  it('scale a held sharpness, and hold one from the growth on where there was none', () => {
    const held = { kind: 'edge', edge: 2 } as const;
    expect(
      askedTable(
        held,
        { kind: 'edge', edge: 1 },
        [
          [10, 0.1],
          [12, 0.05],
        ],
        10,
        4,
      ),
    ).toEqual([
      [10, 0.2],
      [12, 0.1],
    ]);
    expect(askedTable(held, { kind: 'constant', value: 0.1 }, [], 10, 4)).toEqual([[10, 0.5]]);
  });
});
