/** Splits one random stream into streams by name, so that adding a name changes none of the others. */
import { stream, type RandomStream } from './random.ts';

/** Draws one number from `random` now; the child of a name then gives the same numbers whatever is drawn elsewhere. */
export function childStreams(random: RandomStream): (name: string) => RandomStream {
  const seed = Math.floor(random.uniform() * 2 ** 53);
  return (name) => stream(seed, name);
}
