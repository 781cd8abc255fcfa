import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import { parseLink } from '../experiment/link/link.ts';
import { formatLink } from '../experiment/link/write-link.ts';
import type { NetworkReport } from '../run/reports.ts';
import { readNetworks } from '../storage/checkpoint/network-file.ts';
import type { Event } from './protocol.ts';
import { Bench, tiny } from './testing/bench.ts';

const GOLDEN = new URL('../../fixtures/golden/', import.meta.url);
const filesOf = (folder: string, under = '') =>
  ['config.json', 'model.safetensors'].map((name) => ({
    path: `${under}${name}`,
    bytes: new Uint8Array(readFileSync(new URL(`${folder}/${name}`, GOLDEN))),
  }));

async function opened(bench: Bench, files: ReturnType<typeof filesOf>): Promise<Extract<Event, { type: 'networks' }>> {
  const answer = bench.event(({ type }) => type === 'networks');
  bench.send({ type: 'open-networks', label: '', files });
  return (await answer) as Extract<Event, { type: 'networks' }>;
}
const both = [...filesOf('fusion-v10-two/source-0', 'one/'), ...filesOf('fusion-v10-two/source-1', 'two/')];
const fromFiles = (networks: readonly NetworkReport[], change: Partial<Experiment> = {}): Experiment => ({
  ...tiny,
  grow: 2,
  steps: 4,
  baseline: ['scratch'],
  ...(networks[0] ? { model: networks[0].model } : {}),
  source: networks.map(({ mark }, i) => `${'AB'[i]}:${mark}`).join(','),
  ...change,
});
const messages = (bench: Bench, type: 'log' | 'fault'): readonly string[] =>
  bench.events.flatMap((event) => (event.type === type && 'message' in event ? [event.message] : []));
async function ended(experiment: Experiment, bench: Bench): Promise<Event> {
  const end = bench.event((event) => event.type === 'phase' && ['finished', 'failed', 'diverged'].includes(event.phase));
  bench.send({ type: 'load', experiment });
  bench.send({ type: 'run' });
  return end;
}

describe('networks from files in a run', () => {
  it('take the places of its sources, are fused, and leave as they came', async () => {
    const bench = new Bench();
    const { networks, refused } = await opened(bench, both);
    expect(refused).toBeNull();
    expect(networks).toMatchObject([
      { name: 'one', model: { d: 16, ff: 32, heads: 2, dkv: 8, layers: 2 }, vocabulary: 48, tokens: null },
      { name: 'two', form: { activation: 'relu', gated: false, tied: true, scaled: true } },
    ]);
    expect(await ended(fromFiles(networks), bench)).toMatchObject({ phase: 'finished' });
    expect(messages(bench, 'log')[0]).toMatch(/^A starts from one\. No tokenizer\.json lies beside it/);
    const files = bench.session.files(false);
    const written = (name: string) => {
      const found = files.filter(
        ({ path }) => path.startsWith(`checkpoints/${name}/`) && /\/(config\.json|model\.safetensors)$/.test(path),
      );
      return readNetworks(found, '')[0];
    };
    // To the last bit, configuration and weights.
    expect([written('A-0')?.mark, written('B-0')?.mark]).toEqual(networks.map(({ mark }) => mark));
    // What was grown from them, and the one from scratch beside it, are of their form.
    for (const name of ['M-2', 'M-4', 'S-0'])
      expect(written(name)?.config).toMatchObject({ d_model: 32, vocab_size: 48, feed_forward_proj: 'relu', tied: true, scaled: true });
    await bench.close();
  });

  it('are named by a link, which carries none of their weights and says so where they are missing', async () => {
    const bench = new Bench();
    const mark = '0123456789abcdef';
    const link = formatLink({ ...tiny, source: `A:${mark}` });
    expect(link).toContain(`source=A:${mark}`);
    expect(parseLink(link)).toMatchObject({ experiment: { source: `A:${mark}` }, problems: [] });
    expect(parseLink('#source=my-t5').problems[0]?.complaint).toContain('is not a list of networks, each with the mark of its file');
    expect(await ended(parseLink(link).experiment, bench)).toMatchObject({ phase: 'failed' });
    expect(messages(bench, 'fault')[0]).toContain(`network A starts from a file with the mark ${mark}, which is not open here: a link`);
    await bench.close();
  });

  it('that do not fit are refused with both values, and what is loaded goes on', async () => {
    const bench = new Bench();
    const { networks } = await opened(bench, both);
    const [one] = networks;
    const other = await opened(bench, filesOf('fusion-v11-two/source-0', 'other/'));
    const refusal = async (experiment: Experiment): Promise<string | undefined> => {
      await ended(experiment, bench);
      return messages(bench, 'fault').at(-1);
    };
    expect(await refusal(fromFiles(networks, { model: tiny.model }))).toContain(
      'one in the place of A has d=16, ff=32, heads=2, dkv=8, layers=2; the networks of this experiment have d=8',
    );
    expect(await refusal(fromFiles([one, ...other.networks] as NetworkReport[]))).toMatch(
      /A and B can't be fused\. \w+ is \S+ in A and \S+ in B/,
    );
    expect(await refusal(fromFiles(networks, { source: `C:${one?.mark}` }))).toContain(
      'C does not start in this plan; A, B can start from a file',
    );
    expect(await refusal(fromFiles(networks, { task: 'spans', vocab: 'words' }))).toMatch(
      /one has 48 tokens; the task spans has \d+, and a network must have as many/,
    );
    const broken = filesOf('fusion-v10-two/source-0', 'x/').map(({ path, bytes }) => ({ path, bytes: bytes.slice(0, 400) }));
    expect(await opened(bench, broken)).toMatchObject({ networks: [], refused: { message: expect.stringContaining('x: ') } });
    expect(await ended(fromFiles(networks), bench)).toMatchObject({ phase: 'finished' });
    await bench.close();
  });
});
