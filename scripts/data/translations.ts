/** Names of emoji and signs in English and four other languages, from the Unicode Common Locale Data Repository. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHARACTERS } from '../../src/data/text/characters.ts';
import { plainMarks } from '../../src/data/text/marks.ts';
import { fileOfLines, inNoOrder, originOf, packageFolder, splitByName, SPLITS, type PreparedFile, type Split } from './prepared-file.ts';

export const NAMES_OF_SIGNS = 'cldr-annotations-modern';

const LANGUAGES = { fr: 'French', de: 'German', es: 'Spanish', it: 'Italian' } as const;
const SIZES = { train: 5_600, validation: 540, test: 540 } as const;
/** Longest name that is taken, in characters. */
const LONGEST = 36;

/** By the English name: none is in two splits, in whichever language. */
const splitOf = (name: string): Split => splitByName(`translate ${name}`, 0.09);

/** Name by sign. */
async function namesIn(language: string): Promise<ReadonlyMap<string, string>> {
  const path = join(packageFolder(NAMES_OF_SIGNS), `annotations/${language}/annotations.json`);
  const file = JSON.parse(await readFile(path, 'utf8')) as {
    readonly annotations: { readonly annotations: Readonly<Record<string, { readonly tts?: readonly string[] }>> };
  };
  return new Map(
    Object.entries(file.annotations.annotations).flatMap(([sign, { tts }]) =>
      tts?.[0] === undefined ? [] : [[sign, plainMarks(tts[0])] as const],
    ),
  );
}

const known = new Set<string>([' ', ...CHARACTERS]);
const isFit = (name: string): boolean => name.length <= LONGEST && [...name].every((character) => known.has(character));

interface Pair {
  readonly line: string;
  readonly split: Split;
}

async function pairs(): Promise<readonly Pair[]> {
  const english = await namesIn('en');
  const found = new Map<string, Pair>();
  for (const [code, language] of Object.entries(LANGUAGES)) {
    const foreign = await namesIn(code);
    for (const [sign, name] of english) {
      const other = foreign.get(sign);
      const source = `English to ${language}: ${name}`;
      // A name that is the same in both is nothing to translate; of two signs of one name the first counts.
      if (other === undefined || other === name || !isFit(name) || !isFit(other) || found.has(source)) continue;
      found.set(source, { line: `${source}\t${other}`, split: splitOf(name) });
    }
  }
  return inNoOrder([...found.values()], ({ line }) => line);
}

export async function translateFiles(): Promise<readonly PreparedFile[]> {
  const all = await pairs();
  const origin = await originOf(NAMES_OF_SIGNS, 'Unicode-3.0', 'Unicode');
  return SPLITS.map((split) => {
    const own = all.filter((pair) => pair.split === split).slice(0, SIZES[split]);
    if (own.length < SIZES[split]) throw new Error(`translate, ${split}: ${SIZES[split]} pairs wanted, ${own.length} found`);
    return fileOfLines(
      {
        path: `data/translate.${split}.txt`,
        title: 'Names of emoji and signs in five languages, from Unicode CLDR',
        task: 'translate',
        split,
        ...origin,
      },
      own.map(({ line }) => line).toSorted(),
    );
  });
}
