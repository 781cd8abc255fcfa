import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkComments, longComments, WIDTH, wrapComments } from './wrap-comments.ts';

const LONG = 'A comment that goes on and on, with `a name in it` and more words than fit into one line of a hundred and twenty characters.';

it('a comment that is longer than a line is wrapped, and only that', () => {
  const source = [
    `/** ${LONG} */`,
    'const one = 1;',
    `  // ${LONG}`,
    '  // Its second line.',
    '',
    '/**',
    ` * ${LONG}`,
    ' *',
    ' *   npm run anything -- --that stays --as it --is typed --however long --it may --be and --goes on --for ever --and ever',
    ' * - a list',
    ` * @returns ${LONG}`,
    ' */',
    '// Short.',
    '// Short as well.',
    `        {/* ${LONG} */}`,
    `const text = '${LONG} ${LONG}';`,
  ].join('\n');
  const wrapped = wrapComments(source);
  expect(longComments('a.ts', source)).toEqual(['a.ts:1', 'a.ts:3', 'a.ts:7', 'a.ts:11', 'a.ts:15']);
  expect(longComments('a.ts', wrapped)).toEqual([]);
  const words = (text: string): string => text.replace(/(?:\{\/\*|\*\/\}|\/\*\*|\*\/|\/\/| \* | \*$|\s)+/gm, ' ');
  expect(words(wrapped)).toBe(words(source));
  expect(wrapped).toContain('// Short.\n// Short as well.\n');
  expect(wrapped.split('\n').filter((line) => line.length > WIDTH)).toHaveLength(2);
  expect(wrapComments(wrapped)).toBe(wrapped);
});

it('no line begins with what would be taken for a list at the next wrapping', () => {
  const before = 'word '.repeat(23).trim();
  for (const sign of ['95.', '-', '#seed=7']) {
    const wrapped = wrapComments(`/** ${before} xy ${sign} and some more words behind it. */`);
    expect(wrapped).toContain(`\n * xy ${sign} and`);
    expect(wrapComments(wrapped)).toBe(wrapped);
  }
});

it('a project is looked through without git, but for what was installed, built or generated', () => {
  const root = mkdtempSync(join(tmpdir(), 'comments-'));
  const long = `// ${'word '.repeat(30).trim()}\nexport {};\n`;
  for (const file of [
    'src/a.ts',
    'src/b/c.tsx',
    'scripts/d.mjs',
    'node_modules/e.ts',
    'dist/f.js',
    'src/build/g.ts',
    '.cache/h.ts',
    'notes.md',
  ]) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), long);
  }
  expect(checkComments(root, false).toSorted()).toEqual(['scripts/d.mjs:1', 'src/a.ts:1', 'src/b/c.tsx:1']);
  expect(checkComments(root, true)).toEqual([]);
  expect(readFileSync(join(root, 'src/a.ts'), 'utf8')).toContain('word\n// word');
  expect(readFileSync(join(root, 'dist/f.js'), 'utf8')).toBe(long);
  rmSync(root, { recursive: true });
});
