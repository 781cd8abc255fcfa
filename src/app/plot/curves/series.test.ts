import { describe, expect, it } from 'vitest';
import { lossAt, lossRange } from './curve.ts';
import { dataTable } from '../../features/chart/reading/data-table.ts';
import { domainOf } from '../frame/domain.ts';
import { labelsOf, whatIfWords } from '../labels/labels.ts';
import { projectionOf } from '../frame/projection.ts';
import { readingsAt } from '../../features/chart/reading/readout.ts';
import { formatLoss } from '../../text/numbers.ts';
import { seriesOf, strokeOf } from './series.ts';
import { Shapes } from './shapes.ts';

const curve = (from: number, losses: readonly number[], stride = 10) => ({
  steps: Float64Array.from(losses.map((_, i) => from + stride * i)),
  losses: Float32Array.from(losses),
  length: losses.length,
});
const data = {
  measured: new Map([
    ['A', curve(0, [4, 3, 2])],
    ['B', curve(0, [5, 4, 3])],
    ['M', curve(20, [2.5, 1.5])],
    ['S', curve(0, [6, 5.5, 5])],
  ]),
  predicted: new Map([
    [
      'modified-flow|0|plan',
      new Map([
        ['A', curve(0, [4, 3, 2])],
        ['M', curve(20, [2.5, 1.6, 1.2])],
      ]),
    ],
    [
      'gradient-flow|0|plan',
      new Map([
        ['A', curve(0, [4, 3.2, 2.4])],
        ['M', curve(20, [2.9, 2, 1.5])],
      ]),
    ],
  ]),
};
const hypothetical = {
  ...data,
  predicted: new Map([...data.predicted, ['modified-flow|growth|what-if', new Map([['M', curve(20, [2.5, 1, 0.5])]])]]),
};

describe('what is drawn', () => {
  it('draws theory over the measured, the modified flow last', () => {
    expect(seriesOf(data).map(({ kind, model }) => `${kind} ${model}`)).toEqual([
      'scratch S',
      'source A',
      'source B',
      'fused M',
      'gradient A',
      'gradient M',
      'modified A',
      'modified M',
    ]);
  });

  it('tells the network that has not read from the one from scratch, by name, hue and line', () => {
    const both = seriesOf({ measured: new Map([...data.measured, ['unread', curve(0, [6, 3, 1])]]), predicted: new Map() });
    expect(both.map(({ kind, model }) => `${kind} ${model}`)).toEqual(['scratch S', 'unread unread', 'source A', 'source B', 'fused M']);
    expect(strokeOf('unread', 'unread')).toMatchObject({ color: 'var(--series-U)' });
    expect(strokeOf('unread', 'unread').dash).not.toBe(strokeOf('scratch', 'S').dash);
    expect(dataTable(both, 20).heads.slice(0, 2)).toEqual(['From scratch, measured', 'Without reading, measured']);
    expect(readingsAt(both, 10).map(({ name }) => name)).toEqual(['A', 'B', 'not read', 'scratch']);
    const plot = { x: 0, y: 0, width: 400, height: 200 };
    const thinned = both.map((series) => ({ series, points: Float64Array.of(0, 10, 200, 40, 400, 90) }));
    const style = { font: 14, live: 16, stroke: 1, compact: false, valueOf: formatLoss, widthOf: (text: string) => 7 * text.length };
    const labels = labelsOf(thinned, plot, style, '').map(({ id, text, color }) => [id, text, color]);
    expect(labels).toContainEqual(['S', 'from scratch', 'var(--series-S-text)']);
    expect(labels).toContainEqual(['unread', 'without reading', 'var(--series-U-text)']);
  });

  it('compares a hypothetical with the plan and leaves the control out', () => {
    expect(seriesOf(hypothetical).map(({ kind, model }) => `${kind} ${model}`)).toEqual([
      'scratch S',
      'source A',
      'source B',
      'fused M',
      'before M',
      'what-if M',
    ]);
  });

  it('tells networks by hue and knowledge by line style', () => {
    expect(strokeOf('source', 'B')).toMatchObject({ color: 'var(--series-B)', width: 3, dash: undefined });
    expect(strokeOf('fused', 'M')).toMatchObject({ width: 6, dash: undefined });
    expect(strokeOf('modified', 'M')).toMatchObject({ color: 'var(--ink)', width: 2.25, dash: '7 4' });
    expect(strokeOf('gradient', 'M')).toMatchObject({ color: 'var(--ink)', width: 1.5, dash: '3 3.5' });
    expect(strokeOf('scratch', 'S')).toMatchObject({ width: 3, dash: '0.1 6', round: true });
  });
});

describe('readout', () => {
  it('reads the fused network and its predictions once, in a fixed order', () => {
    expect(readingsAt(seriesOf(data), 25).map(({ name, loss }) => `${name} ${loss.toFixed(2)}`)).toEqual([
      'M 2.00',
      'modified 2.05',
      'gradient 2.45',
    ]);
  });
  it('reads both sources before the growth', () => {
    expect(readingsAt(seriesOf(data), 5).map(({ name }) => name)).toEqual(['A', 'B', 'modified', 'gradient', 'scratch']);
  });
  it('is empty where nothing is', () => {
    expect(readingsAt(seriesOf(data), 500)).toEqual([]);
  });
});

