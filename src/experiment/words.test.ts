import { describe as suite, expect, it } from 'vitest';
import { describe, sentence } from './describe.ts';
import { differences } from './differences.ts';
import { fingerprint } from './fingerprint.ts';
import { readExperimentJson } from './link/json.ts';
import { parseLink } from './link/link.ts';
import { presetExperiment } from './presets/presets.ts';
import { recordedTables } from './presets/recordedTables.ts';
import { jsonSchema } from './schema.ts';

const first = presetExperiment('first-fusion');
const from = (link: string): typeof first => parseLink(link).experiment;

suite('the experiment as a sentence', () => {
  it.each([
    [
      '#task=reverse&h=0.1&grow=300&steps=700&seed=7',
      'Learn to reverse a word with 2 small T5s, fused after 300 steps. Gradient descent, step size 0.10, batch 64, seed 7.',
    ],
    [
      '#seed=3',
      'Learn to pronounce a word with 2 small T5s, fused after 100 steps. Gradient descent, step size 1.2 / λ, batch 64, seed 3.',
    ],
    [
      '#preset=self-fusion&h2=0.05&seed=3',
      'Learn to pronounce a word with 1 small T5, fused with itself after 100 steps. Gradient descent, step size 1.2 / λ, then 0.05, batch 64, seed 3.',
    ],
    [
      '#preset=see-the-theory&seed=3',
      'Learn to sort letters with 1 small T5, fused when you say so. Gradient descent, step size 1 / λ, batch 64, seed 3.',
    ],
    [
      '#preset=fusing-wins&k=3&seed=0',
      'Learn to pronounce a word with 3 small T5s, fused after 1,500 steps. Adam, step size 0.003, 0.001 from step 1600, 0.0003 from step 1700, batch 32, seed 0.',
    ],
    [
      '#h=0:0.5,10:0.13&grow=1&seed=3',
      'Learn to pronounce a word with 2 small T5s, fused after 1 step. Gradient descent, step size 0.50, 0.13 from step 10, batch 64, seed 3.',
    ],
    [
      '#plan=A:20,B:20,C:20,D:20,A+B>M:20,C+D>N:20,M+N>L:40&seed=3',
      'Learn to pronounce a word with 4 small T5s, fused in 3 places within 80 steps. Gradient descent, step size 1.2 / λ, batch 64, seed 3.',
    ],
    [
      '#d=1024&heads=16&dkv=64&examples=8&k=2&seed=3',
      'Learn to pronounce a word with 2 T5s of width 1,024, fused after 100 steps. Gradient descent, step size 1.2 / λ, batch 8, seed 3.',
    ],
    [
      '#op=self&d=512&heads=8&dkv=64&examples=8&seed=3',
      'Learn to pronounce a word with 1 T5 of width 512, fused with itself after 100 steps. Gradient descent, step size 1.2 / λ, batch 8, seed 3.',
    ],
  ])('%s', (link, text) => {
    expect(parseLink(link).problems).toEqual([]);
    expect(sentence(from(link))).toBe(text);
  });

  it('marks what can be edited', () => {
    expect(describe(first).flatMap(({ edits }) => edits ?? [])).toEqual(['task', 'model', 'grow', 'optimizer', 'h', 'batch', 'seed']);
  });
});

suite('what differs', () => {
  it('names each setting once, with the words of the link', () => {
    expect(differences(first, first)).toEqual([]);
    expect(differences(from('#preset=edge&h=0.1&seed=3'), from('#preset=edge&h=0.2&seed=4')).map(({ label }) => label)).toEqual([
      'seed: 3 → 4',
      'h: 0.1 → 0.2',
    ]);
    expect(differences(first, from('#h=0.1&h2=0.05&grow=off')).map(({ label }) => label)).toEqual([
      'h: 1.2 / λ → 0.1',
      'h2: same → 0.05',
      'grow: 100 → off',
    ]);
  });
});

