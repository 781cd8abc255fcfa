import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGLISH } from '../../experiment/messages/english.ts';
import { ENGLISH_FILES } from '../../experiment/messages/english-files.ts';
import { en } from './en.ts';
import { languageOf } from './languages/language-of.ts';
import { languageFor } from './languages/languages.ts';
import { bracketed, PSEUDO } from './languages/pseudo.ts';

const SOURCES = new URL('../..', import.meta.url);

describe('another language', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.resetModules());

  it('has a place for everything that speaks', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.tsx?$/.test(file));
    const said = files.flatMap((file) => [...readFileSync(new URL(file, SOURCES), 'utf8').matchAll(/\bspoken(?:Rows)?\(\s*'([^']+)'/g)]);
    const features = said.map(([, feature = '']) => feature);
    expect(features.length).toBeGreaterThan(40);
    for (const feature of features) expect(en, feature).toHaveProperty([feature]);
  });

  it('says the words of a table, and its numbers with its own signs', async () => {
    const { chooseLanguage } = await import('../../experiment/messages/language.ts');
    const { flows } = en;
    const words = {
      ...en,
      flows: { ...flows, 'gradient-flow': { title: 'Gradientenfluss', words: 'Gradientenfluss', explains: 'Die Kontrolle.' } },
    };
    await chooseLanguage(languageOf('de', words, () => Promise.resolve({ ...ENGLISH, ...ENGLISH_FILES })));
    const { FLOW_ROWS } = await import('../../experiment/declared/flows.ts');
    expect(FLOW_ROWS['gradient-flow']).toMatchObject({ title: 'Gradientenfluss', order: 2, role: 'control' });
    const { count, formatLoss, size } = await import('./numbers.ts');
    expect([count(104_960), size(0.1), formatLoss(-1.25)]).toEqual(['104.960', '0,10', '−1,25']);
  });

  it('says what is wrong with a plan', async () => {
    const { chooseLanguage } = await import('../../experiment/messages/language.ts');
    const words = { ...en, planComplaints: { ...en.planComplaints, notTrained: (growth: string, id: string) => `${growth}: ${id} fehlt` } };
    await chooseLanguage(languageOf('de', words, () => Promise.resolve({ ...ENGLISH, ...ENGLISH_FILES })));
    const { parsePlan } = await import('../../experiment/plan/plan.ts');
    expect(() => parsePlan('A:20,A+B>M:40')).toThrow(/^A\+B>M: B fehlt$/);
  });

  it('says what is wrong with a link, a file and a sweep', async () => {
    const { chooseLanguage } = await import('../../experiment/messages/language.ts');
    await chooseLanguage(PSEUDO);
    const { parseLink } = await import('../../experiment/link/link.ts');
    const { readExperimentJson } = await import('../../experiment/link/json.ts');
    const { readSweep } = await import('../../experiment/map/sweep-table.ts');
    const links = [
      ...['v=9', 'preset=banana', 'h=0.1&edge=1', 'h=99', 'h=x', 'h=0:1,0:1', 'h=0:999', 'h=0', 'edge=z', 'run=2', 'guess=1', 'banana=1'],
      ...['seed', 'seed=1&seed=2', '=3', '%zz=1', 'h=%zz', 'grow=never', 'task=owl', 'op=glue', 'predict=none,some', 'size=huge', 'd=1'],
      ...['plan=A:0', 'plan=A:100001', 'plan=A', 'plan=A:9&grow=3', 'plan=A:9(task=who),A:9(task=reverse)', 'plan=A:9(corpus=world)'],
      ...['lang=xx', 'view=x', 'hide=x', 'hide=run,x', 'lock=x', 'lock=', 'lesson=x', 'lesson=two-become-one:99', 'ghost=%20'],
      ...['grow=90&steps=9', 'batch=64&examples=9', 'release=9', 'beta1=0.5', 'corpus=world&task=sort', 'opt=adam&edge=1', 'left-out=h'],
      ...['op=net2net&off=random', 'op=stack&norm=grouped', 'd=1024&ff=4096&layers=12', 'probe=9999&batch=8', 'probe=5', 'x'.repeat(9999)],
    ].map((settings) => `#v=2&${settings}`);
    const files = [
      'nonsense',
      '[1]',
      '{"seed":-1}',
      '{"colour":1}',
      '{"preset":1}',
      '{"batch":"x"}',
      '{"model":{"d":"x"}}',
      '{"grow":900}',
    ];
    const sweeps = ['', 'link', 'link\nh=0.1,2', 'link\nh=x', 'link\nh=0.1', 'link,final_M\nh=0.1,x', '"'];
    const why = (sweep: string): string => {
      try {
        return readSweep(sweep) && 'was read';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const told = [...links.map(parseLink), ...files.map(readExperimentJson)].map(({ problems }) => problems.map(({ message }) => message));
    for (const [i, messages] of told.entries()) expect(messages, [...links, ...files][i]).not.toEqual([]);
    expect([...told.flat(), ...sweeps.map(why)].filter((message) => !/^(\S+ )?⟦.*⟧$/s.test(message))).toEqual([]);
  });

  it('is the one of the link, else of the browser, else English', () => {
    expect(languageFor('#v=2&lang=en-XA', ['en-GB'])).toBe('en-XA');
    expect(languageFor('#v=2', ['en-GB', 'de'])).toBe('en');
    expect(languageFor('#v=2', ['en-XA'])).toBe('en');
    expect(languageFor('#v=2&lang=xx', ['fr'])).toBe('en');
  });
});

describe('the language made of English', () => {
  it('brackets a sentence and keeps what it is given, and what it has made before', async () => {
    expect(bracketed(' Run ')).toBe(' ⟦Rûñ~⟧ ');
    expect(bracketed('A became All', ['A'])).toMatch(/^⟦A ƀéçáɱé Åļļ~+⟧$/);
    expect(bracketed('0.5 · 1.2 %')).toBe('0.5 · 1.2 %');
    const grown = ((await PSEUDO.loadMessages()) as typeof ENGLISH).grew({ sources: ['A', 'B'], target: 'M', fused: 1.2, average: 1.3 });
    expect(grown).toMatch(/^⟦A áñð B ƀéçáɱé M: ļóšš 1٫200, 1٫300 /);
  });
});
