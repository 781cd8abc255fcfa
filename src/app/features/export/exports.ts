/** Files made of a run besides its own; fetched when it is first asked for. */
import { isBaseline } from '../../../experiment/experiment.ts';
import type { Event } from '../../../session/protocol.ts';
import { pageAddress } from '../../state/control/address.ts';
import { exportFiles } from '../../state/control/worker-client.ts';
import { say } from '../../text/en/share/export.ts';
import { CONTINUE_FILE, continueProgram, newestCheckpoint } from './pytorch.ts';
import { reportOf, type Told } from './report.ts';
import { save, saveAll } from '../share/save.ts';

export { savePng, saveSvg } from './picture.ts';

type Files = Extract<Event, { type: 'files' }>['files'];

function resultIn(files: Files): Told & { readonly link: string } {
  const result = files.find(({ path }) => path === 'result.json');
  if (!result) throw new Error(say.noResult);
  return JSON.parse(new TextDecoder().decode(result.bytes)) as Told & { readonly link: string };
}

export async function saveReport(): Promise<void> {
  const told = resultIn(await exportFiles());
  save('report.md', new TextEncoder().encode(reportOf(told, pageAddress() + told.link)), 'text/markdown');
}

/** The run's files with its data, and a program that goes on with them in PyTorch. */
export async function savePyTorch(): Promise<void> {
  const files = await exportFiles({ trace: true });
  const { link } = resultIn(files);
  const folder = newestCheckpoint(
    files.map(({ path }) => path),
    (model) => !isBaseline(model),
  );
  const program =
    folder === null ? [] : [{ path: CONTINUE_FILE, bytes: new TextEncoder().encode(continueProgram(folder, pageAddress() + link)) }];
  await saveAll([...files, ...program]);
}