suite('fingerprint', () => {
  it('is the same for the same numbers, and only then', () => {
    for (const link of ['#pace=max', '#adapter=wasm', '#predict=off', '#from=growth', '#baseline=scratch', '#moments=reset', '#run=1'])
      expect([link, fingerprint(from(link))]).toEqual([link, fingerprint(first)]);
    const others = [
      '#seed=4',
      '#edge=1.3',
      '#h=0.1',
      '#h2=0.1',
      '#grow=99',
      '#steps=181',
      '#k=3',
      '#op=self',
      '#off=random',
      '#task=sort',
      '#examples=65',
      '#d=17',
      '#ff=33',
      '#opt=adam',
      '#opt=adam&moments=reset',
      '#opt=adam&beta1=0.8',
      '#opt=adam&beta2=0.95',
      '#opt=adam&eps=0.001',
      '#opt=momentum',
      '#opt=momentum&beta1=0.8',
      '#batch=32',
    ];
    expect(new Set([first, ...others.map(from)].map(fingerprint)).size).toBe(others.length + 1);
  });

  it('finds recorded tables only for exactly that run', () => {
    expect(recordedTables({ ...first, seed: 987_654 })).toBeUndefined();
  });
});

suite('the JSON file', () => {
  it('reads a whole experiment, a part of one, and a result', () => {
    expect(readExperimentJson(JSON.stringify(first))).toEqual({ experiment: first, problems: [] });
    const planned = from('#plan=A:5,B:5,A+B>M:5');
    expect(readExperimentJson(JSON.stringify(planned))).toEqual({ experiment: planned, problems: [] });
    expect(readExperimentJson('{"seed":8,"model":{"d":8}}')).toEqual({
      experiment: { ...first, seed: 8, model: { ...first.model, d: 8 } },
      problems: [],
    });
    expect(readExperimentJson(JSON.stringify({ schema: 'deep-fusion/result/1', experiment: planned }))).toEqual({
      experiment: planned,
      problems: [],
    });
  });

  it.each([
    ['nonsense', 'The file is not JSON'],
    ['[1]', 'The file holds [1]; it must hold an object'],
    ['{"colour":"red"}', 'colour is not a setting ('],
    ['{"seed":-1}', "seed: -1 can't be used (it must be at least 0), so 19 is used"],
    ['{"seed":0.5}', "seed: 0.5 can't be used (it must be a whole number)"],
    ['{"steps":1000000}', "steps: 1000000 can't be used (it must be at most 100000)"],
    ['{"batch":"half"}', 'batch: "half" can\'t be used (it must be full, or it must be a number)'],
    ['{"operator":"glue"}', 'operator: "glue" can\'t be used (it must be one of fuse, self'],
    ['{"predict":"all"}', 'predict: "all" can\'t be used (it must be a list)'],
    ['{"wait":1}', "wait: 1 can't be used (it must be true or false)"],
    ['{"h":{"kind":"table","table":[]}}', "can't be used (table: its length must be at least 1)"],
    ['{"model":{"depth":2}}', "can't be used (depth is not known there)"],
    ['{"model":{"depth":2,"height":3}}', "can't be used (depth, height are not known there)"],
    ['{"preset":"banana"}', 'preset: "banana" is not a preset (first-fusion'],
    ['{"model":{"d":"wide"}}', `model: {"d":"wide"} can't be used (d: it must be a number)`],
    ['{"grow":500}', 'grow puts the growth (step 500) after the last step (180), so grow=180 is used'],
    ['{"plan":[{"model":"A","steps":5,"sources":["B","C"]}]}', 'B+C>A uses B, which no earlier stage trains'],
    ['{"__proto__":{"seed":5},"constructor":1}', 'is not a setting'],
  ])('%s is told', (text, message) => {
    const { experiment, problems } = readExperimentJson(text);
    expect(problems[0]?.message).toContain(message);
    expect(experiment.seed).toBe(first.seed);
  });
});

suite('the JSON Schema', () => {
  it('describes every setting', () => {
    const schema = jsonSchema() as { readonly properties: Readonly<Record<string, unknown>>; readonly required: readonly string[] };
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(first)));
    // A plan and whether to wait may be left out: without them there is none, and the run does not wait.
    const optional = ['plan', 'wait'];
    expect(schema.required).toEqual(expect.arrayContaining(Object.keys(first).filter((key) => !optional.includes(key))));
    for (const key of optional) expect(schema.required).not.toContain(key);
  });
});
