/** A sweep's grid: axes, and the experiments of their combinations. */
import { createHash } from 'node:crypto';
import { formatLink, parseLink } from '../../experiment/link/link.ts';
import { type Draft, linkKey } from '../../experiment/link/keys.ts';
import { DEFAULT_PRESET, presetExperiment } from '../../experiment/presets/presets.ts';
import { UsageError } from '../command/arguments.ts';

export interface Axis {
  readonly key: string;
  readonly values: readonly string[];
}

export interface Cell {
  /** Folder of its own: `grow-50_h2-0.05`. */
  readonly name: string;
  readonly link: string;
  /** Value of every axis, in the axes' order. */
  readonly values: readonly string[];
}

/** `grow=50,100,200`; with commas inside the values, `h=0:0.5,10:0.1|0:0.3`. */
export function parseAxis(text: string): Axis {
  const equals = text.indexOf('=');
  const key = text.slice(0, Math.max(equals, 0));
  if (equals < 1 || (linkKey(key) === undefined && key !== 'preset'))
    throw new UsageError(`--over ${text} names no setting; right would be e.g. grow=50,100,200`);
  const body = text.slice(equals + 1);
  // Where a value may hold commas itself, its alternatives are divided by `|`.
  const separator = body.includes('|') || body.includes(':') || linkKey(key)?.holdsCommas === true ? '|' : ',';
  const values = body.split(separator).map((value) => value.trim());
  if (values.includes('')) throw new UsageError(`--over ${text} has an empty value; right would be e.g. ${key}=1,2,3`);
  const spelled = values.map((value) => canonical(key, value));
  const second = spelled.findIndex((value, i) => spelled.indexOf(value) !== i);
  const first = spelled.indexOf(spelled[second] ?? '');
  if (second >= 0)
    throw new UsageError(`--over ${text} has a value twice (${[...new Set([values[first], values[second]])].join(' and ')})`);
  return { key, values };
}

/**
 * A value as a link of ours spells it: 0.1 for .1 and 0.10. One that can't be used stays as it is; `cells` tells why.
 */
function canonical(key: string, value: string): string {
  const draft: Draft = { ...presetExperiment(DEFAULT_PRESET) };
  const entry = linkKey(key);
  return entry?.read(value, draft) === undefined ? (entry?.write(draft) ?? value) : value;
}

/** Letters that are safe in a file's name everywhere. */
const fileName = (text: string): string => text.replace(/[^A-Za-z0-9.+-]/g, '_');

/** Bytes that a name may have in the file systems there are. */
const LONGEST_NAME = 255;

/** The folder of a cell; what is too long, or would be another cell's as well, ends in a hash of the link. */
function folderName(name: string, link: string, taken: (name: string) => boolean): string {
  // All letters of a name are one byte each.
  if (name.length <= LONGEST_NAME && !taken(name)) return name;
  const hash = createHash('sha256').update(link).digest('hex').slice(0, 12);
  return `${name.slice(0, LONGEST_NAME - hash.length - 1)}-${hash}`;
}

/** All combinations, the last axis fastest. @throws UsageError for a value that can't be used */
export function cells(base: string, axes: readonly Axis[]): readonly Cell[] {
  const keys = axes.map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new UsageError(`--over ${twice} is given twice; put all its values into one`);
  let combinations: readonly (readonly string[])[] = [[]];
  for (const { values } of axes) combinations = combinations.flatMap((head) => values.map((value) => [...head, value]));
  // An axis replaces what the base says under its key, and under the key that means the same.
  const replaced = new Set(keys.flatMap((key) => [key, { h: 'edge', edge: 'h', h2: 'edge2', edge2: 'h2' }[key] ?? key]));
  const rest = base
    .replace(/^#/, '')
    .split('&')
    .filter((pair) => !replaced.has(pair.split('=')[0] ?? ''));
  const found = combinations.map((values) => {
    const own = keys.map((key, i) => `${key}=${encodeURIComponent(values[i] ?? '')}`);
    const { experiment, problems } = parseLink(`#${[...rest, ...own].join('&')}`);
    const serious = problems.filter(({ minor }) => !minor);
    if (serious.length > 0) throw new UsageError(serious.map(({ complaint }) => complaint).join('; '));
    return { name: keys.map((key, i) => `${key}-${fileName(values[i] ?? '')}`).join('_'), link: formatLink(experiment), values };
  });
  const links = new Map<string, string>();
  for (const { name, link } of found) {
    const before = links.get(link);
    if (before !== undefined)
      throw new UsageError(`${before} and ${name} are one experiment (${link.slice(0, 100)}); leave one of them out`);
    links.set(link, name);
  }
  // Some file systems take capital and small letters for the same.
  const count = (name: string): number => found.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length;
  return found.map(({ name, link, values }) => ({ name: folderName(name, link, (each) => count(each) > 1), link, values }));
}

/** For a POSIX shell: nothing inside is read by it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
