import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TRUST } from '../../curves/trust.ts';
import { ENGLISH } from '../../experiment/messages/english.ts';
import { ENGLISH_FILES } from '../../experiment/messages/english-files.ts';
import { GERMAN } from './de/index.ts';
import { en } from './en.ts';
import { languageFor } from './languages/languages.ts';

type Sentence = (...given: readonly unknown[]) => unknown;

/** What a sentence is asked with: a word that is in no dictionary, numbers, yes and no. */
const GIVEN = [(i: number) => `W${i}`, (i: number) => i + 2, () => true, () => null, () => 1, (i: number) => [`W${i}`, `V${i}`]] as const;

type Given = (i: number) => unknown;
type Placed = readonly (readonly [place: string, text: string])[];

/** Every text of a dictionary by its place; a sentence is said with each kind of parameters that it takes. */
const texts = (value: unknown, place: string): Placed => textsWith(value, place, ...GIVEN);

function textsWith(value: unknown, place: string, ...kinds: readonly Given[]): Placed {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function')
    return kinds.flatMap((given, i) => textsWith(said(value as Sentence, given), `${place}(${i})`, ...kinds));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsWith(each, `${place}.${key}`, ...kinds));
}

/** Where one is counted, too: a run of one step, a table of one value. */
const COUNTED =
  /^\.(?:chart\.steps|plot\.(?:steps|examplesOfItsOwn)|setup\.steps|growth\.aStandardT5AgainStepsAfter|oneFlow\.(?:afterSteps|onEitherSide)|state\.(?:onset.*|seconds|minutes|hours)|editors\.aTableOf|theory\.aTableOfMovingTheSlider)\(/;
/** Several of a thing where there is one. */
const SEVERAL =
  /(?<![\d.,])1 (?:steps|examples|values|seconds|minutes|hours|Schritten?(?<=e|n)|Beispiele|Werten|Sekunden|Minuten|Stunden)\b/;

/** Null where a sentence does not take such parameters. */
function said(sentence: Sentence, given: (i: number) => unknown): unknown {
  const named = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? given(name.length) : undefined) });
  try {
    return sentence.length === 1 && /^\(?\s*\{/.test(String(sentence)) ? sentence(named) : sentence(...[0, 1, 2, 3, 4, 5, 6].map(given));
  } catch {
    return null;
  }
}

/** Places of a dictionary, whether they hold texts or sentences. */
function places(value: unknown, place = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [place];
  return Object.entries(value).flatMap(([key, each]) => places(each, `${place}.${key}`));
}

/**
 * What stands in English as it does in German: names of files, tasks' papers, formulas, units, and words of both
 * languages.
 */
const ALIKE =
  /^(Deep Fusion Playground|Deep Fusion|T5|Nat|Adam|AdamW|Adafactor|RMSProp|Net2Net|Moby Dick|Text|Norm|Operator|Optimizer|Pause|Link|Code|Name|Batch|Start|Training|Adapter|Report|Experiment|Parameter|Log|Linear|Source|cross |bert2BERT.*|Feed-forward d_ff|in |In:\n.*|(Browser|Experiment|Deep Fusion Playground|WebAssembly): .*|WebGPU · .*|‖θ_(run|step) − θ_flow‖.*)$/s;
const hasWords = (text: string): boolean => /\p{Letter}{3}/u.test(text.replaceAll(/[WV]\d|\b(?:true|null)\b/g, ''));
/** Sources are papers and books, which have their names. */
const isSource = (place: string): boolean => /\.source(\.|$)|\.url$/.test(place);

describe('German', () => {
  afterEach(() => vi.resetModules());

  it('has all that English has, and nothing else', () => {
    // Settings and their fields may say in German what English leaves to the key.
    const own = (all: readonly string[]): readonly string[] => all.filter((place) => !/^\.(settings|sizes)\.\w+\.words$/.test(place));
    expect(own(places(GERMAN)).toSorted()).toEqual(own(places(en)).toSorted());
  });

  it('says nothing in English', async () => {
    const { MESSAGES } = await import('./de/messages.ts');
    const english = new Map([...texts(en, ''), ...texts({ ...ENGLISH, ...ENGLISH_FILES }, 'messages')]);
    const german = [...texts(GERMAN, ''), ...texts(MESSAGES, 'messages')];
    expect(german.length).toBeGreaterThan(1500);
    const alike = german.filter(([place, text]) => english.get(place) === text && hasWords(text) && !isSource(place) && !ALIKE.test(text));
    expect(alike.map(([place, text]) => `${place}: ${text}`)).toEqual([]);
    const strange = german.filter(([, text]) => /\b(the|and|is|are|with|of|undefined)\b/.test(text.replaceAll(/„[^“]*“|\([^)]*\)/g, '')));
    expect(strange.map(([place, text]) => `${place}: ${text}`).filter((line) => !/\.source:|\.source\.words/.test(line))).toEqual([]);
  });

  it('says one of a thing where there may be one, as English does', () => {
    for (const [tag, words] of [
      ['en', en],
      ['de', GERMAN],
    ] as const) {
      const ofOne = [1, '1'].flatMap((one) => textsWith(words, '', () => one));
      const counted = ofOne.filter(([place]) => COUNTED.test(place));
      expect(counted.length, tag).toBeGreaterThan(15);
      expect([...new Set(counted.filter(([, text]) => SEVERAL.test(text)).map(([place, text]) => `${tag}${place}: ${text}`))]).toEqual([]);
    }
  });

  it('names everything that a sentence is given', async () => {
    const { MESSAGES } = await import('./de/messages.ts');
    const english = new Map([...texts(en, ''), ...texts({ ...ENGLISH, ...ENGLISH_FILES }, 'messages')]);
    const given = (text: string): readonly string[] => [...new Set(text.match(/[WV]\d/g))].toSorted();
    // A kind of growth, which German has words of its own for.
    const noun = /^\.(chart\.theAtStep|growth\.whatTheWillDo|samples\.afterThe)\b/;
    const lost = [...texts(GERMAN, ''), ...texts(MESSAGES, 'messages')].filter(([place, text]) => {
      const source = english.get(place);
      return source !== undefined && place.endsWith('(0)') && !noun.test(place) && given(source).some((word) => !text.includes(word));
    });
    expect(lost.map(([place, text]) => `${place}: ${english.get(place)} | ${text}`)).toEqual([]);
  });

  it('writes numbers with its own signs, in tables and complaints, too', async () => {
    vi.resetModules();
    const { chooseLanguage } = await import('../../experiment/messages/language.ts');
    const { languageOf } = await import('./languages/language-of.ts');
    const { GERMAN: words } = await import('./de/index.ts');
    await chooseLanguage(languageOf('de', words, async () => (await import('./de/messages.ts')).MESSAGES));
    const { sentence } = await import('../../experiment/describe.ts');
    const { PRESETS } = await import('../../experiment/presets/presets.ts');
    const { parseLink } = await import('../../experiment/link/link.ts');
    const { wordsOf } = await import('./messages.ts');
    const { tell } = await import('../../experiment/messages/tell.ts');
    expect(sentence(PRESETS.get('edge')!.experiment)).toBe(
      'Aufgabe: Buchstaben sortieren; mit 2 kleinen T5, verschmolzen nach 100 Schritten. Gradientenabstieg, Schrittweite 0,03, Batch 64, Startwert 3.',
    );
    expect(parseLink('#v=2&h=99').problems[0]?.message).toBe('h=99 ist als Schrittweite zu groß (0.0001 bis 10); verwendet wird 10');
    // A field shows a number as it may be typed.
    const { asTyped } = await import('./numbers.ts');
    const { typedNumber } = await import('../ui/fields/typed-number.ts');
    expect([0.05, 1.5, -0.25, 20, 1e-8].map(asTyped)).toEqual(['0,05', '1,5', '-0,25', '20', '1e-8']);
    expect([0.05, 1.5, -0.25, 20, 1e-8].map((value) => typedNumber(asTyped(value), false))).toEqual([0.05, 1.5, -0.25, 20, 1e-8]);
    const { quoted } = await import('./words.ts');
    expect(quoted('a')).toBe('„a“');
    expect(wordsOf(tell('grew', { sources: ['A', 'B'], target: 'M', fused: 1.5, average: 1.25 }))).toBe(
      'Aus A und B wurde M: Verlust 1,500, der ihrer gemittelten Ausgaben 1,250',
    );
  });

  it('has the numbers of the rule of trust', () => {
    expect(GERMAN.trust.rule.match(/\d+/g)).toEqual([TRUST.sustained, TRUST.share * 100, TRUST.floor * 100].map(String));
  });

  it('imports nothing that speaks: that would be English before the language is chosen', () => {
    const found = new Set([new URL('./de/index.ts', import.meta.url).href]);
    for (const file of found)
      for (const [, from = ''] of readFileSync(new URL(file), 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm))
        found.add(new URL(from, file).href);
    const outside = [...found].filter((file) => !file.includes('/text/de/')).map((file) => file.replace(/.*\/src\//, ''));
    // Each lies in the first script or on a chunk of its own (FIRST_SCRIPT in vite.config.ts), not in the page's.
    expect(outside.toSorted()).toEqual([
      'app/text/reading.ts',
      'experiment/declared/sources.ts',
      'experiment/messages/language.ts',
      'experiment/messages/numbers.ts',
    ]);
  });

  it('is chosen for a German browser, and by a link', () => {
    expect(languageFor('#v=2', ['de-AT', 'en'])).toBe('de');
    expect(languageFor('#v=2', ['fr', 'de'])).toBe('de');
    expect(languageFor('#v=2', ['en-US', 'de'])).toBe('en');
    expect(languageFor('#v=2&lang=de', ['en'])).toBe('de');
    expect(languageFor('#v=2&lang=en', ['de'])).toBe('en');
  });
});
