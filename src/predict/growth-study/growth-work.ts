/**
 * The study of a growth, in slices: sharpness before and after it, the Gauss–Newton spectrum, the Lie
 * bracket, and the composite of the steps around it. In pools of its own; it changes no number of the training.
 */
import { isFusion as isFusionOperator } from '../../experiment/declared/operators.ts';
import type { Pool } from '../../engine/device.ts';
import type { NamedTensors } from '../../engine/named-tensors.ts';
import { WAITING, within } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors } from '../../engine/vector-space.ts';
import { tableAt } from '../../experiment/experiment.ts';
import { inherit, isInherited } from '../../fusion/provenance.ts';
import { parameterShapes } from '../../model/config.ts';
import { bracketParts, compositeFlow, COMPOSITE_WINDOW } from '../../theory/growth/composite.ts';
import { gaussNewtonSpectrum } from '../../theory/curvature/gauss-newton.ts';
import { type GrowthCoordinates, growthCoordinates } from '../../theory/growth/growth-coordinates.ts';
import { fixedSubsteps } from '../../theory/integrate/integrators.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import type { T5Objective } from '../../training/t5-objective.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';
import type { RunGrowth } from '../../run/growth/grow-stage.ts';
import type { BracketReport, CompositePoint, CompositeReport, SpectrumReport } from '../reports.ts';
import type { Run } from '../../run/run.ts';
import type { Snapshot } from '../../run/snapshot.ts';

/** A slice has ended: go on, or wait for the run to decide a step size. */
export type Sliced = 'worked' | typeof WAITING;

const worked = (): Sliced => 'worked';

/** Largest sharpness of the sources, and that of the grown model. */
export type Lambdas = BracketReport['lambdas'];

/** h·λ of one step on either side of a growth, the larger: n times this must stay in the composite's window. */
export const timeOf = (h1: number, h2: number, [before, after]: Lambdas): number => Math.max(h1 * before, h2 * after);

/** Most steps on either side of a growth that the composite is compared over. */
const MOST_STEPS = 6;

/** λmax of these parameters. */
async function* sharpnessOf(
  objective: T5Objective,
  parameters: NamedTensors,
): AsyncGenerator<Sliced, { lambda: number; gradients: number }> {
  using own = new Resources();
  const theta = objective.space.fromTensors(parameters, own);
  return yield* within(own.use(new SharpnessProbe(objective)).measuring(theta), worked);
}

export async function* spectrumAt(run: Run, { report, sources, fused }: RunGrowth): AsyncGenerator<Sliced, SpectrumReport> {
  const config = run.configOf(report.target);
  const objective = await run.objective(config);
  const after = yield* sharpnessOf(objective, fused);
  using own = new Resources();
  const theta = objective.space.fromTensors(fused, own);
  const spectrum = yield* within(gaussNewtonSpectrum(objective, theta), worked);
  const before: { lambda: number; gradients: number }[] = [];
  for (const source of sources) before.push(yield* sharpnessOf(await run.objective(source.config), source.parameters));
  return {
    ...spectrum,
    model: report.target,
    step: report.step,
    lambda: after.lambda,
    sourceLambdas: before.map(({ lambda }) => lambda),
    lambdaGradients: [after, ...before].reduce((sum, { gradients }) => sum + gradients, 0),
  };
}

/** Whether whole sources stand side by side in the grown model: then their training is a flow in its coordinates. */
export function isFusion({ report }: RunGrowth): boolean {
  return isFusionOperator(report.operator);
}

async function coordinatesOf(run: Run, growth: RunGrowth, large: T5Objective): Promise<GrowthCoordinates> {
  const sources = await Promise.all(growth.sources.map(({ config }) => run.objective(config)));
  return growthCoordinates({ provenance: growth.provenance, space: large.space, sources });
}

export async function* bracketAt(run: Run, growth: RunGrowth, lambdas: Lambdas): AsyncGenerator<Sliced, BracketReport> {
  const { report, provenance, fused } = growth;
  const large = await run.objective(run.configOf(report.target));
  using own = new Resources();
  const coordinates = own.use(await coordinatesOf(run, growth, large));
  const theta = large.space.fromTensors(fused, own);
  const parts = bracketParts({ ...coordinates, after: large, theta });
  const { bracket, g1, g2, alongBracket, gradients } = yield* within(parts, worked);
  const head = provenance.get('lm_head.weight')?.find(isInherited)?.factor ?? 1;
  return { model: report.target, step: report.step, bracket, g1, g2, alongBracket, lambdas, metric: head ** 2, gradients };
}

/**
 * The composite with and without its bracket against the run, from n steps before the growth to n steps behind it, for
 * every n within its window. No points where one step is past it, or where no snapshot lies before these steps.
 */
