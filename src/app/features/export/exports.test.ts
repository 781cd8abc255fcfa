import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { emptyState } from '../../state/empty-state.ts';
import { captionWidth, compose, inLines } from './compose.ts';
import { titleOf } from './picture.ts';
import { continueProgram, newestCheckpoint } from './pytorch.ts';
import { reportOf, type Told } from './report.ts';

const COLOURS = { card: '#fff', text: '#111', muted: '#555', line: '#ddd' };

describe('a picture of the chart', () => {
  const of = {
    chart: '<svg id="chart"/>',
    width: 800,
    height: 400,
    title: 'A < B',
    caption: ['one', 'two'],
    link: 'https://x/#a=1&b="2"',
    colours: COLOURS,
    font: 'Inter',
  };

  it('holds chart, caption, link and code, and is well formed whatever the words are', () => {
    const svg = compose({ ...of, code: { path: 'M0 0h1v1h-1z', size: 25 } });
    expect(svg).toContain('<svg id="chart"/>');
    expect(svg).toContain('A &lt; B');
    expect(svg).toContain('href="https://x/#a=1&amp;b=&quot;2&quot;"');
    expect(svg).toContain('d="M0 0h1v1h-1z"');
    expect(svg.match(/<text /g)).toHaveLength(4);
    expect(compose({ ...of, code: null })).not.toContain('crispEdges');
  });

  it('shortens the link that is printed before it runs into the code, and keeps the one that is followed', () => {
    const link = `https://x/#${'a=1&'.repeat(60)}`;
    const svg = compose({ ...of, link, code: { path: 'M0 0h1v1h-1z', size: 25 } });
    const printed = /<text [^>]*>(https:[^<]*)</.exec(svg)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(printed.length * 8).toBeLessThanOrEqual(captionWidth(800, true));
    expect(svg).toContain(`href="${link.replaceAll('&', '&amp;')}"`);
  });

  it('is called after what it shows: losses, or right answers', () => {
    const metric = {
      model: 'M',
      task: 'who',
      split: 'validation',
      name: 'exact match',
      step: 9,
      value: 0.5,
      chance: 0,
      majority: null,
    } as const;
    const state = { ...emptyState(), metrics: [metric] };
    expect(titleOf(state)).toBe('First fusion: loss of every network, in nats');
    expect(titleOf({ ...state, quantity: 'who exact match' })).toBe('First fusion · Exact answers: tell who has a thing');
  });

  it('breaks the caption where it would run into the code', () => {
    const lines = inLines('aaa bbb ccc ddd', 8, (text) => text.length);
    expect(lines).toEqual(['aaa bbb', 'ccc ddd']);
    expect(captionWidth(800, true)).toBeLessThan(captionWidth(800, false));
  });
});

