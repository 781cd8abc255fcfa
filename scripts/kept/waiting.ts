/** Waiting for what a page's worker says. */
import type { Page } from 'playwright';
import { type Heard, heardSoFar } from './listening.ts';

/** Milliseconds for which anything is waited for that has to come. */
const PATIENCE = 180_000;

/** What was heard once it is as it should be. @throws what was heard instead */
export async function until(page: Page, is: (heard: Heard) => boolean, patience = PATIENCE): Promise<Heard> {
  const end = Date.now() + patience;
  for (;;) {
    const heard = await page.evaluate(heardSoFar);
    if (is(heard)) return heard;
    if (Date.now() > end) throw new Error(`this did not come: ${String(is)}; heard was ${JSON.stringify(heard)}`);
    await page.waitForTimeout(30);
  }
}

/** Whether two values of plain data are one, whatever the order of their keys. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    : value;
