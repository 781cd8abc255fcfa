/** The page in a language that is made of English: whatever it shows without brackets was left in the code. */
import { MantineProvider } from '@mantine/core';
import type * as React from 'react';
import type { ComponentType } from 'react';
import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { chooseLanguage } from '../experiment/messages/language.ts';
import { PSEUDO } from './text/pseudo.ts';

// A server has no state of its own here: what is drawn is what is there.
vi.mock('react', async (original) => {
  const react = await original<typeof React>();
  const useSyncExternalStore: typeof react.useSyncExternalStore = (subscribe, value) => react.useSyncExternalStore(subscribe, value, value);
  return { ...react, useSyncExternalStore };
});

/** A run of a few steps through a fusion, with nothing to fetch. */
const LINK =
  '#v=2&task=reverse&examples=16&probe=16&d=8&ff=8&heads=1&dkv=8&layers=1&h=0.1&grow=6&steps=14&pace=max&adapter=wasm&baseline=alone';

/** Attributes that are read or heard. */
const SPOKEN = /\b(?:aria-label|aria-description|aria-valuetext|title|placeholder|alt)="([^"]*)"/g;
/** Names of adapters and units, commands, keys and words of links, names of tensors, years of papers, and what the networks write. */
const AS_IT_STANDS =
  /WebGPU|WebAssembly|FLOPs|^(max|full|auto|off|Space|task|examples|heads|baseline|pronounce|reverse|alone|[a-j]+)$|(encoder|decoder)( \d|$)|^npm run| \d{4}\b/;

/** What stands outside brackets. */
function bare(text: string): string {
  const less = text.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  return less === text ? text.trim() : bare(less);
}

function untranslated(html: string): readonly string[] {
  const shown = html.replace(/<(style|script|code|svg)\b[\s\S]*?<\/\1>/g, ' ');
  const texts = [...shown.matchAll(/>([^<]+)</g), ...shown.matchAll(SPOKEN)].map(([, text = '']) => bare(text));
  return [...new Set(texts)].filter((text) => /\p{Letter}{3}/u.test(text) && !AS_IT_STANDS.test(text));
}

const htmlOf = async (Shown: ComponentType): Promise<string> => {
  const { prelude } = await prerender(
    <MantineProvider>
      <Shown />
    </MantineProvider>,
  );
  return new Response(prelude).text();
};

it('no panel shows a word that stands in the code', async () => {
  await chooseLanguage(PSEUDO);
  // Of a browser this much.
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame));
  vi.stubGlobal('SOURCE_REPOSITORY', '');
  vi.stubGlobal('navigator', { language: 'en', languages: ['en'], onLine: true });
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
  vi.stubGlobal('location', new URL(`http://localhost/${LINK}`));
  const { runToEnd } = await import('../session/testing/bench.ts');
  const { parseLink } = await import('../experiment/link/link.ts');
  const { store, receive, forget } = await import('./state/store.ts');
  const bench = await runToEnd(parseLink(LINK).experiment, true);
  forget(parseLink(LINK).experiment);
  for (const event of bench.events) receive(event);
  await bench.close();
  await expect.poll(() => store.getState().phase).toBe('finished');
  // What is drawn on a server is the state as it is, here.
  store.getInitialState = store.getState;
  const panels: Readonly<Record<string, () => Promise<ComponentType>>> = {
    setup: async () => (await import('./features/setup/Setup.tsx')).Setup,
    growth: async () => (await import('./features/growth/Growth.tsx')).Growth,
    theory: async () => (await import('./features/theory/Theory.tsx')).Theory,
    samples: async () => (await import('./features/dock/Samples.tsx')).Samples,
    cost: async () => (await import('./features/cost/Cost.tsx')).Cost,
    map: async () => (await import('./features/map/Map.tsx')).GrowthMap,
    runs: async () => (await import('./features/runs/Runs.tsx')).Runs,
    log: async () => (await import('./features/dock/Log.tsx')).Log,
    status: async () => (await import('./features/status/StatusBar.tsx')).StatusBar,
    sentence: async () => (await import('./features/setup/Sentence.tsx')).Sentence,
    'first visit': async () => (await import('./features/first-visit/FirstVisit.tsx')).FirstVisit,
    banners: async () => (await import('./features/status/Banners.tsx')).Banners,
  };
  const left: string[] = [];
  for (const [name, load] of Object.entries(panels))
    for (const text of untranslated(await htmlOf(await load()))) left.push(`${name}: ${text}`);
  expect(left).toEqual([]);
});
