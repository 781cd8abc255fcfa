/** Requests about the runs that are kept on this device, whose answers the page gets itself. */
import type { KeptCurves, KeptEvent, KeptRequest } from '../../../keep/reports.ts';
import { send } from '../store.ts';
import { onKept } from './worker-client.ts';

export const askKept = (request: KeptRequest): void => send({ type: 'kept', request });

/** Ends the waiting for what was asked, by the request. */
const waiting = new Map<string, () => void>();

/**
 * The answer to what is asked; where there is none, a banner says why. What is asked again is not waited for twice: the
 * first may never have been answered.
 */
function answered<T extends KeptEvent['type']>(
  request: KeptRequest,
  isIt: (event: KeptEvent) => event is Extract<KeptEvent, { type: T }>,
): Promise<Extract<KeptEvent, { type: T }>> {
  const key = JSON.stringify(request);
  waiting.get(key)?.();
  return new Promise((resolve) => {
    const stop = onKept((event) => {
      if (!isIt(event)) return;
      stop();
      waiting.delete(key);
      resolve(event);
    });
    waiting.set(key, stop);
    askKept(request);
  });
}

/** All kept runs as one file. */
export async function exportKept(): Promise<Uint8Array<ArrayBuffer>> {
  return (await answered({ do: 'export' }, (event) => event.type === 'kept-file')).bytes;
}

export const curvesOf = (id: string): Promise<KeptCurves> =>
  answered(
    { do: 'curves', id },
    (event): event is Extract<KeptEvent, { type: 'kept-curves' }> => event.type === 'kept-curves' && event.id === id,
  );
