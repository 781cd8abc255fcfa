import { describe, expect, test } from 'vitest';
import { isLoopback, scanAddress } from './address.ts';

describe('the address in the code to scan', () => {
  test('localhost opens on this computer only, and the code says so (10.15)', () => {
    for (const host of ['localhost:5173', '127.0.0.1:5173', '[::1]:5173', 'deep.localhost'])
      expect(scanAddress(`http://${host}/#preset=edge`, null)).toEqual({ page: `http://${host}/`, reach: 'here' });
  });

  test('served to the network, the code carries the address that phones can open (10.15)', () => {
    expect(scanAddress('http://localhost:5173/#preset=edge', 'http://192.168.1.20:5173/')).toEqual({
      page: 'http://192.168.1.20:5173/',
      reach: 'network',
    });
    // What was opened by an address of its own stays there, whatever the server knows.
    expect(scanAddress('https://school.example/fusion/?a=1#seed=3', 'http://192.168.1.20:5173/')).toEqual({
      page: 'https://school.example/fusion/?a=1',
      reach: 'anywhere',
    });
  });

  test('a name that only begins like localhost is none', () => {
    expect(['localhost.example', '127.example.org', '10.127.0.1', 'notlocalhost'].filter(isLoopback)).toEqual([]);
  });
});
