import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { LEAN_TFJS } from './vite.config.ts';
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/browser.mjs';

const executablePath = findBrowser();

/**
 * Node tests use the stock tfjs package; `*.browser.test.ts` run on software WebGPU in a real Chromium, with the lean
 * one.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/*.browser.test.{ts,tsx}', '**/node_modules/**'],
          // Against hanging only: a slow machine fails no test.
          testTimeout: 300_000,
        },
      },
      {
        resolve: { alias: [LEAN_TFJS] },
        define: { SOURCE_REPOSITORY: '""' },
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-core/dist/register_all_gradients',
            '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-backend-wasm',
            'pure-rand/generator/xoroshiro128plus',
            'zod/mini',
            'fflate',
            'idb',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: [...BROWSER_ARGUMENTS], ...(executablePath === undefined ? {} : { executablePath }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
