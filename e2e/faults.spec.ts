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

test('a worker that dies is told, and the page goes on working', async ({ page }) => {
  const playground = new Playground(page);
  await openWithWorkers(playground, WATCHED);
  await playground.run.click();
  await playground.reaches(3);
  await command(playground, { type: 'test-fault', fault: 'crash' });
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(playground.status).toContainText('Ready');
  await playground.run.click();
  await playground.reaches(3);
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
