/**
 * Opens files that were dropped on the page, or chosen: an experiment, or the result of one, as a link is opened;
 * checkpoints as sources.
 */
import { say } from '../../text/en/screen/open.ts';
import { textOfFile } from '../../../experiment/text-file.ts';
import { askKept } from '../../state/control/kept-control.ts';
import { openExperiment } from '../../state/control/run-control.ts';
import { isPresetLocked, keepsLocked } from '../../state/derived/locked.ts';
import { setState, store } from '../../state/store.ts';
import { askForFiles } from '../../ui/ask-for-files.ts';
import { type Dropped, isOfNetwork } from './dropped.ts';
import { FileError } from './file-error.ts';

/** A result with all its curves is far below; a page that is handed something else must not choke on it. */
const MOST_BYTES = 200e6;

/** The use of our other files. */
function otherUse(name: string): string | null {
  return /\.csv$/i.test(name) ? say.theMapTabImportsACollected : null;
}

/** Runs that were exported, or that a sweep has collected. */
const isOfRuns = ({ path }: Dropped): boolean => /\.dfruns$/i.test(path);

async function takeRuns({ file }: Dropped): Promise<void> {
  askKept({ do: 'import', bytes: new Uint8Array(await file.arrayBuffer()) });
  setState({ told: [say.runsAreTakenIn] });
}

async function read(file: File): Promise<void> {
  const other = otherUse(file.name);
  if (other !== null) throw new FileError(other);
  if (file.size > MOST_BYTES) throw new FileError(say.tooLarge);
  const { readExperimentJson } = await import('../../../experiment/link/json.ts');
  const { experiment, problems } = readExperimentJson(textOfFile(new Uint8Array(await file.arrayBuffer())));
  // A file that holds no experiment takes the present one from nobody.
  const none = problems.find(({ key }) => key === 'file');
  if (none) throw new FileError(`${none.complaint}.`);
  const now = store.getState();
  if (isPresetLocked(now)) throw new FileError(say.thePresetIsHeld);
  const notes = keepsLocked(now.view.lock, now.experiment, experiment) ? [] : [say.whatIsHeldStays(now.view.lock.join(', '))];
  openExperiment(experiment, [...problems.map(({ message }) => message), ...notes], 'file');
}

/** Checkpoints, whose reader is fetched when the first one comes, or an experiment. */
async function readAll(dropped: readonly Dropped[]): Promise<void> {
  // The folder of a sweep holds checkpoints as well: they are of the runs in this file.
  const runs = dropped.filter(isOfRuns);
  for (const each of runs) await takeRuns(each);
  if (runs.length > 0) return;
  if (!dropped.some(({ path }) => isOfNetwork(path))) {
    const [first] = dropped;
    if (first) await read(first.file);
    return;
  }
  const { openAsNetworks } = await import('./open-networks.ts');
  await openAsNetworks(dropped);
}

/**
 * @param given what is being read from a folder may fail on the way
 * @returns whether all was opened; if not, a banner says why and the present experiment stays
 */
export async function openFiles(given: readonly Dropped[] | Promise<readonly Dropped[]>): Promise<boolean> {
  let dropped: readonly Dropped[] = [];
  try {
    dropped = await given;
    await readAll(dropped);
    return true;
  } catch (error) {
    const why = error instanceof FileError ? error.message : say.itCantBeRead(error instanceof Error ? error.message : String(error));
    const { faults, step } = store.getState();
    const message = dropped.length === 1 ? say.theFileIsNotOpened(dropped[0]?.path ?? '') : say.theFilesAreNotOpened;
    const fault = { kind: 'refused', message, more: why, fatal: false, step } as const;
    setState({ faults: [...faults.filter(({ kind }) => kind !== 'refused'), fault] });
    return false;
  }
}

/** Asks for files; nothing happens where none is chosen. */
export function chooseFiles(onFiles: (files: readonly Dropped[]) => void): void {
  askForFiles('.json,.safetensors,.zip,.dfruns,application/json', true, (files) =>
    onFiles(files.map((file) => ({ path: file.name, file }))),
  );
}
