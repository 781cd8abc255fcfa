/**
 * Named, versioned defaults. A link says its version, its preset and what differs from it, so a preset never changes
 * without a new version of the grammar: old links go on meaning the same run. Here stand the newest; the older ones
 * are frozen in a file of their version.
 *
 * This file is over 400 lines because it is one list, in the order of the picker, whose entries are compared with one
 * another.
 */
import { spokenRows } from '../messages/language.ts';
import { operatorRow } from '../declared/operators.ts';
import { type Grammar, NEWEST_GRAMMAR, OPTIMIZER_DEFAULTS, type Experiment, type OperatorName } from '../experiment.ts';
import { parsePlan } from '../plan/plan.ts';
import { VERSION_1 } from './presets.version-1.ts';

export interface Preset {
  readonly name: string;
  /** For the picker. */
  readonly title: string;
  /** The story of the run, in words a first-time visitor understands. */
  readonly sentence: string;
  /** A conclusion that could be drawn from it and would be wrong. */
  readonly doesNotShow: string;
  /** The commands that measure the figures in it; their tables stand under What we measured. */
  readonly measuredBy?: readonly string[];
  readonly experiment: Experiment;
  /** The axis of its chart, where steps would hide the point of it. */
  readonly axis?: 'compute';
}

export const DEFAULT_PRESET = 'first-fusion';

const firstFusion: Experiment = {
  v: NEWEST_GRAMMAR,
  preset: 'first-fusion',
  task: 'pronounce',
  examples: 64,
  probe: 64,
  model: { d: 16, ff: 32, heads: 2, dkv: 8, layers: 1 },
  seed: 19,
  optimizer: 'gd',
  ...OPTIMIZER_DEFAULTS,
  h: { kind: 'edge', edge: 1.2 },
  h2: null,
  batch: 'full',
  grow: 100,
  steps: 180,
  operator: 'fuse',
  k: 2,
  offDiagonal: 'zero',
  sigma: 0.3,
  diagonal: 0,
  norm: 'shared',
  release: 0,
  moments: 'transfer',
  predict: ['gradient-flow', 'modified-flow'],
  from: ['0'],
  baseline: [],
  adapter: 'auto',
  pace: 8,
};

