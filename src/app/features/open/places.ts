/** Which sources networks from files take the place of: those that start at random first, in the order of the plan. */
import { sameSize } from '../../../experiment/declared/sizes.ts';
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import { startingModels } from '../../../experiment/plan/plan.ts';
import { sourceMarks, spellSources } from '../../../experiment/settings/source.ts';
import type { NetworkReport } from '../../../run/reports.ts';

interface Places {
  /** The setting that says it. */
  readonly source: string;
  readonly taken: readonly { readonly id: ModelId; readonly network: NetworkReport }[];
}

/**
 * Networks that came before stay where they are as long as there is room beside them and they are of the same size;
 * otherwise the new ones begin anew. Those that an experiment waits for take the places that it names them for.
 * @param waits whether it could not be loaded as it is, as files that it names are missing
 * @returns null where the plan starts fewer networks than there are
 */
export function placesOf(experiment: Experiment, networks: readonly NetworkReport[], waits = false): Places | null {
  const starting = startingModels(experiment);
  const [first] = networks;
  if (!first || networks.length > starting.length) return null;
  const before = new Map([...sourceMarks(experiment)].filter(([id]) => starting.includes(id)));
  const awaited = [...before].flatMap(([id, mark]) => networks.filter((each) => each.mark === mark).map((network) => ({ id, network })));
  if (waits && networks.every((network) => awaited.some((each) => each.network === network)))
    return { source: spellSources(before) ?? '', taken: awaited };
  const free = starting.filter((id) => !before.has(id));
  const beside = free.length >= networks.length && sameSize(experiment.model, first.model);
  const taken = networks.map((network, i) => ({ id: (beside ? free : starting)[i] ?? '', network }));
  const marks = new Map([...(beside ? before : []), ...taken.map(({ id, network }) => [id, network.mark] as const)]);
  return { source: spellSources(marks) ?? '', taken };
}
