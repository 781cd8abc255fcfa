import { MantineProvider } from '@mantine/core';
import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { WHOLE_PAGE } from '../../../experiment/link/view.ts';
import type { State } from '../../state/state.ts';
import { setState, store } from '../../state/store.ts';
import { say } from '../../text/en/screen/first-visit.ts';
import { FirstVisit } from './FirstVisit.tsx';

async function htmlWith(patch: Partial<State>): Promise<string> {
  setState(patch);
  // What is drawn on a server is the state as it is, here.
  store.getInitialState = store.getState;
  const { prelude } = await prerender(
    <MantineProvider>
      <FirstVisit />
    </MantineProvider>,
  );
  return new Response(prelude).text();
}

it('the first visit leads to a lesson as the page is shown, and does not where its link leaves lessons away', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }));
  expect(await htmlWith({})).toContain('href="#lesson=two-become-one"');
  const view = { ...WHOLE_PAGE, view: 'present', ghost: 'abc' } as const;
  expect(await htmlWith({ view: { ...view, hide: ['dock'] } })).toContain('href="#hide=dock&amp;lesson=two-become-one"');
  expect(await htmlWith({ view: { ...view, hide: ['presets'] } })).not.toContain('lesson=');
});

it('one network that is fused with itself is called no two', () => {
  expect(say.itHasWorkedWhen(true, false)).toBe('It has worked when the larger network falls below the small one.');
  expect(say.itHasWorkedWhen(false, true)).toBe(
    'It has worked when the fused network falls below both small ones, where the dashed curve said it would.',
  );
});
