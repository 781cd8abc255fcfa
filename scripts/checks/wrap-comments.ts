/**
 * Keeps the lines of comments within 120 characters: `--write` wraps those that are longer, else they are listed.
 * Biome, which formats the code, leaves comments as they are. A paragraph is wrapped as a whole; lists, tables, tags
 * and commands to tools stay apart.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../install.mjs';

export const WIDTH = 120;
/**
 * Folders that were made, installed or downloaded. The project is walked, not asked of git: it may have come as a zip.
 */
const NOT_OURS: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report']);
const LEFT_ALONE = /(?:^|\/)(?:generated|build|fixtures)\/|\.data\.ts$/;

/** The beginnings of a line of its own: a tag, a list, a table, a command to a tool, code. */
const OWN_LINE = /^(?:@|[-*|#<]|\d+\.\s|\s|oxlint-|eslint-|biome-|https?:)/;

/** Words, where what stands in backticks is one, and so is a word with one behind it that would begin a list. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.match(/`[^`]{1,60}`\S*|\S+/g) ?? []) {
    const before = words.at(-1);
    if (before !== undefined && OWN_LINE.test(`${word} `)) words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words;
}

/** @param room characters of a line */
function wrapped(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Lines of one comment, each behind the same sign: ` * ` or `// `, with what stands before it. */
function reflowed(lines: readonly string[], sign: string): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    let end = i + 1;
    const line = (at: number): string => lines[at] ?? '';
    const text = (at: number): string => line(at).slice(sign.length);
    if (line(i).startsWith(sign) && !/^[-*|<\s]/.test(text(i)))
      while (end < lines.length && line(end).startsWith(sign) && text(end) !== '' && !OWN_LINE.test(text(end))) end++;
    const paragraph = lines.slice(i, end);
    // What is indented is a command or a table, and stays as it is typed.
    if (paragraph.some((each) => each.length > WIDTH) && line(i).startsWith(sign) && !/^\s/.test(text(i))) {
      const whole = paragraph.map((each) => each.slice(sign.length)).join(' ');
      out.push(...wrapped(whole, WIDTH - sign.length).map((each) => sign + each));
    } else out.push(...paragraph);
    i = end;
  }
  return out;
}

/** A comment that begins and ends on one line. */
function oneLine(line: string): readonly string[] {
  const jsx = /^(\s*)\{\/\* (.*?) ?\*\/\}$/.exec(line);
  if (jsx) {
    const [, indent = '', text = ''] = jsx;
    return [`${indent}{/*`, ...wrapped(text, WIDTH - indent.length - 2).map((each) => `${indent}  ${each}`), `${indent}*/}`];
  }
  const doc = /^(\s*)\/\*\* (.*?) ?\*\/$/.exec(line);
  if (!doc) return [line];
  const [, indent = '', text = ''] = doc;
  return [`${indent}/**`, ...wrapped(text, WIDTH - indent.length - 3).map((each) => `${indent} * ${each}`), `${indent} */`];
}

/** The text of a file with its comments wrapped. */
export function wrapComments(source: string): string {
  const lines = source.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? '';
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    let end = i + 1;
    if (/^\s*(?:\{\/\*|\/\*\*).*\*\/\}?$/.test(line)) out.push(...(line.length > WIDTH ? oneLine(line) : [line]));
    else if (/^\s*\/\*\*/.test(line)) {
      while (end < lines.length && lines[end - 1]?.includes('*/') === false) end++;
      out.push(...reflowed(lines.slice(i, end), `${indent} * `));
    } else if (/^\s*\/\/ /.test(line)) {
      while (end < lines.length && lines[end]?.startsWith(`${indent}// `) === true) end++;
      out.push(...reflowed(lines.slice(i, end), `${indent}// `));
    } else out.push(line);
    i = end;
  }
  return out.join('\n');
}

/** Lines of comments that are longer, as `file:line`. */
export function longComments(file: string, source: string): readonly string[] {
  return source
    .split('\n')
    .flatMap((line, i) =>
      line.length > WIDTH && /^\s*(?:\{?\/\*|\* \S|\/\/ \S)/.test(line) && / /.test(line.trim().slice(3)) ? [`${file}:${i + 1}`] : [],
    );
}

/** Files of code under a folder. */
function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : codeIn(path);
    return entry.isFile() && /\.(?:tsx?|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

/** @returns lines that are too long, in all of the project's files; @param write wraps them first */
export function checkComments(root: string, write: boolean): readonly string[] {
  const files = codeIn(root).map((path) => relative(root, path).split(sep).join('/'));
  return files
    .filter((file) => !LEFT_ALONE.test(file))
    .flatMap((file) => {
      const path = join(root, file);
      const source = readFileSync(path, 'utf8');
      const kept = write ? wrapComments(source) : source;
      if (kept !== source) writeFileSync(path, kept);
      return longComments(file, kept);
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const long = checkComments(ROOT, process.argv.includes('--write'));
  if (long.length > 0) {
    console.error(`comments: lines longer than ${WIDTH} characters (npm run format wraps them):\n${long.join('\n')}`);
    process.exitCode = 1;
  }
}
