/** Windows that the page is made for, and what it means that something in them can be reached. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** One column, which scrolls; fingers instead of a mouse on the smallest. */
  readonly narrow?: boolean;
  readonly touch?: boolean;
}

export const SIZES: readonly Size[] = [
  { name: '1280×800', width: 1280, height: 800 },
  { name: '1440×900', width: 1440, height: 900 },
  { name: '1366×657', width: 1366, height: 657 },
  { name: '1280×700', width: 1280, height: 700 },
  { name: '1024×768', width: 1024, height: 768 },
  { name: '768×1024', width: 768, height: 1024, narrow: true },
  { name: '390×844', width: 390, height: 844, narrow: true, touch: true },
];

/** The controls: all that one can press, choose or type into. */
const CONTROLS =
  'button, a[href], input:not([type=file], [aria-hidden=true]), select, textarea, [role=button], [role=slider], [role=menuitem], summary';

/**
 * Every control of a part of the page that no one could press: brought into sight by the scrolling there is, its middle
 * lies outside of the window or under something else. Empty is right.
 */
export async function outOfReach(part: Locator): Promise<readonly string[]> {
  return part.evaluate((root, selector) => {
    const lost: string[] = [];
    for (const control of root.querySelectorAll<HTMLElement | SVGElement>(selector)) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      // What is pressed of a hidden radio is its label, and of a line its grip.
      const grip = control.querySelector<SVGElement>('[data-part=grip]');
      const target = control instanceof HTMLInputElement ? (control.closest('label') ?? control) : (grip ?? control);
      target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = document.elementFromPoint(x, y);
      const reached = hit !== null && (target.contains(hit) || hit.contains(target) || hit.closest('label') === target);
      if (!reached || x < 0 || y < 0 || x > innerWidth || y > innerHeight)
        lost.push(`${control.getAttribute('aria-label') ?? (target.textContent || control.tagName)} at ${Math.round(x)}, ${Math.round(y)}`);
    }
    return lost;
  }, CONTROLS);
}

/** Of what opened over the page: its box lies in the window, and all in it can be reached, by pointer and by Tab. */
export async function expectWithin(page: Page, opened: Locator, what: string): Promise<void> {
  await expect(opened, what).toBeVisible();
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  // Placed once more when its content is there.
  await expect
    .poll(async () => {
      const box = await opened.boundingBox();
      return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
    }, `${what} lies in the window of ${size.width}×${size.height}`)
    .toBe(true);
  expect(await outOfReach(opened), what).toEqual([]);
  const outside = await opened.evaluate((root) => {
    const { left, right, top, bottom } = root.getBoundingClientRect();
    return [...root.querySelectorAll<HTMLElement>('label, p, h2, h3, td, th, li')]
      .filter((element) => {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = element.getBoundingClientRect();
        const hidden = element.matches('.visually-hidden, .visually-hidden *') || box.width === 0;
        const taller = box.height > bottom - top || box.width > right - left;
        return !hidden && !taller && (box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1);
      })
      .map((element) => element.textContent?.slice(0, 60) ?? element.tagName);
  });
  expect(outside, `${what}: words cut off`).toEqual([]);
  await opened.evaluate((root) => {
    for (const element of [root, ...root.querySelectorAll('*')]) element.scrollTop = 0;
  });
}

/** Everything with the focus by Tab alone, once around, stays in sight. */
export async function expectTabReaches(page: Page, opened: Locator, what: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const at = await opened.evaluate((root) => {
      const active = document.activeElement;
      if (!active || !root.contains(active)) return { key: 'outside', inside: false, rank: -1 };
      const { left, top, right, bottom } = active.getBoundingClientRect();
      const all = [...root.querySelectorAll('*')];
      // A table may be larger than the window; then a part of it is in sight.
      const seen = (from: number, to: number, most: number): boolean =>
        to - from > most / 2 ? to > 24 && from < most - 24 : from >= 0 && to <= most;
      return { key: String(all.indexOf(active)), inside: seen(left, right, innerWidth) && seen(top, bottom, innerHeight) };
    });
    expect(at, `${what}: focus number ${presses + 1}`).toMatchObject({ inside: true });
    if (seen.includes(at.key)) return;
    seen.push(at.key);
  }
}

/** The document is no longer than its window: a wheel over it moves what is inside, not the page. */
export async function expectNoBlankBelow(page: Page, what: string): Promise<void> {
  const { height, width, inside } = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight - innerHeight,
    width: document.documentElement.scrollWidth - innerWidth,
    // One column: what scrolls ends where its content ends.
    inside: [...document.querySelectorAll('main')].map((main) => {
      const last = main.lastElementChild?.getBoundingClientRect().bottom ?? 0;
      return main.scrollHeight - main.scrollTop - main.clientHeight + main.getBoundingClientRect().bottom - last;
    }),
  }));
  expect(height, `${what}: pixels below the window`).toBeLessThanOrEqual(0);
  expect(width, `${what}: pixels beside the window`).toBeLessThanOrEqual(0);
  for (const grey of inside) expect(grey, `${what}: empty pixels at the end of what scrolls`).toBeLessThanOrEqual(16);
}
