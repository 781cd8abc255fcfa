/**
 * A screen that stays on: while the page is presented, and while it trains where the reader has switched that on. A
 * device whose screen goes dark stops the page with it.
 */
import { useEffect } from 'react';

/** What it takes, as browsers have it; a test has its own. */
interface ScreenHost {
  /** Not on plain http, and not in every browser. */
  readonly wakeLock: Pick<WakeLock, 'request'> | undefined;
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

const browser = (): ScreenHost => ({ wakeLock: (navigator as { readonly wakeLock?: WakeLock }).wakeLock, page: document });

/** Why no screen can be kept on: the browser can't, or the page came over plain http; null where it can be. */
export function whyNoScreen(
  has = { wakeLock: browser().wakeLock !== undefined, secure: globalThis.isSecureContext },
): 'browser' | 'http' | null {
  if (has.wakeLock) return null;
  return has.secure ? 'browser' : 'http';
}

/** Keeps the screen on. @returns what ends that */
export function holdScreen({ wakeLock, page }: ScreenHost = browser()): () => void {
  if (!wakeLock) return () => undefined;
  let over = false;
  let asking = false;
  let held: Pick<WakeLockSentinel, 'released' | 'release'> | null = null;
  const ask = (): void => {
    if (over || asking || page.visibilityState !== 'visible' || held?.released === false) return;
    asking = true;
    wakeLock
      .request('screen')
      .then(
        (sentinel) => {
          if (over) void sentinel.release();
          else held = sentinel;
        },
        // Refused, as at a low battery: then the screen does what it always does.
        () => undefined,
      )
      .finally(() => {
        asking = false;
      });
  };
  ask();
  // Browsers let go of it when the page is hidden.
  page.addEventListener('visibilitychange', ask);
  return () => {
    over = true;
    page.removeEventListener('visibilitychange', ask);
    void held?.release();
  };
}

export function useWakeLock(on: boolean): void {
  useEffect(() => (on ? holdScreen() : undefined), [on]);
}
