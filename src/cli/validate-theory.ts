/**
 * `npm run validate-theory [-- --only edge,map] [--seeds 3,5] [--quick] [--out FILE]`: what backward error analysis
 * predicts, against this engine's own runs in float32. Writes public/results/theory.json, as it came out.
 */
import { fileURLToPath } from 'node:url';
import type { MeasuredTable } from '../experiment/measured.ts';
import { runMain } from './command/arguments.ts';
import { measureTables } from './measure/tables.ts';
import { selfFusion, sharpness } from './theory/at-growth.ts';
import { cheap } from './theory/cheap.ts';
import { compositeOrders, compositeWindow } from './theory/composite.ts';
import { edge } from './theory/edge.ts';
import { halving } from './theory/halving.ts';
import { map } from './theory/map.ts';
import { miniBatches, optimizers } from './theory/optimizers.ts';
import { orders } from './theory/orders.ts';
import { preset } from './theory/presets.ts';
import { sharpestDirection } from './theory/sharpest-direction.ts';
import type { TheoryScale } from './theory/scale.ts';

const TABLES: Readonly<Record<string, (scale: TheoryScale) => Promise<MeasuredTable>>> = {
  'first-fusion': (scale) => preset(scale, 'first-fusion', 'Predicted from step 0, through the fusion'),
  'see-the-theory': (scale) => preset(scale, 'see-the-theory', 'One network, two predictions'),
  'four-to-one': (scale) => preset(scale, 'four-to-one', 'Predicted from step 0, through two fusions'),
  halving,
  'sharpest-direction': sharpestDirection,
  edge,
  sharpness,
  orders,
  composite: compositeOrders,
  'composite-window': compositeWindow,
  cheap,
  optimizers,
  'mini-batch': miniBatches,
  'self-fusion': selfFusion,
  map,
};

const SIXTEEN = Array.from({ length: 16 }, (_, i) => 2 * i + 1);
/**
 * Every odd seed is another pair of sources. Presets have enough of them for a median, and a typical one (npm run
 * choose-seed).
 */
const SEEDS: Readonly<Record<string, readonly number[]>> = {
  'first-fusion': SIXTEEN,
  'see-the-theory': SIXTEEN,
  'four-to-one': SIXTEEN,
  halving: [1, 3, 5],
  'sharpest-direction': [1, 3, 5],
  edge: [3, 5, 7],
  sharpness: [1, 3, 5],
  orders: [3, 5, 7],
  composite: [1, 3, 5],
  'composite-window': [1, 3, 5],
  cheap: [1, 3, 5],
  optimizers: [1, 3, 5],
  'mini-batch': [1, 3, 5],
  'self-fusion': [1, 3, 5],
  map: [1, 3, 5],
};

export const RESULT = fileURLToPath(new URL('../../public/results/theory.json', import.meta.url));

export function main(argv: readonly string[]): Promise<number> {
  return measureTables<TheoryScale>(
    {
      title: 'Predicting training',
      command: 'npm run validate-theory',
      usage: 'npm run validate-theory -- [--only edge,map] [--seeds 3,5] [--quick] [--out FILE] [--quiet]',
      path: RESULT,
      tables: TABLES,
      scale: ({ device, quick, seeds, note }) => ({
        device,
        quick,
        seedsOf: (table) => (seeds ?? SEEDS[table] ?? [3]).slice(0, quick ? 1 : undefined),
        steps: (full) => (quick ? Math.max(2, Math.round(full / 40)) : full),
        note,
      }),
    },
    argv,
  );
}

runMain(import.meta.url, main);