describe('a report of a run', () => {
  const told: Told = {
    experiment: { ...presetExperiment('first-fusion'), seed: 7, h: { kind: 'constant', value: 0.1 } },
    adapter: { kind: 'wasm', description: 'WebAssembly SIMD' },
    models: [
      { id: 'A', parameters: 8560, parents: [], from: 0, to: 2 },
      { id: 'M', parameters: 29408, parents: ['A', 'B'], from: 2, to: 4 },
    ],
    curves: [
      { model: 'A', kind: 'measured', step: [0, 1, 2], loss: [4, 3, 2] },
      { model: 'M', kind: 'measured', step: [2, 3, 4], loss: [2.1, 1.5, 1.6] },
      { model: 'M', kind: 'modified-flow', step: [2, 4], loss: [2.1, 1.5], trustedUntil: 3, inAdvance: true },
    ],
    growth: [{ step: 2, operator: 'fuse', sources: ['A', 'B'], target: 'M', loss: { average: 2.05, fused: 2.1 }, gap: 0.05 }],
    cost: { total: 2.5e9, criticalPath: 1.5e9, seconds: 3.21 },
  };
  const report = reportOf(told, 'https://school.example/#seed=7');

  it('says settings, networks, growth, cost and curves, with the link', () => {
    expect(report).toContain('<https://school.example/#seed=7>');
    expect(report).toContain('| seed | 7 |');
    expect(report).toContain('| M | 29,408 | A and B | 2–4 | 2.10 | 1.60 | 1.50 |');
    expect(report).toContain(
      'At step 2, A and B became M (Deep Fusion). The averaged answers of its sources had a loss of 2.05, its own have 2.10: a gap of +0.050.',
    );
    expect(report).toContain('2.5 GFLOPs in all, 1.5 GFLOPs on the longest way through the plan. 3.2 seconds');
    expect(report).toContain('| 2 | 2.00 | 2.10 |');
  });

  it('where a network goes from task to task its lowest loss is of the last, and no loss is made up between the two', () => {
    const plan = parsePlan('A:2,B:2,A+B>M:4,M:4(task=who)');
    const said = reportOf(
      {
        ...told,
        experiment: { ...presetExperiment('read-then-answer'), grow: 2, steps: 10, plan },
        curves: [{ model: 'M', kind: 'measured', step: [2, 4, 6, 8, 10], loss: [0.3, 0.1, 3, 2, 1.5] }],
      },
      'x',
    );
    expect(said).toContain('| M | 29,408 | A and B | 2–4 | 0.30 | 1.50 | 1.50 |');
    // Read at 3, answered at 8, and at 5, between the two, neither.
    expect(said).toMatch(/^\| 3 \| 0\.20 \|$/m);
    expect(said).toMatch(/^\| 5 \| {2}\|$/m);
    expect(said).toMatch(/^\| 8 \| 2\.00 \|$/m);
  });

  it('says of every prediction its error against the measured curve, and whether it came first', () => {
    // At steps 2, 3 and 4 it is off by 0, 0.3 and −0.1.
    expect(report).toContain(`| Modified flow | M | ${(0.4 / 3).toFixed(2)} | −0.100 | 3 | yes |`);
    expect(reportOf({ ...told, curves: told.curves.slice(0, 2) }, 'x')).toContain('Nothing was predicted.');
  });

  it('compares what predicts mini-batches with the mean of several runs, which is no prediction', () => {
    const of = { model: 'M', from: 2, of: 'plan', step: [2, 4] } as const;
    const curves = [
      ...told.curves.slice(0, 2),
      { ...of, kind: 'modified-flow', loss: [2.1, 1.5], trustedUntil: null, inAdvance: false },
      { ...of, kind: 'shuffled-runs', loss: [2.1, 1.8], trustedUntil: null, inAdvance: false },
      { ...of, of: 'asked', kind: 'shuffled-runs', loss: [9, 9], trustedUntil: null, inAdvance: false },
    ];
    const said = reportOf({ ...told, curves }, 'x');
    expect(said).toContain('| Modified flow | M | 0.15 | −0.300 | its end | no |');
    expect(said).not.toContain('| Mean of shuffled runs |');
    expect(said).toContain('with the mean of several shuffled runs');
    expect(report).not.toContain('shuffled runs');
  });

  it('says of a run that diverged no loss that it never had', () => {
    const curves = [...told.curves.slice(0, 1), { model: 'M', kind: 'measured', step: [2, 3, 4], loss: [2.1, 1.5, null] }];
    const said = reportOf({ ...told, curves }, 'x');
    expect(said).toContain('| M | 29,408 | A and B | 2–4 | 2.10 | not finite | 1.50 |');
    expect(said).not.toContain('0.000');
  });
});

describe('a program that goes on in PyTorch', () => {
  it('begins with the newest network of the plan, not with what was trained beside it', () => {
    const paths = ['result.json', ...['A-0', 'A-20', 'M-20', 'M-40', 'S-40'].map((name) => `checkpoints/${name}/model.safetensors`)];
    expect(newestCheckpoint(paths, (model) => model !== 'S')).toBe('checkpoints/M-40');
    expect(newestCheckpoint(['grouped-norms/M-40/parameters.safetensors'], () => true)).toBeNull();
    const program = continueProgram('checkpoints/M-40', 'https://x/#seed=7');
    expect(program).toContain('else "checkpoints/M-40"');
    expect(program).toContain('The run: https://x/#seed=7');
  });

  it('goes on with the examples of the stage that the network stood in, where stages have their own', () => {
    const program = continueProgram('checkpoints/M-40', 'x');
    expect(program).toContain('for stage in data.get("stages", []) if stage["model"] == name and stage["from"] <= int(step)');
    expect(program.indexOf('name, step =')).toBeLessThan(program.indexOf('stages = '));
  });
});
