import { describe, expect, it } from 'vitest';
import { RunMetrics } from './run-metrics.ts';

describe('what is measured along a run', () => {
  const filled = (): RunMetrics => {
    const metrics = new RunMetrics();
    metrics.sharpness('A', 0, 2, 0.2);
    metrics.sharpness('A', 10, 3, 0.3);
    metrics.gradient('A', 5, { squared: 4, loss: 2, h: 0.1 });
    metrics.sharpness('M', 10, 5, 0.5);
    metrics.distance({ model: 'A', flow: 'modified-flow', from: '0' }, 5, [0.1, 1]);
    return metrics;
  };

  it('is one entry a model and quantity (10.32)', () => {
    expect(filled().entries(() => 0)).toEqual([
      { kind: 'sharpness', model: 'A', step: [0, 10], lambda: [2, 3], hLambda: [0.2, 0.3] },
      { kind: 'sharpness', model: 'M', step: [10], lambda: [5], hLambda: [0.5] },
      // (h/4)·‖∇L‖²/L = 0.025·4/2
      { kind: 'gradient', model: 'A', step: [5], norm: [2], flatnessShare: [0.05] },
      { kind: 'distance', model: 'A', prediction: 'modified-flow', from: 0, step: [5], distance: [0.1], travelled: [1] },
    ]);
  });

  it('is forgotten behind a step one goes back to, and measured again there', () => {
    const metrics = filled();
    metrics.rewind(10);
    // M grows at this very step, and has not grown yet.
    expect(metrics.entries(() => 0).map(({ kind, model }) => `${kind} ${model}`)).toEqual(['sharpness A', 'gradient A', 'distance A']);
    metrics.sharpness('A', 10, 4, 0.4);
    expect(metrics.entries(() => 0)[0]).toMatchObject({ step: [0, 10], lambda: [2, 4] });
    metrics.rewind(4);
    expect(metrics.entries(() => 0)).toEqual([{ kind: 'sharpness', model: 'A', step: [0], lambda: [2], hLambda: [0.2] }]);
    metrics.rewind(-1);
    expect(metrics.entries(() => 0)).toEqual([]);
  });
});
