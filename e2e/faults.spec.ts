import { expect, test } from '@playwright/test';
import { Playground, QUICK, WATCHED } from './playground.ts';

/** Sends a command to the training worker as the page would. */
async function command(playground: Playground, message: object): Promise<void> {
  await playground.page.evaluate((data) => {
    const { workers } = globalThis as unknown as { workers: Worker[] };
    workers.at(-1)?.postMessage(data);
  }, message);
}

async function openWithWorkers(playground: Playground, hash: string): Promise<void> {
  await playground.page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, { workers });
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
  });
  await playground.open(hash);
}

test('a worker that dies is told, and its run goes on from where it was kept', async ({ page }) => {
  const playground = new Playground(page);
  await openWithWorkers(playground, WATCHED);
  await playground.run.click();
  await playground.reaches(3);
  await playground.pause.click();
  await expect(playground.status).toContainText('Paused');
  const held = await playground.stepNumber();
  await playground.isKept(held);
  await command(playground, { type: 'test-fault', fault: 'crash' });
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(playground.status).toContainText('Paused');
  expect(await playground.stepNumber()).toBe(held);
  await playground.run.click();
  await playground.reaches(held + 3);
});

test('a lost device: training goes on from the last checkpoint', async ({ page }) => {
  const playground = new Playground(page);
  await openWithWorkers(playground, WATCHED.replace('adapter=wasm', 'adapter=webgpu'));
  await expect(playground.adapter).toContainText('WebGPU');
  await playground.run.click();
  await playground.reaches(8);
  await command(playground, { type: 'test-fault', fault: 'device-lost' });
  await expect(page.getByRole('alert').first()).toContainText('GPU lost');
  await playground.reaches(14);
});

/** The surroundings of the training worker when it starts: a browser that fails in a way that can't be waited for. */
async function breakWorker(playground: Playground, statement: string): Promise<void> {
  await playground.page.route(/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${statement}\n${await response.text()}` });
  });
}

test('a device lost again: training goes on with WebAssembly, and the badge says why', async ({ page }) => {
  const playground = new Playground(page);
  await openWithWorkers(playground, WATCHED.replace('adapter=wasm', 'adapter=webgpu'));
  await playground.run.click();
  await playground.reaches(7);
  await command(playground, { type: 'test-fault', fault: 'device-lost' });
  // The second loss must be one of the new device: it has taken steps from where the first one was told.
  await expect(page.getByRole('alert').first()).toContainText('continuing from step');
  const told = await page.getByRole('alert').first().textContent();
  await playground.reaches(Number(/from step (\d+)/.exec(told ?? '')?.[1]) + 8);
  await command(playground, { type: 'test-fault', fault: 'device-lost' });
  await expect(page.getByRole('alert').first()).toContainText('on WebAssembly');
  await expect(playground.adapter).toContainText('WebAssembly');
  await playground.reaches(18);
});

test('a shader that the adapter refuses: WebAssembly takes over', async ({ page }) => {
  const playground = new Playground(page);
  await breakWorker(
    playground,
    `const makeModule = GPUDevice.prototype.createShaderModule;
     GPUDevice.prototype.createShaderModule = function (given) {
       return makeModule.call(this, given.label.includes('matmul') ? { ...given, code: 'this is no shader' } : given);
     };`,
  );
  await playground.open(QUICK.replace('adapter=wasm', 'adapter=webgpu'));
  await expect(page.getByRole('alert').first()).toContainText('does not compile');
  await expect(playground.adapter).toContainText('WebAssembly');
  await playground.run.click();
  await playground.finishes();
});

test('no memory: the page says so, and a smaller network runs', async ({ page }) => {
  const playground = new Playground(page);
  // One processor: sources that train in workers of their own would have memory there.
  await breakWorker(
    playground,
    `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 });
     WebAssembly.Memory.prototype.grow = () => { throw new RangeError('the test has no memory'); };`,
  );
  await playground.page.goto(`./${QUICK.replace('d=8&ff=16', 'd=256&ff=1024')}`);
  const alert = page.getByRole('alert').first();
  await expect(alert).toContainText('Out of memory');
  await expect(async () => {
    if (await alert.isVisible()) await alert.getByRole('button', { name: 'Halve the width' }).click();
    await expect(playground.status).toContainText('Ready', { timeout: 5000 });
    await expect(alert).toBeHidden({ timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await playground.run.click();
  await playground.reaches(5);
});

test('a divergence is told with the way back', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK.replace('h=0.05', 'h=10'));
  await playground.run.click();
  const alert = page.getByRole('alert').first();
  await expect(alert).toContainText('Training diverged at step');
  await expect(alert).toContainText('10');
  await alert.getByRole('button', { name: /^Back to/ }).click();
  await expect(page.getByText('Training diverged')).toBeHidden();
});
