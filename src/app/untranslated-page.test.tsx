/** The page in a language that is made of English: whatever it shows without brackets was left in the code. */
import { MantineProvider } from '@mantine/core';
import type * as React from 'react';
import type { ComponentProps, ComponentType, PropsWithChildren, ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { chooseLanguage } from '../experiment/messages/language.ts';
import type { Page } from './features/actions/actions.tsx';
import type { Axes } from './plot/frame/Axes.tsx';
import type * as Frame from './plot/frame/frame.ts';
import { PSEUDO } from './text/languages/pseudo.ts';

// A server has no state of its own here: what is drawn is what is there.
vi.mock('react', async (original) => {
  const react = await original<typeof React>();
  const useSyncExternalStore: typeof react.useSyncExternalStore = (subscribe, value) => react.useSyncExternalStore(subscribe, value, value);
  return { ...react, useSyncExternalStore };
});

// What would open over the page stands where it belongs, open.
vi.mock('@mantine/core', async (original) => {
  const mantine = await original<object>();
  const Inside = ({ children }: PropsWithChildren) => <div>{children}</div>;
  const Hint = ({ children, label }: PropsWithChildren<{ label: ReactNode }>) => [children, <i key="hint">{label}</i>];
  return {
    ...mantine,
    Tooltip: Hint,
    Popover: Object.assign(Inside, { Target: Inside, Dropdown: Inside }),
    Menu: Object.assign(Inside, { Target: Inside, Dropdown: Inside, Item: Inside, Label: Inside, Divider: Inside }),
    Modal: { Root: Inside, Overlay: Inside, Content: Inside, Body: Inside, Title: Inside },
  };
});

// A chart has a size, and the way to its pixels is known without Recharts.
vi.mock('./plot/frame/frame.ts', async (original) => {
  const frame = await original<typeof Frame>();
  return { ...frame, useSize: () => [{ current: null }, { width: WIDTH, height: HEIGHT }] as const };
});
vi.mock('./plot/frame/LaterAxes.tsx', async () => {
  const { FrameContext, ProjectionContext } = await import('./plot/frame/frame.ts');
  const { projectionOf } = await import('./plot/frame/projection.ts');
  const { stepTicks } = await import('./plot/frame/ticks.ts');
  const LaterAxes = ({ frame, yTicks, formatY, children }: ComponentProps<typeof Axes>) => {
    const plot = { x: 40, y: 80, width: WIDTH - 80, height: HEIGHT - 120 };
    const projection = { ...projectionOf(plot, frame.xDomain, frame.yDomain, frame.scale), plot };
    return (
      <FrameContext value={frame}>
        <b>{frame.axis.formatEnd(frame.xDomain[1])}</b>
        {stepTicks(frame.xDomain, plot.width, frame.metrics.xSpacing, 0).map((tick) => (
          <b key={tick}>{frame.axis.format(tick)}</b>
        ))}
        {yTicks.map((tick) => (
          <b key={tick}>{formatY(tick)}</b>
        ))}
        <ProjectionContext value={projection}>
          <svg>{children}</svg>
        </ProjectionContext>
      </FrameContext>
    );
  };
  return { LaterAxes };
});

const WIDTH = 1100;
const HEIGHT = 560;

/** A run of a few steps through a fusion, with nothing to fetch. */
const LINK =
  '#v=2&task=reverse&examples=16&probe=16&d=8&ff=8&heads=1&dkv=8&layers=1&h=0.1&grow=6&steps=14&pace=max&adapter=wasm&baseline=alone,scratch&predict=gradient-flow,modified-flow';

/** Attributes that are read or heard. */
const SPOKEN = /\b(?:aria-label|aria-description|aria-valuetext|title|placeholder|alt)="([^"]*)"/g;
/**
 * Names of adapters, languages and units, commands, keys and words of links, names of tensors, years of papers, and
 * what the networks write.
 */
const AS_IT_STANDS =
  /WebGPU|WebAssembly|FLOPs|^(Deutsch|English|max|full|auto|off|Space|PgDn|PgUp|Esc|nano|micro|mini|small|t5-small|task|examples|heads|baseline|pronounce|reverse|[a-j]+)$|→|^scratch,alone$|^(encoder|decoder)( \d)?|encoder \d|^npm run| \d{4}\b/;

/** What stands outside brackets. */
function bare(text: string): string {
  const less = text.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  return less === text ? text.trim() : bare(less);
}

/** What is read or heard. */
function textsOf(html: string): readonly string[] {
  const shown = html.replace(/<(style|script|code)\b[\s\S]*?<\/\1>/g, ' ');
  return [...new Set([...shown.matchAll(/>([^<]+)</g), ...shown.matchAll(SPOKEN)].map(([, text = '']) => text))];
}

