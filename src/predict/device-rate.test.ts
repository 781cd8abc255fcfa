import { expect, it } from 'vitest';
import { DeviceRate } from './device-rate.ts';

it('takes the rate of a device over half a second of work, without the piece that compiled (10.13)', () => {
  const rate = new DeviceRate();
  expect(rate.add(10, 5000)).toBeNull();
  expect(rate.add(0, 14)).toBeNull();
  expect(rate.add(400, 400)).toBeNull();
  expect(rate.add(200, 200)).toBeCloseTo(1000);
  // Of what came before nothing is left.
  expect(rate.add(100, 1000)).toBeCloseTo(100);
});
