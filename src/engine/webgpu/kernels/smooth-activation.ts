/**
 * The activations of T5s that were published elsewhere: SiLU, and GELU in its exact form. Both are x·s(x), with s = σ,
 * or s = Φ, the normal distribution, by Abramowitz & Stegun 7.1.26: within 8e-8, and below zero without cancellation.
 */
import type { ElementType } from '../compile/task.ts';

export type SmoothKind = 'gelu' | 'silu';
export const isSmooth = (kind: string): kind is SmoothKind => kind === 'gelu' || kind === 'silu';

/** `value` = act(x); with one derivative, `slope` = act′(x) as well; with two, `curve` = act″(x). */
export function smoothActivation(kind: SmoothKind, type: ElementType, derivatives: 0 | 1 | 2): string {
  if (kind === 'silu')
    return `let s = 1.0 / (1.0 + exp(-x));
let value = x * s;
${derivatives > 0 ? 'let slope = s + x * s * (1.0 - s);' : ''}
${derivatives > 1 ? 'let curve = s * (1.0 - s) * (2.0 + x * (1.0 - 2.0 * s));' : ''}`;
  return `let t = 1.0 / (1.0 + 0.23164189 * abs(x));
let bell = exp(-0.5 * x * x);
let tail = 0.5 * ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * bell;
let s = select(${type}(1.0) - tail, tail, x < ${type}(0.0));
let value = x * s;
${derivatives > 0 ? 'let slope = s + x * 0.3989422804014327 * bell;' : ''}
${derivatives > 1 ? 'let curve = 0.3989422804014327 * bell * (2.0 - x * x);' : ''}`;
}
