import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { SETTING_LIST, SETTINGS } from '../../../experiment/settings/registry.ts';
import { fieldWords, settingsIn } from './field-words.ts';
import { offeredBaselines } from './offered-baselines.ts';

const experiment = presetExperiment('first-fusion');

describe('the fields of Setup', () => {
  it('a setting that declares a field stands in its row, without a word about it here (11.3)', () => {
    for (const [name, { field }] of SETTING_LIST) if (field) expect(settingsIn(field.row, experiment).declared, name).toContain(name);
    expect(fieldWords('clip', experiment)).toMatchObject({ label: SETTINGS.clip.field?.label, box: { means: 'number' } });
  });

  it('every choice that is offered is one of the declaration’s (11.3)', () => {
    for (const [name, { type }] of SETTING_LIST) {
      if (type.is !== 'choice' && type.is !== 'list') continue;
      const options = fieldWords(name, experiment)?.options?.(experiment) ?? [];
      for (const { value } of options) expect(type.words, name).toContain(value);
    }
  });

  it('offers what makes sense: no held-out examples of a full batch, no average of one network, a plan in the place of its growth (11.3)', () => {
    expect(fieldWords('probe', { ...experiment, batch: 'full' })).toBeNull();
    expect(fieldWords('probe', { ...experiment, batch: 8 })).not.toBeNull();
    const baselines = (operator: typeof experiment.operator): readonly string[] =>
      (fieldWords('baseline', experiment)?.options?.({ ...experiment, operator }) ?? []).map(({ value }) => value);
    expect(baselines('fuse')).toEqual(['scratch', 'alone', 'ensemble']);
    expect(baselines('self')).toEqual(['scratch', 'alone']);
    expect(offeredBaselines({ ...experiment, operator: 'self', plan: parsePlan('A:20,B:20,A+B>M:40') })).toContain('ensemble');
    expect(settingsIn('grow', experiment).own).toEqual(['grow', 'steps']);
    expect(settingsIn('grow', { ...experiment, plan: parsePlan('A:20,B:20,A+B>M:40') }).own).toEqual(['plan']);
  });

  it('what trains beside a run at one press is what Setup offers: no second network from scratch', () => {
    for (const operator of ['fuse', 'self'] as const) {
      const values = fieldWords('baseline', experiment)
        ?.options?.({ ...experiment, operator })
        .map(({ value }) => value);
      expect(offeredBaselines({ ...experiment, operator })).toEqual(values);
    }
    expect(offeredBaselines(experiment)).not.toContain('unread');
    expect(offeredBaselines({ ...experiment, plan: parsePlan('A:20,B:20,A+B>M:40,M:20(task=who)') })).toContain('unread');
  });

  it('a growth is at the latest at the end, a batch at most all examples (11.3)', () => {
    expect(fieldWords('grow', experiment)?.most?.(experiment)).toBe(experiment.steps);
    expect(fieldWords('batch', experiment)?.most?.(experiment)).toBe(experiment.examples);
    expect(fieldWords('batch', experiment)?.start?.(experiment)).toBe(32);
  });
});
