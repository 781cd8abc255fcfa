/** What holds for every experiment and for every link, however wrong: drawn at random. */
// Node's assertions inside the properties: ten thousand times, vitest's own take ten times as long.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADAPTERS,
  BASELINES,
  type Experiment,
  GRAMMARS,
  OFF_DIAGONALS,
  OPERATORS,
  OPTIMIZERS,
  MOMENTS,
  NORMS,
  PREDICTIONS,
  PREDICTION_STARTS,
  type StepSize,
  TASKS,
} from '../experiment.ts';
import { LINK_KEYS } from './keys.ts';
import { LATER_KEYS, LATER_VALUES } from './later.ts';
import { LIMITS, type Range } from '../limits.ts';
import { formatLink, parseLink } from './link.ts';
import { isPreset, PRESETS } from '../presets/presets.ts';
import { parsePlan } from '../plan/plan.ts';
import { normalise } from './reconcile.ts';
import { experimentSchema, whyNot } from '../schema.ts';

const whole = (range: Range): fc.Arbitrary<number> => fc.integer({ min: range.min, max: range.max });
const real = (range: Range): fc.Arbitrary<number> =>
  fc.double({ min: range.min, max: range.max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const stepSizes: fc.Arbitrary<StepSize> = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), value: real(LIMITS.stepSize) }),
  fc.record({ kind: fc.constant('edge' as const), edge: real(LIMITS.edge) }),
  fc
    .uniqueArray(fc.tuple(whole({ min: 0, max: LIMITS.steps.max }), real(LIMITS.stepSize)), {
      minLength: 1,
      maxLength: 5,
      selector: ([step]) => step,
    })
    .map((table) => ({ kind: 'table' as const, table: table.toSorted((a, b) => a[0] - b[0]) })),
);
const plans: fc.Arbitrary<Experiment['plan']> = fc
  .tuple(
    whole({ min: 1, max: 500 }),
    whole({ min: 0, max: 500 }),
    whole({ min: 0, max: 500 }),
    fc.constantFrom('A:x', 'A:x,A+A>M:y', 'A:x,B:y,A+B>M:z', 'A:x,B:y,C:y,D:x,A+B>M:z,C+D>N:z,M+N>L:y', 'A:x,A+A>M:y,M+M>N:z,B:y,B:z'),
  )
  .map(([x, y, z, text]) => parsePlan(text.replaceAll('x', String(x)).replaceAll('y', String(y)).replaceAll('z', String(z))));
/** Valid experiments, made to agree; sizes are kept small, since one too large for memory falls back to the preset. */
const experiments: fc.Arbitrary<Experiment> = fc
  .record({
    v: fc.constantFrom(...GRAMMARS),
    preset: fc.constantFrom(...PRESETS.keys()),
    task: fc.constantFrom(...TASKS),
    examples: whole({ min: 1, max: 2000 }),
    probe: whole(LIMITS.probe),
    model: fc.record({
      d: whole({ min: 2, max: 64 }),
      ff: whole({ min: 2, max: 128 }),
      heads: whole({ min: 1, max: 4 }),
      dkv: whole({ min: 1, max: 16 }),
      layers: whole({ min: 1, max: 3 }),
    }),
    seed: whole(LIMITS.seed),
    optimizer: fc.constantFrom(...OPTIMIZERS),
    beta1: real(LIMITS.beta1),
    beta2: real(LIMITS.beta2),
    epsilon: real(LIMITS.epsilon),
    clip: fc.option(real(LIMITS.clip), { nil: undefined, freq: 3 }),
    h: stepSizes,
    h2: fc.option(stepSizes),
    batch: fc.oneof(fc.constant('full' as const), whole(LIMITS.batch)),
    grow: fc.option(whole(LIMITS.grow)),
    steps: whole(LIMITS.steps),
    operator: fc.constantFrom(...OPERATORS),
    k: whole({ min: 2, max: 4 }),
    offDiagonal: fc.constantFrom(...OFF_DIAGONALS),
    sigma: real(LIMITS.sigma),
    norm: fc.constantFrom(...NORMS),
    release: whole(LIMITS.release),
    diagonal: real(LIMITS.sigma),
    moments: fc.constantFrom(...MOMENTS),
    predict: fc.subarray([...PREDICTIONS]),
    from: fc.subarray([...PREDICTION_STARTS], { minLength: 1 }),
    baseline: fc.subarray([...BASELINES]),
    adapter: fc.constantFrom(...ADAPTERS),
    pace: fc.oneof(fc.constant('max' as const), real(LIMITS.pace)),
  })
  // A version has the presets that there were.
  .filter(({ v, preset }) => isPreset(preset, v))
  .chain(({ clip, ...experiment }) =>
    fc
      .option(plans, { nil: undefined, freq: 4 })
      .map((plan) =>
        normalise(
          experimentSchema().parse({ ...experiment, ...(plan === undefined ? {} : { plan }), ...(clip === undefined ? {} : { clip }) }),
        ),
      ),
  );

