/**
 * The folder that a run writes its result to. Only files that a former result names are replaced; whatever else lies
 * there stays. A folder that holds another experiment's result, or that another process works in, is refused before
 * anything is trained.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Experiment } from '../../experiment/experiment.ts';
import type { OutputFile } from '../../storage/files.ts';
import { type AnswerForm, namedFiles, plannedFiles, RESULT_FILE } from '../../storage/result-names.ts';
import { RESULT_SCHEMA, type Result } from '../../storage/results.ts';
import { UsageError } from '../command/arguments.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { isResultOf } from './same-experiment.ts';
import { partialName, remove, whyNotWritten, writePartial } from './write.ts';

/** The folder or file under the name of a result. */
export type Former =
  | { readonly kind: 'none' }
  /** A result, of whatever experiment. */
  | { readonly kind: 'result'; readonly result: Result }
  /** It is cut off or damaged. */
  | { readonly kind: 'broken' }
  /** Something that another program wrote. */
  | { readonly kind: 'foreign' };

/** The former result has this name while the new one takes its place. */
const ASIDE = partialName('former-result.json');

export function readFormer(folder: string, name = RESULT_FILE): Former {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'none' } : { kind: 'foreign' };
  }
  try {
    const json = JSON.parse(text) as (Partial<Result> & { readonly schema?: unknown }) | null;
    if (json?.schema !== RESULT_SCHEMA) return { kind: 'foreign' };
    const whole = typeof json.link === 'string' && Array.isArray(json.curves) && Array.isArray(json.growth) && json.cost !== undefined;
    return whole ? { kind: 'result', result: json as Result } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}

export interface FolderOptions {
  readonly experiment: Experiment;
  /** Whether the data will be among the files. */
  readonly trace: boolean;
  /** In which form answers will be among them; absent: none will. */
  readonly answers?: AnswerForm;
  /** Another experiment's result, and what else is in the way, may be replaced. */
  readonly force: boolean;
}

export class ResultFolder {
  readonly path: string;
  private readonly lock: FolderLock;
  private readonly force: boolean;
  /** Files that are a former run's, below the folder. */
  private readonly former: ReadonlySet<string>;
  private readonly broken: boolean;

  /** Makes the folder and takes it for this process. @throws UsageError where it can't be used for this experiment */
  constructor(path: string, { experiment, trace, answers, force }: FolderOptions) {
    this.path = path;
    this.force = force;
    this.lock = lockAt(path);
    try {
      const standing = readFormer(path);
      if (!force) refuseOthers(path, standing, experiment);
      this.broken = standing.kind === 'broken';
      const planned = plannedFiles(experiment, trace, answers ?? null);
      const results = [standing, readFormer(path, partialName(RESULT_FILE)), readFormer(path, ASIDE)];
      // A damaged result can't say which files are its own: those that a run of this experiment would write are taken
      // for them.
      this.former = new Set([
        ...results.flatMap((each) => (each.kind === 'result' ? namedFiles(each.result) : [])),
        ...(this.broken ? planned : []),
      ]);
      this.refuseInTheWay(planned);
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  private refuseInTheWay(names: readonly string[]): void {
    const blocked = names.map((name) => blockedBy(this.path, name)).find((found) => found !== null);
    if (blocked) throw new UsageError(`${blocked}: choose another folder`);
    if (this.force) return;
    const strangers = names.filter((name) => !this.former.has(name) && existsSync(join(this.path, name)));
    if (strangers.length === 0) return;
    const some = strangers.slice(0, 3).join(', ') + (strangers.length > 3 ? ' and others' : '');
    throw new UsageError(
      `${this.path} already holds ${some}, which no result of this program names: --force replaces ${strangers.length === 1 ? 'it' : 'them'}, or choose another folder`,
    );
  }

  /**
   * All files under `.partial` names first, then all renamed, `result.json` last: where it stands, everything stands.
   * @throws Error that names the file that could not be written; what stood in the folder is untouched then
   */
  write(files: readonly OutputFile[]): void {
    if (!this.lock.isHeld()) throw new Error(`${this.path} was taken over by another process: its result stands, this one is not written`);
    // The list of all names comes first: whatever is found later on, it is known to be ours.
    const ordered = files.toSorted((a, b) => Number(b.path === RESULT_FILE) - Number(a.path === RESULT_FILE));
    const written: string[] = [];
    try {
      for (const { path, bytes } of ordered) {
        writePartial(join(this.path, path), bytes);
        written.push(path);
      }
    } catch (error) {
      for (const path of written) remove(join(this.path, partialName(path)));
      this.removeEmptyFolders(files.map(({ path }) => path));
      throw error;
    }
    this.replace(ordered.map(({ path }) => path).toReversed());
  }

  /** @param names of the files that are written; `result.json` last */
  private replace(names: readonly string[]): void {
    const at = (name: string): string => join(this.path, name);
    try {
      if (this.broken) keepBroken(this.path);
      else if (existsSync(at(RESULT_FILE))) renameSync(at(RESULT_FILE), at(ASIDE));
      for (const name of names) renameSync(at(partialName(name)), at(name));
    } catch (error) {
      throw new Error(`the files in ${this.path} can't be put in their places: ${whyNotWritten(error)}`, { cause: error });
    }
    const kept = new Set(names);
    const old = [...this.former].filter((name) => !kept.has(name));
    for (const name of [...old, ...[...this.former].map(partialName), ASIDE]) remove(at(name));
    this.removeEmptyFolders(old);
  }

  private removeEmptyFolders(names: readonly string[]): void {
    const folders = new Set(names.flatMap((name) => [dirname(name), dirname(dirname(name))]));
    // The deeper ones first.
    for (const folder of [...folders].toSorted((a, b) => b.length - a.length)) {
      if (folder === '.') continue;
      try {
        rmdirSync(join(this.path, folder));
      } catch {
        // Something else lies in it, or it is gone.
      }
    }
  }

  /** Others may use the folder from here on. */
  close(): void {
    this.lock.release();
  }
}

function lockAt(path: string): FolderLock {
  try {
    mkdirSync(path, { recursive: true });
    return lockFolder(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--out ${path} can't be written (${whyNotWritten(error)}): it must be a folder that you may write to`);
  }
}

/** A folder in the place of a file, or a file in the place of a folder, can't be replaced. */
function blockedBy(folder: string, name: string): string | null {
  const parts = name.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const path = join(folder, ...parts.slice(0, depth));
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return null;
    const folderWanted = depth < parts.length;
    if (found.isDirectory() !== folderWanted) return `${path} is ${folderWanted ? 'no folder' : 'a folder'}`;
  }
  return null;
}

function refuseOthers(path: string, former: Former, experiment: Experiment): void {
  if (former.kind === 'foreign')
    throw new UsageError(`${join(path, RESULT_FILE)} is no result of this program: --force replaces it, or choose another folder`);
  if (former.kind === 'result' && !isResultOf(experiment, former.result.link))
    throw new UsageError(
      `${path} holds the result of another experiment (${shortened(former.result.link)}): --force replaces it, or choose another folder`,
    );
}

const shortened = (link: string): string => (link.length <= 120 ? link : `${link.slice(0, 119)}…`);

/** A damaged result is put aside, not away: it may still be of use to its owner. */
function keepBroken(folder: string): void {
  for (let i = 1; ; i++) {
    const name = `result.broken${i === 1 ? '' : `-${i}`}.json`;
    if (existsSync(join(folder, name))) continue;
    renameSync(join(folder, RESULT_FILE), join(folder, name));
    return;
  }
}
