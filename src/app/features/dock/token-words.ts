/** How a token is written where it stands alone: one that is no word has a word of ours. */
import { say } from '../../text/en/network/text-samples.ts';

export function tokenWords(token: string): string {
  if (token === '') return say.start;
  if (token === '</s>') return say.end;
  if (token === '<pad>') return say.nothing;
  if (token === '<unk>') return say.unknown;
  const gap = /^<extra_id_(\d+)>$/.exec(token);
  return gap ? say.gap(Number(gap[1]) + 1) : token;
}
