/**
 * The runs of a sweep as one file, which the page's Runs tab imports: what each was, its measured curves, and its last
 * loss, so that those that differ in their seeds only stand together with mean and spread. The networks stay in the
 * folders of the results.
 */
import { createHash } from 'node:crypto';
import { isBaseline } from '../../experiment/experiment.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { packKept } from '../../keep/file.ts';
import { pack } from '../../keep/pack.ts';
import { KEPT_FORMAT, type KeptCurves, type KeptEntry } from '../../keep/reports.ts';
import { finalOf, NEWEST } from '../../keep/state.ts';
import type { AdapterReport, ModelReport } from '../../run/reports.ts';
import type { Result } from '../../storage/results.ts';

/** A result, and when it was written (milliseconds since 1970). */
interface Collected {
  readonly result: Result;
  readonly written: number;
}

/** The same result is the same run, however often it is imported. */
const idOf = ({ link, adapter }: Result): string =>
  `sweep-${createHash('sha256').update(`${adapter.kind} ${link}`).digest('hex').slice(0, 24)}`;

function modelsOf({ models, cost }: Result): readonly ModelReport[] {
  return models.map(({ id, config, parameters, parents, from, to }) => ({
    id,
    parameters,
    dModel: Number(config['d_model']),
    from,
    to,
    parents,
    flopsPerStep: cost.perStep[id] ?? 0,
  }));
}

/** JSON has no NaN: a diverged loss stands as null in a result. */
const lossOf = (loss: number | null): number => loss ?? Number.NaN;

function runOf({ result, written }: Collected): Parameters<typeof packKept>[0][number] {
  const { experiment } = parseLink(result.link);
  const models = modelsOf(result);
  const measured: KeptCurves['measured'] = result.curves
    .filter(({ kind }) => kind === 'measured')
    .map(({ model, step, loss }) => ({ model, steps: step, losses: loss.map(lossOf) }));
  const byModel = new Map(measured.map(({ model, steps, losses }) => [model, { steps, losses }]));
  const planned = new Map([...byModel].filter(([id]) => !isBaseline(id)));
  const end = Math.max(0, ...models.filter(({ id }) => !isBaseline(id)).map(({ to }) => to));
  const step = Math.max(0, ...[...planned.values()].map(({ steps }) => steps.at(-1) ?? 0));
  const newest = pack({ experiment, models, record: { measured: byModel } });
  const entry: KeptEntry = {
    id: idOf(result),
    format: KEPT_FORMAT,
    experiment,
    adapter: result.adapter.kind as AdapterReport['kind'],
    name: '',
    note: '',
    starred: false,
    created: written,
    changed: written,
    step,
    end,
    state: step < end ? 'diverged' : 'finished',
    final: finalOf(planned),
    bytes: newest.length,
    curvesOnly: true,
  };
  return { entry, pieces: new Map([[NEWEST, newest]]) };
}

/** Whether a result says what its networks were: those of the first versions do not. */
const namesModels = ({ result }: Collected): boolean => {
  const { models, cost }: { readonly models?: unknown; readonly cost: { readonly perStep?: unknown } } = result;
  return Array.isArray(models) && cost.perStep !== undefined;
};

/** The file's bytes; results that don't say what their networks were are left out. */
export const collectRuns = (results: readonly Collected[]): Uint8Array<ArrayBuffer> => packKept(results.filter(namesModels).map(runOf));
