import { MantineProvider } from '@mantine/core';
import { describe, expect, it, vi } from 'vitest';
import { MeasuredDialog } from './MeasuredDialog.tsx';
import { placeForEach } from '../../ui/testing/place.ts';

const place = placeForEach();

const said = (): string => document.querySelector('[role=dialog]')?.textContent ?? '';

describe('"What we measured" without a network (10.40)', () => {
  it('says so, and shows the results once it is back', async () => {
    let offline = true;
    vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
      offline ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(new Response('', { status: 404 })),
    );
    vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => !offline);
    place.root.render(
      <MantineProvider>
        <MeasuredDialog opened onClose={() => {}} />
      </MantineProvider>,
    );
    await expect.poll(said).toContain('The results can’t be read: this device is offline.');
    await expect.poll(() => document.activeElement?.closest('[role=dialog]')).not.toBeNull();
    offline = false;
    dispatchEvent(new Event('online'));
    await expect.poll(said).toContain('Nothing is recorded here yet.');
  });

  it('reads them again where it came back before the failure was seen', async () => {
    let back = false;
    vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
      if (back) return Promise.resolve(new Response('', { status: 404 }));
      back = true;
      dispatchEvent(new Event('online'));
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    place.root.render(
      <MantineProvider>
        <MeasuredDialog opened onClose={() => {}} />
      </MantineProvider>,
    );
    await expect.poll(said).toContain('Nothing is recorded here yet.');
  });
});