const keys = fc.constantFrom(
  ...LINK_KEYS.map(({ key }) => key),
  ...LATER_KEYS.keys(),
  'v',
  'preset',
  'run',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
);
const words = fc.constantFrom(
  ...[...LATER_VALUES.values()].flat(),
  ...TASKS,
  ...PREDICTIONS,
  ...PRESETS.keys(),
  'full',
  'off',
  'max',
  'same',
  '0',
  '1',
  '-1',
  '1e999',
  '-0',
  'NaN',
  'Infinity',
  '0:0.5,10:0.13',
  '0:',
  ':',
  ',',
  '%',
  '%00',
  '%F0%9F',
  '+',
  '9'.repeat(400),
  '__proto__',
  '{}',
  '[]',
  'null',
);
const values = fc.oneof(
  words,
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.double().map(String),
  fc.integer().map(String),
  fc.array(fc.double().map(String)).map((list) => list.join(',')),
);
const madeUp = fc
  .array(fc.tuple(keys, values), { maxLength: 12 })
  .map((pairs) => `#${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`);
const mutated = fc
  .tuple(experiments, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 3 })), { maxLength: 6 }))
  .map(([experiment, edits]) => {
    let link = formatLink(experiment);
    for (const [at, cut, text] of edits) {
      const place = at % (link.length + 1);
      link = link.slice(0, place) + text + link.slice(place + cut);
    }
    return link;
  });
const hostileLinks = fc.oneof(madeUp, mutated, fc.string({ unit: 'binary', maxLength: 200 }), fc.webFragments());

describe('formatLink', () => {
  it('is undone by parseLink, for every experiment', () => {
    fc.assert(
      fc.property(experiments, fc.boolean(), (experiment, run) => {
        const link = formatLink(experiment, { run });
        const back = parseLink(link);
        expect(back.problems).toEqual([]);
        expect(back.experiment).toEqual(experiment);
        expect(back.run).toBe(run);
        expect(formatLink(back.experiment, { run })).toBe(link);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('fuzzed links', () => {
  it('10,000 random and mutated links never throw, give a runnable experiment and name what was wrong', () => {
    fc.assert(
      fc.property(hostileLinks, (link) => {
        const { experiment, problems } = parseLink(link);
        assert.equal(whyNot(experiment), null);
        assert.deepEqual(normalise(experiment), experiment);
        const canonical = parseLink(formatLink(experiment));
        assert.deepEqual(canonical.problems, []);
        assert.deepEqual(canonical.experiment, experiment);
        for (const problem of problems) {
          assert.notEqual(problem.key, '');
          if (problem.key !== 'link') assert.ok(problem.message.includes(problem.key.slice(0, 20)), problem.message);
        }
      }),
      { numRuns: 10_000, seed: 2 },
    );
  });
});
