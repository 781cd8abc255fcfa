/** Writing files so that nothing half-written ever stands under its own name, with errors that name the file. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EISDIR: 'a folder has that name',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file has that name',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
};

/** Why a file can't be written, in words. */
export function whyNotWritten(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code]) ?? message;
}

/** The name that a file has until it is whole. */
export const partialName = (path: string): string => `${path}.partial`;

/** Takes a file away if it is there. */
export function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It can't be there, or it stays as a partial one.
  }
}

/** Writes the file beside its own place. @throws Error that names the file; nothing of it is left then */
export function writePartial(path: string, bytes: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partialName(path), bytes);
  } catch (error) {
    remove(partialName(path));
    throw new Error(`${path} can't be written: ${whyNotWritten(error)}`, { cause: error });
  }
}

/** Writes a file and puts it in its place once it is whole. @throws Error that names the file */
export function writeWhole(path: string, bytes: string | Uint8Array): void {
  writePartial(path, bytes);
  try {
    renameSync(partialName(path), path);
  } catch (error) {
    throw new Error(`${path} can't be written: ${whyNotWritten(error)}`, { cause: error });
  }
}
