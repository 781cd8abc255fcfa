/**
 * Opens checkpoints that were dropped or chosen: their networks take the places of sources, the first that start at
 * random.
 */
import { startingModels } from '../../../experiment/plan/plan.ts';
import type { NetworkReport } from '../../../run/reports.ts';
import { openNetworks } from '../../state/control/worker-client.ts';
import { openExperiment } from '../../state/control/run-control.ts';
import { isPresetLocked, keepsLocked } from '../../state/derived/locked.ts';
import { setState, store } from '../../state/store.ts';
import { wordsOf } from '../../text/messages.ts';
import { count } from '../../text/numbers.ts';
import { say } from '../../text/en/screen/open.ts';
import { sentence } from '../../text/words.ts';
import { type Dropped, isOfNetwork } from './dropped.ts';
import { FileError } from './file-error.ts';
import { placesOf } from './places.ts';

/** The bytes that the largest networks of a run have together; beyond, a tab has no memory for it. */
const MOST_BYTES = 2 * 1024 ** 3;

function opens({ name, mark, model: { d, ff, heads, dkv, layers }, parameters, vocabulary }: NetworkReport, id: string): string {
  const size = `d=${d}, ff=${ff}, heads=${heads}, dkv=${dkv}, layers=${layers}`;
  return say.startsFrom({ id, name, size, parameters: count(parameters), tokens: count(vocabulary), mark });
}

/** The name of files that lie in no folder; one alone, and a folder, have their own names. */
const labelOf = (dropped: readonly Dropped[]): string =>
  dropped.length === 1 || dropped.every(({ path }) => path.includes('/')) ? '' : say.theseFiles;

/** @throws an Error in words of the page, where none is opened; then nothing has changed */
export async function openAsNetworks(dropped: readonly Dropped[]): Promise<void> {
  const total = dropped.reduce((sum, { file }) => sum + file.size, 0);
  if (total > MOST_BYTES) throw new FileError(sentence(say.tooLargeForNetworks));
  const files = await Promise.all(
    dropped.map(async ({ path, file }) => ({
      path,
      bytes: isOfNetwork(path) ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
    })),
  );
  const { networks, refused } = await openNetworks(labelOf(dropped), files);
  if (refused) throw new Error(wordsOf(refused));
  const now = store.getState();
  const { experiment } = now;
  const places = placesOf(experiment, networks, now.phase === 'failed');
  if (places === null)
    throw new FileError(sentence(say.moreThanPlaces(networks.map(({ name }) => name).join(', '), startingModels(experiment).join(', '))));
  const [first] = networks;
  if (isPresetLocked(now) || !first) throw new FileError(say.thePresetIsHeld);
  const next = { ...experiment, model: first.model, source: places.source };
  if (!keepsLocked(now.view.lock, experiment, next)) throw new FileError(sentence(say.whatIsHeldStays(now.view.lock.join(', '))));
  openExperiment(next, [], 'file');
  setState({ told: [...places.taken.map(({ id, network }) => opens(network, id)), say.theLinkCarriesNone] });
}
