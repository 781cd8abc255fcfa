/**
 * Cells of a map from a collected sweep: only runs of this map are taken, and a file that can't be read takes nothing
 * away.
 */
import { say } from '../../text/en/runs/map.ts';
import { differences } from '../../../experiment/differences.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { afterValue, type MapAxes, mapFamily, type MeasuredBranch, MOST_LINES } from '../../../experiment/map/growth-map.ts';
import { readSweep, SweepFileError } from '../../../experiment/map/sweep-table.ts';

/** Settings that a map does not tell apart. */
const ANY: ReadonlySet<string> = new Set(['grow', 'h2', 'predict', 'from', 'baseline', 'adapter', 'pace', 'plan']);

export type Imported =
  | { readonly branches: readonly MeasuredBranch[]; readonly message: string; readonly axes: MapAxes }
  | { readonly wrong: string };

/** @param running whose map it is */
export function importSweep(name: string, text: string, running: Experiment): Imported {
  let all: readonly MeasuredBranch[];
  try {
    all = readSweep(text);
  } catch (error) {
    if (!(error instanceof SweepFileError)) throw error;
    return { wrong: say.cantBeImported(name, error.message) };
  }
  const family = mapFamily(running);
  const own = afterValue(running)?.held ?? running.h.kind === 'edge';
  const same = all.filter(({ experiment }) => experiment.plan === undefined && mapFamily(experiment) === family);
  const placed = same.flatMap(({ experiment }) => {
    const after = afterValue(experiment);
    return after?.held === own && experiment.grow !== null ? [{ grow: experiment.grow, after: after.value }] : [];
  });
  const [first] = all;
  if (placed.length === 0) {
    const found = first ? differences(running, first.experiment).filter(({ key }) => !ANY.has(key)) : [];
    const words = found.slice(0, 3).map(({ words: what, from, to }) => say.here(what, to, from));
    return {
      wrong: say.cantBeImportedNoneOfIts(name, words.join('; '), found.length > 3),
    };
  }
  const lines = (values: readonly number[]): readonly number[] => [...new Set(values)].toSorted((a, b) => a - b).slice(0, MOST_LINES);
  const axes = { held: own, grow: lines(placed.map(({ grow }) => grow)), after: lines(placed.map(({ after }) => after)) };
  const drawn = placed.filter(({ grow, after }) => axes.grow.includes(grow) && axes.after.includes(after)).length;
  const others = all.length - placed.length;
  const message = [
    say.from(placed.length, name),
    ...(drawn < placed.length ? [say.lieBeyondTheRowsAndColumns(placed.length - drawn, MOST_LINES)] : []),
    ...(others > 0 ? [say.ofAnotherExperimentAndLeft(others)] : []),
  ].join('; ');
  return { branches: same, message: `${message}.`, axes };
}