export async function* compositeAt(
  run: Run,
  growth: RunGrowth,
  lambdas: Lambdas,
  checkpoints: Checkpoints<Snapshot>,
): AsyncGenerator<Sliced, CompositeReport> {
  const { report, provenance, fused } = growth;
  const { step, target } = report;
  const { h1, h2, most } = yield* stepsAround(run, growth, lambdas);
  const config = run.configOf(target);
  const large = await run.objective(config);
  const { space } = large;
  const points: CompositePoint[] = [];
  let gradients = 0;
  using own = new Resources();
  const vector = (from: NamedTensors): Pool => space.fromTensors(from, own);
  const coordinates = own.use(await coordinatesOf(run, growth, large));
  const integrator = own.use(fixedSubsteps(space, 1));
  const starts = most > 0 ? yield* sourcesBefore(run, growth, most, checkpoints) : null;
  if (starts === null) return { model: target, step, h1, h2, points, gradients };
  gradients += starts.gradients;
  const shapes = parameterShapes(config);
  const theta = vector(fused);
  const [moved, gradient] = createVectors(space, 2, own);
  const stages = { ...coordinates, after: large };
  const measured = vector(fused);
  for (let n = 1; n <= most; n++) {
    large.gradient(measured, gradient);
    space.axpy(-h2, gradient, measured);
    gradients++;
    const start = vector(inherit(shapes, provenance, starts.displacements(n)));
    space.axpy(1, theta, start);
    const times = { a: n * h1, b: n * h2, h1, h2 };
    const ends: { loss: number; distance: number }[] = [];
    for (const bracket of [true, false]) {
      using during = new Resources();
      const flow = during.use(compositeFlow(stages, times, { modified: true, bracket }));
      space.copy(start, moved);
      yield* within(integrator.step(flow, moved, 1), (spent) => {
        gradients += spent;
        return worked();
      });
      const loss = await large.loss(moved);
      space.axpy(-1, measured, moved);
      ends.push({ loss, distance: Math.sqrt(await space.dot(moved, moved)) });
    }
    points.push({ n, measured: await large.loss(measured), withBracket: ends[0]!, without: ends[1]! });
  }
  return { model: target, step, h1, h2, points, gradients };
}

/**
 * Step sizes on either side of the growth, and the number of steps over which they stay and the composite holds. Waits
 * where a step size is not known yet.
 */
async function* stepsAround(
  run: Run,
  { report }: RunGrowth,
  lambdas: Lambdas,
): AsyncGenerator<Sliced, { h1: number; h2: number; most: number }> {
  const { step, target, sources } = report;
  const tables = sources.map((id) => run.usedStepSizes(id));
  const h1 = tableAt(tables[0] ?? [], step - 1);
  const begins = Math.max(...sources.map((id) => run.stages.find(({ model }) => model === id)?.from ?? 0));
  const ends = run.stages.find(({ model }) => model === target)?.to ?? step;
  const together = sources.every((id) => run.stages.some(({ model, to }) => model === id && to === step));
  let h2 = run.stepSizeAt(step);
  while (h2 === undefined) {
    yield WAITING;
    h2 = run.stepSizeAt(step);
  }
  let most = 0;
  const limit = together ? MOST_STEPS : 0;
  for (let n = 1; n <= limit && step - n >= begins && step + n <= ends; n++) {
    if (n * timeOf(h1, h2, lambdas) > COMPOSITE_WINDOW || tables.some((table) => tableAt(table, step - n) !== h1)) break;
    let next = run.stepSizeAt(step + n - 1);
    while (next === undefined) {
      yield WAITING;
      next = run.stepSizeAt(step + n - 1);
    }
    if (next !== h2) break;
    most = n;
  }
  return { h1, h2, most };
}

interface SourcesBefore {
  readonly gradients: number;
  /** The sources n steps before the growth, minus what they are at it. */
  displacements(n: number): readonly NamedTensors[];
}

/** The sources' last steps once more, from the snapshot before them. */
async function* sourcesBefore(
  run: Run,
  { report, sources }: RunGrowth,
  most: number,
  checkpoints: Checkpoints<Snapshot>,
): AsyncGenerator<Sliced, SourcesBefore | null> {
  const held = checkpoints.nearestAtOrBefore(report.step - most);
  if (!held) return null;
  let gradients = 0;
  const all: NamedTensors[][] = [];
  for (const [i, { config }] of sources.entries()) {
    const name = report.sources[i]!;
    const state = held.snapshot.trainers.get(name);
    if (!state) return null;
    const objective = await run.objective(config);
    const { space } = objective;
    using own = new Resources();
    const theta = space.fromTensors(state.parameters, own);
    const [gradient] = createVectors(space, 1, own);
    const kept: Pool[] = [];
    const table = run.usedStepSizes(name);
    for (let step = held.step; step < report.step; step++) {
      if (step >= report.step - most) {
        const [copy] = createVectors(space, 1, own);
        space.copy(theta, copy);
        kept.push(copy);
      }
      objective.gradient(theta, gradient);
      space.axpy(-tableAt(table, step), gradient, theta);
      gradients++;
      yield 'worked';
    }
    const displacements: NamedTensors[] = [];
    for (const copy of kept) {
      space.axpy(-1, theta, copy);
      displacements.push(await space.toTensors(copy));
    }
    all.push(displacements);
  }
  return { gradients, displacements: (n) => all.map((of) => of[of.length - n]!) };
}
