import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

/** Two networks whose steps take long enough to be worth a worker each. */
const WORTH_IT = QUICK.replace('examples=16&d=8&ff=16&heads=2&dkv=4', 'examples=64&d=48&ff=96&heads=3&dkv=16').replace(
  'grow=20&steps=40',
  'grow=10&steps=14',
);

/** The training worker of a processor with so many threads; `more`: what else is true there. */
async function withCores(page: Page, cores: number, more = ''): Promise<void> {
  await page.route(/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const before = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });\n${more}\n`;
    await route.fulfill({ response, body: before + (await response.text()) });
  });
}

interface Opened {
  readonly playground: Playground;
  /**
   * Scripts of the workers that were started, in order: the page hears of them, but not of the requests for their
   * scripts.
   */
  readonly workers: string[];
}

async function open(context: BrowserContext, cores: number, more?: string): Promise<Opened> {
  const page = await context.newPage();
  await withCores(page, cores, more);
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(/([a-z-]+)-[\w-]{8}\.js$/.exec(worker.url())?.[1] ?? worker.url()));
  const playground = new Playground(page);
  await playground.open(WORTH_IT);
  return { playground, workers };
}

const plainly = async ({ run }: Playground): Promise<void> => run.click();

/** Three steps, and then the fusion that the plan has for later. */
async function fusingEarly({ step, fuse, status, run }: Playground): Promise<void> {
  for (let steps = 1; steps <= 3; steps++) {
    await step.click();
    await expect(status).toContainText(`Step ${steps}`);
  }
  await fuse.click();
  await expect(status).toContainText('M loss');
  await run.click();
}

async function curves({ playground }: Opened, train: (playground: Playground) => Promise<void>): Promise<object> {
  await train(playground);
  await playground.finishes();
  return playground.curves();
}

for (const [name, train] of [
  ['run', plainly],
  ['fused early', fusingEarly],
] as const)
  test(`sources in workers of their own give the same curves: ${name}`, async ({ context }) => {
    const one = await open(context, 1);
    const expected = await curves(one, train);
    expect(one.workers).toEqual(['worker']);
    const apart = await open(context, 2);
    expect(await curves(apart, train)).toEqual(expected);
    expect(apart.workers).toEqual(['worker', 'source-worker', 'source-worker']);
    expect(apart.playground.errors).toEqual([]);
  });

/** The `count`-th message to a source's worker ends it, as a crash would. */
const diesAt = (count: number): string => `{
  const { Worker } = globalThis;
  let posted = 0;
  globalThis.Worker = class extends Worker {
    postMessage(...given) {
      super.postMessage(...given);
      if (++posted !== ${count}) return;
      this.terminate();
      this.dispatchEvent(new ErrorEvent('error', { message: 'ended by a test' }));
    }
  };
}`;

/** Source workers whose script is not there. */
const MISSING = `{
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(new URL('missing.js', url), options);
    }
  };
}`;

for (const [name, fault] of [
  ['that dies in the middle of the training', diesAt(14)],
  ['whose script can’t be loaded', MISSING],
] as const)
  test(`a source’s worker ${name}: the same curves, trained in one`, async ({ context }) => {
    const expected = await curves(await open(context, 1), plainly);
    const faulty = await open(context, 4, fault);
    expect(await curves(faulty, plainly)).toEqual(expected);
    const { page } = faulty.playground;
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByRole('tab', { name: /^Log/ }).click();
    await expect(page.getByText(/all sources train in one worker/)).toBeVisible();
  });
