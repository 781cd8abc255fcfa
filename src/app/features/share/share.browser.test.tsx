import { MantineProvider } from '@mantine/core';
import { describe, expect, it, vi } from 'vitest';
import { WHOLE_PAGE } from '../../../experiment/link/view.ts';
import { setState } from '../../state/store.ts';
import { Share } from './Share.tsx';
import { placeForEach } from '../../ui/testing/place.ts';

const place = placeForEach();

describe('Share where there is no clipboard (10.24)', () => {
  it('selects the link, and says how to copy it', async () => {
    // As on a page that came over plain http.
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard);
    place.root.render(
      <MantineProvider>
        <Share opened onClose={() => {}} />
      </MantineProvider>,
    );
    await expect.poll(() => document.querySelector('#share-link')).not.toBeNull();
    const link = document.querySelector<HTMLInputElement>('#share-link');
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Copy link');
    // The dialog has put the focus where it belongs.
    await expect.poll(() => document.activeElement).toBe(button);
    button?.click();
    await expect.poll(() => document.querySelector('[role=dialog]')?.textContent).toContain('The link is selected: copy it with Ctrl C');
    expect(document.activeElement).toBe(link);
    expect(link?.value).toContain('#v=');
    expect([link?.selectionStart, link?.selectionEnd]).toEqual([0, link?.value.length]);
    expect(button?.textContent).toBe('Copy link');
  });
});

describe('Share of a page whose link has brought a curve along', () => {
  it('goes on with it where no other is chosen', async () => {
    setState({ view: { ...WHOLE_PAGE, ghost: 'abc' } });
    place.root.render(
      <MantineProvider>
        <Share opened onClose={() => {}} />
      </MantineProvider>,
    );
    await expect.poll(() => document.querySelector<HTMLInputElement>('#share-link')?.value).toContain('&ghost=abc');
    setState({ view: WHOLE_PAGE });
  });
});
