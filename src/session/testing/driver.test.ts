import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../protocol.ts';
import { Bench, tiny } from './bench.ts';

let bench: Bench;
afterEach(() => bench.close());

describe('a phase that is waited for', () => {
  const impossible: Command = { type: 'load', experiment: { ...tiny, model: { ...tiny.model, d: -4 } } };

  it('and never comes, because the session failed: that is said, with the reason', async () => {
    bench = new Bench();
    await expect(bench.until('ready', impossible)).rejects.toThrow(/should have come to ready, and failed: .*d is -4/);
  });

  it('may be that it failed', async () => {
    bench = new Bench();
    await bench.until('failed', impossible);
    await bench.until('ready', { type: 'load', experiment: tiny });
  });
});
