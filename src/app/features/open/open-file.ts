/** Opens a file with an experiment, or with the result of one, as a link is opened: dropped on the page, or chosen. */
import { say } from '../../text/en/open.ts';
import { textOfFile } from '../../../experiment/text-file.ts';
import { openExperiment } from '../../state/control/run-control.ts';
import { isPresetLocked, keepsLocked } from '../../state/derived/locked.ts';
import { setState, store } from '../../state/store.ts';

/** A result with all its curves is far below; a page that is handed something else must not choke on it. */
const MOST_BYTES = 200e6;

/** Why a file is not opened, in sentences. */
class FileError extends Error {
  override readonly name = 'FileError';
}

/** What other files of ours are for. */
function otherUse(name: string): string | null {
  if (/\.zip$/i.test(name)) return say.unpackItAndOpenTheResult;
  if (/\.csv$/i.test(name)) return say.theMapTabImportsACollected;
  if (/\.safetensors$/i.test(name)) return say.weightsAreNotOpenedHereAn;
  return null;
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
  const held = keepsLocked(now.view.lock, now.experiment, experiment) ? [] : [say.whatIsHeldStays(now.view.lock.join(', '))];
  openExperiment(experiment, [...problems.map(({ message }) => message), ...held], 'file');
}

/** @returns whether it was opened; if not, a banner says why and the present experiment stays */
export async function openFile(file: File): Promise<boolean> {
  try {
    await read(file);
    return true;
  } catch (error) {
    const why = error instanceof FileError ? error.message : say.itCantBeRead(error instanceof Error ? error.message : String(error));
    const { faults, step } = store.getState();
    const fault = { kind: 'refused', message: say.theFileIsNotOpened(file.name), more: why, fatal: false, step } as const;
    setState({ faults: [...faults.filter(({ kind }) => kind !== 'refused'), fault] });
    return false;
  }
}

/** Asks for a file; nothing happens where none is chosen. */
export function chooseFile(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
  });
  input.click();
}
