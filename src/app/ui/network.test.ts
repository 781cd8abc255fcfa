import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Network from './network.ts';

describe('the network comes back (10.40)', () => {
  let network: typeof Network;
  let online = (): void => undefined;

  beforeEach(async () => {
    vi.resetModules();
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
      if (type === 'online') online = listener;
    });
    network = await import('./network.ts');
  });
  afterEach(() => vi.unstubAllGlobals());

  it('and what waits for it is tried again, until it waits no more', () => {
    const again = vi.fn();
    const stop = network.onNetworkBack(network.networkReturns(), again);
    expect(again).toHaveBeenCalledTimes(0);
    online();
    online();
    expect(again).toHaveBeenCalledTimes(2);
    stop();
    online();
    expect(again).toHaveBeenCalledTimes(2);
  });

  it('between the question and the moment its failure is noticed, and is not missed', () => {
    const again = vi.fn();
    const asked = network.networkReturns();
    online();
    network.onNetworkBack(asked, again);
    expect(again).toHaveBeenCalledTimes(1);
    // The second failure is not of the network.
    network.onNetworkBack(network.networkReturns(), again);
    expect(again).toHaveBeenCalledTimes(1);
  });
});
