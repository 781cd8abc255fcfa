/** Where and how fast it runs: nothing of what comes out. */
import { choice, or, real, setting } from './setting.ts';

export const ADAPTERS = ['auto', 'webgpu', 'wasm'] as const;
export type AdapterChoice = (typeof ADAPTERS)[number];

export const adapter = setting({
  type: choice(ADAPTERS),
  what: 'an adapter',
  words: 'where it trains',
  help: 'where it trains; auto: hardware WebGPU, else WebAssembly',
  changesRun: false,
});

export const pace = setting({
  type: or(real(0.1, 1_000), 'max', 'max'),
  what: 'a pace in steps a second',
  help: 'steps a second at most, so that a small run can be watched; max: as fast as it goes',
  changesRun: false,
});
