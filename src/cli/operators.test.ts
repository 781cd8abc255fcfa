/**
 * Every growth operator through the command line; and that what a run cost can be counted again from its file alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OPERATORS } from '../experiment/experiment.ts';
import { OPERATOR_WORDS } from '../experiment/declared/operators.ts';
import type { Result } from '../storage/results.ts';
import { main } from './experiment.ts';

const base = mkdtempSync(join(tmpdir(), 'operators-'));
afterAll(() => rmSync(base, { recursive: true }));
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

async function run(name: string, link: string): Promise<Result> {
  const out = join(base, name);
  expect(await main([link, '--out', out, '--quiet'])).toBe(0);
  return JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Result;
}

// Two layers: the upper one gives bert2BERT's knowledge to the lower.
const SMALL = '#preset=first-fusion&task=sort&examples=12&d=8&ff=12&heads=2&dkv=4&layers=2&h=0.05&grow=6&steps=12&predict=off&adapter=wasm';

describe('npm run experiment with every operator', () => {
  it.each(OPERATORS)('op=%s trains, grows, trains on, and says how', async (operator) => {
    const result = await run(operator, `${SMALL}&op=${operator}`);
    const sources = operator === 'fuse' ? ['A', 'B'] : ['A'];
    expect(result.growth).toMatchObject([{ step: 6, operator, sources, target: 'M' }]);
    const { gap, loss } = result.growth[0] ?? { gap: Number.NaN, loss: undefined };
    expect(gap).toBeCloseTo((loss?.fused ?? 0) - (loss?.average ?? 0), 6);
    expect(result.curves.filter(({ kind }) => kind === 'measured').map(({ model, step }) => [model, step[0], step.at(-1)])).toEqual([
      ...sources.map((id) => [id, 0, 6]),
      ['M', 6, 12],
    ]);
    const [small, large] = [result.models[0]?.parameters ?? 0, result.models.at(-1)?.parameters ?? 0];
    expect(large).toBeGreaterThan(small);
  });

  it('each is explained in two sentences with a source', () => {
    for (const operator of OPERATORS) {
      const { explanation, source } = OPERATOR_WORDS[operator];
      expect(explanation.match(/[.!?](?= |$)/g), operator).toHaveLength(2);
      expect(source, operator).not.toBe('');
    }
  });
});

describe('result.json', () => {
  it('holds all that savings are counted from: curves of run and baselines, operations and seconds of a step', async () => {
    const result = await run('costs', `${SMALL.replace('steps=12', 'steps=30')}&baseline=scratch,alone`);
    const { cost, models, curves } = result;
    const perStep = (id: string): number => cost.perStep[id] ?? Number.NaN;
    const measured = (id: string) => curves.find(({ model, kind }) => model === id && kind === 'measured');
    expect(models.map(({ id }) => id)).toEqual(['A', 'B', 'M', 'S', 'alone']);
    for (const { id } of models) {
      expect(measured(id)?.loss.every(Number.isFinite), id).toBe(true);
      expect(cost.secondsPerStep?.[id], id).toBeGreaterThan(0);
    }
    // All networks of the plan, and the longest way through it, from curves and operations alone.
    const own = (id: string): number => perStep(id) * ((measured(id)?.step.at(-1) ?? 0) - (measured(id)?.step[0] ?? 0));
    expect(own('A') + own('B') + own('M')).toBeCloseTo(cost.total, 3);
    expect(own('A') + own('M')).toBeCloseTo(cost.criticalPath, 3);
    // The cost of a loss: the run pays for all it trained until then, from scratch for itself.
    const target = Math.max(Math.min(...(measured('M')?.loss ?? [])), Math.min(...(measured('S')?.loss ?? [])));
    const reached = (id: string): number => measured(id)?.step[measured(id)?.loss.findIndex((loss) => loss <= target) ?? -1] ?? Number.NaN;
    const fused = own('A') + own('B') + perStep('M') * (reached('M') - 6);
    const scratch = perStep('S') * reached('S');
    expect(perStep('S')).toBe(perStep('M'));
    expect(fused).toBeGreaterThan(0);
    expect(scratch).toBeGreaterThan(0);
    expect(1 - fused / scratch).toBeLessThan(1);
  });
});
