/** Files of a run, handed to the browser's downloads. */
import { say } from '../../text/en/share/share.ts';
import type { Event } from '../../../session/protocol.ts';

type Files = Extract<Event, { type: 'files' }>['files'];

export function save(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the blob by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function csvOf(files: Files): void {
  const csv = files.find(({ path }) => path === 'curves.csv');
  if (!csv) throw new Error(say.noCurves);
  save('curves.csv', csv.bytes, 'text/csv');
}

/** The folder that the command line would write, as one zip. */
export async function saveAll(files: Files): Promise<void> {
  const { zipSync } = await import('fflate');
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
  save('deep-fusion-result.zip', zipSync(entries, { level: 6 }) as Uint8Array<ArrayBuffer>, 'application/zip');
}