const untranslated = (html: string): readonly string[] =>
  textsOf(html)
    .map(bare)
    .filter((text) => /\p{Letter}{3}/u.test(text) && !AS_IT_STANDS.test(text));

/** What a sentence was given in English. */
const given = (html: string): readonly string[] =>
  textsOf(html).filter((text) => text.includes('⟦') && /[a-z]{3}/.test(text.replace(/&\w+;|encoder|decoder/g, ' ')));

/** Values that are told as a link has them: `0.1`, and `h: 1.2 / λ → 0.1`. */
const OF_A_LINK = /^0\.1$|^1\.2 \/ λ$|^h: 1\.2 \/ λ → 0\.1$/;

/** Numbers with the decimal sign of English, where the language has another: but for those of a link. */
const withPoint = (html: string): readonly string[] => textsOf(html).filter((text) => /\d\.\d/.test(text) && !OF_A_LINK.test(text));

const dialog = (Shown: ComponentType<{ opened: boolean; onClose: () => void }>): ComponentType =>
  function Dialog() {
    return <Shown opened onClose={() => undefined} />;
  };

const bar = (Shown: ComponentType<{ page: Page; narrow: boolean }>): ComponentType =>
  function Bar() {
    return <Shown page={PAGE} narrow />;
  };

const nothing = (): undefined => undefined;
const PAGE: Page = { openTab: nothing, openShare: nothing, openKeys: nothing, openLessons: nothing };

const htmlOf = async (Shown: ComponentType): Promise<string> => {
  const thrown: unknown[] = [];
  const { prelude } = await prerender(
    <MantineProvider>
      <Shown />
    </MantineProvider>,
    { onError: (error) => void thrown.push(error) },
  );
  expect(thrown).toEqual([]);
  return new Response(prelude).text();
};

it('no panel shows a word that stands in the code', async () => {
  // With the numbers of a language that has a decimal comma, and no point between thousands.
  await chooseLanguage({ ...PSEUDO, tag: 'fr' });
  // Of a browser this much.
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame));
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }), querySelector: () => null });
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
    chart: async () => (await import('./features/chart/LossChart.tsx')).LossChart,
    'prediction error': async () => (await import('./features/chart/panels/PredictionError.tsx')).PredictionError,
    sharpness: async () => (await import('./features/chart/panels/SharpnessPanel.tsx')).SharpnessPanel,
    attention: async () => (await import('./features/attention/Attention.tsx')).Attention,
    conclusion: async () => (await import('./features/conclusion/Conclusion.tsx')).Conclusion,
    progress: async () => (await import('./features/status/Progress.tsx')).Progress,
    'training status': async () => (await import('./features/status/TrainingStatus.tsx')).TrainingStatus,
    'drop target': async () => (await import('./features/open/DropTarget.tsx')).DropTarget,
    'top bar': async () => bar((await import('./features/bar/TopBar.tsx')).TopBar),
    'phone bar': async () => bar((await import('./features/bar/TopBar.tsx')).PhoneBar),
    'present bar': async () => (await import('./features/bar/TopBar.tsx')).PresentBar,
    'phone transport': async () => (await import('./features/bar/TopBar.tsx')).PhoneTransport,
    'dialog Share': async () => dialog((await import('./features/share/Share.tsx')).Share),
    'dialog Lessons': async () => dialog((await import('./features/lesson/list/LessonList.tsx')).LessonList),
    'dialog Keyboard': async () => dialog((await import('./features/keys/ShortcutList.tsx')).ShortcutList),
    'dialog What we measured': async () => dialog((await import('./features/measured/MeasuredDialog.tsx')).MeasuredDialog),
  };
  const left: string[] = [];
  const look = async (name: string, Shown: ComponentType): Promise<void> => {
    const html = await htmlOf(Shown);
    for (const text of [...untranslated(html), ...given(html), ...withPoint(html)]) left.push(`${name}: ${text}`);
  };
  for (const [name, load] of Object.entries(panels)) await look(name, await load());
  const { Banners } = await import('./features/status/Banners.tsx');
  const { wordsOf } = await import('./text/messages.ts');
  const { tell } = await import('../experiment/messages/tell.ts');
  const message = wordsOf(tell('no-webgpu-here'));
  const kinds = ['no-webgpu', 'device-lost', 'out-of-memory', 'worker', 'silent', 'data', 'refused', 'not-built'] as const;
  store.setState({
    faults: kinds.flatMap((kind) => [false, true].map((fatal) => ({ kind, message, fatal, step: 3 }))),
    diverged: { type: 'diverged', step: 9, loss: 99.5, stepSize: 0.5, edge: 0.25, backTo: 4, suggested: 0.05 },
    problems: parseLink('#v=9&k=x').problems.map((problem) => problem.message),
    problemsIn: 'link',
  });
  store.getInitialState = store.getState;
  await look('what went wrong', Banners);
  expect(left).toEqual([]);
});
