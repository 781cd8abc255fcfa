import { describe, expect, it } from 'vitest';
import { parseLink } from '../link/link.ts';
import { fusionNow } from './grow-now.ts';

const experimentOf = (link: string) => parseLink(link).experiment;
const changedBy = (link: string, step: number) => {
  const fusion = fusionNow(experimentOf(link), step, []);
  return fusion && 'experiment' in fusion ? fusion.experiment : null;
};

describe('a fusion by hand of a run that plans none', () => {
  it('is a self-fusion with noise: copies beside zeros would stay copies (10.1)', () => {
    for (const step of [40, 100]) {
      const changed = changedBy('#preset=first-fusion&grow=off&op=fuse&k=2&steps=100', step);
      expect(changed).toMatchObject({ operator: 'self', k: 2, grow: step, offDiagonal: 'noise', sigma: 0.3 });
    }
  });

  it('keeps the new weights that were asked for', () => {
    expect(changedBy('#preset=first-fusion&grow=off&op=fuse&off=random&sigma=0.1&steps=100', 40)).toMatchObject({
      operator: 'self',
      offDiagonal: 'random',
      sigma: 0.1,
    });
    // Who asks for the trap gets it.
    expect(changedBy('#preset=self-fusion&grow=off&off=zero&steps=100', 40)).toMatchObject({ operator: 'self', offDiagonal: 'zero' });
  });
});
