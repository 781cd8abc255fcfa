/** The effect of a growth on the sharpness, and the worth of the noise of a self-fusion. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { meanOf, over } from '../measure/document.ts';
import { lowestWords } from '../measure/lowest.ts';
import { train } from '../measure/train.ts';
import { descend, laboratory } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

const LATER = 80;
const GROWS = [20, 50, 100] as const;

/** λmax of the sources, of the fused network right after the growth, and some steps later. */
export async function sharpness(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('sharpness');
  const base = presetExperiment('edge');
  const h = base.h.kind === 'constant' ? base.h.value : 0.03;
  const found = GROWS.map(() => ({ sources: [] as number[], fused: [] as number[], later: [] as number[] }));
  for (const seed of seeds) {
    scale.note(`sharpness at the growth, seed ${seed}`);
    for (const [i, grow] of GROWS.entries()) {
      const lab = await laboratory(scale.device, { ...base, seed });
      const { small, large } = lab;
      const thetas = lab.starts();
      const lambdas: number[] = [];
      for (const theta of thetas) {
        await descend(small, theta, h, scale.steps(grow));
        lambdas.push((await new SharpnessProbe(small).measure(theta)).lambda);
      }
      const theta = large.space.fromTensors((await lab.grow(thetas)).parameters);
      const probe = new SharpnessProbe(large);
      found[i]?.sources.push(lambdas.reduce((a, b) => a + b, 0) / lambdas.length);
      found[i]?.fused.push((await probe.measure(theta)).lambda);
      await descend(large, theta, h, scale.steps(LATER));
      found[i]?.later.push((await probe.measure(theta)).lambda);
      lab.dispose();
    }
  }
  const rows = GROWS.map((grow, i) => {
    const { sources = [], fused = [], later = [] } = found[i] ?? {};
    return {
      label: `Growth at ${grow}`,
      link: formatLink({ ...base, grow }),
      cells: {
        sources: over(sources),
        fused: over(fused),
        share: over(fused.map((value, j) => value / (sources[j] ?? Number.NaN))),
        later: over(later),
        growth: over(later.map((value, j) => value / (fused[j] ?? Number.NaN))),
      },
    };
  });
  return {
    id: 'sharpness',
    title: 'The sharpness at a growth',
    setting: `Sort, plain gradient descent with the constant step size ${h}. λmax of the sources (mean), of the fused network, and of that ${LATER} steps later.`,
    findings: [
      `Right after the growth λmax is ${rows.map(({ cells }) => meanOf(cells.share).toFixed(2)).join(', ')} of the sources’ mean (growth at ${GROWS.join(', ')}); ${LATER} steps later ${rows.map(({ cells }) => meanOf(cells.growth).toFixed(1)).join(', ')} times that.`,
    ],
    command: 'npm run validate-theory -- --only sharpness',
    seeds,
    columns: [
      { key: 'sources', label: 'λmax, sources', decimals: 1 },
      { key: 'fused', label: 'fused', decimals: 1 },
      { key: 'share', label: 'share of the sources’', decimals: 2 },
      { key: 'later', label: `${LATER} steps later`, decimals: 1 },
      { key: 'growth', label: 'times', decimals: 1 },
    ],
    rows,
  };
}

const AFTER = 200;

/** Loss of a self-fusion some steps after it, by the noise on its off-diagonals. */
export async function selfFusion(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('self-fusion');
  const edge = presetExperiment('edge');
  const grow = scale.steps(100);
  const base: Experiment = { ...edge, predict: [], baseline: [], grow, steps: grow + scale.steps(AFTER) };
  const self = { ...base, operator: 'self', offDiagonal: 'noise' } as const;
  const ways: readonly (readonly [string, Experiment])[] = [
    ['Small, alone', { ...base, operator: 'self', grow: null }],
    ['A + A, no noise', { ...self, offDiagonal: 'zero' }],
    ...[0.01, 0.1, 0.3, 1].map((sigma) => [`A + A, noise ${sigma}`, { ...self, sigma }] as const),
    ['A + B', base],
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, experiment] of ways) {
    const finals: number[] = [];
    for (const seed of seeds) {
      scale.note(`self-fusion, ${label}, seed ${seed}`);
      const { curves } = await train(scale.device, { ...experiment, seed }, experiment.steps);
      finals.push([...curves.values()].at(-1)?.losses.at(-1) ?? Number.NaN);
    }
    rows.push({ label, link: formatLink(experiment), cells: { final: over(finals) } });
  }
  return {
    id: 'self-fusion',
    title: 'A network fused with itself',
    setting: `Sort, full batch, plain gradient descent, step size ${edge.h.kind === 'constant' ? edge.h.value : ''}; growth at 100, loss ${AFTER} steps later.`,
    findings: [`Of the self-fusions the lowest is ${lowestWords(rows.slice(1, -1), 'final')}.`],
    command: 'npm run validate-theory -- --only self-fusion',
    seeds,
    columns: [{ key: 'final', label: 'last loss', decimals: 3 }],
    rows,
  };
}
