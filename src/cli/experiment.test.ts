import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stepSizeAfter } from '../experiment/experiment.ts';
import { mapFamily } from '../experiment/map/growth-map.ts';
import { readSweep } from '../experiment/map/sweep-table.ts';
import type { TokenBatch } from '../model/batch-inputs.ts';
import { readCheckpoint } from '../storage/checkpoint/read-checkpoint.ts';
import { Session } from '../session/session.ts';
import type { Result, Trace, TracedSet } from '../storage/results.ts';
import { gradientDescent } from '../training/optimizers/gradient-descent.ts';
import { train } from './cases/t5-runner.ts';
import { openDevice } from './command/devices.ts';
import { main } from './experiment.ts';
import { shellQuote } from './sweeps/grid.ts';
import { main as sweep } from './sweep.ts';

const TINY = '#preset=edge&examples=12&d=8&ff=12&heads=2&dkv=4&adapter=wasm';
const GROWS = `${TINY}&grow=6&steps=12`;

describe('npm run experiment', () => {
  let base: string;
  let lines: string[];
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'experiment-'));
  });
  afterAll(() => rmSync(base, { recursive: true }));
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => void vi.restoreAllMocks());

  const read = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
  const checkpoint = (folder: string, name: string): ReturnType<typeof readCheckpoint> =>
    readCheckpoint(
      readFileSync(join(folder, 'checkpoints', name, 'config.json'), 'utf8'),
      new Uint8Array(readFileSync(join(folder, 'checkpoints', name, 'model.safetensors'))),
    );
  const batchOf = ({ input_ids, attention_mask, labels, decoder_input_ids }: TracedSet): TokenBatch => ({
    batch: input_ids.length,
    sourceLength: input_ids[0]?.length ?? 0,
    targetLength: labels[0]?.length ?? 0,
    inputIds: Int32Array.from(input_ids.flat()),
    attentionMask: Int32Array.from(attention_mask.flat()),
    labels: Int32Array.from(labels.flat()),
    decoderInputIds: Int32Array.from(decoder_input_ids.flat()),
  });

  it('answers the lines of a file at the end, in the result or printed', async () => {
    const inputs = join(base, 'inputs.txt');
    writeFileSync(inputs, 'abcab\n\nfa\nabcdefabcdef\n');
    const [out, run] = [
      join(base, 'answers'),
      '#preset=edge&examples=12&d=8&ff=12&heads=2&dkv=4&adapter=wasm&predict=off&opt=adam&h=0.02&grow=20&steps=60',
    ];
    expect(await main([run, '--out', out, '--quiet', '--generate', inputs, '--answers', 'json'])).toBe(0);
    const answered = read<{ input: string; answers: Record<string, string>; problem: string | null }[]>(out, 'answers.json');
    expect(answered.map(({ input }) => input)).toEqual(['abcab', '', 'fa', 'abcdefabcdef']);
    expect(Object.keys(answered[0]?.answers ?? {})).toEqual(['M']);
    expect(answered.map(({ answers }) => answers['M'] === '')).toEqual([false, true, false, true]);
    expect(answered[3]?.problem).toContain('sort takes at most 5');
    expect(read<Result & { files: string[] }>(out, 'result.json').files).toContain('answers.json');
    // The same answers as a table, the empty one of the last line too, and a second run may replace its own.
    expect(await main([run, '--quiet', '--generate', inputs])).toBe(0);
    expect(lines.at(-1)).toBe(`input\tM\n${answered.map(({ input, answers }) => `${input}\t${answers['M']}`).join('\n')}`);
    expect(await main([run, '--out', out, '--quiet', '--generate', inputs, '--answers', 'json'])).toBe(0);
    await expect(main([run, '--generate', join(base, 'none.txt')])).rejects.toThrow("none.txt can't be read");
    await expect(main([run, '--generate', inputs, '--answers', 'xml'])).rejects.toThrow(
      '--answers xml is not a form of answers (tsv, json)',
    );
    await expect(main([run, '--answers', 'tsv'])).rejects.toThrow('--answers needs --generate FILE');
  });

  it('writes what it trained where the networks could not be asked, and fails', async () => {
    const [out, inputs] = [join(base, 'unanswered'), join(base, 'one-input.txt')];
    writeFileSync(inputs, 'abcab\n');
    vi.spyOn(Session.prototype, 'answer').mockRejectedValue(new Error('no memory for 64 texts'));
    await expect(main([GROWS, '--out', out, '--quiet', '--no-metrics', '--generate', inputs])).rejects.toThrow(
      'the texts of --generate could not be answered: no memory for 64 texts',
    );
    expect(read<Result>(out, 'result.json').curves.length).toBeGreaterThan(0);
    expect(readdirSync(out)).not.toContain('answers.tsv');
  });

  it('writes the files of a result, from which the run can be replayed elsewhere', async () => {
    const out = join(base, 'run');
    expect(await main([GROWS, '--out', out, '--trace', '--quiet'])).toBe(0);
    expect(readdirSync(out).toSorted()).toEqual(['checkpoints', 'curves.csv', 'data.json', 'result.json']);
    expect(readdirSync(join(out, 'checkpoints')).toSorted()).toEqual(['A-0', 'A-6', 'B-0', 'B-6', 'M-12', 'M-6']);
    const result = read<Result & { schema: string }>(out, 'result.json');
    expect(result).toMatchObject({
      schema: 'deep-fusion/result/1',
      link: '#v=2&preset=edge&examples=12&d=8&ff=12&dkv=4&grow=6&steps=12&adapter=wasm',
      adapter: { kind: 'wasm' },
    });
    expect(result.models.map(({ id, from, to, parents }) => [id, from, to, parents])).toEqual([
      ['A', 0, 6, []],
      ['B', 0, 6, []],
      ['M', 6, 12, ['A', 'B']],
    ]);
    expect(new Set(result.curves.map(({ kind }) => kind))).toEqual(new Set(['measured', 'gradient-flow', 'modified-flow', 'central-flow']));
    const trace = read<Trace>(out, 'data.json');
    expect(trace.probe).toEqual(trace.train);

    // Another engine (plain tfjs) takes the same steps from the files alone.
    const { device } = await openDevice('reference');
    for (const [model, from, steps] of [
      ['A', 0, 6],
      ['B', 0, 6],
      ['M', 6, 6],
    ] as const) {
      const start = checkpoint(out, `${model}-${from}`);
      expect(start.config.vocab_size).toBeGreaterThan(Math.max(...trace.train.input_ids.flat()));
      const { losses, state } = await train(device, start, batchOf(trace.train), gradientDescent, 0.03, steps);
      const curve = result.curves.find((each) => each.model === model && each.kind === 'measured');
      expect(curve?.step).toEqual(Array.from({ length: steps + 1 }, (_, i) => from + i));
      for (const [i, loss] of (curve?.loss ?? []).entries()) expect(Math.abs(loss - (losses[i] ?? 0)) / loss).toBeLessThan(1e-6);
      for (const [name, { data }] of checkpoint(out, `${model}-${from + steps}`).parameters) {
        const end = state.parameters.get(name)?.data ?? new Float32Array();
        expect(Math.max(...data.map((value, i) => Math.abs(value - (end[i] ?? Number.NaN))))).toBeLessThan(1e-5);
      }
    }
    device.dispose();
  });

  it('is the same, bit for bit, the next time, and from its own result file', async () => {
    const [first, second] = [join(base, 'again-1'), join(base, 'again-2')];
    expect(await main([`${GROWS}&batch=4&probe=5&predict=off`, '--out', first, '--trace', '--quiet'])).toBe(0);
    expect(await main([join(first, 'result.json'), '--out', second, '--trace', '--quiet'])).toBe(0);
    for (const file of ['curves.csv', 'data.json', 'checkpoints/M-12/model.safetensors'])
      expect(readFileSync(join(second, file)).equals(readFileSync(join(first, file)))).toBe(true);
    const { order, train: set } = read<Trace>(first, 'data.json');
    expect(order).toHaveLength(12);
    expect(order.every((indices) => indices.length === 4 && indices.every((index) => index < set.input_ids.length))).toBe(true);
  });

  it('measures along the run, in result.json and curves.csv, and changes no number of it (10.32)', async () => {
    const [out, plain] = [join(base, 'metrics'), join(base, 'no-metrics')];
    const link = `${GROWS}&predict=modified-flow&baseline=alone`;
    expect(await main([link, '--out', out, '--quiet'])).toBe(0);
    expect(await main([link, '--out', plain, '--quiet', '--no-metrics'])).toBe(0);
    const { metrics, curves, stepSize } = read<Result>(out, 'result.json');
    // When a prediction was made depends on the machine; its numbers do not.
    const numbers = (of: Result['curves']) => of.map((curve) => ({ ...curve, madeAt: null, inAdvance: null, inAdvanceFrom: null }));
    expect(numbers(curves)).toEqual(numbers(read<Result>(plain, 'result.json').curves));
    expect(read<Result>(plain, 'result.json').metrics).toEqual([]);
    const of = (kind: string, model: string) => metrics.filter((metric) => metric.kind === kind && metric.model === model);
    const [sharpness] = of('sharpness', 'M');
    if (sharpness?.kind !== 'sharpness') throw new Error('the sharpness of M was not measured');
    expect(sharpness.step).toEqual([6, 8, 10]);
    const h = stepSize['M']?.[0]?.[1] ?? Number.NaN;
    for (const [i, lambda] of sharpness.lambda.entries()) expect(sharpness.hLambda[i]).toBeCloseTo(h * lambda, 10);
    const [gradient] = of('gradient', 'A');
    if (gradient?.kind !== 'gradient') throw new Error('the gradient of A was not measured');
    expect(gradient.step).toEqual([0, 5]);
    const loss = curves.find(({ model, kind }) => model === 'A' && kind === 'measured')?.loss[5] ?? Number.NaN;
    expect(gradient.flatnessShare[1]).toBeCloseTo(((h / 4) * (gradient.norm[1] ?? 0) ** 2) / loss, 6);
    // Where run and flow are both held: every fifth step, but for the first of a stage and the last of all.
    expect(of('distance', 'M')).toMatchObject([{ prediction: 'modified-flow', from: 0, step: [10] }]);
    expect(of('sharpness', 'alone')).toHaveLength(1);

    const [head = '', ...rows] = readFileSync(join(out, 'curves.csv'), 'utf8').trimEnd().split('\n');
    const cells = rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [head.split(',')[i] ?? '', cell])));
    const at = (model: string, kind: string, step: number) =>
      cells.find((cell) => cell['model'] === model && cell['kind'] === kind && cell['step'] === String(step));
    expect(at('M', 'measured', 8)).toMatchObject({ step_size: String(h), lambda: String(sharpness.lambda[1]), gradient_norm: '' });
    expect(Number(at('M', 'modified-flow', 10)?.['distance'])).toBeGreaterThan(0);
    // Two sources, and what grew from them.
    expect(Number(at('M', 'measured', 6)?.['flops'])).toBe(2 * Number(at('A', 'measured', 6)?.['flops']));
  });

  it('replaces an earlier result whole, that of another experiment only when it is told to (10.37)', async () => {
    const out = join(base, 'twice');
    expect(await main([`${GROWS}&predict=off`, '--out', out, '--trace', '--quiet'])).toBe(0);
    mkdirSync(join(out, 'checkpoints', 'mine'));
    const again = [`${TINY}&predict=off&grow=off&steps=3`, '--out', out, '--quiet'];
    await expect(main(again)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('another experiment') as string,
    });
    expect(readdirSync(join(out, 'checkpoints'))).toContain('M-12');
    expect(await main([...again, '--force'])).toBe(0);
    expect(readdirSync(out).toSorted()).toEqual(['checkpoints', 'curves.csv', 'result.json']);
    expect(readdirSync(join(out, 'checkpoints')).toSorted()).toEqual(['A-0', 'A-3', 'mine']);
  });

  it('runs a plan', async () => {
    const out = join(base, 'plan');
    expect(
      await main([
        '#preset=edge&examples=6&d=4&ff=4&heads=1&dkv=4&predict=off&adapter=wasm&plan=A:2,B:2,C:3,D:3,A+B>M:2,C+D>N:1,M+N>L:2',
        '--out',
        out,
        '--quiet',
      ]),
    ).toBe(0);
    const { growth, models } = read<Result>(out, 'result.json');
    expect(growth.map(({ step, sources, target }) => [step, sources, target])).toEqual([
      [2, ['A', 'B'], 'M'],
      [3, ['C', 'D'], 'N'],
      [4, ['M', 'N'], 'L'],
    ]);
    expect(models.map(({ id }) => id).toSorted()).toEqual(['A', 'B', 'C', 'D', 'L', 'M', 'N']);
  });

  it('tells of a divergence, keeps what was measured, and fails', async () => {
    const out = join(base, 'diverged');
    await expect(main([`${TINY}&h=10&predict=off&steps=60&grow=off`, '--out', out, '--quiet'])).rejects.toThrow(
      /^Training diverged at step \d+/,
    );
    expect(read<Result>(out, 'result.json').curves[0]?.step.length).toBeGreaterThan(0);
  });

  it.each([
    [[], 'an experiment is missing'],
    [['#seed=-3'], 'seed=-3 is not a seed (0 to 2,147,483,584)'],
    [['#colour=red'], 'colour=red is not a setting'],
    [['#task=own'], 'say which file, e.g. --own my-text.txt'],
    [['first-fusion'], 'first-fusion is not a link; did you mean "#preset=first-fusion"?'],
    [['nowhere.json'], "nowhere.json can't be read"],
    [[TINY, '--adapter', 'cuda'], '--adapter cuda is not an adapter (auto, webgpu, wasm)'],
    [[TINY, '--trace'], '--trace needs --out DIR'],
    [[TINY, 'steps=3'], 'steps=3 is one argument too many'],
    [[TINY, '--colour'], "Unknown option '--colour'"],
    [[TINY, '--out'], "'--out <value>' argument missing"],
    [[TINY, '--out', '/dev/null/x'], "--out /dev/null/x can't be written (a part of its path is a file): it must be a folder"],
    [[TINY, '--out', 'a', '--out', 'b'], '--out is given twice (a and b)'],
    [[TINY, '--adapter', 'wasm', '--adapter=webgpu'], '--adapter is given twice (wasm and webgpu)'],
    [[TINY, '--force'], '--force needs --out DIR'],
    [['--schema', 'extra'], 'extra is one argument too many'],
    [['--schema', '--out', 'x'], '--out has no effect with --schema'],
  ])('refuses %j on one line', async (argv, message) => {
    const error = await main(argv).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'UsageError' });
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('prints the schema', async () => {
    expect(await main(['--schema'])).toBe(0);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ type: 'object', properties: { seed: { type: 'integer' } } });
  });

  it('ends with 2 for a bad argument and one line on stderr, as a program', () => {
    const program = fileURLToPath(new URL('experiment.ts', import.meta.url));
    const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', program, '#seed=x'], { encoding: 'utf8' });
    expect([status, stderr, stdout]).toEqual([2, 'seed=x is not a seed (0 to 2,147,483,584)\n', '']);
  });

  it('sweeps a grid, leaves out what is there, collects', async () => {
    const out = join(base, 'sweep');
    const argv = [`${TINY}&steps=12&predict=off`, '--over', 'grow=3,6', '--over', 'seed=1,2', '--out', out];
    expect(await sweep([...argv, '--print-commands'])).toBe(0);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain(`--out ${shellQuote(join(out, 'grow-3_seed-1'))}`);
    const link = /'(#[^']*)'/.exec(lines[0] ?? '')?.[1] ?? '';
    mkdirSync(join(out, 'grow-3_seed-1'), { recursive: true });
    const kept = {
      schema: 'deep-fusion/result/1',
      link,
      curves: [],
      growth: [],
      cost: { flops: {}, total: 1, criticalPath: 1, seconds: 1234 },
    };
    writeFileSync(join(out, 'grow-3_seed-1', 'result.json'), JSON.stringify(kept));
    await expect(sweep([...argv, '--collect'])).resolves.toBe(1);
    expect(await sweep(argv)).toBe(0);
    const rows = readFileSync(join(out, 'sweep.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(5);
    expect(rows[1]).toContain(',1234,');
    expect(rows[4]).toMatch(/^6,2,\d/);
  });

  it('runs a sweep in shards, goes on with it by the name of its folder, and keeps a log', async () => {
    const out = join(base, 'shards');
    const argv = [`${GROWS}&predict=off&h=0.05`, '--over', 'seed=1,2,3', '--out', out, '--quiet'];
    await expect(sweep([...argv, '--shard', '4/3'])).rejects.toThrow('--shard 4/3 is no share; right would be e.g. 3/16');
    await expect(sweep(['--resume', '--out', out])).rejects.toThrow('sweep.json does not exist');
    expect(await sweep([...argv, '--shard', '2/3'])).toBe(0);
    // Another adapter is another experiment: it is not passed over.
    await expect(sweep(['--resume', '--out', out, '--adapter', 'cuda'])).rejects.toThrow('--adapter cuda is not an adapter');
    await expect(sweep(['--resume', '--out', out, '--adapter', 'webgpu'])).rejects.toThrow('seed-2 in');
    const there = (): readonly string[] => readdirSync(out).filter((name) => name.startsWith('seed-') || name.startsWith('sweep'));
    expect(there()).toEqual(['seed-2', 'sweep.json']);
    const lines = (name: string): readonly { readonly cell: string; readonly event: string }[] =>
      readFileSync(join(out, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { cell: string; event: string });
    expect(lines('progress-2-of-3.jsonl')).toMatchObject([
      { cell: 'seed-2', event: 'started' },
      { cell: 'seed-2', event: 'finished', losses: { M: expect.any(Number) }, seconds: expect.any(Number) },
    ]);
    // A run that was killed leaves its folder without a result: it begins again.
    mkdirSync(join(out, 'seed-3'));
    writeFileSync(join(out, 'seed-3', 'result.json.partial'), '{');
    expect(await sweep(['--resume', '--out', out, '--quiet'])).toBe(0);
    expect(there()).toEqual(['seed-1', 'seed-2', 'seed-3', 'sweep.csv', 'sweep.dfruns', 'sweep.json']);
    expect(readdirSync(join(out, 'seed-1'))).not.toContain('state.partial');
    expect(lines('progress.jsonl').map(({ cell, event }) => `${cell} ${event}`)).toEqual([
      'seed-1 started',
      'seed-1 finished',
      'seed-2 there',
      'seed-3 started',
      'seed-3 finished',
    ]);
  });

  it('never takes the results of another experiment for a sweep’s own, and runs a damaged one again (10.21, 10.37)', async () => {
    const out = join(base, 'two-sweeps');
    const small = '#preset=first-fusion&examples=4&d=4&ff=4&heads=1&dkv=4&steps=6&predict=off&adapter=wasm';
    const argv = (more: string): string[] => [`${small}${more}`, '--over', 'grow=2,3', '--out', out];
    expect(await sweep(argv('&h=0.05&seed=1'))).toBe(0);
    const first = readFileSync(join(out, 'grow-2', 'result.json'), 'utf8');
    for (const more of [[], ['--collect']])
      await expect(sweep([...argv('&h=0.2&seed=2'), ...more])).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(/^grow-2 grow-3 in .* hold results of other experiments .*--force runs them again/) as string,
      });
    expect(readFileSync(join(out, 'grow-2', 'result.json'), 'utf8')).toBe(first);
    expect(await sweep([...argv('&h=0.2&seed=2'), '--force'])).toBe(0);
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8')).toContain('seed=2');
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8')).not.toContain('seed=1');

    writeFileSync(join(out, 'grow-3', 'result.json'), first.slice(0, 100));
    lines = [];
    expect(await sweep(argv('&h=0.2&seed=2'))).toBe(0);
    expect(lines[0]).toBe('1 of 2 grow-2: there already');
    expect(lines[1]).toMatch(/^2 of 2 grow-3: A \d/);
    expect(lines[2]).toContain('2 of 2 results in');
    writeFileSync(join(out, 'sweep.csv'), 'my own table');
    await expect(sweep(argv('&h=0.2&seed=2'))).rejects.toThrow('sweep.csv is no collected sweep: --force replaces it');
  });

  it('puts values of any length into folders of their own (10.21)', async () => {
    const out = join(base, 'long');
    const table = Array.from({ length: 40 }, (_, i) => `${i}:0.0${i + 10}`).join(',');
    const argv = ['#preset=first-fusion&examples=4&d=4&ff=4&heads=1&dkv=4&steps=6&predict=off&adapter=wasm&grow=3'];
    expect(await sweep([...argv, '--over', `h=0:0.1|${table}`, '--out', out, '--quiet'])).toBe(0);
    expect(readFileSync(join(out, 'sweep.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  it('collects what the page’s map reads, diverged runs as well, and prints the rank correlations', async () => {
    const out = join(base, 'map');
    const argv = [
      `${TINY}&steps=30&predict=gradient-flow&wait=0`,
      '--over',
      'grow=3,6',
      '--over',
      'h2=0.02,0.05,10',
      '--out',
      out,
      '--quiet',
    ];
    expect(await sweep(argv)).toBe(1);
    const branches = readSweep(readFileSync(join(out, 'sweep.csv'), 'utf8'));
    expect(branches.map(({ experiment, loss }) => [experiment.grow, stepSizeAfter(experiment), loss === null])).toEqual(
      [3, 6].flatMap((grow) => [0.02, 0.05, 10].map((value) => [grow, { kind: 'constant', value }, value === 10])),
    );
    expect(new Set(branches.map(({ experiment }) => mapFamily(experiment))).size).toBe(1);
    const text = lines.join('\n');
    expect(text).toContain('6 runs, 2 of them cut short and ranked as the highest loss');
    // More time lowers the loss here, until it is too much: then it ranks the two worst runs as the best.
    expect(text).toMatch(/total time Σh alone +-?0\.\d{3} +-?0\.\d{3} +6/);
    expect(text).toMatch(/gradient-flow +1\.000 +1\.000 +4/);
  });
});
