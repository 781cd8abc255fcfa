/**
 * Parts of the page whose code comes later: when the page has nothing else to do, when a pointer comes near what opens
 * them, and at the latest when they are opened. A visitor waits for none that nobody opened.
 */
import { type ComponentType, type FunctionComponent, use } from 'react';
import { networkReturns } from './network.ts';

export interface LaterPart<P extends object> {
  /** To be drawn inside `Suspense`, within an error boundary; without a wait once its code is there. */
  readonly Shown: FunctionComponent<P>;
  /** Fetches the code. Where that fails, nothing happens: it is tried again when the part is opened. */
  readonly fetch: () => Promise<void>;
  /** After a failure: the next drawing asks for it again. */
  readonly again: () => void;
}

/** The code of a part did not come: no network, or the server has another version by now. */
export class NotFetchedError extends Error {
  override readonly name = 'NotFetchedError';
  /** How often the network had come back when it was asked for (network.ts). */
  readonly asked: number;

  constructor(message: string, asked: number) {
    super(message);
    this.asked = asked;
  }
}

const parts: LaterPart<never>[] = [];

export function later<P extends object>(load: () => Promise<ComponentType<P>>): LaterPart<P> {
  let found: ComponentType<P> | null = null;
  let asked: Promise<ComponentType<P>> | null = null;
  // The same promise at every drawing, a failed one too, or React would ask for ever.
  const ask = (): Promise<ComponentType<P>> => {
    const returns = networkReturns();
    return (asked ??= load().then(
      (component) => (found = component),
      (error: unknown) => {
        throw new NotFetchedError(error instanceof Error ? error.message : String(error), returns);
      },
    ));
  };
  const again = (): void => {
    if (found === null) asked = null;
  };
  function Shown(props: P) {
    const Found = found ?? use(ask());
    return <Found {...props} />;
  }
  const fetch = (): Promise<void> => ask().then(() => undefined, again);
  const part = { Shown, fetch, again };
  parts.push(part);
  return part;
}

/** Seconds after which a browser that never says that it is idle is taken to be so. */
const PATIENCE = 3;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: PATIENCE * 1000 });
    else setTimeout(resolve, PATIENCE * 1000);
  });

/**
 * Fetches all parts once the page is loaded, each when the page is idle again, so that none stands in the way of a
 * press.
 */
export function fetchWhenIdle(): void {
  const all = async (): Promise<void> => {
    for (const part of parts) {
      await idle();
      await part.fetch();
    }
  };
  if (document.readyState === 'complete') void all();
  else addEventListener('load', () => void all(), { once: true });
}
