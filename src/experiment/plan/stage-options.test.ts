import { describe, expect, it } from 'vitest';
import { sentence } from '../describe.ts';
import { fingerprint } from '../fingerprint.ts';
import { readExperimentJson } from '../link/json.ts';
import { formatLink, parseLink } from '../link/link.ts';
import { presetExperiment } from '../presets/presets.ts';
import { whyNot } from '../schema.ts';
import { formatPlan, fuseNow, parsePlan } from './plan.ts';
import { tryPlan, withGrowthAt, withSteps } from './plan-edit.ts';
import { hasOwnData, stageExperiment } from './stage-options.ts';

const PLAN = 'A:200,B:200,A+B>M:400,M:300(task=who,examples=200,h=0.001)';
const link = (plan: string): ReturnType<typeof parseLink> => parseLink(`#preset=fusing-fast&task=spans&plan=${plan}`);
const messages = (plan: string): readonly string[] => link(plan).problems.map(({ message }) => message);

describe('a stage with a task of its own', () => {
  it('is read and written by links, files and the schema alike', () => {
    const { experiment, problems } = link(PLAN);
    expect(problems).toEqual([]);
    expect(experiment.plan?.[3]).toEqual({ model: 'M', steps: 300, sources: [], task: 'who', examples: 200, h: 0.001 });
    expect(experiment.steps).toBe(900);
    expect(formatPlan(experiment.plan ?? [])).toBe(PLAN);
    expect(formatLink(experiment)).toBe(`#v=2&preset=fusing-fast&task=spans&plan=${PLAN}`);
    expect(parseLink(formatLink(experiment)).experiment).toEqual(experiment);
    expect(readExperimentJson(JSON.stringify(experiment))).toEqual({ experiment, problems: [] });
    expect(whyNot(experiment)).toBe(null);
  });

  it('makes another run of the plan', () => {
    const other = link(PLAN.replace('200,h', '100,h')).experiment;
    expect(fingerprint(other)).not.toBe(fingerprint(link(PLAN).experiment));
  });

  it.each([
    ['A:10(task=banana)', 'task=banana is not right for a stage (reverse, sort'],
    ['A:10(examples=0)', 'examples=0 is not right for a stage (a whole number, 1 to 30000)'],
    ['A:10(examples=1.5)', 'examples=1.5 is not right'],
    ['A:10(h=20)', 'h=20 is not right for a stage (a step size, 0.0001 to 10)'],
    ['A:10(h=0:0.1)', 'h=0:0.1 is not right'],
    ['A:10(colour=red)', 'colour=red is no option of a stage; right would be task=…, corpus=…, examples=…, h=…'],
    ['A:10(task=who,task=ok)', 'task is given twice for one stage'],
    ['A:10(batch=8)', 'batch of a single stage is not built yet'],
    ['A:10()', ' is no option of a stage'],
    ['A:10(task=who', 'A:10(task=who is not a stage'],
  ])('%s is told', (plan, message) => {
    expect(messages(plan).join()).toContain(message);
  });

  it('shares a vocabulary with every other one of its plan, or has none', () => {
    const { experiment, problems } = link('A:10,A:10(task=sort,h=0.5)');
    expect(problems.map(({ message }) => message)).toEqual([
      'plan=A:10,A:10(task=sort,h=0.5) gives spans and sort to one plan, and sort shares its vocabulary with no other task, so the plan without tasks of its own is used',
    ]);
    expect(formatPlan(experiment.plan ?? [])).toBe('A:10,A:10(h=0.5)');
    expect(messages('A:10,A:10(task=tell)')).toEqual([]);
  });

  it('keeps it where the plan is edited, or its growth moved', () => {
    const { experiment } = link(PLAN);
    expect(tryPlan(experiment, withSteps(parsePlan(PLAN), [3], 50))).toMatchObject({
      patch: { plan: [{}, {}, {}, { task: 'who', steps: 50 }] },
    });
    expect(formatPlan(withGrowthAt(experiment, 100).plan ?? [])).toBe('A:100,B:100,A+B>M:400,M:300(task=who,examples=200,h=0.001)');
    expect(formatPlan(fuseNow(parsePlan(PLAN), 150, 2) ?? [])).toBe('A:150,B:150,A+B>M:400,M:350(task=who,examples=200,h=0.001)');
  });

  it('takes a batch of all its examples where it has fewer than a batch', () => {
    const experiment = { ...presetExperiment('fusing-fast'), task: 'spans' as const };
    expect(stageExperiment(experiment, { task: 'who', examples: 8 })).toMatchObject({ task: 'who', examples: 8, batch: 8, probe: 256 });
    expect(stageExperiment(experiment, {})).toEqual(experiment);
    expect([hasOwnData({}), hasOwnData({ h: 1 }), hasOwnData({ examples: 3 })]).toEqual([false, false, true]);
  });

  it('may read a text of its own, which is spelled letter by letter where nothing else is said', () => {
    const plan = 'A:10(corpus=moby),B:10(corpus=addresses),A+B>M:10,M:5(task=who,examples=20)';
    const { experiment, problems } = link(plan);
    expect(problems).toEqual([]);
    expect([experiment.vocab, experiment.corpus]).toEqual(['characters', undefined]);
    expect(experiment.plan?.[1]).toMatchObject({ model: 'B', corpus: 'addresses' });
    expect(formatLink(experiment)).toBe(`#v=2&preset=fusing-fast&task=spans&vocab=characters&plan=${plan}`);
    expect(readExperimentJson(JSON.stringify(experiment))).toEqual({ experiment, problems: [] });
    expect(stageExperiment(experiment, experiment.plan?.[0] ?? {})).toMatchObject({ corpus: 'moby', vocab: 'characters' });
    expect(sentence(experiment)).toContain(
      'fill the gaps of Moby Dick, then to fill the gaps of the addresses, then to fill the gaps of a story',
    );
    expect(messages('A:10(task=who,corpus=moby)').join()).toContain(
      'names a text (corpus=moby) for task=who, which reads none, so the plan without it is used',
    );
  });

  it('a text and its vocabulary are settings that mean nothing elsewhere, and say nothing where they are the little world’s', () => {
    const read = (text: string) => parseLink(`#preset=fusing-fast&${text}`);
    const { experiment } = read('task=spans&corpus=moby&vocab=512');
    expect([experiment.corpus, experiment.vocab]).toEqual(['moby', '512']);
    expect(formatLink(experiment)).toBe('#v=2&preset=fusing-fast&task=spans&corpus=moby&vocab=512');
    expect(fingerprint(experiment)).not.toBe(fingerprint(read('task=spans&corpus=moby').experiment));
    expect(read('task=spans&corpus=moby&vocab=words').problems[0]?.message).toBe(
      'vocab=words knows the words of the little world and no others, so vocab=characters is used',
    );
    const plain = read('task=spans').experiment;
    expect(read('task=spans&corpus=world&vocab=words').experiment).toEqual(plain);
    expect([plain.corpus, plain.vocab]).toEqual([undefined, undefined]);
    const sorting = read('task=sort&examples=500&corpus=moby&vocab=512');
    expect(sorting.problems.map(({ message }) => message)).toEqual([
      'corpus=moby has no effect on task=sort, which reads no text, so it is left out',
      'vocab=512 has no effect on task=sort, which has symbols of its own, so it is left out',
    ]);
    expect(sorting.experiment).toEqual(read('task=sort&examples=500').experiment);
  });

  it('is in the sentence', () => {
    expect(sentence(link(PLAN).experiment)).toContain('Learn to fill the gaps of a story, then to tell who has a thing with 2 small T5s');
  });
});
