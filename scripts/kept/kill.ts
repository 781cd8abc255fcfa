/**
 * Kills a run again and again at random moments, by everything that ends a page, goes on each time as a reader would,
 * and finds out whether anything is lost: a state that was said to be kept, or a bit of what came out.
 */
import type { Page } from 'playwright';
import { say } from '../../src/app/text/en/runs/kept.ts';
import { count } from '../../src/app/text/numbers.ts';
import type { RandomStream } from '../../src/data/random.ts';
import type { KillableBrowser } from './killable-browser.ts';
import { command, endWorker, type Heard, heardSoFar, outcome, type Outcome } from './listening.ts';
import { until } from './waiting.ts';

/** Halves of a second for which no prediction is under way once all are there. */
const QUIET = 6;

export const WAYS = ['worker', 'reload', 'close', 'crash', 'browser'] as const;
export type Way = (typeof WAYS)[number];

/** Longest that a page lives from the moment at which its run goes on, in milliseconds. */
const LONGEST = 3000;
/** A worker that dies three times within a minute is not started again by itself. */
const WORKERS_OF_A_PAGE = 2;

export interface KillReport {
  /** How often it was killed, by how. */
  readonly kills: Record<Way, number>;
  /**
   * How often a kill was followed by going on from what was kept, and how often by a new start: nothing was kept yet.
   */
  wentOn: number;
  anew: number;
  /** Steps that were taken once more after a kill, all together. */
  again: number;
  /** Runs that came to their end, each compared. */
  ends: number;
  /** Those of them with every bit of the run that nothing happened to. */
  equal: number;
  /** What was lost, in words. */
  readonly lost: string[];
}

/** What the page has said that is kept. */
interface Promised {
  readonly id: string;
  readonly step: number;
}

export class KilledRun {
  readonly report: KillReport = {
    kills: { worker: 0, reload: 0, close: 0, crash: 0, browser: 0 },
    wentOn: 0,
    anew: 0,
    again: 0,
    ends: 0,
    equal: 0,
    lost: [],
  };
  private readonly browser: KillableBrowser;
  private readonly address: string;
  private readonly random: RandomStream;
  private promised: Promised | null = null;
  /** How far the run had come when it was killed. */
  private reached = 0;
  private workers = 0;

  /** @param address of the page, with the link of the experiment */
  constructor(browser: KillableBrowser, address: string, random: RandomStream) {
    this.browser = browser;
    this.address = address;
    this.random = random;
  }

  /** What comes out of it if nothing happens to it. */
  async undisturbed(): Promise<Outcome> {
    const page = await this.open();
    await page.evaluate(command, { type: 'set-pace', pace: 'max' } as const);
    await run(page);
    await this.isOver(page);
    const found = await page.evaluate(outcome);
    await page.close();
    return found;
  }

  /** Kills it so often, and compares what comes out of it with what should. */
  async killed(times: number, ways: readonly Way[], expected: Outcome): Promise<void> {
    let page = await this.open();
    await this.goOn(page);
    for (let i = 0; i < times; i++) {
      const way = this.chosen(ways);
      // But for the first, each life has something to lose.
      if (i > 0 && this.promised === null) await until(page, ({ kept, phase }) => kept >= 0 || phase === 'finished');
      await page.waitForTimeout(this.random.uniform() * LONGEST);
      if ((await page.evaluate(heardSoFar)).phase === 'finished') {
        await this.compare(page, expected);
        await this.again(page);
      }
      page = await this.kill(page, way);
      await this.goOn(page, way);
    }
    await page.evaluate(command, { type: 'set-pace', pace: 'max' } as const);
    await this.compare(page, expected);
    await page.close();
  }

  private chosen(ways: readonly Way[]): Way {
    const left = ways.filter((way) => way !== 'worker' || this.workers < WORKERS_OF_A_PAGE);
    return left[this.random.integer(left.length)] ?? 'reload';
  }

