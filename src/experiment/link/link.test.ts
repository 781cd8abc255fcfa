import { describe, expect, it } from 'vitest';
import { type Experiment, TASKS } from '../experiment.ts';
import { memoryEstimate } from '../cost/cost.ts';
import { fingerprint } from '../fingerprint.ts';
import { LATER_KEYS, LATER_VALUES } from './later.ts';
import { MEMORY_LIMIT } from '../limits.ts';
import { formatLink, parseLink } from './link.ts';
import { PRESETS, presetExperiment } from '../presets/presets.ts';
import { normalise } from './reconcile.ts';
import { whyNot } from '../schema.ts';

const messages = (hash: string): readonly string[] => parseLink(hash).problems.map((problem) => problem.message);

describe('parseLink', () => {
  it('opens first-fusion without a link', () => {
    for (const hash of ['', '#', '#v=2', 'http://localhost:5199/', 'http://localhost:5199/#']) {
      expect(parseLink(hash)).toMatchObject({ experiment: presetExperiment('first-fusion'), problems: [], run: false });
    }
  });

  it('reads every key of a link', () => {
    const { experiment, problems, run } = parseLink(
      '#v=2&preset=fusing-fast&task=sort&examples=100&probe=40&d=8&ff=24&heads=3&dkv=4&layers=2&seed=9&opt=adam&beta1=0.8&beta2=0.95&eps=0.001&h=0:0.5,10:0.13&h2=0.02&batch=20&grow=30&steps=70&op=self&k=3&off=random&sigma=0.5&diagonal=0.1&norm=grouped&release=25&moments=fill&predict=modified-flow,gradient-flow&from=growth,0&baseline=alone,scratch&adapter=wasm&pace=12.5&run=1',
    );
    expect(problems).toEqual([]);
    expect(run).toBe(true);
    expect(experiment).toEqual({
      v: 2,
      preset: 'fusing-fast',
      task: 'sort',
      examples: 100,
      probe: 40,
      model: { d: 8, ff: 24, heads: 3, dkv: 4, layers: 2 },
      seed: 9,
      optimizer: 'adam',
      beta1: 0.8,
      beta2: 0.95,
      epsilon: 0.001,
      h: {
        kind: 'table',
        table: [
          [0, 0.5],
          [10, 0.13],
        ],
      },
      h2: { kind: 'constant', value: 0.02 },
      batch: 20,
      grow: 30,
      steps: 70,
      operator: 'self',
      k: 3,
      offDiagonal: 'random',
      sigma: 0.5,
      diagonal: 0.1,
      norm: 'grouped',
      release: 25,
      moments: 'fill',
      predict: ['gradient-flow', 'modified-flow'],
      from: ['0', 'growth'],
      baseline: ['scratch', 'alone'],
      adapter: 'wasm',
      pace: 12.5,
    } satisfies Experiment);
  });

  it('takes an address, a hash, or a hash without its mark', () => {
    for (const link of ['#v=2&seed=9', 'v=2&seed=9', 'https://example.org/play/?x=1#v=2&seed=9', '&v=2&&seed=9&'])
      expect(parseLink(link)).toMatchObject({ experiment: { seed: 9 }, problems: [] });
  });

  it.each([
    ['#preset=edge&h=-3', 'h=-3 is not a step size (0.0001 to 10), so 0.03 is used', 'h', 0.03],
    ['#preset=edge&h=0', 'h=0 is not a step size (0.0001 to 10), so 0.03 is used', 'h', 0.03],
    ['#preset=edge&h=50', 'h=50 is too large for a step size (0.0001 to 10), so 10 is used', 'h', 10],
    ['#preset=edge&h=1e-9', 'h=1e-9 is too small for a step size (0.0001 to 10), so 0.0001 is used', 'h', 0.0001],
    ['#preset=edge&h=0x10', 'h=0x10 is not a step size (0.0001 to 10), so 0.03 is used', 'h', 0.03],
    ['#preset=edge&h=', 'h= is not a step size (0.0001 to 10), so 0.03 is used', 'h', 0.03],
  ])('%s is told', (hash, message, key, value) => {
    const { problems, experiment } = parseLink(hash);
    expect(problems).toMatchObject([{ key, value: new URLSearchParams(hash.slice(1)).get('h'), message, minor: false }]);
    expect(experiment.h).toEqual({ kind: 'constant', value });
  });

  it.each([
    ['#h=-3', 'h=-3 is not a step size (0.0001 to 10), so edge=1.2 is used'],
    ['#edge=9', 'edge=9 is too large for a sharpness to hold (0.01 to 4), so 4 is used'],
    ['#colour=red', 'colour=red is not a setting'],
    ['#seed=3&seed=4', 'seed is given more than once, so the first (3) is used'],
    ['#=5', '=5 has no key (key=value), so it is left out'],
    ['#seed', 'seed has no value (seed=…), so it is left out'],
    ['#seed=1.5', `seed=1.5 is not a seed (0 to 2,147,483,584), so ${presetExperiment('first-fusion').seed} is used`],
    ['#d=1000000', 'd=1000000 is too large for a model width (2 to 1024), so 1024 is used'],
    ['#k=1', 'k=1 is too small for a number of sources (2 to 8), so 2 is used'],
    ['#task=banana', `task=banana is not a task (${TASKS.join(', ')}), so pronounce is used`],
    ['#preset=banana', `preset=banana is not a preset (${[...PRESETS.keys()].join(', ')}), so first-fusion is used`],
    [
      '#op=banana',
      'op=banana is not a growth operator (fuse, self, stack, net2net, bert2bert-fpi, bert2bert-aki, random, scratch), so fuse is used',
    ],
    ['#op=net2net&off=random', 'off=random has no meaning for net2net, whose added weights are copies, so off=zero is used'],
    [
      '#plan=A:5,S:5,A+S>M:5',
      'plan=A:5,S:5,A+S>M:5 is not a plan: S is the name of the baseline; give the model another one, so the preset is used',
    ],
    [
      '#plan=A:5,A+A>M:5,B:5,M+B>L:5&op=stack',
      "plan=A:5,A+A>M:5,B:5,M+B>L:5 is no plan for op=stack: M+B>L can't be fused: layers is 2 in M and 1 in B; it must be the same, so op=fuse is used",
    ],
    ['#plan=A:5,B:5,A+B>M:5&op=stack', 'op=stack has no effect beside this plan, so the plan is used'],
    ['#release=20', 'release=20 has no effect without grouped norms, so it is left out'],
    ['#norm=grouped&op=stack', 'norm=grouped has no meaning for op=stack, which keeps one norm, so norm=shared is used'],
    [
      '#preset=four-to-one&norm=grouped&release=90',
      'release=90 goes on when the next growth comes (60 steps after the one before), so release=60 is used',
    ],
    ['#preset=four-to-one&grow=50', 'grow=50 has no effect beside a plan, so the plan is used'],
    [
      '#plan=A:200,C>M:4',
      'plan=A:200,C>M:4 is not a plan: C>M grows from one model; a fusion needs two or more, a self-fusion is C+C>M, so the preset is used',
    ],
    ['#plan=nonsense', 'plan=nonsense is not a plan: nonsense is not a stage; right would be A:200 or A+B>M:400, so the preset is used'],
    ['#plan=A:90000,A+A>M:90000', 'plan=A:90000,A+A>M:90000 takes 180000 steps (100,000 at most), so the preset is used'],
    [
      '#plan=A:2,A+A+A+A>M:2,M+M+M>N:4',
      'plan=A:2,A+A+A+A>M:2,M+M+M>N:4 grows a model 12 times as wide as a source (8 at most), so the preset is used',
    ],
    ['#plan=A:2,A+A>M:2&grow=50', 'grow=50 has no effect beside a plan, so the plan is used'],
    [
      '#predict=x',
      'predict=x is not a prediction (gradient-flow, modified-flow, modified-flow-exact, third-order-flow, self-held, principal-flow, central-flow, composite, spectral), so gradient-flow,modified-flow is used',
    ],
    [
      '#predict=modified-flow,y,x',
      'predict=modified-flow,y,x: y is not a prediction (gradient-flow, modified-flow, modified-flow-exact, third-order-flow, self-held, principal-flow, central-flow, composite, spectral); x is not a prediction (gradient-flow, modified-flow, modified-flow-exact, third-order-flow, self-held, principal-flow, central-flow, composite, spectral), so modified-flow is used',
    ],
    [
      '#opt=adam&edge=1.2',
      'edge=1.2 is not held with opt=adam: its edge of stability is one of the preconditioned curvature, not of λmax of the loss (gd and momentum hold that; a step size such as h=0.003 does here), so h=0.003 is used',
    ],
    [
      '#opt=adafactor',
      'opt=adafactor does not hold a step size to the sharpness (edge=1.2): its edge of stability is one of the preconditioned curvature, not of λmax of the loss (gd and momentum hold that; a step size such as h=0.01 does here), so h=0.01 is used',
    ],
    ['#h=0.1&edge=1.2', 'edge=1.2 and h=0.1 both set the step size, so h is used'],
    ['#h=0:0.5,10', 'h=0:0.5,10 is not a table of step sizes (step:size,step:size, e.g. 0:0.5,10:0.13), so edge=1.2 is used'],
    ['#h=0:0.5,0:0.4', 'h=0:0.5,0:0.4 is not a table of step sizes: its steps must rise, but 0 comes after 0, so edge=1.2 is used'],
    ['#h=0:0.5,10:99', 'h=0:0.5,10:99: 99 is too large for a step size (0.0001 to 10), so 0:0.5,10:10 is used'],
    ['#grow=500', 'grow=500 puts the growth (step 500) after the last step (180), so grow=180 is used'],
    ['#steps=50', 'steps=50 puts the growth (step 100) after the last step (50), so grow=50 is used'],
    ['#batch=65', 'batch=65 makes the batch (65) larger than the training set (64), so batch=64 is used'],
    ['#probe=32', 'probe=32 has no effect with batch=full, where the probe set is the training set, so it is left out'],
    [
      '#ff=4096&examples=27000',
      'examples=27000 makes a model and batch of about 102.2 GB with the other sizes (2 GB at most), so examples=64 is used',
    ],
    ['#preset=edge&examples=9000', 'examples=9000 asks for more examples than sort has (7776), so examples=7776 is used'],
    ['#preset=fusing-fast&task=sort', 'task=sort asks for more examples than sort has (7776), so examples=7776 is used'],
    ['#preset=fusing-wins&probe=501', 'probe=501 asks for more probe examples than pronounce holds out (500), so probe=500 is used'],
    ['#v=3', 'v=3 is not a version of links this page knows (1, 2), so it is read as 2'],
    ['#run=yes', 'run=yes is not 1 (start on opening), so the page waits for Run'],
    ['#seed=%E0%A4%A', 'seed=%E0%A4%A is not readable text (a broken % code), so it is left out'],
    ['#__proto__=1', '__proto__=1 is not a setting'],
    ['#task=constructor', `task=constructor is not a task (${TASKS.join(', ')}), so pronounce is used`],
    ['#preset=__proto__', `preset=__proto__ is not a preset (${[...PRESETS.keys()].join(', ')}), so first-fusion is used`],
  ])('%s → %s', (hash, message) => {
    expect(messages(hash)).toEqual([message]);
  });

  it('waits for the prediction in theory presets, unless the link says no; links of version 1 are as they were (10.3)', () => {
    expect(parseLink('#preset=first-fusion').experiment.wait).toBe(true);
    expect(parseLink('#preset=first-fusion&wait=0')).toMatchObject({ problems: [] });
    expect(parseLink('#preset=first-fusion&wait=0').experiment.wait).toBeUndefined();
    expect(formatLink(parseLink('#preset=first-fusion&wait=0').experiment)).toBe('#v=2&preset=first-fusion&wait=0');
    expect(parseLink('#preset=fusing-fast').experiment.wait).toBeUndefined();
    expect(parseLink('#v=1&preset=first-fusion').experiment.wait).toBeUndefined();
    // It changes no number: the same run, with the same recorded step sizes.
    expect(fingerprint(parseLink('#wait=0').experiment)).toBe(fingerprint(parseLink('').experiment));
    expect(parseLink('#wait=2').problems).toHaveLength(1);
  });

  it('holds a step size to the sharpness only where the sharpness says where the edge is (10.20)', () => {
    for (const opt of ['gd', 'momentum'])
      expect(parseLink(`#opt=${opt}&edge=1.2&edge2=1.4`)).toMatchObject({
        problems: [],
        experiment: { h: { kind: 'edge', edge: 1.2 }, h2: { kind: 'edge', edge: 1.4 } },
      });
    for (const opt of ['adam', 'adamw', 'adafactor', 'rmsprop']) {
      const { experiment, problems } = parseLink(`#opt=${opt}&h=0.002&edge2=1.2`);
      expect(experiment).toMatchObject({ h: { kind: 'constant', value: 0.002 }, h2: null });
      expect(problems).toMatchObject([{ key: 'edge2', minor: false, message: expect.stringContaining('so h2=same is used') as string }]);
      // What the preset holds is fitted to the optimizer that was asked for.
      expect(parseLink(`#opt=${opt}`)).toMatchObject({ problems: [{ key: 'opt', minor: true }], experiment: { h: { kind: 'constant' } } });
      // A link of version 1 means the run that it meant.
      expect(parseLink(`#v=1&opt=${opt}&edge=1.2`)).toMatchObject({ experiment: { h: { kind: 'edge', edge: 1.2 } }, problems: [] });
    }
  });

  it('tells what contradicts the link apart from what was only fitted to it', () => {
    const minor = (hash: string): readonly boolean[] => parseLink(hash).problems.map((problem) => problem.minor);
    for (const fitted of ['#steps=50', '#preset=fusing-fast&task=sort', '#preset=fusing-wins&examples=20', '#view=x', '#lesson=x'])
      expect([fitted, minor(fitted)]).toEqual([fitted, [true]]);
    for (const against of [
      '#grow=500',
      '#steps=50&grow=100',
      '#batch=65',
      '#preset=edge&examples=9000',
      '#ff=4096&examples=27000',
      '#seed=x',
    ])
      expect([against, minor(against)]).toEqual([against, [false]]);
  });

  it('puts back as few sizes as make it fit in memory, and tells each (10.38)', () => {
    const { experiment, problems } = parseLink('#d=1024&ff=4096&layers=12&k=8&heads=4');
    expect(problems.map(({ message }) => message)).toEqual([
      'd=1024 makes a model and batch of about 346.4 GB with the other sizes (2 GB at most), so d=16 is used',
      'ff=4096 makes a model and batch of about 346.4 GB with the other sizes (2 GB at most), so ff=32 is used',
    ]);
    expect(experiment).toMatchObject({ k: 8, model: { d: 16, ff: 32, heads: 4, layers: 12 } });
    expect(parseLink('#ff=4096&examples=27000').experiment).toMatchObject({ examples: 64, model: { ff: 4096 } });
    expect(parseLink('#preset=fusing-wins&ff=4096&batch=1024&seed=4').experiment).toMatchObject({ seed: 4 });
    expect(memoryEstimate(parseLink('#preset=fusing-wins&ff=4096&batch=1024').experiment)).toBeLessThanOrEqual(MEMORY_LIMIT);
  });

  it('answers every later key and value with "not built yet"', () => {
    for (const key of LATER_KEYS.keys())
      expect(messages(`#${key}=x`)).toEqual([expect.stringMatching(new RegExp(`^${key}=x is not built yet`))]);
    for (const [key, values] of LATER_VALUES)
      for (const value of values)
        expect(messages(`#${key}=${value}`)).toEqual([
          expect.stringMatching(new RegExp(`^${key}=${value} is not built yet, so .* is used$`)),
        ]);
  });

  it('keeps a literal plus, and reads escapes', () => {
    const plan = [
      { model: 'A', steps: 20, sources: [] },
      { model: 'B', steps: 30, sources: [] },
      { model: 'M', steps: 40, sources: ['A', 'B'] },
    ];
    for (const link of ['#plan=A:20,B:30,A+B>M:40', '#plan=A:20,B:30,A%2BB%3EM:40']) {
      const { experiment, problems } = parseLink(link);
      expect(problems).toEqual([]);
      expect(experiment).toMatchObject({ plan, grow: 30, steps: 70, operator: 'fuse', offDiagonal: 'zero' });
      expect(formatLink(experiment)).toBe('#v=2&preset=first-fusion&plan=A:20,B:30,A+B>M:40');
    }
    expect(parseLink('#predict=gradient-flow%2Cmodified-flow')).toMatchObject({
      problems: [],
      experiment: { predict: ['gradient-flow', 'modified-flow'] },
    });
  });

  it('gives a self-fusion its noise, unless the link says otherwise', () => {
    expect(parseLink('#op=self').experiment).toMatchObject({ operator: 'self', offDiagonal: 'noise', sigma: 0.3 });
    expect(parseLink('#off=zero&op=self').experiment).toMatchObject({ operator: 'self', offDiagonal: 'zero' });
    expect(parseLink('#preset=self-fusion&op=fuse').experiment).toMatchObject({ operator: 'fuse', offDiagonal: 'zero' });
  });

  it('opens the preset on an oversized link', () => {
    const { experiment, problems } = parseLink(`#seed=9&${'x=1&'.repeat(100_000)}`);
    expect(experiment).toEqual(presetExperiment('first-fusion'));
    expect(problems).toMatchObject([{ key: 'link', message: 'This link has 400,007 characters (8,000 at most), so first-fusion is used' }]);
  });

  it('cuts hostile values in messages and strips control characters', () => {
    const [message] = messages(`#task=${'a\u202e\u0000'.repeat(500)}`);
    // The list of tasks, and no more of the value than can be read.
    expect(message?.length).toBeLessThan(110 + TASKS.join(', ').length);
    expect(message).not.toMatch(/[\u0000\u202e]/u);
  });
});

