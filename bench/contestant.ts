/** `npm run bench:contestant`: builds `bench/dist/contestant.mjs`, one self-contained ES module with `create(job)`. */
import { bundleContestant } from './lib/browser-cells.ts';

const text = await bundleContestant();
console.log(`bench/dist/contestant.mjs  ${(text.length / 1e6).toFixed(2)} MB`);
