import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const APP = new URL('..', import.meta.url);
/** Attributes that are read or heard. */
const SPOKEN = new Set(['label', 'title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'explains', 'note', 'alt']);
/** Commands that are typed as they stand, and names of things that no language changes. */
const AS_THEY_STAND = new Set([
  'npm run reproduce',
  'npm run validate-theory',
  'HOST=0.0.0.0 npm start',
  'max',
  'ab',
  'θ_run',
  '‖θ − θ_run‖',
  'FLOPs',
  // A key, as the keyboard has it.
  'Space',
]);

/** A word: two letters that follow each other. Symbols of formulas and names of networks are none. */
const hasWord = (text: string): boolean => /\p{Letter}{2}/u.test(text) && !AS_THEY_STAND.has(text.trim());

/** Words that stand in the code of a component: as text between tags, or in an attribute that is read out. */
function wordsIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWord(node.text)) found.push(`${file}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer) && SPOKEN.has(node.name.getText()))
      if (hasWord(node.initializer.text)) found.push(`${file}: ${node.name.getText()}="${node.initializer.text}"`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

describe('words of the page', () => {
  it('stand in app/text, in no component', () => {
    const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.tsx$/.test(file));
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap((file) => wordsIn(file, readFileSync(new URL(file, APP), 'utf8')))).toEqual([]);
  });

  it('are found where they stand in one', () => {
    expect(wordsIn('A.tsx', 'const A = () => <p title="Press it">Press {key} now</p>;')).toHaveLength(3);
    expect(wordsIn('A.tsx', 'const A = () => <p className="wide"><b>h · λ</b>{say.now}</p>;')).toEqual([]);
  });
});