describe('formatLink', () => {
  it('writes only what differs from the preset', () => {
    expect(formatLink(presetExperiment('first-fusion'))).toBe('#v=2&preset=first-fusion');
    expect(
      formatLink({ ...presetExperiment('first-fusion'), seed: 7, h: { kind: 'constant', value: 0.1 }, grow: null }, { run: true }),
    ).toBe('#v=2&preset=first-fusion&seed=7&h=0.1&grow=off&run=1');
    expect(formatLink(parseLink('#op=self').experiment)).toBe('#v=2&preset=first-fusion&op=self');
    expect(formatLink(parseLink('#off=random&op=self&h2=0:0.5,10:0.13').experiment)).toBe(
      '#v=2&preset=first-fusion&h2=0:0.5,10:0.13&op=self&off=random',
    );
  });
});

describe('presets', () => {
  it.each([...PRESETS])('%s is a valid, consistent experiment', (name, preset) => {
    expect(whyNot(preset.experiment)).toBeNull();
    expect(preset.experiment.preset).toBe(name);
    expect(normalise(preset.experiment)).toEqual(preset.experiment);
    expect(parseLink(`#v=2&preset=${name}`)).toMatchObject({ problems: [], experiment: preset.experiment });
  });
});

describe('settings behind a question mark', () => {
  const read = 'The settings stand behind a ? in place of a #, and are read all the same';
  it.each([
    ['https://a.example/play/?v=2&preset=edge&seed=9', [read], { preset: 'edge', seed: 9 }],
    ['?preset=edge&seed=9', [read], { preset: 'edge', seed: 9 }],
    ['https://a.example/?seed=9#', [read], { seed: 9 }],
    ['https://a.example/?seed=9#seed=3', ['Settings behind a ? are not read beside those behind the #'], { seed: 3 }],
    ['https://a.example/?utm_source=x&ref=mail#seed=3', [], { seed: 3 }],
    ['https://a.example/?utm_source=x', [], { preset: 'first-fusion' }],
    ['https://a.example/', [], { preset: 'first-fusion' }],
    ['#seed=3', [], { seed: 3 }],
    ['seed=3', [], { seed: 3 }],
  ])('%s (10.24)', (link, messages, experiment) => {
    const parsed = parseLink(link);
    expect(parsed.problems.map(({ message }) => message)).toEqual(messages);
    expect(parsed.experiment).toMatchObject(experiment);
    // The run is what was asked for: a program need not stop.
    expect(parsed.problems.every(({ minor }) => minor)).toBe(true);
  });
});

