import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DrawnFlow } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS, sourcesOf } from '../../../../experiment/declared/flows.ts';
import { readMeasured } from '../../../../experiment/measured.ts';
import { presetExperiment } from '../../../../experiment/presets/presets.ts';
import { sourcesBelow } from '../agreement/Agreement.tsx';
import { conclusion } from '../step-size/Faster.tsx';
import { closerWords, measuredRungs, sturdiest } from '../agreement/OverSeeds.tsx';
import { effectOnLoss, stepsInWindow } from './OneFlow.tsx';
import { share, three, two } from '../numbers.ts';

describe('growth as one flow', () => {
  it('keeps as many steps as stay in the window, each sharpness with its own step size', () => {
    expect(stepsInWindow(0.05, 0.05, [10, 8])).toBe(4);
    expect(stepsInWindow(0.05, 0.1, [10, 8])).toBe(2);
    expect(stepsInWindow(0.001, 0.001, [10, 8])).toBe(6);
    expect(stepsInWindow(0.3, 0.05, [10, 8])).toBe(0);
  });
  it('has an effect that grows with both step sizes', () => {
    const at = (h1: number, h2: number): number => effectOnLoss({ alongBracket: -40 }, 4, h1, h2);
    expect(at(0.01, 0.02)).toBeCloseTo((-40 * 16 * 0.01 * 0.02) / 2, 12);
    expect(at(0.02, 0.04)).toBeCloseTo(4 * at(0.01, 0.02), 12);
  });
});

describe('words and numbers of the tab', () => {
  it('say what the larger step does', () => {
    expect(conclusion(0.1, 0.2, 4)).toContain('sharpest direction sooner');
    expect(conclusion(0.1, 0.2, 8)).toContain('zigzags');
    expect(conclusion(0.1, 0.2, 12)).toContain('leaps farther out');
  });
  it('have a true minus and no more figures than they are worth', () => {
    expect([two(-0.01234), two(0.000012), two(46.2), three(0.5), three(1e-5)]).toEqual(['−0.012', '1.2e−5', '46', '0.500', '1.0e−5']);
    expect([share(0.123), share(0.0123), share(0.00012), share(0)]).toEqual(['12 %', '1.2 %', '0.01 %', '0 %']);
  });
});

describe('where the flows come from', () => {
  it('is known of every flow but the controls and what is measured, as a link or a book (10.31)', () => {
    const without: readonly DrawnFlow[] = ['gradient-flow', 'shuffled-runs', 'composite-without-bracket'];
    for (const [flow, { source }] of Object.entries(FLOW_ROWS))
      if (without.includes(flow as DrawnFlow)) expect(source, flow).toBeNull();
      else expect(source?.url ?? source?.words, flow).toMatch(/^https:\/\/|chapter/);
  });
  it('stands under the table for those without a card of their own, each source once (10.31)', () => {
    expect(sourcesBelow(['gradient-flow', 'modified-flow', 'central-flow', 'principal-flow']).map(({ url }) => url)).toEqual([
      'https://arxiv.org/abs/2302.01952',
      'https://arxiv.org/abs/2410.24206',
    ]);
    expect(sourcesBelow(['gradient-flow', 'modified-flow', 'third-order-flow'])).toEqual([]);
    expect(sourcesOf(['modified-flow', 'modified-flow-exact', 'composite']).map(({ words }) => words)).toEqual([
      'Barrett & Dherin 2021',
      'Dherin 2023',
    ]);
  });
});

describe('the rungs over the seeds that were measured', () => {
  const path = new URL('../../../../../public/results/theory.json', import.meta.url);
  const tables = readMeasured(JSON.parse(readFileSync(path, 'utf8')))?.tables ?? [];
  const flows = ['gradient-flow', 'modified-flow-exact', 'modified-flow', 'third-order-flow'] as const;

  it('have median and range of the sixteen of the first fusion, whatever its seed; the third order is the one that holds best (10.27)', () => {
    const experiment = { ...presetExperiment('first-fusion'), seed: 4711 };
    const rungs = measuredRungs(tables, experiment, flows);
    expect([...rungs.keys()]).toEqual(flows.slice(1));
    for (const { seeds } of rungs.values()) expect(seeds).toBeGreaterThanOrEqual(16);
    expect(sturdiest(rungs)).toBe('third-order-flow');
    const table = tables.find(({ id }) => id === 'first-fusion');
    const cell = table?.rows.find(({ label }) => label === 'Third-order flow')?.cells['closer'];
    const { median, least, greatest } = rungs.get('third-order-flow') ?? { median: NaN, least: NaN, greatest: NaN };
    expect(cell).toBe(`${median.toFixed(0)} (${least.toFixed(1)}–${greatest.toFixed(0)})`);
  });
  it('are in words: a number never stands without its range (10.27)', () => {
    expect(closerWords({ seeds: 16, median: 13.2, least: 0.88, greatest: 260, atLeastTen: 10 })).toBe(
      '13 (median of 16 seeds; from 0.9 to 260)',
    );
  });
  it('say nothing of a setting that was not measured, and of one flow alone name no best (10.27)', () => {
    const rungs = measuredRungs(tables, { ...presetExperiment('first-fusion'), grow: 62 }, flows);
    expect(rungs.size).toBe(0);
    expect(sturdiest(rungs)).toBeNull();
    expect(sturdiest(measuredRungs(tables, presetExperiment('first-fusion'), ['modified-flow']))).toBeNull();
  });
});
