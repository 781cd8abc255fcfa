/**
 * A Chromium with a profile of its own that can be killed as a crash or a power cut would, and started again on the
 * same profile. Playwright ends the browsers that it starts itself, so this one is started here and joined.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { BROWSER_ARGUMENTS, findBrowser } from '../browser.mjs';

/** Milliseconds for which a browser that starts is waited for. */
const PATIENCE = 60_000;

export class KillableBrowser {
  private readonly profile = mkdtempSync(join(tmpdir(), 'deep-fusion-profile-'));
  private readonly prepare: (context: BrowserContext) => Promise<void>;
  private readonly more: readonly string[];
  private process: ChildProcess | null = null;
  private browser: Browser | null = null;

  /** @param prepare is called of every start, before a page is opened @param more arguments of the browser */
  constructor(prepare: (context: BrowserContext) => Promise<void>, more: readonly string[] = []) {
    this.prepare = prepare;
    this.more = more;
  }

  /** A page of the browser, which is started if it does not run. */
  async page(): Promise<Page> {
    const context = (this.browser ??= await this.start()).contexts()[0];
    if (!context) throw new Error('the browser has no context of its profile');
    return context.newPage();
  }

  /** Ends all of its processes at once, by a signal that they can’t hear. */
  async kill(): Promise<void> {
    const { process: running, browser } = this;
    this.process = null;
    this.browser = null;
    if (!running?.pid) return;
    const ended = running.exitCode === null ? once(running, 'exit') : Promise.resolve();
    // They are a group of their own, which the browser leads.
    process.kill(-running.pid, 'SIGKILL');
    await ended;
    await browser?.close().catch(() => undefined);
  }

  /** For good, with its profile. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async start(): Promise<Browser> {
    const path = findBrowser() ?? chromium.executablePath();
    const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.profile}`, '--hide-crash-restore-bubble'];
    const started = spawn(path, [...BROWSER_ARGUMENTS, ...this.more, ...own, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process = started;
    const browser = await chromium.connectOverCDP(await addressOf(started));
    const [context] = browser.contexts();
    if (context) await this.prepare(context);
    return browser;
  }
}

/** Where a browser that starts can be joined: it says so among its complaints. */
function addressOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the browser did not start: ${said.slice(-500)}`)), PATIENCE);
    stderr?.on('data', (text: Buffer) => {
      // Afterwards it is read all the same, so that the browser never waits for it.
      if (said.length < 100_000) said += String(text);
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}
