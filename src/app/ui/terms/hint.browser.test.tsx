import { MantineProvider } from '@mantine/core';
import { expect, it } from 'vitest';
import { placeForEach } from '../testing/place.ts';
import { Hint } from './Hint.tsx';

const place = placeForEach();

const tooltip = (): Element | null => document.querySelector('[role=tooltip]');
const point = (at: Element, type: string, pointerType: string): boolean =>
  at.dispatchEvent(new PointerEvent(type, { pointerType, bubbles: true, relatedTarget: document.body }));

/** Two words, the first of which is explained. */
async function word(): Promise<HTMLElement> {
  place.root.render(
    <MantineProvider>
      <Hint label="one of e parts">
        <button type="button">nat</button>
      </Hint>
      <button type="button">other</button>
    </MantineProvider>,
  );
  await expect.poll(() => place.element.querySelector('button')).not.toBeNull();
  return place.element.querySelector('button') as HTMLElement;
}

it('a tooltip is made when it is asked for, names what it explains, and goes when the pointer does', async () => {
  const nat = await word();
  expect(tooltip()).toBeNull();
  point(nat, 'pointerover', 'mouse');
  await expect.poll(() => tooltip()?.textContent).toBe('one of e parts');
  expect(document.getElementById(nat.getAttribute('aria-describedby') ?? '')?.textContent).toBe('one of e parts');
  point(nat, 'pointerout', 'mouse');
  await expect.poll(tooltip).toBeNull();
  expect(nat.hasAttribute('aria-describedby')).toBe(false);
});

it('what was tapped stays explained when the finger is lifted, until Escape or a tap elsewhere', async () => {
  const nat = await word();
  const tap = (): void => ['pointerover', 'pointerdown', 'pointerup', 'pointerout'].forEach((type) => point(nat, type, 'touch'));
  tap();
  await expect.poll(tooltip).not.toBeNull();
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  await expect.poll(tooltip).toBeNull();
  tap();
  await expect.poll(tooltip).not.toBeNull();
  point(place.element.querySelectorAll('button')[1] as Element, 'pointerdown', 'touch');
  await expect.poll(tooltip).toBeNull();
});

it('a finger that scrolls away from a word has not asked about it', async () => {
  place.root.render(
    <MantineProvider>
      <Hint label="one of e parts">
        <button type="button">nat</button>
      </Hint>
      <Hint label="one of two parts">
        <button type="button">bit</button>
      </Hint>
    </MantineProvider>,
  );
  await expect.poll(() => place.element.querySelectorAll('button')).toHaveLength(2);
  const [nat, bit] = place.element.querySelectorAll('button') as unknown as readonly [Element, Element];
  for (const type of ['pointerover', 'pointerdown', 'pointercancel', 'pointerout']) point(nat, type, 'touch');
  // It would come first: it was touched first.
  for (const type of ['pointerover', 'pointerdown', 'pointerup', 'pointerout']) point(bit, type, 'touch');
  await expect.poll(tooltip).not.toBeNull();
  expect([...document.querySelectorAll('[role=tooltip]')].map(({ textContent }) => textContent)).toEqual(['one of two parts']);
});
