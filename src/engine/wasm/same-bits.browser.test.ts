/** The browser's wasm gives the bits that Node's gives: a run can be repeated on the command line. */
import { expect, test } from 'vitest';
import { fiveSteps, WASM_BITS } from '../testing/whole-step.ts';
import { createBrowserWasmDevice } from './browser.ts';

test('five training steps in the browser have the bits of Node', async () => {
  const device = await createBrowserWasmDevice();
  expect(await fiveSteps(device)).toEqual(WASM_BITS);
  device.dispose();
});
