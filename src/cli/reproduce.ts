/**
 * `npm run reproduce [-- --only fusing-wins,graph] [--seeds 0,1,2] [--quick] [--out FILE]`: small-scale counterparts of
 * the paper's experiments (Mazzawi et al., arXiv 2306.11903), with this engine and these tasks. Writes
 * public/results/reproduce.json, which the page shows under "What we measured", as it came out.
 */
import { fileURLToPath } from 'node:url';
import type { MeasuredTable } from '../experiment/measured.ts';
import { runMain } from './command/arguments.ts';
import { measureTables } from './measure/tables.ts';
import { naiveMoments, symmetry } from './reproduce/after-growth.ts';
import { downstream } from './reproduce/downstream.ts';
import { fast } from './reproduce/fast.ts';
import { firstFusion } from './reproduce/first-fusion.ts';
import { graph } from './reproduce/graph.ts';
import { language } from './reproduce/language.ts';
import { methods } from './reproduce/methods.ts';
import { manyWords, saturated, tooSmall } from './reproduce/regime.ts';
import type { Scale } from './reproduce/scale.ts';

const TABLES: Readonly<Record<string, (scale: Scale) => Promise<MeasuredTable>>> = {
  methods,
  graph,
  'first-fusion-cost': firstFusion,
  'fusing-fast': fast,
  'fusing-wins': saturated,
  'fusing-even': manyWords,
  'fusing-too-small': tooSmall,
  downstream,
  language,
  'naive-moments': naiveMoments,
  symmetry,
};

export const RESULT = fileURLToPath(new URL('../../public/results/reproduce.json', import.meta.url));

const SEEDS = [0, 1, 2] as const;
/** Seeds 0 and 1 were looked at when the step size of `fusing-wins` was chosen. */
const FRESH = [11, 21, 31] as const;
/** Of the presets: every odd seed is another pair of sources. */
const SEVERAL = Array.from({ length: 16 }, (_, i) => 2 * i + 1);

export function main(argv: readonly string[]): Promise<number> {
  return measureTables<Scale>(
    {
      title: 'Fusing networks',
      command: 'npm run reproduce',
      usage: 'npm run reproduce -- [--only fusing-wins,graph] [--seeds 0,1,2] [--quick] [--out FILE] [--quiet]',
      path: RESULT,
      tables: TABLES,
      scale: ({ device, quick, seeds: given, note }) => ({
        device,
        seeds: (given ?? SEEDS).slice(0, quick ? 2 : undefined),
        fresh: (given ?? FRESH).slice(0, quick ? 2 : undefined),
        several: (given ?? SEVERAL).slice(0, quick ? 2 : undefined),
        steps: (full) => (quick ? Math.max(2, Math.round(full / 500)) : full),
        every: quick ? 2 : 50,
        quick,
        note,
      }),
    },
    argv,
  );
}

runMain(import.meta.url, main);
