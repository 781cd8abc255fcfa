import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../experiment/link/languages.ts';
import { say as bar } from './en/screen/bar.ts';
import { say as visit } from './en/screen/first-visit.ts';

it('index.html says what the page is before any script has come, in the words of the first visit (10.39)', () => {
  const html = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');
  const root = html.slice(html.indexOf('<div id="root">'), html.indexOf('<noscript>'));
  expect(root).toContain(`>${visit.trainTwoSmallLanguage}</p>`);
  expect(root).toContain(`<h1>${bar.deepFusionPlayground}</h1>`);
});

it('index.html has the line of a page that could not be loaded in every language', () => {
  const html = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');
  const lines = [...html.matchAll(/<p class="opening-failed" role="alert" lang="([^"]+)" hidden>/g)].map(([, lang]) => lang);
  expect(lines).toEqual(LANGUAGE_TAGS.filter((tag) => tag !== 'en-XA'));
});
