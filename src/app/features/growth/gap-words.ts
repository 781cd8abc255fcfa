/** The fusion gap in words: against what it is. */
import { say } from '../../text/en/network/growth.ts';
import type { GrowthReport } from '../../../run/reports.ts';
import { formatDifference, formatLoss } from '../../text/numbers.ts';
import { listed } from '../../text/words.ts';

/** A gap with as many decimals as it takes to see it. */
export function gapWords(gap: number): string {
  const size = Math.abs(gap);
  return formatDifference(gap, size >= 0.005 || size < 5e-7 ? 2 : size >= 5e-5 ? 4 : 6);
}

/** Names of the sources, each once: `A and B`. */
const namesOf = ({ sources }: Pick<GrowthReport, 'sources'>): readonly string[] => [...new Set(sources)];

/** The origin of the loss before the arrow: the averaged outputs of several networks, or the one network itself. */
export function beforeWords(growth: Pick<GrowthReport, 'sources'>): string {
  const names = namesOf(growth);
  return names.length === 1 ? `${names[0]}` : say.averagedOutputs;
}

/** The loss that the gap is measured against, with its numbers; before a growth, in general. */
export function gapExplained(growth: Pick<GrowthReport, 'sources' | 'loss'> | null): string {
  const against = say.gapOfSeveral;
  if (!growth) return say.gapBefore(against);
  const names = namesOf(growth);
  const [first] = names;
  if (names.length === 1) return say.gapOfOne(first ?? '');
  const { sources, average } = growth.loss;
  const mean = sources.reduce((sum, loss) => sum + loss, 0) / sources.length;
  return say.gapWithNumbers(against, listed(names), formatLoss(average), sources.map(formatLoss).join(say.and), formatLoss(mean));
}
