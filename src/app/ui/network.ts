/**
 * When the network comes back, what failed for want of it is tried again unasked; once for each return, and also where
 * the failure is noticed only after it. Whether the device says that it is online is not asked: then a server that is
 * down would be asked for ever.
 */
let returns = 0;
const waiting = new Set<() => void>();

if (typeof addEventListener === 'function')
  addEventListener('online', () => {
    returns++;
    for (const again of [...waiting]) again();
  });

/** How often the network has come back by now: to be noted when something is asked for. */
export const networkReturns = (): number => returns;

/**
 * Calls `again` at every return of the network, and at once where there was one after `since`, when what has failed was
 * asked for. Gives the way to stop that.
 */
export function onNetworkBack(since: number, again: () => void): () => void {
  waiting.add(again);
  if (returns > since) again();
  return () => waiting.delete(again);
}
