/**
 * `npm run walk-lessons`: all seven lessons, walked through from start to end. Minutes long, so not among the tests
 * (e2e/keys.spec.ts walks through one).
 */
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Where a lesson is looked at. */
const PLACES = [
  { name: 'laptop', use: { viewport: { width: 1280, height: 800 } } },
  { name: 'phone', use: { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' } },
  { name: 'projector', use: { viewport: { width: 1366, height: 657 } } },
  { name: 'old-projector', use: { viewport: { width: 1024, height: 768 }, colorScheme: 'dark' } },
] as const;

export default defineConfig({
  ...tests,
  testMatch: '**/*.walk.ts',
  timeout: 1_800_000,
  // Several networks train as fast as they can: on a busy machine the page answers late.
  use: { ...tests.use, trace: 'off', actionTimeout: 120_000 },
  projects: PLACES.map(({ name, use }) => ({ ...tests.projects?.[0], name, use: { ...tests.projects?.[0]?.use, ...use } })),
});
