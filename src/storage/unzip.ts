/**
 * Reads a zip that somebody else made. Nothing of it is believed: every place and length is checked before anything is
 * allocated, what is unpacked has its checksum compared, and no name leaves the folder it is unpacked in.
 */
import { inflateSync } from 'fflate';
import { type FileCode, ofFile } from '../experiment/messages/of-file.ts';
import { type Parts, tellError } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import type { NamedFile } from './checkpoint/network-file.ts';
import { crc32 } from './crc32.ts';

/** The most bytes that all files of a zip may take unpacked: those of two of the largest networks. */
const MOST_BYTES = 2 * 1024 ** 3;
const MOST_FILES = 10_000;
/** Deflate packs no tighter than this; a file that says it did is none. */
const TIGHTEST = 1_032;

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [22, 46, 30];
const [STORED, DEFLATED] = [0, 8];

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const refuse = <C extends FileCode>(code: C, ...parts: Parts<C>): never => {
  throw new ToldError(ofFile('zip', code, ...parts));
};

/** Where the record at the end of a zip begins: behind it is a comment of the length that it says, and nothing else. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - END_BYTES; at >= Math.max(0, view.byteLength - END_BYTES - 0xffff); at--)
    if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength) return at;
  return refuse('zip-cut-off');
}

function readPath(bytes: Uint8Array): string {
  let path = '';
  try {
    path = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuse('zip-name-no-text');
  }
  if (path === '' || path.startsWith('/') || /[\\\0]|^[A-Za-z]:/.test(path) || path.split('/').includes('..'))
    refuse('zip-leaves-folder', { path: JSON.stringify(path.slice(0, 80)) });
  return path;
}

function readEntries(bytes: Uint8Array, view: DataView): readonly Entry[] {
  const end = findEnd(view);
  const [count, length, start] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (count === 0xffff || start === 0xffffffff) refuse('zip-64');
  if (count > MOST_FILES) refuse('zip-many-files', { count, most: MOST_FILES });
  if (start + length !== end) refuse('zip-list-elsewhere', { length, start, end });
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) refuse('zip-not-in-list', { file: i + 1, count });
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    if (at + ENTRY_BYTES + nameLength + extra + comment > end) refuse('zip-not-whole-in-list', { file: i + 1, count });
    const path = readPath(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength));
    if (view.getUint16(at + 8, true) & 1) refuse('zip-encrypted', { path });
    entries.push({
      path,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + nameLength + extra + comment;
  }
  if (at !== end) refuse('zip-list-too-long', { bytes: end - at });
  return entries;
}

function unpack(bytes: Uint8Array, view: DataView, { path, method, checksum, packed, size, at }: Entry): Uint8Array {
  if (at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL) refuse('zip-begins-elsewhere', { path });
  const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) refuse('zip-ends-before', { path, packed });
  const content = bytes.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) refuse('zip-method', { path, method, stored: STORED, deflated: DEFLATED });
  let unpacked = content;
  if (method === DEFLATED) {
    try {
      // No more than this is ever written, whatever the content says.
      unpacked = inflateSync(content, { out: new Uint8Array(size) });
    } catch (error) {
      refuse('zip-not-unpacked', { path, why: tellError(error) });
    }
  }
  if (unpacked.length !== size) refuse('zip-other-size', { path, bytes: unpacked.length, right: size });
  if (crc32(unpacked) !== checksum) refuse('zip-damaged', { path });
  return unpacked;
}

/** The files of a zip. @throws a ToldError of what is wrong with it */
export function unzip(bytes: Uint8Array): readonly NamedFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readEntries(bytes, view).filter(({ path }) => !path.endsWith('/'));
  const twice = entries.find(({ path }, i) => entries.findIndex((other) => other.path === path) !== i);
  if (twice) refuse('zip-twice', { path: twice.path });
  const tight = entries.find(({ size, packed }) => size > TIGHTEST * packed + 64);
  if (tight) refuse('zip-too-tight', { path: tight.path, packed: tight.packed, size: tight.size });
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_BYTES) refuse('zip-too-large', { bytes: total, most: MOST_BYTES });
  return entries.map((entry) => ({ path: entry.path, bytes: unpack(bytes, view, entry) }));
}

/** Whether bytes are a zip's, by how they begin. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
