import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseLink } from '../experiment/link/link.ts';
import { markOf } from '../data/own/own-text.ts';
import { main } from './experiment.ts';

const base = mkdtempSync(join(tmpdir(), 'own-'));
afterAll(() => rmSync(base, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(base, name), text);
  return join(base, name);
};

const PAIRS = Array.from({ length: 40 }, (_, i) => `secret ${i}\tanswer ${i % 3}`).join('\n');
const TEXT = Array.from({ length: 1_500 }, (_, i) => `word${i}`).join(' ');
const SMALL = 'd=8&ff=8&heads=1&dkv=4&layers=1&vocab=characters&batch=8&examples=20&probe=4&predict=off&adapter=wasm';

it('reads a text of one’s own and answers pairs of one’s own, whose marks stand in the result and not a word of them', async () => {
  const [pairs, text, out] = [file('pairs.txt', PAIRS), file('text.txt', TEXT), join(base, 'out')];
  const link = `#preset=fusing-fast&task=spans&corpus=own&plan=A:2,A:2(task=own)&${SMALL}`;
  expect(await main([link, '--own', text, '--own', pairs, '--out', out, '--quiet', '--no-metrics'])).toBe(0);
  const result = readFileSync(join(out, 'result.json'), 'utf8');
  const marks = `${markOf(TEXT)},${markOf(PAIRS)}`;
  expect(JSON.parse(result)).toMatchObject({ experiment: { own: marks } });
  expect(result).not.toMatch(/secret|word7/);
  // The link of the result asks for the same texts.
  const again = (JSON.parse(result) as { readonly link: string }).link;
  expect(parseLink(again).experiment.own).toBe(marks);
  // Their order among the arguments is nothing to it: the result there is of this experiment.
  expect(await main([link, '--own', pairs, '--own', text, '--out', out, '--quiet', '--no-metrics'])).toBe(0);
  await expect(main([again, '--own', text, '--own', file('other.txt', `${PAIRS}\na\tb`), '--quiet'])).rejects.toThrow(
    `the link is about another text, with the mark ${markOf(PAIRS)}`,
  );
});

it('says what is wrong with a file of one’s own before anything is trained', async () => {
  const link = `#preset=fusing-fast&task=own&plan=A:2&${SMALL}`;
  await expect(main([link, '--quiet'])).rejects.toThrow('say which file, e.g. --own my-text.txt');
  await expect(main([link, '--own', join(base, 'none'), '--quiet'])).rejects.toThrow("none can't be read");
  await expect(main([link, '--own', file('few.txt', 'a\tb'), '--quiet'])).rejects.toThrow('your own pairs are 1');
  await expect(main(['#preset=fusing-fast', '--own', file('p.txt', PAIRS), '--quiet'])).rejects.toThrow('has no effect');
  await expect(main([link, '--own', file('text2.txt', TEXT), '--quiet'])).rejects.toThrow('task=own reads pairs of your own');
  // A link that names a text as well, which this plan does not read, needs the pairs alone.
  expect(await main([`${link}&own=${markOf(TEXT)},${markOf(PAIRS)}`, '--own', file('again.txt', PAIRS), '--quiet'])).toBe(0);
  const [one, two] = [file('one.txt', PAIRS), file('two.txt', `${PAIRS}\na\tb`)];
  await expect(main([link, '--own', one, '--own', two, '--quiet'])).rejects.toThrow(
    '--own is given 2 times; this experiment reads one file of pairs',
  );
});
