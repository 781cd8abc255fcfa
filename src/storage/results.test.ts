import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../experiment/presets/presets.ts';
import { textFile, zipFiles } from './files.ts';
import { curvesCsv } from './curves-csv.ts';
import { resultFiles } from './result-files.ts';
import { type Result, resultJson, tracedSet } from './results.ts';

const result: Result = {
  link: '#v=1&preset=first-fusion',
  experiment: presetExperiment('first-fusion'),
  adapter: { kind: 'wasm', description: '' },
  models: [{ id: 'A', config: { model_type: 't5', d_model: 16 }, parameters: 51712, parents: [], from: 0, to: 300 }],
  curves: [
    { model: 'A', kind: 'measured', step: [0, 1, 2], loss: [4.16, 4.11, Number.NaN] },
    {
      model: 'M',
      kind: 'modified-flow',
      step: [300, 310],
      loss: [2.1, Number.POSITIVE_INFINITY],
      from: 0,
      trustedUntil: 420,
      gradients: 3200,
      of: 'plan',
      madeAt: [300, 300],
      inAdvance: true,
      inAdvanceFrom: 301,
    },
  ],
  growth: [
    {
      step: 300,
      operator: 'fuse',
      sources: ['A', 'B'],
      target: 'M',
      loss: { sources: [2.2, 2.3], average: 2.1, fused: 2.11 },
      gap: 0.01,
      logitsError: 0.2,
    },
  ],
  stepSize: {
    A: [
      [0, 0.509],
      [10, 0.134],
    ],
    M: [[100, 0.033]],
  },
  cost: { flops: { A: 1, B: 1, M: 4 }, total: 6, criticalPath: 5, perStep: { A: 1, B: 1, M: 4 }, seconds: 0.5 },
  metrics: [],
  events: [],
  files: ['result.json'],
};

describe('result files', () => {
  it('writes result.json with its keys in their order, a curve a line', () => {
    const json = resultJson(result);
    expect(JSON.parse(json)).toEqual({ schema: 'deep-fusion/result/1', ...JSON.parse(JSON.stringify(result)) });
    expect(Object.keys(JSON.parse(json) as object)).toEqual([
      'schema',
      'link',
      'experiment',
      'adapter',
      'models',
      'curves',
      'growth',
      'stepSize',
      'cost',
      'metrics',
      'events',
      'files',
    ]);
    expect(json).toContain('"loss": [4.16,4.11,null]');
    expect(json).toContain('"A": [[0,0.509],[10,0.134]]');
  });

  it('stays quick with a hundred thousand points', () => {
    const step = Array.from({ length: 100_000 }, (_, i) => i);
    const json = resultJson({ ...result, curves: [{ model: 'A', kind: 'measured', step, loss: step.map((i) => 1 / (i + 1)) }] });
    expect((JSON.parse(json) as Result).curves[0]?.step.length).toBe(100_000);
  });

  it('refuses a curve with a loss missing', () => {
    expect(() => resultJson({ ...result, curves: [{ model: 'A', kind: 'measured', step: [0, 1], loss: [4] }] })).toThrow(
      'measured curve of A has 2 steps and 1 losses',
    );
  });

  it('keeps the floats of a Hugging Face configuration floats, as those of a checkpoint are (10.30)', () => {
    const config = { dropout_rate: 0, initializer_factor: 1, layer_norm_epsilon: 1e-6, d_model: 16 };
    const json = resultJson({ ...result, models: [{ ...result.models[0]!, config }], events: [{ message: '"initializer_factor": 1,' }] });
    expect(json).toContain('"initializer_factor": 1.0,');
    expect(json).toContain('"dropout_rate": 0.0,');
    expect(json).toContain('"layer_norm_epsilon": 0.000001,');
    expect(json).toContain('"d_model": 16');
    expect((JSON.parse(json) as Result).events).toEqual([{ message: '"initializer_factor": 1,' }]);
  });

  it('writes curves.csv in long form, with what else there is of a step behind it (10.17, 10.32)', () => {
    const measured: Result = {
      ...result,
      models: [
        { id: 'A', config: {}, parameters: 1, parents: [], from: 0, to: 2 },
        { id: 'M', config: {}, parameters: 1, parents: ['A'], from: 300, to: 320 },
      ],
      metrics: [
        { kind: 'sharpness', model: 'A', step: [0], lambda: [2], hLambda: [1.018] },
        { kind: 'gradient', model: 'A', step: [1], norm: [0.5], flatnessShare: [0.01] },
        { kind: 'distance', model: 'M', prediction: 'modified-flow', from: 0, step: [310], distance: [0.25], travelled: [1] },
        { kind: 'distance', model: 'M', prediction: 'modified-flow', from: 300, step: [310], distance: [9], travelled: [1] },
      ],
    };
    const [head, ...rows] = curvesCsv(measured, (model, step) => (model === 'A' ? 100 * step : undefined)).split('\n');
    expect(head).toBe('model,kind,step,loss,step_size,lambda,h_lambda,gradient_norm,flatness_share,distance,flops');
    expect(rows).toEqual([
      'A,measured,0,4.16,0.509,2,1.018,,,,0',
      'A,measured,1,4.11,0.509,,,0.5,0.01,,100',
      // The last step of a model makes no update.
      'A,measured,2,nan,,,,,,,200',
      'M,modified-flow,300,2.1,0.033,,,,,,',
      'M,modified-flow,310,inf,0.033,,,,,0.25,',
      '',
    ]);
  });

  it('nests a batch into lists for data.json', () => {
    const set = tracedSet({
      batch: 2,
      sourceLength: 2,
      targetLength: 1,
      inputIds: Int32Array.of(3, 1, 4, 1),
      attentionMask: Int32Array.of(1, 1, 1, 0),
      labels: Int32Array.of(5, -100),
      decoderInputIds: Int32Array.of(0, 0),
    });
    expect(set).toEqual({
      input_ids: [
        [3, 1],
        [4, 1],
      ],
      attention_mask: [
        [1, 1],
        [1, 0],
      ],
      labels: [[5], [-100]],
      decoder_input_ids: [[0], [0]],
    });
    const files = resultFiles(result, () => 0, { trace: { train: set, probe: set, order: [[1, 0]] } });
    expect(files.map(({ path }) => path)).toEqual(['result.json', 'curves.csv', 'data.json']);
    expect((JSON.parse(new TextDecoder().decode(files[0]?.bytes)) as Result).files).toEqual(['result.json', 'curves.csv', 'data.json']);
    expect(JSON.parse(new TextDecoder().decode(files[2]?.bytes))).toEqual({ train: set, probe: set, order: [[1, 0]] });
    expect(() =>
      tracedSet({ batch: 2, sourceLength: 2, targetLength: 1, inputIds: [1], attentionMask: [], labels: [], decoderInputIds: [] }),
    ).toThrow('1 ids are not 2 rows of 2');
  });

  it('zips files, the same bytes each time', () => {
    const files = [textFile('result.json', '{}'), textFile('checkpoints/A-0/config.json', '{"a":1}')];
    const zip = zipFiles(files);
    const back = unzipSync(zip);
    expect(Object.keys(back)).toEqual(['result.json', 'checkpoints/A-0/config.json']);
    expect(new TextDecoder().decode(back['checkpoints/A-0/config.json'])).toBe('{"a":1}');
    expect(zipFiles(files)).toEqual(zip);
    expect(() => zipFiles([textFile('../x', '')])).toThrow('would leave the folder');
    expect(() => zipFiles([textFile('x', ''), textFile('x', '')])).toThrow('x is given twice');
  });
});
