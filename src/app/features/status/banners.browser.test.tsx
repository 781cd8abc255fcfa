import { MantineProvider } from '@mantine/core';
import { describe, expect, it, vi } from 'vitest';
import { setState } from '../../state/store.ts';
import { placeForEach } from '../../ui/testing/place.ts';
import { Banners } from './Banners.tsx';

const place = placeForEach();

describe('the corrected link where there is no clipboard (10.24)', () => {
  it('stands in the banner, selected, and the banner says how to copy it', async () => {
    // As on a page that came over plain http.
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard);
    setState({ problems: ['grow=x is no step'] });
    place.root.render(
      <MantineProvider>
        <Banners />
      </MantineProvider>,
    );
    const copy = (): HTMLButtonElement | undefined =>
      [...place.element.querySelectorAll('button')].find(({ textContent }) => textContent === 'Copy the corrected link');
    await expect.poll(copy).toBeDefined();
    expect(place.element.querySelector('input')).toBeNull();
    copy()?.click();
    await expect.poll(() => place.element.querySelector('input')).not.toBeNull();
    const link = place.element.querySelector('input');
    await expect.poll(() => document.activeElement).toBe(link);
    expect(link?.value).toContain('#v=');
    expect([link?.selectionStart, link?.selectionEnd]).toEqual([0, link?.value.length]);
    expect(place.element.textContent).toContain('The link is selected: copy it with Ctrl C');
    expect(copy()).toBeDefined();
    setState({ problems: [] });
  });
});
