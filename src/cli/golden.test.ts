import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostTensor } from '../engine/named-tensors.ts';
import { readSafetensors } from '../storage/checkpoint/read-safetensors.ts';
import { writeSafetensors } from '../storage/checkpoint/safetensors.ts';
import { judge, main } from './golden.ts';

const OWN = fileURLToPath(new URL('../../fixtures/golden/', import.meta.url));

describe('npm run golden', () => {
  let lines: string[];
  let folder: string;
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    folder = mkdtempSync(join(tmpdir(), 'golden-'));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const copy = (name: string): string => {
    const path = join(folder, name);
    cpSync(join(OWN, name), path, { recursive: true });
    return path;
  };
  const changeTensor = (path: string, name: string, change: (data: Float32Array) => void): void => {
    const { tensors, metadata } = readSafetensors(new Uint8Array(readFileSync(path)));
    change((tensors.get(name) as HostTensor).data);
    writeFileSync(path, writeSafetensors(tensors, metadata));
  };

  it.each([
    't5-padding',
    'fusion-v10-widths',
    'theory-t5-composite',
    'theory-analytic.json',
    'relative-position-buckets.json',
    'config-forms.json',
    'checkpoint-forms.json',
    'checkpoint-aliases',
    'checkpoint-decoder-embedding',
    'checkpoint-dense-act-gelu',
    'checkpoint-dense-act-silu',
    'checkpoint-eos-list',
    'checkpoint-gated-relu',
    'checkpoint-gated-silu',
    'checkpoint-mt5',
    'checkpoint-scale-null',
    'checkpoint-unused-bias',
    'fusion-first-update.json',
    'sharpness-edge',
  ])('%s is within tolerance, as a folder of its own (10.23)', async (name) => {
    expect(await main([join(OWN, name)])).toBe(0);
    expect(lines[1]).toMatch(new RegExp(`^${name.replace('.json', '')}: ok, worst .* of .*, \\d+ checks`));
    expect(lines.at(-1)).toBe('1 within tolerance, 0 over, 0 failed, 0 skipped');
  });

  it('reads a folder with an expected.json, and the loss that its spectrum says of a later step (10.18)', async () => {
    const path = copy('sharpness-self-fusion');
    const {
      step_sizes: sizes,
      inputs,
      tolerance: _,
      ...told
    } = JSON.parse(readFileSync(join(path, 'case.json'), 'utf8')) as Record<string, unknown>;
    rmSync(join(path, 'case.json'));
    writeFileSync(join(path, 'probe.json'), JSON.stringify(inputs));
    const expected = (more: Readonly<Record<string, unknown>>): void =>
      writeFileSync(
        join(path, 'expected.json'),
        JSON.stringify({ ...told, tolerance: '1 %; no Gauss-Newton Ritz value below 0', ...more }),
      );
    // Without step sizes of its own they are those of the preset that its link names, in that version.
    expected({});
    expect(await main([path])).toBe(0);
    expect(lines[1]).toMatch(/^sharpness-self-fusion: ok, .* 5 checks/);
    expected({ step_sizes: sizes, spectral_loss_at_300: 1.410306 });
    expect(await main([path])).toBe(1);
    expect(lines.at(-2)).toMatch(/^sharpness-self-fusion: OVER, worst loss of the spectrum at 300 1\.1e-1 of 1\.0e-2/);
  });

  it('sees one weight that is off, and names the worst error', async () => {
    const path = copy('t5-v10');
    changeTensor(
      join(path, 'model.safetensors'),
      'encoder.block.0.layer.0.SelfAttention.k.weight',
      (data) => (data[3] = (data[3] ?? 0) + 1e-2),
    );
    expect(await main([path])).toBe(1);
    expect(lines[1]).toMatch(/^t5-v10: OVER, worst .* \d+ of \d+ checks over$/);
  });

  it('sees a fused weight in the wrong place', async () => {
    const path = copy('fusion-v10-widths');
    changeTensor(join(path, 'fused/model.safetensors'), 'shared.weight', (data) => ([data[0], data[1]] = [data[1] ?? 0, data[0] ?? 0]));
    expect(await main([path])).toBe(1);
    expect(lines[1]).toMatch(/^fusion-v10-widths: OVER, worst fused shared\.weight/);
  });

  it('goes on past a case that is broken, and counts it', async () => {
    copy('config-forms.json');
    const path = copy('t5-v10');
    writeFileSync(join(path, 'case.json'), '{"outputs":{"generated_ids":[]}}');
    expect(await main([folder])).toBe(1);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^config-forms: ok/),
      expect.stringMatching(/^t5-v10: FAILED, case\.json has no inputs/),
      '1 within tolerance, 0 over, 1 failed, 0 skipped',
    ]);
  });

  it('does not count as passed what is not built yet', () => {
    expect(judge('tokenizer', { checks: [], notes: ['Unigram'] })).toMatchObject({
      state: 'skipped',
      line: 'tokenizer: not built yet, skipped (Unigram)',
    });
    expect(judge('x', { checks: [{ what: 'a', error: Number.NaN, tolerance: 1 }], notes: [] })).toMatchObject({ state: 'over' });
    expect(judge('x', { checks: [{ what: 'a', error: 1, tolerance: 0 }], notes: [] })).toMatchObject({ state: 'over' });
    expect(
      judge('x', {
        checks: [
          { what: 'a', error: 2e-6, tolerance: 1e-5 },
          { what: 'b', error: 3e-6, tolerance: 1e-3 },
        ],
        notes: [],
      }).line,
    ).toBe('x: ok, worst a 2.0e-6 of 1.0e-5, 2 checks');
  });

  it('refuses bad arguments by name', async () => {
    await expect(main([join(folder, 'nowhere')])).rejects.toThrow('nowhere does not exist');
    await expect(main([folder])).rejects.toThrow('holds no case');
    await expect(main(['--adapter', 'cuda'])).rejects.toThrow('--adapter cuda is not an adapter (wasm, webgpu, reference)');
    await expect(main([folder, 'more'])).rejects.toThrow('more is one argument too many');
  });
});
