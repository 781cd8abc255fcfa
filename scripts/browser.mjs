/**
 * Finds the Chromium that the browser tests run in. Node built-ins only at the top: `npm test` asks before the install.
 * Order: the environment variable CHROMIUM, Playwright's own, the system's.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Software WebGPU where there is no GPU, no sandbox in containers, no calls home. */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a full Chromium, or `undefined` where none is found.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM=${named}: there is no such file; give the path of a Chromium or Chrome`);
    return named;
  }
  const own = playwrightChromium();
  if (own !== undefined) return own;
  const where = process.platform === 'win32' ? 'where' : 'which';
  for (const name of SYSTEM_NAMES) {
    const { status, stdout } = spawnSync(where, [name], { encoding: 'utf8' });
    const path = stdout?.split('\n')[0]?.trim();
    if (status === 0 && path) return path;
  }
  return SYSTEM_PATHS.find((path) => existsSync(path));
}

/** @returns {string | undefined} */
function playwrightChromium() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined; // not installed yet
  }
}
