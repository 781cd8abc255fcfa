import { expect, it, vi } from 'vitest';

it('says a number that was answered with the signs of the language', async () => {
  vi.resetModules();
  const { chooseLanguage } = await import('../../../experiment/messages/language.ts');
  const { languageOf } = await import('../../text/languages/language-of.ts');
  const { GERMAN } = await import('../../text/de/index.ts');
  await chooseLanguage(languageOf('de', GERMAN, async () => (await import('../../text/de/messages.ts')).MESSAGES));
  const { verdictOf } = await import('./verdict.ts');
  const ask = { kind: 'number', question: () => '', label: '', least: 0, most: 100, within: 1, truth: () => 47.25 } as const;
  expect(verdictOf({ ask }, { answer: 40.5 }, {}, {})?.words).toBe('Ihre Antwort war 40,5: um 6,75 daneben.');
});
