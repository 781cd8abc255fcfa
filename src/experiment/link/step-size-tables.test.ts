// Node's assertions inside the loop, as in any-link.test.ts: vitest's own take much longer.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment, StepSize } from '../experiment.ts';
import { readExperimentJson } from './json.ts';
import { LIMITS, LINK_LIMIT } from '../limits.ts';
import { formatLink, leftOut, parseLink } from './link.ts';
import { presetExperiment } from '../presets/presets.ts';
import { shortestSingle } from './spelling.ts';

describe('tables of step sizes in a link', () => {
  const held = (entries: number): Experiment => ({
    ...presetExperiment('first-fusion'),
    steps: 10_000,
    h: { kind: 'table', table: Array.from({ length: entries }, (_, i) => [10 * i, shortestSingle(0.1 + 0.01 * Math.sin(i))] as const) },
  });

  it('that came out of holding the sharpness for 3,500 steps fit, and are read as they are (10.22)', () => {
    const experiment = held(359);
    const link = formatLink(experiment);
    expect(link.length - 1).toBeLessThanOrEqual(LINK_LIMIT);
    expect(parseLink(link)).toMatchObject({ experiment, problems: [] });
    expect(leftOut(experiment)).toEqual([]);
  });

  it.each([501, 5000])('of %i entries are left out, which the link says (10.22)', (entries) => {
    const experiment = held(entries);
    const link = formatLink(experiment, { run: true });
    expect(link).toBe('#v=2&preset=first-fusion&steps=10000&left-out=h&run=1');
    expect(leftOut(experiment)).toEqual(['h']);
    const { problems, experiment: read } = parseLink(link);
    expect(read.h).toEqual(presetExperiment('first-fusion').h);
    expect(problems.map(({ message }) => message)).toEqual([
      'This link lacks h of its run, a table of step sizes too long for a link (open the run’s experiment file instead), so edge=1.2 is used',
    ]);
    // The file says it all.
    expect(readExperimentJson(JSON.stringify(experiment))).toMatchObject({ experiment, problems: [] });
  });

  it('that are too long together: the longest is left out (10.22)', () => {
    const long = (entries: number): StepSize => ({
      kind: 'table',
      table: Array.from({ length: entries }, (_, i) => [i, 0.1234567890123456 + i / 1e6] as const),
    });
    const experiment: Experiment = { ...presetExperiment('first-fusion'), h: long(100), h2: long(400) };
    expect(leftOut(experiment)).toEqual(['h2']);
    expect(formatLink(experiment).length - 1).toBeLessThanOrEqual(LINK_LIMIT);
    expect(parseLink(formatLink(experiment)).experiment.h).toEqual(experiment.h);
  });

  it('hold sizes below those that one may ask for, since a held sharpness gives them (10.22)', () => {
    const { experiment, problems } = parseLink('#h=0:0.00001,10:0.000002&grow=4&steps=9');
    expect(problems).toEqual([]);
    expect(experiment.h).toEqual({
      kind: 'table',
      table: [
        [0, 0.00001],
        [10, 0.000002],
      ],
    });
    expect(parseLink(formatLink(experiment)).experiment).toEqual(experiment);
  });

  it('are said in the shortest numbers that are the same in float32 (10.22)', () => {
    fc.assert(
      fc.property(fc.double({ ...LIMITS.stepSize, noNaN: true }), (value) => {
        const short = shortestSingle(value);
        return Math.fround(short) === Math.fround(value) && String(short).length <= 14 && short <= LIMITS.stepSize.max;
      }),
      { numRuns: 10_000 },
    );
    // Beside the middle between two neighbours, where nine digits of the number itself fall on the other side.
    for (let i = 1; i < 20_000; i++) {
      const single = Math.fround(0.1 + i / 3e4);
      const middle = (single + Math.fround(single * (1 + 2 ** -23))) / 2;
      for (const beside of [middle * (1 - 2 ** -52), middle * (1 + 2 ** -52)])
        assert.equal(Math.fround(shortestSingle(beside)), Math.fround(beside));
    }
    expect(shortestSingle(0.13345678901234567)).toBe(0.1334568);
  });
});
