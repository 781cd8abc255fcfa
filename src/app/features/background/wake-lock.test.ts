import { describe, expect, it } from 'vitest';
import { holdScreen, whyNoScreen } from './wake-lock.ts';

/** A screen as a browser keeps it on: lets go of it when the page is hidden. */
function fakeScreen(refuses = false) {
  const locks: { released: boolean; release: () => Promise<void> }[] = [];
  const target = new EventTarget();
  const page = Object.assign(target, { visibilityState: 'visible' as DocumentVisibilityState });
  const wakeLock = {
    request: () => {
      if (refuses) return Promise.reject(new Error('the battery is low'));
      const lock = {
        released: false,
        release: () => {
          lock.released = true;
          return Promise.resolve();
        },
      };
      locks.push(lock);
      return Promise.resolve(lock as unknown as WakeLockSentinel);
    },
  };
  const show = (visible: boolean): void => {
    page.visibilityState = visible ? 'visible' : 'hidden';
    if (!visible) for (const lock of locks) lock.released = true;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const host = { wakeLock, page: page as unknown as Document };
  return { host, show, held: () => locks.filter(({ released }) => !released).length, asked: () => locks.length };
}
/** Until what was asked for is there. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a screen that stays on', () => {
  it('is asked for once, again whenever the page is seen again, and let go of at the end', async () => {
    const { host, show, held, asked } = fakeScreen();
    const end = holdScreen(host);
    await settled();
    show(true);
    await settled();
    expect([held(), asked()]).toEqual([1, 1]);
    show(false);
    await settled();
    expect([held(), asked()]).toEqual([0, 1]);
    show(true);
    await settled();
    expect([held(), asked()]).toEqual([1, 2]);
    end();
    show(false);
    show(true);
    await settled();
    expect([held(), asked()]).toEqual([0, 2]);
  });

  it('is let go of where it comes only after the end', async () => {
    const { host, held, asked } = fakeScreen();
    holdScreen(host)();
    await settled();
    expect([held(), asked()]).toEqual([0, 1]);
  });

  it('is not asked for by a page that nobody sees', async () => {
    const { host, show, asked } = fakeScreen();
    show(false);
    holdScreen(host);
    await settled();
    expect(asked()).toBe(0);
    show(true);
    expect(asked()).toBe(1);
  });

  it('that is refused, or that a browser can’t keep on, harms nothing', async () => {
    const { host, show } = fakeScreen(true);
    const end = holdScreen(host);
    await settled();
    show(true);
    await settled();
    end();
    holdScreen({ ...host, wakeLock: undefined })();
  });

  it('can’t be had on plain http, or from some browsers', () => {
    const why = (wakeLock: boolean, secure: boolean) => whyNoScreen({ wakeLock, secure });
    expect([why(false, false), why(false, true), why(true, true)]).toEqual(['http', 'browser', null]);
  });
});
