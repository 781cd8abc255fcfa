/** The row of keys while the chart is read: the loss of every curve at one step. */
import { say } from '../../../text/en/chart/chart.ts';
import { lossAt } from '../../../plot/curves/curve.ts';
import { BESIDE, isBeside } from '../../../plot/curves/beside.ts';
import { predictionName, type Series, type SeriesKind } from '../../../plot/curves/series.ts';

export interface Reading {
  readonly key: string;
  readonly name: string;
  readonly kind: SeriesKind;
  readonly model: string;
  readonly loss: number;
}

/**
 * Readings at a step: measured first, then theory; a prediction is read once, on the network that lives at that step.
 */
export function readingsAt(series: readonly Series[], step: number): readonly Reading[] {
  const readings: Reading[] = [];
  const several = new Map<string, number>();
  const alive = series.map((one) => ({ one, loss: lossAt(one.curve, step) })).filter((entry) => entry.loss !== null);
  // At the growth step itself the sources end where the fused network begins: the fused one is read.
  const fusedAlive = alive.some(({ one }) => one.kind === 'fused');
  for (const { one, loss } of alive) {
    if (loss === null) continue;
    if (one.prediction !== '') several.set(one.prediction, (several.get(one.prediction) ?? 0) + 1);
    if (one.kind === 'source' && fusedAlive) continue;
    readings.push({ key: one.key, name: nameOf(one), kind: one.kind, model: one.model, loss });
  }
  const rank = (kind: SeriesKind): number => ORDER.indexOf(kind);
  const named = readings
    .filter(
      (reading) =>
        !(isTheory(reading.kind) && fusedAlive && isSourceModel(reading.model) && (several.get(predictionOf(reading.key)) ?? 0) > 1),
    )
    .map((reading) =>
      isTheory(reading.kind) && !fusedAlive && (several.get(predictionOf(reading.key)) ?? 0) > 1
        ? { ...reading, name: `${reading.model} ${reading.name}` }
        : reading,
    );
  return named.sort((a, b) => rank(a.kind) - rank(b.kind));
}

const ORDER: readonly SeriesKind[] = [
  'source',
  'fused',
  'modified',
  'mean',
  'exact',
  'third',
  'forecast',
  'principal',
  'central',
  'what-if',
  'spectral',
  'instant',
  'composite',
  'plain-composite',
  'before',
  'gradient',
  'alone',
  'ensemble',
  'unread',
  'scratch',
];

export function isTheory(kind: SeriesKind): boolean {
  return kind !== 'source' && kind !== 'fused' && !isBeside(kind);
}

function isSourceModel(model: string): boolean {
  return model >= 'A' && model <= 'D';
}

function predictionOf(key: string): string {
  return key.slice(0, key.lastIndexOf('|'));
}

function nameOf(series: Series): string {
  if (isBeside(series.kind)) return BESIDE[series.kind].short;
  if (series.kind === 'what-if') return say.whatIf;
  if (isTheory(series.kind)) return say.withoutFlow(predictionName(series.prediction, true));
  return series.model;
}