const list = [
  {
    name: 'first-fusion',
    title: 'First fusion',
    sentence: 'Two small networks become one. The best place to begin.',
    doesNotShow:
      'It does not show that fusing is cheap. In each of 16 seeds a large network from scratch gets as low for less: the fusion takes 2.2 times its compute (median; from 1.1 to 3.9).',
    measuredBy: ['npm run reproduce -- --only first-fusion-cost'],
    experiment: firstFusion,
  },
  {
    name: 'see-the-theory',
    title: 'See the theory',
    sentence: 'One network learns to sort. One prediction stays on its curve, the other drifts off.',
    doesNotShow:
      'It does not show a forecast in advance: the step sizes are those that the run came to, and the predictions take more gradients than the training.',
    experiment: {
      ...firstFusion,
      preset: 'see-the-theory',
      seed: 27,
      task: 'sort',
      h: { kind: 'edge', edge: 1 },
      grow: null,
      steps: 300,
      operator: 'self',
      offDiagonal: 'noise',
      pace: 20,
    },
  },
  {
    name: 'edge',
    title: 'Over the edge',
    sentence: 'A fixed step size, and a curve that gets too steep for it: see which prediction still holds.',
    doesNotShow:
      'It does not show that the theory sees the edge coming: the central flow holds past it, at many gradients a step, but says neither when it is reached nor how high a single spike goes.',
    experiment: {
      ...firstFusion,
      preset: 'edge',
      seed: 3,
      task: 'sort',
      h: { kind: 'constant', value: 0.03 },
      grow: 100,
      steps: 300,
      pace: 20,
      predict: ['gradient-flow', 'modified-flow', 'central-flow'],
    },
  },
  {
    name: 'self-fusion',
    title: 'The symmetry trap',
    sentence:
      'Fuse a network with itself: the copies stay twins, and train like the small one with other step sizes for its embedding and head.',
    doesNotShow:
      'It does not show that nothing changes. Those other step sizes are better ones here: the copies end 0.080 lower than the small network alone (median of 16 seeds; from 0.054 to 0.138).',
    measuredBy: ['npm run reproduce -- --only symmetry'],
    experiment: {
      ...firstFusion,
      preset: 'self-fusion',
      seed: 19,
      operator: 'self',
      offDiagonal: 'zero',
      grow: 100,
      steps: 300,
      baseline: ['alone'],
      pace: 20,
    },
  },
  {
    name: 'broken-symmetry',
    title: 'The trap, broken',
    sentence: 'The same self-fusion with noise of 0.3 between the copies: they part, and may learn different things.',
    doesNotShow:
      'It does not show that parting always pays. Here noise ends 0.192 lower than exact copies (median of 16 seeds; from 0.060 to 0.627), but where a network sorts at a fixed step size, a noise of 0.3 and none are level (0.253 ± 0.032 and 0.263 ± 0.068; three seeds).',
    measuredBy: ['npm run reproduce -- --only symmetry', 'npm run validate-theory -- --only self-fusion'],
    experiment: {
      ...firstFusion,
      preset: 'broken-symmetry',
      seed: 19,
      operator: 'self',
      offDiagonal: 'noise',
      grow: 100,
      steps: 300,
      baseline: ['alone'],
      pace: 20,
    },
  },
  {
    name: 'four-to-one',
    title: 'Four become one',
    sentence: 'Growth as a schedule: four small networks become two, and the two one. The prediction goes through both fusions.',
    doesNotShow:
      'It does not show that growing in stages pays: nothing trains beside it. That is compared in “Growth as a schedule” under What we measured.',
    experiment: {
      ...firstFusion,
      preset: 'four-to-one',
      seed: 5,
      model: { d: 8, ff: 16, heads: 1, dkv: 8, layers: 1 },
      plan: parsePlan('A:60,B:60,C:60,D:60,A+B>M:60,C+D>N:60,M+N>L:100'),
      grow: 60,
      steps: 220,
      pace: 12,
    },
  },
  {
    name: 'fusing-wins',
    title: 'When fusing wins',
    sentence:
      'With few words to learn from, the small networks have learnt what they can. Fused, with a step size that then decays, they get lower than one of them or a large one from scratch does for the same compute.',
    doesNotShow:
      'It does not show that fusing beats asking the small networks together. With the same choice of step sizes and decays, three of them averaged are level with it at a compute of 1,100 steps of the large network (0.347 ± 0.008 against 0.343 ± 0.004) and lower at 1,300 (0.330 ± 0.009 against 0.342 ± 0.005; three seeds).',
    measuredBy: ['npm run reproduce -- --only fusing-wins'],
    experiment: {
      ...firstFusion,
      preset: 'fusing-wins',
      examples: 2500,
      probe: 256,
      seed: 0,
      optimizer: 'adam',
      // By step, not by stage: the baselines decay as the fused network does.
      h: {
        kind: 'table',
        table: [
          [0, 0.003],
          [1600, 0.001],
          [1700, 0.0003],
        ],
      },
      batch: 32,
      grow: 1500,
      steps: 2100,
      predict: [],
      baseline: ['scratch', 'alone', 'ensemble'],
      pace: 'max',
    },
  },
  {
    name: 'fusing-fast',
    title: 'When fusing is fast',
    sentence: 'Two small networks side by side, then one large: a shorter way than training the large one from the start.',
    doesNotShow: 'It does not show the shortest way: the small network alone gets as low sooner, and for less compute.',
    axis: 'compute',
    experiment: {
      ...firstFusion,
      preset: 'fusing-fast',
      task: 'reverse',
      examples: 8192,
      probe: 256,
      model: { d: 32, ff: 64, heads: 2, dkv: 16, layers: 1 },
      seed: 0,
      optimizer: 'adam',
      h: { kind: 'constant', value: 0.003 },
      batch: 32,
      grow: 200,
      steps: 500,
      predict: [],
      baseline: ['scratch', 'alone'],
      pace: 'max',
    },
  },
  {
    name: 'naive-moments',
    title: 'Moments from nothing',
    sentence: 'Adam, late in training: new weights start without moments but with the step count of the old ones, and leap.',
    doesNotShow: 'It does not show a lasting harm: 300 steps later the ways to treat the moments are close together again.',
    experiment: {
      ...firstFusion,
      preset: 'naive-moments',
      examples: 8500,
      probe: 256,
      seed: 0,
      optimizer: 'adam',
      h: { kind: 'constant', value: 0.003 },
      batch: 32,
      grow: 1500,
      steps: 1800,
      moments: 'naive',
      predict: [],
      pace: 'max',
    },
  },
  {
    name: 'pronounce',
    title: 'Pronounce English',
    sentence: 'From spelling to sound with 27,000 words of the dictionary. Takes minutes, not seconds.',
    doesNotShow: 'It shows no comparison: nothing trains beside it, and nothing is predicted.',
    experiment: {
      ...firstFusion,
      preset: 'pronounce',
      examples: 27_000,
      probe: 256,
      model: { d: 64, ff: 128, heads: 4, dkv: 16, layers: 2 },
      seed: 0,
      optimizer: 'adam',
      h: { kind: 'constant', value: 0.001 },
      batch: 32,
      grow: 2000,
      steps: 6000,
      predict: [],
      pace: 'max',
    },
  },
  {
    name: 'read-then-answer',
    title: 'Read, then answer',
    sentence:
      'Two small networks fill the gaps of stories, are fused and read on. Then the large one learns from 200 examples who has what, beside one that has never read.',
    doesNotShow: 'It does not show that fusing is what helps: no large network that reads from scratch trains beside it.',
    experiment: {
      ...firstFusion,
      preset: 'read-then-answer',
      task: 'spans',
      examples: 8000,
      probe: 256,
      model: { d: 32, ff: 64, heads: 2, dkv: 16, layers: 2 },
      seed: 1,
      optimizer: 'adam',
      h: {
        kind: 'table',
        table: [
          [0, 0.003],
          [2200, 0.001],
          [2400, 0.0003],
        ],
      },
      batch: 32,
      plan: parsePlan('A:1500,B:1500,A+B>M:1000,M:300(task=who,examples=200,h=0.001)'),
      grow: 1500,
      steps: 2800,
      predict: [],
      baseline: ['unread'],
      pace: 'max',
    },
  },
  {
    name: 'which-first',
    title: 'Which first?',
    sentence: 'The same two tasks in either order: one network learns to translate and then to judge, the other the other way round.',
    doesNotShow:
      'It does not show which order is better: the two networks begin with different random weights, and it is one seed and one step size. Nothing is predicted.',
    experiment: {
      ...firstFusion,
      preset: 'which-first',
      task: 'turn',
      examples: 2000,
      probe: 256,
      model: { d: 32, ff: 64, heads: 2, dkv: 16, layers: 1 },
      seed: 1,
      optimizer: 'adam',
      h: { kind: 'constant', value: 0.003 },
      batch: 32,
      plan: parsePlan('A:300,A:300(task=ok),B:300(task=ok),B:300'),
      grow: null,
      steps: 600,
      predict: [],
      pace: 'max',
    },
  },
  {
    name: 'two-libraries',
    title: 'Two libraries',
    sentence:
      'One small network reads Moby Dick, another one what presidents said to Congress. Fused, they read on in the one, then in the other. Takes minutes, not seconds.',
    doesNotShow:
      'It does not show that two libraries are better than one: no network that read both texts trains beside it, and it has been measured over no seeds. How well both texts are known, at the fusion and at every end, stands in the result files.',
    experiment: {
      ...firstFusion,
      preset: 'two-libraries',
      task: 'spans',
      corpus: 'moby',
      vocab: '512',
      examples: 8000,
      probe: 256,
      model: { d: 32, ff: 64, heads: 2, dkv: 16, layers: 2 },
      seed: 1,
      optimizer: 'adam',
      h: {
        kind: 'table',
        table: [
          [0, 0.003],
          [600, 0.001],
        ],
      },
      batch: 32,
      plan: parsePlan('A:600,B:600(corpus=addresses),A+B>M:300,M:300(corpus=addresses)'),
      grow: 600,
      steps: 1200,
      predict: [],
      pace: 'max',
    },
  },
  {
    name: 'moby',
    title: 'Call me Ishmael',
    sentence: 'Two small networks fill the gaps of Moby Dick letter by letter, are fused and read on. Takes minutes, not seconds.',
    doesNotShow: 'It shows no comparison: nothing trains beside it, nothing is predicted, and it has been measured over no seeds.',
    experiment: {
      ...firstFusion,
      preset: 'moby',
      task: 'spans',
      corpus: 'moby',
      vocab: 'characters',
      examples: 16_000,
      probe: 256,
      model: { d: 64, ff: 128, heads: 4, dkv: 16, layers: 2 },
      seed: 1,
      optimizer: 'adam',
      h: {
        kind: 'table',
        table: [
          [0, 0.001],
          [3500, 0.0003],
        ],
      },
      batch: 32,
      grow: 2000,
      steps: 4000,
      predict: [],
      pace: 'max',
    },
  },
] as const satisfies readonly Preset[];