describe('labels', () => {
  const plot = { x: 0, y: 0, width: 400, height: 200 };
  const projection = projectionOf(plot, [0, 40], [0.3, 7], 'log');
  const style = { font: 14, live: 16, stroke: 1, compact: false, valueOf: formatLoss, widthOf: (text: string) => 8 * text.length };
  const textsOf = (curves: Parameters<typeof seriesOf>[0], compact = false) => {
    const series = seriesOf(curves);
    const shapes = new Shapes().of(
      series.map((one) => ({ ...one, map: projection, from: 0, to: 40 })),
      plot,
      projection,
    );
    return labelsOf(
      series.map((one, i) => ({ series: one, points: shapes[i]?.points ?? new Float64Array(0) })),
      plot,
      { ...style, compact },
      'what if h = 0.18',
    ).map(({ text }) => text);
  };

  it('names every network, its last loss, every flow once, and the baseline', () => {
    expect(textsOf(data)).toEqual(['M 1.50', 'B', '3.00', 'A', '2.00', 'modified flow', 'gradient flow', 'from scratch']);
  });
  it('has fewer on a phone', () => {
    expect(textsOf(data, true)).toEqual(['M 1.50', 'B', 'A', 'modified flow', 'from scratch']);
  });
  it('names a hypothetical by what is changed', () => {
    expect(textsOf(hypothetical)).toContain('what if h = 0.18');
    expect(whatIfWords({ grow: 212, h2: { kind: 'constant', value: 0.18 } }, false)).toBe('what if grown at 212, h = 0.18');
    expect(whatIfWords({ grow: 212 }, true)).toBe('if you fuse now');
  });
});

describe('domain', () => {
  it('holds all that is measured in the range', () => {
    const [low, high] = domainOf(data, 'log', 0, 40);
    expect(low).toBeLessThan(1.2);
    expect(high).toBeGreaterThan(6);
    expect(domainOf(data, 'log', 20, 40)[1]).toBeLessThan(high + 1e-9);
  });
  it('is not stretched by a prediction that runs away', () => {
    const wild = { ...data, predicted: new Map([['modified-flow|0|plan', new Map([['M', curve(20, [2.5, 1e6, 1e-9])]])]]) };
    const [low, high] = domainOf(wild, 'log', 0, 40);
    expect(high).toBeLessThan(20);
    expect(low).toBeGreaterThan(0.05);
  });
  it('has a place to start from', () => {
    expect(domainOf({ measured: new Map(), predicted: new Map() }, 'log', 0, 10)[0]).toBeGreaterThan(0);
  });
});

describe('curve', () => {
  it('interpolates inside and says nothing outside', () => {
    const a = curve(10, [4, 2]);
    expect([9, 10, 15, 20, 21].map((step) => lossAt(a, step))).toEqual([null, 4, 3, 2, null]);
    expect(lossAt(curve(0, [1, NaN]), 5)).toBeNull();
    expect(lossRange([a, curve(0, [NaN, 9, 1])], 10, 20)).toEqual([1, 9]);
  });
});

describe('shapes', () => {
  it('are kept while curve and view are the same, and redrawn when the curve grew or changed in place', () => {
    const shapes = new Shapes();
    const plot = { x: 0, y: 0, width: 100, height: 100 };
    const map = { x: (step: number) => step, y: (loss: number) => 10 * loss };
    const steps = Float64Array.from([0, 10, 20, 30]);
    const losses = Float32Array.from([1, 2, 3, 4]);
    const ask = (length: number, view: unknown) =>
      shapes.of([{ key: 'A', curve: { steps, losses, length }, map, from: 0, to: 100 }], plot, view)[0];
    const first = ask(3, 'x');
    expect(ask(3, 'x')).toBe(first);
    expect(ask(4, 'x')?.path).toBe('M0 10L10 20L20 30L30 40');
    losses[3] = 5;
    expect(ask(4, 'x')?.path).toBe('M0 10L10 20L20 30L30 50');
    expect(ask(4, 'y')).not.toBe(ask(4, 'x'));
  });
});

describe('table of the data', () => {
  it('has a column a curve and an empty cell where it is not', () => {
    const table = dataTable(seriesOf(data), 40, 4);
    expect(table.heads).toEqual([
      'From scratch, measured',
      'A, measured',
      'B, measured',
      'M, measured',
      'A, gradient flow',
      'M, gradient flow',
      'A, modified flow',
      'M, modified flow',
    ]);
    expect(table.rows.map(({ step }) => step)).toEqual(['0', '10', '20', '30', '40']);
    expect(table.rows[0]?.cells.slice(0, 4)).toEqual(['6.00', '4.00', '5.00', '']);
    expect(table.rows[3]?.cells[3]).toBe('1.50');
  });
});

describe('the small network alone', () => {
  it('is a thin solid line in the hue of the network it is, behind the others and named', () => {
    const series = seriesOf({ ...data, measured: new Map([...data.measured, ['alone', curve(20, [2, 1.9])]]) });
    const alone = series.find(({ model }) => model === 'alone');
    expect(alone?.kind).toBe('alone');
    expect(strokeOf('alone', 'alone')).toEqual({ color: 'var(--series-alone)', width: 1.5, dash: undefined, round: true });
    expect(readingsAt(series, 30).map(({ name }) => name)).toContain('alone');
    expect(dataTable(series, 30).heads).toContain('A small network alone, measured');
  });
});