  /** @returns the page in which it can go on */
  private async kill(page: Page, way: Way): Promise<Page> {
    // One in three in the midst of a state that is being written.
    if (this.random.integer(3) === 0) {
      await page.evaluate(command, { type: 'keep' } as const);
      await page.waitForTimeout(this.random.uniform() * 40);
    }
    const { present, kept, step } = await page.evaluate(heardSoFar);
    if (present !== null && kept >= 0) this.promised = { id: present, step: kept };
    this.reached = step;
    this.report.kills[way]++;
    switch (way) {
      case 'worker':
        await page.evaluate(endWorker);
        this.workers++;
        await this.isLoaded(page);
        return page;
      case 'reload':
        await page.reload();
        await this.isTold(page);
        return page;
      case 'close':
        await page.close();
        return this.open();
      case 'crash':
        await crash(page);
        return this.open();
      case 'browser':
        await this.browser.kill();
        return this.open();
    }
  }

  /** A page with the link of the run, which has heard what is kept on this device. */
  private async open(): Promise<Page> {
    const page = await this.browser.page();
    await page.goto(this.address);
    await this.isTold(page);
    return page;
  }

  /** The training has ended, and all is predicted that is to be. */
  private async isOver(page: Page): Promise<void> {
    await until(page, ({ phase }) => phase === 'finished');
    // Between one prediction and the next none is under way: that has to last.
    for (let quiet = 0; quiet < QUIET; quiet++) {
      await until(page, ({ flows }) => Object.values(flows).every((state) => state === 'done' || state === 'cancelled'));
      await page.waitForTimeout(500);
    }
  }

  private async isTold(page: Page): Promise<void> {
    this.workers = 0;
    await this.isLoaded(page);
  }

  private isLoaded(page: Page): Promise<Heard> {
    return until(page, ({ told, phase }) => told && phase !== '' && phase !== 'loading');
  }

  /** As its reader does: with what is offered, else from the start. @param way in which it ended before */
  private async goOn(page: Page, way?: Way): Promise<void> {
    const { promised } = this;
    // After a worker's end the page goes on by itself; what ended two of them it does not start unasked.
    const heard = await page.evaluate(heardSoFar);
    const from = way === 'worker' ? { id: heard.present, step: heard.step } : heard.offer;
    if (promised !== null && (from?.id !== promised.id || from.step < promised.step)) {
      const ended = heard.entries.some(({ id, state }) => id === promised.id && state === 'finished');
      if (!ended)
        this.report.lost.push(
          `${way ?? 'at first'}: kept was ${JSON.stringify(promised)}, what it goes on from is ${JSON.stringify(from)}`,
        );
      if (from?.id !== promised.id) this.promised = null;
    }
    if (this.promised === null) {
      if (way !== undefined) this.report.anew++;
      await (way === 'worker' ? page.evaluate(command, { type: 'run' } as const) : run(page));
      return;
    }
    this.report.wentOn++;
    this.report.again += Math.max(0, this.reached - (from?.step ?? 0));
    if (way === 'worker') await page.evaluate(command, { type: 'run' } as const);
    else await page.getByRole('button', { name: say.goOnAt(count(from?.step ?? 0)), exact: true }).click();
  }

  /** The same from step 0. */
  private async again(page: Page): Promise<void> {
    await run(page);
    await until(page, ({ phase, present }) => phase === 'training' && present === null);
  }

  /** Compares what came out with what should. */
  private async compare(page: Page, expected: Outcome): Promise<void> {
    await this.isOver(page);
    const found = await page.evaluate(outcome);
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    const otherwise = [...names]
      .filter((name) => found[name] !== expected[name])
      .map((name) => difference(name, expected[name], found[name]));
    if (otherwise.length > 0) this.report.lost.push(`otherwise than in the run that nothing happened to: ${otherwise.join(', ')}`);
    else this.report.equal++;
    this.report.ends++;
    this.promised = null;
  }
}

/** Where two curves part, or that files do. */
function difference(name: string, expected = '', found = ''): string {
  const at = [...expected].findIndex((each, i) => found[i] !== each);
  const near = (text: string): string => text.slice(Math.max(0, at - 20), at + 20);
  return at < 0 || expected === '' || found === ''
    ? `${name} (${expected.length} characters became ${found.length})`
    : `${name} (…${near(expected)}… became …${near(found)}…)`;
}

const run = (page: Page): Promise<void> => page.getByRole('button', { name: 'Run', exact: true }).first().click();

/** Ends the process that draws the page, as a crash of the tab does; what is left of it is put away. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}
