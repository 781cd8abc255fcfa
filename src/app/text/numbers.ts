/** Numbers as the page writes them: loss with 2 decimals (more below 0.1), a true minus, commas for thousands. */
import { say } from './en/screen/words.ts';
import {
  asItIs,
  asTyped,
  exactFigures,
  figures,
  fixed,
  MINUS,
  power,
  powerToCopy,
  spellLoss,
  spellWhole,
} from '../../experiment/messages/numbers.ts';

export { asItIs, asTyped, exactFigures, figures, fixed, MINUS, power };

/** A step, or how many there are of something: `104,960`. */
export const count = spellWhole;

/** In the shortest way, a whole number with its thousands apart: `0.003`, `−1,000`. */
export const plain = (value: number): string => (Number.isInteger(value) ? count(value).replace('-', MINUS) : asItIs(value));

/** Two, and one more where two would show little. */
const usualDecimals = (value: number): number => (Math.abs(value) < 0.1 ? 3 : 2);

export function formatLoss(loss: number): string {
  return Number.isFinite(loss) ? spellLoss(loss, usualDecimals(loss)) : say.notFinite;
}

/** A deviation, with as many decimals as `formatLoss` gives the loss that it is of. */
export function formatDeviation(deviation: number, loss: number): string {
  const size = Math.abs(loss);
  if (size > 0 && size < 0.001) return formatError(deviation);
  return fixed(deviation, size > 0 && size < 0.01 ? 4 : usualDecimals(loss));
}

/** A difference: always signed, and 0 has no sign. As many decimals as a loss has, unless told otherwise. */
export function formatDifference(value: number, decimals = usualDecimals(value)): string {
  const size = fixed(Math.abs(value), decimals);
  if (!/[1-9]/.test(size)) return size;
  return `${value < 0 ? MINUS : '+'}${size}`;
}

/** How far off something is, without a sign: two figures, however small. */
export function formatError(error: number): string {
  if (error === 0) return '0';
  if (error >= 0.1) return fixed(error, 2);
  return error >= 1e-6 ? figures(error, 2) : powerToCopy(error, 1);
}

/** A tick of the loss axis: one decimal from 0.1 up, more below, and from a thousandth down a power of ten. */
export function formatLossTick(tick: number, among: readonly number[]): string {
  if (tick > 0 && tick < 0.001) return powerToCopy(tick);
  const decimals = among.reduce((most, value) => Math.max(most, decimalsOf(value)), 1);
  const own = tick < 0.1 && tick > 0 ? decimalsOf(tick) : Math.min(decimals, tick >= 10 ? 0 : Math.max(1, decimalsOf(tick)));
  return fixed(tick, own);
}

/** How many decimals a number is written with, up to six figures. */
export function decimalsOf(value: number): number {
  const text = String(Number(value.toPrecision(6)));
  const dot = text.indexOf('.');
  return dot < 0 ? 0 : text.length - dot - 1;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** `G` stands for a thousand million: the prefix that leaves a number below a thousand, and what it stands for. */
export function prefixOf(value: number): readonly [divisor: number, prefix: string] {
  const order = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9);
  const within = Math.max(0, Math.min(PREFIXES.length - 1, order));
  return [1000 ** within, PREFIXES[within] ?? ''];
}

/** A large quantity with a prefix: 1.5 GFLOPs. Three figures at most. */
export function formatQuantity(value: number, unit: string): string {
  const [divisor, prefix] = prefixOf(value);
  return `${figures(value / divisor, 3)} ${prefix}${unit}`;
}

/** A share of 1: `31 %`, `0.4 %`. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = share * 100;
  return `${value > 0 && value < 1 ? fixed(value, 1) : fixed(Math.round(value), 0)} %`;
}

/** A step size: two decimals, more where they are needed. */
export function size(value: number): string {
  if (value >= 0.1) return fixed(value, 2);
  if (value >= 0.01) return fixed(value, 3).replace(/0$/, '');
  return figures(value, 2);
}

/** How many times: `7.7`, `149`. */
export const times = (ratio: number): string => fixed(ratio, ratio >= 10 ? 0 : 1);
