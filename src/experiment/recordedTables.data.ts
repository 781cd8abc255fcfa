/** Step-size tables of held-sharpness presets by fingerprint. Written by a script from runs of this engine; do not edit by hand. */
import type { StepSizeTable } from './experiment.ts';

export const RECORDED: Readonly<Record<string, { readonly before: StepSizeTable; readonly after: StepSizeTable }>> = {};