type PresetName = (typeof list)[number]['name'];
export const PRESET_FIELDS = ['title', 'sentence', 'doesNotShow'] as const;
/** By name, in the order of the picker. */
export const PRESET_ROWS = spokenRows(
  'presets',
  Object.fromEntries(list.map((preset) => [preset.name, preset])) as unknown as Readonly<Record<PresetName, Preset>>,
  PRESET_FIELDS,
);

/** The newest presets by name, in the order of the picker. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map(
  Object.values<Preset>(PRESET_ROWS).map((preset) => {
    const { experiment } = preset;
    // Where theory is shown, what it says of a growth is drawn before the training goes through it.
    const waits = experiment.predict.length > 0 && (experiment.grow !== null || experiment.plan !== undefined);
    return [preset.name, waits ? { ...preset, experiment: { ...experiment, wait: true } } : preset];
  }),
);

const EXPERIMENTS: Readonly<Record<Grammar, ReadonlyMap<string, Experiment>>> = {
  1: new Map(VERSION_1.map((experiment) => [experiment.preset, experiment])),
  2: new Map([...PRESETS].map(([name, { experiment }]) => [name, experiment])),
};

export function presetNames(version: Grammar = NEWEST_GRAMMAR): readonly string[] {
  return [...EXPERIMENTS[version].keys()];
}

export function isPreset(name: string, version: Grammar = NEWEST_GRAMMAR): boolean {
  return EXPERIMENTS[version].has(name);
}

/** The preset's experiment, as a version of the grammar has it. Names the known ones if there is no such preset. */
export function presetExperiment(name: string, version: Grammar = NEWEST_GRAMMAR): Experiment {
  const experiment = EXPERIMENTS[version].get(name);
  if (experiment === undefined) throw new Error(`${name} is not a preset (${presetNames(version).join(', ')})`);
  return experiment;
}

/**
 * The preset that an experiment started from, in its own version; the default one where it names none that there is.
 */
export function presetOf({ preset, v }: Pick<Experiment, 'preset' | 'v'>): Experiment {
  return presetExperiment(isPreset(preset, v) ? preset : DEFAULT_PRESET, v);
}

/**
 * The meaning of a missing key of a link: the preset's value, except that another growth operator brings its own
 * off-diagonal init with it (`zero`; for a self-fusion `noise`, 0.3).
 */
export function defaultsFor(preset: string, version: Grammar, operator?: OperatorName): Experiment {
  const base = presetExperiment(preset, version);
  if (operator === undefined || operator === base.operator) return base;
  return { ...base, operator, offDiagonal: operatorRow(operator).usual, sigma: 0.3 };
}
