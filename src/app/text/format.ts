/** Numbers as the page writes them: loss with 2 decimals (more below 0.1), a true minus, commas for thousands. */
import { say } from './en/words.ts';
import { inLanguage, spellWhole } from '../../experiment/messages/numbers.ts';
import { spellLoss } from '../../curves/spell-loss.ts';

export const MINUS = '\u2212';

/** Two, and one more where two would show little. */
const usualDecimals = (value: number): number => (Math.abs(value) < 0.1 ? 3 : 2);

export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return say.notFinite;
  return withMinus(spellLoss(loss, usualDecimals(loss)));
}

/** A difference: always signed, and 0 has no sign. As many decimals as a loss has, unless told otherwise. */
export function formatDifference(value: number, decimals = usualDecimals(value)): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return inLanguage(text);
  return `${value < 0 ? MINUS : '+'}${inLanguage(text)}`;
}

/** How far off something is, without a sign: two figures, however small. */
export function formatError(error: number): string {
  if (error === 0) return '0';
  if (error >= 0.1) return inLanguage(error.toFixed(2));
  return inLanguage(error >= 1e-6 ? String(Number(error.toPrecision(2))) : error.toExponential(1));
}

export function formatStep(step: number): string {
  return spellWhole(step);
}

/** A tick of the loss axis: one decimal from 0.1 up, more below, and from a thousandth down a power of ten. */
export function formatLossTick(tick: number, among: readonly number[]): string {
  if (tick > 0 && tick < 0.001) return tick.toExponential();
  const decimals = among.reduce((most, value) => Math.max(most, decimalsOf(value)), 1);
  const own = tick < 0.1 && tick > 0 ? decimalsOf(tick) : Math.min(decimals, tick >= 10 ? 0 : Math.max(1, decimalsOf(tick)));
  return withMinus(tick.toFixed(own));
}

function decimalsOf(value: number): number {
  const text = String(Number(value.toPrecision(6)));
  const dot = text.indexOf('.');
  return dot < 0 ? 0 : text.length - dot - 1;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** A large quantity with a prefix: 1.5 GFLOPs. Three figures at most. */
export function formatQuantity(value: number, unit: string): string {
  if (value === 0) return `0 ${unit}`;
  const order = Math.max(0, Math.min(PREFIXES.length - 1, Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9)));
  const scaled = value / 1000 ** order;
  return `${inLanguage(String(Number(scaled.toPrecision(3))))} ${PREFIXES[order] ?? ''}${unit}`;
}

/** That of an exponent stays as it is typed, so that the number can be copied. */
function withMinus(text: string): string {
  return inLanguage(text.replace(/^-/, MINUS));
}
