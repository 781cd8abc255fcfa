import { afterEach, describe, expect, it, vi } from 'vitest';
import { MEASURED_FILES } from '../../../experiment/measured.ts';
import { loadMeasured } from './load.ts';

afterEach(() => vi.unstubAllGlobals());

const quiet = (): AbortSignal => new AbortController().signal;
const answers = (status: number, type = 'text/html'): Response =>
  new Response('<p>page</p>', { status, headers: { 'content-type': type } });

describe('the measured results (10.40)', () => {
  it('fail without a network, and are read by the same call once it is back', async () => {
    let offline = true;
    vi.stubGlobal('fetch', () => (offline ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(answers(404))));
    await expect(loadMeasured('./', quiet())).rejects.toThrow('Failed to fetch');
    offline = false;
    await expect(loadMeasured('./', quiet())).resolves.toEqual([]);
  });

  it('a server that is out of order is no empty table', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(answers(503)));
    await expect(loadMeasured('./', quiet())).rejects.toThrow(`${MEASURED_FILES[0]}: the server answered 503`);
  });

  it('a host that answers a missing file with its page has none', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(answers(200)));
    await expect(loadMeasured('./', quiet())).resolves.toEqual([]);
  });
});
