/** Writing result files so that nothing half-written ever stands under its own name. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../storage/files.ts';
import { RESULT_SCHEMA } from '../storage/results.ts';
import { UsageError } from './arguments.ts';

/** Makes the folder now, so that a name that can't be written is told before anything is trained. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, '.partial');
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new UsageError(
      `--out ${folder} can't be written (${error instanceof Error ? error.message : String(error)}); it must be a folder`,
    );
  }
}

/** Whether a folder holds an earlier result of ours. */
function holdsResult(folder: string): boolean {
  try {
    return (JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as { readonly schema?: unknown }).schema === RESULT_SCHEMA;
  } catch {
    return false;
  }
}

/** All files under `.partial` names first, then all renamed, `result.json` last: where it stands, everything stands. */
export function writeFiles(folder: string, files: readonly OutputFile[]): void {
  const partial = (path: string): string => join(folder, `${path}.partial`);
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(partial(path), bytes);
  }
  if (holdsResult(folder)) {
    // What an earlier run left here belongs to other curves.
    rmSync(join(folder, 'result.json'));
    rmSync(join(folder, 'data.json'), { force: true });
    const kept = new Set(files.map(({ path }) => path.split('/').slice(0, 2).join('/')));
    const checkpoints = join(folder, 'checkpoints');
    if (existsSync(checkpoints))
      for (const name of readdirSync(checkpoints))
        if (!kept.has(`checkpoints/${name}`)) rmSync(join(checkpoints, name), { recursive: true });
  }
  const order = (file: OutputFile): number => (file.path === 'result.json' ? 1 : 0);
  for (const { path } of files.toSorted((a, b) => order(a) - order(b))) renameSync(partial(path), join(folder, path));
}
