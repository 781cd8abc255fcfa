/** Sources and targets of a prepared file, a line each with a tab between them. */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { ReadText } from '../example.ts';
import { drawIndices, type RandomStream } from '../random.ts';

/** How many lines are asked for, and by which setting. */
interface Asked {
  readonly random: RandomStream;
  readonly count: number;
  readonly field: 'examples' | 'probe';
}

/**
 * Different lines of a file, in a random order; asking for more only adds to the end.
 * @throws where a line is no source and target, or where there are not so many lines
 */
export async function drawPairs(
  read: ReadText,
  path: string,
  { random, count, field }: Asked,
): Promise<readonly (readonly [source: string, target: string])[]> {
  const lines = (await read(path)).split('\n').filter((line) => line !== '');
  const pairs = lines.map((line, index) => {
    const [source, target] = line.split('\t');
    if (!source || !target) throw new ToldError(tell('file-bad-line', { path, line: index + 1, text: line }));
    return [source, target] as const;
  });
  if (count > pairs.length) throw new ToldError(tell('too-many-words', { field, count, most: pairs.length, path }));
  return drawIndices(random, pairs.length, count).map((index) => pairs[index] as (typeof pairs)[number]);
}
