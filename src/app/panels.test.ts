import { tell } from '../experiment/messages/tell.ts';
import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../experiment/presets/presets.ts';
import type { SampleRow } from '../run/reports.ts';
import { emptyState } from './state/empty-state.ts';
import { columnsOf } from './features/dock/columns.ts';
import { rgb } from './features/growth/WeightPicture.tsx';
import { readManifest } from './features/setup/DataLicence.tsx';
import { adapterWords } from './features/status/StatusBar.tsx';
import { summary } from './features/status/TrainingStatus.tsx';
import { sharedStepWords } from './text/words.ts';
import { meanError } from './plot/curves/prediction-error.ts';

const report = (outputs: SampleRow['outputs']) => ({
  task: 'reverse' as const,
  rows: [{ source: 'a', target: 'b', outputs }],
  own: null,
  exact: {},
  of: 1,
  step: 1,
});
const curve = (losses: readonly number[], from = 0) => ({
  steps: Float64Array.from(losses, (_, i) => from + i),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const names = (columns: ReturnType<typeof columnsOf>) => columns.map(({ id, when }) => `${id} ${when}`);

describe('what the panels say', () => {
  it('samples: sources now, then sources as they were beside what they became', () => {
    const before = report({ A: 'x', B: 'y' });
    expect(names(columnsOf(before, null, ['A', 'B'], []))).toEqual(['A now', 'B now']);
    expect(names(columnsOf(report({ M: 'z' }), before, ['A', 'B'], [{ sources: ['A', 'B'], target: 'M' }]))).toEqual([
      'A before',
      'B before',
      'M now',
    ]);
    // A network fused with itself is shown once.
    expect(names(columnsOf(report({ M: 'z' }), before, ['A'], [{ sources: ['A', 'A'], target: 'M' }]))).toEqual(['A before', 'M now']);
  });

  it('samples: two fusions side by side, each beside its sources, and what else trains', () => {
    const before = report({ A: 'a', B: 'b', C: 'c', D: 'd' });
    const fusions = [
      { sources: ['A', 'B'], target: 'M' },
      { sources: ['C', 'D'], target: 'N' },
    ];
    expect(names(columnsOf(report({ M: 'm', N: 'n', alone: 'x', S: 'y' }), before, ['A', 'B', 'C', 'D'], fusions))).toEqual([
      'A before',
      'B before',
      'M now',
      'C before',
      'D before',
      'N now',
    ]);
    // M was fused earlier and goes on.
    const late = report({ M: 'm', N: 'n' });
    expect(names(columnsOf(late, report({ M: 'm', C: 'c', D: 'd' }), [], fusions.slice(1)))).toEqual([
      'C before',
      'D before',
      'N now',
      'M now',
    ]);
  });

  it('a licence is found in the manifest, and nothing is made of rubbish', () => {
    const of = (task: string, name: string, more = {}) => ({
      task,
      title: name,
      package: name,
      version: '1',
      licence: 'CC0-1.0',
      notice: 'n',
      ...more,
    });
    const manifest = {
      files: [
        null,
        3,
        of('pronounce', 'words'),
        of('spans', 'book', { corpus: 'moby' }),
        of('spans', 'book', { corpus: 'moby' }),
        of('vocabulary', 'pieces'),
      ],
    };
    const found = (tasks: string[], corpora: string[], vocabulary = false) =>
      readManifest(manifest, { tasks, corpora, vocabulary }).map(({ title }) => title);
    expect(found(['pronounce'], [])).toEqual(['words']);
    expect(found([], ['moby'])).toEqual(['book']);
    expect(found([], ['moby'], true)).toEqual(['book', 'pieces']);
    expect(readManifest('rubbish', { tasks: ['pronounce'], corpora: [], vocabulary: false })).toEqual([]);
  });

  it('colours are read as a build may shorten them', () => {
    expect(rgb(' #2b7de0')).toEqual([43, 125, 224]);
    expect(rgb('#fff')).toEqual([255, 255, 255]);
  });

  it('the badge says where it runs, and why', () => {
    expect(adapterWords({ kind: 'webgpu', description: 'Intel Iris Xe', reason: null })).toBe('WebGPU · Intel Iris Xe');
    expect(adapterWords({ kind: 'webgpu-software', description: 'SwiftShader', reason: null })).toBe(
      'Software WebGPU: no GPU found, slower',
    );
    expect(adapterWords({ kind: 'wasm', description: '', reason: tell('on-wasm', { why: tell('no-webgpu-here') }) })).toBe(
      'WebAssembly: this browser has no WebGPU',
    );
    const asked = tell('on-wasm', { why: tell('wasm-asked-for') });
    expect(adapterWords({ kind: 'wasm', description: '', reason: asked, asked: true })).toBe('WebAssembly');
  });

  it('the badge says Plain JavaScript where WebAssembly could not be loaded (10.24)', () => {
    const reason = tell('on-reference', { why: tell('wasm-asked-for'), failure: 'blocked' });
    expect(adapterWords({ kind: 'reference', description: 'plain tfjs operations', reason })).toBe(
      'Plain JavaScript, much slower: wasm was asked for, and WebAssembly failed (blocked)',
    );
  });

  it('the status names step, model and loss, and the prediction after a growth', () => {
    const state = { ...emptyState(), phase: 'training' as const, step: 2, experiment: presetExperiment('first-fusion') };
    const measured = new Map([
      ['A', curve([3, 2, 1.554])],
      ['B', curve([3, 2, 1.92])],
    ]);
    expect(summary({ ...state, chart: { measured, predicted: new Map() } })).toBe('Training. Step 2, A loss 1.55, B loss 1.92.');
    const growth = { target: 'M' } as never;
    const fused = new Map([['M', curve([0.55], 2)]]);
    const predicted = new Map([['modified-flow|0|plan', new Map([['M', curve([0.58], 2)]])]]);
    expect(summary({ ...state, growth, chart: { measured: fused, predicted } })).toBe('Training. Step 2, M loss 0.55, predicted 0.58.');
  });

  it('the status names the prediction that stands for the run, by whatever flow and from wherever it is drawn', () => {
    const state = { ...emptyState(), phase: 'training' as const, step: 3, experiment: presetExperiment('first-fusion') };
    const said = (predicted: Record<string, readonly number[]>): string =>
      summary({
        ...state,
        growth: { target: 'M' } as never,
        chart: {
          measured: new Map([['M', curve([0.6, 0.55], 2)]]),
          predicted: new Map(Object.entries(predicted).map(([key, losses]) => [key, new Map([['M', curve(losses, 2)]])])),
        },
      });
    const weak = { 'gradient-flow|0|plan': [0.7, 0.68], 'modified-flow|0|plan': [0.6, 0.58] };
    expect(said({ ...weak, 'central-flow|0|plan': [0.6, 0.56] })).toContain('predicted 0.56.');
    expect(said({ ...weak, 'third-order-flow|growth|plan': [0.6, 0.57] })).toContain('predicted 0.57.');
    expect(said({ 'sign-flow|growth|plan': [0.6, 0.59] })).toContain('predicted 0.59.');
    // Where the one from step 0 ends at the seam, that from the growth on goes on.
    expect(said({ 'modified-flow|0|plan': [0.6], 'modified-flow|growth|plan': [0.6, 0.54] })).toContain('predicted 0.54.');
    expect(said({ 'modified-flow|growth|what-if': [0.6, 0.5] })).not.toContain('predicted');
  });

  it('who shares a step size is said (10.1)', () => {
    expect(sharedStepWords([['A', 'B']])).toBe('A and B share one step size, from the larger of their λ.');
    expect(sharedStepWords([['A', 'B', 'C']])).toBe('A, B and C share one step size, from the largest of their λ.');
    expect(sharedStepWords([])).toBe('');
  });

  it('the error of a flow is its mean distance over the steps both have', () => {
    const chart = {
      measured: new Map([['M', curve([1, 1, 1, 1], 10)]]),
      predicted: new Map([['k', new Map([['M', curve([1.1, 0.9, 1.2], 10)]])]]),
    };
    expect(meanError(chart, 'k', ['M'])).toBeCloseTo((0.1 + 0.1 + 0.2) / 3, 5);
    expect(meanError(chart, 'k', ['A'])).toBeNull();
    expect(meanError(chart, 'other', ['M'])).toBeNull();
  });
});
