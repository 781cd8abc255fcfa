/**
 * One run at a time in a folder: a small file that names the process that is at work there. It is made whole in one
 * step, so that nobody ever reads half of it, and a lock whose process has ended is taken over.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hasRestarted } from '../command/dawn.ts';
import { UsageError } from '../command/arguments.ts';

export const LOCK_NAME = '.run.lock';

interface Holder {
  /** Tells two locks of one process apart. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /**
   * When the process began, as the system counts it: a number that comes again is another process. Empty where the
   * system does not say.
   */
  readonly began: string;
  readonly since: string;
  readonly command: string;
}

export interface FolderLock {
  /** Whether nobody took the folder over in the meantime. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Linux tells when a process began (field 22 of its stat, behind a name that may hold anything); other systems are
 * asked for the number alone.
 */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process can't be signalled, and is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beganAt(pid);
  return began === '' || now === '' || now === began;
}

function readHolder(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' && typeof holder.host === 'string' && typeof holder.id === 'string' ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

/** A program that started itself anew (dawn.ts) goes on with what it holds. */
const isOurParent = ({ pid, host }: Holder): boolean => hasRestarted() && pid === process.ppid && host === hostname();

function isTaken(holder: Holder | null): holder is Holder {
  if (holder === null || isOurParent(holder)) return false;
  // Of a process on another machine nobody here can tell whether it still runs.
  return holder.host !== hostname() || isAlive(holder);
}

function refusal(folder: string, { pid, host, since, command }: Holder, path: string): UsageError {
  const elsewhere = host === hostname() ? '' : ` on ${host}`;
  const way =
    host === hostname()
      ? 'wait for it, or choose another folder'
      : `wait for it, choose another folder, or delete ${path} if that process has ended`;
  return new UsageError(`${folder} is in use by process ${pid}${elsewhere} (${command}, since ${since}): ${way}`);
}

/** Makes the lock with all its text, or not at all. */
function make(path: string, text: string, id: string): boolean {
  const draft = `${path}.${id}`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
    // A file system without second names for a file.
    return makeInPlace(path, text);
  } finally {
    rmSync(draft, { force: true });
  }
}

function makeInPlace(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock that nobody holds out of the way. False if it was another one after all. */
function clear(path: string, id: string): boolean {
  const aside = `${path}.${id}.old`;
  try {
    renameSync(path, aside);
  } catch {
    // Somebody else was faster.
    return true;
  }
  const moved = readHolder(aside);
  if (isTaken(moved)) {
    // Between the look and the move a new holder came: the lock goes back.
    try {
      linkSync(aside, path);
    } catch {
      // A third has it by now, and the second will find out before it writes.
    }
    rmSync(aside, { force: true });
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

/**
 * Takes a folder that exists.
 * @throws UsageError that names the process that is at work there; the system's own error where the folder can't be
 * written
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, LOCK_NAME);
  const id = randomBytes(6).toString('hex');
  const own: Holder = {
    id,
    pid: process.pid,
    host: hostname(),
    began: beganAt(process.pid),
    since: new Date().toISOString().slice(0, 19).replace('T', ' '),
    command: commandName(),
  };
  for (let attempt = 0; ; attempt++) {
    if (make(path, `${JSON.stringify(own)}\n`, id)) break;
    const holder = readHolder(path);
    if (isTaken(holder)) throw refusal(folder, holder, path);
    if (!clear(path, id) || attempt > 20) {
      const other = readHolder(path);
      if (isTaken(other)) throw refusal(folder, other, path);
    }
  }
  const isHeld = (): boolean => readHolder(path)?.id === id;
  const release = (): void => {
    process.off('exit', release);
    if (isHeld()) rmSync(path, { force: true });
  };
  // Also where the program ends in the middle: what is killed leaves a lock that is known to be old.
  process.on('exit', release);
  return { isHeld, release };
}

/** `npm run experiment` for src/cli/experiment.ts. */
function commandName(): string {
  const name = (process.argv[1] ?? '').split(/[\\/]/).at(-1) ?? '';
  return /^[\w-]+\.ts$/.test(name) ? `npm run ${name.slice(0, -3)}` : 'a program';
}
