/** Versions of the grammar: an old link means what it meant, a new one says its version. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Experiment, GRAMMARS, NEWEST_GRAMMAR } from './experiment.ts';
import { fingerprint } from './fingerprint.ts';
import { readExperimentJson } from './link/json.ts';
import { formatLink, parseLink } from './link/link.ts';
import { PRESETS, presetExperiment, presetNames, presetOf } from './presets/presets.ts';
import { recordedTables } from './presets/recordedTables.ts';

interface OldLink {
  readonly link: string;
  /** The experiment that it meant when its version was the newest. */
  readonly experiment: Experiment;
  /** SHA-256 of its recorded step sizes, where it has some. */
  readonly tables: string | null;
}
const VERSION_1 = JSON.parse(readFileSync(new URL('../../fixtures/links/version-1.json', import.meta.url), 'utf8')) as readonly OldLink[];

function hashOfTables(experiment: Experiment): string | null {
  const tables = recordedTables(experiment);
  return tables === undefined
    ? null
    : createHash('sha256')
        .update(JSON.stringify([tables.before.table, tables.after.table]))
        .digest('hex');
}

describe('links of version 1', () => {
  it.each(VERSION_1)('$link means the run it meant, recorded step sizes included (10.26)', ({ link, experiment, tables }) => {
    expect(parseLink(link)).toMatchObject({ problems: [] });
    expect(parseLink(link).experiment).toEqual(experiment);
    expect(hashOfTables(experiment)).toBe(tables);
  });

  it.each(VERSION_1)('$link is written as version 1 again, and its file says so too (10.26)', ({ link, experiment }) => {
    expect(formatLink(experiment)).toMatch(/^#v=1&/);
    expect(parseLink(formatLink(experiment)).experiment).toEqual(experiment);
    expect(readExperimentJson(JSON.stringify(experiment))).toEqual({ experiment, problems: [] });
    const { v, preset } = experiment;
    expect(readExperimentJson(JSON.stringify({ v, preset })).experiment).toEqual(parseLink(`#v=1&preset=${preset}`).experiment);
    expect(link).toContain('v=1');
  });

  it('knows the presets of its version alone (10.26)', () => {
    expect(presetNames(1)).toEqual(VERSION_1.slice(0, 10).map(({ experiment }) => experiment.preset));
  });
});

describe('the newest version', () => {
  it('is what every preset of the page is written in (10.26)', () => {
    expect(Math.max(...GRAMMARS)).toBe(NEWEST_GRAMMAR);
    for (const [name, { experiment }] of PRESETS) {
      expect(experiment.v).toBe(NEWEST_GRAMMAR);
      expect(formatLink(experiment)).toBe(`#v=${NEWEST_GRAMMAR}&preset=${name}`);
      expect(presetOf({ preset: name, v: NEWEST_GRAMMAR })).toBe(experiment);
    }
  });

  it('is what a link or a file without a version is read in, and its own link pins it (10.26)', () => {
    for (const name of PRESETS.keys()) {
      const { experiment, problems } = parseLink(`#preset=${name}`);
      expect(problems).toEqual([]);
      expect(experiment).toEqual(presetExperiment(name));
      expect(readExperimentJson(JSON.stringify({ preset: name }))).toEqual({ experiment, problems: [] });
      expect(formatLink(experiment)).toMatch(new RegExp(`^#v=${NEWEST_GRAMMAR}&`));
    }
    expect(parseLink('').experiment).toEqual(presetExperiment('first-fusion'));
  });

  it('has step sizes recorded anew for every preset that holds its sharpness (10.26)', () => {
    const old = new Set(VERSION_1.map(({ tables }) => tables));
    for (const [name, { experiment }] of PRESETS) {
      const isHeld = experiment.h.kind === 'edge' && experiment.plan === undefined;
      const tables = recordedTables(experiment);
      expect(tables !== undefined, name).toBe(isHeld);
      if (!tables) continue;
      expect(old, name).not.toContain(hashOfTables(experiment));
      const steps = [...tables.before.table, ...tables.after.table].map(([step]) => step);
      expect(steps[0], name).toBe(0);
      expect(tables.after.table[0]?.[0], name).toBe(experiment.grow ?? undefined);
    }
  });

  it('does not take the recorded step sizes of another version (10.26)', () => {
    for (const { experiment, tables } of VERSION_1) {
      if (tables === null) continue;
      const now: Experiment = { ...experiment, v: NEWEST_GRAMMAR };
      expect(fingerprint(now)).not.toBe(fingerprint(experiment));
    }
    // A step size that is not held has no table: the version makes no difference to the numbers.
    const constant: Experiment = { ...presetExperiment('edge'), v: 1 };
    expect(fingerprint({ ...constant, v: 2 })).toBe(fingerprint(constant));
  });

  it('a version that there is not is told (10.26)', () => {
    expect(parseLink('#v=9&preset=edge').problems.map(({ message }) => message)).toEqual([
      'v=9 is not a version of links this page knows (1, 2), so it is read as 2',
    ]);
    expect(readExperimentJson('{"v":9,"preset":"edge"}').problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^v: 9 can't be used .*, so 2 is used$/),
    ]);
  });
});
