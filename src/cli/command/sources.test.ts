import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { zipFiles } from '../../storage/files.ts';
import { UsageError } from './arguments.ts';
import { withSources } from './sources.ts';

const GOLDEN = fileURLToPath(new URL('../../../fixtures/golden/', import.meta.url));
const ONE = join(GOLDEN, 'fusion-v10-two/source-0');
const base = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(base, { recursive: true }));
const experiment = presetExperiment('first-fusion');
const zip = join(base, 'several.zip');
writeFileSync(
  zip,
  zipFiles(
    ['source-0', 'source-1'].flatMap((name) =>
      ['config.json', 'model.safetensors'].map((file) => ({
        path: `checkpoints/${name}/${file}`,
        bytes: new Uint8Array(readFileSync(join(GOLDEN, 'fusion-v10-two', name, file))),
      })),
    ),
  ),
);

describe('--source', () => {
  it('takes a folder, a zip, one network of a zip, or the weights of a folder, and the size of what it finds', () => {
    const { experiment: sourced, networks } = withSources(experiment, [`A=${ONE}`, `B=${zip}#checkpoints/source-1`]);
    expect(sourced.model).toEqual({ d: 16, ff: 32, heads: 2, dkv: 8, layers: 2 });
    expect(sourced.source).toBe(networks.map(({ mark }, i) => `${'AB'[i]}:${mark}`).join(','));
    for (const same of [join(ONE, 'model.safetensors'), `${zip}#checkpoints/source-0`])
      expect(withSources(experiment, [`A=${same}`]).networks[0]?.mark).toBe(networks[0]?.mark);
    expect(withSources(experiment, []).experiment).toBe(experiment);
  });

  it('gives every network that the experiment names, and no other in its place', () => {
    const two = `${zip}#checkpoints/source-1`;
    const { experiment: named } = withSources(experiment, [`A=${ONE}`, `B=${two}`]);
    for (const before of [named, experiment]) expect(withSources(before, [`B=${two}`, `A=${ONE}`]).experiment).toEqual(named);
    expect(() => withSources(named, [`A=${ONE}`])).toThrow('network B of this experiment starts from a file with the mark');
    expect(() => withSources(named, [])).toThrow('say where it is, e.g. --source A=my-t5');
    expect(() => withSources(named, [`A=${two}`, `B=${two}`])).toThrow('--source A: the experiment is about another network');
  });

  it('has no place for a network that is fused and goes on, which starts from nothing of its own', () => {
    const goesOn = presetExperiment('read-then-answer');
    expect(() => withSources(goesOn, [`M=${ONE}`])).toThrow('M does not start in this plan; A, B can start from a file');
  });

  it.each([
    [['my-t5'], '--source my-t5 says no network and file; right would be e.g. A=my-t5'],
    [[`A=${base}/none`], 'none does not exist; a folder with config.json and model.safetensors, or a zip of it, is right'],
    [[`A=${base}`], 'there is no checkpoint'],
    [[`A=${zip}`], 'holds 2 networks (checkpoints/source-0, checkpoints/source-1); say which one, e.g. A='],
    [[`Q=${ONE}`], 'Q does not start in this plan; A, B can start from a file'],
    [[`A=${ONE}`, `A=${ONE}`], '--source A is given twice'],
  ])('%j is refused in words', (texts, words) => {
    expect(() => withSources(experiment, texts)).toThrow(UsageError);
    expect(() => withSources(experiment, texts)).toThrow(words);
  });
});
