import { describe, expect, it } from 'vitest';
import { describe as sentenceOf, SENTENCE_TERMS } from '../../experiment/describe.ts';
import { PRESETS } from '../../experiment/presets/presets.ts';
import { GLOSSARY, type WordId } from './glossary.ts';
import { SOUNDS } from './phonemes.ts';

/** Sentences: ends followed by a capital or the end of the text. */
const sentences = (text: string): number => text.split(/[.!?](?=\s+[A-Z“λ]|$)/).filter((part) => part.trim() !== '').length;

describe('the glossary (10.11)', () => {
  it('explains every word in two or three plain sentences and says where it comes from', () => {
    for (const [id, { title, explains, source }] of Object.entries(GLOSSARY)) {
      expect(title, id).not.toBe('');
      expect(sentences(explains), `${id}: ${explains}`).toBeGreaterThanOrEqual(2);
      expect(sentences(explains), `${id}: ${explains}`).toBeLessThanOrEqual(4);
      expect(explains, id).toMatch(/\.$/);
      expect(source.words, id).not.toBe('');
    }
  });

  it('has every word of the sentence and of the chart', () => {
    const asked: readonly WordId[] = [
      'T5',
      'loss',
      'nat',
      'probe, trained on',
      'sharpness',
      'full batch',
      'gradient flow',
      'modified flow',
      'phonemes',
    ];
    for (const id of [...asked, ...SENTENCE_TERMS]) expect(GLOSSARY, id).toHaveProperty([id]);
    for (const { experiment } of PRESETS.values()) {
      const terms = sentenceOf(experiment).flatMap(({ term }) => (term === undefined ? [] : [term]));
      expect(terms).toContain('T5');
      expect(terms).toContain('step size');
    }
  });

  it('has a key to all 39 sounds, each with a word that has it', () => {
    expect(SOUNDS).toHaveLength(39);
    for (const { symbol, sounds } of SOUNDS) expect(sounds.split(' '), symbol).toContain(symbol);
  });
});
