import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialog } from './Dialog.tsx';
import { Popup } from './Popup.tsx';
import { placeForEach } from '../testing/place.ts';

const place = placeForEach();
const warned: string[] = [];

beforeEach(() => {
  warned.length = 0;
  vi.spyOn(console, 'warn').mockImplementation((...words) => void warned.push(words.join(' ')));
});

/** Long enough for every timer that moves the focus. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

describe('the focus goes into what opens, without a complaint (10.36)', () => {
  it('an editor whose button is out of sight', async () => {
    place.element.style.cssText = 'height: 20px; overflow: auto; position: relative;';
    place.root.render(
      <MantineProvider>
        <div style={{ height: 900 }} />
        <Popup
          title="Edit"
          renderTarget={(toggle) => (
            <button type="button" onClick={toggle}>
              open
            </button>
          )}
          renderEditor={() => <input aria-label="Width" />}
        />
      </MantineProvider>,
    );
    await expect.poll(() => place.element.querySelector('button')).not.toBeNull();
    place.element.querySelector('button')?.click();
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Width');
    await settled();
    expect(warned).toEqual([]);
  });

  it('a dialog with nothing in it yet, and one that is closed at once', async () => {
    const dialog = (opened: boolean): void =>
      place.root.render(
        <MantineProvider>
          <Dialog title="Share" opened={opened} onClose={() => {}} width={400}>
            {null}
          </Dialog>
        </MantineProvider>,
      );
    dialog(true);
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Close');
    dialog(false);
    await settled();
    dialog(true);
    dialog(false);
    await settled();
    dialog(true);
    await expect.poll(() => document.querySelector('[role=dialog]')).not.toBeNull();
    dialog(false);
    await settled();
    expect(warned).toEqual([]);
  });
});

describe('the focus stays where the reader puts it in what has just opened', () => {
  const fields = (
    <>
      <input aria-label="Width" data-autofocus />
      <input aria-label="Height" />
    </>
  );
  const stays = async (page: ReactNode, open: () => void): Promise<void> => {
    // The reader is in the second field as soon as the focus is in the first.
    addEventListener('focusin', () => document.querySelector<HTMLElement>('[aria-label=Height]')?.focus(), { once: true });
    place.root.render(<MantineProvider>{page}</MantineProvider>);
    await expect.poll(() => document.querySelector('button')).not.toBeNull();
    open();
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Height');
    await settled();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Height');
  };

  it('in an editor', async () => {
    const editor = (
      <Popup
        title="Edit"
        renderTarget={(toggle) => (
          <button type="button" onClick={toggle}>
            open
          </button>
        )}
        renderEditor={() => fields}
      />
    );
    await stays(editor, () => place.element.querySelector('button')?.click());
  });

  it('in a dialog', async () => {
    const dialog = (
      <Dialog title="Share" opened onClose={() => {}} width={400}>
        {fields}
      </Dialog>
    );
    await stays(dialog, () => {});
  });
});
