/** A sweep's grid: axes, the experiments of their combinations, and the table of what came out. */
import { formatLink, parseLink } from '../experiment/link.ts';
import { linkKey } from '../experiment/keys.ts';
import { UsageError } from './arguments.ts';

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

/** Keys whose own values hold commas: their alternatives are divided by `|`. */
const LISTS: ReadonlySet<string> = new Set(['predict', 'from', 'plan']);

/** `grow=50,100,200`; with commas inside the values, `h=0:0.5,10:0.1|0:0.3`. */
export function parseAxis(text: string): Axis {
  const equals = text.indexOf('=');
  const key = text.slice(0, Math.max(equals, 0));
  if (equals < 1 || (linkKey(key) === undefined && key !== 'preset'))
    throw new UsageError(`--over ${text} names no setting; right would be e.g. grow=50,100,200`);
  const body = text.slice(equals + 1);
  const values = body.split(body.includes('|') || LISTS.has(key) || body.includes(':') ? '|' : ',').map((value) => value.trim());
  if (values.includes('')) throw new UsageError(`--over ${text} has an empty value; right would be e.g. ${key}=1,2,3`);
  if (new Set(values).size !== values.length) throw new UsageError(`--over ${text} has a value twice`);
  return { key, values };
}

/** Letters that are safe in a file's name everywhere. */
const fileName = (text: string): string => text.replace(/[^A-Za-z0-9.+-]/g, '_');

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
  return combinations.map((values) => {
    const own = keys.map((key, i) => `${key}=${encodeURIComponent(values[i] ?? '')}`);
    const { experiment, problems } = parseLink(`#${[...rest, ...own].join('&')}`);
    const serious = problems.filter(({ minor }) => !minor);
    if (serious.length > 0) throw new UsageError(serious.map(({ message }) => message).join('; '));
    return { name: keys.map((key, i) => `${key}-${fileName(values[i] ?? '')}`).join('_'), link: formatLink(experiment), values };
  });
}

/** For a POSIX shell: nothing inside is read by it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What the table takes from a result. */
interface Collected {
  readonly link: string;
  readonly curves: readonly {
    readonly model: string;
    readonly kind: string;
    readonly step: readonly number[];
    readonly loss: readonly (number | null)[];
  }[];
  readonly growth: readonly { readonly gap: number }[];
  readonly cost: { readonly total: number; readonly criticalPath: number; readonly seconds: number };
}

const csvText = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row a result: the axes, then for every model its last and its best measured loss, the gap, the cost, the steps it got to. The page's map reads it (experiment/sweep-table.ts). */
export function collectCsv(axes: readonly Axis[], results: readonly { readonly cell: Cell; readonly result: Collected }[]): string {
  const measured = (result: Collected): ReadonlyMap<string, readonly number[]> =>
    new Map(
      result.curves.filter(({ kind }) => kind === 'measured').map(({ model, loss }) => [model, loss.filter((value) => value !== null)]),
    );
  const models = [...new Set(results.flatMap(({ result }) => [...measured(result).keys()]))].toSorted();
  const head = [
    ...axes.map(({ key }) => key),
    ...models.flatMap((model) => [`final_${model}`, `best_${model}`]),
    'gap',
    'flops',
    'critical_path',
    'seconds',
    'steps',
    'link',
  ];
  const rows = results.map(({ cell, result }) => {
    const losses = models.flatMap((model) => {
      const loss = measured(result).get(model) ?? [];
      return loss.length === 0 ? ['', ''] : [String(loss.at(-1)), String(loss.reduce((a, b) => Math.min(a, b)))];
    });
    const { total, criticalPath, seconds } = result.cost;
    const steps = result.curves.flatMap(({ kind, step }) => (kind === 'measured' ? [step.at(-1) ?? 0] : []));
    return [
      ...cell.values,
      ...losses,
      String(result.growth.at(-1)?.gap ?? ''),
      String(total),
      String(criticalPath),
      String(seconds),
      steps.length === 0 ? '' : String(Math.max(...steps)),
      result.link,
    ]
      .map(csvText)
      .join(',');
  });
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
