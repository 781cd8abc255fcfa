/** While the page is presented the screen stays on, where the browser can see to that. */
import { useEffect } from 'react';

export function useWakeLock(on: boolean): void {
  useEffect(() => {
    // Not on plain http, and not in every browser.
    const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
    if (!on || !wakeLock) return;
    let over = false;
    let held: WakeLockSentinel | null = null;
    const ask = (): void => {
      if (over || document.visibilityState !== 'visible') return;
      wakeLock.request('screen').then(
        (sentinel) => {
          if (over) void sentinel.release();
          else held = sentinel;
        },
        // Refused, as at a low battery: then the screen does what it always does.
        () => undefined,
      );
    };
    ask();
    // Browsers let go of it when the page is hidden.
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', ask);
      void held?.release();
    };
  }, [on]);
}