it('says apart what is wrong and what is used instead, for whoever takes nothing of the link (10.39)', () => {
  for (const link of [
    '#h=0:0.5,10:99',
    '#seed=x',
    '#d=1000000',
    '#probe=50&examples=100',
    '#preset=x',
    '#v=99',
    '#=5',
    '#seed=1&seed=2',
    '#beta1=0.5',
  ]) {
    const { problems } = parseLink(link);
    expect(problems.length).toBeGreaterThan(0);
    for (const { complaint, message } of problems) {
      expect(complaint).not.toMatch(/ is used| is left out|, so /);
      expect(message.startsWith(`${complaint}, so `)).toBe(true);
    }
  }
  // What has nothing that it could mean is not replaced by a number.
  expect(parseLink('#examples=100&probe=50').problems[0]?.message).toMatch(/, so it is left out$/);
  expect(parseLink('#beta1=0.5').problems[0]?.message).toBe('beta1=0.5 has no effect with opt=gd, so it is left out');
});

it('no complaint is a comma splice: what is used instead follows from what is wrong (10.11)', () => {
  const hostile =
    '#v=9&preset=banana&d=0&seed=1.5&h=-3&h2=0:1,0:2&edge=9&predict=x&plan=A&op=y&off=q&grow=900&steps=0&batch=99999&=5&task&seed=%E0%A4%A&run=maybe&colour=red&lesson=x';
  const { problems } = parseLink(hostile);
  expect(problems.length).toBeGreaterThan(12);
  for (const { message } of problems) expect(message).not.toMatch(/, (?!so )(?:it|the page|\S+) (?:is (?:used|left out|read as)|waits)/);
});
