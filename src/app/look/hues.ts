/**
 * Which hue a network has. Those that the page draws most have one of their own: sources A to D, fused M, N and L. Any
 * other takes one of its kind, the same in every run: sources E, F, … A's, B's, … again, other fused networks one of
 * M's, N's and L's by their name. Hue alone never tells two apart: every curve and every bar has its letter.
 */
import { ALONE_ID, isBaseline, type ModelId, UNREAD_ID } from '../../experiment/experiment.ts';

const SOURCES = ['A', 'B', 'C', 'D'] as const;
const FUSED = ['M', 'N', 'L'] as const;
/** The hue of the small network alone is that of the network it is: the chart sets the property. */
const OWN: ReadonlySet<ModelId> = new Set([...SOURCES, ...FUSED, ALONE_ID]);

/** Whether a network came out of a fusion: anything that is not a source's letter or a baseline. */
export function isFused(model: ModelId): boolean {
  return !isBaseline(model) && !/^[A-H]\d*$/.test(model);
}

function hueName(model: ModelId): string {
  if (OWN.has(model)) return model;
  if (model === UNREAD_ID) return 'U';
  if (isBaseline(model)) return 'S';
  const number = [...model].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  const hues = isFused(model) ? FUSED : SOURCES;
  // A is letter 65, M is letter 77.
  return hues[(number - (isFused(model) ? 77 : 65)) % hues.length] ?? 'M';
}

/** A model's hue as a custom property of the page. */
export function hueOf(model: ModelId, text = false): string {
  return `var(--series-${hueName(model)}${text ? '-text' : ''})`;
}
