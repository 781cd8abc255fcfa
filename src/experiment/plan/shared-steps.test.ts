import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../presets/presets.ts';
import { parseLink } from '../link/link.ts';
import { sharedStepSizes } from './shared-steps.ts';

const of = (link: string) => sharedStepSizes(parseLink(link).experiment);

describe('step sizes held to the sharpness (10.1)', () => {
  it('are shared by networks that train side by side, and by nobody else', () => {
    expect(sharedStepSizes(presetExperiment('first-fusion'))).toEqual({ before: [['A', 'B']], after: [] });
    expect(of('#v=2&preset=first-fusion&k=3&baseline=scratch,alone').before).toEqual([['A', 'B', 'C']]);
    expect(of('#v=2&preset=first-fusion&op=self')).toEqual({ before: [], after: [] });
    expect(of('#v=2&preset=first-fusion&h=0.05')).toEqual({ before: [], after: [] });
  });

  it('are shared after a growth, too, where two networks grow at one step', () => {
    const plan = 'A:20,B:20,C:20,D:20,A%2BB>M:20,C%2BD>N:20,M%2BN>L:20';
    expect(of(`#v=2&preset=first-fusion&plan=${plan}`)).toEqual({ before: [['A', 'B', 'C', 'D']], after: [['M', 'N']] });
    expect(of(`#v=2&preset=first-fusion&h2=0.05&plan=${plan}`).after).toEqual([]);
  });
});
