/** Screenshots of a walk, in the order in which its user sees them: test-results/walks/NAME/01-opened.png. */
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const FOLDER = fileURLToPath(new URL('../../test-results/walks', import.meta.url));

export function photographer(page: Page, walk: string): (moment: string) => Promise<void> {
  let count = 0;
  return async (moment) => {
    count++;
    const name = `${String(count).padStart(2, '0')}-${moment.replaceAll(' ', '-')}.png`;
    await page.screenshot({ path: join(FOLDER, walk, name) });
  };
}
