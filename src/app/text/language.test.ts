import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGLISH } from '../../experiment/messages/english.ts';
import { en } from './en.ts';
import { languageFor, languageOf } from './languages.ts';
import { bracketed, PSEUDO } from './pseudo.ts';

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
    await chooseLanguage(languageOf('de', words, () => Promise.resolve(ENGLISH)));
    const { FLOW_ROWS } = await import('../../experiment/declared/flows.ts');
    expect(FLOW_ROWS['gradient-flow']).toMatchObject({ title: 'Gradientenfluss', order: 2, role: 'control' });
    const { count, size } = await import('./words.ts');
    const { formatLoss } = await import('./format.ts');
    expect([count(104_960), size(0.1), formatLoss(-1.25)]).toEqual(['104.960', '0,10', '−1,25']);
  });

  it('says what is wrong with a plan', async () => {
    const { chooseLanguage } = await import('../../experiment/messages/language.ts');
    const words = { ...en, planComplaints: { ...en.planComplaints, notTrained: (growth: string, id: string) => `${growth}: ${id} fehlt` } };
    await chooseLanguage(languageOf('de', words, () => Promise.resolve(ENGLISH)));
    const { parsePlan } = await import('../../experiment/plan/plan.ts');
    expect(() => parsePlan('A:20,A+B>M:40')).toThrow(/^A\+B>M: B fehlt$/);
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
    const grown = ((await PSEUDO.loadMessages()) as typeof ENGLISH).grew({ sources: 'A and B', target: 'M', fused: '1.2', average: '1.3' });
    expect(grown).toMatch(/^⟦A and B ƀéçáɱé M: ļóšš 1\.2, 1\.3 /);
  });
});
