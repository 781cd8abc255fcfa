/** The address in a browser that takes a hundred changes in half a minute and then throws, as Safari does. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Address from './address.ts';

let address = '';
/** What Back leads through, the present entry last. */
let entries: string[] = [];
let changes: number[] = [];
let most = 100;
let module: typeof Address;

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  [address, changes, most, entries] = ['', [], 100, ['']];
  vi.stubGlobal('history', {
    replaceState: (_: unknown, __: string, wanted: string) => {
      const now = performance.now();
      changes = changes.filter((at) => now - at < 30_000);
      if (changes.length >= most) throw new DOMException('too many calls', 'SecurityError');
      changes.push(now);
      address = wanted;
      entries[entries.length - 1] = wanted;
    },
    pushState: (_: unknown, __: string, wanted: string) => {
      if (changes.length >= most) throw new DOMException('too many calls', 'SecurityError');
      changes.push(performance.now());
      address = wanted;
      entries.push(wanted);
    },
  });
  module = await import('./address.ts');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the address', () => {
  it('follows at once, and after many changes in quick succession at the end (10.24)', () => {
    module.setAddress('#grow=49');
    expect(address).toBe('#grow=49');
    for (let grow = 50; grow < 500; grow++) {
      module.setAddress(`#grow=${grow}`);
      vi.advanceTimersByTime(30);
    }
    vi.advanceTimersByTime(400);
    expect(address).toBe('#grow=499');
  });

  it('follows later where a browser refuses, and throws nothing (10.24)', () => {
    most = 2;
    for (let grow = 1; grow < 9; grow++) {
      module.setAddress(`#grow=${grow}`);
      vi.advanceTimersByTime(400);
    }
    expect(address).toBe('#grow=2');
    vi.advanceTimersByTime(40_000);
    expect(address).toBe('#grow=8');
  });

  it('is not written over once it was changed from outside (10.24)', () => {
    module.setAddress('#a');
    module.setAddress('#b');
    address = '#from outside';
    module.keepAddress();
    vi.advanceTimersByTime(5000);
    expect(address).toBe('#from outside');
  });

  it('has a step for every choice, one for a whole movement, and none for what follows (10.15)', () => {
    module.setAddress('#seed=1');
    module.setAddress('#seed=2', 'choice');
    module.setAddress('#seed=3', 'choice');
    for (let grow = 0; grow < 20; grow++) {
      module.setAddress(`#grow=${grow}`, 'movement');
      vi.advanceTimersByTime(60);
    }
    vi.advanceTimersByTime(1500);
    module.setAddress('#grow=19&h2=0.1');
    vi.advanceTimersByTime(1500);
    module.endMovement();
    module.setAddress('#grow=5', 'movement');
    expect(entries).toEqual(['#seed=1', '#seed=2', '#seed=3', '#grow=19&h2=0.1', '#grow=5']);
  });

  it('has one step for a movement that is also followed, as the page follows every change of the experiment (10.15)', () => {
    module.setAddress('#grow=20');
    for (let grow = 21; grow <= 28; grow++) {
      module.setAddress(`#grow=${grow}`, 'movement');
      module.setAddress(`#grow=${grow}`);
      // However slow the machine or the hand is.
      vi.advanceTimersByTime(grow === 24 ? 20_000 : 60);
    }
    vi.advanceTimersByTime(400);
    expect(entries).toEqual(['#grow=20', '#grow=28']);
  });

  describe('that becomes another one by itself', () => {
    let told: string[];
    let tell: Record<string, (event: { readonly state: unknown }) => void>;
    const OWN = { deepFusion: 'choice' };
    const goes = (href: string, state: unknown): void => {
      vi.stubGlobal('location', { href });
      tell['popstate']?.({ state });
    };
    beforeEach(() => {
      [told, tell] = [[], {}];
      vi.stubGlobal('addEventListener', (name: string, heard: (typeof tell)[string]) => (tell[name] = heard));
      module.watchAddress(
        () => told.push('choice'),
        () => told.push('link'),
      );
    });

    it('begins a movement anew after Back, so that the entry it led to stays (10.15)', () => {
      module.setAddress('#grow=20');
      module.setAddress('#grow=21', 'movement');
      entries.pop();
      goes('#grow=20', OWN);
      module.setAddress('#grow=22', 'movement');
      expect(entries).toEqual(['#grow=20', '#grow=22']);
    });

    it('is a choice that is undone, however late the browser tells of the changed hash, also twice in a row (10.15)', () => {
      goes('#seed=2', OWN);
      vi.advanceTimersByTime(5000);
      tell['hashchange']?.({ state: null });
      goes('#seed=1', OWN);
      goes('#seed=0', OWN);
      tell['hashchange']?.({ state: null });
      tell['hashchange']?.({ state: null });
      expect(told).toEqual(['choice', 'choice', 'choice']);
    });

    it('is a link where it is no entry of this page, also one that Back has led to before (10.15)', () => {
      goes('#seed=2', OWN);
      goes('#seed=2', null);
      tell['hashchange']?.({ state: null });
      expect(told).toEqual(['choice', 'link']);
    });
  });

  it('keeps what was due of the entry before (10.15)', () => {
    module.setAddress('#a');
    module.setAddress('#b');
    module.setAddress('#c', 'choice');
    expect(entries).toEqual(['#b', '#c']);
  });

  it('follows where a browser refuses a step (10.15)', () => {
    most = 0;
    module.setAddress('#a', 'choice');
    most = 100;
    vi.advanceTimersByTime(5000);
    expect(address).toBe('#a');
  });

  it('is right when the page is left (10.24)', () => {
    module.setAddress('#a');
    module.setAddress('#b');
    module.finishAddress();
    expect(address).toBe('#b');
  });
});
