/** Which entry of the glossary says what the loss of an experiment is measured on. */
import type { WordId } from './glossary.ts';

export const probeWord = (batch: number | 'full'): WordId => (batch === 'full' ? 'probe, trained on' : 'probe, held out');
