/** Reads the measured tables that lie beside the page, once they are asked for. */
import { MEASURED_FILES, type MeasuredDocument, readMeasured } from '../../../experiment/measured.ts';

/**
 * The files that could be read; a file that is missing or of another kind is left out. @throws where the network or the
 * server fails
 */
export async function loadMeasured(base: string, signal: AbortSignal): Promise<readonly MeasuredDocument[]> {
  const read = async (path: string): Promise<MeasuredDocument | null> => {
    const response = await fetch(base + path, { signal });
    if (response.status >= 500) throw new Error(`${path}: the server answered ${response.status}`);
    // A host may answer a missing file with its page.
    if (!response.ok || !(response.headers.get('content-type') ?? '').includes('json')) return null;
    return readMeasured(await response.json());
  };
  return (await Promise.all(MEASURED_FILES.map(read))).filter((document) => document !== null);
}
