/** Before a step: the sharpness of every model whose step size is held to it is measured where it is due. */
import { tell } from '../../experiment/messages/tell.ts';
import { isBaseline, type ModelId } from '../../experiment/experiment.ts';
import type { Beside } from '../beside/beside.ts';
import type { Probed, SharpnessProbes } from './sharpness-probes.ts';
import type { StepSizes } from './step-sizes.ts';
import type { SharpnessMeasured } from '../step-taken.ts';

interface Holding {
  readonly run: Probed;
  readonly beside: Beside;
  readonly probes: SharpnessProbes;
}

/**
 * Measures what is due at the run's step and refreshes the step sizes with it, those that several models share with the
 * sharpness of all of them. A baseline for which that can't be done is left out.
 * @param sizes by model in training
 */
export async function holdSharpness(
  { run, beside, probes }: Holding,
  sizes: ReadonlyMap<ModelId, StepSizes>,
): Promise<readonly SharpnessMeasured[]> {
  const due = [...sizes].filter(([, each]) => each.needsSharpness(run.step));
  const measured: SharpnessMeasured[] = [];
  for (const [id, each] of due) {
    const found = isBaseline(id) ? await besideThePlan({ run, beside, probes }, id, each) : await beside.withRoom(() => probes.measure(id));
    if (found) measured.push(found);
  }
  // Room may have been made for the plan after a baseline was measured.
  const held = measured.filter(({ model }) => run.trainers.has(model));
  for (const each of new Set(held.map(({ model }) => sizes.get(model)!)))
    each.refresh(
      run.step,
      held.filter(({ model }) => sizes.get(model) === each).map(({ lambda }) => lambda),
    );
  return held;
}

async function besideThePlan({ run, beside, probes }: Holding, id: ModelId, sizes: StepSizes): Promise<SharpnessMeasured | undefined> {
  if (!run.trainers.has(id)) return undefined;
  try {
    const found = await beside.make(id, () => probes.measure(id));
    if (!found || found.lambda > 0 || sizes.used.length > 0) return found;
    beside.leaveOut(id, tell('left-out-not-held', { lambda: found.lambda }));
  } catch (error) {
    // Where even its loss is none, that is why.
    const loss = await run.trainer(id).probeLoss();
    if (Number.isFinite(loss)) throw error;
    beside.leaveOut(id, tell('left-out-loss', { loss }));
  }
  return undefined;
}
