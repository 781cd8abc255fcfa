/**
 * Measured curves as a word that fits into a link (`ghost=`): the points that keep a curve's shape, their steps and the
 * logarithms of their losses as small differences, deflated, in base64url. Fetched when somebody packs or opens one.
 */
import { deflateSync, inflateSync } from 'fflate';
import { GHOST_LIMIT } from '../../../experiment/link/view.ts';
import type { CurveLike } from '../curves/curve.ts';

type Curves = ReadonlyMap<string, CurveLike>;

/** Points of a curve at the most; fewer where several curves would not fit. */
const MOST_POINTS = [64, 48, 32, 24, 16, 8] as const;
/** Parts of a unit of ln(loss): a loss comes back within 0.02 %. */
const PARTS = 4096;
/** Losses beyond are drawn at the edge: ln of them still fits. */
const RANGE = [1e-6, 1e6] as const;
const VERSION = 1;
const MOST_CURVES = 24;

/**
 * The curves as text of at most `GHOST_LIMIT` characters; `null` where there is nothing to pack.
 * @throws never: where even few points are too many, the last curves are left out
 */
export function pack(curves: Curves): string | null {
  const worth = [...curves].filter(([, { length }]) => length >= 2).slice(0, MOST_CURVES);
  for (let many = worth.length; many > 0; many--)
    for (const most of MOST_POINTS) {
      const text = toText(deflateSync(bytesOf(worth.slice(0, many), most), { level: 9 }));
      if (text.length <= GHOST_LIMIT) return text;
    }
  return null;
}

/** The curves again. @throws where the text was not packed here */
export function unpack(text: string): Curves {
  const bytes = inflateSync(fromText(text));
  const read = reader(bytes);
  if (read.unsigned() !== VERSION) throw new Error('another version');
  const many = read.unsigned();
  if (many < 1 || many > MOST_CURVES) throw new Error('no curves');
  const curves = new Map<string, CurveLike>();
  for (let i = 0; i < many; i++) {
    const name = read.name();
    const length = read.unsigned();
    if (length < 2 || length > MOST_POINTS[0]) throw new Error('no points');
    const steps = new Float64Array(length);
    const losses = new Float32Array(length);
    for (let at = 0, step = 0, level = 0; at < length; at++) {
      step += read.unsigned();
      level += read.signed();
      steps[at] = step;
      losses[at] = Math.exp(level / PARTS);
    }
    curves.set(name, { steps, losses, length });
  }
  return curves;
}

/**
 * A curve with the points between which straight lines miss it least (by ln of the loss), the first and the last among
 * them.
 */
export function shapeOf(curve: CurveLike, most: number): CurveLike {
  const { steps, losses, length } = curve;
  const x = (i: number): number => steps[i] ?? 0;
  const y = (i: number): number => levelOf(losses[i] ?? 1);
  /** The point that a straight line from one to another misses most. */
  const worst = (from: number, to: number): { readonly at: number; readonly by: number } => {
    let [at, by] = [from, -1];
    for (let i = from + 1; i < to; i++) {
      const off = Math.abs(y(from) + ((y(to) - y(from)) * (x(i) - x(from))) / Math.max(1e-9, x(to) - x(from)) - y(i));
      if (off > by) [at, by] = [i, off];
    }
    return { at, by };
  };
  const kept = new Set([0, length - 1]);
  const gaps = [{ from: 0, to: length - 1, ...worst(0, length - 1) }];
  while (kept.size < Math.min(most, length)) {
    gaps.sort((a, b) => a.by - b.by);
    const gap = gaps.pop();
    if (!gap || gap.by < 0.5) break;
    kept.add(gap.at);
    gaps.push({ from: gap.from, to: gap.at, ...worst(gap.from, gap.at) }, { from: gap.at, to: gap.to, ...worst(gap.at, gap.to) });
  }
  const indices = [...kept].sort((a, b) => a - b);
  return {
    steps: Float64Array.from(indices, x),
    losses: Float32Array.from(indices, (i) => losses[i] ?? NaN),
    length: indices.length,
  };
}

const levelOf = (loss: number): number =>
  Math.round(Math.log(Math.min(RANGE[1], Math.max(RANGE[0], Number.isFinite(loss) ? loss : RANGE[1]))) * PARTS);

function bytesOf(curves: readonly (readonly [string, CurveLike])[], most: number): Uint8Array {
  const out: number[] = [];
  const unsigned = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
    out.push(rest);
  };
  const signed = (value: number): void => unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  unsigned(VERSION);
  unsigned(curves.length);
  for (const [name, curve] of curves) {
    const { steps, losses, length } = shapeOf(curve, most);
    const letters = [...new TextEncoder().encode(name)].slice(0, 40);
    unsigned(letters.length);
    out.push(...letters);
    unsigned(length);
    for (let at = 0; at < length; at++) {
      unsigned(Math.round((steps[at] ?? 0) - (at === 0 ? 0 : (steps[at - 1] ?? 0))));
      signed(levelOf(losses[at] ?? 1) - (at === 0 ? 0 : levelOf(losses[at - 1] ?? 1)));
    }
  }
  return Uint8Array.from(out);
}

function reader(bytes: Uint8Array) {
  let at = 0;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new Error('cut off');
    return value;
  };
  const unsigned = (): number => {
    let [value, unit] = [0, 1];
    for (let next = byte(); ; next = byte(), unit *= 128) {
      if (unit > 2 ** 42) throw new Error('too large a number');
      value += (next % 128) * unit;
      if (next < 128) return value;
    }
  };
  return {
    unsigned,
    signed: (): number => {
      const value = unsigned();
      return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    },
    name: (): string => {
      const length = unsigned();
      if (length < 1 || length > 40) throw new Error('no name');
      return new TextDecoder().decode(Uint8Array.from({ length }, byte));
    },
  };
}

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const fromText = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
