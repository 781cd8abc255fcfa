/** The page as its user sees it: controls by their accessible names, numbers as they are read. */
import { expect, type Locator, type Page } from '@playwright/test';

export type Points = readonly (readonly [step: number, loss: number])[];

/** The events that the test listens to: the worker's own events, as the page gets them. */
interface Heard {
  curves: Record<string, [number, number][]>;
  longest: number;
  /** How often a training came to its end. */
  ends: number;
  /** The step at which the run was kept last on this device. */
  kept: number;
}

export class Playground {
  readonly page: Page;
  readonly run: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  readonly fuse: Locator;
  readonly share: Locator;
  readonly runBranch: Locator;
  readonly growthStep: Locator;
  readonly status: Locator;
  readonly adapter: Locator;
  /** The page's complaints; a test looks at it at its end. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    this.run = button('Run').first();
    this.pause = button('Pause');
    this.step = button('Step');
    this.reset = button('Reset');
    this.fuse = button('Fuse now');
    this.share = button('Share');
    this.runBranch = page.getByRole('button', { name: /^Run this branch/ }).first();
    this.growthStep = page.getByRole('slider', { name: 'Growth step', exact: true });
    this.status = page.getByRole('status', { name: 'Training status' });
    this.adapter = page.getByLabel('Adapter');
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /**
   * Opens a link (`#key=value…`) and waits until the worker is ready. The worker is the real one; its measured points
   * are written down on their way.
   */
  async open(hash = ''): Promise<void> {
    await this.page.addInitScript(() => {
      const heard: Heard = { curves: {}, longest: 0, ends: 0, kept: -1 };
      Object.assign(globalThis, { heard });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) heard.longest = Math.max(heard.longest, entry.duration);
      }).observe({ entryTypes: ['longtask'] });
      const { Worker } = globalThis;
      globalThis.Worker = class extends Worker {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          this.addEventListener(
            'message',
            ({
              data,
            }: MessageEvent<{
              type: string;
              phase: string;
              step: number;
              model: string;
              steps: Float64Array;
              losses: Float32Array;
              present: string | null;
              entries: { id: string; step: number }[];
            }>) => {
              if (data.type === 'kept') heard.kept = data.entries.find(({ id }) => id === data.present)?.step ?? -1;
              if (data.type === 'phase' && data.phase === 'finished') heard.ends++;
              if (data.type === 'rewound')
                for (const [model, points] of Object.entries(heard.curves))
                  heard.curves[model] = points.filter(([step]) => step <= data.step);
              if (data.type !== 'measured') return;
              const points = (heard.curves[data.model] ??= []);
              data.steps.forEach((step, i) => {
                if (points.at(-1)?.[0] === step) points.pop();
                points.push([step, data.losses[i] ?? Number.NaN]);
              });
            },
          );
        }
      };
    });
    await this.page.goto(`./${hash}`);
    await expect(this.adapter).toContainText(/WebAssembly|WebGPU/);
  }

  private heard(): Promise<Heard> {
    return this.page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
  }

  /** Measured points by model, exactly. */
  async curves(): Promise<Readonly<Record<string, Points>>> {
    return (await this.heard()).curves;
  }

  /** Longest task of the page's thread since it was asked for last, in milliseconds. */
  async longestTask(): Promise<number> {
    const { longest } = await this.heard();
    await this.page.evaluate(() => {
      (globalThis as unknown as { heard: Heard }).heard.longest = 0;
    });
    return longest;
  }

  /** Steps made so far, as the status region says. */
  async stepNumber(): Promise<number> {
    const text = (await this.status.textContent()) ?? '';
    return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
  }

  async reaches(step: number, timeout = 60_000): Promise<void> {
    await expect.poll(() => this.stepNumber(), { timeout }).toBeGreaterThanOrEqual(step);
  }

  /** Until the run is kept on this device as it is at a step. */
  async isKept(step: number): Promise<void> {
    await expect.poll(async () => (await this.heard()).kept).toBe(step);
  }

  /**
   * Runs the branch that is asked about, from the press to its end: until the worker begins, the status is still that
   * of the run before.
   */
  async branches(): Promise<void> {
    const { ends } = await this.heard();
    await this.runBranch.click();
    await expect.poll(async () => (await this.heard()).ends, { timeout: 90_000 }).toBeGreaterThan(ends);
    await this.finishes();
  }

  async finishes(timeout = 90_000): Promise<void> {
    await expect(this.status).toContainText('Finished', { timeout });
  }
}

/** A run that is over in seconds on a slow machine: small, without predictions. */
export const QUICK =
  '#v=2&preset=first-fusion&task=sort&examples=16&d=8&ff=16&heads=2&dkv=4&h=0.05&grow=20&steps=40&predict=&pace=max&adapter=wasm';
/** The same, slow enough to be met on its way. */
export const WATCHED = QUICK.replace('pace=max', 'pace=10').replace('grow=20&steps=40', 'grow=60&steps=80');
/** The same without an end that a busy machine could come to before the test does. */
export const LONG = WATCHED.replace('pace=10', 'pace=4').replace('grow=60&steps=80', 'grow=1000&steps=2000');
