import { describe, expect, it } from 'vitest';
import { envelopeOf, type LabelRequest, overlap, placeLabels, type Scene } from './place-labels.ts';

const plot = { x: 0, y: 0, width: 400, height: 200 };
const empty: Scene = { plot, curves: [], hatch: null, taken: [] };
const label = (id: string, places: LabelRequest['places'], optional = false): LabelRequest => ({
  id,
  width: 60,
  height: 16,
  gap: 6,
  places,
  optional,
});
const at = (x: number, y: number, side: LabelRequest['places'][number]['side']) => ({ x, y, side });
const line = (points: readonly number[]) => envelopeOf(Float64Array.from(points), plot);

describe('label placement', () => {
  it('takes the first place when nothing is in the way', () => {
    const [placed] = placeLabels([label('A', [at(200, 100, 'above'), at(200, 100, 'below')])], empty);
    expect(placed).toMatchObject({ id: 'A', choice: 0, x: 170, y: 78 });
  });

  it('keeps words side by side apart, so that they do not read as one (10.12)', () => {
    const next = [at(266, 100, 'above'), at(272, 100, 'above')];
    expect(placeLabels([label('A', [at(200, 100, 'above')]), label('B', next)], empty)[1]?.choice).toBe(1);
  });

  it('avoids a curve that runs through the first place', () => {
    const scene = { ...empty, curves: [line([0, 85, 400, 85])] };
    expect(placeLabels([label('A', [at(200, 100, 'above'), at(200, 100, 'below')])], scene)[0]?.choice).toBe(1);
  });

  it('sees a steep segment between two far points', () => {
    const scene = { ...empty, curves: [line([150, 0, 250, 200])] };
    expect(placeLabels([label('A', [at(200, 108, 'above'), at(330, 108, 'above')])], scene)[0]?.choice).toBe(1);
  });

  it('prefers the hatch to a curve, and a free place to the hatch', () => {
    const hatch = { x: 150, y: 0, width: 250, height: 200 };
    const places = [at(200, 100, 'above'), at(80, 100, 'above'), at(80, 100, 'below')] as const;
    expect(placeLabels([label('A', places)], { ...empty, hatch })[0]?.choice).toBe(1);
    const curves = [line([0, 85, 140, 85]), line([0, 114, 140, 114])];
    expect(placeLabels([label('A', places)], { ...empty, hatch, curves })[0]?.choice).toBe(0);
  });

  it('never lets labels overlap nor leave the plot', () => {
    const sides = ['above', 'below', 'left', 'right', 'above-left', 'below-right'] as const;
    const requests = Array.from({ length: 12 }, (_, i) =>
      label(
        `L${i}`,
        sides.map((side) => at(20 + ((i * 67) % 380), 10 + ((i * 41) % 190), side)),
      ),
    );
    const placed = placeLabels(requests, empty);
    expect(placed.length).toBeGreaterThan(6);
    for (const box of placed) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(400);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(200);
      for (const other of placed) if (other !== box) expect(overlap(box, other)).toBe(false);
    }
  });

  it('leaves an optional label out rather than put it on a curve; another one it puts there', () => {
    const scene = { ...empty, curves: [line([0, 85, 400, 85])] };
    const places = [at(200, 100, 'above')] as const;
    expect(placeLabels([label('A', places, true)], scene)).toEqual([]);
    expect(placeLabels([label('A', places)], scene)).toHaveLength(1);
  });

  it('keeps clear of boxes that are taken', () => {
    const scene = { ...empty, taken: [{ x: 190, y: 60, width: 20, height: 40 }] };
    expect(placeLabels([label('A', [at(200, 100, 'above'), at(200, 100, 'below')])], scene)[0]?.choice).toBe(1);
  });

  it('stays where it was for a small advantage, and gives the same answer twice', () => {
    const request = label('A', [at(200, 100, 'above'), at(200, 100, 'below')]);
    const before = new Map(placeLabels([label('A', [at(200, 100, 'above')])], empty).map((box) => [box.id, { ...box, choice: 1 }]));
    expect(placeLabels([request], empty, before)[0]?.choice).toBe(1);
    expect(placeLabels([request], empty)).toEqual(placeLabels([request], empty));
    const crossed = { ...empty, curves: [line([0, 114, 400, 114])] };
    expect(placeLabels([request], crossed, before)[0]?.choice).toBe(0);
  });
});
