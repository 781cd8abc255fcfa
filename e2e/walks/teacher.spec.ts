/**
 * A teacher with a class: one lesson, in the windows in which it is given. Keys where a clicker is in the hand, fingers
 * on a phone.
 */
import { expect, type Locator, test } from '@playwright/test';
import { expectNoBlankBelow, type Size } from '../sizes.ts';
import { Playground, WATCHED } from '../playground.ts';
import { photographer } from './photographer.ts';

/** On a projector the page is presented. */
const PLACES: readonly Size[] = [
  { name: '1366×657', width: 1366, height: 657 },
  { name: '1024×768', width: 1024, height: 768 },
  { name: 'phone', width: 390, height: 844, narrow: true, touch: true },
  { name: 'projector', width: 1920, height: 1080 },
];
const LESSON = `${WATCHED.replace('grow=60&steps=80', 'grow=150&steps=170')}&baseline=scratch`;

for (const place of PLACES)
  test.describe(place.name, () => {
    test.use({ viewport: { width: place.width, height: place.height }, hasTouch: place.touch === true });

    test(`a lesson is held at ${place.name}: opened by its link, run, fused, read aloud, answered`, async ({ page }) => {
      test.slow();
      const photo = photographer(page, `teacher-${place.name}`);
      const playground = new Playground(page);
      const press = (control: Locator): Promise<void> => (place.touch ? control.tap() : control.click());
      await playground.open(LESSON);
      await photo('opened');
      const presents = place.name === 'projector';
      if (presents) await page.keyboard.press('p');
      if (place.touch) await press(playground.run);
      else await page.keyboard.press('Space');
      await playground.reaches(10);
      // Held, so that what is on the wall can be talked about.
      if (place.touch) await press(playground.pause);
      else await page.keyboard.press('Space');
      await expect(playground.status).toContainText('Paused');
      // Everything that a class looks at is in the window.
      for (const part of [page.locator('[data-part=plot]').first(), page.locator('[data-part=stage]').first()])
        await expect(part).toBeInViewport({ ratio: 0.9 });
      await photo('training');
      if (place.touch) await press(playground.fuse);
      else await page.keyboard.press('f');
      await expect(playground.status).toContainText('M loss');
      await photo('fused');
      if (place.touch) await press(playground.run);
      else await page.keyboard.press('Space');
      await playground.finishes();
      const said = page.getByRole('status', { name: 'What happened' });
      await expect(said).toContainText(/^M ended at loss \d.*after A and B had reached .* from scratch/);
      await photo('finished');
      if (presents) {
        await page.keyboard.press('Escape');
        await expect(page.getByRole('button', { name: 'Leave presenting' })).toBeHidden();
      }
      // A pupil calls out a word.
      await press(page.getByRole('tab', { name: 'Samples' }));
      const samples = page.getByRole('region', { name: 'Samples' });
      await samples.getByLabel('Try your own word').fill('fade');
      await samples.getByLabel('Try your own word').press('Enter');
      await expect(samples.getByRole('row').filter({ has: page.getByLabel('Try your own word') })).toContainText('adef');
      await photo('samples');
      // What did it cost?
      await press(page.getByRole('tab', { name: 'Cost' }));
      await expect(page.getByRole('region', { name: 'Cost' }).getByRole('rowheader', { name: 'From scratch' }).first()).toBeVisible();
      await photo('cost');
      await expectNoBlankBelow(page, place.name);
      // On to the next example, as the page proposes.
      const next = page.locator('[data-part="conclusion"]').getByRole('link').last();
      await next.scrollIntoViewIfNeeded();
      await press(next);
      await expect(playground.status).toContainText('Step 0');
      await photo('next');
      expect(playground.errors).toEqual([]);
    });
  });
