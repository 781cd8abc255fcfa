import { defineConfig } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from '../scripts/browser.mjs';

// One port a run, handed on to Playwright's workers, so that two runs on a machine do not meet.
process.env['E2E_PORT'] ??= String(20_000 + (process.pid % 10_000));
const port = Number(process.env['E2E_PORT']);
const executablePath = findBrowser();

/** The built page, served as `npm start` serves it, in a full Chromium (the headless shell has no WebGPU). */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // A page waits as often as it computes: two beside each other on two cores take a third less time than one after the
  // other.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: { args: [...BROWSER_ARGUMENTS], ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', ...(executablePath === undefined ? { channel: 'chromium' } : {}) } }],
  webServer: {
    command: 'node scripts/start.mjs',
    cwd: '..',
    env: { PORT: String(port) },
    url: `http://localhost:${port}/`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
  },
});
